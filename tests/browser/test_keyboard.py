"""People who work without a mouse: keys of the lists and the judging page, the skip link, a focus that is seen."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.people import Administrator, Assessor, Learner

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const marked = (e, pseudo) => {
    const style = getComputedStyle(e, pseudo);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const label = here.closest("label") || here;
  const box = here.getBoundingClientRect();
  const places = [here, label, here.closest("tr, li") || here];
  return {
    name: here.outerHTML.slice(0, 120),
    at: [...document.querySelectorAll("*")].indexOf(here),
    seen: places.some((e) => marked(e) || marked(e, "::after")),
    within: box.width > 0 && box.height > 0,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter((e) =>
  e.checkVisibility({ visibilityProperty: true }) && e.tabIndex >= 0 && !["radio", "hidden"].includes(e.type)
).map((e) => [[...document.querySelectorAll("*")].indexOf(e), e.outerHTML.slice(0, 120)])"""
MOST_STOPS = 150


@pytest.fixture
def here(live_server, cast):
    return cast.here


@pytest.fixture
def amir(here, signed_in):
    """Two pieces wait for him."""
    entry = here.entry()
    factories.submit_evidence(here, entry, ("1.1", "1.2"), title="Notes of Monday")
    factories.submit_evidence(here, entry, ("2.1", "2.2"), title="Notes of Tuesday")
    return signed_in(Assessor, here.assessor)


def test_judge_page_is_worked_with_keys(here, amir):
    amir.opens(f"/entries/{here.entry().public_id}/judge/")
    amir.sees_heading("Notes of Monday")
    amir.types("j", "m")
    expect(amir.row("1.1").get_by_role("radio", name="Met", exact=True)).to_be_checked()
    amir.types("j", "n")
    expect(amir.row("1.2").get_by_role("radio", name="Not yet met")).to_be_checked()
    amir.types("k")
    expect(amir.row("1.1")).to_be_focused()
    amir.goes_by_key("]")
    amir.sees_heading("Notes of Tuesday")
    amir.goes_by_key("[")
    amir.sees_heading("Notes of Monday")


def test_keys_are_only_letters_where_somebody_types(here, amir):
    amir.opens(f"/entries/{here.entry().public_id}/judge/")
    reason = amir.page.get_by_label("Reason for several at once")
    reason.press_sequentially("jmn]")
    expect(reason).to_have_value("jmn]")
    expect(amir.page.get_by_role("radio", name="Met", exact=True, checked=True)).to_have_count(0)


def test_list_is_walked_with_keys_and_opened_with_enter(amir):
    amir.opens("/assessing/")
    rows = amir.page.locator("li.waiting")
    expect(rows).to_have_count(1)
    amir.types("j")
    expect(rows.first.locator("[data-go]")).to_be_focused()
    amir.goes_by_key("Enter")
    amir.sees_heading("Notes of Monday")


def test_learners_are_walked_up_and_down(here, signed_in):
    ruth = signed_in(Administrator, here.administrator)
    ruth.opens("/learners/")
    links = ruth.page.locator("tr[data-row] [data-go]")
    ruth.types("j", "j")
    expect(links.nth(1)).to_be_focused()
    ruth.types("k")
    expect(links.nth(0)).to_be_focused()


def test_skip_link_comes_first_and_leads_to_what_matters(amir):
    amir.opens("/assessing/")
    amir.types("Tab")
    skip = amir.page.get_by_role("link", name="Skip to what matters")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    amir.types("Enter")
    expect(amir.page.locator("main")).to_be_focused()


def test_everything_is_reached_by_tab_with_a_focus_that_is_seen(here, amir, signed_in):
    ruth, ada = signed_in(Administrator, here.administrator), signed_in(Learner, here.learner, width=360)
    draft = factories.make_draft(here, here.entry("102"))
    for person, path in (
        (amir, "/assessing/"),
        (amir, f"/entries/{here.entry().public_id}/judge/"),
        (ruth, "/learners/"),
        (ruth, "/people/invite/"),
        (ruth, f"/registrations/{here.registration.public_id}/units/"),
        (ada, "/my/"),
        (ada, "/evidence/add/"),
        (ada, f"/evidence/{draft.public_id}/shows/"),
    ):
        person.opens(path)
        assert_every_stop_is_seen(person.page, path)


def assert_every_stop_is_seen(page, path: str) -> None:
    reachable, stops = page.evaluate(REACHABLE), {}
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None or stop["at"] in stops:
            break
        stops[stop["at"]] = stop
    unseen = [stop["name"] for stop in stops.values() if not (stop["seen"] and stop["within"])]
    assert not unseen, f"{path}: no focus is seen on {unseen}"
    assert len(stops) > 5, f"{path}: Tab stops nowhere"
    missed = [name for at, name in reachable if at not in stops]
    assert not missed, f"{path}: Tab does not reach {missed}"
