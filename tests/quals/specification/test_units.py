"""Unit pages in every form of table, and what is said of pages that were damaged."""

import pytest

from quals.specification.findings import Findings
from quals.specification.read import Line
from quals.specification.units import read_unit, unit_pages

FORMS = {
    "paragraphs": "<p>1 Know paint</p>\t<p>1.1 Name a paint</p> <p>1.2 Name two paints</p>",
    "run_together": "1 Know paint\t1.1 Name a paint 1.2 Name two paints",
    "without_spaces": "1 Know paint\t1.1Name a paint 1.2Name two paints",
    "two_columns": "1 Know paint\t1.1 Name a paint\n\t1.2 Name two paints",
    "four_columns": "1\tKnow paint\t1.1\tName a paint\n\t\t1.2\tName two paints",
    "three_columns": "1\t\tKnow paint\n\t1.1\tName a paint\n\t1.2\tName two paints",
    "code_in_the_title_s_row": "1\tKnow paint\t1.1 Name a paint\n\t1.2\tName two paints",
    "pipes": "| 1 | Know paint | 1.1 | Name a paint |\n|---|---|---|---|\n| | | 1.2 | Name two paints |",
    "pipes_in_a_bullet": (
        "- | 1 | | Know paint |\n  |---|---|---|\n  | | 1.1 | Name a paint |\n  | | 1.2 | Name two paints |"
    ),
    "bullets": "- 1 Know paint\n- 1.1 Name a paint\n- 1.2 Name two paints",
    "bare_lines": "1 Know paint\n\n1.1 Name a paint\n1.2 Name two paints",
    "swallowed": "1 Know paint 1.1 Name a paint\n1.2 Name two paints",
}
BREAKS = {
    "two_lines": "**Learning Outcome - The learner will:**\n\n**Assessment Criterion - The learner can:**\n",
    "run_together": "**Learning Outcome - The learner will:****Assessment Criterion - The learner can:**\n",
    "row": "Learning Outcome - The learner will:\tAssessment Criterion - The learner can:",
    "bold_row": "<b>Learning outcomes</b>\t\t<b>Assessment criteria</b>\t",
    "page_number": "Page 12 of 40",
}


def read(text, heading="## Unit D/506/2153\n\n### Paint a boat\n\n"):
    lines = [Line(number, line) for number, line in enumerate((heading + text).split("\n"), start=1)]
    findings = Findings()
    pages, _ = unit_pages(lines)
    read_unit(pages[0], findings)
    return pages[0], findings.as_list()


def wording(unit):
    return [(o.number, o.text, [(c.code, c.text) for c in o.criteria]) for o in unit.outcomes]


@pytest.mark.parametrize("form", FORMS)
def test_one_outcome_in_each_form_of_table(form):
    unit, findings = read(FORMS[form])
    assert wording(unit) == [(1, "Know paint", [("1.1", "Name a paint"), ("1.2", "Name two paints")])]
    assert findings == []
    assert unit.left_over == []


@pytest.mark.parametrize("page_break", BREAKS)
@pytest.mark.parametrize("form", FORMS)
def test_an_outcome_goes_on_after_a_page_break(form, page_break):
    unit, findings = read(f"{FORMS[form]}\n\n{BREAKS[page_break]}\n- 1.3 Mix a paint")
    assert [criterion.code for criterion in unit.criteria] == ["1.1", "1.2", "1.3"]
    assert (findings, unit.left_over) == ([], [])


def test_title_on_the_heading_s_own_line():
    unit, _ = read(FORMS["bullets"], heading="## Unit D/506/2153 Paint a boat\n")
    assert unit.title == "Paint a boat"
    assert len(unit.criteria) == 2


def test_a_page_number_is_no_title():
    unit, findings = read("Page 7\n\n### Paint a boat\n\n" + FORMS["bullets"], heading="## Unit D/506/2153\n")
    assert unit.title == "Paint a boat"
    assert (findings, unit.left_over) == ([], [])


def test_title_that_the_page_does_not_print():
    unit, _ = read(FORMS["two_columns"], heading="## Unit D/506/2153\n")
    assert unit.title == ""
    assert len(unit.criteria) == 2


