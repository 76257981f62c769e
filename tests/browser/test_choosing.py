"""An administrator and a learner at one screen: they tick units, look at the ways to complete them, and register."""

import re

import pytest
from playwright.sync_api import expect

from portfolios.models import Learner
from tests import factories
from tests.browser.people import Administrator

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def tom(live_server, cast):
    """A learner who is not registered for anything yet."""
    return Learner.objects.get(user_id=cast.here.second_learner.user_id)


@pytest.fixture
def ruth(cast, tom, signed_in):
    """She has opened the page on which Tom is registered: the mandatory units are ticked."""

    def come(**window):
        ruth = signed_in(Administrator, cast.here.administrator, **window)
        ruth.opens(f"/learners/{tom.public_id}/register/")
        return ruth

    return come


def box(person, code):
    return person.page.locator(".unit-rows li", has_text=f"Testing unit {code}").get_by_role("checkbox")


def hint(person, code):
    return person.page.locator(".unit-rows li", has_text=f"Testing unit {code}").locator(".hint")


def test_a_tick_changes_sums_rules_and_hints_in_place_and_keeps_the_focus(ruth):
    ruth = ruth()
    expect(ruth.page.locator("#standing-line")).to_contain_text("8 credits")
    ruth.looks("choosing, rules not met")
    box(ruth, "202").focus()
    ruth.types("Space")
    expect(ruth.page.locator("#standing-line")).to_contain_text("12 credits")
    expect(ruth.page.locator("#standing-line")).to_contain_text("every rule is met")
    expect(ruth.page.locator("#sum-B")).to_contain_text("1 of 3 ticked, 4 credits")
    expect(hint(ruth, "203")).to_have_text("Cannot count beside 202, which is ticked")
    expect(box(ruth, "202")).to_be_focused()
    ruth.looks("choosing, every rule met")
    ruth.types("Space")
    expect(ruth.page.locator("#standing-line")).to_contain_text("2 rules are not met yet")
    expect(ruth.page.locator(".hint.way")).to_have_count(1)
    expect(box(ruth, "202")).to_be_focused()
    ruth.types("Tab", "Space")
    expect(box(ruth, "203")).to_be_checked()
    expect(hint(ruth, "202")).to_have_text("Cannot count beside 203, which is ticked")


def test_ticks_faster_than_the_answers_are_all_kept(ruth):
    ruth = ruth()
    for code in ("201", "202", "203"):
        box(ruth, code).check()
    box(ruth, "101").uncheck()
    expect(ruth.page.locator("#standing-line")).to_contain_text("17 credits")
    expect(hint(ruth, "101")).to_have_text("Still needed: no way does without it")
    for code, ticked in {"101": False, "102": True, "201": True, "202": True, "203": True}.items():
        expect(box(ruth, code)).to_be_checked(checked=ticked)


def test_completed_by_keys_alone_and_registered(ruth, tom):
    ruth = ruth()
    opener = ruth.page.get_by_role("button", name="By credits")
    opener.focus()
    ruth.types("Enter")
    ways = ruth.page.locator(".way-list > li")
    expect(ways).to_have_count(3)
    expect(opener).to_be_focused()
    ruth.looks("choosing, ways open")
    ways.nth(2).get_by_role("button", name=re.compile("^Tick these")).focus()
    ruth.types("Enter")
    expect(box(ruth, "203")).to_be_checked()
    expect(ruth.page.locator("#ways-line")).to_contain_text("Every rule is met by what is ticked")
    expect(opener).to_be_focused()
    assert not tom.registrations.exists()
    ruth.presses("Register")
    held = tom.registrations.get().entries.order_by("unit__position").values_list("unit__number", flat=True)
    assert list(held) == ["101", "102", "203"]


def test_a_unit_that_is_not_wanted_is_left_out_of_the_ways_and_allowed_again(ruth):
    ruth = ruth(width=360, height=800)
    ruth.page.get_by_role("button", name="By hours").click()
    ways = ruth.page.locator(".way-list > li")
    expect(ways).to_have_count(3)
    ruth.page.get_by_role("button", name=re.compile("Not this one: 201")).click()
    expect(ways).to_have_count(2)
    expect(ruth.page.get_by_role("button", name="By hours")).to_be_focused()
    ruth.looks("choosing, a unit left out")
    ruth.page.locator(".left-out").get_by_role("checkbox", name=re.compile("201")).uncheck()
    expect(ways).to_have_count(3)
    ruth.page.get_by_role("button", name="Close").click()
    expect(ways).to_have_count(0)


def test_units_ticked_before_the_tab_was_closed_come_back_with_their_sums(ruth):
    ruth = ruth()
    ruth.page.get_by_role("button", name="By credits").click()
    ruth.page.get_by_role("button", name=re.compile("^Tick these")).nth(2).click()
    expect(ruth.page.locator("#standing-line")).to_contain_text("13 credits")
    ruth.page.reload()
    expect(box(ruth, "203")).to_be_checked()
    expect(ruth.page.locator("#standing-line")).to_contain_text("13 credits")


def test_sums_and_the_button_stay_in_sight_on_a_phone(ruth):
    ruth = ruth(width=360, height=640)
    for place in (box(ruth, "101"), box(ruth, "203")):
        place.scroll_into_view_if_needed()
        expect(ruth.page.locator("#standing-line")).to_be_in_viewport()
        expect(ruth.page.get_by_role("button", name="Register")).to_be_in_viewport()


def test_without_a_script_the_same_is_done_with_buttons(ruth, tom):
    ruth = ruth(java_script_enabled=False)
    ruth.presses("By credits")
    ruth.presses(re.compile("^Tick these"))
    ruth.sees("every rule is met")
    box(ruth, "203").check()
    ruth.presses("Check")
    ruth.sees("Not counted:")
    assert not tom.registrations.exists()
    ruth.presses("Register")
    assert tom.registrations.get().entries.count() == 4


def test_a_unit_in_use_stays_and_says_why(cast, live_server, signed_in):
    factories.make_draft(cast.here, cast.here.entry("101"))
    ruth = signed_in(Administrator, cast.here.administrator, color_scheme="dark")
    ruth.opens(f"/registrations/{cast.here.registration.public_id}/units/")
    held = ruth.page.locator(".unit-rows li", has_text="Testing unit 101")
    expect(held).to_contain_text("has evidence, stays")
    expect(held.get_by_role("checkbox")).to_have_count(0)
    ruth.looks("changing units")
