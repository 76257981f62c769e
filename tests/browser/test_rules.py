"""A catalogue editor settles what a rule means, with a selection tried beside it; without leaving the page."""

import re

import pytest
from playwright.sync_api import expect

from quals.models import Rule
from tests.browser.people import Person
from tests.quals.builders import a_pack, load, the_qualification

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class RuleEditor(Person):
    """Reads rules, ticks units, settles."""

    @property
    def panel(self):
        return self.page.locator("#try")

    @property
    def verdict(self):
        return self.page.locator(".verdict-told .lead")

    def unit(self, code: str):
        return self.panel.get_by_role("checkbox", name=re.compile(rf"^{code}\b"))


@pytest.fixture
def edda(live_server, cast, signed_in):
    return signed_in(RuleEditor, cast.editor)


def address(specification) -> str:
    return f"/catalogue/review/{specification.public_id}/rules/{the_qualification(specification).public_id}/"


def rule_of(specification) -> Rule:
    return Rule.objects.get(qualification=the_qualification(specification), label="R3")


def test_units_are_ticked_and_the_verdict_follows_in_place(edda):
    edda.opens(address(load(a_pack(), publish=False)))
    edda.looks("rules of a draft")
    edda.page.evaluate("window.samePage = true")
    edda.unit("1").check()
    edda.unit("2").press("Space")  # before the first answer is there
    expect(edda.verdict).to_have_text(re.compile("^\\s*would pass"))
    expect(edda.unit("2")).to_be_focused()
    assert edda.page.evaluate("window.samePage")
    expect(edda.page).to_have_url(re.compile("units=1&units=2"))
    edda.looks("rules with a selection tried")
    edda.page.reload()
    expect(edda.unit("2")).to_be_checked()


def test_the_least_is_filled_in_and_a_rule_is_settled_beside_it(edda):
    draft = load(a_pack(), publish=False)
    edda.opens(address(draft))
    edda.panel.get_by_role("button", name="Least hours").click()
    expect(edda.verdict).to_have_text(re.compile("^\\s*would pass"))
    expect(edda.page).to_have_url(re.compile(r"\?units=1&units=2$"))
    edda.unit("2").uncheck()
    edda.unit("3").check()
    expect(edda.verdict).to_have_text(re.compile("would not pass"))
    expect(edda.page).to_have_url(re.compile(r"\?units=1&units=3$"))
    edda.page.get_by_text("Settle which it is").click()
    edda.page.get_by_label(re.compile("On what ground")).fill("Letter of the awarding organisation, 1 May.")
    edda.page.get_by_role("button", name=re.compile("It means this ?: .* or above")).click()
    expect(edda.page.locator("#what")).to_contain_text("Settled by")
    expect(edda.verdict).to_have_text(re.compile("^\\s*would pass"))
    expect(edda.unit("3")).to_be_checked()
    assert rule_of(draft).confidence == "confirmed"
    edda.looks("rules that were settled")


def test_a_published_rule_is_confirmed_as_it_is_read(edda):
    issue = load(a_pack())
    edda.opens(address(issue))
    edda.page.get_by_text("Confirm it as it is read").click()
    edda.looks("rules of a published issue")
    edda.page.get_by_role("button", name=re.compile("It means this")).click()
    with edda.looked.expecting("422"):
        edda.sees("Say why the rule is to be read this way")
    edda.page.get_by_label(re.compile("On what ground")).fill("Letter of the awarding organisation, 1 May.")
    edda.page.get_by_role("button", name=re.compile("It means this")).click()
    expect(edda.page.locator("#what")).to_contain_text("Settled by")
    assert rule_of(issue).confirmed["ground"] == "Letter of the awarding organisation, 1 May."


def test_everything_works_without_scripts(live_server, cast, signed_in):
    edda = signed_in(RuleEditor, cast.editor, java_script_enabled=False)
    edda.opens(address(load(a_pack(), publish=False)))
    edda.unit("1").check()
    edda.unit("2").check()
    edda.presses("Check these units")
    expect(edda.verdict).to_have_text(re.compile("^\\s*would pass"))
    edda.presses("Least credits")
    expect(edda.unit("2")).to_be_checked()


def test_the_picture_is_seen_on_a_phone_and_on_a_desk(edda):
    qualification = the_qualification(load(a_pack(units=40)))
    edda.opens(f"/catalogue/{qualification.public_id}/")
    edda.looks("qualification with its picture")
    edda.page.set_viewport_size({"width": 360, "height": 800})
    expect(edda.page.locator(".picture-drawn.is-narrow")).to_be_visible()
    expect(edda.page.locator(".picture-drawn.is-wide")).to_be_hidden()
