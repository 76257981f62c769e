"""The pages on which an editor brings a document in."""

import pytest
from django.urls import reverse

from quals import states
from quals.models import Document
from tests.quals.builders import a_pack, an_administrator, load, the_qualification
from tests.quals.review_pages.drafts import a_document, a_file, bring, make_draft, review_url, text_of

pytestmark = pytest.mark.django_db


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
