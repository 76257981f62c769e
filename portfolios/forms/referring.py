"""The form of “What does it show?”: which criteria a piece claims, found by words or codes, and where in it to look."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

POINTER_LENGTH = 200
CODE = r"[0-9]+(?:\.[0-9]+)*[a-z]?"
ONE = re.compile(CODE, re.IGNORECASE)
SPAN = re.compile(rf"({CODE})-({CODE})", re.IGNORECASE)


@dataclass
class UnitClaims:
    """One unit with the criteria of it that are shown; what it lacks is told of the whole unit."""

    entry: object
    every: list
    shown: list

    @property
    def claimed(self) -> int:
        return sum(claim.claimed for claim in self.every)

    @property
    def lacking(self) -> list[str]:
        """Codes of the criteria that no piece names yet, this one included."""
        return [claim.criterion.code for claim in self.every if claim.lacking]

    @property
    def outcomes(self) -> list[tuple]:
        """Each outcome with its criteria, and whether all of them are claimed."""
        rows = [(outcome, list(claims)) for outcome, claims in groupby(self.shown, key=lambda each: each.outcome)]
        return [(outcome, claims, all(claim.claimed for claim in claims)) for outcome, claims in rows]


def by_unit(claims: Iterable, shown: Iterable) -> list[UnitClaims]:
    """Units with something to show, in their order."""
    keys = {claim.key for claim in shown}
    units = [(entry, list(rows)) for entry, rows in groupby(claims, key=lambda claim: claim.entry)]
    found = [UnitClaims(entry, rows, [row for row in rows if row.key in keys]) for entry, rows in units]
    return [unit for unit in found if unit.shown]


def found(typed: str, claims: list) -> list:
    """The claims that somebody typed: “401 1.1-1.4” by codes, anything else by words; all for nothing typed."""
    words = typed.lower().split()
    if not words:
        return claims
    named = by_codes(typed, claims)
    if named:
        return named
    return [claim for claim in claims if all(word in _haystack(claim) for word in words)]


def _haystack(claim) -> str:
    return f"{claim.entry.unit} {claim.outcome.text} {claim.criterion.code} {claim.criterion.text}".lower()


def by_codes(typed: str, claims: list) -> list:
    """Claims named by unit, outcome and criterion codes: “401 1.1-1.4, 2 410 3.2”; nothing if any part names none."""
    tokens = re.sub(r"\s*[-–—]\s*", "-", typed.replace(",", " ")).split()
    unit, keys, pending = None, set(), []
    for token in tokens:
        of_unit = [claim for claim in claims if token.lower() in _names_of(claim.entry.unit)]
        if of_unit:
            keys.update(pending)
            unit = of_unit
            pending = [claim.key for claim in of_unit]
            continue
        named = _named(token, claims if unit is None else unit)
        if not named:
            return []
        keys.update(claim.key for claim in named)
        pending = []
    keys.update(pending)  # a unit's code with nothing after it names the whole unit
    return [claim for claim in claims if claim.key in keys]


def _names_of(unit) -> set[str]:
    return {name.lower() for name in (unit.code, unit.number, unit.uan) if name}


def _named(token: str, claims: list) -> list:
    """Criteria by code (1.2), by outcome (1) or from one to another (1.1-2.3), in each unit at hand."""
    if span := SPAN.fullmatch(token):
        return [
            row
            for _, rows in groupby(claims, key=lambda each: each.entry)
            for row in _between(list(rows), *span.groups())
        ]
    if not ONE.fullmatch(token):
        return []
    return [claim for claim in claims if token.lower() in {claim.criterion.code.lower(), claim.outcome.number.lower()}]


def _between(claims: list, first: str, last: str) -> list:
    starts = [i for i, claim in enumerate(claims) if first.lower() in (claim.criterion.code, claim.outcome.number)]
    ends = [i for i, claim in enumerate(claims) if last.lower() in (claim.criterion.code, claim.outcome.number)]
    return claims[starts[0] : ends[-1] + 1] if starts and ends else []


def chosen_by(data, claims: list) -> dict:
    """(entry, criterion) → pointer as the page says it. What a filter hid, and each pointer, stays as it was.

    A button beside an outcome ticks or unticks all of it (tick:<entry>:<outcome>); another all that was found.
    """
    shown = {claim.key for claim in found(data.get("shown", ""), claims)}
    ticked = set(data.getlist("criterion"))
    ticked |= {claim.key for claim in claims if claim.claimed and claim.key not in shown}
    deed, _, which = data.get("deed", "").partition(":")
    named = {claim.key for claim in claims if claim.key in shown and which in {"found", claim.outcome_key}}
    ticked = ticked | named if deed == "tick" else ticked - named if deed == "untick" else ticked
    return {(claim.entry, claim.criterion): claim.pointer for claim in claims if claim.key in ticked}


def as_chosen(claims: list) -> dict:
    """What the draft claims now."""
    return {(claim.entry, claim.criterion): claim.pointer for claim in claims if claim.claimed}


def pointed_by(data: Mapping, claims: list) -> dict:
    """The claimed criteria with where to look, as typed: a page, a time, some words."""
    return {
        (claim.entry, claim.criterion): data.get(f"where:{claim.key}", claim.pointer).strip()[:POINTER_LENGTH]
        for claim in claims
        if claim.claimed
    }
