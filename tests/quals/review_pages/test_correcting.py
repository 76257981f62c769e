"""The forms that correct what was read."""

import pytest

from tests.quals.builders import the_qualification
from tests.quals.review_pages.drafts import TEXT, review_url, rows, send, structure_url, text_of, unit_url

pytestmark = pytest.mark.django_db


def test_corrected_wording_stands_struck_out_and_anew_with_who_and_why(editor, draft):
    path = "units/1/outcomes/1/criteria/1.1/text"
    response = send(editor, draft, "correct", path=path, value="Name four kinds of soil", ground="page 3")
    assert response.headers["Location"] == f"{unit_url(draft)}#f-units-1-outcomes-1-criteria-1-1"
    text = text_of(editor.get(unit_url(draft)))
    assert "Name <del>three</del> <ins>four</ins> kinds of soil" in text
    assert "Corrected by Edda Itor" in text
    assert "page 3" in text
    assert "<ins>four</ins>" in text_of(editor.get(review_url(draft)))


def test_lost_wording_that_is_written_in_settles_its_error(editor, draft):
    send(editor, draft, "correct", path=TEXT, value="Say which soil drains well")
    text = text_of(editor.get(review_url(draft)))
    assert "no error open" in text
    assert "Say which soil drains well" in text_of(editor.get(unit_url(draft)))


def test_correction_returns_to_the_doubt_it_was_made_for(editor, draft):
    response = send(editor, draft, "correct", page="units/1?doubt=1", path=TEXT, value="Words")
    assert response.headers["Location"].startswith(f"{unit_url(draft)}?doubt=1#")


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("units/1/credit", "two & a half", "A credit is a whole number, 1 or more."),
        ("units/1/outcomes/1/criteria/1.1/code", "one", "A criterion’s code is written like 1.2."),
        ("units/1/outcomes/9/text", "No such outcome", "is not read to have this any more"),
    ],
)
def test_refused_correction_comes_back_with_the_sentence_and_what_was_typed(editor, draft, path, value, sentence):
    text = text_of(send(editor, draft, "correct", path=path, value=value, ground="I know it"), 422)
    assert sentence.replace("’", "&#x27;") in text or sentence in text
    if "outcomes/9" not in path:
        assert f'value="{value.replace("&", "&amp;")}"' in text
        assert 'value="I know it"' in text
    assert rows() == (0, 0)


def test_wording_that_was_typed_is_never_lost_on_refusal(editor, draft):
    words = "x" * 20_001
    assert words in text_of(send(editor, draft, "correct", path=TEXT, value=words), 422)
    assert rows() == (0, 0)


def test_correction_with_a_path_that_is_none_is_refused(editor, draft):
    for path in ("", "x" * 300, "../..", "units/1/../2/title"):
        assert send(editor, draft, "correct", path=path, value="x").status_code == 422
    assert rows() == (0, 0)


def test_correction_that_is_taken_back_leaves_what_was_read(editor, draft):
    send(editor, draft, "correct", path="units/1/credit", value="9")
    send(editor, draft, "take_back", path="units/1/credit")
    text = text_of(editor.get(unit_url(draft)))
    assert "<ins>" not in text
    assert "Taken back" in text_of(editor.get(review_url(draft)))


def test_taking_back_what_was_never_corrected_is_refused(editor, draft):
    assert "Nothing was corrected here" in text_of(send(editor, draft, "take_back", path="units/1/credit"), 422)


def test_missing_criterion_is_added_and_shown_as_added(editor, draft):
    send(
        editor,
        draft,
        "add",
        path="units/1/outcomes/1/criteria",
        name="1.3",
        value="Water it",
        ground="It is in line 14",
    )
    assert "<ins>Water it</ins>" in text_of(editor.get(unit_url(draft)))


def test_addition_without_a_ground_comes_back_with_all_that_was_typed(editor, draft):
    sent = {"path": "units/1/outcomes/1/criteria", "name": "1.7", "value": "Water it"}
    text = text_of(send(editor, draft, "add", **sent), 422)
    assert "the reason is kept beside your name" in text
    assert 'value="1.7"' in text
    assert ">Water it</textarea>" in text
    assert rows() == (0, 0)


def test_criterion_is_left_out_with_a_ground_only(editor, draft):
    path = "units/1/outcomes/1/criteria/1.1"
    assert "the reason is kept" in text_of(send(editor, draft, "leave_out", path=path), 422)
    send(editor, draft, "leave_out", path=path, ground="It is a heading")
    text = text_of(editor.get(unit_url(draft)))
    assert "<del>Name three kinds of soil</del>" in text
    assert "It is a heading" in text


def test_rule_is_read_otherwise(editor, draft):
    page, path = f"structure/{the_qualification(draft).public_id}", "qualifications/999-0001-5/rules/R1"
    rule = {
        "bound": "at_least",
        "amount": "3",
        "measure": "credits",
        "mode": "",
        "level": "",
        "groups": "",
        "units": "",
    }
    text = text_of(send(editor, draft, "correct", page=page, path=path, **rule), 422)
    assert "the reason is kept beside your name" in text
    send(editor, draft, "correct", page=page, path=path, ground="It says three.", **rule)
    assert "At least <del>4</del> <ins>3</ins> credits" in text_of(editor.get(structure_url(draft)))


def test_rule_without_its_amount_or_level_comes_back(editor, draft):
    page, path = f"structure/{the_qualification(draft).public_id}", "qualifications/999-0001-5/rules/R1"
    rule = {"bound": "at_least", "amount": "", "measure": "credits", "mode": "exactly", "groups": "A", "units": ""}
    text = text_of(send(editor, draft, "correct", page=page, path=path, ground="So", **rule), 422)
    assert "Say which level." in text
    assert rows() == (0, 0)


def test_rule_that_was_not_seen_is_added_with_its_line(editor, draft):
    page = f"structure/{the_qualification(draft).public_id}"
    rule = {"bound": "at_most", "amount": "1", "measure": "units", "groups": "B", "printed": "3"}
    sent = {"path": "qualifications/999-0001-5/rules", "name": "R4", "ground": "It says so.", **rule}
    send(editor, draft, "add", page=page, **sent)
    assert "<ins>At most 1 unit of group B</ins>" in text_of(editor.get(structure_url(draft)))


def test_disputed_rule_shows_both_readings_and_is_settled_with_a_ground(editor, draft):
    url, path = structure_url(draft), "qualifications/999-0001-5/rules/R3"
    page = f"structure/{the_qualification(draft).public_id}"
    text = text_of(editor.get(url))
    assert text.count("It means this") == 2
    assert "At least 2 credits at level 2 or above" in text
    assert "the reason is kept" in text_of(send(editor, draft, "settle", page=page, path=path, reading="other"), 422)
    send(editor, draft, "settle", page=page, path=path, reading="other", ground="Letter of 1 May")
    text = text_of(editor.get(url))
    assert "It means this" not in text
    assert "Letter of 1 May" in text
    assert "Settled by Edda Itor" in text
