"""A session that ended while somebody was typing: they sign in and are back at their form, never anywhere else."""

from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.models import User
from tests.centres.builders import a_centre, signed_in

pytestmark = pytest.mark.django_db
FORM = "/people/invite/"


def next_after(response, address=None) -> str:
    parts = urlsplit(address or response.url)
    assert parts.path == "/accounts/login/"
    assert not parts.netloc
    return parse_qs(parts.query)["next"][0]


def test_a_page_asked_for_signed_out_is_there_after_signing_in(client):
    assert next_after(client.get("/people/?page=2")) == "/people/?page=2"


def test_a_form_sent_signed_out_leads_back_to_the_page_it_stood_on(client):
    response = client.post("/act-as/", headers={"referer": "http://testserver/people/invite/?person=1&x=a%26b"})
    assert next_after(response) == "/people/invite/?person=1&x=a%26b"


@pytest.mark.parametrize(
    "referer",
    [
        None,
        "",
        "http://evil.example/people/",
        "https://testserver.evil.example/people/",
        "http://testserver@evil.example/people/",
        "http://testserver//evil.example/people/",
        "http://testserver/\\evil.example/",
        "javascript://testserver/%0aalert(1)",
        "//testserver/people/",
        "http://[broken",
    ],
)
def test_a_referer_from_elsewhere_leads_to_the_first_page(client, referer):
    headers = {} if referer is None else {"referer": referer}
    assert next_after(client.post(FORM, headers=headers)) == "/"


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(client):
    headers = {"hx-request": "true", "referer": "http://testserver/people/"}
    for response in (client.post(FORM, headers=headers), client.get("/people/invite/", headers=headers)):
        assert response.status_code == 204
        assert next_after(response, response["HX-Redirect"]) == "/people/"


def test_what_was_sent_signed_out_was_not_done(client):
    before = User.objects.count()
    client.post(FORM, {"name": "Tom Reid", "email": "tom@example.org", "role": "assessor"})
    assert User.objects.count() == before


def test_pages_for_signed_in_people_are_kept_by_no_browser(client):
    signed = signed_in(a_centre().user)
    assert signed.get("/people/")["Cache-Control"] == "no-store"
    assert signed.get("/nowhere/")["Cache-Control"] == "no-store"
    assert signed.get("/centres/")["Cache-Control"] == "no-store"
