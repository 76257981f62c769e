"""Every explanation is true and as small as can be: units not counted, what is missing, contradictions."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quals.combination import Rule, RuleSet, Unit, check, clashes
from tests.quals.combination.oracle import (
    check_all,
    credit,
    doubtful,
    every_choice,
    examples,
    few_cases,
    good_choices,
    keeps,
    keys_of,
    named,
    value,
)


def limits_of(rules):
    return [rule for rule in rules if rule.bound == "at_most"]


def fits(units, rules):
    return all(keeps(units, rule) for rule in limits_of(rules))


def best_for(rule, units, others):
    return max(value(rule, choice) for choice in good_choices(units, others))


@pytest.mark.usefixtures("engine")
@examples(50)
@given(few_cases)
def test_uncounted_gives_a_true_reason_for_each_unit(case):
    units, rules = case
    rules = named(rules)
    verdict = check_all(units, rules)
    aside = {each.key for each in verdict.uncounted}
    taken = [unit for unit in units if unit.key not in aside]
    by_key, by_id = {unit.key: unit for unit in units}, {rule.id: rule for rule in rules}
    assert fits(taken, rules)
    for each in verdict.uncounted:
        unit = by_key[each.key]
        if each.why == "spare":
            assert verdict.passes
            assert fits([*taken, unit], rules)
            continue
        rule = by_id[each.rule]
        assert each.why == ("barred" if each.by and rule.measure == "units" else "cap")
        assert not keeps([*(by_key[key] for key in each.by), unit], rule)
        assert {by_key[key] for key in each.by} <= {other for other in taken if rule.matches(other)}
        assert all(key in each.sentence for key in each.by[:8])


@pytest.mark.usefixtures("engine")
@examples(50)
@given(few_cases)
def test_uncounted_on_a_fail_loses_as_few_credits_as_can_be(case):
    units, rules = case
    verdict = check_all(units, rules)
    if verdict.passes:
        assert {each.key for each in verdict.uncounted} == {unit.key for unit in units} - set(verdict.counted)
        return
    taken = [unit for unit in units if unit.key not in {each.key for each in verdict.uncounted}]
    most = max(sum(map(credit, choice)) for choice in every_choice(units) if fits(choice, rules))
    assert sum(map(credit, taken)) == most
    assert not any(fits([*taken, unit], rules) for unit in units if unit not in taken)


@pytest.mark.usefixtures("engine")
@examples(50)
@given(few_cases, st.data())
def test_shortfalls_are_true_and_the_fewest(case, data):
    everything, rules = case
    units, rules = [unit for unit in everything if data.draw(st.booleans())], named(rules)
    verdict = check(RuleSet(everything, rules), keys_of(units))
    assert bool(verdict.shortfalls) != verdict.passes
    limits, needs = limits_of(rules), [rule for rule in rules if rule.bound == "at_least"]
    alone = [rule for rule in needs if best_for(rule, units, limits) < rule.amount]
    if alone:
        told = [rule for rule in alone if (rule.id,) in [short.needs for short in verdict.shortfalls]]
        assert len(told) == len(verdict.shortfalls)
        others = [rule for rule in rules if rule not in alone or rule in told]
        for choice in good_choices(everything, others):
            assert all(keeps(choice, rule) for rule in alone), "a rule was left out that does not follow"
        if good_choices(everything, rules):
            for rule in told if len(told) > 1 else ():
                without = good_choices(everything, [other for other in others if other is not rule])
                assert not all(keeps(choice, rule) for choice in without), "a rule was told that follows"
    elif not verdict.passes:
        (short,) = verdict.shortfalls
        size = len(short.needs)
        assert all(good_choices(units, [*some, *limits]) for some in combinations(needs, size - 1))
        assert not good_choices(units, [*(rule for rule in needs if rule.id in short.needs), *limits])


def test_shortfalls_tell_one_rule_where_each_follows_from_rules_that_can_be_met_one_by_one():
    """With a and b barred, whoever has a unit of each pair has c or d: but a and b are each enough for one pair."""
    units = [Unit(key, 5, 3, "B") for key in "abcd"]
    pairs = [Rule(pair, "at_least", "units", 1, units=frozenset(pair)) for pair in ("ac", "bd", "cd")]
    barred = Rule("ab", "at_most", "units", 1, units=frozenset("ab"))
    follows = Rule("five", "at_least", "credits", 5, units=frozenset("cd"))
    (short,) = check(RuleSet(units, [*pairs, barred, follows]), "ab").shortfalls
    assert (short.needs, short.missing) == (("five",), 5)


@pytest.mark.usefixtures("engine")
@examples(50)
@given(few_cases)
def test_shortfalls_name_the_exact_figure_and_only_limits_that_are_in_the_way(case):
    units, rules = case
    rules = named(rules)
    by_id = {rule.id: rule for rule in rules}
    for short in check_all(units, rules).shortfalls:
        first, *others = (by_id[each] for each in short.needs)
        caps = [by_id[each] for each in short.caps]
        for limits in (caps, limits_of(rules)):
            assert short.missing == first.amount - best_for(first, units, [*others, *limits]) > 0
        for cap in caps:
            fewer = [other for other in caps if other is not cap]
            assert best_for(first, units, [*others, *fewer]) > first.amount - short.missing
        assert str(short.missing) in short.sentence or "still needed" in short.sentence
        assert short.measure == first.measure


def unsatisfiable(units, rules):
    return not good_choices(units, rules)


@pytest.mark.usefixtures("engine")
@examples(50)
@given(few_cases)
def test_clashes_are_smallest_and_leave_no_other_contradiction(case):
    units, rules = case
    rules = named(rules)
    found = clashes(RuleSet(units, rules))
    assert bool(found) == unsatisfiable(units, rules)
    for clash in found:
        those = [rule for rule in rules if rule.id in clash.rules]
        assert unsatisfiable(units, those)
        for rule in those:
            assert f"({rule.id})" in clash.sentence
            assert not unsatisfiable(units, [other for other in those if other is not rule])
    asked = {rule for clash in found for rule in clash.rules}
    assert not unsatisfiable(units, [r for r in rules if r.bound == "at_most" or r.id not in asked])


@pytest.mark.usefixtures("engine")
@examples(50)
@given(doubtful())
def test_clashes_are_found_in_every_way_to_read_the_rules(case):
    units, rules = case
    found = clashes(RuleSet(units, rules))
    readings = [(rule, rule.alternative) if rule.alternative else (rule,) for rule in rules]
    wrong = [reading for reading in product(*readings) if unsatisfiable(units, reading)]
    assert bool(found) == bool(wrong)
    for reading in wrong:
        read = {rule.id: rule for rule in reading}
        assert any(unsatisfiable(units, [read[each] for each in clash.rules]) for clash in found)
    for clash in found:
        other = set(clash.reading.split(" and ")) - {""}
        assert other <= set(clash.rules)
        those = [rule.alternative if rule.id in other else rule for rule in rules if rule.id in clash.rules]
        assert unsatisfiable(units, those)


def test_clash_says_by_how_much_and_names_each_rule():
    twelve = Rule("R3", "at_least", "credits", 12, groups=frozenset("B"))
    one = Rule("R7", "at_most", "units", 1, groups=frozenset("B"))
    (clash,) = clashes(RuleSet([Unit(key, 6, 3, "B") for key in "ab"], [twelve, one]))
    assert clash.sentence == (
        "At least 12 credits from group B (R3), and at most 1 unit of group B (R7), contradict each other: "
        "with the other kept, 6 credits can count for the first, 6 too few."
    )
