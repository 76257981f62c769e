"""Judging with the keyboard, and a session that ends while a long text is being typed."""

import pytest
from django.urls import reverse

from assessments.models import Judgement
from tests.factories import PASSWORD, make_cast, submit_evidence

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def here(transactional_db):
    return make_cast().here


def sign_in(page) -> None:
    page.fill("input[name=login]", "amir@ng1.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button")


def test_a_criterion_is_judged_with_the_keyboard_and_the_page_says_what_saving_will_do(here, new_page):
    entry = here.entry("101")
    submit_evidence(here, entry, title="A call log")
    page = new_page()
    page.goto(reverse("judge", args=[entry.public_id]))
    sign_in(page)
    page.wait_for_selector("[data-consequence-words]")
    for key in ("j", "m", "j", "n"):
        page.keyboard.press(key)
    assert "1 met, 1 not yet met; 3 of the unit remain" in page.inner_text("[data-consequence-words]")
    page.locator("[name='c1.1-because']").fill("The log shows it.")
    page.locator("[name='c1.2-because']").fill("The log ends too early.")
    page.check("[name='c1.2-lacking'][value=sufficient]")
    page.fill("[name='c1.2-todo']", "Show how it ended.")
    page.click("text=Save judgement")
    page.wait_for_selector("text=1 met, 1 not yet met")
    assert {each.criterion.code: each.outcome for each in Judgement.objects.all()} == {"1.1": "met", "1.2": "not_yet"}


def test_what_was_typed_is_still_there_after_the_session_ended_and_signing_in_again(here, new_page, settings):
    entry = here.entry("101")
    submit_evidence(here, entry, title="A call log")
    page = new_page(width=360)
    page.goto(reverse("judge", args=[entry.public_id]))
    sign_in(page)
    page.wait_for_selector("textarea[name=feedback]")
    long = "What you did with the second caller is well told. " * 40
    page.fill("textarea[name=feedback]", long.strip())
    page.locator(".for-met input").first.check()
    page.locator("[name='c1.1-because']").fill("The log shows it.")
    page.wait_for_timeout(500)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.click("text=Save judgement")
    page.wait_for_selector("input[name=login]")
    sign_in(page)
    page.wait_for_selector("text=We kept what you had typed")
    assert page.input_value("textarea[name=feedback]") == long.strip()
    assert page.input_value("[name='c1.1-because']") == "The log shows it."
    page.click("text=Save judgement")
    page.wait_for_url("**/entries/**")
    page.wait_for_selector("text=1 met")
    page.goto(reverse("judge", args=[entry.public_id]))
    assert page.input_value("textarea[name=feedback]") == ""
