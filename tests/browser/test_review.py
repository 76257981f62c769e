"""A catalogue editor brings a document in, looks at what is doubtful, corrects it where it stands, and publishes it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.models import User
from audit.actors import EDITOR, Actor
from quals import actions
from quals.models import Document, Qualification, Specification
from tests import factories
from tests.browser.people import Person
from tests.quals.review_pages.drafts import make_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DEMONSTRATION = Path(settings.BASE_DIR) / "fixtures" / "specifications" / "demonstration.txt"
LOST = "State what has to be written down after an accident or a near miss"
OPEN_ERROR = "li.doubt:not(.is-settled):has(summary:text('Resolve it'))"
FIRST = "f-units-1-outcomes-1-criteria-1-1"


class Reviewer(Person):
    """Works in the two panes of a review."""

    def row(self, place: str):
        return self.page.locator(f"#{place}")

    def line(self, number: int):
        return self.page.locator(f"#line-{number}")

    def corrects(self, place: str, wording: str) -> None:
        """Where it stands, and without the page being left."""
        row = self.row(place)
        if not row.get_by_label("Wording").is_visible():
            row.locator("summary").first.click()
        row.get_by_label("Wording").fill(wording)
        row.get_by_role("button", name="Save").first.click()


@pytest.fixture
def edda(live_server, cast, signed_in):
    return signed_in(Reviewer, cast.editor)


@pytest.fixture
def damaged(tmp_path) -> Path:
    """The demonstration document, with the wording of one criterion lost and one rule that reads two ways."""
    text = DEMONSTRATION.read_text()
    assert LOST in text
    path = tmp_path / "bicycles.txt"
    path.write_text(text.replace(f" {LOST}", "").replace("at Level 3 or above", "at Level 3"))
    return path


def test_document_is_brought_in_reviewed_and_published(edda, damaged):
    edda.opens("/catalogue/")
    edda.looks("catalogue of an editor")
    edda.follows("Bring in a document")
    edda.looks("documents")
    with edda.arrives():
        edda.page.get_by_label(re.compile("Drop an awarding organisation")).set_input_files(damaged)
    edda.sees("It is being read")
    edda.looks("document that is being read")
    edda.page.reload()
    edda.sees("It is being read")
    with edda.arrives():
        factories.run_jobs()
    edda.sees("error open")
    edda.looks("review with open doubts")
    while edda.page.locator(OPEN_ERROR).count():
        settle_an_error(edda)
    settle_the_rules(edda)
    acknowledge_and_publish(edda)
    assert Qualification.objects.get(qan="900/0001/8").specification.state == "published"
    criterion = (
        Specification.objects.get(source_name="bicycles.txt").units.get(key="D/900/0101").criteria.get(code="1.3")
    )
    assert criterion.text == LOST


def settle_an_error(edda) -> None:
    """The first that is open: its wording is written in, where that is what it lacks, else it is resolved."""
    doubt = edda.page.locator(OPEN_ERROR).first
    lacks_wording = "1.3" in doubt.inner_text()
    if not lacks_wording:
        doubt.locator("summary").click()
        doubt.get_by_role("textbox").fill("Looked up in the awarding organisation's register.")
        edda.presses("Resolve it", within=doubt)
        return
    edda.follows(re.compile("See and correct"), within=doubt)
    place = "f-units-D-900-0101-outcomes-1-criteria-1-3"
    expect(edda.row(place)).to_have_class(re.compile("is-chosen"))
    edda.looks("unit with a doubt")
    edda.corrects(place, LOST)
    expect(edda.row(place).locator("ins")).to_have_text(LOST)
    edda.sees("nothing open here")
    edda.looks("unit that was corrected")
    edda.follows(re.compile("open in all|ready to publish"))


def settle_the_rules(edda) -> None:
    edda.follows(
        re.compile("Level 3 Diploma in Community"), within=edda.page.get_by_role("region", name="What was read")
    )
    edda.looks("structure")
    forms = edda.page.locator("form:has(.two-readings)")
    while before := forms.count():
        form = forms.first
        form.get_by_label(re.compile("On what ground")).fill("Letter of the awarding organisation, 1 May.")
        form.get_by_role("button", name=re.compile("It means this")).last.click()
        expect(forms).to_have_count(before - 1)
    edda.sees("Settled by")
    edda.looks("structure that was settled")
    edda.follows("Review", within=edda.page.get_by_role("navigation", name="Where you are"))


def acknowledge_and_publish(edda) -> None:
    acknowledge = edda.page.get_by_role("button", name=re.compile("^Acknowledge (all|the warning)"))
    if acknowledge.count():
        edda.page.get_by_label(re.compile("Why they may stand")).fill("Seen, and checked in the document.")
        edda.presses(re.compile("^Acknowledge (all|the warning)"))
    edda.sees("Ready to publish")
    edda.looks("review that is ready")
    edda.presses("Publish")
    edda.sees("is published. Learners can be registered on it now.")


def test_refusal_of_a_document_says_what_to_do_next(edda, tmp_path):
    path = tmp_path / "shopping.txt"
    path.write_text("Bread, butter, and a bell for the bicycle.\n" * 5)
    edda.opens("/catalogue/documents/")
    with edda.arrives():
        edda.page.get_by_label(re.compile("Drop an awarding organisation")).set_input_files(path)
    factories.run_jobs()
    edda.page.get_by_role("link", name="Bring in another document").wait_for()
    edda.looks("document that was refused")
    assert Document.objects.get().state == "refused"


def test_too_large_a_document_is_told_before_it_is_sent(edda, tmp_path):
    path = tmp_path / "pictures.pdf"
    path.write_bytes(b"%PDF-1.4\n" + b"0" * 20_000_001)
    edda.opens("/catalogue/documents/")
    edda.page.get_by_label(re.compile("Drop an awarding organisation")).set_input_files(path)
    edda.sees("the most that can be sent is 19 MB")
    assert not Document.objects.exists()


def unit_page(draft) -> str:
    return f"/catalogue/review/{draft.public_id}/units/1/"


def test_line_criterion_and_doubt_are_chosen_together(edda):
    edda.opens(unit_page(make_draft()))
    edda.line(11).click()
    expect(edda.row(FIRST)).to_have_class(re.compile("is-chosen"))
    edda.row("f-units-1-outcomes-1-criteria-1-2").locator(".line-link").click()
    expect(edda.line(12)).to_have_class(re.compile("is-chosen"))
    expect(edda.line(11)).not_to_have_class(re.compile("is-chosen"))
    edda.page.locator("#doubt-1").get_by_role("link", name="Line 12").click()
    expect(edda.page.locator("#doubt-1")).to_have_class(re.compile("is-chosen"))
    assert edda.page.evaluate("scrollY") == 0


def test_review_is_worked_with_keys(edda):
    edda.opens(unit_page(make_draft()))
    edda.goes_by_key("]")
    expect(edda.page).to_have_url(re.compile("doubt=1"))
    edda.types("e")
    wording = edda.row("f-units-1-outcomes-1-criteria-1-2").get_by_label("Wording")
    expect(wording).to_be_focused()
    wording.press_sequentially("e]?")
    expect(wording).to_have_value("e]?")
    edda.types("Control+Enter")
    expect(edda.row("f-units-1-outcomes-1-criteria-1-2").locator("ins")).to_have_text("e]?")
    edda.goes_by_key("]")
    expect(edda.page).to_have_url(re.compile("/structure/"))
    edda.types("?")
    expect(edda.page.get_by_role("dialog")).to_contain_text("correct the chosen row")


def test_refused_correction_stays_open_with_what_was_typed(edda):
    draft = make_draft()
    edda.opens(unit_page(draft))
    row = edda.row("f-units-1-credit")
    row.locator("summary").click()
    row.get_by_label("Credit").fill("many")
    with edda.looked.expecting("422"):
        row.get_by_role("button", name="Save").click()
        edda.sees("A credit is a whole number, 1 or more.")
    expect(edda.row("f-units-1-credit").get_by_label("Credit")).to_have_value("many")
    expect(edda.row("f-units-1-credit").get_by_label("Credit")).to_be_focused()
    edda.looks("unit with a refused correction")


def test_other_wording_that_is_being_typed_outlives_a_correction(edda):
    edda.opens(unit_page(make_draft()))
    row = edda.row(FIRST)
    row.locator("summary").first.click()
    row.get_by_label("Wording").fill("Half a sentence")
    edda.page.wait_for_function("() => Object.values(localStorage).some((kept) => kept.includes('Half a sentence'))")
    edda.corrects("f-units-1-outcomes-1-criteria-1-2", "Say which soil drains")
    expect(edda.row("f-units-1-outcomes-1-criteria-1-2").locator("ins")).to_be_visible()
    expect(edda.row(FIRST).get_by_label("Wording")).to_have_value("Half a sentence")
    expect(edda.row(FIRST).get_by_label("Wording")).to_be_visible()


def test_phone_shows_one_side_at_a_time_without_script(live_server, cast, signed_in):
    edda = signed_in(Reviewer, cast.editor, width=360, java_script_enabled=False)
    edda.opens(unit_page(make_draft()))
    expect(edda.row(FIRST)).to_be_visible()
    expect(edda.line(11)).to_be_hidden()
    edda.row(FIRST).locator(".line-link").click()
    expect(edda.line(11)).to_be_in_viewport()
    expect(edda.row(FIRST)).to_be_hidden()
    edda.line(11).get_by_role("link").click()
    expect(edda.row(FIRST)).to_be_in_viewport()
    edda.row(FIRST).locator("summary").first.click()
    edda.row(FIRST).get_by_label("Wording").fill("Name four kinds of soil")
    edda.presses("Save", within=edda.row(FIRST))
    expect(edda.row(FIRST).locator("ins")).to_have_text("four")


def test_pages_of_a_review_hold_in_the_dark(live_server, cast, signed_in):
    draft = make_draft()
    by = Actor(User.objects.get(name=cast.editor.name).pk, cast.editor.name, EDITOR)
    actions.correct(specification=draft, path="units/1/outcomes/1/criteria/1.1/text", value="Name soils", by=by)
    edda = signed_in(Reviewer, cast.editor, color_scheme="dark")
    structure = f"/catalogue/review/{draft.public_id}/structure/{draft.qualifications.get().public_id}/"
    for path in (f"/catalogue/review/{draft.public_id}/", f"{unit_page(draft)}?doubt=1&line=12", structure):
        edda.opens(path)
        edda.looks(path)
        edda.opens(f"{path}#document")
        edda.looked.at(edda.page, f"{path} document", widths=(360,))
