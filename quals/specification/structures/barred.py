"""Barred units of the tables become pairs of which at most one counts."""

from ..combining.sentences import Bound
from ..findings import Findings
from .structure import Place, Structure


def barred_bounds(structure: Structure, findings: Findings) -> list[tuple[Bound, list[int]]]:
    """One bound for each pair, with the lines of both rows."""
    pairs: dict[tuple[str, ...], list[int]] = {}
    for place in structure.places:
        for name in place.barred:
            other = structure.place(name)
            if other is None or other is place:
                message = f"{place.key} is barred with {name}, which no table of this qualification lists."
                findings.warning(place.line, "barred-unknown", place.key, message)
                continue
            _check_other_row(place, other, findings)
            pair = tuple(place_.key for place_ in sorted((place, other), key=lambda unit: unit.line))
            pairs[pair] = sorted({place.line, other.line})
    return [(Bound("at_most", "units", 1, {"units": list(pair)}), lines) for pair, lines in pairs.items()]


def _check_other_row(place: Place, other: Place, findings: Findings) -> None:
    if not {place.key, place.uan} & set(other.barred):
        message = f"{place.key} is barred with {other.key}, but the row of {other.key} does not say so."
        findings.warning(place.line, "barred-one-sided", place.key, message)
