"""Sentences about combining units, read one way, two ways or not at all."""

import pytest

from quals.specification.findings import Findings
from quals.specification.rules import read_rules
from quals.specification.structure import Group, Place, Sentence, Structure

TOTAL = "Candidates must achieve a minimum of 20 credits:"
A1, A2 = "D/506/2153", "T/506/2952"
B1, B2, B3 = "F/506/2176", "R/506/2179", "L/506/2181"
C1, C2 = "M/506/1962", "T/506/1980"


def structure(*sentences, tails=()):
    """Three groups: A mandatory with 4 + 6 credits, B with 5 credits a unit, C with a unit of level 5."""
    rows = {
        "A": [(A1, 3, 4), (A2, 4, 6)],
        "B": [(B1, 3, 5), (B2, 4, 5), (B3, 4, 5)],
        "C": [(C1, 4, 3), (C2, 5, 4)],
    }
    groups = []
    for number, (code, units) in enumerate(rows.items(), start=101):
        title = f"Group {code} {'Mandatory' if code == 'A' else 'Optional'} Units"
        places = [Place(uan, f"Unit {uan}", level, credit, None, number, code) for uan, level, credit in units]
        groups.append(Group(code, title, number, places))
    printed = [Sentence(text, line) for line, text in enumerate(sentences, start=1)]
    printed += [Sentence(text, line, group) for group, text, line in tails]
    return Structure(groups, printed)


def read(*sentences, tails=()):
    findings = Findings()
    rules = read_rules(structure(*sentences, tails=tails), findings)
    return rules, findings.as_list()


def bounds(rules):
    return [(r["bound"], r["measure"], r["amount"], r["of"]) for r in rules]


MANDATORY = ("at_least", "units", 2, {"groups": ["A"]})
WHOLE = ("at_least", "credits", 20, {})


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


def test_one_unit_from_each_group_counts_the_mandatory_group_too():
    rules, _ = read(TOTAL, "At least one unit must be taken from each group.")
    assert [rule["of"]["groups"] for rule in rules if rule["amount"] == 1] == [["A"], ["B"], ["C"]]


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
    rules, findings = read(TOTAL, "9 credits from the mandatory units, plus")
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "error", "mandatory-credits-differ")]
    assert "9" in findings[0]["message"]
    assert "10" in findings[0]["message"]


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
