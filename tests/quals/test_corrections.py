"""Corrections applied to a pack: in what order they were made does not matter, and what was read is never lost."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.specification import validate
from quals.specification.review.corrections import Change, apply, identity_of, value_at
from quals.specification.review.doubts import dealt_with, path_of, put_to_rest, where_of
from quals.specification.review.paths import NoSuchPlace, has, label_of
from quals.specification.review.values import NotAllowed, added_value, corrected_value
from tests.quals.builders import QAN, a_pack, an_error

SETTLED = {"by": "Edda Itor", "on": "2026-01-02", "ground": "The organisation said so"}
RULES = f"qualifications/{QAN.replace('/', '-')}/rules"
GROUPS = f"qualifications/{QAN.replace('/', '-')}/groups"


def change(path, value, *, kind="corrected", pack=None, read="look"):
    if read == "look":
        read = value_at(pack or a_pack(), path) if kind != "added" else None
    return Change(path, kind, value, read, **SETTLED)


POSSIBLE = [
    change("units/1/title", "Grow thyme"),
    change("units/1/credit", 7),
    change("units/2/uan", None),
    change("units/1/strategy/simulation", "not_allowed"),
    change("units/1/outcomes/1/text", "Know what is under the herbs"),
    change("units/1/outcomes/1/criteria/1.1/text", "Name four kinds of soil"),
    change("units/1/outcomes/1/criteria/1.1/code", "1.9"),
    change("units/1/outcomes/1/criteria/1.2", None, kind="left_out"),
    change("units/1/outcomes/1/criteria/1.3", {"text": "Say what a worm does"}, kind="added"),
    change("units/1/outcomes/1/criteria/1.10", {"text": "Say what a mole does"}, kind="added"),
    change("units/1/outcomes/3", {"text": "Be able to weed", "kind": "performance"}, kind="added"),
    change("units/1/outcomes/3/criteria/3.1", {"text": "Weed a bed"}, kind="added"),
    change("units/2/evidence_requirements/1/choose", None),
    change("units/2/evidence_requirements/2", None, kind="left_out"),
    change(f"{GROUPS}/B/title", "Group B Choice"),
    change(f"{GROUPS}/B/units/3", None, kind="left_out"),
    change(f"{GROUPS}/B/units/2/registered_from", "2021-01-01"),
    change(f"{GROUPS}/A/units/3", {}, kind="added"),
    change(f"{RULES}/R1", {"bound": "at_least", "measure": "credits", "amount": 5, "of": {}}),
    change(f"{RULES}/R2", None, kind="left_out"),
    change(f"{RULES}/R3", "other", kind="settled"),
    change(
        f"{RULES}/R4",
        {"bound": "at_most", "measure": "units", "amount": 1, "of": {"units": ["2", "3"]}, "printed": [3]},
        kind="added",
    ),
]
some_changes = st.lists(st.sampled_from(POSSIBLE), unique_by=lambda each: each.path)
# In the order of their paths a criterion never comes before the outcome that was added for it.
whole_changes = some_changes.map(
    lambda found: [each for each in found if "outcomes/3/" not in each.path or _outcome_of(each, found)]
)


def _outcome_of(criterion, found):
    return any(each.path == "units/1/outcomes/3" for each in found)


@settings(max_examples=150, deadline=None)
@given(whole_changes, st.randoms())
def test_corrections_are_pure_repeatable_and_independent_of_their_order(changes, random):
    pack = a_pack()
    before = copy.deepcopy(pack)
    corrected = apply(pack, changes)
    assert pack == before
    assert (corrected.unplaced, corrected.outdated) == ([], [])
    validate(corrected.pack)
    assert apply(pack, changes + changes) == corrected
    shuffled = list(changes)
    random.shuffle(shuffled)
    assert apply(pack, shuffled) == corrected


@settings(max_examples=100, deadline=None)
@given(whole_changes)
def test_taking_everything_back_gives_the_pack_that_was_read(changes):
    pack = a_pack()
    undone = [
        Change(each.path, "corrected" if has(pack, each.path) else "added", value, value)
        for each in changes
        for value in [value_at(pack, each.path) if has(pack, each.path) else None]
    ]
    assert apply(pack, [*changes, *undone]).pack == pack


def test_of_one_path_the_latest_correction_holds():
    path = "units/1/title"
    corrected = apply(a_pack(), [change(path, "First"), change(path, "Second")])
    assert value_at(corrected.pack, path) == "Second"


def test_what_is_added_stands_in_the_order_of_its_code():
    added = [each for each in POSSIBLE if each.kind == "added"]
    pack = apply(a_pack(), added).pack
    outcomes = pack["units"][0]["outcomes"]
    assert [[criterion["code"] for criterion in outcome["criteria"]] for outcome in outcomes] == [
        ["1.1", "1.2", "1.3", "1.10"],
        ["2.1"],
        ["3.1"],
    ]
    assert [rule["id"] for rule in pack["qualifications"][0]["rules"]] == ["R1", "R2", "R3", "R4"]
    assert pack["qualifications"][0]["rules"][3]["confirmed"] == SETTLED


def test_a_rule_settled_the_other_way_keeps_both_readings_and_who_decided():
    rule = value_at(apply(a_pack(), [change(f"{RULES}/R3", "other", kind="settled")]).pack, f"{RULES}/R3")
    assert rule["of"] == {"level": {"mode": "at_or_above", "value": 2}}
    assert rule["alternative"] == {"of": {"level": {"mode": "exactly", "value": 2}}}
    assert (rule["confidence"], rule["confirmed"]) == ("confirmed", SETTLED)


def test_a_correction_of_what_is_read_otherwise_by_now_holds_and_is_a_warning():
    path = "units/1/outcomes/1/criteria/1.1/text"
    pack = a_pack()
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = "Name five kinds of soil"
    corrected = apply(pack, [change(path, "Name four kinds of soil")])
    assert value_at(corrected.pack, path) == "Name four kinds of soil"
    assert corrected.outdated == [path]
    (finding,) = corrected.pack["findings"]
    assert (finding["severity"], finding["code"]) == ("warning", "correction-of-something-else")
    assert finding["subject"] == "unit 1, 1.1, text"
    validate(corrected.pack)


def test_a_correction_that_is_read_so_by_now_is_no_doubt():
    path = "units/1/title"
    pack = a_pack()
    pack["units"][0]["title"] = "Grow thyme"
    corrected = apply(pack, [change(path, "Grow thyme")])
    assert (corrected.outdated, corrected.pack) == ([], pack)


def test_another_line_number_makes_no_correction_of_a_rule_outdated():
    pack = a_pack()
    pack["qualifications"][0]["rules"][2]["printed"] = [9]
    assert apply(pack, [change(f"{RULES}/R3", "read", kind="settled")]).outdated == []


@pytest.mark.parametrize(
    "lost",
    [
        change("units/1/outcomes/2/criteria/2.1/text", "Sow two rows"),
        change("units/1/outcomes/2/criteria/2.1", None, kind="left_out"),
        Change("units/1/outcomes/2/criteria/2.2", "added", {"text": "Sow more"}, None, **SETTLED),
    ],
)
def test_a_correction_whose_place_is_gone_changes_nothing_and_is_a_warning(lost):
    pack = a_pack()
    del pack["units"][0]["outcomes"][1]
    corrected = apply(pack, [lost])
    assert corrected.unplaced == [lost.path]
    assert corrected.pack["units"] == pack["units"]
    assert [finding["code"] for finding in corrected.pack["findings"]] == ["correction-without-place"]


def test_the_other_reading_of_a_rule_that_has_none_any_more_is_a_warning():
    pack = a_pack()
    rule = pack["qualifications"][0]["rules"][2]
    del rule["alternative"]
    rule["confidence"] = "printed"
    corrected = apply(pack, [change(f"{RULES}/R3", "other", kind="settled")])
    assert corrected.unplaced == [f"{RULES}/R3"]
    assert corrected.pack["qualifications"] == pack["qualifications"]


@pytest.mark.parametrize(
    "path",
    ["", "units", "format", "findings", "units/77/title", "units/1/colour", "units/1/title/x", f"{GROUPS}/B/units/9"],
)
def test_a_path_that_names_nothing_names_nothing(path):
    with pytest.raises(NoSuchPlace):
        value_at(a_pack(), path)


def test_a_key_with_strokes_is_one_part_of_a_path():
    pack = a_pack()
    pack["units"][0] |= {"key": "A/500/0001"}
    assert value_at(pack, "units/A-500-0001/title") == "Grow herb 1"
    assert value_at(pack, f"qualifications/{QAN.replace('/', '-')}/level") == 2
    assert label_of(f"{RULES}/R3") == f"{QAN}, rule R3"


@pytest.mark.parametrize(
    ("subject", "path"),
    [
        ("unit 1, 1.1", "units/1/outcomes/1/criteria/1.1"),
        ("unit 1, 1.7", "units/1/outcomes/1/criteria/1.7"),
        ("unit 1, outcome 2", "units/1/outcomes/2"),
        ("unit 1, requirement 2", "units/1/evidence_requirements/2"),
        ("unit 1", "units/1"),
        ("A/500/0002", "units/2"),
        ("unit A/500/0002, 2.1", "units/2/outcomes/2/criteria/2.1"),
        ("R3", f"{RULES}/R3"),
        (f"{QAN}, rule R3", f"{RULES}/R3"),
        ("group B", f"{GROUPS}/B"),
        (QAN, RULES.removesuffix("/rules")),
        ("rules of combination", None),
        ("unit 77, 1.1", None),
        ("outside units", None),
        ("", None),
    ],
)
def test_a_finding_is_about_what_its_subject_names(subject, path):
    finding = an_error(subject=subject)
    assert path_of(a_pack(), finding) == path
    named = {"rules of combination": "structure"}.get(subject, "document")
    expected = named if path is None else "unit" if path.startswith("units") else "structure"
    assert where_of(path, finding) == expected


def test_a_finding_of_a_number_that_two_units_share_is_about_neither():
    pack = a_pack()
    pack["units"][1]["uan"] = pack["units"][0]["uan"]
    assert path_of(pack, an_error(subject="A/500/0001")) is None


@pytest.mark.parametrize(
    ("code", "subject", "path", "kind", "deals"),
    [
        ("criterion-text-missing", "unit 1, 1.1", "units/1/outcomes/1/criteria/1.1/text", "corrected", True),
        ("criterion-text-missing", "unit 1, 1.1", "units/1/outcomes/1/criteria/1.1/code", "corrected", False),
        ("criterion-text-missing", "unit 1, 1.1", "units/1/outcomes/1/criteria/1.1", "left_out", True),
        ("criterion-text-missing", "unit 1, 1.1", "units/1/outcomes/1/criteria/1.2/text", "corrected", False),
        ("criterion-missing", "unit 1, 1.3", "units/1/outcomes/1/criteria/1.3", "added", True),
        ("outcome-empty", "unit 1, outcome 2", "units/1/outcomes/2/criteria/2.2", "added", True),
        ("outcome-empty", "unit 1, outcome 2", "units/1/outcomes/2/criteria/2.1/text", "corrected", False),
        ("outcome-title-damaged", "unit 1, outcome 2", "units/1/outcomes/2/text", "corrected", True),
        ("outcome-title-damaged", "unit 1, outcome 2", "units/1/outcomes/2/kind", "corrected", False),
        ("simulation-exception", "unit 1", "units/1/strategy/simulation", "corrected", True),
        ("title-differs", "unit 1", "units/1/title", "corrected", True),
        ("title-differs", "unit 1", "units/1/credit", "corrected", False),
        ("text-left-over", "unit 1", "units/1/outcomes/1/criteria/1.1/text", "corrected", False),
        ("unit-page-missing", "unit 1", "units/1/title", "corrected", False),
        ("rule-disputed", "R3", f"{RULES}/R3", "settled", True),
        ("rule-disputed", "R3", f"{RULES}/R1", "corrected", False),
    ],
)
def test_a_correction_deals_with_what_is_doubted_of_that_very_thing(code, subject, path, kind, deals):
    made = Change(path, kind, "new", "old", **SETTLED)
    finding = an_error(code=code, subject=subject)
    assert (dealt_with(a_pack(), finding, [made]) is made) == deals


def test_what_was_resolved_stays_so_and_says_by_whom():
    resolved, dealt, standing = an_error(), an_error(subject="unit 1, 1.2"), an_error(subject="unit 1, 2.1")
    found = put_to_rest(
        [resolved, dealt, standing],
        a_pack(),
        [change("units/1/outcomes/1/criteria/1.2/text", "Typed")],
        {identity_of(resolved): SETTLED | {"ground": "It is there on paper"}},
    )
    assert [finding.get("resolved", {}).get("ground") for finding in found] == [
        "It is there on paper",
        SETTLED["ground"],
        None,
    ]


def test_a_doubt_is_the_same_however_it_is_worded():
    assert identity_of(an_error(message="Other words")) == identity_of(an_error())
    for other in ({"line": 8}, {"severity": "warning"}, {"code": "x"}, {"subject": "unit 2, 1.1"}):
        assert identity_of(an_error(**other)) != identity_of(an_error())


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("units/1/credit", " 5 ", 5),
        ("units/1/glh", "", None),
        ("units/1/title", "  Grow \n thyme ", "Grow thyme"),
        ("units/1/uan", "A/500/0009", "A/500/0009"),
        ("units/1/outcomes/1/criteria/1.1/code", "1.12", "1.12"),
        ("units/1/evidence_requirements/1/choose", "all", "all"),
        ("units/1/evidence_requirements/1/choose", "2", 2),
        ("units/1/evidence_requirements/1/of", "thyme\n\n sage ", ["thyme", "sage"]),
        (f"{GROUPS}/B/units/2/registered_from", "2021-02-03", "2021-02-03"),
    ],
)
def test_a_value_is_taken_as_it_stands_in_a_pack(path, typed, value):
    assert corrected_value(path, typed) == value


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("units/1/credit", "0", "A credit is a whole number, 1 or more."),
        ("units/1/credit", "2.5", "A credit is a whole number"),
        ("units/1/credit", "٣", "A credit is a whole number"),
        ("units/1/credit", True, "A credit is a whole number"),
        ("units/1/level", "9", "from 0 to 8"),
        ("units/1/glh", "many", "Hours are a whole number"),
        ("units/1/uan", "A5000001", "A/123/4567"),
        ("units/1/title", " ", "1 to 300 characters"),
        ("units/1/title", "x" * 301, "1 to 300 characters"),
        ("units/1/kind", "nice", "Choose one of: competence, knowledge, combined."),
        ("units/1/outcomes/1/criteria/1.1/text", "", "cannot be empty"),
        ("units/1/outcomes/1/criteria/1.1/code", "1a", "written like 1.2"),
        ("units/1/evidence_requirements/1/choose", "0", "1 or more"),
        ("units/1/evidence_requirements/1/of", 5, "one entry"),
        (f"{GROUPS}/B/units/2/registered_from", "2021-02-30", "2026-09-30"),
        (f"{RULES}/R1", {"bound": "at_least"}, "A rule says"),
        (f"{RULES}/R1", {"bound": "near", "measure": "credits", "amount": 1, "of": {}}, "at least"),
        (f"{RULES}/R1", {"bound": "at_least", "measure": "credits", "amount": -1, "of": {}}, "0 or more"),
        (f"{RULES}/R1", {"bound": "at_least", "measure": "credits", "amount": 1, "of": []}, "choice of groups"),
        ("units/1/key", "9", "cannot be corrected here"),
        ("units/1/line", "9", "cannot be corrected here"),
    ],
)
def test_a_value_that_cannot_stand_there_is_told_in_one_sentence(path, typed, told):
    with pytest.raises(NotAllowed, match=told):
        corrected_value(path, typed)


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("units/1/outcomes/1/criteria/one", {"text": "Dig"}, "written like 1.2"),
        ("units/1/outcomes/0", {"text": "Dig", "kind": "performance"}, "whole number"),
        ("units/1/outcomes/3", {"text": "Dig", "kind": ""}, "Choose one of"),
        ("units/1/outcomes/1/criteria/1.3", {"text": ""}, "cannot be empty"),
        ("units/9", {"title": "Dig"}, "cannot be corrected here"),
        ("units/1/outcomes/1/criteria/1.3", "Dig", "cannot be corrected here"),
        (f"{RULES}/R9", {"bound": "at_least", "measure": "credits", "amount": 1, "of": {}}, "Name the line"),
    ],
)
def test_what_cannot_be_added_is_told_in_one_sentence(path, typed, told):
    with pytest.raises(NotAllowed, match=told):
        added_value(path, typed)


def test_what_was_added_and_is_read_by_now_stands_once():
    added = Change("units/1/outcomes/1/criteria/1.2", "added", {"text": "Say which soil drains well"}, None, **SETTLED)
    corrected = apply(a_pack(), [added])
    assert (corrected.pack, corrected.outdated) == (a_pack(), [])


def test_what_was_added_in_other_words_than_it_is_read_by_now_holds_and_is_a_warning():
    path = "units/1/outcomes/1/criteria/1.2"
    corrected = apply(a_pack(), [Change(path, "added", {"text": "Say which soil is wet"}, None, **SETTLED)])
    assert value_at(corrected.pack, path)["text"] == "Say which soil is wet"
    assert corrected.outdated == [path]


def test_an_evidence_requirement_is_added_behind_those_before_it():
    path = "units/1/evidence_requirements/3"
    corrected = apply(a_pack(), [Change(path, "added", {"text": "In the rain", "kind": "context"}, None, **SETTLED)])
    assert corrected.pack["units"][0]["evidence_requirements"][2] == {
        "number": 3,
        "kind": "context",
        "text": "In the rain",
    }
    validate(corrected.pack)


def test_a_place_for_a_unit_that_the_pack_does_not_hold_is_a_warning():
    path = f"{GROUPS}/A/units/77"
    assert apply(a_pack(), [Change(path, "added", {}, None, **SETTLED)]).unplaced == [path]


def test_a_rule_of_two_qualifications_is_the_one_that_is_printed_in_that_line():
    pack = a_pack()
    other = copy.deepcopy(pack["qualifications"][0]) | {"qan": "999/0002/7"}
    other["rules"][2]["printed"] = [44]
    pack["qualifications"].append(other)
    assert path_of(pack, an_error(subject="R3", line=44)) == "qualifications/999-0002-7/rules/R3"
    assert path_of(pack, an_error(subject="R3", line=2)) == f"{RULES}/R3"
    assert path_of(pack, an_error(subject="R3", line=7)) is None
    assert path_of(pack, an_error(subject="999/0002/7, R3", line=7)) == "qualifications/999-0002-7/rules/R3"
