"""The same rules in the many phrasings of awarding organisations, and prose that is no rule."""

import pytest

from quals.specification.combining.rules import read_rules
from quals.specification.findings import Findings
from tests.quals.specification.ruling import (
    B1,
    MANDATORY,
    TOTAL,
    WHOLE,
    bounds,
    exactly,
    numbered,
    or_above,
    read,
    read_numbered,
)

WHOLE_40 = ("at_least", "credits", 40, {})
VARIED = [
    ("A **minimum** of **12 credits** from **Group B**", ("at_least", "credits", 12, {"groups": ["B"]})),
    ("A minimum of 12\u00a0credits from  Group B units;", ("at_least", "credits", 12, {"groups": ["B"]})),
    ("No fewer than 12 credits must be taken from Group B or C", ("at_least", "credits", 12, {"groups": ["B", "C"]})),
    (
        "Learners must gain at least 12 credits from Groups B, C and D.",
        ("at_least", "credits", 12, {"groups": ["B", "C", "D"]}),
    ),
    ("at least 12 credits from Group B and Group D", ("at_least", "credits", 12, {"groups": ["B", "D"]})),
    (
        "Minimum number of optional credits to be achieved: Group B/C 12",
        ("at_least", "credits", 12, {"groups": ["B", "C"]}),
    ),
    ("Minimum number of credits at level 4 or above: 20", ("at_least", "credits", 20, {"level": or_above(4)})),
    ("Minimum credits at Level 4 or higher: 20", ("at_least", "credits", 20, {"level": or_above(4)})),
    ("Maximum number of credits from Group C: 6", ("at_most", "credits", 6, {"groups": ["C"]})),
    ("No more than 6 credits may come from Group C", ("at_most", "credits", 6, {"groups": ["C"]})),
    ("Up to 6 credits can be taken from Group C.", ("at_most", "credits", 6, {"groups": ["C"]})),
    ("At least two units from Group B", ("at_least", "units", 2, {"groups": ["B"]})),
    ("Candidates must complete 3 units from Optional Group B.", ("at_least", "units", 3, {"groups": ["B"]})),
    ("Two of the units must be taken from Group D", ("at_least", "units", 2, {"groups": ["D"]})),
    (
        "No more than three units may be taken from units 21, 22 ,31,32 and 42",
        ("at_most", "units", 3, {"units": ["21", "22", "31", "32", "42"]}),
    ),
    ("Only one of the following units may be taken: 22, 32", ("at_most", "units", 1, {"units": ["22", "32"]})),
    ("Only two of units 22, 31 or 32 can be counted.", ("at_most", "units", 2, {"units": ["22", "31", "32"]})),
    (f"Only one of units {B1} and 22 may be taken.", ("at_most", "units", 1, {"units": ["21", "22"]})),
    ("Unit 22 cannot be taken with unit 32", ("at_most", "units", 1, {"units": ["22", "32"]})),
    ("Units 22 and 32 may not be combined together", ("at_most", "units", 1, {"units": ["22", "32"]})),
    ("Units 22 and 32 are barred combinations", ("at_most", "units", 1, {"units": ["22", "32"]})),
    (
        "A maximum of 6 credits from Group C and D at level 5",
        ("at_most", "credits", 6, {"groups": ["C", "D"], "level": exactly(5)}),
    ),
]


@pytest.mark.parametrize(("sentence", "bound"), VARIED, ids=[sentence[:50] for sentence, _ in VARIED])
def test_the_same_bounds_in_many_phrasings(sentence, bound):
    rules, findings = read_numbered(sentence)
    assert bounds(rules) == [bound]
    assert findings == []


