"""The exact search: the preferred subset that keeps every bound, whether there is one, and the most for one rule.

Small numbers do it: after what is certain has been set aside, the sums that subsets can reach fit into one long
integer (`bits`). Rule sets for which they do not are handed to an integer programming solver (`solver`).
"""

from . import solver, subsets
from .bits import Digit, TooWide
from .deadline import seconds_left
from .preferred import fewest
from .reduction import (
    Bound,
    Problem,
    columns_of,
    credits_of,
    drop_useless,
    effects_of,
    ranked,
    reduce,
    set_aside,
    settle,
    sums_of,
    take_unlimited,
)
from .widths import digits_of, most_of, sums_over


def cheapest(units, rules):
    """The units of the preferred subset that satisfies every rule, in key order; None where there is none.

    Preferred: fewest credits; then, of two choices, the one that does without the last unit in which they differ,
    units being taken from high levels to low and then by key.
    """
    return preferred_of(reduce(ranked(units), tuple(rules)))


def preferred_of(problem):
    """The same of a problem whose units come in order of preference, or of None."""
    if problem is None or not _exists(problem):
        return None
    return tuple(sorted(fewest(drop_useless(problem)), key=lambda unit: unit.key))


def exists(units, rules):
    """Whether some subset satisfies every rule."""
    return solvable(reduce(ranked(units), tuple(rules)))


def solvable(problem):
    """The same of a problem, or of None."""
    seconds_left()
    return problem is not None and _exists(problem)


def exists_among(units, needs, caps):
    """The same where needs and caps are (amount, weights) already."""
    bounds = ([Bound(amount, tuple(weights)) for amount, weights in some] for some in (needs, caps))
    return solvable(settle(Problem(list(units), [], *bounds)))


def greatest(rule, units, rules):
    """The most that can count for `rule` (in its measure) while every `at_most` rule is kept."""
    rules = (rule, *_at_most(rules))
    column, *others = columns_of(ranked(units), rules)
    return _greatest(_limits(rules[1:], others, len(column)), column)


def greatest_of_each(rules, columns):
    """The same for each of the rules; of each a column of what the units add to it, in order of preference."""
    limits = _limits(rules, columns, len(columns[0]) if columns else 0)
    return [_greatest(limits, weights) for weights in columns]


def largest(units, rules):
    """The units of the preferred choice that loses as few credits to the `at_most` rules as can be."""
    units, rules = ranked(units), _at_most(rules)
    credits, columns = credits_of(units), columns_of(units, rules)
    most = _greatest(_limits(rules, columns, len(units)), credits)
    return preferred_of(settle(Problem(units, [], [Bound(most, credits, in_credits=True)], _caps(rules, columns))))


def _at_most(rules):
    return tuple([rule for rule in rules if rule.bound == "at_most"])


def _caps(rules, columns):
    pairs = zip(rules, columns, strict=True)
    return [Bound(rule.amount, weights) for rule, weights in pairs if rule.bound == "at_most"]


def _limits(rules, columns, count):
    """What is left to decide of the places of so many units where every `at_most` rule is kept."""
    return settle(Problem(list(range(count)), [], [], _caps(rules, columns)))


def _greatest(limits, weights):
    if not limits.caps:
        return sum([weights[i] for i in limits.open])
    idle = {place for place, i in enumerate(limits.open) if not weights[i]}
    problem = settle(set_aside(limits, frozenset(), idle)) if idle else limits
    problem = take_unlimited(problem)
    certain = sum([weights[i] for i in problem.forced])
    weights = tuple([weights[i] for i in problem.open])
    return certain + (_most(problem, weights) if problem.caps else sum(weights))


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


def _exists(problem):
    if not problem.needs or not problem.caps:
        return True  # where there is no cap every unit counts, and `settle` has seen that this is enough
    problem = take_unlimited(problem)
    if problem is None or not problem.needs or not problem.caps:
        return problem is not None
    if subsets.are_few(problem):
        return subsets.exists(problem)
    try:
        sums = sums_over(problem, digits_of(problem.needs, problem.caps))
    except TooWide:
        return solver.fewest([0] * len(problem.open), problem) is not None
    return subsets.exists(problem) if sums is None else bool(sums.reach()[1])


def _most(problem, weights):
    seconds_left()
    if subsets.are_few(problem):
        return subsets.most(problem, weights)
    goal = Bound(0, weights)
    top = Digit(goal, most=most_of(goal, problem.caps), stays=True)
    try:
        sums = sums_over(problem, [top, *digits_of(problem.needs, problem.caps)])
    except TooWide:
        found = solver.fewest([-weight for weight in weights], problem)
        return None if found is None else -found[0]
    if sums is None:
        return subsets.most(problem, weights)
    ends = sums.reach()[1]
    return ends.bit_length() - 1 if ends else None
