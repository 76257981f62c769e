"""A learner's home, and a piece of evidence for everybody who may open it."""

import pytest
from django.urls import reverse

from assessments import actions
from portfolios import actions as portfolios
from tests.factories import allocate, judge, make_draft


@pytest.fixture
def home(client_for, here):
    return lambda: client_for(here.learner).get(reverse("learner_home")).content.decode()


def piece(evidence) -> str:
    return reverse("evidence_piece", args=[evidence.public_id])


def next_of(text: str) -> str:
    return text.split('id="next"')[1].split("</section>")[0]


def test_learner_home_has_a_ring_a_unit_and_begins_with_adding_evidence(here, home):
    text = home()
    assert text.count("ring-words") == 4
    assert reverse("add_evidence") in text
    assert "Show something you have done" in next_of(text)


def test_learner_home_asks_first_to_confirm_a_unit(here, entry, version, home):
    judge(entry, version, by=here.assessor)
    actions.sign_off(entry=entry, by=here.assessor)
    make_draft(here, here.entry("102"))
    assert reverse("confirm", args=[entry.public_id]) in next_of(home())


def test_learner_home_says_what_the_assessor_asked_for(here, entry, version, home):
    judge(entry, version, ["1.1"], outcome="not_yet", todo="Film the end of the call.", by=here.assessor)
    said = next_of(home())
    assert "Film the end of the call." in said
    assert piece(version.evidence) in said


def test_learner_home_leads_back_to_a_draft(here, home):
    draft = make_draft(here, here.entry("101"), title="Half a story")
    said = next_of(home())
    assert "Half a story" in said
    assert reverse("evidence_describe", args=[draft.public_id]) in said


def test_learner_home_asks_once_for_a_new_version_that_has_been_begun(here, entry, version, home):
    judge(entry, version, ["1.1"], outcome="not_yet", todo="Film the end of the call.", by=here.assessor)
    portfolios.new_version(evidence=version.evidence, by=here.learner)
    text = home()
    assert text.count("Film the end of the call.") == 1
    assert reverse("evidence_describe", args=[version.evidence.public_id]) in next_of(text)


def test_learner_home_shows_the_latest_feedback(here, entry, version, home):
    actions.give_feedback(entry=entry, evidence=version.evidence, text="Well told.", by=here.assessor)
    assert "Well told." in home()


def test_learner_home_of_somebody_not_registered_says_who_does_that(here, client_for):
    text = client_for(here.second_learner).get(reverse("learner_home")).content.decode()
    assert "not registered for a qualification yet" in text


def test_learner_home_is_no_page_for_staff(here, cast, client_for):
    for actor in (here.assessor, here.iqa, here.administrator, here.eqa, cast.editor):
        assert client_for(actor).get(reverse("learner_home")).status_code == 403


def test_evidence_piece_shows_what_it_holds_claims_and_was_told(here, entry, version, client_for):
    judge(entry, version, ["1.1"], outcome="not_yet", todo="Film the end of the call.", by=here.assessor)
    actions.give_feedback(entry=entry, evidence=version.evidence, text="Well told so far.", by=here.assessor)
    for actor in (here.learner, here.assessor, here.iqa, here.eqa):
        text = client_for(actor).get(piece(version.evidence)).content.decode()
        for shown in ("A call log", "notes.txt", "Film the end of the call.", "Well told so far.", "Product of work"):
            assert shown in text


def test_evidence_piece_offers_a_new_version_to_the_learner_only(here, entry, version, client_for):
    address = reverse("evidence_new_version", args=[version.evidence.public_id])
    assert address in client_for(here.learner).get(piece(version.evidence)).content.decode()
    for actor in (here.assessor, here.iqa, here.eqa):
        assert address not in client_for(actor).get(piece(version.evidence)).content.decode()


def test_evidence_piece_keeps_a_begun_version_from_everybody_but_the_learner(here, entry, version, client_for):
    portfolios.new_version(evidence=version.evidence, by=here.learner)
    assert "Draft of version 2" in client_for(here.learner).get(piece(version.evidence)).content.decode()
    assert "version 2" not in client_for(here.assessor).get(piece(version.evidence)).content.decode()


def test_evidence_piece_shows_only_the_units_its_reader_may_see(here, cast, client_for):
    first, second = here.entry("101"), allocate(here, "102", assessor=here.trainee)
    draft = make_draft(here, first)
    chosen = {(each, criterion): "" for each in (first, second) for criterion in each.unit.criteria.all()}
    portfolios.refer(evidence=draft, chosen=chosen, by=here.learner)
    portfolios.submit(evidence=draft, declared=True, by=here.learner)
    text = client_for(here.trainee).get(piece(draft)).content.decode()
    assert "Testing unit 102" in text
    assert "Testing unit 101" not in text


def test_evidence_piece_of_somebody_else_is_not_found(cast, here, entry, version, client_for):
    strangers = (cast.there.assessor, cast.there.learner, here.second_learner, here.administrator, cast.editor)
    for actor in strangers:
        assert client_for(actor).get(piece(version.evidence)).status_code == 404


def test_evidence_piece_that_is_a_draft_is_the_learners_alone(here, entry, client_for):
    draft = make_draft(here, entry)
    assert client_for(here.learner).get(piece(draft)).status_code == 200
    assert client_for(here.assessor).get(piece(draft)).status_code == 404
