"""Judging, a new version, sign-off and countersignature, as the people do them on the pages."""

import re

from tests.browser.gathered import Gathered
from tests.browser.people import Assessor, Learner
from tests.browser.place import BY_HAND, TRAINEES


def judges_all_but_one(amir: Assessor, *, met: list[str], not_yet: str) -> None:
    amir.acts_as("Assessor")
    amir.sees_heading("Waiting for you")
    amir.looks("assessor's home")
    amir.takes_up("Judge", BY_HAND)
    amir.sees_pictures(2)
    assert 4.5 < amir.seeks(5) < 5.5
    amir.page.get_by_text("0:05", exact=True).click()
    amir.gives_one_reason("The film and the report show it, and I was there.")
    amir.says_met(*met)
    amir.says_not_yet(
        not_yet, because="One notice board is not the workplace.", lacking="Sufficient", todo="Show a second place."
    )
    amir.page.get_by_label("Feedback to the learner").fill("Clear and honest. One thing is left.")
    amir.looks("judge")
    amir.presses("Save judgement")
    amir.sees(f"Unit {BY_HAND}: {len(met)} met, 1 not yet met.")
    amir.looks("unit, assessor")
    amir.opens(amir.page.url.split("#")[0] + "?view=matrix")
    amir.looks("unit, matrix")


def brings_a_second_photo(ada: Learner, files: Gathered) -> None:
    ada.goes_home()
    ada.sees("Show a second place.")
    ada.sees("Clear and honest. One thing is left.")
    ada.looks("learner's home, something to answer")
    ada.follows(re.compile("^Open it"))
    ada.looks("evidence piece")
    ada.presses("Add a new version")
    ada.looks("files of a version")
    with ada.arrives():
        ada.chooses_files(files.second_photo)
    ada.sees("recycling.jpg")
    ada.follows("Continue")
    ada.declares_and_submits()


def meets_and_signs_off(amir: Assessor, code: str) -> None:
    amir.takes_up("Judge", BY_HAND)
    amir.sees_pictures(3)
    amir.gives_one_reason("The second photo shows it.")
    amir.says_met(code)
    amir.sees("the unit is then ready to sign off")
    amir.presses("Save judgement")  # the nine met before stay so: nothing more waits, and the unit's page opens
    amir.follows(f"Sign off unit {BY_HAND}")
    amir.looks("sign off")
    amir.presses("Sign off")
    amir.sees("Signed off")


def confirms(ada: Learner) -> None:
    ada.goes_home()
    ada.follows(f"Confirm unit {BY_HAND}")
    ada.looks("confirm")
    ada.presses("Confirm")
    ada.sees("signed off and confirmed")


def judges_in_training(tess: Assessor) -> None:
    tess.takes_up("Judge", TRAINEES)
    tess.sees("You are in training for this unit")
    tess.gives_one_reason("The walk round shows it.")
    tess.says_met("1.1")
    tess.presses("Save judgement")
    tess.sees("waiting for countersignature")


def countersigns(amir: Assessor) -> None:
    amir.opens("/countersigning/")
    amir.looks("countersigning")
    amir.follows(re.compile("^Countersign"), within=amir.page.locator("li.waiting", has_text=TRAINEES))
    amir.looks("countersign")
    amir.presses("Confirm those ticked")
    amir.sees("Confirmed: it counts now.")


def answers_it(amir: Assessor) -> None:
    amir.takes_up("Answer", BY_HAND)
    amir.looks("action point")
    amir.page.get_by_label("What did you do?").fill("I asked her manager, who confirms both dates.")
    amir.presses("Send answer")
    amir.sees("Your answer is with the IQA.")
