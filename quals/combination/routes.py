"""The cheapest way from what is achieved to the qualification, with the proof that none is cheaper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from . import explain, search, solver
from .bits import TooWide
from .facts import distinct
from .reduction import Bound, Problem, drop_useless, effects_of, ranked, reduce, take_unlimited
from .shortfall import shortfalls
from .tables import Table
from .verifier import verify

MINIMISED = ("credits", "units", "glh", "criteria")
ALTERNATIVES = 2


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
    def alternatives(self) -> tuple[Option, ...]:
        """The next ways from the cheapest on, each without some unit of every one before, and none to spare."""
        return tuple(Option(*way) for way in islice(self._task.ways(), 1, 1 + ALTERNATIVES))

    @cached_property
    def shortfalls(self) -> tuple:
        return () if self.found else shortfalls(self._task.units, list(self._task.rules))

    @cached_property
    def prospects(self) -> dict[str, Prospect]:
        """For each unit that is neither achieved nor excluded, in key order, what choosing it would do."""
        known, found = {}, {}
        for unit in sorted(self._task.units, key=lambda unit: unit.key):
            if unit.key in self._task.achieved:
                continue
            alike = (effects_of(self._task.rules)[unit], self._task.costs[unit.key], unit.key in self.units)
            if alike not in known:
                known[alike] = self._task.prospect(unit, self)
            kind, left, extra, sentence = known[alike]
            found[unit.key] = Prospect(unit.key, kind, left, extra, sentence)
        return found


def route(units, rules, *, achieved=(), in_progress=(), excluded=(), minimise="credits") -> Route:
    """The cheapest set of further units with which some choice satisfies every rule.

    `units` are all units of the qualification that the registration may choose; the others are keys. What is
    achieved costs nothing; of a unit in progress, where `in_progress` maps keys to the criteria left, only those
    count. Minimised are "credits", "units", "glh" or "criteria" left to do; ties go to the fewest credits that are
    not begun. Alternatives and prospects are worked out when they are asked for. ValueError for a key that is not a
    unit's, and where a unit lacks what is to be minimised.
    """
    units = distinct(units)
    _known(units, achieved, in_progress, excluded)
    if minimise not in MINIMISED:
        raise ValueError(f"What is minimised must be one of {', '.join(MINIMISED)}, not {minimise!r}.")
    offered = [unit for unit in units if unit.key not in set(excluded) - set(achieved)]
    costs = {unit.key: _cost(unit, minimise, achieved, in_progress) for unit in offered}
    task = _Task(tuple(offered), tuple(rules), frozenset(achieved), frozenset(in_progress), costs)
    found = next(task.ways(), None)
    if found is None:
        return Route(False, minimise, (), None, None, (), task)
    chosen, value = found
    counted = tuple(sorted({unit.key for unit in task.counted(chosen)}))
    if not verify(counted, task.units, task.rules):
        raise ArithmeticError("A route does not stand up to being added up.")
    return Route(True, minimise, chosen, value, task.bound, counted, task)


@dataclass
class _Task:
    units: tuple
    rules: tuple
    achieved: frozenset
    in_progress: frozenset
    costs: dict
    bound: int | None = None

    def ways(self):
        """(units still to do, their value), the cheapest first; sets `bound` to what none can be below."""
        problem = reduce(ranked(self.units), self.rules)
        if problem is None or not search.exists(self.units, self.rules):
            return
        problem = drop_useless(take_unlimited(problem, self.achieved))
        forced = frozenset(unit.key for unit in problem.forced) - self.achieved
        certain = sum(self.costs[key] for key in forced)
        while (found := self._best(problem)) is not None:
            least, places = found
            self.bound = certain + least if self.bound is None else self.bound
            further = self._without_spare(forced | {problem.open[i].key for i in places} - self.achieved)
            yield tuple(sorted(further)), sum(self.costs[key] for key in further)
            if not further - forced:
                return
            again = tuple(int(unit.key in further) for unit in problem.open)
            problem = Problem(problem.open, [], problem.needs, [*problem.caps, Bound(sum(again) - 1, again)])

    def _best(self, problem):
        """(least cost, places of the open units), or None."""
        if not problem.needs:
            return 0, set()
        costs = [self.costs[unit.key] for unit in problem.open]
        fresh = [0 if unit.key in self.achieved | self.in_progress else unit.credit for unit in problem.open]
        scale = sum(fresh) + 1
        try:
            best = Table(problem, [cost * scale + credit for cost, credit in zip(costs, fresh, strict=True)]).best()
        except TooWide:
            return solver.fewest(costs, problem)
        return best and (best[0] // scale, best[1])

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
        """(kind, what is left after it, how much dearer, sentence)."""
        others = [other for other in self.units if other is not unit]
        blocking = self._blocking(unit, others)
        if blocking is not None:
            kind, sentence = blocking
            return kind, found.value, None, sentence
        if not found.found:
            return "useful", None, None, "It can count, but the rules cannot be met with the units there are."
        left = self._value_with(unit)
        extra = left + self.costs[unit.key] - found.value
        if not search.exists(others, self.rules):
            return "needed", left, extra, "No route does without it."
        kind = "useful" if left < found.value else "wasted"
        return kind, left, extra, explain.prospect(kind, found.minimise, left, found.value, extra)

    def _value_with(self, unit):
        costs = self.costs | {unit.key: 0}
        more = _Task(self.units, self.rules, self.achieved | {unit.key}, self.in_progress, costs)
        return next(more.ways())[1]

    def _blocking(self, unit, others):
        """Why the unit can never count; None where it can."""
        effect = effects_of(self.rules)[unit]
        left = [_less(rule, weight) for rule, weight in zip(self.rules, effect, strict=True)]
        if None not in left and search.exists(others, left):
            return None
        full = [rule for rule, weight in zip(self.rules, effect, strict=True) if rule.bound == "at_most" and weight]
        for rule in full:
            by = sorted(other.key for other in others if rule.weight(other))
            if rule.measure == "units" and self._can_without(unit, rule):
                return "barred", explain.left_out(rule, by, True)
        for rule in full:
            if self._can_without(unit, rule):
                return "impossible", f"It can never count: {explain.asks(rule)}."
        return "impossible", "No way to meet the rules counts it."

    def _can_without(self, unit, rule):
        rules = [other for other in self.rules if other is not rule]
        less = [_less(other, other.weight(unit)) for other in rules]
        return None not in less and search.exists([other for other in self.units if other is not unit], less)


def _less(rule, weight):
    """The rule as it is for the other units once this one counts; None where it does not fit under a cap."""
    if not weight:
        return rule
    if rule.bound == "at_most" and weight > rule.amount:
        return None
    return search.with_amount(rule, max(rule.amount - weight, 0))


def _cost(unit, minimise, achieved, in_progress):
    if unit.key in achieved:
        return 0
    if minimise == "units":
        return 1
    if minimise == "credits":
        return unit.credit
    if minimise == "criteria" and isinstance(in_progress, Mapping) and unit.key in in_progress:
        return in_progress[unit.key]
    value = getattr(unit, minimise)
    if value is None:
        what = "guided learning hours" if minimise == "glh" else "number of criteria"
        raise ValueError(f"Unit {unit.key} has no {what}, so they cannot be minimised.")
    return value


def _known(units, *keys):
    known = {unit.key for unit in units}
    for some in keys:
        for key in some:
            if key not in known:
                raise ValueError(f"There is no unit {key} in this qualification.")
