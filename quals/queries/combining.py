"""What the engine of the rules of combination is told of a qualification, and how people name its units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from quals import combination
from quals.models import GroupUnit, Qualification, Rule
from quals.queries.packs import pack_of_rule


class UnknownUnit(ValueError):
    """Nobody can tell which unit is meant; the text says why, for the person who named it."""


@dataclass(frozen=True)
class Combination:
    """A qualification as a registration of `day` meets it.

    `units` by id: all of them, those that are for other dates too, so that the engine can say so, as in `rule_set`;
    `labels`: what people call a unit, by key; `names`: the keys that a number, UAN or key may stand for.
    """

    qualification: Qualification
    day: date
    units: dict[int, combination.Unit]
    rule_set: combination.RuleSet
    labels: dict[str, str]
    names: dict[str, frozenset[str]]

    @property
    def rules(self) -> tuple[combination.Rule, ...]:
        return self.rule_set.rules

    @property
    def offered_rules(self) -> combination.RuleSet:
        """The rules about the units that a registration of that day may choose."""
        return self.rule_set.open_to(self.day)

    @property
    def offered(self) -> dict[int, combination.Unit]:
        """The units that a registration of that day may choose, in the order of `offered_rules`."""
        return {pk: unit for pk, unit in self.units.items() if unit.is_open_to(self.day)}

    def check(self, unit_ids) -> combination.Verdict:
        """The verdict on the units with these ids (those of other qualifications are passed over)."""
        return self.check_keys(self.units[pk].key for pk in unit_ids if pk in self.units)

    def check_keys(self, keys: Iterable[str]) -> combination.Verdict:
        """The same for units named by their keys."""
        return combination.check(self.rule_set, keys, registered_on=self.day)

    def named(self, names: list[str]) -> list[str]:
        """The keys of the units that are named by number, UAN or key; UnknownUnit where that cannot be told."""
        keys: list[str] = []
        for name in names:
            found = self.names.get(name, frozenset())
            if not found:
                raise UnknownUnit(f"There is no unit “{name}” in {self.qualification.qan}.")
            if len(found) > 1:
                numbers = " and ".join(sorted(self.labels[key] for key in found))
                raise UnknownUnit(f"“{name}” is printed for units {numbers}: name the unit by its number.")
            (key,) = found
            if key in keys:
                raise UnknownUnit(f"Unit {self.labels[key]} is named twice.")
            keys.append(key)
        return keys


def qualification_named(qan: str) -> Qualification | None:
    """The issue of that number that was published last, else the draft that was imported last."""
    found = Qualification.objects.filter(qan=qan)
    newest = F("specification__published_at").desc(nulls_last=True)
    return found.order_by(newest, "-specification__imported_at", "-pk").first()


def combination_of(qualification: Qualification, *, registered_on: date) -> Combination:
    """The units and rules, in two queries. A unit in two groups stands in the first that is open that day (CAT-3)."""
    return combinations_of([(qualification, registered_on)])[qualification.pk, registered_on]


def combinations_of(wanted: Iterable[tuple[Qualification, date]]) -> dict[tuple[int, date], Combination]:
    """The same for many qualifications and days, by the qualification's id and the day, in two queries in all."""
    asked = {(qualification.pk, day): qualification for qualification, day in wanted}
    ids = {pk for pk, _ in asked}
    places: dict[int, list[GroupUnit]] = {pk: [] for pk in ids}
    found = GroupUnit.objects.filter(group__qualification__in=ids).select_related("group", "unit")
    for place in found.order_by("group__position", "position"):
        places[place.group.qualification_id].append(place)
    rules: dict[int, list[dict]] = {pk: [] for pk in ids}
    for rule in Rule.objects.filter(qualification__in=ids).order_by("position"):
        rules[rule.qualification_id].append(pack_of_rule(rule))
    return {
        (pk, day): _combination(qualification, day, places[pk], rules[pk]) for (pk, day), qualification in asked.items()
    }


def _combination(qualification, day, places, rules) -> Combination:
    units: dict[int, combination.Unit] = {}
    sizes: dict[str, int] = {}
    labels: dict[str, str] = {}
    names: dict[str, set[str]] = {}
    for place in places:
        told, known = _told(place), units.get(place.unit_id)
        if told.is_open_to(day):
            sizes[told.group] = sizes.get(told.group, 0) + 1
        if known is None or (told.is_open_to(day) and not known.is_open_to(day)):
            units[place.unit_id] = told
        labels[place.unit.key] = place.unit.code
        for name in {place.unit.key, place.unit.number, place.unit.uan} - {""}:
            names.setdefault(name, set()).add(place.unit.key)
    return Combination(
        qualification,
        day,
        units,
        combination.RuleSet(units.values(), [combination.Rule.from_pack(rule, sizes) for rule in rules]),
        labels,
        {name: frozenset(keys) for name, keys in names.items()},
    )


def _told(place: GroupUnit) -> combination.Unit:
    unit = place.unit
    return combination.Unit(
        unit.key,
        unit.credit,
        unit.level,
        place.group.code,
        glh=unit.glh,
        criteria=unit.criteria_total or None,
        registered_from=place.registered_from,
        registered_before=place.registered_before,
    )
