"""A unit's outcomes and criteria in every form of table, and what is said of pages that were damaged."""

import pytest

from quals.specification.criteria.criteria import read_outcomes
from quals.specification.findings import Findings
from quals.specification.read import Line

FORMS = {
    "paragraphs": "<p>1 Know paint</p>\t<p>1.1 Name a paint</p> <p>1.2 Name two paints</p>",
    "run_together": "1 Know paint\t1.1 Name a paint 1.2 Name two paints",
    "without_spaces": "1 Know paint\t1.1Name a paint 1.2Name two paints",
    "full_stops_after_codes": "1. Know paint\t1.1. Name a paint\n\t1.2. Name two paints",
    "two_columns": "1 Know paint\t1.1 Name a paint\n\t1.2 Name two paints",
    "four_columns": "1\tKnow paint\t1.1\tName a paint\n\t\t1.2\tName two paints",
    "three_columns": "1\t\tKnow paint\n\t1.1\tName a paint\n\t1.2\tName two paints",
    "code_in_the_title_s_row": "1\tKnow paint\t1.1 Name a paint\n\t1.2\tName two paints",
    "code_in_the_title_s_column": "1\tKnow paint\t1.1\tName a paint\n\t1.2\tName two paints\t",
    "pipes": "| 1 | Know paint | 1.1 | Name a paint |\n|---|---|---|---|\n| | | 1.2 | Name two paints |",
    "pipes_in_a_bullet": (
        "- | 1 | | Know paint |\n  |---|---|---|\n  | | 1.1 | Name a paint |\n  | | 1.2 | Name two paints |"
    ),
    "bullets": "- 1 Know paint\n- 1.1 Name a paint\n- 1.2 Name two paints",
    "bare_lines": "1 Know paint\n\n1.1 Name a paint\n1.2 Name two paints",
    "swallowed": "1 Know paint 1.1 Name a paint\n1.2 Name two paints",
    "labelled_rows": (
        "Learning outcome\tThe learner will:\n1\tKnow paint\nAssessment criteria\t\nThe learner can:\t\n"
        "1.1 Name a paint\t\n1.2 Name two paints\t"
    ),
    "labelled_cell": (
        "Learning outcome\tThe learner will:\n\t1 Know paint\nAssessment criteria\t\n"
        '<p>The learner can:</p> <ul style="x"> 1.1 Name a paint 1.2 Name two paints\t'
    ),
    "headed": (
        "Outcome 1: Know paint**Assessment Criteria**\n\nThe learner can:\n\n- 1.1 Name a paint\n- 1.2 Name two paints"
    ),
    "headed_in_marks": (
        "### **Outcome 1: \u00a0\u00a0 Know paint**\n\nThe learner can:\n\n"
        "- 1.1 \u00a0 Name a paint\n- 1.2 \u00a0 Name two paints"
    ),
    "counted": "#### **Outcome 1: Know paint**\n\nThe learner can:\n\n1. Name a paint\n2. Name two paints",
}
BREAKS = {
    "two_lines": "**Learning Outcome - The learner will:**\n\n**Assessment Criterion - The learner can:**\n",
    "run_together": "**Learning Outcome - The learner will:****Assessment Criterion - The learner can:**\n",
    "row": "Learning Outcome - The learner will:\tAssessment Criterion - The learner can:",
    "bold_row": "<b>Learning outcomes</b>\t\t<b>Assessment criteria</b>\t",
    "cut_row": "Lea\trning outcomes\tAss\tessment criteria",
    "page_number": "Page 12 of 40",
    "blank": "",
}
HEADING = "## Unit 7\n\n### Paint a boat\n\n"
NAMED = [(1, "Know paint", [("1.1", "Name a paint"), ("1.2", "Name two paints")])]


def read(text, heading=HEADING):
    lines = [Line(number, line) for number, line in enumerate((heading + text).split("\n"), start=1)]
    findings = Findings()
    return read_outcomes(lines, "unit 7", findings), findings.as_list()


def wording(outcomes):
    return [(o.number, o.text, [(c.code, c.text) for c in o.criteria]) for o in outcomes]


def texts(outcomes):
    return {c.code: c.text for o in outcomes for c in o.criteria}


def said(findings):
    return [(finding["severity"], finding["code"], finding["subject"]) for finding in findings]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "counted"])
def test_one_outcome_in_each_form_of_table(form):
    outcomes, findings = read(FORMS[form])
    assert wording(outcomes) == NAMED
    assert findings == []


