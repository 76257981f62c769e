"""A printed sentence becomes bounds: at least or at most so many credits or units, of which units."""

import re
from dataclasses import dataclass, field

from ..structures.structure import Sentence, Structure
from .clauses import (
    Clause,
    inherit,
    mandatory_codes,
    named_groups,
    only_fillers,
    optional_codes,
    read_clause,
    unit_keys,
)
from .phrasing import usual_form
from .prose import is_no_rule, speaks_of_rules
from .vocabulary import (
    ALL_OF,
    AMOUNT,
    BARRED_WITH,
    CONDITIONAL,
    FIGURE,
    FOLLOWS,
    FURTHER,
    GROUPS,
    LEAST,
    LEVEL,
    MAY_NOT_TAKE,
    MOST,
    OF_THESE,
    PATHWAY,
    SPEAKS_OF_UNITS,
    THIS_GROUP,
    TOTAL,
    UNIT_KEY,
    UNIT_LIST,
    figure,
)

LONGEST = 1000
# "(minimum 9)" behind a group's title: of what, it does not say.
BARE = re.compile(rf"^\(?(?:{LEAST}|{MOST}) {FIGURE}\)?\.?$", re.IGNORECASE)
# "10 credits from Group B or 6 credits from …": one of two, which no bound says.
ALTERNATIVE = re.compile(r"\bor(?: (?:else|a|an|the|with|from))*\s*$", re.IGNORECASE)
KINDS_RANGE = re.compile(
    rf"\b(?P<units>(?P<kind>mandatory|core|optional) units) \((?:units? )?(?P<first>{UNIT_KEY}) ?(?:[–-]|to) ?"
    rf"(?P<last>{UNIT_KEY})\)",
    re.IGNORECASE,
)
LISTED = re.compile(r"\b(?:listed|contained|available|included|found|shown)\b", re.IGNORECASE)


@dataclass
class Bound:
    """What one clause says. `bound` is empty where it gives a bare number ("14 credits from …"); `whole` where it
    asks for all units of a group; `further` where it counts on top of what was printed before."""

    bound: str
    measure: str
    amount: int
    of: dict = field(default_factory=dict)
    level: int | None = None
    whole: bool = False
    further: bool = False
    each: bool = False
    unknown: list[str] = field(default_factory=list)


@dataclass
class Remainder:
    """Credits that follow from the other numbers, and the groups that they are of."""

    amount: int | None
    groups: list[str]


@dataclass
class Reading:
    bounds: list[Bound] = field(default_factory=list)
    remainders: list[Remainder] = field(default_factory=list)
    stated: list[tuple[list[str], int]] = field(default_factory=list)
    unread: bool = False

    @property
    def follows(self) -> bool:
        return bool(self.remainders)


def read_sentence(sentence: Sentence, structure: Structure) -> Reading:
    """What a sentence says about combining units."""
    if len(sentence.text) > LONGEST:
        return Reading(unread=speaks_of_rules(sentence.text))
    text = _without_ranges(_name_groups(usual_form(sentence.text, structure.title), structure), structure)
    if is_no_rule(text, structure):
        return Reading()
    if PATHWAY.search(text):
        return Reading(unread=speaks_of_rules(text))
    group = sentence.group
    if group and BARE.match(text):
        return Reading(unread=True)
    if group is None and THIS_GROUP.search(text) and not GROUPS.search(text):
        group = sentence.near or "?"
    if group and structure.group(group) is None:
        return Reading(unread=speaks_of_rules(text))
    text = MAY_NOT_TAKE.sub(_passive, text)
    if BARRED_WITH.search(text):
        return _barred(text, structure)
    amounts = list(AMOUNT.finditer(text))
    if CONDITIONAL.search(text) and not FOLLOWS.search(text):
        return Reading(unread=speaks_of_rules(text))
    if whole := ALL_OF.search(text):
        return _all_of(text, whole, group, structure)
    if not amounts:
        if FOLLOWS.search(text) and SPEAKS_OF_UNITS.search(text) and not _has_numbers(text):
            return Reading(remainders=[Remainder(None, [])])
        return Reading(unread=speaks_of_rules(text))
    return _amounts(text, amounts, group, structure)


