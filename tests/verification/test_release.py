"""The page of the release: what it covers, what stands against it, the one button."""

import pytest
from django.urls import reverse

from assessments import actions as assessments
from tests import factories
from verification import actions
from verification.models import Release


def address(house):
    return reverse("release", args=[house.registration.public_id])


@pytest.fixture
def ready(here):
    for number in ("101", "102", "201"):
        factories.complete_unit(here, number)
    factories.agree_sample(here)
    return here


def test_the_release_shows_what_it_covers_and_what_not(ready, client_for):
    page = client_for(ready.iqa).get(address(ready))
    standing = page.context["standing"]
    assert [entry.unit.code for entry in standing.covered] == ["101", "102", "201"]
    assert [entry.unit.code for entry in standing.others] == ["202"]
    assert standing.credits == 12
    assert page.context["refusal"] is None
    words = page.content.decode()
    assert actions.STATEMENT in words
    assert all(result.sentence in words for result in standing.verdict.rules)


def test_the_release_says_what_stands_against_it_beside_the_button(here, client_for):
    factories.complete_unit(here, "101")
    client = client_for(here.iqa)
    page = client.get(address(here))
    assert "Nothing in this registration has been sampled yet" in page.content.decode()
    assert 'aria-disabled="true"' in page.content.decode()
    assert f'href="{reverse("where_am_i", args=[here.registration.public_id])}"' in page.content.decode()
    factories.agree_sample(here)
    assert client.get(address(here)).context["refusal"].code == "ROC-3"


def test_releasing_twice_by_a_double_click_releases_once(ready, client_for):
    client = client_for(ready.iqa)
    assert client.post(address(ready)).status_code == 302
    assert client.post(address(ready)).status_code == 302
    assert Release.objects.count() == 1
    assert "Nothing it relied on has" in client.get(address(ready)).content.decode()


def test_a_release_that_no_longer_holds_can_be_made_again(ready, client_for):
    client = client_for(ready.iqa)
    client.post(address(ready))
    factories.agree_sample(ready, "102")
    page = client.get(address(ready))
    assert "it no longer holds" in page.content.decode()
    client.post(address(ready))
    assert list(Release.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]


def test_a_release_refused_says_why_and_releases_nothing(ready, client_for):
    assessments.reopen(entry=ready.entry("201"), reason="Signed too early.", by=ready.assessor)
    page = client_for(ready.iqa).post(address(ready))
    assert page.status_code == 403
    assert "do not make up the qualification" in page.content.decode()
    assert not Release.objects.exists()


def test_a_release_refused_because_a_sample_is_planned_answers_409(ready, client_for):
    actions.plan_sample(entry=ready.entry("102"), by=ready.iqa)
    page = client_for(ready.iqa).post(address(ready))
    assert page.status_code == 409
    assert "Not finished yet: the sample of unit 102. Finish it, then release." in page.content.decode()
    actions.plan_sample(entry=ready.entry("201"), by=ready.iqa)
    page = client_for(ready.iqa).post(address(ready))
    assert "Not finished yet: the samples of units 102, 201. Finish them, then release." in page.content.decode()
    assert not Release.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("assessor", 403), ("administrator", 403), ("learner", 403), ("eqa", 403)])
def test_only_an_iqa_opens_and_sends_a_release(who, status, ready, client_for):
    client = client_for(getattr(ready, who))
    assert client.get(address(ready)).status_code == status
    assert client.post(address(ready)).status_code == status
    assert not Release.objects.exists()


def test_the_other_centres_registration_cannot_be_released(cast, ready, client_for):
    client = client_for(cast.there.iqa)
    assert client.get(address(ready)).status_code == 404
    assert client.post(address(ready)).status_code == 404
    assert not Release.objects.exists()
