"""Rules of combination out of sentences: what is one bound, what follows, what is doubted."""

import pytest

from tests.quals.specification.ruling import (
    B1,
    B2,
    MANDATORY,
    TOTAL,
    WHOLE,
    bounds,
    exactly,
    or_above,
    read,
    read_numbered,
)


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("a minimum of 10 credits from the Optional Group B", ("at_least", "credits", 10, {"groups": ["B"]})),
        ("At least 10 credits must come from Group B.", ("at_least", "credits", 10, {"groups": ["B"]})),
        ("plus 10 credits from Group B", ("at_least", "credits", 10, {"groups": ["B"]})),
        ("From Group B, at least two units must be taken.", ("at_least", "units", 2, {"groups": ["B"]})),
        ("at least 10 credits from Groups B and C", ("at_least", "credits", 10, {"groups": ["B", "C"]})),
        ("at least 10 credits from the optional units", ("at_least", "credits", 10, {"groups": ["B", "C"]})),
        (
            "A maximum of 3 credits can be from Optional Group C.",
            ("at_most", "credits", 3, {"groups": ["C"]}),
        ),
        ("No more than one unit may be taken from Group C.", ("at_most", "units", 1, {"groups": ["C"]})),
        (
            "At least 12 credits must be at Level 4 or above.",
            ("at_least", "credits", 12, {"level": {"mode": "at_or_above", "value": 4}}),
        ),
        (
            "A minimum of 5 credits from Group B must be at level 4.",
            ("at_least", "credits", 5, {"groups": ["B"], "level": {"mode": "exactly", "value": 4}}),
        ),
        (f"Only one of units {B1} and {B2} may be taken.", ("at_most", "units", 1, {"units": [B1, B2]})),
    ],
)
def test_a_sentence_is_one_bound(sentence, bound):
    rules, findings = read(TOTAL, sentence)
    assert WHOLE in bounds(rules)
    assert MANDATORY in bounds(rules)
    assert [b for b in bounds(rules) if b not in (WHOLE, MANDATORY)] == [bound]
    assert {rule["confidence"] for rule in rules} == {"printed"}
    assert findings == []


def test_one_unit_from_each_group_is_a_rule_a_group():
    rules, _ = read(TOTAL, "At least one unit must be taken from each optional group.")
    assert bounds(rules)[2:] == [
        ("at_least", "units", 1, {"groups": ["B"]}),
        ("at_least", "units", 1, {"groups": ["C"]}),
    ]


def test_one_unit_from_each_group_says_nothing_new_of_the_mandatory_group():
    rules, findings = read(TOTAL, "At least one unit must be taken from each group.")
    assert [rule["of"]["groups"] for rule in rules if rule["amount"] == 1] == [["B"], ["C"]]
    assert (rules[1]["amount"], rules[1]["of"], rules[1]["printed"]) == (2, {"groups": ["A"]}, [2, 101])
    assert findings == []


def test_two_bounds_in_one_sentence():
    rules, _ = read("Candidates must achieve at least 20 credits, of which at least 8 credits at Level 4 or above.")
    assert bounds(rules)[0] == WHOLE
    assert bounds(rules)[-1] == ("at_least", "credits", 8, {"level": {"mode": "at_or_above", "value": 4}})


@pytest.mark.parametrize("tail", ["complete all units", "all units must be completed", "all 2 units"])
def test_all_of_the_mandatory_group_names_its_row(tail):
    rules, findings = read(TOTAL, tails=[("A", tail, 101)])
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert rules[1]["printed"] == [101]
    assert findings == []


def test_a_rule_printed_twice_is_one_rule_with_two_lines():
    rules, _ = read(TOTAL, "at least 10 credits from Group B", tails=[("B", "a minimum of 10 credits", 102)])
    assert [r["printed"] for r in rules if r["of"] == {"groups": ["B"]}] == [[2, 102]]


def test_credits_of_the_mandatory_units_follow_from_all_of_them():
    rules, findings = read(TOTAL, "10 credits from the mandatory units, plus")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert rules[1]["printed"] == [2, 101]
    assert findings == []


