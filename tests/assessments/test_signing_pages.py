"""Signing off, confirming, reopening and countersigning through their pages."""

import pytest
from django.urls import reverse

from assessments import actions
from assessments.models import Countersignature, LearnerConfirmation, Reopening, SignOff
from tests.factories import allocate, complete_unit, judge, submit_evidence


@pytest.fixture
def ready(here, entry, version):
    judge(entry, version, by=here.assessor)
    return here.entry("101")


@pytest.fixture
def trainees(here):
    """An entry that the trainee has judged whole."""
    entry = allocate(here, "101", assessor=here.trainee)
    judge(entry, submit_evidence(here, entry, title="A stock count"), because="The count shows it.", by=here.trainee)
    return here.entry("101")


def test_sign_off_shows_the_statement_and_what_it_rests_on(here, ready, client_for, page_of):
    text = client_for(here.assessor).get(page_of("sign_off", ready)).content.decode()
    assert actions.STATEMENT in text
    assert text.count("A call log") == 4


def test_sign_off_twice_is_one_signature(here, ready, client_for, page_of):
    client = client_for(here.assessor)
    for _ in range(2):
        assert client.post(page_of("sign_off", ready)).url == page_of("unit", ready)
    assert SignOff.objects.count() == 1


def test_sign_off_too_early_is_refused_in_words(here, entry, version, client_for, page_of):
    client = client_for(here.assessor)
    for answer in (client.get(page_of("sign_off", entry)), client.post(page_of("sign_off", entry))):
        assert answer.status_code == 403
        assert "4 of the unit" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_sign_off_by_cat_7_is_refused_without_the_wording(here, ready, client_for, page_of):
    ready.unit.criteria.filter(code="2.1").update(text="")
    answer = client_for(here.assessor).post(page_of("sign_off", ready))
    assert answer.status_code == 403
    assert "wording of criterion 2.1" in answer.content.decode()
    assert not SignOff.objects.exists()


def test_sign_off_is_the_unit_assessors_alone(here, ready, client_for, page_of):
    for actor in (here.learner, here.iqa, here.administrator, here.eqa):
        assert client_for(actor).post(page_of("sign_off", ready)).status_code == 403
    assert not SignOff.objects.exists()


def test_confirm_is_the_learners_word_given_once(here, ready, client_for, page_of):
    actions.sign_off(entry=ready, by=here.assessor)
    assert client_for(here.assessor).post(page_of("confirm", ready)).status_code == 403
    client = client_for(here.learner)
    assert actions.CONFIRMATION in client.get(page_of("confirm", ready)).content.decode()
    for _ in range(2):
        assert client.post(page_of("confirm", ready)).url == reverse("learner_home")
    assert LearnerConfirmation.objects.count() == 1
    assert here.entry("101").state == "confirmed"


def test_confirm_before_the_sign_off_is_refused(here, ready, client_for, page_of):
    assert client_for(here.learner).get(page_of("confirm", ready)).status_code == 403
    assert client_for(here.learner).post(page_of("confirm", ready)).status_code == 403


def test_reopen_without_a_reason_changes_nothing(here, client_for, page_of):
    entry = complete_unit(here)
    answer = client_for(here.assessor).post(page_of("reopen", entry), {"reason": "  "})
    assert answer.status_code == 422
    assert "Say why the unit is reopened" in answer.content.decode()
    assert here.entry("101").state == "confirmed"


def test_reopen_with_a_reason_ends_the_signatures_once(here, client_for, page_of):
    entry = complete_unit(here)
    client = client_for(here.iqa)
    for _ in range(2):
        answer = client.post(page_of("reopen", entry), {"reason": "The witness was not named."})
        assert answer.status_code == 302
    assert Reopening.objects.count() == 1
    assert here.entry("101").state == "open"


def test_reopen_is_refused_to_the_learner(here, client_for, page_of):
    entry = complete_unit(here)
    assert client_for(here.learner).get(page_of("reopen", entry)).status_code == 403
    assert client_for(here.learner).post(page_of("reopen", entry), {"reason": "Mine"}).status_code == 403
    assert here.entry("101").state == "confirmed"


def test_countersigning_lists_what_waits_by_unit(here, trainees, client_for):
    text = client_for(here.assessor).get(reverse("countersigning")).content.decode()
    assert "4 judgements by Tess Young" in text
    assert reverse("countersign", args=[trainees.public_id]) in text


