"""The least cost of every state that a choice can be in, worked out unit by unit; exact, with any whole costs.

A state says what each need still lacks and what room each cap still has. A rule is part of the state only between
the first unit that it touches and the last, and units that share narrow rules stand together, so that few rules
are part of it at a time.
"""

import numpy as np

from .bits import TooWide

MOST_STATES = 6_000_000  # of all steps together
MOST_RULES = 32  # NumPy has an axis for each
NEVER = 1 << 50  # what no costs add up to
BEFORE, ALIVE, AFTER = range(3)


def in_order(problem):
    """The places of the open units, those that share narrow rules together."""
    bounds = sorted(
        (*problem.needs, *problem.caps), key=lambda bound: (sum(map(bool, bound.weights)), bound.weights, bound.amount)
    )
    return sorted(
        range(len(problem.open)),
        key=lambda i: [not bound.weights[i] for bound in bounds],
    )


class Table:
    """`least[n]` holds the least cost of each state for the first n units."""

    def __init__(self, problem, costs):
        self.places = in_order(problem)
        self.costs = [costs[i] for i in self.places]
        self.rules = [_Rule(bound, self.places, True) for bound in problem.needs]
        self.rules += [_Rule(bound, self.places, False) for bound in problem.caps]
        count = len(self.places)
        self.states = sum(self._states(step) for step in range(count + 1))

    def _fill(self):
        if len(self.rules) > MOST_RULES or self.states > MOST_STATES or sum(self.costs) >= NEVER:
            raise TooWide
        self.least = [np.zeros([1] * len(self.rules), dtype=np.int64)]
        for step in range(1, len(self.places) + 1):
            self.least.append(self._next(step))

    def _states(self, step):
        states = 1
        for rule in self.rules:
            states *= rule.amount + 1 if rule.phase(step) == ALIVE else 1
        return states

    def _next(self, step):
        """The table after one more unit: left out, or taken at its cost."""
        left = taken = self.least[-1]
        for axis, rule in enumerate(self.rules):
            left = rule.moved(left, axis, step, 0)
            taken = rule.moved(taken, axis, step, rule.weights[step - 1])
        return np.minimum(np.minimum(left, taken + self.costs[step - 1]), NEVER)

    def cost(self, step, state):
        """The least cost of meeting this state with the first `step` units."""
        place = []
        for rule, value in zip(self.rules, state, strict=True):
            phase = rule.phase(step)
            if phase == BEFORE and rule.is_need and value:
                return NEVER
            place.append(value if phase == ALIVE else 0)
        return int(self.least[step][tuple(place)])

    def best(self):
        """(least cost, the places chosen), or None; of equal ones that which does without the last unit.

        TooWide where that would be too many states.
        """
        self._fill()
        state = tuple(rule.amount for rule in self.rules)
        least = self.cost(len(self.places), state)
        if least >= NEVER:
            return None
        chosen = set()
        for step in reversed(range(1, len(self.places) + 1)):
            if self.cost(step - 1, state) != self.cost(step, state):
                state = self._before(step, state)
                chosen.add(self.places[step - 1])
        return least, chosen

    def _before(self, step, state):
        """What is left of the state when the unit is taken."""
        return tuple(max(value - rule.weights[step - 1], 0) for rule, value in zip(self.rules, state, strict=True))


class _Rule:
    def __init__(self, bound, places, is_need):
        self.weights = [bound.weights[i] for i in places]
        self.amount, self.is_need = bound.amount, is_need
        touched = [step for step, weight in enumerate(self.weights, 1) if weight]
        self.first, self.last = touched[0], touched[-1]
        self.known = {}

    def phase(self, step):
        """Whether, after so many units, the rule is still to come, in the state, or as full as at the start."""
        if step < self.first:
            return BEFORE
        return ALIVE if step < self.last else AFTER

    def moved(self, table, axis, step, weight):
        """The previous table as seen from this step's values of the rule, once the unit weighs so much for it."""
        before, phase = self.phase(step - 1), self.phase(step)
        if before == phase and not weight:
            return table
        if (before, phase, weight) not in self.known:
            self.known[before, phase, weight] = self._sources(before, phase, weight)
        places, barred = self.known[before, phase, weight]
        table = table.take(places, axis)
        if barred is not None:
            table += barred.reshape([-1 if other == axis else 1 for other in range(table.ndim)])
        return table

    def _sources(self, before, phase, weight):
        """For each value of the rule the place in the previous table, and NEVER where it cannot come from there."""
        values = np.arange(self.amount + 1) if phase == ALIVE else np.array([self.amount if phase == AFTER else 0])
        left = values - weight
        barred = left < 0 if not self.is_need else np.zeros(len(left), dtype=bool)
        left = np.maximum(left, 0)
        if before == BEFORE and phase != BEFORE and self.is_need:
            barred = left > 0
        places = left if before == ALIVE else np.zeros_like(left)
        return places, np.where(barred, NEVER, 0) if barred.any() else None