def test_credits_of_the_mandatory_units_that_do_not_add_up_are_found():
    rules, findings = read(TOTAL, "Both mandatory units from Group A (9 credits)")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert rules[1]["confidence"] == "printed"
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "warning", "mandatory-credits-differ")]
    assert "9" in findings[0]["message"]
    assert "10" in findings[0]["message"]


def test_fewer_credits_than_the_mandatory_units_have_can_be_read_two_ways():
    rules, findings = read(TOTAL, "9 credits from the mandatory units, plus")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert rules[1]["confidence"] == "disputed"
    assert rules[1]["alternative"] == {"measure": "credits", "amount": 9, "of": {"groups": ["A"]}}
    assert {f["code"] for f in findings} == {"mandatory-credits-differ", "rule-disputed"}


def test_at_a_level_is_disputed_only_where_higher_units_can_be_chosen():
    disputed, findings = read(TOTAL, "A minimum of 8 credits must be at Level 4.")
    assert disputed[-1]["confidence"] == "disputed"
    assert disputed[-1]["alternative"]["of"] == {"level": {"mode": "at_or_above", "value": 4}}
    assert [f["code"] for f in findings] == ["rule-disputed"]
    sure, findings = read(TOTAL, "A minimum of 4 credits must be at Level 5.")
    assert sure[-1]["confidence"] == "printed"
    assert findings == []


def test_a_number_that_follows_is_no_rule():
    rules, findings = read(TOTAL, "The remaining 5 credits may be taken from any group.")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert [(f["severity"], f["code"]) for f in findings] == [("note", "rule-follows")]


@pytest.mark.parametrize(
    "sentence",
    [
        "A minimum of 10 credits must be from units marked with a star.",
        "At least 10 credits must not come from Group B.",
        "At least 10 credits must come from Group Z.",
        "At least 10 credits must be at level 3 or 4.",
        "Only one of units D/506/2153 and K/503/0418 may be taken.",
        "Group B units may only be taken with Group C units.",
        f"Unit {B1} must be taken before unit {B2}.",
        "All units except one must be taken.",
        "All three mandatory units must be taken.",
    ],
)
def test_a_sentence_that_cannot_be_read_is_an_error_not_a_guess(sentence):
    rules, findings = read(TOTAL, sentence)
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "error", "rule-unread")]


def test_ordinary_prose_is_no_rule():
    rules, findings = read("The structure is shown in the table.", TOTAL, "Ask the centre for advice.")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert findings == []


def test_a_rule_with_two_amounts_is_disputed_and_an_error():
    rules, findings = read(TOTAL, "at least 10 credits from Group B", "at least 15 credits from Group B")
    rule = rules[-1]
    assert (rule["amount"], rule["confidence"], rule["alternative"]["amount"]) == (10, "disputed", 15)
    assert {f["code"] for f in findings} == {"rule-contradicts", "rule-disputed"}


def test_a_rule_that_cannot_be_met_is_an_error():
    _, findings = read(TOTAL, "at least 16 credits from Group B")
    assert [(f["line"], f["code"]) for f in findings] == [(2, "rule-impossible")]


def test_a_structure_without_a_total_is_an_error():
    _, findings = read("at least 10 credits from Group B")
    assert [f["code"] for f in findings] == ["total-missing"]


def test_credits_of_which_some_are_of_a_level_stay_in_their_group():
    rules, _ = read_numbered(
        "At least 14 credits from Group B, of which a minimum of 5 credits must be at level 4 or above"
    )
    assert bounds(rules) == [
        ("at_least", "credits", 14, {"groups": ["B"]}),
        ("at_least", "credits", 5, {"groups": ["B"], "level": or_above(4)}),
    ]


def test_further_credits_that_follow_but_are_printed_stay_a_rule_with_a_note():
    rules, _ = read_numbered("A further 30 credits must be achieved")
    assert bounds(rules) == [("at_least", "credits", 30, {"groups": ["B", "C", "D"]})]
    assert "follows" in rules[0]["note"]
    _, findings = read_numbered("A further 29 credits must be achieved")
    assert [f["code"] for f in findings] == ["rule-unread"]