OPTIONAL = {"groups": ["B", "C", "D"]}
AWARDING_BODIES = [
    ("at least 20 credits from Groups B, C and D together", [("at_least", "credits", 20, OPTIONAL)]),
    ("a combined total of at least 20 credits from Groups B, C and D", [("at_least", "credits", 20, OPTIONAL)]),
    (
        "Learners must achieve 10 credits from the mandatory units (11–12) and a minimum of 20 credits from the"
        " optional units available.",
        [("at_least", "credits", 20, OPTIONAL)],
    ),
    (
        "Learners must meet a minimum credit value of 40 credits, 10 from mandatory units, and 20 from optional units.",
        [("at_least", "credits", 20, OPTIONAL)],
    ),
    ("Candidates must complete the Mandatory units plus any 3 Optional units.", [("at_least", "units", 3, OPTIONAL)]),
    (
        "At least 16 credits from the mandatory and optional units must be at level 3 or above.",
        [("at_least", "credits", 16, {"level": or_above(3)})],
    ),
    ("twenty-one (21) credits from Groups B, C and D", [("at_least", "credits", 21, OPTIONAL)]),
    (
        "At least two units from Group B, one of which must be unit 21.",
        [("at_least", "units", 2, {"groups": ["B"]}), ("at_least", "units", 1, {"groups": ["B"], "units": ["21"]})],
    ),
    ("The qualification consists of 2 mandatory units and 8 optional units.", []),
    ("A maximum of 10 credits at Level 3 may come from Groups B, C and D.",
     [("at_most", "credits", 10, OPTIONAL | {"level": exactly(3)})]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"), AWARDING_BODIES, ids=[sentence[:50] for sentence, _ in AWARDING_BODIES]
)
def test_sentences_as_awarding_bodies_print_them(sentence, expected):
    findings = Findings()
    rules = read_rules(numbered("Total credits required: 40", sentence), findings)
    assert sorted(map(str, bounds(rules))) == sorted(map(str, [WHOLE_40, MANDATORY, *expected]))
    assert {rule["confidence"] for rule in rules} == {"printed"}
    assert findings.as_list() == []


def test_numbers_of_units_that_are_not_those_of_the_tables_are_looked_at():
    rules, findings = read_numbered("This group holds 12 units.")
    assert rules == []
    assert [f["code"] for f in findings] == ["rule-unread"]


TWO = [
    ("between 5 and 10 credits from Group B", [("at_least", 5, ["B"]), ("at_most", 10, ["B"])]),
    ("at least 5 credits and no more than 10 credits from Group B", [("at_least", 5, ["B"]), ("at_most", 10, ["B"])]),
    (
        "From Group B, at least 5 credits and a maximum of 10 credits must be taken",
        [("at_least", 5, ["B"]), ("at_most", 10, ["B"])],
    ),
    ("14 credits from Group B, plus 6 credits from Group D", [("at_least", 14, ["B"]), ("at_least", 6, ["D"])]),
    (
        "A minimum of 14 credits from Group B and a maximum of 4 credits from Group C.",
        [("at_least", 14, ["B"]), ("at_most", 4, ["C"])],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), TWO)
def test_two_bounds_of_one_sentence_keep_their_groups(sentence, expected):
    rules, findings = read_numbered(sentence)
    assert [(r["bound"], r["amount"], r["of"]["groups"]) for r in rules] == expected
    assert findings == []


def test_the_title_of_the_qualification_is_no_part_of_its_rules():
    sentence = "To gain the Level 4 Award in Kite Repair candidates need **40** credits, of which a minimum of"
    sentence += " 9 credits must be at level 5."
    findings = Findings()
    rules = read_rules(numbered(sentence, title="Level 4 Award in Kite Repair", level=4), findings)
    assert bounds(rules)[0] == ("at_least", "credits", 40, {})
    assert bounds(rules)[-1] == ("at_least", "credits", 9, {"level": exactly(5)})
    assert [rule["printed"] for rule in rules] == [[1], [100], [1]]


@pytest.mark.parametrize(
    "sentence",
    [
        "Minimum Credit Value: 40",
        "Number of credits that must be achieved: 40",
        "Total credits required: 40",
        "Minimum total credits: 40",
        "Candidates must achieve a total of 40 credits",
        "The learner must gain a minimum of **40 credits**",
        "Learners need 40 credits overall.",
    ],
)
def test_a_total_in_many_phrasings(sentence):
    findings = Findings()
    rules = read_rules(numbered(sentence), findings)
    assert bounds(rules)[0] == ("at_least", "credits", 40, {})
    assert len(rules) == 2
    assert findings.as_list() == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Both mandatory units from Group A (10 credits)",
        "Both mandatory units from Group A units(10 credits)",
        "Both of the mandatory units must be achieved (10 credits).",
        "All units from Group A",
        "All mandatory units must be completed",
        "Learners must complete all of Group A.",
        "Number of mandatory credits that must be achieved: Group A 10",
        "Candidates must gain **10 credits** from the **Mandatory Units**.",
        "Two mandatory units from Group A",
    ],
)
def test_all_mandatory_units_in_many_phrasings(sentence):
    findings = Findings()
    rules = read_rules(numbered("Total credits required: 40", sentence), findings)
    assert bounds(rules)[1:] == [MANDATORY]
    assert rules[1]["printed"] == [2, 100]
    assert findings.as_list() == []


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("one unit from each of Groups B, C and D", ["B", "C", "D"]),
        ("A minimum of one unit must be taken from each of groups B and D", ["B", "D"]),
        ("at least one unit from each optional group", ["B", "C", "D"]),
        ("At least one unit from every one of the three optional groups", ["B", "C", "D"]),
        (
            "A further **30 credits** must be gained by taking **at least one unit** from each **Optional Group**.",
            ["B", "C", "D"],
        ),
    ],
)
def test_one_unit_from_each_group_in_many_phrasings(sentence, codes):
    rules, findings = read_numbered(sentence)
    assert [r["of"]["groups"] for r in rules if r["measure"] == "units"] == [[code] for code in codes]
    assert {r["amount"] for r in rules if r["measure"] == "units"} == {1}
    assert findings == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Candidates must achieve;",
        "The requirements below are to be met before anybody gets an award.",
        "The chart below shows unit titles and the credits of every unit.",
        "The table on page 7 shows all units with their credits.",
        "Level 4 Award in Kite Repair",
        "All optional units are listed below.",
    ],
)
def test_prose_beside_the_rules_is_no_rule(sentence):
    rules, findings = read_numbered(sentence, title="Level 4 Award in Kite Repair")
    assert rules == []
    assert findings == []


def test_a_hostile_sentence_is_read_in_no_time():
    rules, findings = read_numbered("credits and units at level 3 or " * 5000, "12 credits, " * 150)
    assert rules == []
    assert {f["code"] for f in findings} == {"rule-unread"}


def test_a_bare_number_behind_the_title_of_a_group_is_an_error():
    rules, findings = read(TOTAL, tails=[("B", "minimum 9", 102)])
    assert bounds(rules) == [WHOLE, MANDATORY]
    assert [(f["line"], f["code"]) for f in findings] == [(102, "rule-unread")]


@pytest.mark.parametrize("tail", ["in any order", "and are internally assessed"])
def test_all_units_with_more_words_behind_are_never_dropped_in_silence(tail):
    _, findings = read(TOTAL, f"All mandatory units must be completed {tail}.")
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "error", "rule-unread")]
