"""What is left to decide: units that must or can never count are set aside, and rules that say nothing new."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import ge, sub

from .facts import credit_of


@dataclass(frozen=True)
class Bound:
    """One rule over the units still open: `amount` is still needed, or still allowed; a weight for each unit.
    `in_credits`: each weight is the unit's credit, or 0."""

    amount: int
    weights: tuple[int, ...]
    in_credits: bool = False


@dataclass(frozen=True)
class Problem:
    """`open` units may count, `forced` units must; `needs` and `caps` are over the open units, in their order."""

    open: list
    forced: list
    needs: list[Bound]
    caps: list[Bound]


class _Effects(dict):
    """What a unit adds to each rule, worked out once for each unit and set of rules; never more than so many units."""

    MOST = 1000

    def __init__(self, rules):
        self.rules = rules

    def __missing__(self, unit):
        if len(self) >= self.MOST:
            self.clear()
        self[unit] = effect = tuple(rule.weight(unit) for rule in self.rules)
        return effect


@lru_cache(256)
def effects_of(rules):
    return _Effects(rules)


def sums_of(units, rules):
    """What the units add up to for each rule."""
    effects = effects_of(tuple(rules))
    return [sum(column) for column in zip(*[effects[unit] for unit in units], strict=True)] or [0] * len(rules)


def ranked(units):
    """In order of preference: high levels first, then by key."""
    return sorted(units, key=lambda unit: (-unit.level, unit.key))


def reduce(units, rules) -> Problem | None:
    """The problem that is left of `units` and `rules` (a tuple); None where it is plain that nothing satisfies it."""
    return problem_of(units, rules, columns_of(units, rules))


def columns_of(units, rules):
    """For each rule what each unit adds to it."""
    effects = effects_of(rules)
    return list(zip(*[effects[unit] for unit in units], strict=True)) or [()] * len(rules)


def problem_of(units, rules, columns) -> Problem | None:
    """The same where the columns are known already."""
    needs, caps = [], []
    for rule, column in zip(rules, columns, strict=True):
        in_credits = rule.measure == "credits" and not rule.counts_exempted
        (needs if rule.bound == "at_least" else caps).append(Bound(rule.amount, column, in_credits))
    return settle(Problem(list(units), [], needs, caps))


def settle(problem) -> Problem | None:
    """Forced and impossible units set aside until none is left, then the rules that matter."""
    while True:
        needs = [need for need in problem.needs if need.amount > 0]
        spare = [sum(need.weights) - need.amount for need in needs]
        if spare and min(spare) < 0:
            return None
        caps = [cap for cap in problem.caps if sum(cap.weights) > cap.amount]
        forced = {i for left, need in zip(spare, needs, strict=True) for i, w in _over(need, left)}
        barred = {i for cap in caps for i, _ in _over(cap, cap.amount)}
        if forced & barred:
            return None
        if not forced and not barred:
            return Problem(problem.open, problem.forced, _without_implied(needs, caps), caps)
        problem = set_aside(Problem(problem.open, problem.forced, needs, caps), forced, barred)
        if any(cap.amount < 0 for cap in problem.caps):
            return None


def _over(bound, amount):
    if not bound.weights or max(bound.weights) <= amount:
        return ()
    return [(i, weight) for i, weight in enumerate(bound.weights) if weight > amount]


def set_aside(problem, forced, barred=frozenset()):
    """The problem without these units: forced ones count, barred ones do not."""
    keep = [i not in forced and i not in barred for i in range(len(problem.open))]

    def less(bounds):
        return [
            Bound(
                bound.amount - sum([bound.weights[i] for i in forced]),
                tuple(compress(bound.weights, keep)),
                bound.in_credits,
            )
            for bound in bounds
        ]

    taken = [problem.open[i] for i in sorted(forced)]
    return Problem(list(compress(problem.open, keep)), problem.forced + taken, less(problem.needs), less(problem.caps))


def take_unlimited(problem, keys=None) -> Problem | None:
    """Units that no cap touches (of these keys only, where they are given) may as well count, if they cost nothing."""
    touched = list(map(any, zip(*[cap.weights for cap in problem.caps], strict=True)))
    free = {
        i
        for i, unit in enumerate(problem.open)
        if (not touched or not touched[i]) and (keys is None or unit.key in keys)
    }
    return settle(set_aside(problem, free)) if free else problem


def drop_useless(problem) -> Problem:
    """For the fewest credits a unit that helps no need does not count."""
    while True:
        helps = list(map(any, zip(*[need.weights for need in problem.needs], strict=True)))
        useless = {i for i in range(len(problem.open)) if not helps or not helps[i]}
        if not useless:
            return problem
        problem = set_aside(problem, frozenset(), useless)
        caps = [cap for cap in problem.caps if sum(cap.weights) > cap.amount]
        problem = Problem(problem.open, problem.forced, problem.needs, caps)


def _without_implied(needs, caps):
    """Needs without those that another need, or a need less what a cap leaves of it, already asks."""
    kept = list(needs)
    for need in needs:
        if any(_implies(other, need, caps) for other in kept if other.amount >= need.amount and other is not need):
            kept = [other for other in kept if other is not need]
    return kept


def _implies(other, need, caps):
    if all(map(ge, need.weights, other.weights)):
        return True
    for cap in caps:
        if other.amount - cap.amount >= need.amount:
            left = map(sub, other.weights, cap.weights)
            if all(map(ge, need.weights, left)):
                return True
    return False


def credits_of(units):
    """What each unit costs where the fewest credits are wanted."""
    return tuple(credit_of(unit) for unit in units)
