"""Achieved units to ask about: random ones, and ones where a single unit makes the difference between pass and fail."""

import random
from itertools import islice

from quals.combination import search

SHARES = [0.2, 0.35, 0.5, 0.65, 0.8, 1.0]


def drawn(rules, number, seed):
    """As many random selections as asked, the same for the same seed: half of them at the edge, others of any size,
    the mandatory units always, mostly or like any others among them."""
    chance = random.Random(seed)
    edge, others = _at_the_edge(rules.units, rules.rules, chance), _of_any_size(rules.units, chance)
    return [*islice(edge, number // 2), *islice(others, number - number // 2)]


def _of_any_size(units, chance):
    while True:
        share, mandatory = chance.choice(SHARES), chance.choice([1.0, 1.0, 0.9, None])
        yield [unit for unit in units if chance.random() < (mandatory if unit.group == "A" and mandatory else share)]


def _at_the_edge(units, rules, chance):
    """Units are taken away one by one while the rest still passes; then what is left with a unit less, with another
    in its place, and with some that it can do without."""
    while True:
        passing = list(units)
        for unit in chance.sample(units, len(units)):
            fewer = [other for other in passing if other is not unit]
            passing = fewer if search.exists(fewer, rules) else passing
        spare = [unit for unit in units if unit not in passing]
        yield passing
        for gone in chance.sample(passing, min(3, len(passing))):
            short = [unit for unit in passing if unit is not gone]
            yield short
            yield from (short + chance.sample(spare, min(some, len(spare))) for some in (1, 1, 2, 4, 9))
