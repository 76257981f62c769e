"""Headings that repeat a criterion settle what the table lost, and say where the two differ."""

import pytest

from .test_criteria import read, said, texts

TABLE = "1\tKnow paint\t1.1\tName the paints of boats\n\t\t1.2\tMix a paint\n\t\t1.3\tStir a paint"
REST = "\n\n- Paints: oils, lacquers, 1.4 litres\n\n"


def amplified(table, *headings):
    return read(f"{table}\n\nUnit amplification\n\n" + REST.join(headings) + REST)


def test_headings_that_agree_say_nothing():
    outcomes, findings = amplified(TABLE, "AC1.1: Name the paints of boats", "AC 1.2 Mix a paint.")
    assert texts(outcomes) == {"1.1": "Name the paints of boats", "1.2": "Mix a paint", "1.3": "Stir a paint"}
    assert findings == []


@pytest.mark.parametrize("heading", ["Name the paint of boats", "Name the paints of their boats"])
def test_where_a_heading_is_a_variant_the_table_is_read(heading):
    outcomes, findings = amplified(TABLE, f"AC1.1: {heading}")
    assert texts(outcomes)["1.1"] == "Name the paints of boats"
    assert said(findings) == [("note", "heading-differs", "unit 7, 1.1")]


def test_a_clipped_column_is_mended_and_what_cannot_be_is_shown():
    clipped = "1\tKnow paint\t1.1\tName the paint of boats\n\t\t1.2\tMix a lacqu\n\t\t1.3\tStir a paint\t,"
    outcomes, findings = amplified(clipped, "AC1.1: Name the paints of boats", "AC1.2: Mix a lacquer")
    assert texts(outcomes) == {"1.1": "Name the paints of boats", "1.2": "Mix a lacquer", "1.3": "Stir a paint"}
    repaired = [finding for finding in findings if finding["code"] == "wording-repaired"]
    assert [(f["printed"], f["read"]) for f in repaired] == [
        ("Name the paint of boats", "Name the paints of boats"),
        ("Mix a lacqu", "Mix a lacquer"),
    ]
    assert ("warning", "wording-clipped", "unit 7, 1.3") in said(findings)


def test_an_empty_cell_is_filled_from_its_heading():
    outcomes, findings = amplified(TABLE.replace("Mix a paint", ""), "AC1.2: Mix a paint")
    assert texts(outcomes)["1.2"] == "Mix a paint"
    assert said(findings) == [("note", "wording-repaired", "unit 7, 1.2")]


def test_a_lost_row_is_restored_from_its_heading_and_shown():
    outcomes, findings = amplified(TABLE.replace("\t\t1.2\tMix a paint\n", ""), "AC1.2: Mix a paint")
    assert texts(outcomes) == {"1.1": "Name the paints of boats", "1.2": "Mix a paint", "1.3": "Stir a paint"}
    assert said(findings) == [("warning", "criterion-restored", "unit 7, 1.2")]


def test_a_heading_after_the_last_criterion_is_an_error():
    outcomes, findings = amplified(TABLE, "AC1.4: Sand the hull")
    assert list(texts(outcomes)) == ["1.1", "1.2", "1.3"]
    assert said(findings) == [("error", "criterion-not-in-table", "unit 7, 1.4")]


def test_a_heading_with_other_words_is_shown():
    outcomes, findings = amplified(TABLE, "AC1.2: Sand every hull")
    assert texts(outcomes)["1.2"] == "Mix a paint"
    assert said(findings) == [("warning", "heading-contradicts", "unit 7, 1.2")]


def test_a_heading_settles_a_lost_code_at_the_end_of_an_outcome():
    outcomes, findings = amplified(TABLE.replace("1.3", ""), "AC1.3: Stir a paint")
    assert texts(outcomes)["1.3"] == "Stir a paint"
    assert said(findings) == [("note", "criterion-code-lost", "unit 7, 1.3")]
