"""Judging with the keyboard, and a session that ends while a long text is being typed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assessments.models import Judgement
from tests.browser.people import Assessor
from tests.factories import PASSWORD, submit_evidence

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = ("What you did with the second caller is well told. " * 40).strip()


@pytest.fixture
def judge_page(live_server, cast):
    """A call log waits there."""
    entry = cast.here.entry("101")
    submit_evidence(cast.here, entry, title="A call log")
    return reverse("judge", args=[entry.public_id])


@pytest.fixture
def amir(judge_page, somebody):
    """Asked for the page before he was signed in."""

    def come(**window):
        amir = somebody(Assessor, "amir@ng1.example", **window)
        amir.opens(judge_page)
        amir.signs_in(PASSWORD)
        return amir

    return come


def test_a_criterion_is_judged_with_the_keyboard_and_the_page_says_what_saving_will_do(amir):
    amir = amir()
    amir.types("j", "m", "j", "n")
    says = amir.page.locator("[data-consequence-words]")
    expect(says).to_contain_text("1 met, 1 not yet met; 3 of the unit remain")
    amir.page.locator("[name='c1.1-because']").fill("The log shows it.")
    amir.page.locator("[name='c1.2-because']").fill("The log ends too early.")
    amir.page.check("[name='c1.2-lacking'][value=sufficient]")
    amir.page.fill("[name='c1.2-todo']", "Show how it ended.")
    amir.presses("Save judgement")
    amir.sees("Unit 101: 1 met, 1 not yet met.")
    assert {each.criterion.code: each.outcome for each in Judgement.objects.all()} == {"1.1": "met", "1.2": "not_yet"}


def test_what_was_typed_is_still_there_after_the_session_ended_and_signing_in_again(amir, judge_page, settings):
    amir = amir(width=360)
    feedback = amir.page.locator("textarea[name=feedback]")
    feedback.fill(LONG)
    amir.says_met("1.1")
    amir.page.locator("[name='c1.1-because']").fill("The log shows it.")
    amir.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    amir.presses("Save judgement")
    amir.signs_in(PASSWORD)
    amir.sees("We kept what you had typed")
    assert amir.page.locator("[data-toasts]").evaluate("(place) => getComputedStyle(place).position") == "sticky"
    expect(feedback).to_have_value(LONG)
    expect(amir.page.locator("[name='c1.1-because']")).to_have_value("The log shows it.")
    amir.presses("Save judgement")
    amir.sees("Unit 101: 1 met")
    amir.opens(judge_page)
    expect(feedback).to_have_value("")
