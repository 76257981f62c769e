"""The cheapest way from what is achieved to the qualification, with the proof that none is cheaper."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from . import explain, search, solver, subsets
from .bits import TooWide
from .deadline import in_time, seconds_left
from .facts import whole_number
from .reduction import Bound, Problem, drop_useless, effects_of, ranked, reduce, take_unlimited
from .ruleset import RuleSet
from .shortfall import shortfalls
from .tables import Table
from .verifier import verify

MINIMISED = ("credits", "units", "glh", "criteria")
ALTERNATIVES = 2
STEP = 1600  # subsets are looked at in the time that one more unit takes in a table


@dataclass(frozen=True)
class Option:
    """Units still to do (keys, in key order) and what they come to."""

    units: tuple[str, ...]
    value: int


@dataclass(frozen=True)
class Prospect:
    """What choosing a unit would do; `kind` is one of:

    - "needed": without it no route is left;
    - "useful": it leaves less to do than there is without it;
    - "wasted": it could count, but leaves as much to do as before;
    - "barred": it may not count beside units that do;
    - "impossible": no way to meet the rules counts it.

    `left` is what would still be to do after it; `extra` by how much a route with it is dearer than the cheapest.
    """

    key: str
    kind: str
    left: int | None
    extra: int | None
    sentence: str


@dataclass(frozen=True)
class Route:
    """`units` are still to do and come to `value`; `bound` is what no route can be below. Not `found`: `value` and
    `bound` are None, and `shortfalls` says what stands in the way."""

    found: bool
    minimise: str
    units: tuple[str, ...]
    value: int | None
    bound: int | None
    counted: tuple[str, ...]
    _task: "_Task" = field(repr=False, compare=False)

    @property
    def optimal(self) -> bool:
        return self.found and self.value == self.bound

    @cached_property
    @in_time
    def alternatives(self) -> tuple[Option, ...]:
        """The next ways from the cheapest on, each without some unit of every one before, and none to spare."""
        return tuple(Option(*way) for way in islice(self._task.ways(), 1, 1 + ALTERNATIVES))

    @cached_property
    @in_time
    def shortfalls(self) -> tuple:
        return () if self.found else shortfalls(self._task.rule_set, self._task.units)

    @cached_property
    @in_time
    def prospects(self) -> dict[str, Prospect]:
        """For each unit that is neither achieved nor excluded, in key order, what choosing it would do."""
        known, found = {}, {}
        for unit in sorted(self._task.units, key=lambda unit: unit.key):
            if unit.key in self._task.achieved:
                continue
            alike = (effects_of(self._task.rules)[unit], self._task.costs[unit.key], unit.key in self.units)
            if alike not in known:
                known[alike] = self._task.prospect(unit, self)
            kind, left, extra = known[alike]
            found[unit.key] = Prospect(unit.key, kind, left, extra, self._task.sentence(unit, self, *known[alike]))
        return found


@in_time
def route(rules, achieved=(), in_progress=(), excluded=(), minimise="credits") -> Route:
    """The cheapest set of further units with which some choice satisfies every rule.

    `rules` is a `RuleSet` of all units that the registration may choose; the others are keys. What is achieved costs
    nothing; of a unit in progress, where `in_progress` maps keys to the criteria left, only those count. Minimised
    are "credits", "units", "glh" or "criteria" left to do; ties go to the fewest credits that are not begun. Of
    routes that are equal in both any may be found, but always the same one, in whatever order the units come.
    Alternatives and prospects are worked out when they are asked for. ValueError for a key that is not a unit's, and
    where a unit lacks what is to be minimised; Unproved where it cannot be told in time.
    """
    achieved, excluded = frozenset(achieved), frozenset(excluded)
    rules.refuse_unknown(achieved, in_progress, excluded)
    if minimise not in MINIMISED:
        raise ValueError(f"What is minimised must be one of {', '.join(MINIMISED)}, not {minimise!r}.")
    offered = tuple(unit for unit in rules.units if unit.key not in excluded - achieved)
    costs = {unit.key: _cost(unit, minimise, achieved, in_progress) for unit in offered}
    task = _Task(rules, offered, achieved, frozenset(in_progress), costs)
    found = next(task.ways(), None)
    if found is None:
        return Route(False, minimise, (), None, None, (), task)
    chosen, value = found
    counted = tuple(sorted({unit.key for unit in task.counted(chosen)}))
    if not verify(rules, achieved | set(chosen), counted):
        raise ArithmeticError("A route does not stand up to being added up.")
    return Route(True, minimise, chosen, value, task.bound, counted, task)


@dataclass
class _Task:
    rule_set: RuleSet
    units: tuple
    achieved: frozenset
    in_progress: frozenset
    costs: dict
    bound: int | None = None

    @property
    def rules(self):
        return self.rule_set.rules

    def ways(self):
        """(units still to do, their value), the cheapest first; sets `bound` to what none can be below."""
        if not search.exists(self.units, self.rules):
            return
        problem = self._problem()
        forced = frozenset(unit.key for unit in problem.forced) - self.achieved
        while (found := self._best(problem)) is not None:
            least, places = found
            self.bound = self._cost(forced) + least if self.bound is None else self.bound
            further = self._without_spare(forced | {problem.open[i].key for i in places} - self.achieved)
            yield tuple(sorted(further)), self._cost(further)
            if not further - forced:
                return
            again = tuple(int(unit.key in further) for unit in problem.open)
            problem = Problem(problem.open, [], problem.needs, [*problem.caps, Bound(sum(again) - 1, again)])

    def _problem(self):
        return drop_useless(take_unlimited(reduce(ranked(self.units), self.rules), self.achieved))

    def _cost(self, keys):
        return sum([self.costs[key] for key in keys])

    def _best(self, problem):
        """(least cost, places of the open units), or None."""
        seconds_left()
        if not problem.needs:
            return 0, set()
        costs = [self.costs[unit.key] for unit in problem.open]
        fresh = [0 if unit.key in self.achieved | self.in_progress else unit.credit for unit in problem.open]
        scale = sum(fresh) + 1
        both = [cost * scale + credit for cost, credit in zip(costs, fresh, strict=True)]
        table = Table(problem, both)
        try:
            sooner = subsets.can_hold(problem, both) and 1 << len(both) < STEP * len(both) + table.states // 2
            best = subsets.cheapest(problem, both) if sooner else table.best()
        except TooWide:
            return self._by_solver(problem, costs, fresh)
        return best and (best[0] // scale, best[1])

    def _by_solver(self, problem, costs, fresh):
        best = solver.fewest(costs, problem)
        if best is None or costs == fresh:
            return best
        no_dearer = Problem(problem.open, [], problem.needs, [*problem.caps, Bound(best[0], tuple(costs))])
        return best[0], solver.fewest(fresh, no_dearer)[1]

    def _without_spare(self, further):
        """Without units that cost nothing and are not needed either."""
        have = [unit for unit in self.units if unit.key in self.achieved or unit.key in further]
        for key in sorted(key for key in further if not self.costs[key]):
            fewer = [unit for unit in have if unit.key != key]
            have = fewer if search.exists(fewer, self.rules) else have
        return frozenset(unit.key for unit in have) - self.achieved

    def counted(self, chosen):
        have = [unit for unit in self.units if unit.key in self.achieved or unit.key in chosen]
        return search.cheapest(have, self.rules)

    def prospect(self, unit, found):
        """(kind, what is left after it, how much dearer)."""
        cost = self.costs[unit.key]
        if unit.key in found.units:
            needed = not search.exists([other for other in self.units if other is not unit], self.rules)
            return "needed" if needed else "useful" if cost else "wasted", found.value - cost, 0
        left = self._value_with(unit) if found.found and cost else found.value
        if left != found.value:
            return "useful", left, left + cost - found.value
        if not self._can_count(unit, self.rules):
            return "impossible" if self._in_the_way(unit) is None else "barred", left, None
        return ("wasted", left, cost) if found.found else ("useful", None, None)

    def _value_with(self, unit):
        costs = self.costs | {unit.key: 0}
        more = _Task(self.rule_set, self.units, self.achieved | {unit.key}, self.in_progress, costs)
        problem = more._problem()
        return more._cost({each.key for each in problem.forced}) + more._best(problem)[0]

    def _can_count(self, unit, rules):
        """Whether some choice that satisfies these rules counts the unit."""
        left = [_less(rule, rule.weight(unit)) for rule in rules]
        return None not in left and search.exists([other for other in self.units if other is not unit], left)

    def _in_the_way(self, unit, measures=("units",)):
        """The limit without which the unit could count; None where there is none."""
        for rule in self.rules:
            others = [other for other in self.rules if other is not rule]
            limits = rule.bound == "at_most" and rule.measure in measures and rule.weight(unit)
            if limits and self._can_count(unit, others):
                return rule
        return None

    def sentence(self, unit, found, kind, left, extra):
        if kind == "needed":
            return "No route does without it."
        if kind == "barred":
            rule = self._in_the_way(unit)
            sharing = {other.key for other in self.units if rule.weight(other)} - {unit.key}
            by = sorted(sharing & (self.achieved | set(found.counted)))
            return explain.left_out(rule, by, True)
        if kind == "impossible":
            rule = self._in_the_way(unit, ("credits", "units"))
            return explain.left_out(rule, (), False) if rule else "No way to meet the rules counts it."
        if not found.found:
            return "It can count, but the rules cannot be met with the units there are."
        on_the_way = unit.key in found.units  # where it costs nothing more it leaves as much to do, and is no waste
        return explain.prospect("useful" if on_the_way else kind, found.minimise, left, found.value, extra)


def _less(rule, weight):
    """The rule as it is for the other units once this one counts; None where it does not fit under a cap."""
    if not weight:
        return rule
    if rule.bound == "at_most" and weight > rule.amount:
        return None
    return replace(rule, amount=max(rule.amount - weight, 0))


def _cost(unit, minimise, achieved, in_progress):
    if unit.key in achieved:
        return 0
    if minimise == "units":
        return 1
    if minimise == "credits":
        return unit.credit
    if minimise == "criteria" and isinstance(in_progress, Mapping) and unit.key in in_progress:
        whole_number(in_progress[unit.key], f"the criteria left of unit {unit.key}")
        return in_progress[unit.key]
    value = getattr(unit, minimise)
    if value is None:
        what = "guided learning hours" if minimise == "glh" else "number of criteria"
        raise ValueError(f"Unit {unit.key} has no {what}, so they cannot be minimised.")
    return value
