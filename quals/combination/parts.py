"""The other meaning of a cap on credits: a unit over it counts with the part of its credits that fits.

Whole units are what the engine goes by (ROC-5); this only says where the other meaning would give another verdict.
"""

from . import solver
from .bits import Sums
from .reduction import Bound, Problem, effects_of
from .widths import digits_of


def exists_in_parts(units, rules):
    """Whether every rule could be met if caps on credits cut units instead of leaving them out."""
    effects = effects_of(tuple(rules))
    columns = [[effects[unit][r] for unit in units] for r in range(len(rules))]
    caps = [(rule, column) for rule, column in zip(rules, columns, strict=True) if rule.bound == "at_most"]
    caps = [(rule, column) for rule, column in caps if sum(column) > rule.amount]
    capped = [i for i in range(len(units)) if any(column[i] for _, column in caps)]
    needs = []
    for rule, column in zip(rules, columns, strict=True):
        missing = rule.amount - (sum(column) - sum(column[i] for i in capped))
        if rule.bound == "at_least" and missing > 0:
            needs.append((rule, missing, column))
    if not needs or not capped:
        return not needs
    in_parts = {i for rule, column in caps if rule.measure == "credits" for i in capped if column[i]}
    pieces = [(i, n, size) for i in capped for n, size in enumerate(_sizes(units[i].credit) if i in in_parts else [0])]

    def bound(rule, amount, column):
        return Bound(amount, tuple(_weight(rule, column[i], i in in_parts, n, size) for i, n, size in pieces))

    problem = Problem(
        pieces,
        [],
        [bound(rule, missing, column) for rule, missing, column in needs],
        [bound(rule, rule.amount, column) for rule, column in caps],
    )
    return all(sum(need.weights) >= need.amount for need in problem.needs) and _exists(problem)


def _sizes(credit):
    """One credit, and pieces that make up any number of the others: 1, 2, 4 and so on, then what is left."""
    sizes, rest, size = [1], credit - 1, 1
    while rest:
        sizes.append(min(size, rest))
        rest, size = rest - sizes[-1], size * 2
    return sizes


def _weight(rule, weight, in_parts, piece, size):
    if not in_parts:
        return weight
    if rule.measure == "credits":
        return size if weight else 0
    return weight if piece == 0 else 0  # the first credit brings the unit with it


def _exists(problem):
    sums = Sums(digits_of(problem.needs, problem.caps), range(len(problem.open)))
    if sums.is_too_wide:
        return solver.fewest([0] * len(problem.open), _with_first_pieces(problem)) is not None
    reached = begun = 1
    for i, (_, piece, _) in enumerate(problem.open):
        begun = sums.after(reached, i) if piece == 0 else begun | sums.after(begun, i)
        last = i + 1 == len(problem.open) or problem.open[i + 1][1] == 0
        reached = reached | begun if last else reached
        reached, begun = sums.without(reached, i), sums.without(begun, i)
    return bool(reached)


def _with_first_pieces(problem):
    """No later piece of a unit without its first."""
    first = {unit: i for i, (unit, piece, _) in enumerate(problem.open) if piece == 0}
    order = []
    for i, (unit, piece, _) in enumerate(problem.open):
        if piece:
            weights = [0] * len(problem.open)
            weights[i], weights[first[unit]] = 1, -1
            order.append(Bound(0, tuple(weights)))
    return Problem(problem.open, [], problem.needs, [*problem.caps, *order])