def _has_numbers(text: str) -> bool:
    return bool(re.search(rf"[0-9]|\b(?:{LEAST}|{MOST})\b", GROUPS.sub(" ", LEVEL.sub(" ", text)), re.IGNORECASE))


def whole_group(code: str, structure: Structure) -> Bound:
    size = len(structure.group(code).places)
    return Bound("at_least", "units", size, {"groups": [code]}, whole=True)


def _passive(match: re.Match) -> str:
    if not (match.group("both") or match.group("together")):
        return match.group(0)
    return f"{match.group('units')} cannot be taken together"


def _name_groups(text: str, structure: Structure) -> str:
    """Groups that sentences call by name ("from Handling Problems") get the letter by which they are known; so does
    "the mandatory group" where there is one."""
    for words, codes in ((r"mandatory|core", mandatory_codes(structure)), ("optional", optional_codes(structure))):
        if len(codes) == 1:
            text = re.sub(rf"\bthe (?:{words}) group\b(?! [A-Z0-9]\b)", f"Group {codes[0]}", text, flags=re.IGNORECASE)
    for group in structure.groups:
        if len(group.name) > 3 and group.name in text:
            name = re.escape(group.name)
            pattern = rf"(?:\b(?i:optional |mandatory )?(?i:group) )?[“\"']?{name}\b[”\"']?(?: (?i:group))?"
            text = re.sub(pattern, f"Group {group.code}", text)
    return text


def _without_ranges(text: str, structure: Structure) -> str:
    """ "The mandatory units (201–205)" are the mandatory units where these are the first and the last of them."""

    def shortened(match: re.Match) -> str:
        mandatory = match.group("kind").lower() != "optional"
        keys = [place.key for group in structure.groups if group.mandatory == mandatory for place in group.places]
        is_all = keys and [match.group("first"), match.group("last")] == [keys[0], keys[-1]]
        return match.group("units") if is_all else match.group(0)

    return KINDS_RANGE.sub(shortened, text)


def _barred(text: str, structure: Structure) -> Reading:
    """Units that may not be taken together, or the first of which may not be taken with any of the others."""
    how = BARRED_WITH.search(text)
    before, after = (unit_keys(part) for part in (text[: how.start()], text[how.end() :]))
    keys = before + after
    rest = UNIT_LIST.sub(" ", BARRED_WITH.sub(" ", re.sub(UNIT_KEY, " ", text)))
    rest = re.sub(r"\b(?:either|both|barred|or)\b", " ", rest, flags=re.IGNORECASE)
    if len(keys) < 2 or any(structure.place(key) is None for key in keys) or not only_fillers(rest):
        return Reading(unread=True)
    pairs = [(one, other) for one in before for other in after] if before and after else [tuple(keys)]
    if any(len(pair) != 2 for pair in pairs):
        return Reading(unread=True)
    names = [[structure.place(key).key for key in pair] for pair in pairs]
    return Reading([Bound("at_most", "units", 1, {"units": pair}) for pair in names])


def _all_of(text: str, whole: re.Match, group: str | None, structure: Structure) -> Reading:
    """All units of one or more groups; an amount behind it is their printed sum, or a clause of its own."""
    before = list(AMOUNT.finditer(text[: whole.start()]))
    amounts = [match for match in AMOUNT.finditer(text) if match.start() >= whole.end()]
    cut = amounts[0].start() if amounts else len(text)
    reading = _amounts(text[: whole.start()], before, None, structure) if before else Reading()
    codes, rest = named_groups(("" if before else text[: whole.start()] + " ") + text[whole.end() : cut], structure)
    if codes is None or not only_fillers(LISTED.sub(" ", rest)):
        return Reading(unread=True)
    if not codes:
        codes = [group] if group else mandatory_codes(structure)
        if not group and optional_codes(structure) and not re.search(r"\b(?:mandatory|core)\b", text[:cut], re.I):
            return Reading(unread=True)
    size = sum(len(structure.group(code).places) for code in codes)
    printed = whole.group("amount") or ("two" if (whole.group("word") or "").lower() == "both" else None)
    if not codes or (printed and figure(printed) != size):
        return Reading(unread=True)
    reading.bounds += [whole_group(code, structure) for code in codes]
    if amounts:
        _behind_all_of(text, amounts, codes, reading, structure)
    return reading


