"""The clauses of a sentence: each amount with the groups, units and level that the words around it name."""

import re
from dataclasses import dataclass, field

from ..checks import UAN
from ..structures.structure import Structure
from .vocabulary import CODE, EACH, FILLERS, FOLLOWS, GROUPS, JOINED, LEVEL, OF_THESE, UNIT_KEY, UNIT_LIST

# What stands in front of an amount of its own: "the remaining credits from … (a maximum of", "…, with at least".
OWN_LEAD = re.compile(r"\(|\b(?:with|of which|including|provided|plus|but)\b", re.IGNORECASE)
KIND_OF_GROUP = re.compile(r"\b(?:mandatory|core|optional)\b", re.IGNORECASE)
NEXT_CLAUSE = re.compile(r"\b(?:of which|including|plus|with)\b", re.IGNORECASE)


@dataclass
class Clause:
    """One amount and the words around it, up to the next amount."""

    match: re.Match
    lead: str
    tail: str
    groups: list[str] | None = None
    units: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    level: dict | None = None
    each: bool = False
    rest: str = ""
    follows: bool = False

    @property
    def bound(self) -> str:
        return "at_least" if self.match.group("least") else "at_most" if self.match.group("most") else ""

    @property
    def measure(self) -> str:
        return "credits" if self.match.group("measure").lower().startswith("credit") else "units"

    @property
    def scoped(self) -> bool:
        return bool(self.groups or self.units or self.level)


def read_clause(match: re.Match, lead: str, tail: str, structure: Structure, at: int = 0, among: int = 1) -> Clause:
    clause = Clause(match, lead, tail)
    own = OWN_LEAD.split(lead)[-1]
    lead = own if FOLLOWS.search(lead) else lead
    scope = f"{lead} {tail}" if at == 0 else tail
    clause.follows = bool(FOLLOWS.search(own[-40:]) or (among == 1 and FOLLOWS.search(tail)))
    lists = [keys for found in UNIT_LIST.finditer(scope) for keys in unit_keys(found.group("keys"))]
    lists += [] if lists else UAN.findall(scope)
    clause.units = [place.key for key in lists if (place := structure.place(key))]
    clause.unknown = [key for key in lists if structure.place(key) is None]
    scope = UAN.sub(" ", UNIT_LIST.sub(" ", scope)) if lists else scope
    levels = list(LEVEL.finditer(scope))
    if len(levels) == 1:
        mode = "at_or_above" if levels[0].group("above") else "exactly"
        clause.level = {"mode": mode, "value": int(levels[0].group("level"))}
        scope = LEVEL.sub(" ", scope)
    each = EACH.search(scope)
    clause.each = bool(each)
    clause.groups, clause.rest = named_groups(EACH.sub(" ", scope), structure)
    if clause.groups == []:
        kind = (each.group("kind") or "") if each else ""
        own = scope if at + 1 == among else NEXT_CLAUSE.split(scope, maxsplit=1)[0]
        named = next((words for words in (match.group(0), kind, tail, own) if KIND_OF_GROUP.search(words)), "")
        clause.groups = _kind_of_groups(named, bool(each), structure)
    return clause


def inherit(clauses: list[Clause], at: int, group: str | None) -> None:
    """ "… credits from Group B, of which at least 3 at level 4" stays in Group B; so do two ends of one range."""
    clause = clauses[at]
    previous = clauses[at - 1] if at else None
    if previous and not clause.groups and previous.groups and OF_THESE.search(clause.lead):
        clause.groups = previous.groups
    following = clauses[at + 1] if at + 1 < len(clauses) else None
    if (
        not clause.scoped
        and following
        and following.scoped
        and _opposite(clause, following)
        and JOINED.match(clause.tail)
    ):
        clause.groups, clause.units, clause.level = following.groups, following.units, following.level
    if previous and not clause.scoped and previous.scoped and _opposite(clause, previous):
        clause.groups, clause.units, clause.level = previous.groups, previous.units, previous.level
    if group and not clause.groups:
        clause.groups = [group]


def named_groups(text: str, structure: Structure) -> tuple[list[str] | None, str]:
    """The groups a clause names, and the clause without them; None where it names one that does not exist."""
    codes = [code for match in GROUPS.finditer(text) for code in re.findall(rf"\b{CODE}\b", match.group("codes"))]
    if any(structure.group(code) is None for code in codes):
        return None, text
    return list(dict.fromkeys(codes)), GROUPS.sub(" ", text)


def only_fillers(text: str) -> bool:
    return all(word in FILLERS for word in re.findall(r"[^\s.,;:()–-]+", text.lower()))


def unit_keys(text: str) -> list[str]:
    return re.findall(UNIT_KEY, text)


def mandatory_codes(structure: Structure) -> list[str]:
    return [group.code for group in structure.groups if group.mandatory]


def optional_codes(structure: Structure) -> list[str]:
    return [group.code for group in structure.groups if not group.mandatory]


def _opposite(one: Clause, other: Clause) -> bool:
    return {one.bound, other.bound} == {"at_least", "at_most"} and one.measure == other.measure


def _kind_of_groups(clause: str, each: bool, structure: Structure) -> list[str]:
    mandatory, optional = re.search(r"\b(?:mandatory|core)\b", clause, re.I), re.search(r"\boptional\b", clause, re.I)
    if mandatory and optional:
        return []
    if mandatory:
        return mandatory_codes(structure)
    if optional:
        return optional_codes(structure)
    return [group.code for group in structure.groups] if each else []
