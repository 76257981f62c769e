"""The units a registration may choose, what the ticked ones come to, and the shortest ways to complete them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil

from django.db.models import Exists, OuterRef, Q

from portfolios import states
from portfolios.models import Reference, Registration
from portfolios.queries.hinting import Hint, hints_of
from quals import combination
from quals.models import Group, Qualification, Unit
from quals.queries import combination_of, structure_of

MEASURES = {"credits": "credits", "hours": "glh"}
ACROSS = 3  # columns on a wide screen
LOW, HIGH = 8, 24  # units: a column is worth having from so many on, and is split in two beyond so many


def _hours(units: Iterable[Unit]) -> int | None:
    """Guided learning hours together; None where a unit has none in the catalogue."""
    hours = [unit.glh for unit in units]
    return None if None in hours else sum(hours)


def _codes(units: Iterable[Unit], without: Iterable[Unit]) -> str:
    """Of the units that are not among the others, the codes as a list in words."""
    without = set(without)
    *most, last = [unit.code for unit in units if unit not in without] or ["none"]
    return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True)
class Row:
    """A unit as it stands in the list; `held` says why it can no longer be taken out."""

    unit: Unit
    ticked: bool
    held: str
    hint: Hint | None


@dataclass(frozen=True)
class Sum:
    """How many units and credits of a group are ticked."""

    group: Group
    of: int
    units: int
    credits: int


@dataclass(frozen=True)
class Column:
    """A group with its units."""

    sum: Sum
    rows: list[Row]

    @property
    def is_long(self) -> bool:
        return len(self.rows) > HIGH

    @property
    def lists(self) -> list[list[Row]]:
        """The rows of a long group in two halves, so that none changes sides when another grows by a hint."""
        half = ceil(len(self.rows) / 2)
        return [self.rows[:half], self.rows[half:]] if self.is_long else [self.rows]


@dataclass(frozen=True)
class Way:
    """Units that would complete what is ticked; `beside`: those of the first way, where this is another."""

    units: list[Unit]
    beside: list[Unit]

    @property
    def difference(self) -> str:
        """What sets it apart from the first way."""
        other, left = _codes(self.units, self.beside), _codes(self.beside, self.units)
        return f"{other} instead of {left}" if self.beside else ""

    @property
    def credits(self) -> int:
        return sum(unit.credit for unit in self.units)

    @property
    def hours(self) -> int | None:
        return _hours(self.units)


@dataclass(frozen=True)
class Ways:
    """The shortest way by that measure and the next ones, each complete; or, where there is none, what stands in it."""

    measure: str
    ways: list[Way]
    proved: bool
    obstacles: list[str]
    left_out: list[Unit]

    @property
    def is_met(self) -> bool:
        """Nothing is left to add."""
        return bool(self.ways) and not self.ways[0].units


@dataclass(frozen=True)
class Offer:
    """The units that a registration of some day may choose, in their groups, and the rules for choosing."""

    qualification: Qualification
    groups: list[tuple[Group, list[Unit]]]
    units: dict[int, combination.Unit]
    rule_set: combination.RuleSet
    labels: dict[str, str]

    @cached_property
    def listed(self) -> list[Unit]:
        return [unit for _, held in self.groups for unit in held]

    @property
    def rules(self) -> tuple[combination.Rule, ...]:
        return self.rule_set.rules

    @property
    def mandatory(self) -> list[Unit]:
        return [unit for group, units in self.groups if group.kind == "mandatory" for unit in units]

    @property
    def without_hours(self) -> list[Unit]:
        """The units that keep the shortest way from being measured in hours."""
        return [unit for unit in self.listed if unit.glh is None]

    @property
    def has_long_codes(self) -> bool:
        return any(len(unit.code) > 4 for unit in self.listed)

    def standing(self, chosen: Iterable[Unit], *, held: dict[int, str] | None = None) -> "Standing":
        chosen = {unit.pk for unit in chosen}
        return Standing(self, [unit for unit in self.listed if unit.pk in chosen], held or {})

    def ways(self, chosen: Iterable[Unit], measure: str, *, left_out: Iterable[Unit] = ()) -> Ways:
        """How what is chosen is completed at least cost; the units left out are not proposed."""
        left_out = list(left_out)
        found = combination.route(
            self.rule_set,
            achieved=[self.units[unit.pk].key for unit in chosen],
            excluded=[self.units[unit.pk].key for unit in left_out],
            minimise=MEASURES[measure],
        )
        proposed = [found.units, *(option.units for option in found.alternatives)] if found.found else []
        ways = [[unit for unit in self.listed if unit.key in keys] for keys in proposed]
        return Ways(
            measure=measure,
            ways=[Way(units, beside=ways[0] if number else []) for number, units in enumerate(ways)],
            proved=found.optimal,
            obstacles=[shortfall.sentence for shortfall in found.shortfalls],
            left_out=left_out,
        )


@dataclass(frozen=True)
class Standing:
    """What some chosen units come to, in sum and by the rules of combination."""

    offer: Offer = field(repr=False)
    chosen: list[Unit]
    held: dict[int, str]

    @cached_property
    def _told(self) -> list[combination.Unit]:
        return [self.offer.units[unit.pk] for unit in self.chosen]

    @cached_property
    def totals(self) -> combination.Totals:
        return combination.totals(self._told)

    @cached_property
    def verdict(self) -> combination.Verdict:
        return combination.check(self.offer.rule_set, (unit.key for unit in self._told))

    @property
    def hours(self) -> int | None:
        return _hours(self.chosen)

    @property
    def in_words(self) -> str:
        """How the rules stand, in a few words."""
        if not self.offer.rules:
            return "no rules of combination"
        if self.verdict.passes:
            return "every rule is met"
        if self.fail_together:
            return "the rules are not met together yet"
        missing = sum(not result.satisfied for result in self.verdict.rules)
        return f"{missing} {'rule is' if missing == 1 else 'rules are'} not met yet"

    @property
    def fail_together(self) -> bool:
        """Each rule can be met by itself, and yet not all of them."""
        return not self.verdict.passes and all(result.satisfied for result in self.verdict.rules)

    @property
    def doubts(self) -> list[str]:
        """What the catalogue's editors noted on rules that can be read two ways."""
        rules = [result.rule for result in self.verdict.rules]
        return [rule.note for rule in rules if rule.confidence == "disputed" and rule.note]

    @cached_property
    def sums(self) -> list[Sum]:
        units, credit = self.totals.units_by_group, self.totals.by_group
        return [
            Sum(group, len(listed), units.get(group.code, 0), credit.get(group.code, 0))
            for group, listed in self.offer.groups
        ]

    @cached_property
    def columns(self) -> list[Column]:
        """The groups with all that can be said of each unit beforehand, which takes longer than the rest."""
        if not self.offer.rules:
            return self._columns({})
        hints = hints_of(self.offer.rule_set, ticked=self._told, verdict=self.verdict, labels=self.offer.labels)
        return self._columns(hints)

    def _columns(self, hints: dict[str, Hint]) -> list[Column]:
        ticked = {unit.pk for unit in self.chosen}
        return [
            Column(
                told,
                [Row(unit, unit.pk in ticked, self.held.get(unit.pk, ""), hints.get(unit.key)) for unit in listed],
            )
            for told, (_, listed) in zip(self.sums, self.offer.groups, strict=True)
        ]

    @property
    def stacks(self) -> list[list[Column]]:
        """The groups as columns; short ones that follow each other share a column."""
        most = max(LOW, ceil(len(self.offer.listed) / ACROSS))
        stacks: list[list[Column]] = []
        for column in self.columns:
            if stacks and sum(len(each.rows) for each in (*stacks[-1], column)) <= most:
                stacks[-1].append(column)
            else:
                stacks.append([column])
        return stacks


def offer_of(qualification: Qualification, *, registered_on: date) -> Offer:
    """The unit table for somebody registered on that day; a unit in two groups stands in the first (CAT-3)."""
    told = combination_of(qualification, registered_on=registered_on)
    units = told.offered
    groups = []
    for group in structure_of(qualification):
        places = [place.unit for place in group.places.all() if place.unit_id in units]
        groups.append((group, [unit for unit in places if units[unit.pk].group == group.code]))
    first = sorted(groups, key=lambda pair: pair[0].kind != "mandatory")
    groups = [(group, held) for group, held in first if held]
    return Offer(qualification, groups, units, told.offered_rules, told.labels)


def units_in_use(registration: Registration) -> dict[int, str]:
    """By id, the units of a registration that cannot be taken out any more, each with the reason."""
    referred = Exists(Reference.objects.filter(entry=OuterRef("pk")))
    used = registration.entries.filter(referred | ~Q(state=states.OPEN)).values_list("unit_id", "state")
    return {unit_id: "has evidence" if state == states.OPEN else "signed off" for unit_id, state in used}
