"""Rules that can be read two ways (CAT-6): what a verdict says of the other reading."""

from itertools import product

import pytest
from hypothesis import given

from quals.combination import Rule, Unit
from tests.quals.combination.oracle import check_all, doubtful, examples, good_choices

B20 = Rule("B", "at_least", "credits", 20, groups=frozenset("B"))
LEVEL = {"id": "L", "bound": "at_least", "measure": "credits", "amount": 10, "confidence": "disputed"}
EXACTLY_4 = {"level": {"mode": "exactly", "value": 4}}
FROM_4_UP = {"level": {"mode": "at_or_above", "value": 4}}


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
    verdict = check_all([Unit("a", amount, unit_level)], [rule])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (passes, disputed, differs)
    assert ("read the other way, these units would be enough" in verdict.reason) == differs


def test_cat_6_a_pass_that_the_other_reading_refuses_differs():
    rule = Rule.from_pack({**LEVEL, "of": FROM_4_UP, "alternative": {"of": EXACTLY_4}})
    verdict = check_all([Unit("a", 10, 5)], [rule])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (True, True, True)


def test_cat_6_pass_is_the_same_where_another_choice_suits_the_other_reading():
    rule = Rule.from_pack({**LEVEL, "of": FROM_4_UP, "alternative": {"of": EXACTLY_4}})
    verdict = check_all([Unit("a", 10, 5), Unit("b", 10, 4)], [rule])
    assert (verdict.counted, verdict.disputed, verdict.differs) == (("a",), True, False)
    assert "the same either way" in verdict.reason


def test_cat_6_a_fail_for_another_reason_does_not_rest_on_the_disputed_rule():
    rule = Rule.from_pack({**LEVEL, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}})
    verdict = check_all([Unit("a", 10, 5)], [rule, B20])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (False, False, False)


def test_cat_6_a_confirmed_reading_is_no_longer_disputed():
    data = {**LEVEL, "of": EXACTLY_4, "alternative": {"of": FROM_4_UP}, "confidence": "confirmed"}
    verdict = check_all([Unit("a", 10, 5)], [Rule.from_pack(data)])
    assert (verdict.passes, verdict.disputed, verdict.differs) == (False, False, False)


@pytest.mark.usefixtures("engine")
@examples(60)
@given(doubtful())
def test_cat_6_differs_exactly_where_some_combination_of_readings_does(case):
    units, rules = case
    verdict = check_all(units, rules)
    readings = [(rule, rule.alternative) if rule.alternative else (rule,) for rule in rules]
    verdicts = {bool(good_choices(units, reading)) for reading in product(*readings)}
    assert verdict.differs == (len(verdicts) > 1)
    assert verdict.passes in verdicts


@pytest.mark.usefixtures("engine")
@examples(60)
@given(doubtful())
def test_cat_6_says_what_each_other_reading_gives_and_whether_the_verdict_rests_on_one(case):
    units, rules = case
    verdict = check_all(units, rules)
    for i, rule in enumerate(rules):
        if rule.alternative:
            other = [*rules[:i], rule.alternative, *rules[i + 1 :]]
            assert verdict.other_readings[rule.id] == bool(good_choices(units, other))
    settled = [rule for rule in rules if not rule.alternative]
    assert set(verdict.other_readings) == {rule.id for rule in rules} - {rule.id for rule in settled}
    assert verdict.disputed == (len(settled) < len(rules) and bool(good_choices(units, settled)))
    assert ("two ways" in verdict.reason) == verdict.disputed


def test_cat_6_other_readings_are_told_one_by_one():
    from_4_up = Rule("L", "at_least", "credits", 10, level=("at_or_above", 4))
    rule = Rule("L", "at_least", "credits", 10, level=("exactly", 4), confidence="disputed", alternative=from_4_up)
    verdict = check_all([Unit("a", 10, 5)], [rule, Rule("T", "at_least", "credits", 5)])
    assert (verdict.passes, verdict.other_readings) == (False, {"L": True})
