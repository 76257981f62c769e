"""The exact search: the preferred subset that keeps every bound, whether there is one, and the most for one rule.

Small numbers do it: after what is certain has been set aside, the sums that subsets can reach fit into one long
integer (`bits`). Rule sets for which they do not are handed to an integer programming solver (`solver`).
"""

from dataclasses import replace

from . import solver
from .bits import Digit, Sums, TooWide
from .reduction import (
    Bound,
    Problem,
    credits_of,
    drop_useless,
    effects_of,
    ranked,
    reduce,
    settle,
    sums_of,
    take_unlimited,
)


def cheapest(units, rules):
    """The units of the preferred subset that satisfies every rule, in key order; None where there is none.

    Preferred: fewest credits; then, of two choices, the one that does without the last unit in which they differ,
    units being taken from high levels to low and then by key.
    """
    problem = reduce(ranked(units), tuple(rules))
    if problem is None or not _exists(problem):
        return None
    problem = drop_useless(problem)
    chosen = problem.forced + (_fewest(problem) if problem.needs else [])
    return tuple(sorted(chosen, key=lambda unit: unit.key))


def exists(units, rules):
    """Whether some subset satisfies every rule."""
    problem = reduce(ranked(units), tuple(rules))
    return problem is not None and _exists(problem)


def exists_among(units, needs, caps):
    """The same where needs and caps are (amount, weights) already."""
    bounds = ([Bound(amount, tuple(weights)) for amount, weights in some] for some in (needs, caps))
    problem = settle(Problem(list(units), [], *bounds))
    return problem is not None and _exists(problem)


def greatest(rule, units, rules):
    """The most that can count for `rule` (in its measure) while every `at_most` rule is kept."""
    limits = [limit for limit in rules if limit.bound == "at_most"]
    if not limits:
        return sums_of(units, (rule,))[0]
    effects = effects_of((rule,))
    return most_with(rule, [unit for unit in units if effects[unit][0]], limits)


def most_with(rule, units, rules):
    """The most that can count for `rule` in a subset that satisfies all of `rules`; None where there is none."""
    problem = reduce(ranked(units), tuple(rules))
    problem = problem and take_unlimited(problem)
    if problem is None:
        return None
    effects = effects_of((rule,))
    (certain,) = sums_of(problem.forced, (rule,))
    if not problem.caps:
        return certain + sum(effects[unit][0] for unit in problem.open)
    most = _most(problem, tuple(effects[unit][0] for unit in problem.open))
    return None if most is None else certain + most


def with_amount(rule, amount):
    """The rule with another amount."""
    return replace(rule, amount=amount)


def _exists(problem):
    if not problem.needs:
        return True
    if not problem.caps:
        return True  # every unit counts, and `settle` has seen that this is enough
    problem = take_unlimited(problem)
    if problem is None or not problem.needs or not problem.caps:
        return problem is not None
    try:
        sums = Sums(_digits(problem))
    except TooWide:
        return solver.fewest([0] * len(problem.open), problem) is not None
    return bool(sums.reach()[-1] & sums.satisfying())


def _digits(problem):
    caps = [Digit(cap, most=cap.amount, is_cap=True) for cap in problem.caps]
    return caps + [Digit(need, most=_most_of(need, problem.caps)) for need in problem.needs]


def _most_of(need, caps):
    """A bound on what can count for a need: all of it, or all that no cap holds back and what the cap allows."""
    most = sum(need.weights)
    for cap in caps:
        inside = [(n, c) for n, c in zip(need.weights, cap.weights, strict=True) if c]
        if all(n <= c for n, c in inside):
            most = min(most, sum(need.weights) - sum(n for n, _ in inside) + cap.amount)
    return most


def _most(problem, weights):
    goal = Bound(0, weights)
    try:
        sums = Sums([*_digits(problem), Digit(goal, most=_most_of(goal, problem.caps), is_goal=True)])
    except TooWide:
        found = solver.fewest([-weight for weight in weights], problem)
        return None if found is None else -found[0]
    good = sums.reach()[-1] & sums.satisfying()
    return (good.bit_length() - 1) // sums.digits[-1].stride if good else None


def _fewest(problem):
    """The preferred way to meet the needs, which can be met."""
    credits = credits_of(problem.open)
    # Needs that count credits are told by what does not count for them, of which there is little where few credits
    # are spent in all.
    within = [need for need in problem.needs if need.in_credits]
    beside = [need for need in problem.needs if not need.in_credits]
    least = max((need.amount for need in within), default=0)
    rests = [(need.amount, tuple(map(int.__sub__, credits, need.weights))) for need in within]
    rests = [(amount, rest) for amount, rest in rests if any(rest)]
    margin, total = 1, sum(credits)
    try:
        while True:
            limit = min(least + margin, total)
            found = _within(Problem(problem.open, [], beside, problem.caps), credits, rests, (least, limit))
            if found is not None:
                return found
            if limit == total:
                raise ArithmeticError("Units that can satisfy the rules were not found.")
            margin *= 3
    except TooWide:
        return _by_solver(problem, credits)


def _within(problem, credits, rests, bounds):
    """The preferred choice of as many credits as the bounds say, or None; `rests` are told by (need, weights)."""
    least, limit = bounds
    others = [Digit(Bound(limit - amount, rest), most=limit - amount, is_cap=True) for amount, rest in rests]
    top = Digit(Bound(0, credits), most=limit, is_goal=True)
    sums = Sums([*_digits(problem), *others, top])
    reached = sums.reach()
    good = reached[-1] & sums.satisfying()
    for value in range(least, limit + 1):
        goals = good & sums.where(top, value, value)
        for (amount, _), digit in zip(rests, others, strict=True):
            goals &= sums.where(digit, 0, value - amount)
        if goals:
            return _trace(problem.open, sums, reached, goals)
    return None


def _trace(units, sums, reached, goals):
    """From the last unit to the first: each is left out where one of the goals can be reached without it."""
    chosen = []
    for i in reversed(range(len(units))):
        without = goals & reached[i]
        if without:
            goals = without
        else:
            goals = sums.before(goals, i) & reached[i]
            chosen.append(units[i])
    return chosen


def _by_solver(problem, credits):
    """The same choice by a solver: the fewest credits, then unit after unit from the last what it can do without."""
    value, chosen = solver.fewest(credits, problem)
    taken = []
    exact = Problem(problem.open, [], problem.needs, [*problem.caps, Bound(value, credits)])
    for i in reversed(range(len(problem.open))):
        if i not in chosen:
            exact = _leave_out(exact, i)
            continue
        other = solver.fewest(credits, _leave_out(exact, i))
        if other is None:
            taken.append(i)
        else:
            exact, chosen = _leave_out(exact, i), other[1]
    return [problem.open[i] for i in taken]


def _leave_out(problem, i):
    """The unit weighs nothing for any need, and more than any cap allows is never asked of it."""
    needs = [Bound(need.amount, (*need.weights[:i], 0, *need.weights[i + 1 :])) for need in problem.needs]
    return Problem(problem.open, [], needs, problem.caps)
