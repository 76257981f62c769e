"""Rule sets far larger than any in the catalogue, which tables cannot hold: the engine asks a solver, and proves it."""

import random

import numpy as np
import pytest

from quals.combination import Rule, RuleSet, Unit, check, route, solver, sweep, verify
from quals.combination.reduction import Bound, Problem
from tests.bench.combination import LARGE, synthetic
from tests.quals.combination.oracle import IntegerProgram


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_large_rule_set_gets_the_least_that_an_integer_program_finds(seed):
    rules = synthetic(random.Random(seed), **LARGE)
    least = IntegerProgram(rules.units, rules.rules).least(rules.units)
    found = route(rules)
    assert (found.value, found.bound) == (least, least)
    assert verify(rules, found.units, found.counted)
    verdict = check(rules, rules.by_key)
    assert sum(rules.by_key[key].credit for key in verdict.counted) == least
    assert verify(rules, rules.by_key, verdict.counted)


@pytest.mark.slow
def test_sweep_of_a_large_rule_set_agrees_with_the_integer_program():
    rules = synthetic(random.Random(1), units=60, groups=6, caps=5, pairs=12)
    units, program = rules.units, IntegerProgram(rules.units, rules.rules)
    matrix = np.random.default_rng(1).random((60, len(units))) < np.linspace(0.5, 1, 60)[:, None]
    expected = [program.least([u for u, has in zip(units, row, strict=True) if has]) is not None for row in matrix]
    assert sweep(rules, matrix).tolist() == expected
    assert len(set(expected)) == 2


def test_solver_is_not_believed_where_its_answer_does_not_add_up(monkeypatch):
    problem = Problem([Unit("a", 5, 3)], [], [Bound(5, (5,))], [])
    assert solver.fewest([5], problem) == (5, {0})
    monkeypatch.setattr(solver, "_keeps", lambda chosen, problem: False)
    with pytest.raises(solver.Unproved):
        solver.fewest([5], problem)


def test_many_groups_are_answered_without_the_solver(monkeypatch):
    """A route's tables hold one group after the other, so their number does not matter."""
    monkeypatch.setattr(solver, "fewest", None)
    units = [Unit(f"{i:02}", 3 + i % 4, 3, f"G{i % 12:02}") for i in range(60)]
    rules = [Rule(f"R{i:02}", "at_least", "credits", 8, groups=frozenset({f"G{i:02}"})) for i in range(12)]
    assert route(RuleSet(units, rules)).value == IntegerProgram(units, rules).least(units)
