"""What a table lost in conversion is given back where the unit itself settles it."""

import pytest

from .test_criteria import NAMED, read, said, texts, wording


def test_a_lost_code_that_the_next_one_shows():
    outcomes, findings = read("1\tKnow paint\t\tName a paint\n\t\t1.2\tName two paints\n\t\t\tMix\n\t\t1.4\tStir")
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "Name two paints", "1.3": "Mix", "1.4": "Stir"}
    lost = [("note", "criterion-code-lost", "unit 7, 1.1"), ("note", "criterion-code-lost", "unit 7, 1.3")]
    assert said(findings) == lost


def test_a_lost_code_whose_wording_and_title_run_over_two_rows():
    head = "Learning outcomes\t\tAssessment criteria\t\t\n"
    outcomes, findings = read(head + "1\tKnow the paint\t\tName a paint that\t\n\tof boats\t\tlasts\t\n\t\t1.2\tMix\t")
    assert wording(outcomes) == [(1, "Know the paint of boats", [("1.1", "Name a paint that lasts"), ("1.2", "Mix")])]
    assert outcomes[0].criteria[0].line == 6
    assert said(findings) == [("note", "criterion-code-lost", "unit 7, 1.1")]


def test_a_heading_that_was_read_as_letters_is_no_outcome():
    outcomes, findings = read("1\t\tA\t\n1\tKnow paint\t1.1\tName a paint\n\t\t1.2\tName two paints")
    assert wording(outcomes) == NAMED
    assert said(findings) == [("note", "scrap-left-out", "unit 7")]


def test_a_misprinted_code_that_is_printed_again_in_its_place():
    outcomes, findings = read("1\tKnow\t1.3\tName a paint\n\t\t1.2\tMix\n\t\t1.3\tStir")
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "Mix", "1.3": "Stir"}
    assert said(findings) == [("note", "criterion-code-misprinted", "unit 7, 1.1")]
    assert (findings[0]["printed"], findings[0]["read"]) == ("1.3", "1.1")


@pytest.mark.parametrize("printed", ["", "_", "1.1", "i"])
def test_an_outcome_s_number_that_its_criteria_show(printed):
    outcomes, findings = read(f"{printed}\tKnow paint\t1.1\tName a paint\n\t\t1.2\tName two paints")
    assert wording(outcomes) == NAMED
    assert [finding["code"].rsplit("-", 1)[0] for finding in findings] == ["outcome-number"]


def test_a_title_goes_on_in_the_next_criterion_s_row():
    outcomes, findings = read("1\tKnow paint\t1.1\tName\n\tand varnish\t1.2\tMix\n\tof boats\t1.3\tStir")
    assert (outcomes[0].text, findings) == ("Know paint and varnish of boats", [])


def test_two_outcomes_without_numbers_in_two_columns():
    outcomes, _ = read("Know paint\t1.1 Name\nfor boats\t1.2 Mix\nBe able to paint\t2.1 Paint")
    assert [(o.number, o.text) for o in outcomes] == [(1, "Know paint for boats"), (2, "Be able to paint")]


GOING_ON = {
    "line": "in the sun\n1.2 Mix",
    "cell": "<p>in the sun</p> <p>1.2 Mix</p>\n--",
    "row": "\t\tin the sun\n\t1.2\tMix",
    "item": "- in the sun\n- 1.2 Mix",
    "with_the_next_code": "in the sun 1.2 Mix",
}


@pytest.mark.parametrize("form", GOING_ON)
def test_a_criterion_that_goes_on_after_a_page_break(form):
    outcomes, findings = read(f"1\tKnow paint\n1.1 Name a paint that lasts\t\n\n{GOING_ON[form]}")
    assert texts(outcomes) == {"1.1": "Name a paint that lasts in the sun", "1.2": "Mix"}
    assert said(findings) == [("note", "wording-repaired", "unit 7, 1.1")]


def test_a_last_criterion_that_seems_to_go_on_is_shown():
    outcomes, findings = read("1\tKnow paint\n1.1 Name a paint that lasts\t\n\nin the sun")
    assert texts(outcomes) == {"1.1": "Name a paint that lasts in the sun"}
    assert said(findings) == [("warning", "wording-repaired", "unit 7, 1.1")]


def test_an_item_without_its_code_is_not_joined_where_criteria_begin_small():
    outcomes, findings = read("Outcome 1: Know paint\n\n- 1.1 name a paint\n- 1.2 mix a paint\n- stir a paint")
    assert texts(outcomes) == {"1.1": "name a paint", "1.2": "mix a paint", "1.3": "stir a paint"}
    assert said(findings) == [("warning", "criterion-code-lost", "unit 7, 1.3")]


def test_words_broken_at_a_hyphen_are_joined():
    outcomes, findings = read(
        "1 Know hard- wearing paint\t1.1 Use water- based and short- and long-term paint\n\t1.2 Undo under- coat\n"
        "\t1.3 Name an undercoat"
    )
    assert outcomes[0].text == "Know hard-wearing paint"
    assert texts(outcomes)["1.1"] == "Use water-based and short- and long-term paint"
    assert texts(outcomes)["1.2"] == "Undo undercoat"
    assert {code for _, code, _ in said(findings)} == {"wording-repaired"}


def test_a_title_clipped_at_its_left_edge_is_mended_from_the_unit_s_words_and_shown():
    outcomes, findings = read("\te able to aint boats\t1.1\tPaint the paint store\n\t\t1.2\tStore the paint")
    assert outcomes[0].text == "Be able to paint boats"
    assert ("warning", "outcome-title-damaged", "unit 7, outcome 1") in said(findings)


def test_a_title_in_pieces_is_kept_as_printed_and_shown():
    outcomes, findings = read("paint b\tKnow the of oats\t1.1\tName a paint\n\t\t1.2\tMix")
    assert outcomes[0].text == "paint b Know the of oats"
    assert ("warning", "outcome-title-damaged", "unit 7, outcome 1") in said(findings)


def test_a_title_repeated_in_every_row_is_read_once():
    outcomes, findings = read("1\tKnow paint\t1.1\tName a paint\n1\tKnow paint\t1.2\tName two paints")
    assert wording(outcomes) == NAMED
    assert findings == []


def test_a_list_inside_a_criterion_belongs_to_its_wording():
    outcomes, _ = read("Outcome 1: Know paint\n\n- 1.1 name these:\n  - oils\n  - lacquers\n- 1.2 mix")
    assert texts(outcomes) == {"1.1": "name these: oils lacquers", "1.2": "mix"}


def test_a_measure_that_looks_like_the_next_code_is_passed_over():
    outcomes, findings = read("1 Know paint\t1.1 Name the paints of 1.2 metre boats 1.2 Mix it")
    assert texts(outcomes) == {"1.1": "Name the paints of 1.2 metre boats", "1.2": "Mix it"}
    assert findings == []
