"""The rule sets of the catalogue: the engine, an integer program and the sweep say the same of random selections.

`ATTEST_SELECTIONS` sets how many selections each rule set is asked about; at night it is 20,000.
"""

import os
import random

import numpy as np
import pytest

from quals.combination import check, route, sweep, verify
from tests.quals.combination.oracle import IntegerProgram, catalogue, selections

SELECTIONS = int(os.environ.get("ATTEST_SELECTIONS", "1000"))
PEARSON, CITY_AND_GUILDS = "601/3478/1", "500/8817/8"


def of_catalogue(qan):
    if qan not in catalogue():
        pytest.skip(f"{qan} is not among the committed packs")
    return catalogue()[qan]


@pytest.mark.slow
@pytest.mark.parametrize("qan", sorted(catalogue()))
def test_check_is_the_integer_program_is_the_sweep(qan):
    units, rules = catalogue()[qan]
    program = IntegerProgram(units, rules)
    chosen = list(selections(units, SELECTIONS, random.Random(qan)))
    verdicts = [check(achieved, rules) for achieved in chosen]
    for achieved, verdict in zip(chosen, verdicts, strict=True):
        least = program.least(achieved)
        assert verdict.passes == (least is not None)
        if verdict.passes:
            assert sum(unit.credit for unit in achieved if unit.key in verdict.counted) == least
            assert verify(verdict.counted, achieved, rules)
    matrix = np.array([[unit in set(achieved) for unit in units] for achieved in chosen])
    assert sweep(units, rules, matrix).tolist() == [verdict.passes for verdict in verdicts]


@pytest.mark.slow
@pytest.mark.parametrize("qan", sorted(catalogue()))
@pytest.mark.parametrize("minimise", ["credits", "units", "glh", "criteria"])
def test_route_is_the_integer_program(qan, minimise):
    units, rules = catalogue()[qan]
    if minimise in {"glh", "criteria"} and any(getattr(unit, minimise) is None for unit in units):
        pytest.skip("the document does not say this of every unit")
    for achieved in selections(units, 8, random.Random(qan)):
        done = {unit.key for place, unit in enumerate(achieved) if place % 3}
        cost = {u.key: 0 if u.key in done else 1 if minimise == "units" else _value(u, minimise) for u in units}
        found = route(units, rules, achieved=done, minimise=minimise)
        assert found.value == IntegerProgram(units, rules, lambda unit, cost=cost: cost[unit.key]).least(units)
        assert found.optimal
        assert verify(found.counted, units, rules)


def _value(unit, minimise):
    return unit.credit if minimise == "credits" else getattr(unit, minimise)


def test_pearson_shortest_route_is_the_one_that_the_document_prints():
    units, rules = of_catalogue(PEARSON)
    assert route(units, rules, minimise="glh").value == 289
    assert route(units, rules, minimise="credits").value == 55


def test_city_and_guilds_67_credits_can_be_reached_exactly():
    units, rules = of_catalogue(CITY_AND_GUILDS)
    assert route(units, rules, minimise="credits").value == 67
    verdict = check(units, rules)
    assert sum(unit.credit for unit in units if unit.key in verdict.counted) == 67
