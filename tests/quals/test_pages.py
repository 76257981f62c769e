"""The catalogue's pages and its API, as different people see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from quals.models import Unit
from quals.specification import validate
from tests.quals.builders import (
    LINES,
    QAN,
    a_pack,
    a_unit,
    an_administrator,
    an_editor,
    an_error,
    load,
    load_facts,
    the_qualification,
)

pytestmark = pytest.mark.django_db
WORDS = "Name three kinds of soil"
NOT_HERE = "The wording appears once the awarding organisation’s document has been imported."


def page_of(client, row, name="qualification"):
    return client.get(reverse(name, args=[row.public_id]))


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def approved(client):
    client.force_login(an_administrator(approved=(QAN,)))
    return client


@pytest.fixture
def unapproved(client):
    client.force_login(an_administrator())
    return client


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


def test_catalogue_lists_qualifications_and_whether_their_wording_is_here(approved):
    load(a_pack())
    load_facts(sha="b", awarding_organisation="Orchard Awards")
    text = text_of(approved.get(reverse("catalogue")))
    assert text.count(QAN) == 2
    assert "Garden Awards" in text
    assert ">Here<" in text
    assert ">Facts only<" in text


def test_catalogue_without_qualifications_says_what_will_stand_there(approved):
    assert "once a catalogue editor has imported" in text_of(approved.get(reverse("catalogue")))


def test_catalogue_costs_the_same_queries_for_one_and_three(approved):
    load(a_pack())
    counts = [count_queries(approved, reverse("catalogue"))]
    load(a_pack(sha="b"))
    load(a_pack(sha="c"))
    counts.append(count_queries(approved, reverse("catalogue")))
    assert counts[0] == counts[1]


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["qualification", "api_qualification"])
def test_qualification_costs_the_same_queries_with_3_units_and_with_30(approved, name):
    small, large = load(a_pack()), load(a_pack(units=30, sha="b"))
    urls = [reverse(name, args=[the_qualification(row).public_id]) for row in (small, large)]
    counts = [count_queries(approved, url) for url in urls]
    assert counts[0] == counts[1]


def test_qualification_shows_rules_as_sentences_beside_their_lines(approved):
    text = text_of(page_of(approved, the_qualification(load(a_pack()))))
    assert "At least 4 credits" in text
    assert LINES[1] in text
    assert "line 2" in text


def test_qualification_shows_the_other_reading_of_a_disputed_rule(approved):
    text = text_of(page_of(approved, the_qualification(load(a_pack()))))
    assert "can be read two ways" in text
    assert "read as exactly level 2" in text
    assert "At least 2 credits at level 2 or above" in text


def test_qualification_says_who_settled_a_rule(approved):
    pack = a_pack()
    settled = {"by": "Q. Manager", "on": "2024-05-01", "ground": "letter of 1 May"}
    pack["qualifications"][0]["rules"][2] |= {"confidence": "confirmed", "confirmed": settled}
    text = text_of(page_of(approved, the_qualification(load(pack))))
    assert "Settled by Q. Manager: letter of 1 May" in text
    assert "can be read two ways" not in text


def test_qualification_shows_facts_but_no_line_to_a_centre_that_is_not_approved(unapproved):
    text = text_of(page_of(unapproved, the_qualification(load(a_pack()))))
    assert "At least 4 credits" in text
    assert "Grow herb 2" in text
    assert LINES[1] not in text
    assert "Shown to centres that are approved" in text


def test_qualification_of_facts_says_when_the_wording_comes(approved):
    assert NOT_HERE in text_of(page_of(approved, the_qualification(load_facts())))


def test_draft_is_for_editors_and_elsewhere_not_found(approved):
    draft = load(a_pack(findings=[an_error()]), publish=False)
    qualification = the_qualification(draft)
    unit = draft.units.first()
    assert page_of(approved, qualification).status_code == 404
    assert page_of(approved, unit, "catalogue_unit").status_code == 404
    assert page_of(approved, qualification, "api_qualification").status_code == 404
    approved.force_login(an_editor())
    assert "The words of 1.1 are missing." in text_of(page_of(approved, qualification))
    assert WORDS in text_of(page_of(approved, unit, "catalogue_unit"))


def test_findings_are_not_for_centres(approved):
    specification = load(a_pack(findings=[an_error(severity="note")]))
    assert "The words of 1.1" not in text_of(page_of(approved, the_qualification(specification)))


def test_unit_shows_outcomes_criteria_and_requirements_to_an_approved_centre(approved):
    load(a_pack())
    text = text_of(page_of(approved, Unit.objects.get(key="1"), "catalogue_unit"))
    for words in ("Know the soil", WORDS, "Cover these herbs", "At least 2 of", "thyme"):
        assert words in text


def test_unit_shows_codes_but_no_word_to_a_centre_that_is_not_approved(unapproved):
    load(a_pack())
    text = text_of(page_of(unapproved, Unit.objects.get(key="1"), "catalogue_unit"))
    assert "1.1, 1.2" in text
    for words in ("Know the soil", WORDS, "Cover these herbs", "thyme"):
        assert words not in text
    assert "Shown to centres that are approved" in text


def test_unit_of_facts_says_when_the_wording_comes(editor):
    load_facts()
    assert NOT_HERE in text_of(page_of(editor, Unit.objects.get(key="1"), "catalogue_unit"))


def test_unit_with_a_lost_criterion_says_that_it_cannot_be_judged(approved):
    pack = a_pack()
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    load(pack)
    text = text_of(page_of(approved, Unit.objects.get(key="1"), "catalogue_unit"))
    assert "wording missing" in text
    assert "CAT-7" in text


def test_unit_without_a_page_says_so(approved):
    pack = a_pack()
    pack["units"][0] = a_unit(1, outcomes=[], evidence_requirements=[])
    load(pack)
    text = text_of(page_of(approved, Unit.objects.get(key="1"), "catalogue_unit"))
    assert "holds no page for it" in text


@pytest.mark.parametrize("name", ["catalogue", "api_qualifications", "api_schema"])
def test_nobody_reads_the_catalogue_signed_out(client, name):
    assert client.get(reverse(name)).status_code in {302, 403}


def test_nobody_reads_a_qualification_without_a_role(client):
    qualification = the_qualification(load(a_pack()))
    client.force_login(User.objects.create_user("none@example.org", name="No Role"))
    assert page_of(client, qualification).status_code == 403
    assert page_of(client, qualification, "api_qualification").status_code == 404
    assert client.get(reverse("api_qualifications")).json()["results"] == []


def test_api_lists_what_the_catalogue_lists(approved):
    qualification = the_qualification(load(a_pack()))
    load(a_pack(sha="b"), publish=False)
    answer = approved.get(reverse("api_qualifications")).json()
    assert answer["count"] == 1
    found = answer["results"][0]
    assert found["id"] == str(qualification.public_id)
    assert found["url"].endswith(reverse("api_qualification", args=[qualification.public_id]))
    assert (found["qan"], found["awarding_organisation"], found["wording"]) == (QAN, "Garden Awards", True)


def test_api_answers_with_the_pack_that_was_imported(approved):
    pack = a_pack()
    answer = page_of(approved, the_qualification(load(pack)), "api_qualification").json()
    validate(answer)
    assert answer["units"] == pack["units"]
    assert answer["qualifications"] == pack["qualifications"]


def test_api_keeps_the_wording_from_a_centre_that_is_not_approved(unapproved):
    response = page_of(unapproved, the_qualification(load(a_pack())), "api_qualification")
    assert response.json()["source"]["wording"] is False
    assert WORDS not in response.content.decode()
    assert "thyme" not in response.content.decode()


def test_api_gives_findings_to_editors_only(approved):
    qualification = the_qualification(load(a_pack(findings=[an_error(severity="note")])))
    assert page_of(approved, qualification, "api_qualification").json()["findings"] == []
    approved.force_login(an_editor())
    assert len(page_of(approved, qualification, "api_qualification").json()["findings"]) == 1


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_changes_nothing(editor, method):
    qualification = the_qualification(load(a_pack()))
    url = reverse("api_qualification", args=[qualification.public_id])
    assert getattr(editor, method)(url).status_code == 405


def test_api_describes_itself(approved):
    schema = approved.get(reverse("api_schema")).json()
    assert reverse("api_qualifications") in schema["paths"]
    assert "Pack" in schema["components"]["schemas"]
