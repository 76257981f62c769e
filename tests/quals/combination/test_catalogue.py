"""The rule sets of the catalogue: the engine, an integer program and the sweep say the same of random selections.

`ATTEST_SELECTIONS` sets how many selections each rule set is asked about; at night it is 20,000. `ATTEST_EXAMPLES`
sets how many random small rule sets each property of the other modules is tried on; at night it is 5,000.
"""

import os
from functools import cache
from itertools import product
from operator import attrgetter

import numpy as np
import pytest

from quals.combination import check, route, sweep, verify
from quals.combination.readings import readings_of
from tests.quals.combination.oracle import IntegerProgram, catalogue, keys_of
from tests.quals.combination.selections import drawn

SELECTIONS = int(os.environ.get("ATTEST_SELECTIONS", "1000"))
PEARSON, CITY_AND_GUILDS = "601/3478/1", "500/8817/8"


def measured() -> list[tuple[str, str]]:
    """Each rule set with each thing to minimise that its document gives for every unit."""
    known = {qan: rules.units for qan, rules in sorted(catalogue().items())}
    whole = [
        (qan, of)
        for qan, units in known.items()
        for of in ("glh", "criteria")
        if None not in map(attrgetter(of), units)
    ]
    return [(qan, of) for qan in known for of in ("credits", "units")] + whole


@pytest.mark.slow
@pytest.mark.parametrize("qan", sorted(catalogue()))
def test_check_is_the_integer_program_is_the_sweep(qan):
    rules = catalogue()[qan]
    least_of = cache(IntegerProgram(rules.units, rules.rules).least)
    chosen = drawn(rules, SELECTIONS, qan)
    verdicts = [check(rules, keys_of(achieved)) for achieved in chosen]
    for achieved, verdict in zip(chosen, verdicts, strict=True):
        least = least_of(frozenset(achieved))
        assert verdict.passes == (least is not None)
        if verdict.passes:
            assert sum(unit.credit for unit in achieved if unit.key in verdict.counted) == least
            assert verify(rules, keys_of(achieved), verdict.counted)
    matrix = np.array([[unit in set(achieved) for unit in rules.units] for achieved in chosen])
    assert sweep(rules, matrix).tolist() == [verdict.passes for verdict in verdicts]
    assert 0.2 < sum(verdict.passes for verdict in verdicts) / len(verdicts) < 0.8


@pytest.mark.slow
@pytest.mark.parametrize(
    "qan", [qan for qan, known in sorted(catalogue().items()) if any(rule.alternative for rule in known.rules)]
)
def test_cat_6_readings_are_those_of_the_integer_programs(qan):
    rules = catalogue()[qan]
    disputed = [rule for rule in rules.rules if len(readings_of(rule)) == 2]
    programs = {
        tuple(rule.id for rule in reading if rule not in rules.rules): IntegerProgram(rules.units, reading)
        for reading in product(*map(readings_of, rules.rules))
    }
    for achieved in drawn(rules, SELECTIONS // 10, qan[::-1]):
        verdict = check(rules, keys_of(achieved))
        passes = {other: program.least(achieved) is not None for other, program in programs.items()}
        assert verdict.passes == passes[()]
        assert verdict.other_readings == {rule.id: passes[(rule.id,)] for rule in disputed}
        assert verdict.differs == (len(set(passes.values())) == 2)


@pytest.mark.slow
@pytest.mark.parametrize(("qan", "minimise"), measured())
def test_route_is_the_integer_program(qan, minimise):
    rules = catalogue()[qan]
    for achieved in drawn(rules, 8, qan):
        done = {unit.key for place, unit in enumerate(achieved) if place % 3}
        cost = {u.key: 0 if u.key in done else 1 if minimise == "units" else _value(u, minimise) for u in rules.units}
        found = route(rules, done, minimise=minimise)
        program = IntegerProgram(rules.units, rules.rules, lambda unit, cost=cost: cost[unit.key])
        assert found.value == program.least(rules.units)
        assert found.optimal
        assert verify(rules, done.union(found.units), found.counted)


def _value(unit, minimise):
    return unit.credit if minimise == "credits" else getattr(unit, minimise)


@pytest.fixture(scope="module")
def checked():
    """Of each rule set, selections and what `check` says of them while every way is open to it."""
    return {
        qan: [(achieved, check(rules, keys_of(achieved))) for achieved in drawn(rules, 24, f"{qan} again")]
        for qan, rules in catalogue().items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("qan", sorted(catalogue()))
def test_check_says_the_same_in_every_way_that_the_engine_has(checked, engine, qan):
    for achieved, verdict in checked[qan]:
        again = check(catalogue()[qan], keys_of(achieved))
        assert (again.counted, again.rules) == (verdict.counted, verdict.rules)


def test_pearson_shortest_route_is_the_one_that_the_document_prints():
    assert route(catalogue()[PEARSON], minimise="glh").value == 289
    assert route(catalogue()[PEARSON], minimise="credits").value == 55


def test_city_and_guilds_67_credits_can_be_reached_exactly():
    rules = catalogue()[CITY_AND_GUILDS]
    assert route(rules, minimise="credits").value == 67
    verdict = check(rules, rules.by_key)
    assert sum(unit.credit for unit in rules.units if unit.key in verdict.counted) == 67
