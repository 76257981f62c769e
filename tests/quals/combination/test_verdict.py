"""What a verdict tells besides pass or fail: units not counted, what is missing, readings, parts, exemptions."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.combination import Rule, Unit, bits, check, verify
from tests.quals.combination.oracle import good_choices, keeps, some_rules, some_units, value

C9 = Rule("C", "at_most", "credits", 9, groups=frozenset("C"))
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))
LEVEL_3 = Rule("L", "at_least", "credits", 10, level=("at_or_above", 3))


def total(amount):
    return Rule("T", "at_least", "credits", amount)


def why(verdict):
    return {each.key: each.why for each in verdict.uncounted}


def test_uncounted_says_barred_over_a_cap_and_not_needed():
    units = [Unit("a", 5, 4), Unit("b", 5, 3), Unit("c", 9, 3, "C"), Unit("d", 4, 3, "C"), Unit("e", 2, 2)]
    verdict = check(units, [PAIR, C9, total(14)])
    assert verdict.counted == ("a", "c")
    assert why(verdict) == {"b": "barred", "d": "cap", "e": "spare"}
    sentences = {each.key: each.sentence for each in verdict.uncounted}
    assert sentences["b"] == "It may not count beside unit a, which is counted."
    assert sentences["d"] == "There is no room for it: at most 9 credits from group C."
    assert verdict.uncounted[0].by == ("a",)


def test_uncounted_names_units_of_another_date_and_of_another_qualification():
    old = Unit("old", 5, 3, registered_before=date(2017, 7, 1))
    new = Unit("new", 5, 3, registered_from=date(2017, 7, 2))
    units = [old, new, Unit("x", 5, 3)]
    verdict = check(units, [total(5)], registered_on=date(2017, 7, 1), structure={"old", "new"})
    assert not verdict.passes
    assert why(verdict) == {"old": "date", "new": "date", "x": "elsewhere"}
    assert check(units, [total(5)], registered_on=date(2017, 6, 30)).counted == ("old",)
    assert check(units, [total(5)], registered_on=date(2017, 7, 2)).counted == ("new",)


def test_uncounted_on_a_fail_names_what_no_best_choice_has_room_for():
    units = [Unit("a", 5, 4), Unit("b", 4, 3), Unit("c", 9, 3, "C"), Unit("d", 4, 3, "C")]
    assert why(check(units, [PAIR, C9, total(50)])) == {"b": "barred", "d": "cap"}


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules)
def test_every_unit_is_counted_or_its_absence_explained(units, rules):
    verdict = check(units, rules)
    uncounted = {each.key for each in verdict.uncounted}
    if verdict.passes:
        assert uncounted == {unit.key for unit in units} - set(verdict.counted)
    for each in verdict.uncounted:
        assert each.sentence.endswith(".")
        if each.why in {"barred", "cap"}:
            (rule,) = [rule for rule in rules if rule.id == each.rule and rule.bound == "at_most"][:1]
            assert rule


@settings(max_examples=300, deadline=None)
@given(some_units, some_rules)
def test_shortfalls_are_true_and_each_of_their_rules_is_needed(units, rules):
    rules = [Rule(f"r{i}", r.bound, r.measure, r.amount, r.groups, r.units, r.level) for i, r in enumerate(rules)]
    verdict = check(units, rules)
    assert bool(verdict.shortfalls) != verdict.passes
    by_id = {rule.id: rule for rule in rules}
    for short in verdict.shortfalls:
        needs, caps = [by_id[each] for each in short.needs], [by_id[each] for each in short.caps]
        every_cap = [rule for rule in rules if rule.bound == "at_most"]
        for rule in needs:
            assert good_choices(units, [*(other for other in needs if other is not rule), *every_cap])
        for limits in (caps, every_cap):
            best = max(value(needs[0], choice) for choice in good_choices(units, [*needs[1:], *limits]))
            assert short.missing == needs[0].amount - best > 0


def test_shortfall_says_by_how_much_and_what_stands_in_the_way():
    units = [Unit("a", 6, 3, "C"), Unit("b", 6, 3, "C"), Unit("c", 5, 2, "B")]
    (short,) = check(units, [C9, LEVEL_3]).shortfalls
    assert (short.needs, short.caps, short.missing, short.measure) == (("L",), ("C",), 4, "credits")
    assert short.sentence == (
        "At least 10 credits at level 3 or above: of the 12 chosen only 6 can count, because of: "
        "at most 9 credits from group C; 4 credits missing."
    )


def test_shortfall_of_rules_that_only_clash_names_the_fewest():
    units = [Unit("a", 10, 3, "B"), Unit("b", 10, 3, "C")]
    group = {code: Rule(code, "at_least", "credits", 10, groups=frozenset(code)) for code in "BC"}
    (short,) = check(units, [total(10), group["B"], group["C"], PAIR]).shortfalls
    assert (short.needs, short.caps, short.missing) == (("B", "C"), ("P",), 10)
    assert "cannot be met together" in short.sentence


def parts_of(units, rules):
    """Every way to count whole units, and parts of those that a cap on credits is about."""
    capped = [rule for rule in rules if rule.bound == "at_most" and rule.measure == "credits"]
    return product(
        *[
            range(unit.credit + 1) if any(rule.matches(unit) for rule in capped) else (0, unit.credit or -1)
            for unit in units
        ]
    )


def sum_of_parts(rule, units, parts):
    matching = [part for unit, part in zip(units, parts, strict=True) if rule.matches(unit)]
    return sum(part != 0 for part in matching) if rule.measure == "units" else sum(max(part, 0) for part in matching)


part_units = st.lists(
    st.builds(Unit, st.sampled_from("abcde"), st.integers(1, 4), st.integers(2, 4), st.sampled_from("BC")),
    max_size=5,
    unique_by=lambda unit: unit.key,
)


@pytest.mark.parametrize("widest", [bits.WIDEST, 0], ids=["tables", "solver"])
@settings(max_examples=100, deadline=None)
@given(units=part_units, rules=some_rules)
def test_passes_in_parts_agrees_with_every_way_to_cut_units(widest, units, rules):
    def holds(rule, parts):
        found = sum_of_parts(rule, units, parts)
        return found >= rule.amount if rule.bound == "at_least" else found <= rule.amount

    expected = any(all(holds(rule, parts) for rule in rules) for parts in parts_of(units, rules))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "WIDEST", widest)
        verdict = check(units, rules)
        assert verdict.passes_in_parts == expected
    assert verdict.passes_in_parts or not verdict.passes


def test_passes_in_parts_where_only_part_of_a_unit_fits_under_the_cap():
    units = [Unit("a", 10, 3, "C"), Unit("b", 5, 3, "B")]
    verdict = check(units, [C9, total(14)])
    assert (verdict.passes, verdict.passes_in_parts) == (False, True)
    assert not check(units, [C9, total(15)]).passes_in_parts


EXACTLY_4 = Rule("L", "at_least", "credits", 10, level=("exactly", 4))
disputed_rules = st.lists(
    st.builds(
        lambda rule, other: Rule(
            rule.id, rule.bound, rule.measure, rule.amount, rule.groups, rule.units, rule.level, "disputed", "", other
        ),
        some_rules.filter(bool).map(lambda rules: rules[0]),
        some_rules.filter(bool).map(lambda rules: rules[0]),
    ),
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(some_units, disputed_rules, some_rules)
def test_cat_6_differs_exactly_where_some_combination_of_readings_does(units, disputed, rules):
    verdict = check(units, [*disputed, *rules])
    readings = product(*[(rule, rule.alternative) for rule in disputed])
    verdicts = {bool(good_choices(units, [*reading, *rules])) for reading in readings}
    assert (verdict.differs and not verdict.disputed) is False
    assert verdict.differs == (len(verdicts) > 1)


def test_cat_6_other_readings_are_told_one_by_one():
    from_4_up = Rule("L", "at_least", "credits", 10, level=("at_or_above", 4))
    rule = Rule("L", "at_least", "credits", 10, level=("exactly", 4), confidence="disputed", alternative=from_4_up)
    verdict = check([Unit("a", 10, 5)], [rule, total(5)])
    assert (verdict.passes, verdict.other_readings) == (False, {"L": True})


def test_exempted_unit_satisfies_unit_rules_and_brings_no_credit():
    one_of_a = Rule("A", "at_least", "units", 1, groups=frozenset("A"))
    units = [Unit("a", 6, 3, "A", exempted=True), Unit("b", 5, 3, "B")]
    assert check(units, [one_of_a, total(5)]).counted == ("a", "b")
    verdict = check(units, [one_of_a, total(6)])
    assert not verdict.passes
    assert verdict.rules[1].value == 5
    told = Rule.from_pack({"id": "T", "bound": "at_least", "measure": "credits", "amount": 11, "counts_exempted": True})
    verdict = check(units, [one_of_a, told])
    assert verdict.passes
    assert verify(verdict.counted, units, [one_of_a, told])
    assert not verify(verdict.counted, units, [one_of_a, total(11)])


def test_result_gives_what_is_needed_counted_and_missing():
    (result,) = check([Unit("a", 4, 3)], [total(6)]).rules
    assert (result.amount, result.value, result.missing, result.satisfied) == (6, 4, 2, False)
    assert keeps([Unit("a", 4, 3)], total(4))
