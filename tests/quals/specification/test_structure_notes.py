"""Several qualifications in a document, footnotes, and days of registration."""

import pytest

from tests.quals.specification.structuring import HEAD, NOTES, ROWS, U1, codes, handbook, qualifications, structures


def test_several_qualifications_each_with_its_own_rules_and_rows():
    (first, second), findings = qualifications(handbook(*NOTES))
    assert (first.facts["title"], first.facts["level"], len(first.places)) == ("Level 2 Award in Kite Flying", 2, 1)
    assert (second.facts["title"], second.facts["level"], len(second.places)) == (
        "Level 3 Diploma in Kite Flying",
        3,
        3,
    )
    assert second.facts["credits"] == 9
    assert [(r["amount"], r["of"]) for r in second.rules if r["bound"] == "at_most"] == [(1, {"units": ["201", "202"]})]
    assert [f["line"] for f in findings if f["code"] == "rule-unread"] == [4]


@pytest.mark.parametrize("at", ["behind", "before"])
def test_footnotes_bind_units_to_days_of_registration_wherever_they_stand(at):
    text = handbook(*(NOTES if at == "behind" else ()))
    if at == "before":
        text = text.replace("Structure\n", "Structure\n" + "\n".join(NOTES) + "\n", 1)
    (_, second), findings = qualifications(text)
    one, two = second.places[1:]
    assert (one.number, one.mark, one.registered_before, one.registered_from) == ("201", "*", "2019-05-01", None)
    assert (two.number, two.mark, two.registered_before, two.registered_from) == ("202", "**", None, "2019-05-02")
    assert second.as_dict()["groups"][1]["units"][0] == {"unit": "201", "registered_before": "2019-05-01", "mark": "*"}
    assert [f["severity"] for f in findings if f["code"] == "registration-day-open"] == ["warning"]


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("on or after 1 May 2019", "registered_from", "2019-05-01"),
        ("from 01/05/2019", "registered_from", "2019-05-01"),
        ("on or before 1st May 2019", "registered_before", "2019-05-02"),
        ("up to and including 30 April 2019", "registered_before", "2019-05-01"),
        ("before 1 May 2019", "registered_before", "2019-05-01"),
        ("on or after 1 May 2019 it is not available", "registered_before", "2019-05-01"),
        ("before 1 May 2019 it cannot be used", "registered_from", "2019-05-01"),
    ],
)
def test_words_for_days_of_registration(words, name, value):
    notes = (f"* For learners registered {words}.", "** Anybody registering before 1 May 2031 takes this unit.")
    (_, second), _ = qualifications(handbook(*notes))
    assert getattr(second.places[1], name) == value


def test_a_note_that_may_mean_either_side_of_a_day_is_an_error():
    note = "* Replaced by another unit for learners registered after 1 May 2019."
    (_, second), findings = qualifications(handbook(note, NOTES[2]))
    assert (second.places[1].registered_before, second.places[1].registered_from) == (None, None)
    assert [f["severity"] for f in findings if f["code"] == "registration-unread"] == ["error"]


def test_a_mark_without_a_note_is_a_warning():
    _, findings = qualifications(handbook(NOTES[0]))
    assert [(f["severity"], f["subject"]) for f in findings if f["code"] == "mark-unexplained"] == [("warning", "202")]


def test_one_reference_for_two_units_is_a_warning():
    text = "\n".join(["Structure", HEAD, "Optional Group A\t\t", ROWS[0], f"{U1}\t103\tAnother kite\t2\t20\t4"])
    (structure,), findings = structures(text)
    assert [place.key for place in structure.places] == ["101", "103"]
    assert codes(findings) == [(5, "warning", "uan-twice")]
