"""What is drawn of a qualification: its groups with their units, and the rules about all, some and single units."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from quals import combination
from quals.combination.explain import asks
from quals.models import Group, GroupUnit
from quals.queries.drawing import DATED, NARROW, WIDE, Picture, picture_of


@dataclass(frozen=True)
class Member:
    """A unit as the picture shows it: what the engine knows of it, its name, its title, and its days in words."""

    unit: combination.Unit
    name: str
    title: str
    days: str

    @property
    def words(self) -> str:
        credits = f"{self.unit.credit} credit{'' if self.unit.credit == 1 else 's'}"
        return f"Unit {self.name}, {self.title}: level {self.unit.level}, {credits}{self.days}"


@dataclass(frozen=True)
class Structure:
    """What is drawn: each group with its members, and the rules."""

    groups: list[tuple[Group, list[Member]]]
    rules: list[combination.Rule]

    @cached_property
    def units(self) -> list[combination.Unit]:
        return [member.unit for _, members in self.groups for member in members]

    @cached_property
    def levels(self) -> list[int]:
        return sorted({unit.level for unit in self.units})

    def rules_of(self, code: str | None) -> list[combination.Rule]:
        """Those of one group; with None those of several groups or of all units."""
        rules = [rule for rule in self.rules if rule.units is None]
        if code is None:
            return [rule for rule in rules if rule.groups is None or len(rule.groups) > 1]
        return [rule for rule in rules if rule.groups == {code}]

    @cached_property
    def listed(self) -> list[combination.Rule]:
        """Rules about units that they name one by one: marks on those."""
        return [rule for rule in self.rules if rule.units is not None]

    def marks_on(self, member: Member) -> str:
        marks = [rule.id for rule in self.listed if rule.matches(member.unit)]
        return " ".join([*marks, *([DATED] if member.days else [])])

    @cached_property
    def words(self) -> list[str]:
        """The picture for those who do not see it."""
        told = []
        for group, members in self.groups:
            asked = [asks(rule) for rule in self.rules_of(group.code)]
            credits = combination.totals([member.unit for member in members]).credits
            count = f"{len(members)} unit{'' if len(members) == 1 else 's'}"
            line = f"Group {group.code}, {group.get_kind_display().lower()}: {count}, {credits} credits"
            told.append(". ".join([line, *asked]) + ".")
        return told + [f"{asks(rule)}." for rule in (*self.rules_of(None), *self.listed)]


def pictures_of(groups: Iterable[Group], rules: list[combination.Rule]) -> list[Picture]:
    """The picture as a page and a sheet of paper show it, and as a phone does; of groups with their places."""
    shown = [(group, [_member(group, place) for place in group.places.all()]) for group in groups]
    structure = Structure(shown, rules)
    return [picture_of(structure, width) for width in (WIDE, NARROW)] if structure.units else []


def _member(group: Group, place: GroupUnit) -> Member:
    unit = place.unit
    days = f", for registrations from {_day(place.registered_from)}" if place.registered_from else ""
    days += f", for registrations before {_day(place.registered_before)}" if place.registered_before else ""
    return Member(combination.Unit(unit.key, unit.credit, unit.level, group.code), unit.code, unit.title, days)


def _day(day) -> str:
    return f"{day.day} {day:%B %Y}"
