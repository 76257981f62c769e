"""All subsets of few units, a row each; of two, that which does without the last unit in which they differ is first."""

from functools import lru_cache

import numpy as np

from . import bits

AT_ONCE = 8  # units, of which the subsets are looked at without another thought
MOST = 14
BITS = 400  # of a long integer take as long as one subset
EXACT = 1 << 53  # whole numbers up to here are exact in floating point


def are_few(problem, sums=None):
    """Whether the units are so few that their subsets are sooner looked at than `sums` worked out."""
    count = len(problem.open)
    if count > MOST or (count > AT_ONCE and (sums is None or sums.total < BITS << count)):
        return False
    return can_hold(problem, ())


def can_hold(problem, costs):
    """Whether there are units, few enough, and nothing adds up to more than is exact."""
    count = len(problem.open)
    if not 0 < count <= MOST or BITS << count > bits.WIDEST:
        return False
    return max(sum(costs), 0, *[sum(bound.weights) for bound in (*problem.needs, *problem.caps)]) < EXACT


def exists(problem):
    """Whether some subset keeps every bound."""
    return bool(_good(problem).any())


def most(problem, weights):
    """The most that the weights of a good subset come to; None where there is none."""
    good = _good(problem)
    return int(added(_subsets(len(weights))[good], np.array(weights, dtype=np.float64)).max()) if good.any() else None


def cheapest(problem, costs):
    """(least cost, the places of the good subset that has it, of equal ones the first); None where there is none."""
    values = np.where(_good(problem), added(_subsets(len(costs)), np.array(costs, dtype=np.float64)), np.inf)
    number = int(values.argmin())
    if values[number] == np.inf:
        return None
    return int(values[number]), {i for i in range(len(costs)) if number >> i & 1}


def _good(problem):
    """Which subsets keep every bound."""
    bounds = (*problem.needs, *problem.caps)
    weights = np.array([bound.weights for bound in bounds], dtype=np.float64).T
    sums = added(_subsets(len(problem.open)), weights)
    amounts = np.array([bound.amount for bound in bounds])
    needs = len(problem.needs)
    good = (sums[:, :needs] >= amounts[:needs]).all(axis=1)
    return good & (sums[:, needs:] <= amounts[needs:]).all(axis=1)


def added(rows, weights):
    """What the weights of each row's units come to.

    The library may work on more than it was given and warn of what it then throws away; what it is given are whole
    numbers, none too large.
    """
    with np.errstate(invalid="ignore"):
        return rows @ weights


@lru_cache(MOST)
def _subsets(count):
    """The last unit is the highest binary digit of a row's number."""
    return (np.arange(1 << count)[:, None] >> np.arange(count) & 1).astype(np.float64)
