"""What a verdict tells besides pass or fail: units not counted, what is missing, readings, parts, exemptions."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given

from quals.combination import Rule, RuleSet, Unit, check, verify
from tests.quals.combination.oracle import check_all, credit, examples, group, keeps, keys_of, small_cases

C9 = Rule("C", "at_most", "credits", 9, groups=frozenset("C"))
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))
LEVEL_3 = Rule("L", "at_least", "credits", 10, level=("at_or_above", 3))


def total(amount):
    return Rule("T", "at_least", "credits", amount)


def why(verdict):
    return {each.key: each.why for each in verdict.uncounted}


def test_uncounted_says_barred_over_a_cap_and_not_needed():
    units = [Unit("a", 5, 4), Unit("b", 5, 3), Unit("c", 9, 3, "C"), Unit("d", 4, 3, "C"), Unit("e", 2, 2)]
    verdict = check_all(units, [PAIR, C9, total(14)])
    assert verdict.counted == ("a", "c")
    assert why(verdict) == {"b": "barred", "d": "cap", "e": "spare"}
    sentences = {each.key: each.sentence for each in verdict.uncounted}
    assert sentences["b"] == "It may not count beside unit a, which is counted."
    assert sentences["d"] == "There is no room for it beside unit c, which is counted: at most 9 credits from group C."
    assert verdict.uncounted[0].by == ("a",)


def test_uncounted_names_units_of_another_date_and_of_another_qualification():
    old = Unit("old", 5, 3, registered_before=date(2017, 7, 1))
    new = Unit("new", 5, 3, registered_from=date(2017, 7, 2))
    units = [old, new, Unit("x", 5, 3)]
    verdict = check(RuleSet(units[:2], [total(5)]), keys_of(units), registered_on=date(2017, 7, 1))
    assert not verdict.passes
    assert why(verdict) == {"old": "date", "new": "date", "x": "elsewhere"}
    assert check_all(units, [total(5)], registered_on=date(2017, 6, 30)).counted == ("old",)
    assert check_all(units, [total(5)], registered_on=date(2017, 7, 2)).counted == ("new",)


def test_uncounted_on_a_fail_names_what_no_best_choice_has_room_for():
    units = [Unit("a", 5, 4), Unit("b", 4, 3), Unit("c", 9, 3, "C"), Unit("d", 4, 3, "C")]
    assert why(check_all(units, [PAIR, C9, total(50)])) == {"b": "barred", "d": "cap"}


def test_shortfall_says_by_how_much_and_what_stands_in_the_way():
    units = [Unit("a", 6, 3, "C"), Unit("b", 6, 3, "C"), Unit("c", 5, 2, "B")]
    (short,) = check_all(units, [C9, LEVEL_3]).shortfalls
    assert (short.needs, short.caps, short.missing, short.measure) == (("L",), ("C",), 4, "credits")
    assert short.sentence == (
        "At least 10 credits at level 3 or above: 6 of 12 can count, 4 more needed. "
        "In the way: at most 9 credits from group C (units a and b share it)."
    )


def test_shortfall_of_rules_that_only_clash_names_the_fewest():
    units = [Unit("a", 10, 3, "B"), Unit("b", 10, 3, "C")]
    group = {code: Rule(code, "at_least", "credits", 10, groups=frozenset(code)) for code in "BC"}
    (short,) = check_all(units, [total(10), group["B"], group["C"], PAIR]).shortfalls
    assert (short.needs, short.caps, short.missing) == (("B", "C"), ("P",), 10)
    assert short.sentence == (
        "At least 10 credits from group B, and at least 10 credits from group C, can be met one by one but not both "
        "with these units: with the other met, nothing can count for the first, 10 too few. "
        "In the way: at most 1 of units a and b."
    )


def ways_to_cut(unit, rules):
    """The unit left out (None) or counted with some of its credits: with all, or fewer where a cap on credits bites."""
    caps = [rule for rule in rules if rule.bound == "at_most" and rule.measure == "credits"]
    cut = any(rule.matches(unit) and credit(unit, rule) for rule in caps)
    return [None, *(range(1, unit.credit + 1) if cut else [unit.credit])]


def keeps_in_parts(rule, units, parts):
    matching = [
        (unit, part) for unit, part in zip(units, parts, strict=True) if rule.matches(unit) and part is not None
    ]
    in_credits = [part for unit, part in matching if rule.counts_exempted or not unit.exempted]
    found = len(matching) if rule.measure == "units" else sum(in_credits)
    return found >= rule.amount if rule.bound == "at_least" else found <= rule.amount


@pytest.mark.usefixtures("engine")
@examples(100)
@given(small_cases)
def test_passes_in_parts_agrees_with_every_way_to_cut_units(case):
    units, rules = case
    ways = product(*[ways_to_cut(unit, rules) for unit in units])
    expected = any(all(keeps_in_parts(rule, units, parts) for rule in rules) for parts in ways)
    verdict = check_all(units, rules)
    assert verdict.passes_in_parts == expected
    assert verdict.passes_in_parts or not verdict.passes


def test_passes_in_parts_where_only_part_of_a_unit_fits_under_the_cap():
    units = [Unit("a", 10, 3, "C"), Unit("b", 5, 3, "B")]
    verdict = check_all(units, [C9, total(14)])
    assert (verdict.passes, verdict.passes_in_parts) == (False, True)
    assert not check_all(units, [C9, total(15)]).passes_in_parts


@pytest.mark.parametrize("asked", [(12, 5), (5, 12)])
def test_passes_in_parts_asks_for_the_most_of_rules_about_the_same_units(asked):
    needs = [Rule(f"N{amount}", "at_least", "credits", amount, groups=frozenset("C")) for amount in asked]
    assert not check_all(group("C", 8, 8), [C9, *needs]).passes_in_parts


def test_passes_in_parts_where_an_exempted_unit_is_over_a_cap_that_counts_it():
    four_of_c = Rule("C", "at_most", "credits", 4, groups=frozenset("C"), counts_exempted=True)
    one_of_c = Rule("U", "at_least", "units", 1, groups=frozenset("C"))
    verdict = check_all([Unit("a", 5, 3, "C", exempted=True)], [one_of_c, four_of_c])
    assert (verdict.passes, verdict.passes_in_parts) == (False, True)


def test_exempted_unit_satisfies_unit_rules_and_brings_no_credit():
    one_of_a = Rule("A", "at_least", "units", 1, groups=frozenset("A"))
    units = [Unit("a", 6, 3, "A", exempted=True), Unit("b", 5, 3, "B")]
    assert check_all(units, [one_of_a, total(5)]).counted == ("a", "b")
    verdict = check_all(units, [one_of_a, total(6)])
    assert not verdict.passes
    assert verdict.rules[1].value == 5
    told = Rule.from_pack({"id": "T", "bound": "at_least", "measure": "credits", "amount": 11, "counts_exempted": True})
    verdict = check_all(units, [one_of_a, told])
    assert verdict.passes
    assert verify(RuleSet(units, [one_of_a, told]), keys_of(units), verdict.counted)
    assert not verify(RuleSet(units, [one_of_a, total(11)]), keys_of(units), verdict.counted)


def test_result_gives_what_is_needed_counted_and_missing():
    (result,) = check_all([Unit("a", 4, 3)], [total(6)]).rules
    assert (result.amount, result.value, result.missing, result.satisfied) == (6, 4, 2, False)
    assert keeps([Unit("a", 4, 3)], total(4))
