"""The rules of combination, by code, against every subset there is, and by the sentences people read."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.combination import Rule, Unit, bits, check, totals, verify
from tests.quals.combination.oracle import (
    a_unit,
    every_choice,
    good_choices,
    keeps,
    preference,
    some_rules,
    some_units,
    value,
)

B20 = Rule("B", "at_least", "credits", 20, groups=frozenset("B"))
C16 = Rule("C", "at_most", "credits", 16, groups=frozenset("C"))
ALL_A = Rule("A", "at_least", "units", 3, groups=frozenset("A"), whole=True)
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))

LEVEL = {"id": "L", "bound": "at_least", "measure": "credits", "amount": 10, "confidence": "disputed"}
EXACTLY_4 = {"level": {"mode": "exactly", "value": 4}}
FROM_4_UP = {"level": {"mode": "at_or_above", "value": 4}}


def group(code, *credits, level=4):
    return [Unit(f"{code}{n:02}", credit, level, code) for n, credit in enumerate(credits)]


def sentence(units, rules, rule_id):
    return next(result.sentence for result in check(units, rules).rules if result.rule_id == rule_id)


@settings(max_examples=1500, deadline=None)
@given(some_units, some_rules)
def test_check_agrees_with_every_subset(units, rules):
    good = good_choices(units, rules)
    verdict = check(units, rules)
    assert verdict.passes == bool(good)
    if good:
        assert verdict.counted == tuple(unit.key for unit in min(good, key=preference))


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules)
def test_rule_sets_too_wide_for_the_tables_get_the_same_verdict_from_the_solver(units, rules):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "WIDEST", 0)
        by_solver = check(units, rules)
        assert by_solver.rules == check(units, rules).rules
    assert by_solver == check(units, rules)


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules)
def test_values_agree_with_every_subset(units, rules):
    verdict = check(units, rules)
    limits = [rule for rule in rules if rule.bound == "at_most"]
    allowed = [choice for choice in every_choice(units) if all(keeps(choice, limit) for limit in limits)]
    counted = [unit for unit in units if unit.key in verdict.counted]
    for rule, result in zip(rules, verdict.rules, strict=True):
        best = value(rule, counted) if verdict.passes else max(value(rule, choice) for choice in allowed)
        assert result.value == best
        assert result.satisfied == (best >= rule.amount if rule.bound == "at_least" else best <= rule.amount)


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules)
def test_verify_agrees_with_adding_up_any_choice(units, rules):
    for choice in list(every_choice(units))[:64]:
        counted = [unit.key for unit in choice]
        assert verify(counted, units, rules) == all(keeps(choice, rule) for rule in rules)


@pytest.mark.parametrize("counted", [["a", "a"], ["a", "z"]], ids=["counted twice", "not achieved"])
def test_verify_refuses_units_that_are_not_there_once(counted):
    assert verify(["a"], [Unit("a", 5, 4)], [])
    assert not verify(counted, [Unit("a", 5, 4)], [])


def test_verify_refuses_a_key_with_two_meanings():
    assert not verify(["a"], [Unit("a", 5, 4), Unit("a", 6, 4)], [])


def test_roc_1_every_mandatory_unit_is_in_the_counted_subset():
    units = group("A", 1, 9, 2) + group("B", 10, 10, 10)
    verdict = check(units, [ALL_A, B20, Rule("T", "at_least", "credits", 21)])
    assert verdict.passes
    assert {"A00", "A01", "A02"} <= set(verdict.counted)
    assert not check(units[1:], [ALL_A, B20]).passes


def test_roc_2_barred_pair_is_never_counted_together():
    units = [Unit("a", 5, 4), Unit("b", 5, 4), Unit("c", 5, 4)]
    assert check(units, [PAIR, Rule("T", "at_least", "credits", 10)]).counted == ("a", "c")
    assert not check(units, [PAIR, Rule("T", "at_least", "credits", 15)]).passes


def test_roc_2_a_unit_given_twice_is_counted_once():
    rules = [Rule("T", "at_least", "credits", 10)]
    assert not check([Unit("a", 5, 4), Unit("a", 5, 4)], rules).passes
    with pytest.raises(ValueError, match="Unit a is given twice"):
        check([Unit("a", 5, 4), Unit("a", 6, 4)], rules)


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules, a_unit)
def test_roc_3_extra_unit_never_turns_pass_into_fail(units, rules, extra):
    others = [unit for unit in units if unit.key != extra.key]
    if check(others, rules).passes:
        assert check([*others, extra], rules).passes


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules)
def test_a_unit_that_no_rule_is_about_changes_nothing(units, rules):
    irrelevant = Unit("z", 7, 1, "Z")
    asked = [rule for rule in rules if not rule.matches(irrelevant)]
    assert check([*units, irrelevant], asked).counted == check(units, asked).counted
    assert check([*units, irrelevant], asked).rules == check(units, asked).rules


@settings(max_examples=150, deadline=None)
@given(some_units, some_rules, st.randoms())
def test_new_names_change_nothing_but_names(units, rules, shuffler):
    names = list("abcdefghij")
    shuffler.shuffle(names)
    name = dict(zip("abcdefghij", names, strict=True))
    renamed = [replace(unit, key=name[unit.key]) for unit in units]
    rules_too = [replace(rule, units=rule.units and frozenset(name[key] for key in rule.units)) for rule in rules]
    before, after = check(units, rules), check(renamed, rules_too)
    assert before.passes == after.passes
    credit = {unit.key: unit.credit for unit in units}
    back = {new: old for old, new in name.items()}
    assert sum(credit[key] for key in before.counted) == sum(credit[back[key]] for key in after.counted)
    if not before.passes:
        assert [result.value for result in before.rules] == [result.value for result in after.rules]


def test_roc_3_a_unit_over_a_limit_is_left_out_instead_of_failing():
    units = group("B", 10, 10) + group("C", 9, 10)
    verdict = check(units, [B20, C16, Rule("T", "at_least", "credits", 29)])
    assert verdict.passes
    assert verdict.counted == ("B00", "B01", "C00")


@settings(max_examples=100, deadline=None)
@given(some_units.flatmap(lambda units: st.tuples(st.just(units), st.permutations(units))), some_rules)
def test_roc_4_result_does_not_depend_on_order(two_orders, rules):
    units, shuffled = two_orders
    assert check(units, rules) == check(shuffled, rules)
    assert check(units, rules).counted == check(units, rules[::-1]).counted


def test_roc_4_prefers_few_credits_then_high_levels_then_early_keys():
    rules = [Rule("T", "at_least", "credits", 5)]
    assert check([Unit("a", 6, 5), Unit("b", 5, 3), Unit("c", 5, 4), Unit("d", 5, 4)], rules).counted == ("c",)


@settings(max_examples=100, deadline=None)
@given(some_units, some_rules)
def test_roc_4_a_pass_stands_up_to_the_second_look(units, rules):
    verdict = check(units, rules)
    if verdict.passes:
        assert verify(verdict.counted, units, rules)


def test_roc_5_a_limit_is_not_filled_with_part_of_a_unit():
    units = group("C", 10, 10)
    verdict = check(units, [C16, Rule("T", "at_least", "credits", 16)])
    assert not verdict.passes
    assert [result.value for result in verdict.rules] == [10, 10]


@pytest.mark.parametrize(
    ("unit_level", "amount", "passes", "disputed", "differs"),
    [
        (4, 10, True, True, False),
        (5, 10, False, True, True),
        (3, 10, False, True, False),
    ],
    ids=["both readings pass", "only the other passes", "neither passes"],
)
def test_cat_6_verdict_says_what_the_other_reading_would_give(unit_level, amount, passes, disputed, differs):
    rule = Rule.from_pack({**LEVEL, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}})
    verdict = check([Unit("a", amount, unit_level)], [rule])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (passes, disputed, differs)
    assert ("another verdict" in verdict.reason) == differs


def test_cat_6_a_pass_that_the_other_reading_refuses_differs():
    rule = Rule.from_pack({**LEVEL, "of": FROM_4_UP, "alternative": {"of": EXACTLY_4}})
    verdict = check([Unit("a", 10, 5)], [rule])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (True, True, True)


def test_cat_6_pass_is_the_same_where_another_choice_suits_the_other_reading():
    rule = Rule.from_pack({**LEVEL, "of": FROM_4_UP, "alternative": {"of": EXACTLY_4}})
    verdict = check([Unit("a", 10, 5), Unit("b", 10, 4)], [rule])
    assert (verdict.counted, verdict.disputed, verdict.differs) == (("a",), True, False)
    assert "the same either way" in verdict.reason


def test_cat_6_a_fail_for_another_reason_does_not_rest_on_the_disputed_rule():
    rule = Rule.from_pack({**LEVEL, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}})
    verdict = check([Unit("a", 10, 5)], [rule, B20])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (False, False, False)


def test_cat_6_a_confirmed_reading_is_no_longer_disputed():
    data = {**LEVEL, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}, "confidence": "confirmed"}
    verdict = check([Unit("a", 10, 5)], [Rule.from_pack(data)])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (False, False, False)


AT_4 = ("exactly", 4)
FROM_3 = ("at_or_above", 3)
TWO_GROUPS = frozenset({"B", "C"})


@pytest.mark.parametrize(
    ("units", "rules", "expected"),
    [
        (group("B", 8, 8), [B20], "At least 20 credits from group B: 16 so far, 4 more needed."),
        (group("A", 4, 3), [ALL_A], "All 3 units of group A: 2 so far, 1 more needed."),
        (group("A", 4), [Rule("A", "at_least", "units", 3, groups=frozenset("A"))],
         "At least 3 units of group A: 1 so far, 2 more needed."),
        (group("B", 8), [Rule("U", "at_least", "units", 2, units=frozenset({"B00", "B01"}), whole=True)],
         "All of units B00 and B01: 1 so far, 1 more needed."),
        (group("B", 8), [Rule("T", "at_least", "credits", 50)],
         "At least 50 credits: 8 so far, 42 more needed."),
        (group("B", 8), [Rule("L", "at_least", "credits", 38, level=AT_4)],
         "At least 38 credits at level 4: 8 so far, 30 more needed."),
        (group("B", 8), [Rule("L", "at_least", "credits", 38, level=FROM_3)],
         "At least 38 credits at level 3 or above: 8 so far, 30 more needed."),
        (group("B", 8), [Rule("BC", "at_least", "credits", 24, groups=TWO_GROUPS)],
         "At least 24 credits from groups B and C: 8 so far, 16 more needed."),
        (group("B", 8), [Rule("BU", "at_least", "credits", 9, frozenset("B"), frozenset({"B00"}))],
         "At least 9 credits from group B, among unit B00: 8 so far, 1 more needed."),
        (group("C", 9, 10), [Rule("T", "at_least", "credits", 30), C16],
         "At least 30 credits: 10 of the 19 chosen can count, 20 more needed."),
        (group("C", 9, 10), [C16, B20], "At most 16 credits from group C: 19 chosen; only 10 can count."),
        (group("C", 9), [C16, B20], "At most 16 credits from group C: 9 chosen."),
        (group("B", 25), [B20, ALL_A], "At least 20 credits from group B: 25 so far."),
        (group("B", 10, 12), [B20], "At least 20 credits from group B: 22 counted."),
        (group("C", 9, 10), [C16, Rule("T", "at_least", "credits", 10)],
         "At most 16 credits from group C: 19 chosen, 10 counted."),
        (group("C", 9), [C16], "At most 16 credits from group C: 0 counted."),
        ([Unit("a", 5, 4), Unit("b", 5, 4)], [PAIR, B20],
         "At most 1 unit from units a and b: 2 chosen; only 1 can count."),
    ],
)  # fmt: skip
def test_sentence_says_how_the_rule_stands(units, rules, expected):
    assert sentence(units, rules, rules[0].id) == expected


def test_reason_says_when_rules_hold_alone_but_not_together():
    units = [Unit("a", 10, 4, "B"), Unit("b", 10, 3, "C")]
    rules = [PAIR, *(Rule(code, "at_least", "credits", 10, groups=frozenset(code)) for code in "BC")]
    verdict = check(units, rules)
    assert not verdict.passes
    assert all(result.satisfied for result in verdict.rules)
    assert verdict.reason == ("Each rule can be met on its own, but no choice of these units meets them all together.")


def test_reason_counts_the_rules_that_are_not_met():
    assert check([], [B20, C16]).reason == "1 rule is not met yet."
    assert check([], [B20, ALL_A]).reason == "2 rules are not met yet."
    assert check([], [C16]).reason == "Every rule is met."


def test_from_pack_reads_every_part():
    data = {"id": "R5", "bound": "at_least", "measure": "credits", "amount": 38, "note": "read as exactly",
            "of": {"groups": ["A", "B"], "units": ["1", "2"], **EXACTLY_4}, "printed": [58],
            "confidence": "disputed", "alternative": {"amount": 40, "of": FROM_4_UP}}  # fmt: skip
    rule = Rule.from_pack(data)
    assert (rule.id, rule.groups, rule.units, rule.level) == (
        "R5", frozenset({"A", "B"}), frozenset({"1", "2"}), ("exactly", 4)
    )  # fmt: skip
    assert (rule.amount, rule.confidence, rule.note) == (38, "disputed", "read as exactly")
    assert (rule.alternative.amount, rule.alternative.groups, rule.alternative.level) == (
        40, None, ("at_or_above", 4)
    )  # fmt: skip


def test_from_pack_knows_all_of_a_group_by_its_size():
    data = {"id": "R2", "bound": "at_least", "measure": "units", "amount": 3, "of": {"groups": ["A"]}}
    assert Rule.from_pack(data, {"A": 3, "B": 9}).whole
    assert not Rule.from_pack(data, {"A": 4}).whole
    assert not Rule.from_pack(data).whole
    assert Rule.from_pack({**data, "of": {"units": ["1", "2", "3"]}}).whole


@pytest.mark.parametrize(
    "fault",
    [
        {"bound": "exactly"},
        {"measure": "hours"},
        {"amount": -1},
        {"amount": 2.5},
        {"amount": None},
        {"confidence": "likely"},
        {"of": {"route": "portfolio"}},
        {"of": {"groups": []}},
        {"of": {"level": {"mode": "below", "value": 3}}},
    ],
)
def test_from_pack_refuses_what_it_does_not_know(fault):
    good = {"id": "R1", "bound": "at_least", "measure": "credits", "amount": 5, "of": {}}
    assert Rule.from_pack(good).amount == 5
    with pytest.raises(ValueError, match="ule R1"):
        Rule.from_pack({**good, **fault})


def test_from_pack_refuses_a_rule_with_a_part_missing():
    with pytest.raises(ValueError, match="has no amount"):
        Rule.from_pack({"id": "R1", "bound": "at_least", "measure": "credits"})


def test_unit_refuses_part_of_a_credit():
    with pytest.raises(ValueError, match="whole number"):
        Unit("a", 2.5, 4)


def test_totals_by_level_and_group():
    units = [*group("B", 4, 6), *group("A", 3, level=3), Unit("x", 5, 5), Unit("x", 5, 5)]
    sums = totals(units)
    assert (sums.credits, sums.units) == (18, 4)
    assert list(sums.by_level.items()) == [(3, 3), (4, 10), (5, 5)]
    assert list(sums.by_group.items()) == [("A", 3), ("B", 10), (None, 5)]
    assert sums.units_by_group == {"A": 1, "B": 2, None: 1}


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
    Rule.from_pack({**LEVEL, "id": "R5", "amount": 38, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}}),
]


def test_proqual_all_units_pass_with_exactly_the_credits_asked():
    verdict = check(PROQUAL_UNITS, PROQUAL_RULES)
    assert len(PROQUAL_UNITS) == 34
    assert (verdict.passes, verdict.disputed, verdict.differs) == (True, True, False)
    assert verdict.rules[0].value == 50
    assert verify(verdict.counted, PROQUAL_UNITS, PROQUAL_RULES)


def test_proqual_level_5_units_make_the_two_readings_differ():
    level_4_short = [
        u for u in PROQUAL_UNITS if u.group == "A" or u.key in {"B00", "B01", "B02", "B03", "B04", "C14", "C15"}
    ]
    rules = [rule for rule in PROQUAL_RULES if rule.id != "R1"]
    verdict = check(level_4_short, rules)
    assert (verdict.passes, verdict.differs) == (False, True)
    assert verdict.rules[-1].sentence == "At least 38 credits at level 4: 29 so far, 9 more needed."


def test_proqual_hard_case_at_the_edge_of_what_level_4_allows_is_still_answered():
    rules = [*PROQUAL_RULES[:4], Rule("R5", "at_least", "credits", 61, level=("exactly", 4))]
    verdict = check(PROQUAL_UNITS, rules)
    assert verify(verdict.counted, PROQUAL_UNITS, rules)
    assert not check(PROQUAL_UNITS, [*rules[:4], Rule("R5", "at_least", "credits", 62, level=("exactly", 4))]).passes
