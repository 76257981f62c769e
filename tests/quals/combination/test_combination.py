"""The rules of combination, by code (ROC-1 to ROC-5), against every subset there is."""

from dataclasses import replace

import pytest
from hypothesis import given

from quals.combination import Rule, RuleSet, Unit, bits, verify
from tests.quals.combination.oracle import (
    check_all,
    every_choice,
    examples,
    good_choices,
    group,
    keeps,
    keys_of,
    preference,
    some_cases,
    value,
)

B20 = Rule("B", "at_least", "credits", 20, groups=frozenset("B"))
C16 = Rule("C", "at_most", "credits", 16, groups=frozenset("C"))
ALL_A = Rule("A", "at_least", "units", 3, groups=frozenset("A"), whole=True)
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))


@pytest.mark.usefixtures("engine")
@examples(200)
@given(some_cases)
def test_check_agrees_with_every_subset(case):
    units, rules = case
    good = good_choices(units, rules)
    verdict = check_all(units, rules)
    assert verdict.passes == bool(good)
    if good:
        assert verdict.counted == tuple(unit.key for unit in min(good, key=preference))


@examples(150)
@given(some_cases)
def test_rule_sets_too_wide_for_the_tables_get_the_same_verdict_from_the_solver(case):
    units, rules = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "WIDEST", 0)
        by_solver = check_all(units, rules)
        assert by_solver.rules == check_all(units, rules).rules
    assert by_solver == check_all(units, rules)


@pytest.mark.usefixtures("engine")
@examples(100)
@given(some_cases)
def test_values_agree_with_every_subset(case):
    units, rules = case
    verdict = check_all(units, rules)
    limits = [rule for rule in rules if rule.bound == "at_most"]
    allowed = [choice for choice in every_choice(units) if all(keeps(choice, limit) for limit in limits)]
    counted = [unit for unit in units if unit.key in verdict.counted]
    for rule, result in zip(rules, verdict.rules, strict=True):
        best = value(rule, counted) if verdict.passes else max(value(rule, choice) for choice in allowed)
        assert result.value == best
        assert result.satisfied == (best >= rule.amount if rule.bound == "at_least" else best <= rule.amount)


@examples(150)
@given(some_cases)
def test_verify_agrees_with_adding_up_any_choice(case):
    units, rules = case
    for choice in list(every_choice(units))[:64]:
        counted = [unit.key for unit in choice]
        assert verify(RuleSet(units, rules), keys_of(units), counted) == all(keeps(choice, rule) for rule in rules)


@pytest.mark.parametrize("counted", [["a", "a"], ["a", "z"]], ids=["counted twice", "not achieved"])
def test_verify_refuses_units_that_are_not_there_once(counted):
    rules = RuleSet([Unit("a", 5, 4), Unit("z", 5, 4)], [])
    assert verify(rules, ["a"], ["a"])
    assert not verify(rules, ["a"], counted)


def test_roc_2_a_key_with_two_meanings_is_refused():
    with pytest.raises(ValueError, match="given twice"):
        RuleSet([Unit("a", 5, 4), Unit("a", 6, 4)], [])


def test_roc_1_every_mandatory_unit_is_in_the_counted_subset():
    units = group("A", 1, 9, 2) + group("B", 10, 10, 10)
    verdict = check_all(units, [ALL_A, B20, Rule("T", "at_least", "credits", 21)])
    assert verdict.passes
    assert {"A00", "A01", "A02"} <= set(verdict.counted)
    assert not check_all(units[1:], [ALL_A, B20]).passes


def test_roc_2_barred_pair_is_never_counted_together():
    units = [Unit("a", 5, 4), Unit("b", 5, 4), Unit("c", 5, 4)]
    assert check_all(units, [PAIR, Rule("T", "at_least", "credits", 10)]).counted == ("a", "c")
    assert not check_all(units, [PAIR, Rule("T", "at_least", "credits", 15)]).passes


