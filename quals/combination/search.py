"""The exact search: the cheapest subset of whole units that keeps every bound, or the proof that none does.

Units are taken one class after another (a class: units with the same effect on every rule, of which the
cheapest are always taken first). All that matters of the choices so far is, for each rule, what is still
needed or what room is left; of the choices that agree in that, only the cheapest is kept. A need that the
units to come cannot meet ends a choice, room that they cannot fill is forgotten, and so is a choice that
cannot become cheaper than one already found. The first sweeps keep only the most promising choices, to find
a good one early; the search ends with a sweep that had nothing to leave out, so the result is exact.
"""

from heapq import nsmallest
from itertools import accumulate, pairwise
from math import inf, log2

from .facts import distinct

FIRST_WIDTH = 64
WIDENING = 8


def cheapest(units, rules):
    """The units of the preferred subset that satisfies every rule, in key order; None where there is none.

    Preferred: fewest credits, then the most credit at high levels (greatest sum of credit x level), then by
    key: of two choices, the one that does without the last unit in which they differ.
    """
    units = distinct(units)
    top = max((unit.level for unit in units), default=0)
    gaps = [unit.credit * (top - unit.level) for unit in units]
    # One number orders the choices: credits, then distance from the top level, then one bit a unit.
    costs = [
        ((unit.credit * (sum(gaps) + 1) + gap) << len(units)) + (1 << bit)
        for bit, (unit, gap) in enumerate(zip(units, gaps, strict=True))
    ]
    cost = _Sweep(units, costs, rules).least_cost()
    return None if cost is None else tuple(unit for bit, unit in enumerate(units) if cost >> bit & 1)


def greatest(rule, units, rules):
    """The most that can count for `rule` (in its measure) while every `at_most` rule is kept."""
    matching = [unit for unit in distinct(units) if rule.matches(unit)]
    limits = [limit for limit in rules if limit.bound == "at_most"]
    return -_Sweep(matching, [-rule.weight(unit) for unit in matching], limits).sweep()[0]


class _Sweep:
    """The units in classes, in a good order, with what each does to every rule (needs first, then limits)."""

    def __init__(self, units, costs, rules):
        rules = sorted(rules, key=lambda rule: rule.bound)
        self.split = sum(rule.bound == "at_least" for rule in rules)
        self.amounts = [rule.amount for rule in rules]
        classes = {}
        for unit, cost in zip(units, costs, strict=True):
            classes.setdefault(tuple(rule.weight(unit) for rule in rules), []).append(cost)
        self.available = [sum(effect[r] * len(classes[effect]) for effect in classes) for r in range(len(rules))]
        self.steps = [(e, list(accumulate(sorted(classes[e]), initial=0))) for e in self._order(classes)]

    def least_cost(self):
        """The least cost of a choice that keeps every rule, None where there is none; costs are positive."""
        self.chains = self._chains()
        prices = self._prices()
        best, width = inf, FIRST_WIDTH
        while True:
            found, left_out = self.sweep(prices, best, width)
            best = best if found is None else found
            if not left_out:
                return None if best == inf else best
            width *= WIDENING

    def sweep(self, prices=None, below=inf, width=inf):
        """The least cost that this sweep finds `below` a cost (or None), and whether it left a choice out."""
        remaining = list(self.available)
        left_out = False
        start = self._settle(self.amounts, remaining)
        states = {} if start is None else {start: 0}
        for step, (effect, costs) in enumerate(self.steps):
            remaining = [value - by * (len(costs) - 1) for value, by in zip(remaining, effect, strict=True)]
            states = self._take(states, effect, costs, remaining)
            if prices is None:
                continue
            hopes = {state: spent + self._still(state, prices[step]) for state, spent in states.items()}
            kept = [state for state in states if hopes[state] < below]
            if len(kept) > width:
                left_out = True
                kept = nsmallest(width, kept, key=hopes.__getitem__)
            states = {state: states[state] for state in kept}
        return next(iter(states.values()), None), left_out

    def _take(self, states, effect, costs, remaining):
        """The states after any number of units of one class, each with its least cost."""
        after = {}
        for state, spent in states.items():
            for cost in costs:
                settled = self._settle(state, remaining)
                if settled is not None and spent + cost < after.get(settled, inf):
                    after[settled] = spent + cost
                state = [value - by for value, by in zip(state, effect, strict=True)]
        return after

    def _settle(self, state, remaining):
        """The state with all that can no longer matter taken out; None where a rule can no longer be kept."""
        settled = []
        for r, value in enumerate(state):
            if r < self.split:
                if value > remaining[r]:
                    return None
                settled.append(value if value > 0 else 0)
            else:
                if value < 0:
                    return None
                settled.append(value if value < remaining[r] else remaining[r])
        return tuple(settled)

    def _still(self, state, prices):
        """What any way to meet the needs of this state still costs, at least."""
        return max((sum(prices[r][state[r]] for r in chain) for chain in self.chains), default=0)

    def _chains(self):
        """Sets of needs of which no two share a unit: what they still cost adds up."""
        clash = {
            (r, s)
            for effect, _costs in self.steps
            for r in range(self.split)
            for s in range(r)
            if effect[r] and effect[s]
        }
        chains = set()
        for first in range(self.split):
            chain = [first]
            for r in range(self.split):
                if r != first and not any((max(r, s), min(r, s)) in clash for s in chain):
                    chain.append(r)
            chains.add(tuple(sorted(chain)))
        return sorted(chains)

    def _prices(self):
        """For each step and need: the least cost of each amount of it, from the units after that step."""
        now = [[0] + [inf] * amount for amount in self.amounts[: self.split]]
        prices = []
        for effect, costs in reversed(self.steps):
            prices.append(list(now))
            for r in range(self.split):
                for cost in [b - a for a, b in pairwise(costs)] if effect[r] else ():
                    table, by = now[r], effect[r]
                    now[r] = [
                        min(price, cost + table[max(0, need - by)]) if need else 0 for need, price in enumerate(table)
                    ]
        return prices[::-1]

    def _order(self, classes):
        """Classes that share narrow rules stand together, so that few rules are open at any time."""
        left = {effect: len(classes[effect]) for effect in sorted(classes)}
        indices = range(len(self.amounts))
        remaining = list(self.available)
        width = [log2(1 + min(pair)) for pair in zip(self.amounts, remaining, strict=True)]
        opened = [False] * len(self.amounts)
        while left:
            weights = {
                effect: sum(width[r] for r in indices if (opened[r] or effect[r]) and remaining[r] > effect[r] * count)
                for effect, count in left.items()
            }
            effect = min(left, key=weights.__getitem__)
            count = left.pop(effect)
            for r in indices:
                opened[r] = opened[r] or effect[r] > 0
                remaining[r] -= effect[r] * count
            yield effect
