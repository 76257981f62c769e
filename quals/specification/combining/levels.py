"""Which units a rule is about, and where its level can be read two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..findings import Findings
from ..structures.structure import Place, Structure

if TYPE_CHECKING:
    from .rules import Rule


def matching(of: dict, structure: Structure) -> list[Place]:
    """The structure's units that fit every condition of a rule."""

    def fits(place: Place) -> bool:
        level = of.get("level")
        return (
            place.group in of.get("groups", [place.group])
            and place.key in of.get("units", [place.key])
            and (level is None or place.level == level["value"] or (_open(level) and place.level > level["value"]))
        )

    return [place for place in structure.places if fits(place)]


def doubt_level(rule: Rule, structure: Structure, findings: Findings) -> None:
    """A minimum "at level 4" can be read two ways as soon as there are units above level 4 to choose from."""
    level = rule.of.get("level")
    if not level or level["mode"] != "exactly" or rule.bound == "at_most" or rule.alternative:
        return
    value, own = level["value"], structure.level
    if own is not None and value < own:
        _below_own_level(rule, value, own, findings)
        return
    other = rule.of | {"level": {"mode": "at_or_above", "value": value}}
    above = [place for place in matching(other, structure) if place.level > value]
    if above:
        codes = sorted({place.group for place in above})
        levels = " and ".join(str(number) for number in sorted({place.level for place in above}))
        holds = f"group {codes[0]} also holds" if len(codes) == 1 else f"groups {' and '.join(codes)} also hold"
        rule.note = f"read as exactly level {value}; {holds} level {levels} units"
        rule.alternative = {"amount": rule.amount, "of": other}


def _below_own_level(rule: Rule, value: int, own: int, findings: Findings) -> None:
    """A qualification asks for credits at its own level: those at a lower one may be copied from its neighbour."""
    rule.note = f"read as exactly level {value}, as printed; in a level {own} qualification it may mean level {own}"
    rule.alternative = {"amount": rule.amount, "of": rule.of | {"level": {"mode": "exactly", "value": own}}}
    message = f"A minimum at level {value} is printed in a level {own} qualification: look up which level is meant."
    findings.warning(min(rule.printed), "level-below-qualification", "rules of combination", message)


def _open(level: dict) -> bool:
    return level["mode"] == "at_or_above"
