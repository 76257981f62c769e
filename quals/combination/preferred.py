"""The preferred way to meet needs: the fewest credits; then, unit after unit from the last, what can be done without.

Of few units all subsets are looked at. Else sums tell it at once where the units can come in the order of preference;
where that is too wide and the units of one rule have to stand together, they are asked unit after unit. What is too
wide for that is asked of a solver.
"""

from math import prod
from operator import sub

from . import solver, subsets
from .bits import Digit, Sums, TooWide, where
from .deadline import seconds_left
from .reduction import Bound, Problem, credits_of, drop_useless, set_aside, settle
from .widths import digits_of, narrowest

QUESTIONS = 3


def fewest(problem):
    """The units of the preferred choice, those that are forced among them; there is one."""
    while problem.needs:
        seconds_left()
        credits = credits_of(problem.open)
        try:
            chosen, rest = _step(problem, credits)
        except TooWide:
            chosen, rest = _by_solver(problem, credits), None
        if rest is None:
            return problem.forced + [problem.open[i] for i in chosen]
        problem = rest
    return problem.forced


def _step(problem, credits):
    """(the places chosen, None), or (None, a smaller problem with the same answer)."""
    if subsets.are_few(problem):
        return subsets.cheapest(problem, credits)[1], None
    least = _least(problem, credits)
    if least is None:
        return subsets.cheapest(problem, credits)[1], None
    sums, found, goals = least
    if sums.order == range(len(credits)):
        return sums.trace(found, goals), None
    fixed = _fixed(sums, found, goals)
    counts = {i for i, counts in fixed.items() if counts}
    return None, drop_useless(settle(set_aside(problem, counts, set(fixed) - counts)))


def _fixed(sums, found, goals):
    """Of the last units (places) whether the preferred choice counts them: each is left out where one can do without.

    After some questions it is time for a smaller problem.
    """
    place = {unit: i for i, unit in enumerate(sums.order)}
    chosen, fixed, known, questions = set(sums.trace(found, goals)), {}, len(place), QUESTIONS
    for unit in reversed(range(len(place))):
        if unit in chosen and not questions:
            break
        fixed[unit] = False
        known = min(known, place[unit])
        if unit in chosen:
            questions -= 1
            others, ends = sums.reach(fixed, found[:known])
            if ends & goals:
                found, known, chosen = others, len(place), set(sums.trace(others, goals))
            else:
                fixed[unit] = True
    return fixed


def _least(problem, credits):
    """(sums, the sums unit by unit, where they end with the fewest credits); None where all subsets are quicker."""
    least = max((need.amount for need in problem.needs if need.in_credits), default=0)
    margin, total = 1, sum(credits)
    while True:
        limit = min(least + margin, total)
        sums = _sums(problem, credits, limit)
        if subsets.are_few(problem, sums):
            return None
        found, ends = sums.reach()
        goals = _goals(sums, ends, least, limit)
        if goals:
            return sums, found, goals
        if limit == total:
            raise ArithmeticError("Units that can satisfy the rules were not found.")
        least, margin = limit + 1, margin * 3


def _sums(problem, credits, limit):
    """The sums of choices of up to so many credits, which are their first digit.

    A need that counts credits is told by what does not count for it, of which there is little where few credits are
    spent in all. Where units of one rule stand together, only those needs are that most units help.
    """
    count = len(credits)
    top = Digit(Bound(limit, credits), most=limit, is_cap=True, stays=True)
    told = [need for need in problem.needs if need.in_credits]
    others = [need for need in problem.needs if not need.in_credits]
    sums = Sums([top, *_rests(told, credits, limit), *digits_of(others, problem.caps)], range(count))
    if sums.is_narrow or subsets.are_few(problem, sums):
        return sums
    wide = [need for need in told if 2 * sum(map(bool, need.weights)) > count]
    others = [need for need in problem.needs if need not in wide]
    return narrowest(problem, [top, *_rests(wide, credits, limit), *digits_of(others, problem.caps)])


def _rests(needs, credits, limit):
    rests = [(limit - need.amount, tuple(map(sub, credits, need.weights))) for need in needs]
    return [Digit(Bound(room, rest), most=room, is_cap=True, stays=True) for room, rest in rests if any(rest)]


def _goals(sums, ends, least, limit):
    """Where choices of the fewest credits end; 0 where there is none from `least` to `limit`."""
    top, *rests = [digit for digit in sums.digits if digit.stays]
    width = top.size * prod(rest.size for rest in rests)
    for value in range(least, limit + 1):
        goals = ends & where(top, value, value, width)
        for rest in rests:
            goals &= where(rest, 0, value - (limit - rest.amount), width)
        if goals:
            return goals
    return 0


def _by_solver(problem, credits):
    """The places of the same choice by a solver: unit after unit from the last what it can do without."""
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
    return taken


def _leave_out(problem, i):
    """The unit weighs nothing for any need, and more than any cap allows is never asked of it."""
    needs = [Bound(need.amount, (*need.weights[:i], 0, *need.weights[i + 1 :])) for need in problem.needs]
    return Problem(problem.open, [], needs, problem.caps)