@pytest.mark.parametrize("page_break", BREAKS)
@pytest.mark.parametrize("form", [form for form in FORMS if form != "counted"])
def test_an_outcome_goes_on_after_a_page_break(form, page_break):
    outcomes, findings = read(f"{FORMS[form]}\n\n{BREAKS[page_break]}\n- 1.3 Mix a paint")
    assert wording(outcomes) == [(1, "Know paint", [*NAMED[0][2], ("1.3", "Mix a paint")])]
    assert findings == []


@pytest.mark.parametrize("form", [form for form in FORMS if form not in {"counted", "headed", "headed_in_marks"}])
def test_the_next_outcome_after_a_page_break(form):
    outcomes, findings = read(f"{FORMS[form]}\n\nLea\trning outcomes\tAss\tessment criteria\n2\tMix\t2.1\tMix paint")
    assert wording(outcomes)[1:] == [(2, "Mix", [("2.1", "Mix paint")])]
    assert findings == []


def test_criteria_that_are_only_counted_get_their_outcome_s_number():
    outcomes, findings = read(FORMS["counted"] + "\n\n#### Outcome 2: Mix\n\nThe learner can:\n\n1. Mix\n2. Stir")
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "Name two paints", "2.1": "Mix", "2.2": "Stir"}
    assert {finding["code"] for finding in findings} == {"criterion-code-lost"}
    assert {finding["severity"] for finding in findings} == {"note"}


def test_a_list_of_the_outcomes_beforehand_is_no_second_set():
    listed = "### Learning outcomes\n\nThere are **two** outcomes. The learner will:\n\n1. Know paint\n2. Mix paint\n\n"
    outcomes, findings = read(
        f"{listed}### Guided learning hours\n\n{FORMS['headed']}\n\nOutcome 2: Mix paint\n\n- 2.1 Mix"
    )
    assert [(o.number, o.text, len(o.criteria)) for o in outcomes] == [(1, "Know paint", 2), (2, "Mix paint", 1)]
    assert findings == []


def test_a_list_of_the_outcomes_gives_back_a_lost_title():
    listed = "Learning outcomes\n\nThe learner will:\n\n- 1 Know paint\n- 2 Mix paint\n\nGuided learning hours\n\n"
    outcomes, findings = read(f"{listed}{FORMS['headed']}\n\n- 2.1 Mix")
    assert [outcome.text for outcome in outcomes] == ["Know paint", "Mix paint"]
    assert said(findings) == [("note", "outcome-title-repaired", "unit 7, outcome 2")]


def test_other_parts_of_a_unit_do_not_leak():
    rest = (
        "\n\n## Unit 7 Paint a boat\n\n### Evidence requirements\n\n- 1 Your brush\n- 2 Your paint of\n  - a the boat"
        "\n- 3 more\n\n### Teaching guidance\n\n#### **Outcome 1: Know paint**\n\n- Types of paint\n  - red, blue"
    )
    outcomes, findings = read(FORMS["headed"] + rest)
    assert wording(outcomes) == NAMED
    assert findings == []


def test_a_running_head_among_the_criteria_is_left_out():
    outcomes, findings = read(f"{FORMS['headed']}\n\nUnit 7\n\nPaint a boat\n\n- 1.3 Mix a paint")
    assert texts(outcomes)["1.3"] == "Mix a paint"
    assert findings == []


def test_two_digit_codes_stand_in_their_order():
    rows = "\n".join(f"\t2.{n} Mix colour {n}" for n in range(2, 13))
    outcomes, findings = read(f"{FORMS['two_columns']}\n2 Mix\t2.1 Mix colour 1\n{rows}")
    assert [c.code for c in outcomes[1].criteria] == [f"2.{n}" for n in range(1, 13)]
    assert findings == []


def test_a_criterion_may_begin_with_a_small_letter():
    outcomes, findings = read("1 Know paint\t1.1 Name a paint 1.2 name two paints")
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "name two paints"}
    assert findings == []


def test_numbers_brackets_and_semicolons_inside_wording_stay():
    row = "1 Know paint\t1.1 Mix at 2.5 to 1; weigh the tin(s) (3 kg &amp; more) 1.2 Name 3 paints."
    outcomes, findings = read(row)
    assert texts(outcomes) == {"1.1": "Mix at 2.5 to 1; weigh the tin(s) (3 kg & more)", "1.2": "Name 3 paints."}
    assert findings == []


