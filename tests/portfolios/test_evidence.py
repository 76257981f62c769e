"""A learner gathers evidence, one question a screen; every answer is saved, and nobody else comes near a draft."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.actors import today
from portfolios import states
from portfolios.models import Evidence, Reference
from portfolios.queries import claims_for, draft_of
from tests import factories as f
from tests.portfolios.sending import ADD, at, send, upload


@pytest.fixture
def learner(here, client_for):
    return client_for(here.learner)


@pytest.fixture
def draft(here):
    return f.make_draft(here, here.entry(), ["1.1"])


def test_the_whole_way_from_a_file_to_a_submission(here, learner):
    send(learner, upload())
    evidence = Evidence.objects.get()
    assert learner.post(at("evidence_describe", evidence, "?ask=kind"), {"kind": "P"}).url.endswith("?ask=when")
    assert learner.post(at("evidence_describe", evidence, "?ask=when"), {"quick": "1"}).url.endswith("?ask=words")
    words = {"title": "A calm answer", "text": "What I said, and why."}
    assert learner.post(at("evidence_describe", evidence, "?ask=words"), words).url == at("evidence_refer", evidence)
    chosen = [claim.key for claim in claims_for(here.learner, draft_of(evidence)) if claim.criterion.code == "1.1"]
    learner.post(at("evidence_refer", evidence), {"criterion": chosen, "deed": "save"})
    response = learner.post(at("evidence_submit", evidence), {"declared": "on"}, follow=True)
    evidence.refresh_from_db()
    assert (evidence.state, evidence.title, evidence.kind) == (states.SUBMITTED, "A calm answer", "P")
    assert evidence.happened_from == today() - timedelta(days=1)
    assert Reference.objects.filter(version__evidence=evidence).count() == 4, "1.1 of each of the four units"
    assert "is submitted" in response.text


def test_written_evidence_needs_no_file(learner):
    piece = str(uuid4())
    first = learner.post(ADD + "?write", {"piece": piece, "text": "I calmed a caller.\nThen I rang back."})
    evidence = Evidence.objects.get()
    assert (evidence.title, draft_of(evidence).text) == ("I calmed a caller.", "I calmed a caller.\r\nThen I rang back."
                                                         .replace("\r\n", "\n"))  # fmt: skip
    assert first.url == at("evidence_describe", evidence, "?ask=kind")
    learner.post(ADD + "?write", {"piece": piece, "text": "I calmed a caller. And more."})
    assert draft_of(Evidence.objects.get()).text == "I calmed a caller. And more."


def test_a_day_in_the_future_is_refused_on_the_page(learner, draft):
    was = draft.happened_from
    tomorrow = (today() + timedelta(days=1)).isoformat()
    response = learner.post(at("evidence_describe", draft, "?ask=when"), {"happened_from": tomorrow})
    assert response.status_code == 422
    assert "lies in the future" in response.text
    draft.refresh_from_db()
    assert draft.happened_from == was


def test_a_period_is_kept_and_one_that_ends_before_it_begins_is_refused(learner, draft):
    first, last = today() - timedelta(days=9), today() - timedelta(days=3)
    when = at("evidence_describe", draft, "?ask=when")
    learner.post(when, {"happened_from": first.isoformat(), "happened_until": last.isoformat()})
    draft.refresh_from_db()
    assert (draft.happened_from, draft.happened_until) == (first, last)
    backwards = {"happened_from": last.isoformat(), "happened_until": first.isoformat()}
    assert "The last day is before the first one." in learner.post(when, backwards).text


def test_only_kinds_of_the_qualification_are_offered_and_taken(learner, draft):
    page = learner.get(at("evidence_describe", draft, "?ask=kind")).text
    assert "Expert witness testimony" in page
    assert "Simulation" not in page
    response = learner.post(at("evidence_describe", draft, "?ask=kind"), {"kind": "S"})
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.kind == "P"


def test_changing_one_answer_leads_back_to_handing_in(learner, draft):
    response = learner.post(at("evidence_describe", draft, "?ask=kind&change"), {"kind": "O"})
    assert response.url == at("evidence_submit", draft)


def test_words_typed_into_a_piece_submitted_meanwhile_are_still_on_the_page(here, learner, draft):
    f.portfolios.submit(evidence=draft, declared=True, by=here.learner)
    words = {"title": "Same", "text": "An hour of typing"}
    response = learner.post(at("evidence_describe", draft, "?ask=words"), words)
    assert response.status_code == 409
    assert "An hour of typing" in response.text
    assert "Add a new version" in response.text
    assert draft.versions.get().text == "What I did that day, and why."


def test_a_piece_that_is_not_ready_says_what_is_missing_beside_the_button(here, learner):
    evidence = f.portfolios.start_evidence(learner=here.registration.learner, title="New", by=here.learner)
    page = learner.get(at("evidence_submit", evidence)).text
    assert "Say what kind of evidence this is and when it happened" in page
    assert at("evidence_files", evidence) in page


def test_submitting_twice_submits_once(learner, draft):
    for _ in range(2):
        assert learner.post(at("evidence_submit", draft), {"declared": "on"}).url == reverse("evidence")
    assert draft.versions.filter(submitted_at__isnull=False).count() == 1


def test_a_new_version_begins_as_a_copy_and_only_once(here, learner):
    version = f.submit_evidence(here, here.entry(), ["1.1"])
    for _ in range(2):
        response = learner.post(at("evidence_new_version", version.evidence))
        assert response.url == at("evidence_files", version.evidence)
    begun = draft_of(version.evidence)
    assert (begun.number, begun.files.get().blob, begun.references.count()) == (2, version.files.get().blob, 1)


def test_a_draft_is_discarded_after_asking_and_a_submitted_piece_never(here, learner, draft):
    assert "Nobody else has seen it" in learner.get(at("evidence_discard", draft)).text
    learner.post(at("evidence_discard", draft))
    assert learner.get(at("evidence_submit", draft)).status_code == 404
    kept = f.submit_evidence(here, here.entry()).evidence
    assert learner.post(at("evidence_discard", kept)).status_code == 403
    kept.refresh_from_db()
    assert kept.state == states.SUBMITTED


PAGES = ["evidence_files", "evidence_describe", "evidence_refer", "evidence_submit", "evidence_discard"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["second_learner", "assessor", "iqa", "eqa", "administrator"])
def test_nobody_else_finds_a_learners_draft(here, client_for, draft, name, who):
    assert client_for(getattr(here, who)).get(at(name, draft)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_centre_does_not_find_a_draft(cast, client_for, name):
    draft = f.make_draft(cast.here, cast.here.entry())
    assert client_for(cast.there.learner).get(at(name, draft)).status_code == 404


@pytest.mark.parametrize("who", ["assessor", "iqa", "administrator"])
def test_only_a_learner_has_pages_to_add_evidence(here, client_for, who):
    client = client_for(getattr(here, who))
    assert client.get(reverse("evidence")).status_code == 404
    assert client.get(ADD).status_code == 404


def test_a_learner_who_is_not_registered_is_told_so_before_sending_anything(here, client_for):
    client = client_for(here.second_learner)
    assert "You are not registered for a qualification" in client.get(ADD).text
    send(client, upload())
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_list_asks_as_often_for_three_pieces_as_for_one(here, learner, pieces, django_assert_num_queries):
    for number in range(pieces):
        f.submit_evidence(here, here.entry(), title=f"Piece {number}")
    with django_assert_num_queries(10):
        page = learner.get(reverse("evidence")).text
    assert page.count("data-row") == pieces