def test_roc_2_a_unit_given_twice_is_counted_once():
    rules = [Rule("T", "at_least", "credits", 10)]
    assert not check_all([Unit("a", 5, 4), Unit("a", 5, 4)], rules).passes
    with pytest.raises(ValueError, match="Unit a is given twice"):
        check_all([Unit("a", 5, 4), Unit("a", 6, 4)], rules)


def test_roc_3_a_unit_over_a_limit_is_left_out_instead_of_failing():
    units = group("B", 10, 10) + group("C", 9, 10)
    verdict = check_all(units, [B20, C16, Rule("T", "at_least", "credits", 29)])
    assert verdict.passes
    assert verdict.counted == ("B00", "B01", "C00")


def test_roc_4_prefers_few_credits_then_high_levels_then_early_keys():
    rules = [Rule("T", "at_least", "credits", 5)]
    assert check_all([Unit("a", 6, 5), Unit("b", 5, 3), Unit("c", 5, 4), Unit("d", 5, 4)], rules).counted == ("c",)


@examples(100)
@given(some_cases)
def test_roc_4_a_pass_stands_up_to_the_second_look(case):
    units, rules = case
    verdict = check_all(units, rules)
    if verdict.passes:
        assert verify(RuleSet(units, rules), keys_of(units), verdict.counted)


def test_roc_5_a_limit_is_not_filled_with_part_of_a_unit():
    units = group("C", 10, 10)
    verdict = check_all(units, [C16, Rule("T", "at_least", "credits", 16)])
    assert not verdict.passes
    assert [result.value for result in verdict.rules] == [10, 10]


LEVEL_4 = Rule("R5", "at_least", "credits", 38, level=("exactly", 4))
PROQUAL_UNITS = [
    Unit(f"{code}{n:02}", credit, level, code)
    for code, printed in {
        "A": "44 33 74",
        "B": "44 64 44 44 53 33 43 43 53 53 64 54 54",
        "C": "34 44 74 64 44 54 64 33 43 43 43 43 33 63 55 75 43 43",
    }.items()
    for n, (credit, level) in enumerate((int(pair[0]), int(pair[1])) for pair in printed.split())
]
PROQUAL_RULES = [
    Rule("R1", "at_least", "credits", 50),
    ALL_A,
    B20,
    C16,
    replace(LEVEL_4, confidence="disputed", alternative=replace(LEVEL_4, level=("at_or_above", 4))),
]


def test_proqual_all_units_pass_with_exactly_the_credits_asked():
    verdict = check_all(PROQUAL_UNITS, PROQUAL_RULES)
    assert len(PROQUAL_UNITS) == 34
    assert (verdict.passes, verdict.disputed, verdict.differs) == (True, True, False)
    assert verdict.rules[0].value == 50
    assert verify(RuleSet(PROQUAL_UNITS, PROQUAL_RULES), keys_of(PROQUAL_UNITS), verdict.counted)


def test_proqual_level_5_units_make_the_two_readings_differ():
    level_4_short = [
        u for u in PROQUAL_UNITS if u.group == "A" or u.key in {"B00", "B01", "B02", "B03", "B04", "C14", "C15"}
    ]
    rules = [rule for rule in PROQUAL_RULES if rule.id != "R1"]
    verdict = check_all(level_4_short, rules)
    assert (verdict.passes, verdict.differs) == (False, True)
    assert verdict.rules[-1].sentence == "At least 38 credits at level 4: 29 so far, 9 more needed."


def test_proqual_hard_case_at_the_edge_of_what_level_4_allows_is_still_answered():
    rules = [*PROQUAL_RULES[:4], Rule("R5", "at_least", "credits", 61, level=("exactly", 4))]
    verdict = check_all(PROQUAL_UNITS, rules)
    assert verify(RuleSet(PROQUAL_UNITS, rules), keys_of(PROQUAL_UNITS), verdict.counted)
    assert not check_all(
        PROQUAL_UNITS, [*rules[:4], Rule("R5", "at_least", "credits", 62, level=("exactly", 4))]
    ).passes