@pytest.mark.parametrize(
    ("text", "severity", "code", "subject"),
    [
        ("1 Know paint\n1.1 Name a paint\n1.3 Mix", "warning", "criterion-code-gap", "unit 7, 1.3"),
        ("1 Know paint\n1.1\n1.2 Mix", "error", "criterion-text-missing", "unit 7, 1.1"),
        ("1\tKnow paint\t1.1\t\n\t\t1.2\tMix", "error", "criterion-text-missing", "unit 7, 1.1"),
        ("1 Know paint\n1.1 Name\n1.1 Mix", "error", "criterion-code-uncertain", "unit 7, 1.2"),
        ("1 Know paint\n1.1 Name\n1.2 Mix\n1.1 Name", "note", "criterion-repeated", "unit 7, 1.1"),
        ("1 Know paint\n1.1 Name\n1.3 Mix\n1.2 Stir", "warning", "criterion-out-of-order", "unit 7, 1.2"),
        ("1 Know paint\t1.1 Name 1.3 Mix", "error", "code-inside-wording", "unit 7, 1.3"),
        ("1 Know paint\t1.1 Name 2.1 Mix", "error", "code-inside-wording", "unit 7, 2.1"),
        ("1 Know paint\n1.1 Name\n2.1 Mix", "error", "outcome-text-missing", "unit 7, outcome 2"),
        ("1\n1.1 Name", "error", "outcome-text-missing", "unit 7, outcome 1"),
        ("1 Know paint\n1.1 Name\n2 Know varnish", "error", "outcome-without-criteria", "unit 7, outcome 2"),
        ("<p>1 Know paint</p>\t<p>1.1 Name it", "error", "row-broken-off", "unit 7"),
        ("- | 1 | | Know paint |\n  | | 1.1 | Name it", "error", "row-broken-off", "unit 7"),
        (
            "1 Know\n1.1 Name\n\n**Learning outcomes**\n\n**Assessment criteria**",
            "error",
            "table-empty",
            "unit 7",
        ),
        ("1 Know paint\n1.1 Name\nRed and blue\n1.2 Mix", "error", "text-left-over", "unit 7"),
        ("1 Know paint\n1.1 Name\n\nRed and blue\n\n1.2 Mix", "error", "text-left-over", "unit 7"),
        ("1\tKnow paint\t1.1\tName\tRed\n\t\t1.2\tMix", "error", "text-left-over", "unit 7"),
        ("1\tKnow paint\t1.1\tName\n\t\t\tMix\n2\tMix\t2.1\tMix", "warning", "criterion-code-lost", "unit 7, 1.2"),
        ("1 Know paint\n1.1 Name a paint of the\n1.2 Mix", "warning", "wording-unfinished", "unit 7, 1.1"),
        ("", "error", "unit-empty", "unit 7"),
    ],
)
def test_damage_is_said_with_its_place(text, severity, code, subject):
    _, findings = read(text)
    assert [entry for entry in said(findings) if entry[0] != "note"] == [(severity, code, subject)][
        : severity != "note"
    ]
    assert (severity, code, subject) in said(findings)


def test_a_criterion_whose_wording_is_lost_keeps_its_code():
    outcomes, _ = read("1 Know paint\n1.1\n1.2 Mix")
    assert texts(outcomes) == {"1.1": "", "1.2": "Mix"}


def test_a_missing_outcome_is_an_error():
    outcomes, findings = read("1 Know paint\n1.1 Name\n3.1 Mix")
    assert texts(outcomes) == {"1.1": "Name", "3.1": "Mix"}
    assert ("error", "outcome-missing", "unit 7, outcome 2") in said(findings)


def test_codes_are_unique_whatever_is_printed():
    outcomes, _ = read("1 Know\n1.1 A\n1.1 B\n1.2 C\n1.2 D\n1.1 E\n2 Mix\n1.1 F\n2.1 G\n2.1 H")
    codes = [criterion.code for outcome in outcomes for criterion in outcome.criteria]
    assert len(codes) == len(set(codes)) == 8
    assert sorted(texts(outcomes).values()) == list("ABCDEFGH")


@pytest.mark.parametrize(
    ("outcome", "criterion", "kind"),
    [
        ("Understand paint", "Paint a boat", "knowledge"),
        ("Know how to paint", "Paint a boat", "knowledge"),
        ("Be able to paint", "Explain paint", "performance"),
        ("Paint a boat", "explain paint", "knowledge"),
        ("Paint a boat", "Evaluate paint", "performance"),
        ("Paint a boat", "Sand the hull", "performance"),
    ],
)
def test_kind_of_an_outcome(outcome, criterion, kind):
    outcomes, _ = read(f"1 {outcome}\n1.1 {criterion}")
    assert outcomes[0].kind == kind


def test_messages_never_repeat_the_document_s_wording():
    _, findings = read("1 Know paint\n1.1 Name vermilion\n1.1 Mix vermilion\nVermilion\n1.4 Mix 1.6 vermilion")
    assert findings
    assert not any("vermilion" in finding["message"].casefold() for finding in findings)