def test_a_criterion_may_begin_with_a_small_letter():
    unit, findings = read("1 Know paint\t1.1 Name a paint 1.2 name two paints")
    assert [c.text for c in unit.criteria] == ["Name a paint", "name two paints"]
    assert findings == []


def test_a_number_inside_wording_is_no_code():
    unit, findings = read("1 Know paint\t1.1 Mix at 2.5 to 1 by weight 1.2 Name 3 paints")
    assert [c.text for c in unit.criteria] == ["Mix at 2.5 to 1 by weight", "Name 3 paints"]
    assert findings == []


@pytest.mark.parametrize(
    ("text", "code", "subject"),
    [
        ("1 Know paint\n1.1 Name a paint\n1.3 Mix", "criterion-code-gap", "D/506/2153, 1.3"),
        ("1 Know paint\n1.1\n1.2 Mix", "criterion-text-missing", "D/506/2153, 1.1"),
        ("1 Know paint\n1.1 Name\n1.1 Mix", "criterion-out-of-order", "D/506/2153, 1.1"),
        ("1 Know paint\n1.1 Name\n3.1 Mix", "criterion-out-of-order", "D/506/2153, 3.1"),
        ("1 Know paint\t1.1 Name 1.3 Mix", "code-inside-wording", "D/506/2153, 1.3"),
        ("1 Know paint\t1.1 Name 2.1 Mix", "code-inside-wording", "D/506/2153, 2.1"),
        ("1 Know paint\n1.1 Name\n2.1 Mix", "outcome-text-missing", "D/506/2153, outcome 2"),
        ("1\n1.1 Name", "outcome-text-missing", "D/506/2153, outcome 1"),
        ("1 Know paint\n1.1 Name\n2 Know varnish", "outcome-without-criteria", "D/506/2153, outcome 2"),
        ("<p>1 Know paint</p>\t<p>1.1 Name a", "row-broken-off", "D/506/2153"),
        ("- | 1 | | Know paint |\n  | | 1.1 | Name a", "row-broken-off", "D/506/2153"),
        ("1 Know paint\n1.1 Name\n\n**Learning outcomes**\n\n**Assessment criteria**", "table-empty", "D/506/2153"),
        ("", "unit-empty", "D/506/2153"),
    ],
)
def test_damage_is_an_error_that_names_the_place(text, code, subject):
    _, findings = read(text)
    assert [(f["code"], f["subject"]) for f in findings if f["severity"] == "error"] == [(code, subject)]


def test_a_criterion_whose_wording_is_lost_keeps_its_code():
    unit, _ = read("1 Know paint\n1.1\n1.2 Mix")
    assert [(c.code, c.text) for c in unit.criteria] == [("1.1", ""), ("1.2", "Mix")]


def test_text_that_belongs_to_nothing_is_left_over():
    unit, _ = read("1 Know paint\n1.1 Name a paint\nand a brush\n1.2 Mix")
    assert unit.left_over == [7]
    assert [c.text for c in unit.criteria] == ["Name a paint", "Mix"]


@pytest.mark.parametrize(
    ("outcome", "criterion", "kind"),
    [
        ("Understand paint", "Paint a boat", "knowledge"),
        ("Know paint", "Paint a boat", "knowledge"),
        ("Be able to paint", "Explain paint", "performance"),
        ("Paint a boat", "Explain paint", "knowledge"),
        ("Paint a boat", "Evaluate paint", "performance"),
        ("Paint a boat", "Sand the hull", "performance"),
    ],
)
def test_kind_of_an_outcome(outcome, criterion, kind):
    unit, _ = read(f"1 {outcome}\n1.1 {criterion}")
    assert unit.outcomes[0].kind == kind


def test_findings_never_repeat_the_document_s_wording():
    _, findings = read("1 Know paint\n1.1 Name vermilion\n1.1 Name vermilion\n1.4 Mix vermilion 1.6 vermilion")
    assert findings
    assert not any("vermilion" in finding["message"] for finding in findings)
