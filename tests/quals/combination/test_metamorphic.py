"""What has to stay the same, or can only go one way, when a question is changed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quals.combination import Rule, RuleSet, Unit, check, clashes, route, sweep
from tests.quals.combination.oracle import (
    KEYS,
    a_unit,
    check_all,
    credit,
    examples,
    few_cases,
    keys_of,
    named,
    some_cases,
)


@examples(80)
@given(some_cases, a_unit)
def test_roc_3_extra_unit_never_turns_pass_into_fail(case, extra):
    units, rules = case
    others = [unit for unit in units if unit.key != extra.key]
    before, after = check_all(others, rules), check_all([*others, extra], rules)
    assert after.passes or not before.passes
    assert after.passes_in_parts or not before.passes_in_parts
    if not after.passes:
        assert all(more.value >= less.value for less, more in zip(before.rules, after.rules, strict=True))


@examples(80)
@given(some_cases)
def test_a_unit_that_no_rule_is_about_changes_nothing(case):
    units, rules = case
    irrelevant = Unit("z", 7, 1, "Z", glh=3, criteria=3)
    asked = [rule for rule in rules if not rule.matches(irrelevant)]
    before, after = check_all(units, asked), check_all([*units, irrelevant], asked)
    assert (after.counted, after.rules) == (before.counted, before.rules)
    assert (after.shortfalls, after.passes_in_parts) == (before.shortfalls, before.passes_in_parts)
    assert route(RuleSet([*units, irrelevant], asked)).units == route(RuleSet(units, asked)).units


@examples(80)
@given(few_cases, st.randoms(), st.sampled_from(["credits", "units", "glh", "criteria"]))
def test_new_names_change_nothing_but_names(case, shuffler, minimise):
    units, rules = case
    name = dict(zip(KEYS, shuffler.sample(KEYS, len(KEYS)), strict=True))
    renamed = [replace(unit, key=name[unit.key]) for unit in units]
    rules_too = [replace(rule, units=rule.units and frozenset(name[key] for key in rule.units)) for rule in rules]
    before, after = check_all(units, rules), check_all(renamed, rules_too)
    assert before.passes == after.passes
    assert spent(before) == spent(after)
    assert [short.missing for short in before.shortfalls] == [short.missing for short in after.shortfalls]
    if not before.passes:
        assert [result.value for result in before.rules] == [result.value for result in after.rules]
    way, way_too = (route(RuleSet(*asked), minimise=minimise) for asked in ((units, rules), (renamed, rules_too)))
    assert way.value == way_too.value
    assert {name[key]: each.kind for key, each in way.prospects.items()} == {
        key: each.kind for key, each in way_too.prospects.items()
    }


def spent(verdict):
    return sum(credit(unit) for unit in verdict.units if unit.key in verdict.counted)


@examples(60)
@given(some_cases, st.randoms())
def test_roc_4_result_does_not_depend_on_order(case, shuffler):
    units, rules = case
    shuffled = shuffler.sample(units, len(units))
    before, after = check_all(units, rules), check_all(shuffled, rules)
    assert before == after
    assert (before.uncounted, before.shortfalls) == (after.uncounted, after.shortfalls)
    assert check_all(units, rules).counted == check_all(units, rules[::-1]).counted


@pytest.mark.usefixtures("engine")
@examples(40)
@given(few_cases, st.randoms(), st.sampled_from(["credits", "units", "glh", "criteria"]))
def test_route_does_not_depend_on_the_order_of_units(case, shuffler, minimise):
    units, rules = case
    shuffled = shuffler.sample(units, len(units))
    before, after = (route(RuleSet(some, rules), minimise=minimise) for some in (units, shuffled))
    assert before == after
    assert before.alternatives == after.alternatives


@examples(60)
@given(some_cases, st.randoms())
def test_prospects_do_not_depend_on_the_order_of_units(case, shuffler):
    units, rules = case
    shuffled = shuffler.sample(units, len(units))
    before, after = route(RuleSet(units, rules)), route(RuleSet(shuffled, rules))
    assert before == after
    assert (before.alternatives, before.prospects) == (after.alternatives, after.prospects)


@examples(80)
@given(some_cases, st.data())
def test_a_rule_said_twice_changes_nothing(case, data):
    units, rules = case
    rules = named(rules)
    again = [*rules, *data.draw(st.lists(st.sampled_from(rules), max_size=3))] if rules else []
    before, after = check_all(units, rules), check_all(units, again)
    assert (before.counted, before.uncounted) == (after.counted, after.uncounted)
    assert {short.needs for short in before.shortfalls} == {short.needs for short in after.shortfalls}
    assert route(RuleSet(units, rules)).units == route(RuleSet(units, again)).units


@examples(80)
@given(few_cases, st.data())
def test_a_tighter_rule_never_turns_fail_into_pass_nor_makes_a_way_shorter(case, data):
    units, rules = case
    if not rules:
        return
    tightened = data.draw(st.integers(0, len(rules) - 1))
    rule = rules[tightened]
    by = data.draw(st.integers(1, 3))
    amount = rule.amount + by if rule.bound == "at_least" else max(rule.amount - by, 0)
    tighter = [*rules[:tightened], replace(rule, amount=amount), *rules[tightened + 1 :]]
    assert check_all(units, rules).passes or not check_all(units, tighter).passes
    before, after = route(RuleSet(units, rules)), route(RuleSet(units, tighter))
    assert after.value is None or before.value <= after.value
    assert bool(clashes(RuleSet(units, tighter))) or not clashes(RuleSet(units, rules))


@examples(80)
@given(some_cases)
def test_rules_that_ask_nothing_change_nothing(case):
    units, rules = case
    nothing = [Rule("zero", "at_least", "credits", 0), Rule("all", "at_most", "units", 99)]
    before, after = check_all(units, rules), check_all(units, [*rules, *nothing])
    assert (before.counted, before.uncounted, before.shortfalls) == (after.counted, after.uncounted, after.shortfalls)


@examples(80)
@given(few_cases, st.data())
def test_what_is_achieved_or_offered_besides_never_makes_a_way_longer(case, data):
    units, rules = case
    keys = [unit.key for unit in units]
    some = set(data.draw(st.lists(st.sampled_from(keys), unique=True))) if keys else set()
    before, achieved, fewer = (
        route(RuleSet(units, rules), **asked).value for asked in ({}, {"achieved": some}, {"excluded": some})
    )
    assert before is None or achieved <= before
    assert fewer is None or before <= fewer


@examples(60)
@given(few_cases, st.randoms())
def test_sweep_does_not_depend_on_the_order_of_rows_and_columns(case, shuffler):
    units, rules = case
    matrix = np.array([[shuffler.random() < 0.7 for _ in units] for _ in range(9)]).reshape(9, len(units))
    rows, columns = shuffler.sample(range(9), 9), shuffler.sample(range(len(units)), len(units))
    found = sweep(RuleSet(units, rules), matrix)
    again = sweep(RuleSet([units[i] for i in columns], rules[::-1]), matrix[rows][:, columns])
    assert again.tolist() == found[rows].tolist()


@examples(80)
@given(some_cases, st.data())
def test_units_outside_the_rule_set_are_as_if_they_were_not_there(case, data):
    units, rules = case
    inside = [unit for unit in units if data.draw(st.booleans())]
    verdict = check(RuleSet(inside, rules), keys_of(units))
    assert verdict == replace(check_all(inside, rules), set_aside=verdict.set_aside)
    assert {each.key for each in verdict.uncounted if each.why == "elsewhere"} == {*keys_of(units)} - {*keys_of(inside)}


@examples(80)
@given(some_cases, st.data())
def test_units_that_are_not_achieved_do_not_change_a_verdict(case, data):
    units, rules = case
    achieved = [unit for unit in units if data.draw(st.booleans())]
    verdict, alone = check(RuleSet(units, rules), keys_of(achieved)), check_all(achieved, rules)
    assert (verdict, verdict.uncounted) == (alone, alone.uncounted)
    assert bool(verdict.shortfalls) == bool(alone.shortfalls)
