"""People and what they do with their browser, in their own words; every page they stop at is looked at."""

import re
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.core.signals import request_started
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import Looked

PASSWORD = "seven quiet lanterns"


@contextmanager
def answers_held() -> Iterator[None]:
    """No form that is sent meanwhile is answered before the end."""
    ended = threading.Event()

    def hold(environ, **_) -> None:
        if environ["REQUEST_METHOD"] == "POST":
            ended.wait()

    request_started.connect(hold)
    try:
        yield
    finally:
        request_started.disconnect(hold)
        ended.set()


class Person:
    """Somebody with a browser, an email address and a password."""

    def __init__(self, page: Page, email: str, looked: Looked):
        self.page = page
        self.email = email
        self.looked = looked

    # Moving about

    def arrives(self) -> AbstractContextManager:
        """Whatever leads to another page is done within this: its scripts have run at the end."""
        return self.page.expect_event("load")

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def goes_home(self) -> None:
        self.page.goto("/")

    def follows(self, words: str | re.Pattern, within: Locator | None = None) -> None:
        link = (within or self.page).get_by_role("link", name=words).first
        with self.arrives():
            link.click()

    def presses(self, words: str | re.Pattern, within: Locator | None = None) -> None:
        button = (within or self.page).get_by_role("button", name=words).first
        with self.arrives():
            button.click()

    def looks(self, name: str) -> None:
        self.looked.at(self.page, name)

    def chooses(self, label: str, option: str, *, exact: bool = True) -> None:
        """The first choice of a list that has these words in it."""
        choice = self.page.get_by_label(label, exact=exact)
        choice.select_option(choice.locator("option", has_text=option).first.get_attribute("value"))

    def takes_up(self, deed: str, unit: str) -> None:
        """From the list of what waits."""
        self.goes_home()
        self.follows(re.compile(f"^{deed}"), within=self.page.locator("li.waiting", has_text=unit))

    def presses_twice(self, words: str) -> None:
        """A double click, faster than any page answers."""
        with self.arrives(), answers_held():
            self.page.get_by_role("button", name=words, exact=True).dblclick()

    def types(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def goes_by_key(self, key: str) -> None:
        with self.arrives():
            self.types(key)

    # Saying what they see

    def sees(self, words: str | re.Pattern) -> None:
        expect(self.page.locator("body")).to_contain_text(words)

    def does_not_see(self, words: str | re.Pattern) -> None:
        expect(self.page.locator("main")).not_to_contain_text(words)

    def sees_heading(self, words: str | re.Pattern) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    # The door

    def accepts_invitation(self, link: str) -> None:
        self.page.goto(link)
        self.looks("invitation")
        self.page.get_by_label("New password", exact=True).fill(PASSWORD)
        self.page.get_by_label("New password confirmation").fill(PASSWORD)
        self.presses("Save and go in")
        if "/accounts/login/" in self.page.url:
            self.signs_in(PASSWORD)

    def signs_in(self, password: str) -> None:
        if "/accounts/login/" not in self.page.url:
            self.page.goto("/accounts/login/")
        self.looks("sign in")
        self.page.get_by_label("Email address").fill(self.email)
        self.page.get_by_label("Password").fill(password)
        self.presses("Sign in")

    def acts_as(self, role: str) -> None:
        self.page.locator("details.menu > summary").click()
        self.presses(re.compile(role))


class Administrator(Person):
    """Invites, registers, allocates, claims."""

    def invites(self, name: str, email: str, role: str, approved_for: str, standing: str = "") -> str:
        """Invite a colleague, approved for every unit of that qualification; returns the link from the mail."""
        self.opens("/people/invite/")
        self.looks("invite somebody")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_role("radio", name=role, exact=True).check()
        self.chooses("Approved for every unit of", approved_for, exact=False)
        if standing:
            self.page.get_by_role("radio", name=standing).check()
        self.presses("Invite")
        self.sees(f"A mail went to {email}")
        self.looks("people")
        return self.link_for(email)

    def gives_another_role(self, name: str, role: str, approved_for: str) -> None:
        self.opens("/people/")
        self.follows(name)
        self.looks("person")
        self.follows("Give another role")
        self.page.get_by_role("radio", name=role, exact=True).check()
        self.chooses("Approved for every unit of", approved_for, exact=False)
        self.presses("Invite")

    def link_for(self, email: str) -> str:
        """The link in the newest mail to this address."""
        self.opens("/mail/")
        self.looks("mail")
        mail = self.page.locator("article", has=self.page.get_by_text(email, exact=True)).first
        return mail.get_by_role("link").get_attribute("href")

    def adds_learner(self, *, name: str, email: str, born_on: str, uln: str) -> None:
        self.opens("/learners/add/")
        self.looks("add a learner")
        self.page.get_by_label("Full name").fill(name)
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Date of birth").fill(born_on)
        self.page.get_by_label(re.compile("ULN")).fill(uln)
        self.presses("Add and choose the qualification")

    def chooses_qualification(self, title: str) -> None:
        choice = self.page.get_by_label("Qualification")
        value = choice.locator("option", has_text=title).get_attribute("value")
        choice.select_option(value)
        expect(self.page.locator("#standing")).to_be_visible()

    def ticks(self, *codes: str) -> None:
        for code in codes:
            self.page.locator("label.choice", has_text=code).get_by_role("checkbox").check()

    def sees_rules_met(self, met: int, of: int) -> None:
        rules = self.page.locator("#standing .rules")
        expect(rules.locator(".rule:not(.to-go)")).to_have_count(met)
        expect(rules.get_by_role("listitem")).to_have_count(of)

    def allocates(self, *, assessor: str, iqa: str) -> None:
        self.chooses("Assessor", assessor)
        self.chooses("IQA", iqa)

    def allocates_one(self, code: str, *, assessor: str = "", iqa: str = "") -> None:
        if assessor:
            self.chooses(f"Assessor of unit {code}", assessor)
        if iqa:
            self.chooses(f"IQA of unit {code}", iqa)

    def sees_criteria_met(self, code: str, words: str) -> None:
        row = self.page.get_by_role("row").filter(has_text=code)
        expect(row.get_by_text(words, exact=True)).to_be_visible()


class Learner(Person):
    """Gathers evidence on a phone."""

    @contextmanager
    def on_a_slow_line(self, bytes_a_second: int = 2_000_000) -> Iterator[None]:
        """So slow that a film is seen on its way, and would be for a minute."""
        line = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        speed = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
        line.send("Network.emulateNetworkConditions", speed)
        yield
        line.send("Network.emulateNetworkConditions", speed | {"uploadThroughput": -1})

    def chooses_files(self, *paths: Path) -> None:
        """Sending begins at once; the progress of each is in the page."""
        self.page.locator("#files").set_input_files(paths)

    def sees_progress_of(self, name: str) -> None:
        """The bar has begun and has not ended."""
        self.page.wait_for_function(
            """(name) => [...document.querySelectorAll("progress")].some(
              (bar) => bar.getAttribute("aria-label") === `Sending ${name}` && bar.value > 0 && bar.value < 100)""",
            arg=name,
        )

    def ticks_criteria(self, unit: str, *codes: str) -> None:
        """Only these of the unit, or all of them."""
        part = self.page.locator("details[data-unit]", has=self.page.locator(".unit-name", has_text=unit))
        if part.get_attribute("open") is None:
            part.locator("summary").click()
        if not codes:
            for button in part.locator("[data-tick-all]").all():
                button.click()
        for code in codes:
            self.tick_of(part, code).check()

    def tick_of(self, part: Locator, code: str) -> Locator:
        claims = part.locator("[data-claim]")
        return claims.filter(has=self.page.get_by_text(code, exact=True)).get_by_role("checkbox")

    def declares_and_submits(self) -> None:
        self.page.get_by_role("checkbox").check()
        self.presses("Submit")


class Assessor(Person):
    """Judges, signs off, countersigns."""

    def row(self, code: str) -> Locator:
        return self.page.locator(f"[id='criterion-{code}']")

    def says_met(self, *codes: str) -> None:
        for code in codes:
            self.row(code).get_by_role("radio", name="Met", exact=True).check()

    def says_not_yet(self, code: str, *, because: str, lacking: str, todo: str) -> None:
        row = self.row(code)
        row.get_by_role("radio", name="Not yet met").check()
        row.get_by_label(re.compile("^Why")).fill(because)
        row.get_by_role("checkbox", name=re.compile(lacking)).check()
        row.get_by_label("What should the learner do?").fill(todo)

    def gives_one_reason(self, words: str) -> None:
        self.page.get_by_label("Reason for several at once").fill(words)

    def sees_pictures(self, number: int) -> None:
        """Photos and pages of documents, loaded and not merely linked."""
        pictures = self.page.locator("main .judge img")
        expect(pictures).to_have_count(number)
        pictures.evaluate_all("(all) => Promise.all(all.map((each) => each.decode()))")

    def seeks(self, second: float) -> float:
        """Where the film stands after it was asked to go there: only a film served by ranges gets there."""
        return self.page.locator("video").evaluate(
            """(film, second) => new Promise((done, failed) => {
              film.addEventListener("seeked", () => done(film.currentTime), { once: true });
              film.addEventListener("error", () => failed(film.error.message), { once: true });
              const go = () => { film.currentTime = second; };
              film.readyState >= 1 ? go() : film.addEventListener("loadedmetadata", go, { once: true });
              setTimeout(() => failed("the film did not seek"), 60000);
            })""",
            second,
        )


class Iqa(Person):
    """Plans, looks, concludes, releases."""

    def plans_a_sample(self, code: str) -> None:
        """The plan's cell of that unit, chosen without leaving the page."""
        self.page.get_by_role("link", name=f"Unit {code}:").click()
        self.page.get_by_role("button", name="Plan a sample").click()
        self.follows(re.compile("^Look at it"))

    def finds(self, outcome: str, note: str) -> None:
        self.page.get_by_role("radio", name=outcome, exact=True).check()
        self.page.get_by_label("What you looked at and what you found").fill(note)
