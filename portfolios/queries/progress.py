"""Where a registration stands by its rules of combination, and the shortest way to the end from there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from portfolios import states
from portfolios.models import Registration, UnitEntry
from quals import combination
from quals.combination import Reach, Route, RuleResult, Unproved, Verdict
from quals.queries import Combination, combination_of, combinations_of

MOST_NAMED = 4
SINGULAR = {"criteria": "criterion", "credits": "credit"}


@dataclass(frozen=True)
class Outlook:
    """One registration as its rules see it; units go by key.

    `done`: signed off by the assessor; `left`: of every other chosen unit the criteria still to be met, None where
    nobody can tell because the page of the unit is not in the catalogue; `verdict`: the rules on what is done.
    """

    structure: Combination
    done: frozenset[str]
    left: Mapping[str, int | None]
    verdict: Verdict

    @property
    def chosen(self) -> frozenset[str]:
        return self.done | frozenset(self.left)

    @cached_property
    def needs(self) -> list[RuleResult]:
        """What has to be reached: these are met, or still to go."""
        return [result for result in self.verdict.rules if result.rule.bound == "at_least"]

    @cached_property
    def limits(self) -> list[RuleResult]:
        """What keeps units from counting; nothing is to be done about these."""
        return [result for result in self.verdict.rules if result.rule.bound == "at_most"]

    @cached_property
    def doubts(self) -> list[RuleResult]:
        return [result for result in self.verdict.rules if result.confidence == "disputed"]

    @property
    def has_rules(self) -> bool:
        return bool(self.verdict.rules)

    @property
    def finished(self) -> bool:
        return self.has_rules and self.verdict.passes

    @property
    def met(self) -> int:
        return len(self.needs) - self.to_go

    @property
    def to_go(self) -> int:
        return sum(not result.satisfied for result in self.needs)

    @property
    def in_words(self) -> str:
        """How the rules stand, in a few words."""
        if not self.has_rules:
            return "no rules of combination"
        if self.finished:
            return "every rule is met"
        if not self.to_go:
            return "the rules are not met together yet"
        return "1 rule to go" if self.to_go == 1 else f"{self.to_go} rules to go"

    @cached_property
    def plan(self) -> Reach:
        """Whether the chosen units can ever do, and which to add where they cannot: rather such as can be judged."""
        rules, chosen = self.structure.offered_rules, self.chosen & set(self._offered)
        unread = {unit.key for unit in rules.units if unit.criteria is None} - chosen
        plan = combination.reachable(rules, chosen, excluded=unread)
        if plan.possible or plan.change.found or not unread:
            return plan
        return combination.reachable(rules, chosen)

    @cached_property
    def to_add(self) -> tuple[str, ...]:
        """The units that somebody has to choose as well before the rules can be met."""
        return () if self.plan.possible else self.plan.change.units

    @property
    def must_add(self) -> bool:
        """Whether there is no way without each of them, even with units whose page nobody has read."""
        if not self.to_add:
            return False
        prospects = self.plan.change.prospects
        of_all = prospects.keys() >= set(self._offered) - self.chosen
        return of_all and all(prospects[key].kind == "needed" for key in self.to_add)

    @cached_property
    def way(self) -> Route | None:
        """The least that is left to do with the chosen units and those to add; None where no choice will ever do."""
        if not self.has_rules or not (self.plan.possible or self.plan.change.found):
            return None
        return self._route(set(self._offered) - self._pool)

    def worked_out(self) -> "Outlook":
        """With all that a line about it asks the engine; Unproved comes here, and not from within a page."""
        _ = self.way
        return self

    @cached_property
    def shorter(self) -> Route | None:
        """A way with units that nobody chose, if it leaves less to do than the best with those that are."""
        if self.way is None or not self.way.value:
            return None
        unread = {key for key, unit in self._offered.items() if unit.criteria is None}
        found = self._route(unread - self._pool)
        return found if found.value < self.way.value else None

    @cached_property
    def at_the_end(self) -> Verdict:
        """The rules on what is done and what is on the way."""
        return self.structure.check_keys(self.done.union(self.way.units) & set(self._offered))

    @property
    def doubt_matters(self) -> bool:
        """Whether by another reading the way would not be enough, or what is done today would not."""
        return self.verdict.differs or (self.way is not None and self.at_the_end.differs)

    @cached_property
    def measure(self) -> str:
        """What is left is counted in: criteria, or credits where the criteria of a unit are not known."""
        pool = self._pool - self.done
        return "criteria" if all(self._offered[key].criteria is not None for key in pool) else "credits"

    @cached_property
    def _offered(self) -> dict[str, combination.Unit]:
        return self.structure.offered_rules.by_key

    @cached_property
    def _pool(self) -> set[str]:
        return (self.chosen | set(self.to_add)) & set(self._offered)

    def _route(self, excluded: set[str]) -> Route:
        begun = {key: left for key, left in self.left.items() if key in self._offered and left is not None}
        return combination.route(
            self.structure.offered_rules,
            achieved=self.done & set(self._offered),
            in_progress=begun,
            excluded=excluded,
            minimise=self.measure,
        )

    @property
    def way_in_words(self) -> str:
        """The units of the shortest way by name, or how many, where they are too many for a line."""
        if self.way is None or not self.way.units:
            return ""
        codes = [code for key, code in self.structure.labels.items() if key in self.way.units]
        return f"{len(codes)} units" if len(codes) > MOST_NAMED else " and ".join(filter(None, _in_line(codes)))

    @property
    def left_in_words(self) -> str:
        """What is left on the shortest way."""
        return self.in_measure(self.way.value)

    def in_measure(self, value: int) -> str:
        """So much to do, in criteria or credits."""
        if not value:
            return "ready to be signed off"
        return f"{value} {self.measure if value > 1 else SINGULAR[self.measure]} left"


def _in_line(codes: list[str]) -> tuple[str, str]:
    return ", ".join(codes[:-1]), codes[-1]


def whole_entries_of(registrations: Iterable[Registration]) -> QuerySet[UnitEntry]:
    """Every unit of these registrations, whoever assesses it: the rules ask for the whole."""
    ids = [registration.pk for registration in registrations]
    found = UnitEntry.objects.filter(registration__in=ids).select_related("unit", "registration__qualification")
    return found.order_by("registration_id", "unit__position")


def outlooks_of(entries: Iterable[UnitEntry]) -> dict[int, Outlook]:
    """The outlook of each registration that these entries make up, by its id: two queries, however many there are.

    Left out are those of a qualification whose rules nobody can work out in time: a home page opens without them.
    """
    mine: dict[Registration, list[UnitEntry]] = {}
    for entry in entries:
        mine.setdefault(entry.registration, []).append(entry)
    rules = combinations_of((each.qualification, each.registered_on) for each in mine)
    found, unproved = {}, set()
    for registration, its in mine.items():
        if registration.qualification_id in unproved:
            continue
        try:
            outlook = outlook_from(rules[registration.qualification_id, registration.registered_on], its)
            found[registration.pk] = outlook.worked_out()
        except Unproved:
            unproved.add(registration.qualification_id)
    return found


def outlook_of(registration: Registration) -> Outlook | None:
    """The same for one registration, with or without units: three queries; None where nobody can tell in time."""
    rules = combination_of(registration.qualification, registered_on=registration.registered_on)
    try:
        return outlook_from(rules, whole_entries_of([registration]))
    except Unproved:
        return None


def outlook_from(rules: Combination, entries: Iterable[UnitEntry]) -> Outlook:
    entries = [entry for entry in entries if entry.unit_id in rules.units]
    done = [entry for entry in entries if entry.state != states.OPEN]
    return Outlook(
        structure=rules,
        done=frozenset(rules.units[entry.unit_id].key for entry in done),
        left={rules.units[entry.unit_id].key: criteria_left(entry) for entry in entries if entry.state == states.OPEN},
        verdict=rules.check(entry.unit_id for entry in done),
    )


def criteria_left(entry: UnitEntry) -> int | None:
    return max(0, entry.criteria_total - entry.criteria_met) if entry.criteria_total else None
