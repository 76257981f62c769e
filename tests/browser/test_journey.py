"""The main job in the browsers of its people, from a document to a certificate that anybody can check."""

import re

import pytest

from tests.browser import gathered
from tests.browser.assessing import (
    answers_it,
    brings_a_second_photo,
    confirms,
    countersigns,
    judges_all_but_one,
    judges_in_training,
    meets_and_signs_off,
)
from tests.browser.people import Administrator, Assessor, Iqa, Learner, Person
from tests.browser.place import BY_HAND, TITLE, TRAINEES, UNITS, complete_the_other_units, make_place
from tests.browser.proving import the_record_holds_and_names_what_was_altered
from tests.browser.verifying import (
    agrees,
    checks_the_certificate,
    claims,
    downloads_the_papers,
    is_refused_the_release,
    raises_an_action_point,
    reads_everything_and_nothing_else,
    releases,
    releases_the_claim,
    sees_the_progress,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.slow]


@pytest.fixture
def place(transactional_db, proqual_document, mail_kept):
    return make_place(proqual_document)


@pytest.fixture
def ruth(place, somebody):
    return somebody(Administrator, "ruth@ng1.example")


@pytest.fixture
def ada(place, somebody):
    return somebody(Learner, "ada@ng1.example", width=360, height=740)


@pytest.fixture
def amir(place, somebody):
    return somebody(Assessor, "amir@ng1.example")


@pytest.fixture
def tess(place, somebody):
    return somebody(Assessor, "tess@ng1.example")


@pytest.fixture
def ines(place, somebody):
    return somebody(Iqa, "ines@ng1.example")


@pytest.fixture
def edith(place, somebody):
    return somebody(Person, "edith@awards.example")


def test_journey_from_a_document_to_a_certificate(
    place, ruth, ada, amir, tess, ines, edith, somebody, worker, tmp_path
):
    files = gathered.gather(tmp_path)
    reads_the_catalogue(ruth)
    links = invites_colleagues(ruth) | {"ada": registers_a_learner(ruth)}
    for person in (ada, amir, tess, ines):
        person.accepts_invitation(links[person.email.split("@")[0]])

    hands_in_evidence(ada, files)
    last = place.codes(BY_HAND)[-1]
    judges_all_but_one(amir, met=place.codes(BY_HAND)[:-1], not_yet=last)
    brings_a_second_photo(ada, files)
    meets_and_signs_off(amir, last)
    confirms(ada)
    judges_in_training(tess)
    nothing_of_it_counts_yet(ruth)
    countersigns(amir)
    now_it_counts(ruth)
    complete_the_other_units(place)

    raises_an_action_point(ines)
    answers_it(amir)
    agrees(ines)
    is_refused_the_release(amir, place)
    releases(ines)

    reads_everything_and_nothing_else(edith, place)
    claim = claims(ruth)
    worker.kill()
    releases_the_claim(edith)
    sees_the_progress(ruth, claim)
    worker.start()
    check = downloads_the_papers(ruth)
    checks_the_certificate(somebody(Person, "nobody"), check)
    the_record_holds_and_names_what_was_altered()


def reads_the_catalogue(ruth):
    ruth.signs_in(PASSWORD)
    ruth.opens("/catalogue/")
    ruth.looks("catalogue")
    ruth.follows(re.compile(TITLE))
    ruth.sees_heading(TITLE)
    ruth.sees(re.compile(r"\bline 53\b"))
    ruth.sees("can be read two ways")
    ruth.looks("qualification")
    ruth.follows(re.compile("Promote equality, diversity and inclusion"))
    ruth.sees("1.1")
    ruth.looks("catalogue unit")


def invites_colleagues(ruth):
    links = {
        "amir": ruth.invites("Amir Khan", "amir@ng1.example", "Assessor", TITLE),
        "tess": ruth.invites("Tess Young", "tess@ng1.example", "Assessor", TITLE, "In training"),
        "ines": ruth.invites("Ines Vale", "ines@ng1.example", "IQA", TITLE),
    }
    ruth.gives_another_role("Amir Khan", "IQA", TITLE)
    return links


def registers_a_learner(ruth):
    ruth.goes_home()
    ruth.looks("administrator's home")
    ruth.adds_learner(name="Ada Okafor", email="ada@ng1.example", born_on="2001-03-14", uln="1234567899")
    ruth.chooses_qualification(TITLE)
    ruth.looks("register, nothing ticked")
    ruth.ticks(*UNITS)
    ruth.sees("3 more needed")
    ruth.ticks(BY_HAND)
    ruth.sees_rules_met(5, of=5)
    ruth.looks("register, every rule met")
    ruth.presses(re.compile("^Register"))
    ruth.looks("allocate")
    ruth.allocates(assessor="Amir Khan", iqa="Ines Vale")
    ruth.allocates_one(TRAINEES, assessor="Tess Young", iqa="Amir Khan")
    ruth.presses("Save")
    ruth.sees_heading("Ada Okafor")
    ruth.looks("registration, administrator")
    ruth.opens("/learners/")
    ruth.looks("learners")
    ruth.follows("Ada Okafor")
    ruth.looks("learner")
    return ruth.link_for("ada@ng1.example")


def hands_in_evidence(ada, files):
    ada.goes_home()
    ada.looks("learner's home, nothing yet")
    ada.follows("Add evidence")
    ada.looks("add evidence")
    with ada.arrives(), ada.on_a_slow_line():
        ada.chooses_files(files.photo, files.document, files.film)
        ada.sees_progress_of("walkround.mp4")
    ada.looks("what kind")
    ada.presses(re.compile("^P "))
    ada.looks("when")
    ada.presses("Yesterday")
    ada.looks("words")
    ada.page.get_by_label("What do you call it?").fill("The walk round our office")
    ada.page.get_by_label("What should your assessor know about it?").fill("I filmed it with my manager.")
    ada.presses("Continue")
    ada.looks("what does it show")
    ada.ticks_criteria(BY_HAND)
    ada.ticks_criteria(TRAINEES, "1.1")
    ada.sees("11 criteria in 2 units")
    ada.presses("Say where")
    ada.looks("say where")
    code = re.escape(BY_HAND)
    ada.page.get_by_label(re.compile(rf"{code} 1\.1$")).fill("0:05")
    ada.page.get_by_label(re.compile(rf"{code} 1\.2$")).fill("page 2")
    ada.presses("Save")
    ada.looks("submit")
    with ada.looked.expecting("status of 422"):
        ada.presses("Submit")
        ada.sees("Without your declaration")
    ada.declares_and_submits()
    ada.sees("with your assessor")
    ada.looks("my evidence")
    ada.goes_home()
    ada.follows(BY_HAND)
    ada.sees("What it still lacks")
    ada.looks("unit, learner")


def nothing_of_it_counts_yet(ruth):
    ruth.opens("/learners/")
    ruth.follows(TITLE)
    ruth.sees_criteria_met(TRAINEES, "0 of 11")


def now_it_counts(ruth):
    ruth.page.reload()
    ruth.sees_criteria_met(TRAINEES, "1 of 11")