def _behind_all_of(text: str, amounts: list, codes: list[str], reading: Reading, structure: Structure) -> None:
    other = read_clause(amounts[0], "", text[amounts[0].end() :], structure)
    if len(amounts) == 1 and not other.scoped and other.measure == "credits" and only_fillers(other.rest):
        reading.stated.append((codes, figure(amounts[0].group("amount"))))
        return
    start = text.rfind(" ", 0, amounts[0].start()) + 1
    more = _amounts(text[start:], list(AMOUNT.finditer(text[start:])), None, structure)
    if any(not bound.of for bound in more.bounds):
        reading.unread = True
        return
    reading.bounds += more.bounds
    reading.remainders += more.remainders
    reading.unread |= more.unread


def _amounts(text: str, amounts: list[re.Match], group: str | None, structure: Structure) -> Reading:
    starts = [0] + [match.end() for match in amounts]
    ends = [match.start() for match in amounts[1:]] + [len(text)]
    clauses = [
        read_clause(match, text[start : match.start()], text[match.end() : end], structure, i, len(amounts))
        for i, (match, start, end) in enumerate(zip(amounts, starts, ends, strict=False))
    ]
    reading = Reading()
    if any(ALTERNATIVE.search(clause.lead) and clause.bound != "at_most" for clause in clauses[1:]):
        return Reading(unread=True)
    for i, clause in enumerate(clauses):
        if clause.groups is None:
            reading.unread = True
            continue
        inherit(clauses, i, group)
        if clause.follows:
            reading.remainders.append(Remainder(figure(clause.match.group("amount")), clause.groups))
            continue
        bounds = _bounds(clauses, i, group, structure)
        reading.bounds += bounds
        reading.unread |= not bounds
    return reading


def _bounds(clauses: list[Clause], at: int, group: str | None, structure: Structure) -> list[Bound]:
    """The bounds of one clause; none where a word of it is not understood or it is not said what they are of."""
    clause = clauses[at]
    further = bool(FURTHER.search(clause.lead[-30:]) or FURTHER.search(clause.match.group(0)))
    rest = FURTHER.sub(" ", clause.rest) if further else clause.rest
    rest = LISTED.sub(" ", rest) if clause.groups or clause.units else rest
    nested = at > 0 and bool(OF_THESE.search(clause.lead))
    if not only_fillers(FOLLOWS.sub(" ", rest)) or (clause.unknown and len(clause.units) < 2):
        return []
    of: dict = {}
    if clause.groups:
        of["groups"] = clause.groups
    if clause.units:
        of["units"] = clause.units
    if clause.level:
        of["level"] = clause.level
    amount = figure(clause.match.group("amount"))
    if not of and not further and (clause.bound == "at_most" or nested or not _is_total(clause, at)):
        return []
    level = clause.level["value"] if clause.level else None
    common = {"level": level, "unknown": clause.unknown}
    if clause.each and clause.groups:
        return [
            Bound(clause.bound, clause.measure, amount, of | {"groups": [code]}, each=True, **common)
            for code in clause.groups
        ]
    return [Bound(clause.bound, clause.measure, amount, of, further=further and not of, **common)]


def _is_total(clause: Clause, at: int) -> bool:
    words = f"{clause.lead} {clause.match.group(0)} {clause.tail}"
    return (
        bool(re.search(r"\btotal\b", words, re.I))
        if at
        else bool(TOTAL.search(words) or not clause.rest.strip(" ():."))
    )
