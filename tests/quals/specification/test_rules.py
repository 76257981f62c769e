"""Sentences about combining units, read one way, two ways or not at all."""

import pytest

from quals.specification.combining.rules import read_rules
from quals.specification.findings import Findings
from quals.specification.structures.structure import Group, Place, Sentence, Structure

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
WHOLE_40 = ("at_least", "credits", 40, {})


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


def numbered(*sentences, barred=None, level=None, title="", below=3):
    """Two mandatory units, then three optional groups of numbered units; unit 21 has a reference of its own."""
    rows = {
        "A": [("11", 3, 4), ("12", 4, 6)],
        "B": [("21", 3, 5), ("22", 4, 5), ("23", 4, 5), ("24", 3, 4)],
        "C": [("31", 4, 3), ("32", 5, 4)],
        "D": [("41", below, 6), ("42", 4, 6)],
    }
    groups = []
    for code, units in rows.items():
        group = Group(code, f"{'Mandatory' if code == 'A' else 'Optional'} Group {code}", 100)
        for at, (number, unit_level, credit) in enumerate(units, start=int(units[0][0]) * 10):
            uan = B1 if number == "21" else None
            place = Place(uan, f"Unit {number}", unit_level, credit, 10, at, code, number=number)
            place.barred = (barred or {}).get(number, [])
            group.places.append(place)
        groups.append(group)
    printed = [Sentence(text, line) for line, text in enumerate(sentences, start=1)]
    return Structure(groups, printed, title=title, level=level)


def read_numbered(*sentences, **more):
    findings = Findings()
    rules = read_rules(numbered("Total credits required: 40", *sentences, **more), findings)
    return rules[2:] if len(rules) > 2 else [], findings.as_list()


def exactly(level):
    return {"mode": "exactly", "value": level}


def or_above(level):
    return {"mode": "at_or_above", "value": level}


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


def test_credits_of_which_some_are_of_a_level_stay_in_their_group():
    rules, _ = read_numbered(
        "At least 14 credits from Group B, of which a minimum of 5 credits must be at level 4 or above"
    )
    assert bounds(rules) == [
        ("at_least", "credits", 14, {"groups": ["B"]}),
        ("at_least", "credits", 5, {"groups": ["B"], "level": or_above(4)}),
    ]


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
