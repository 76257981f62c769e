"""Rule sets that nobody writes: numbers and questions beyond what can be answered are an error, never a verdict."""

import random
from itertools import combinations
from time import monotonic

import numpy as np
import pytest

from quals.combination import (
    Rule,
    RuleSet,
    Unit,
    Unproved,
    check,
    clashes,
    deadline,
    parts,
    population,
    route,
    solver,
    subsets,
    sweep,
)
from quals.combination.reduction import Bound, Problem
from tests.bench.combination import LARGE, synthetic
from tests.quals.combination.oracle import check_all, group

MILLION = 1_000_000


def total(amount, **more):
    return Rule("T", "at_least", "credits", amount, **more)


def test_numbers_that_the_database_cannot_hold_are_refused():
    assert Unit("a", 2**31 - 1, 3).credit == total(2**31 - 1).amount
    with pytest.raises(ValueError, match="credit of unit a must be a whole number"):
        Unit("a", 2**31, 3)
    with pytest.raises(ValueError, match="glh of unit a must be a whole number"):
        Unit("a", 5, 3, glh=2**31)
    with pytest.raises(ValueError, match="amount of rule T must be a whole number"):
        total(2**31)


def test_the_largest_numbers_are_added_up_exactly_where_all_choices_are_looked_at():
    units = group("B", *[2**31 - 1 - n for n in range(12)])
    half = Rule("C", "at_most", "units", 1, groups=frozenset("B"))
    assert check_all(units, [half, total(2**31 - 1)]).counted == ("B00",)
    assert sweep(RuleSet(units, [half, total(2**31 - 1)]), ~np.eye(12, dtype=bool)).tolist() == [False] + [True] * 11


def test_the_solver_is_not_asked_where_its_tolerances_are_not_small_beside_the_numbers():
    solver.fewest([1, 1], Problem([1, 2], [], [Bound(5, (5, MILLION - 5))], []))
    for costs, weights in (([1, 1], (6, MILLION - 5)), ([MILLION, 1], (5, 5))):
        with pytest.raises(Unproved, match="too large"):
            solver.fewest(costs, Problem([1, 2], [], [Bound(5, weights)], []))


def test_costs_that_a_table_cannot_hold_are_never_no_route():
    units = [Unit(f"{n:02}", 20_000_000, 3, "B", glh=1_000_000 + n) for n in range(20)]
    three = Rule("U", "at_least", "units", 3, groups=frozenset("B"))
    assert route(RuleSet(units, [three]), minimise="units").value == 3
    with pytest.raises(Unproved, match="too large"):
        route(RuleSet(units, [three]), minimise="glh")


def test_what_is_not_counted_is_told_of_the_largest_numbers_too():
    pair = Rule("P", "at_most", "units", 1, units=frozenset({"B00", "B01"}))
    asked = Rule("U", "at_least", "units", 4, groups=frozenset("B"))
    (left,) = check_all(group("B", *[2**31 - 1] * 4), [pair, asked]).uncounted
    assert (left.key, left.why, left.by) == ("B01", "barred", ("B00",))


def test_a_cap_of_very_many_credits_is_no_reason_to_be_late(monkeypatch):
    monkeypatch.setattr(subsets, "MOST", 0)
    units = group("B", MILLION, 1, *[99_999] * 3)
    cap = Rule("C", "at_most", "credits", MILLION + 99_999, groups=frozenset("B"))
    begun = monotonic()
    for asked, passes in ((4, True), (5, False)):
        rules = RuleSet(units, [cap, Rule("U", "at_least", "units", asked)])
        assert sweep(rules, np.ones((1, 5), dtype=bool)).tolist() == [passes]
    assert monotonic() - begun < deadline.SECONDS


@pytest.mark.parametrize("credit", [*range(1, 18), 1000])
def test_pieces_of_a_unit_make_up_any_part_of_it(credit):
    first, *others = parts._sizes(credit)
    assert first == 1
    some = {sum(chosen) for size in range(len(others) + 1) for chosen in combinations(others, size)}
    assert some == set(range(credit))


def test_a_unit_of_very_many_credits_is_cut_up_at_once():
    units = [*group("C", *[150_000] * 5), Unit("b", 7, 3, "B")]
    cap = Rule("C", "at_most", "credits", 250_000, groups=frozenset("C"))
    assert check_all(units, [cap, total(250_007)]).passes_in_parts
    assert not check_all(units, [cap, total(250_008)]).passes_in_parts


def test_readings_without_number_end_in_time(monkeypatch):
    """Each of 60 rules can be read another way, neither way the stricter, and no combination changes the verdict."""
    monkeypatch.setattr(deadline, "SECONDS", 0.3)
    units = [Unit(f"{kind}{n}", credit, 3) for n in range(60) for kind, credit in (("a", 2), ("b", 1))]
    rules = [
        Rule(f"R{n}", "at_least", "units", 1, units=frozenset({f"b{n}"}), confidence="disputed",
             alternative=Rule(f"R{n}", "at_least", "units", 1, units=frozenset({f"a{n}"})))
        for n in range(60)
    ]  # fmt: skip
    begun = monotonic()
    with pytest.raises(Unproved, match="reasonable time"):
        check_all(units, rules)
    assert monotonic() - begun < 30


def test_what_a_question_asks_of_the_engine_itself_shares_its_time(monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", 5.0)
    asked = deadline.in_time(lambda: deadline.seconds_left())
    outer = deadline.in_time(lambda: (deadline.seconds_left(), asked()))
    first, second = outer()
    assert second < first <= 5
    assert deadline.seconds_left() == 5


def check_everything(rules):
    return check(rules, rules.by_key)


@pytest.mark.parametrize("ask", [check_everything, route, clashes])
def test_time_that_is_up_is_no_answer(monkeypatch, ask):
    monkeypatch.setattr(deadline, "SECONDS", 0.0)
    rules = synthetic(random.Random(1), **LARGE)
    with pytest.raises(Unproved):
        ask(rules)


def test_a_population_whose_questions_take_too_long_is_no_answer(monkeypatch):
    units = group("B", *range(1, 30))
    rules = [Rule("C", "at_most", "credits", 40, groups=frozenset("B")), total(39)]
    rows = np.ones((2, len(units)), dtype=bool)
    assert sweep(RuleSet(units, rules), rows).all()
    monkeypatch.setattr(deadline, "SECONDS", 0.0)
    with pytest.raises(Unproved):
        sweep(RuleSet(units, rules), rows)


def test_a_population_is_looked_at_in_pieces(monkeypatch):
    units = group("B", *range(1, 30))
    rules = [Rule("C", "at_most", "credits", 40, groups=frozenset("B")), total(39)]
    rows = np.random.default_rng(3).random((500, len(units))) < 0.3
    whole = sweep(RuleSet(units, rules), rows)
    monkeypatch.setattr(population, "CELLS", 300)
    monkeypatch.setattr(population, "ASKED", 900)
    assert sweep(RuleSet(units, rules), rows).tolist() == whole.tolist()
    assert 0.2 < whole.mean() < 1