def test_what_remains_is_no_rule_but_its_limits_are():
    rules, findings = read_numbered(
        "A minimum of 14 credits from Group B",
        "The remaining 16 credits from any units of Group B or C, with no more than 4 credits at level 5",
        "The remaining 16 credits may be of Group B or C (no more than 3 credits may be of Group C).",
    )
    assert bounds(rules) == [
        ("at_least", "credits", 14, {"groups": ["B"]}),
        ("at_most", "credits", 3, {"groups": ["C"]}),
        ("at_most", "credits", 4, {"groups": ["B", "C"], "level": exactly(5)}),
    ]
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [
        (3, "note", "rule-follows"),
        (4, "note", "rule-follows"),
    ]


def test_what_remains_has_to_add_up():
    _, findings = read_numbered("A minimum of 14 credits from Group B", "The remaining 15 credits from Group B or C")
    assert [f["code"] for f in findings if f["severity"] == "warning"] == ["remaining-credits-differ"]
    assert "15" in findings[0]["message"]
    assert "16" in findings[0]["message"]


def test_a_unit_that_no_table_lists_is_left_out_of_its_rule():
    rules, findings = read_numbered("No more than two units may be taken from units 21, 22, 99 and 31")
    assert bounds(rules) == [("at_most", "units", 2, {"units": ["21", "22", "31"]})]
    assert rules[0]["confidence"] == "printed"
    assert [(f["line"], f["severity"], f["code"], f["subject"]) for f in findings] == [
        (2, "warning", "unit-unknown", "99")
    ]


def test_a_unit_that_no_table_lists_may_stand_for_the_missing_partner():
    pairs = {"21": ["31"], "31": ["21"], "22": ["32"], "32": ["22"], "23": ["42"], "42": ["23"]}
    rules, _ = read_numbered("No more than two units may be taken from units 21, 22, 29, 31, 32 and 42", barred=pairs)
    rule = next(rule for rule in rules if rule["amount"] == 2)
    assert rule["confidence"] == "disputed"
    assert rule["alternative"]["of"]["units"] == ["21", "22", "23", "31", "32", "42"]


def test_barred_units_of_the_tables_are_pairs_with_both_lines():
    rules, findings = read_numbered(barred={"22": ["32"], "32": ["22"], "23": ["42"], "24": ["77"]})
    assert [(b[2:], r["printed"]) for b, r in zip(bounds(rules), rules, strict=True)] == [
        ((1, {"units": ["22", "32"]}), [211, 311]),
        ((1, {"units": ["23", "42"]}), [212, 411]),
    ]
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [
        (212, "warning", "barred-one-sided"),
        (213, "warning", "barred-unknown"),
    ]


def test_a_minimum_below_the_level_of_the_qualification_is_disputed():
    rules, findings = read_numbered("At least 12 credits must be at level 3", level=4)
    assert rules[0]["alternative"] == {"amount": 12, "of": {"level": exactly(4)}}
    assert [f["code"] for f in findings] == ["level-below-qualification", "rule-disputed"]
    rules, findings = read_numbered("At least 12 credits must be at level 3 or above", level=4)
    assert rules[0]["confidence"] == "printed"


@pytest.mark.parametrize(
    "sentence",
    [
        "At least 10 credits must come from this group.",
        "A maximum of 6 credits",
        "Units 21, 22 and 31 cannot be taken together.",
        "All units must be completed.",
        "Both units from Group B",
        "Learners choose either Group C or Group D units.",
        "At least 10 credits from any other group",
        "No more than two units may be taken from units 97, 98 and 99",
        "At least 10 credits at level 3 to 4",
        "All units in Group Z",
        "At least 12 credits from the units in bold must be taken from Group B, not Group C",
    ],
)
def test_what_looks_like_a_rule_and_is_not_understood_is_an_error(sentence):
    rules, findings = read_numbered(sentence)
    assert rules == []
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "error", "rule-unread")]
    assert "2" in findings[0]["message"]


def test_a_sentence_understood_in_part_is_an_error_too():
    rules, findings = read_numbered("At least 10 credits from Group B and 5 credits must be fresh")
    assert bounds(rules) == [("at_least", "credits", 10, {"groups": ["B"]})]
    assert [f["code"] for f in findings] == ["rule-unread"]
