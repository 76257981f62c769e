"""The pages of bringing a document in and of reviewing what was read from it, as an editor works with them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import Actor
from quals import actions, states
from quals.models import Correction, Document, Resolution, Specification
from quals.specification.review.doubts import identity_of
from tests.quals.builders import a_pack, a_unit, an_administrator, an_editor, load, load_facts, the_qualification

pytestmark = pytest.mark.django_db
MARKED = "<p>1.1</p>\t<b>Name three</b> <script>alert('soil')</script>"
LOST = {
    "line": 12,
    "severity": "error",
    "code": "criterion-text-missing",
    "subject": "unit 1, 1.2",
    "message": "The words of 1.2 are missing.",
}
DISPUTED = {"line": 2, "severity": "warning", "code": "rule-disputed", "subject": "R3", "message": "R3 reads two ways."}
ODD = {"line": 20, "severity": "warning", "code": "odd-line", "subject": "", "message": "Line 20 is odd."}
MENDED = {
    "line": 13,
    "severity": "note",
    "code": "code-mended",
    "subject": "unit 1, 2.1",
    "message": "3.1 is read as 2.1.",
    "printed": "3.1",
    "read": "2.1",
}


def doubtful_pack(units: int = 3, **changes) -> dict:
    """A pack with a criterion whose wording is lost, a rule that reads two ways and a line that fits nowhere."""
    pack = a_pack(units=units, findings=[LOST, DISPUTED, ODD, MENDED], **changes)
    for position, unit in enumerate(pack["units"]):
        unit["line"] = 10 + 10 * position
    pack["units"][0]["outcomes"][0]["criteria"][1]["text"] = ""
    return pack


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


def make_draft(**changes) -> Specification:
    lines = [f"Line number {number}" for number in range(1, 60)]
    lines[10] = MARKED
    pack = doubtful_pack(**changes)
    return actions.import_pack(
        pack=pack, lines=lines, source_name="herbs.txt", publish=False, by=Actor.system("tests")
    ).specification


@pytest.fixture
def draft(editor):
    return make_draft()


def review_url(draft, name="review", *more):
    return reverse(name, args=[draft.public_id, *more])


def unit_url(draft, key="1"):
    return review_url(draft, "review_unit", key)


def structure_url(draft):
    return review_url(draft, "review_structure", the_qualification(draft).public_id)


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return " ".join(response.content.decode().split())


def send(client, draft, deed, /, page="units/1", **sent):
    return client.post(review_url(draft, f"review_{deed}"), {"page": page, **sent})


def rows() -> tuple[int, int]:
    return Correction.objects.count(), Resolution.objects.count()


# Bringing a document in


def a_file(content: bytes = b"Growing herbs", name: str = "herbs.txt"):
    return SimpleUploadedFile(name, content)


def bring(client, file, **headers):
    return client.post(reverse("documents"), {"file": file, "whole": "1"}, headers=headers)


def test_document_that_is_brought_in_waits_on_a_page_of_its_own(editor):
    response = bring(editor, a_file())
    document = Document.objects.get()
    assert response.headers["Location"] == reverse("catalogue_document", args=[document.public_id])
    text = text_of(editor.get(response.headers["Location"]))
    assert "It is being read" in text
    assert "every 1s" in text


def test_script_that_sends_a_document_is_told_where_to_go(editor):
    response = bring(editor, a_file(), accept="application/json")
    assert response.json()["redirect"] == reverse("catalogue_document", args=[Document.objects.get().public_id])


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"whole": "1"}, "Choose a document first."),
        ({"file": a_file(b""), "whole": "1"}, "empty"),
        ({"file": a_file(b"x" * 20_000_001), "whole": "1"}, "larger than any specification"),
        ({"file": a_file()}, "cut off"),
    ],
    ids=["nothing", "empty", "too large", "cut off"],
)
def test_document_that_cannot_be_brought_in_is_told_why(editor, sent, sentence):
    assert sentence in text_of(editor.post(reverse("documents"), sent), 422)
    assert not Document.objects.exists()


def test_script_is_told_in_one_sentence_why_a_document_cannot_be_brought_in(editor):
    response = bring(editor, a_file(b""), accept="application/json")
    assert response.status_code == 422
    assert "empty" in response.json()["error"]


def a_document(draft=None, **facts) -> Document:
    who = {"brought_by": an_editor_again(), "brought_at": "2026-03-01T10:00Z"}
    return Document.objects.create(
        **{"name": "herbs.txt", "sha256": "a" * 64, "size": 10, "specification": draft} | who | facts
    )


def an_editor_again():
    from accounts.models import User

    return User.objects.get(email="editor@example.org")


def test_refused_document_says_why_and_what_to_do_next(editor):
    refused = a_document(state=states.REFUSED, refusal="It is a photograph.")
    text = text_of(editor.get(reverse("catalogue_document", args=[refused.public_id])))
    assert "It is a photograph." in text
    assert "Bring in another document" in text
    assert "hx-get" not in text
    assert "It is a photograph." in text_of(editor.get(reverse("documents")))


def test_page_that_polls_is_sent_to_the_review_once_a_draft_is_there(editor, draft):
    document = a_document(draft, state=states.READ)
    url = reverse("catalogue_document", args=[document.public_id])
    assert editor.get(url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == review_url(draft)
    assert review_url(draft) in text_of(editor.get(url))


def test_draft_that_differs_from_what_is_published_shows_in_what_first(editor, draft):
    document = a_document(draft, state=states.READ, differences=["unit 2: only in the document."])
    response = editor.get(reverse("catalogue_document", args=[document.public_id]), headers={"HX-Request": "true"})
    assert "unit 2: only in the document." in text_of(response)
    assert "HX-Redirect" not in response.headers


def test_document_that_filled_in_the_wording_leads_to_the_qualification(editor):
    published = load(a_pack())
    document = a_document(published, state=states.READ)
    text = text_of(editor.get(reverse("catalogue_document", args=[document.public_id])))
    assert reverse("qualification", args=[the_qualification(published).public_id]) in text


def test_catalogue_offers_editors_the_way_in_and_their_drafts(editor, draft):
    text = text_of(editor.get(reverse("catalogue")))
    assert "Bring in a document" in text
    assert review_url(draft) in text


def test_catalogue_of_others_has_neither(client, db):
    client.force_login(an_administrator())
    draft = make_draft()
    text = text_of(client.get(reverse("catalogue")))
    assert "Bring in a document" not in text
    assert review_url(draft) not in text


# What is doubtful


def test_review_shows_errors_then_warnings_then_notes_each_with_its_line(editor, draft):
    text = text_of(editor.get(review_url(draft)))
    order = [text.index(each["message"]) for each in (LOST, DISPUTED, ODD, MENDED)]
    assert order == sorted(order)
    assert "Line number 12" in text
    assert f"{unit_url(draft)}?doubt=1&amp;line=12#line-12" in text
    assert f"{structure_url(draft)}?doubt=2&amp;line=2#line-2" in text


def test_review_does_not_carry_the_document(editor, draft):
    assert "Line number 40" not in text_of(editor.get(review_url(draft)))


def test_review_says_why_it_cannot_be_published_yet(editor, draft):
    text = text_of(editor.get(review_url(draft)))
    assert 'aria-disabled="true"' in text
    assert "while an error stands" in text


def test_publishing_is_refused_while_an_error_stands(editor, draft):
    assert "while an error stands" in text_of(send(editor, draft, "publish", page=""), 422)
    draft.refresh_from_db()
    assert draft.state == states.DRAFT


def test_unit_page_shows_its_own_lines_with_context_and_no_others(editor, draft):
    text = text_of(editor.get(unit_url(draft)))
    assert 'id="line-11"' in text
    assert 'id="line-34"' in text  # fifteen lines after its last
    assert 'id="line-36"' not in text


def test_markup_in_the_document_is_shown_as_text(editor, draft):
    for url in (unit_url(draft), unit_url(draft) + "?doubt=1&line=12"):
        html = editor.get(url).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;" in html
        assert "&lt;p&gt;" in html


def test_doubt_that_the_address_names_is_chosen_with_its_line_and_its_form_is_open(editor, draft):
    html = editor.get(unit_url(draft) + "?doubt=1&line=12").content.decode()
    assert re.search(r'<li class="line[^"]* is-chosen" id="line-12">', html)
    assert 'data-at="f-units-1-outcomes-1-criteria-1-2"' in html
    row = html[html.index('id="f-units-1-outcomes-1-criteria-1-2"') :]
    assert '<details class="correct" data-correct open>' in row[: row.index("</details>")]


@pytest.mark.parametrize("address", ["?doubt=99", "?doubt=x&line=", "?line=999999999999", "?doubt=-1", "?doubt=٣"])
def test_address_that_names_nothing_still_opens_the_page(editor, draft, address):
    assert editor.get(unit_url(draft) + address).status_code == 200


def test_keys_lead_from_doubt_to_doubt_gravest_first(editor, draft):
    text = text_of(editor.get(unit_url(draft) + "?doubt=1"))
    assert f'rel="next" href="{structure_url(draft)}?doubt=2' in text
    text = text_of(editor.get(structure_url(draft) + "?doubt=2"))
    assert f'rel="prev" href="{unit_url(draft)}?doubt=1' in text
    assert f'rel="next" href="{review_url(draft)}#doubt-3"' in text


def test_ids_of_a_page_are_each_there_once(editor, draft):
    for url in (review_url(draft), unit_url(draft) + "?doubt=1", structure_url(draft) + "?doubt=2"):
        ids = re.findall(r' id="([^"]+)"', editor.get(url).content.decode())
        assert len(ids) == len(set(ids)), [name for name in ids if ids.count(name) > 1]


def test_links_within_a_page_lead_somewhere(editor, draft):
    for url in (review_url(draft), unit_url(draft) + "?doubt=1", structure_url(draft) + "?doubt=2"):
        html = editor.get(url).content.decode()
        ids, wanted = set(re.findall(r' id="([^"]+)"', html)), set(re.findall(r'href="#([^"]+)"', html))
        assert not {each for each in wanted - ids if not each.startswith("i-") and not each.startswith("g-")}


def test_unit_that_is_not_there_is_not_found(editor, draft):
    assert editor.get(unit_url(draft, "77")).status_code == 404


def test_doubt_about_a_structure_stands_with_the_qualification_whose_rules_begin_before_it(editor):
    pack = doubtful_pack()
    second = {**pack["qualifications"][0], "qan": "999/0002/7", "title": "Diploma in Herb Growing"}
    second["rules"] = [{**rule, "printed": [40]} for rule in second["rules"]]
    pack["qualifications"].append(second)
    pack["findings"] = [
        {"line": line, "severity": "warning", "code": "rule-odd", "subject": "rules", "message": f"Odd: {line}."}
        for line in (3, 41)
    ]
    found = actions.import_pack(
        pack=pack, lines=["A line"] * 60, source_name="herbs.txt", publish=False, by=Actor.system("tests")
    ).specification
    first, last = found.qualifications.order_by("pk")
    texts = [text_of(editor.get(review_url(found, "review_structure", row.public_id))) for row in (first, last)]
    assert ["Odd: 3." in text for text in texts] == [True, False]
    assert ["Odd: 41." in text for text in texts] == [False, True]
    assert f"{review_url(found, 'review_structure', last.public_id)}?doubt=2" in text_of(editor.get(review_url(found)))


def test_structure_of_another_specification_is_not_found(editor, draft):
    other = load(a_pack(sha="b"))
    url = review_url(draft, "review_structure", the_qualification(other).public_id)
    assert editor.get(url).status_code == 404


# Correcting

TEXT = "units/1/outcomes/1/criteria/1.2/text"


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


# Putting doubts to rest


def test_error_is_resolved_with_a_reason_only(editor, draft):
    path = identity_of(LOST)
    assert "the reason is kept" in text_of(send(editor, draft, "resolve", path=path, at="doubt-1"), 422)
    assert rows() == (0, 0)
    response = send(editor, draft, "resolve", path=path, ground="It is in the errata", at="doubt-1")
    assert response.headers["Location"].endswith("#doubt-1")
    assert "It is in the errata" in text_of(editor.get(unit_url(draft)))


def test_doubt_that_is_not_there_cannot_be_resolved(editor, draft):
    assert "not there any more" in text_of(send(editor, draft, "resolve", path="f" * 64, ground="x"), 422)


def test_warnings_are_acknowledged_together_and_then_it_is_published(editor, draft):
    send(editor, draft, "correct", path=TEXT, value="Say which soil drains well")
    send(editor, draft, "acknowledge", page="", path="all", ground="Seen with the awarding organisation")
    text = text_of(editor.get(review_url(draft)))
    assert "Ready to publish" in text
    response = send(editor, draft, "publish", page="")
    assert response.headers["Location"] == reverse("qualification", args=[the_qualification(draft).public_id])
    draft.refresh_from_db()
    assert draft.state == states.PUBLISHED


def test_published_specification_can_be_looked_at_but_not_corrected(editor):
    published = load(a_pack())
    text = text_of(editor.get(unit_url(published)))
    assert "data-correct" not in text
    response = send(editor, published, "correct", path="units/1/credit", value="3")
    assert "is not edited any more" in text_of(response, 422)


def test_specification_of_facts_opens_without_its_lines(editor):
    facts = load_facts()
    assert "None of its lines is here" in text_of(editor.get(unit_url(facts)))
    assert editor.get(review_url(facts)).status_code == 200
    assert editor.get(structure_url(facts)).status_code == 200


def test_unit_without_a_page_says_so(editor):
    pack = a_pack(units=4)
    pack["units"][3] = a_unit(4, outcomes=[], evidence_requirements=[])
    assert "holds no page for it" in text_of(editor.get(unit_url(load(pack, publish=False), "4")))


# Who may

DEEDS = ["correct", "add", "leave_out", "take_back", "settle", "resolve", "acknowledge", "publish"]


def test_nobody_but_editors_has_these_pages(client, editor):
    draft = make_draft()
    document = a_document(draft, state=states.READ)
    client.force_login(an_administrator())
    urls = [reverse("documents"), reverse("catalogue_document", args=[document.public_id]), review_url(draft)]
    urls += [unit_url(draft), structure_url(draft)]
    assert [client.get(url).status_code for url in urls] == [404] * 5
    assert bring(client, a_file()).status_code == 404
    assert [send(client, draft, name).status_code for name in DEEDS] == [404] * len(DEEDS)
    assert rows() == (0, 0)
    assert Document.objects.count() == 1


@pytest.mark.parametrize("name", DEEDS)
def test_deeds_are_only_sent(editor, draft, name):
    assert editor.get(review_url(draft, f"review_{name}")).status_code == 405


# How much a page asks for


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", [review_url, unit_url, structure_url])
def test_review_costs_the_same_queries_with_3_units_and_with_30(editor, address):
    small, large = make_draft(), make_draft(units=30, sha="b")
    assert count_queries(editor, address(small)) == count_queries(editor, address(large))


def test_documents_cost_the_same_queries_for_1_and_3(editor, draft):
    a_document(draft, state=states.READ)
    first = count_queries(editor, reverse("documents"))
    a_document(draft, state=states.READ)
    a_document(draft, state=states.READ)
    assert count_queries(editor, reverse("documents")) == first


def test_corrections_do_not_cost_queries_one_by_one(editor, draft):
    send(editor, draft, "correct", path="units/1/credit", value="9")
    first = count_queries(editor, unit_url(draft))
    for name, value in (("level", "4"), ("glh", "12"), ("title", "Grow it")):
        send(editor, draft, "correct", path=f"units/1/{name}", value=value)
    assert count_queries(editor, unit_url(draft)) == first