def test_countersigning_shows_nothing_to_the_trainee_and_is_no_page_for_others(here, cast, trainees, client_for):
    assert (
        "Tess Young" not in client_for(here.trainee).get(reverse("countersigning")).content.decode().split("<main")[1]
    )
    assert "Tess Young" not in client_for(cast.there.assessor).get(reverse("countersigning")).content.decode()
    for actor in (here.learner, here.iqa, here.administrator, here.eqa):
        assert client_for(actor).get(reverse("countersigning")).status_code == 403


def test_countersign_shows_the_evidence_beside_the_decision(here, trainees, client_for, page_of):
    text = client_for(here.assessor).get(page_of("countersign", trainees)).content.decode()
    assert "A stock count" in text
    assert "notes.txt" in text
    assert text.count("The count shows it.") == 4


def ids(entry, *codes) -> list[str]:
    found = entry.judgements.filter(criterion__code__in=codes) if codes else entry.judgements.all()
    return [str(each.public_id) for each in found]


def test_countersign_confirms_several_at_once_and_twice_is_once(here, trainees, client_for, page_of):
    client = client_for(here.assessor)
    for _ in range(2):
        sent = {"judgements": ids(trainees), "outcome": "confirmed", "comment": ""}
        assert client.post(page_of("countersign", trainees), sent).status_code == 302
    assert Countersignature.objects.count() == 4
    assert here.entry("101").criteria_met == 4


def test_countersign_returning_without_a_comment_keeps_the_ticks(here, trainees, client_for, page_of):
    sent = {"judgements": ids(trainees, "1.1"), "outcome": "returned", "comment": " "}
    answer = client_for(here.assessor).post(page_of("countersign", trainees), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why you return it" in text
    assert text.split("<main")[1].split("</main")[0].count(" checked") == 1
    assert not Countersignature.objects.exists()


def test_countersign_returned_waits_for_the_trainee_with_the_comment(here, trainees, client_for, page_of):
    sent = {"judgements": ids(trainees, "1.1"), "outcome": "returned", "comment": "It counts another shelf."}
    client_for(here.assessor).post(page_of("countersign", trainees), sent)
    judging = client_for(here.trainee).get(page_of("judge", trainees)).content.decode()
    assert "It counts another shelf." in judging
    assert "1 of 1 waiting" in judging


def test_countersign_nothing_chosen_is_told(here, trainees, client_for, page_of):
    for sent in ({"outcome": "confirmed"}, {"judgements": ["nonsense"], "outcome": "confirmed"}, {}):
        assert client_for(here.assessor).post(page_of("countersign", trainees), sent).status_code == 422
    assert not Countersignature.objects.exists()


def test_countersign_is_refused_to_the_author_and_to_other_roles(here, cast, trainees, client_for, page_of):
    sent = {"judgements": ids(trainees), "outcome": "confirmed"}
    for actor in (here.trainee, here.iqa, here.administrator, here.learner, here.eqa):
        assert client_for(actor).get(page_of("countersign", trainees)).status_code == 403
        assert client_for(actor).post(page_of("countersign", trainees), sent).status_code == 403
    assert client_for(cast.there.assessor).post(page_of("countersign", trainees), sent).status_code == 404
    assert not Countersignature.objects.exists()


def test_countersign_the_sign_off_of_a_trainee(here, trainees, client_for, page_of):
    actions.countersign(judgements=list(trainees.judgements.all()), outcome="confirmed", by=here.assessor)
    signed = actions.sign_off(entry=trainees, by=here.trainee)
    client = client_for(here.assessor)
    assert actions.STATEMENT in client.get(page_of("countersign", trainees)).content.decode()
    sent = {"sign_off": str(signed.public_id), "outcome": "confirmed"}
    assert client.post(page_of("countersign", trainees), sent).url == reverse("countersigning")
    signed.refresh_from_db()
    assert signed.countersignature.outcome == "confirmed"


def test_countersign_returning_the_sign_off_opens_the_unit_again(here, trainees, client_for, page_of):
    actions.countersign(judgements=list(trainees.judgements.all()), outcome="confirmed", by=here.assessor)
    signed = actions.sign_off(entry=trainees, by=here.trainee)
    sent = {"sign_off": str(signed.public_id), "outcome": "returned", "comment": "Look at 2.1 again."}
    client_for(here.assessor).post(page_of("countersign", trainees), sent)
    assert here.entry("101").state == "open"
