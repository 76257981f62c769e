"""A printed sentence becomes bounds: at least or at most so many credits or units, of which units."""

import re
from dataclasses import dataclass, field

from .checks import UAN
from .structure import Structure

WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
LEAST = r"(?:an? )?minimum(?: total)? of|at least|no fewer than|no less than|not less than"
MOST = r"(?:an? )?maximum(?: total)? of|at most|no more than|not more than|up to"
AMOUNT = re.compile(
    rf"(?:\b(?:(?P<least>{LEAST})|(?P<most>{MOST})) )?"
    rf"\b(?P<amount>[0-9]{{1,3}}|{'|'.join(WORDS[1:])})"
    r"(?: of the)?(?: mandatory| optional)? (?P<measure>credits?|units?)\b",
    re.IGNORECASE,
)
ALL_OF = re.compile(
    rf"\ball(?: of)?(?: the)?(?: (?P<amount>[0-9]{{1,2}}|{'|'.join(WORDS[2:])}))?(?: mandatory)? units\b",
    re.I,
)
LEVEL = re.compile(
    r"\blevels? (?P<level>[1-8])(?P<above> (?:or|and) (?:above|higher))?(?! (?:and|or|to)\b)(?![0-9])", re.I
)
GROUPS = re.compile(r"\bgroups? (?P<codes>[A-Z][0-9]?(?:(?:, | and | or |, and )[A-Z][0-9]?)*)\b(?!')")
EACH = re.compile(r"\b(?:each|every|each of the) (?:optional )?groups?\b", re.IGNORECASE)
FOLLOWS = re.compile(r"\b(?:remaining|remainder|the rest|balance)\b", re.IGNORECASE)
BARRED = re.compile(r"\b(?:only|no more than|not more than|at most|a maximum of) one of\b", re.IGNORECASE)
SPEAKS_OF_RULES = re.compile(
    rf"\b(?:credits?|units?|groups?|level)\b.*(?:[0-9]|\b(?:{'|'.join(WORDS[1:])}|must|only|not|cannot|all|both|either)\b)"
    rf"|(?:[0-9]|\b(?:{'|'.join(WORDS[1:])}|must|only|cannot|all|both|either)\b).*\b(?:credits?|units?|groups?)\b",
    re.IGNORECASE,
)
# What may stand in a sentence beside amounts, groups and levels without changing what it says. A sentence
# with any other word is not read at all.
FILLERS = frozenset(
    [
        "a",
        "achieve",
        "achieved",
        "an",
        "and",
        "are",
        "at",
        "award",
        "be",
        "can",
        "candidate",
        "candidates",
        "certificate",
        "chosen",
        "come",
        "complete",
        "completed",
        "count",
        "counted",
        "credit",
        "credits",
        "diploma",
        "drawn",
        "for",
        "from",
        "gain",
        "group",
        "groups",
        "in",
        "is",
        "it",
        "learner",
        "learners",
        "mandatory",
        "may",
        "must",
        "need",
        "needs",
        "obtain",
        "of",
        "optional",
        "overall",
        "passed",
        "plus",
        "qualification",
        "required",
        "selected",
        "should",
        "take",
        "taken",
        "that",
        "the",
        "these",
        "they",
        "this",
        "to",
        "total",
        "towards",
        "unit",
        "units",
        "which",
        "with",
    ]
)


@dataclass
class Bound:
    """What one clause says. `bound` is empty where it gives a bare number ("14 credits from …")."""

    bound: str
    measure: str
    amount: int
    of: dict = field(default_factory=dict)
    level: int | None = None


@dataclass
class Reading:
    bounds: list[Bound] = field(default_factory=list)
    follows: bool = False
    unread: bool = False


def read_sentence(text: str, group: str | None, structure: Structure) -> Reading:
    """What a sentence says about combining units; `group` is the group in whose row it stands, if any."""
    if group and structure.group(group) is None:
        return Reading(unread=True)
    if FOLLOWS.search(text):
        return Reading(follows=True)
    if BARRED.search(text) and len(UAN.findall(text)) > 1:
        return _barred(text, structure)
    if ALL_OF.search(text) and not AMOUNT.search(ALL_OF.sub(" ", text)):
        return _all_of(text, group, structure)
    amounts = list(AMOUNT.finditer(text))
    if not amounts:
        return Reading(unread=bool(SPEAKS_OF_RULES.search(text)))
    return _amounts(text, amounts, group, structure)


