"""A selection of units tried against a qualification's rules, and the least that any valid choice comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from quals import combination
from quals.combination.explain import asks
from quals.models import Qualification
from quals.queries.combining import Combination, combination_of

MEASURES = {"credits": "credits", "glh": "hours", "units": "units"}
NO_HOURS = "not every unit has its hours here"
NO_CHOICE = "no choice of units meets these rules"
UNPROVED = "these rules are too entangled to be worked out in reasonable time"


@dataclass(frozen=True)
class Reading:
    """A disputed rule as it can be read too, and what the verdict would be."""

    rule: str
    sentence: str
    passes: bool


@dataclass(frozen=True)
class Left:
    """A chosen unit that is not counted, and why."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Least:
    """The least of a measure that a valid choice comes to, and what the specification prints of it; where `value` is
    None, `because` says why."""

    measure: str
    value: int | None
    printed: int | None
    units: tuple[str, ...]
    because: str = ""

    @property
    def noun(self) -> str:
        return MEASURES[self.measure]

    @property
    def agrees(self) -> bool:
        return self.value is not None and self.value == self.printed


@dataclass(frozen=True)
class Trial:
    """A selection, by keys, and the verdict on it."""

    combination: Combination
    keys: frozenset[str]

    @property
    def day(self) -> date:
        return self.combination.day

    @cached_property
    def units(self) -> list[combination.Unit]:
        return [unit for unit in self.combination.units.values() if unit.key in self.keys]

    @cached_property
    def verdict(self) -> combination.Verdict:
        return self.combination.check_keys(self.keys)

    @cached_property
    def counted(self) -> list[str]:
        """Of a pass, by the names that people use, in the order of the structure."""
        labels = self.combination.labels
        return [labels[unit.key] for unit in self.units if unit.key in self.verdict.counted]

    @cached_property
    def left(self) -> list[Left]:
        return [Left(self.combination.labels[each.key], each.sentence) for each in self.verdict.uncounted]

    @cached_property
    def readings(self) -> list[Reading]:
        alternatives = {rule.id: rule.alternative for rule in self.combination.rules}
        other = self.verdict.other_readings
        return [Reading(label, asks(alternatives[label]), passes) for label, passes in other.items()]

    @cached_property
    def credits(self) -> int:
        return combination.totals(self.units).credits

    @cached_property
    def counted_credits(self) -> int:
        return sum(unit.credit for unit in self.units if unit.key in self.verdict.counted)

    @cached_property
    def hours(self) -> int | None:
        """None where the specification does not print them for every unit chosen."""
        hours = [unit.glh for unit in self.units]
        return None if None in hours else sum(hours)


def trial_of(qualification: Qualification, *, keys: Iterable[str], day: date) -> Trial:
    """Two queries; keys that name no unit of it are passed over."""
    found = combination_of(qualification, registered_on=day)
    return Trial(found, frozenset(keys) & {unit.key for unit in found.units.values()})


def least_of(found: Combination, measure: str) -> Least:
    """The shortest route by that measure, from nothing."""
    qualification = found.qualification
    printed = {"credits": qualification.credits, "glh": qualification.glh}.get(measure)
    if measure == "glh" and any(unit.glh is None for unit in found.offered.values()):
        return Least(measure, None, printed, (), NO_HOURS)
    try:
        route = combination.route(found.offered_rules, minimise=measure)
    except combination.Unproved:
        return Least(measure, None, printed, (), UNPROVED)
    return Least(measure, route.value, printed, route.units, "" if route.found else NO_CHOICE)


def leasts_of(found: Combination) -> list[Least]:
    """By each measure; the page opens for whoever mends the rules, also where these cannot be worked out in time."""
    leasts: list[Least] = []
    for measure in MEASURES:
        if any(least.because == UNPROVED for least in leasts):
            leasts.append(replace(leasts[0], measure=measure, printed=None))
        else:
            leasts.append(least_of(found, measure))
    return leasts
