"""Sampling, releasing, claiming and checking, as the people do them on the pages."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.people import Administrator, Assessor, Iqa, Person
from tests.browser.place import BY_HAND, TITLE, Place
from tests.factories import PASSWORD


def raises_an_action_point(ines: Iqa) -> None:
    ines.goes_home()
    ines.looks("IQA's home")
    ines.follows("Sampling plan")
    ines.looks("sampling plan")
    ines.plans_a_sample(BY_HAND)
    ines.looks("sample")
    ines.finds("Action point", "Film, report and photos opened. The dates of the walk round are not confirmed.")
    ines.page.get_by_label("What must be done?").fill("Have the manager confirm the dates.")
    ines.presses("Save finding")
    ines.sees("Your action point is with the assessor.")


def agrees(ines: Iqa) -> None:
    ines.takes_up("Look", BY_HAND)
    ines.sees("I asked her manager, who confirms both dates.")
    ines.finds("Agree", "The manager's word is enough. Sound judgements.")
    ines.presses("Save finding")
    ines.sees("Agreed.")


def is_refused_the_release(amir: Assessor, place: Place) -> None:
    """He verifies a unit of this registration and assessed the others (IQA-1)."""
    amir.acts_as("IQA")
    amir.opens(f"/registrations/{place.registration.public_id}/release/")
    amir.sees("IQA-1")
    amir.sees("You assessed or countersigned something in this registration, so somebody else has to release it.")
    expect(amir.page.get_by_role("button", name="Release")).to_have_attribute("aria-disabled", "true")
    amir.looks("release, refused")


def releases(ines: Iqa) -> None:
    ines.goes_home()
    ines.follows(re.compile("^Release"), within=ines.page.get_by_role("main"))
    ines.looks("release")
    ines.presses("Release")
    ines.sees("the administrator can claim")


def reads_everything_and_nothing_else(edith: Person, place: Place) -> None:
    edith.signs_in(PASSWORD)
    edith.sees("Ada Okafor")
    edith.does_not_see("Tom Reid")
    edith.looks("EQA's home")
    with edith.looked.expecting("status of 404"):
        answer = edith.page.goto(f"/registrations/{place.elsewhere.public_id}/")
        assert answer.status == 404
        edith.looks("not found")
    edith.goes_home()
    edith.follows("Ada Okafor")
    edith.looks("registration, EQA")
    edith.follows("Everything that was done")
    edith.sees("Released with 11 units")
    edith.looks("trail")


def claims(ruth: Administrator) -> str:
    ruth.goes_home()
    ruth.looks("administrator's home, a claim to make")
    ruth.follows(re.compile("Claim"), within=ruth.page.get_by_role("main"))
    expect(ruth.page.locator("ol.argument > li")).to_have_count(6)
    expect(ruth.page.locator("ol.argument > li.missing")).to_have_count(0)
    ruth.sees("Together, 11 units")
    ruth.looks("claim")
    ruth.presses("Claim the certificate")
    ruth.sees("This claim waits for the EQA")
    ruth.looks("claim, waiting for the EQA")
    return urlsplit(ruth.page.url).path


def releases_the_claim(edith: Person) -> None:
    edith.goes_home()
    edith.follows(re.compile("Answer the claim"))
    edith.page.get_by_role("radio", name=re.compile("^Release it")).check()
    edith.page.get_by_label("What you looked at and found").fill("Two samples and the trail. All in order.")
    edith.looks("claim, EQA")
    edith.presses("Record your answer")
    edith.sees("Your answer is recorded.")


def sees_the_progress(ruth: Administrator, claim: str) -> None:
    ruth.opens("/claims/")
    ruth.looks("claims")
    for _ in range(2):  # it survives a reload
        ruth.opens(claim)
        expect(ruth.page.get_by_role("progressbar")).to_be_visible()
    ruth.looks("claim, papers being made")


def downloads_the_papers(ruth: Administrator) -> str:
    """The page says by itself when they are there; the address of the public check."""
    papers = ruth.page.get_by_role("link", name=re.compile(r"\(PDF\)$"))
    expect(papers).to_have_count(2)
    ruth.looks("claim, papers made")
    for paper in papers.all():
        answer = ruth.page.request.get(paper.get_attribute("href"))
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF")
    return ruth.page.get_by_role("link", name="What anybody can check").get_attribute("href")


def checks_the_certificate(anybody: Person, address: str) -> None:
    anybody.opens(address)
    anybody.sees("genuine")
    anybody.sees("Ada Okafor")
    anybody.sees(TITLE)
    anybody.does_not_see("2001")
    anybody.does_not_see("ada@ng1.example")
    anybody.looks("check")
