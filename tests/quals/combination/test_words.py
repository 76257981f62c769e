"""The sentences that people read about rules and verdicts."""

from datetime import date

import pytest

from quals.combination import Rule, RuleSet, Unit, check, explain
from tests.quals.combination.oracle import check_all, group

B20 = Rule("B", "at_least", "credits", 20, groups=frozenset("B"))
C16 = Rule("C", "at_most", "credits", 16, groups=frozenset("C"))
ALL_A = Rule("A", "at_least", "units", 3, groups=frozenset("A"), whole=True)
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))


def sentence(units, rules, rule_id):
    return next(result.sentence for result in check_all(units, rules).rules if result.rule_id == rule_id)


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
         "Both of units B00 and B01: 1 so far, 1 more needed."),
        (group("B", 8), [Rule("T", "at_least", "credits", 50)],
         "At least 50 credits: 8 so far, 42 more needed."),
        (group("B", 8), [Rule("L", "at_least", "credits", 38, level=AT_4)],
         "At least 38 credits at level 4: 8 so far, 30 more needed."),
        (group("B", 8), [Rule("L", "at_least", "credits", 38, level=FROM_3)],
         "At least 38 credits at level 3 or above: 8 so far, 30 more needed."),
        (group("B", 8), [Rule("BC", "at_least", "credits", 24, groups=TWO_GROUPS)],
         "At least 24 credits from groups B and C: 8 so far, 16 more needed."),
        (group("B", 8), [Rule("BU", "at_least", "credits", 9, frozenset("B"), frozenset({"B00"}))],
         "At least 9 credits from unit B00 in group B: 8 so far, 1 more needed."),
        (group("C", 9, 10), [Rule("T", "at_least", "credits", 30), C16],
         "At least 30 credits: 10 of 19 can count, 20 more needed."),
        (group("C", 9, 10), [C16, B20], "At most 16 credits from group C: only 10 of 19 can count."),
        (group("C", 9), [C16, B20], "At most 16 credits from group C: 9 so far."),
        (group("B", 25), [B20, ALL_A], "At least 20 credits from group B: 25 so far."),
        (group("B", 10, 12), [B20], "At least 20 credits from group B: 22 counted."),
        (group("C", 9, 10), [C16, Rule("T", "at_least", "credits", 10)],
         "At most 16 credits from group C: 10 of 19 counted."),
        (group("C", 9), [C16], "At most 16 credits from group C: none counted."),
        ([Unit("a", 5, 4), Unit("b", 5, 4)], [PAIR, B20],
         "At most 1 of units a and b: only 1 of 2 can count."),
    ],
)  # fmt: skip
def test_sentence_says_how_the_rule_stands(units, rules, expected):
    assert sentence(units, rules, rules[0].id) == expected


def rule(bound, measure, amount, **conditions):
    named = {"groups": frozenset, "units": frozenset}
    return Rule("R1", bound, measure, amount, **{k: named.get(k, lambda v: v)(v) for k, v in conditions.items()})


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (rule("at_least", "units", 1, groups="A", whole=True), "The unit of group A"),
        (rule("at_least", "units", 2, groups="A", whole=True), "Both units of group A"),
        (rule("at_least", "units", 6, groups="AB", whole=True), "All 6 units of groups A and B"),
        (rule("at_least", "units", 1, units=["7"], whole=True), "Unit 7"),
        (rule("at_least", "units", 3, units=["7", "10", "8"], whole=True), "All of units 7, 8 and 10"),
        (rule("at_least", "units", 1, groups="D"), "At least 1 unit of group D"),
        (rule("at_least", "units", 1, groups="D", level=("exactly", 4)), "At least 1 unit of group D at level 4"),
        (rule("at_most", "units", 2, units=["112", "113", "114"]), "At most 2 of units 112, 113 and 114"),
        (rule("at_most", "units", 0, units=["112", "113"]), "None of units 112 and 113"),
        (rule("at_most", "units", 1, units=["7", "8"], groups="B"), "At most 1 of units 7 and 8 in group B"),
        (rule("at_most", "credits", 6, groups="BC", level=("exactly", 2)),
         "At most 6 credits at level 2 from groups B and C"),
        (rule("at_most", "credits", 0, groups="C"), "No credits from group C"),
        (rule("at_least", "credits", 1), "At least 1 credit"),
        (rule("at_most", "units", 2, units=map(str, range(1, 13))),
         "At most 2 of units 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 12"),
    ],
)  # fmt: skip
def test_asks_says_what_the_rule_asks(asked, words):
    assert explain.asks(asked) == words


