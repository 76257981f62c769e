"""`sweep` gives every row the verdict that `check` gives it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quals.combination import Rule, RuleSet, Unit, check, population, sweep
from tests.quals.combination.oracle import catalogue, examples, few_cases, good_choices, keys_of


def achieved(units, row):
    return [unit for unit, has in zip(units, row, strict=True) if has]


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("keys", [population.KEYS, 1], ids=["told apart by a number", "told apart by rows"])
@examples(60)
@given(case=few_cases, seed=st.integers(0, 99))
def test_sweep_agrees_with_every_subset(keys, case, seed):
    units, rules = case
    matrix = np.random.default_rng(seed).random((12, len(units))) < 0.7
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(population, "KEYS", keys)
        patch.setattr(population, "CELLS", 12)
        patch.setattr(population, "ASKED", 9)
        found = sweep(RuleSet(units, rules), matrix)
    assert found.tolist() == [bool(good_choices(achieved(units, row), rules)) for row in matrix]


@pytest.mark.parametrize("qan", sorted(catalogue()))
def test_sweep_agrees_with_check_on_many_rows(qan):
    rules = catalogue()[qan]
    random = np.random.default_rng(7)
    matrix = random.random((30_000, len(rules.units))) < random.choice([0.4, 0.6, 0.8], size=(30_000, 1))
    matrix[:, [unit.group == "A" for unit in rules.units]] = True
    found = sweep(rules, matrix)
    for row in range(0, 30_000, 300):
        assert found[row] == check(rules, keys_of(achieved(rules.units, matrix[row]))).passes


def test_sweep_of_nobody_and_of_no_rules():
    units = [Unit("a", 5, 3), Unit("b", 5, 3)]
    rules = [Rule("T", "at_least", "credits", 5)]
    assert sweep(RuleSet(units, rules), np.zeros((0, 2), dtype=bool)).tolist() == []
    assert sweep(RuleSet(units, []), [[0, 0], [1, 0]]).tolist() == [True, True]
    assert sweep(RuleSet(units, rules), [[0, 0], [1, 0]]).tolist() == [False, True]
    assert sweep(RuleSet([], rules), np.zeros((2, 0), dtype=bool)).tolist() == [False, False]


def test_sweep_takes_any_true_entry_for_one_unit():
    rules = RuleSet([Unit("a", 5, 3), Unit("b", 5, 3)], [Rule("T", "at_least", "credits", 10)])
    assert sweep(rules, [[2, 0], [2, 7], [-1, 1]]).tolist() == [False, True, True]


def test_sweep_refuses_columns_that_do_not_fit():
    units = [Unit("a", 5, 3), Unit("b", 5, 3)]
    with pytest.raises(ValueError, match="2 columns"):
        sweep(RuleSet(units, []), np.zeros((3, 3), dtype=bool))
    with pytest.raises(ValueError, match="2 columns"):
        sweep(RuleSet([*units, units[0]], []), np.zeros((3, 3), dtype=bool))
