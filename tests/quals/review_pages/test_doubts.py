"""The pages that show what is doubtful, put it to rest and publish; who may, and what they cost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import Actor
from quals import actions, states
from quals.models import Document
from quals.specification.review.doubts import identity_of
from tests.quals.builders import a_pack, a_unit, an_administrator, load, load_facts, the_qualification
from tests.quals.review_pages.drafts import (
    DISPUTED,
    LOST,
    MENDED,
    ODD,
    TEXT,
    a_document,
    a_file,
    bring,
    doubtful_pack,
    make_draft,
    review_url,
    rows,
    send,
    structure_url,
    text_of,
    unit_url,
)

pytestmark = pytest.mark.django_db


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