def whole_group(code: str, structure: Structure) -> Bound:
    size = len(structure.group(code).places)
    return Bound("at_least", "units", size, {"groups": [code]})


def mandatory_codes(structure: Structure) -> list[str]:
    return [group.code for group in structure.groups if group.mandatory]


def _barred(text: str, structure: Structure) -> Reading:
    units = UAN.findall(text)
    known = {place.uan for place in structure.places}
    rest = UAN.sub(" ", BARRED.sub(" ", text))
    if not set(units) <= known or not _only_fillers(rest):
        return Reading(unread=True)
    return Reading([Bound("at_most", "units", 1, {"units": units})])


def _all_of(text: str, group: str | None, structure: Structure) -> Reading:
    codes, rest = _groups(ALL_OF.sub(" ", text), structure)
    if codes is None or not _only_fillers(rest):
        return Reading(unread=True)
    codes = codes or ([group] if group else mandatory_codes(structure))
    amount = ALL_OF.search(text).group("amount")
    size = sum(len(structure.group(code).places) for code in codes)
    if amount and _figure(amount) != size:
        return Reading(unread=True)
    return Reading([whole_group(code, structure) for code in codes], unread=not codes)


def _amounts(text: str, amounts: list[re.Match], group: str | None, structure: Structure) -> Reading:
    reading = Reading()
    starts = [0] + [match.start() for match in amounts[1:]] + [len(text)]
    for match, start, end in zip(amounts, starts[:-1], starts[1:], strict=True):
        scope = text[start : match.start()] + " " + text[match.end() : end]
        bounds = _clause(match, scope, group, structure)
        reading.bounds += bounds
        reading.unread |= not bounds
    return reading


def _clause(match: re.Match, scope: str, group: str | None, structure: Structure) -> list[Bound]:
    """The bounds of one amount and the words around it; none where a word of them is not understood."""
    levels = list(LEVEL.finditer(scope))
    each = EACH.search(scope)
    codes, rest = _groups(EACH.sub(" ", LEVEL.sub(" ", scope)), structure)
    if codes is None or len(levels) > 1 or not _only_fillers(rest):
        return []
    codes = codes or ([group] if group else _kind_of_groups(match.group(0) + scope, structure))
    of: dict = {"groups": codes} if codes else {}
    level = None
    if levels:
        level = int(levels[0].group("level"))
        of["level"] = {"mode": "at_or_above" if levels[0].group("above") else "exactly", "value": level}
    bound = "at_least" if match.group("least") else "at_most" if match.group("most") else ""
    measure = "credits" if match.group("measure").lower().startswith("credit") else "units"
    amount = _figure(match.group("amount"))
    if each:
        return [
            Bound(bound, measure, amount, of | {"groups": [code]}, level) for code in _each(structure, each.group(0))
        ]
    return [Bound(bound, measure, amount, of, level)]


def _groups(text: str, structure: Structure) -> tuple[list[str] | None, str]:
    """The groups a clause names, and the clause without them; None where it names one that does not exist."""
    codes = [
        code
        for match in GROUPS.finditer(_capital(text))
        for code in re.findall(r"\b[A-Z][0-9]?\b", match.group("codes"))
    ]
    if any(structure.group(code) is None for code in codes):
        return None, text
    return list(dict.fromkeys(codes)), GROUPS.sub(" ", _capital(text))


def _capital(text: str) -> str:
    return re.sub(r"\bGroup(s?)\b", r"group\1", text)


def _kind_of_groups(clause: str, structure: Structure) -> list[str]:
    if re.search(r"\bmandatory\b", clause, re.I):
        return mandatory_codes(structure)
    if re.search(r"\boptional\b", clause, re.I):
        return [group.code for group in structure.groups if not group.mandatory]
    return []


def _each(structure: Structure, words: str) -> list[str]:
    if "optional" in words.lower():
        return _kind_of_groups("optional", structure)
    return [group.code for group in structure.groups]


def _only_fillers(text: str) -> bool:
    return all(word in FILLERS for word in re.findall(r"[^\s.,;:()–-]+", text.lower()))


def _figure(text: str) -> int:
    return int(text) if text.isdigit() else WORDS.index(text.lower())