def test_long_lists_of_units_are_cut_short_where_a_rule_is_told_with_its_standing():
    twelve = rule("at_most", "units", 2, units=map(str, range(1, 13)))
    (result,) = check_all([Unit("3", 5, 3)], [twelve]).rules
    assert result.sentence == "At most 2 of units 1, 2, 3, 4, 5, 6, 7, 8 and 4 others: none counted."


def test_shortfall_names_the_units_that_are_still_needed_where_it_takes_all_of_them():
    pair = Rule("U", "at_least", "units", 3, units=frozenset({"7", "8", "9"}), whole=True)
    rules = RuleSet([*group("A", 4, 3, 5), *(Unit(key, 5, 3) for key in "789")], [ALL_A, pair])
    short, other = check(rules, ["A00", "A01", "8"]).shortfalls
    assert short.sentence == "All 3 units of group A: unit A02 still needed."
    assert other.sentence == "All of units 7, 8 and 9: units 7 and 9 still needed."
    short, _ = check(rules, ["7"]).shortfalls
    assert short.sentence == "All 3 units of group A: units A00, A01 and A02 still needed."


def test_shortfall_says_how_many_where_there_is_a_choice():
    two = Rule("B", "at_least", "units", 2, groups=frozenset("B"))
    (short,) = check(RuleSet(group("B", 4, 3, 5), [two]), ["B00"]).shortfalls
    assert short.sentence == "At least 2 units of group B: 1 so far, 1 more needed."


def test_shortfall_is_not_told_where_it_follows_from_the_others():
    """All of A and 7 credits from B are 19 credits: who has these has the total, and one of B too."""
    total, seven = Rule("T", "at_least", "credits", 19), Rule("B", "at_least", "credits", 7, groups=frozenset("B"))
    one = Rule("O", "at_least", "units", 1, groups=frozenset("B"))
    rules = RuleSet([*group("A", 4, 3, 5), *group("B", 5, 4, 3)], [total, ALL_A, one, seven])
    assert [short.needs for short in check(rules, []).shortfalls] == [("A",), ("B",)]
    assert [short.needs for short in check(rules, ["A00", "A01", "A02", "B00"]).shortfalls] == [("B",)]
    assert [short.needs for short in check(rules.under([total, ALL_A]), ["A00", "B00"]).shortfalls] == [("T",), ("A",)]


def test_units_too_large_for_a_limit_are_told_as_such():
    nine = Rule("C", "at_most", "credits", 9, groups=frozenset("C"))
    verdict = check_all([Unit("a", 10, 3, "C")], [nine, Rule("T", "at_least", "credits", 10)])
    assert verdict.uncounted[0].sentence == "It can never count: at most 9 credits from group C."
    assert verdict.shortfalls[0].sentence == (
        "At least 10 credits: none of 10 can count, 10 more needed. "
        "In the way: at most 9 credits from group C (unit a is larger)."
    )


def test_a_day_that_a_unit_is_not_for_is_named():
    old, new = (
        Unit("319", 4, 3, registered_before=date(2017, 7, 1)),
        Unit("619", 4, 3, registered_from=date(2017, 7, 2)),
    )
    assert explain.not_for(date(2017, 7, 1), old) == "It counts only for registrations before 1 July 2017."
    assert explain.not_for(date(2017, 7, 1), new) == "It counts only for registrations from 2 July 2017 on."


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("wasted", "glh", 1, 1, 0), "Not needed: 1 hour would be left with it as without it."),
        (("useful", "criteria", 1, 9, 2), "With it 1 criterion would be left: 2 more in all than by the shortest way."),
        (("useful", "units", 3, 4, 0), "It is on a shortest way: 3 units would be left after it."),
    ],
)
def test_prospect_speaks_of_one_and_of_many(told, words):
    assert explain.prospect(*told) == words


def test_reason_says_when_rules_hold_alone_but_not_together():
    units = [Unit("a", 10, 4, "B"), Unit("b", 10, 3, "C")]
    rules = [PAIR, *(Rule(code, "at_least", "credits", 10, groups=frozenset(code)) for code in "BC")]
    verdict = check_all(units, rules)
    assert not verdict.passes
    assert all(result.satisfied for result in verdict.rules)
    assert verdict.reason == ("Each rule can be met on its own, but no choice of these units meets them all together.")


def test_reason_counts_the_rules_that_are_not_met():
    assert check_all([], [B20, C16]).reason == "1 rule is not met yet."
    assert check_all([], [B20, ALL_A]).reason == "2 rules are not met yet."
    assert check_all([], [C16]).reason == "Every rule is met."
