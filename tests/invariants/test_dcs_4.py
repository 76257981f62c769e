"""DCS-4: without direct claims status nothing is approved that an EQA has not released by name."""

from datetime import date, timedelta

import pytest

from audit.actors import today
from audit.rules import Refused
from centres import actions as centres
from centres.models import DirectClaims
from certification import actions as certification
from certification import states
from certification.models import Certificate, Claim
from jobs.models import Job
from portfolios import states as portfolio
from tests.certification.builders import answer, issue, refusal_of, run_jobs, waiting_claim
from tests.factories import QAN, SYSTEM, claim, grant_direct_claims


def test_dcs_4_with_direct_claims_status_a_claim_is_approved_at_once(here):
    grant_direct_claims(here)
    made = claim(here)
    assert (made.state, made.direct) == (states.APPROVED, True)
    assert Job.objects.filter(task="certification.make_documents").count() == 1


def test_dcs_4_without_it_a_claim_waits_and_no_papers_are_made(here):
    made = waiting_claim(here)
    assert (made.state, made.direct) == (states.AWAITING_EQA, False)
    assert not Job.objects.filter(task="certification.make_documents").exists()
    refusal = refusal_of(certification.make_documents, claim=made, progress=lambda *said: None, by=SYSTEM)
    assert refusal.code == "DCS-4"


def test_dcs_4_the_eqas_release_approves_it(here):
    made = waiting_claim(here)
    answer(here, made)
    made.refresh_from_db()
    assert made.state == states.APPROVED
    run_jobs()
    assert Certificate.objects.filter(claim=made).count() == 1


def test_dcs_4_sent_twice_the_eqas_answer_is_kept_once(here):
    made = waiting_claim(here)
    assert answer(here, made) == answer(here, made)
    assert Job.objects.filter(task="certification.make_documents").count() == 1


def test_dcs_4_returned_with_a_reason_the_registration_is_open_again_and_can_be_claimed_again(here):
    made = waiting_claim(here)
    assert refusal_of(certification.decide_claim, claim=made, outcome="returned", note=" ", by=here.eqa).code == "INPUT"
    answer(here, made, "returned", "Unit 102 rests on one piece only.")
    here.registration.refresh_from_db()
    assert here.registration.state == portfolio.ACTIVE
    assert certification.claim(registration=here.registration, by=here.administrator) != made


@pytest.mark.parametrize("who", ["administrator", "assessor", "iqa", "learner"])
def test_dcs_4_nobody_at_the_centre_can_answer(here, who):
    made = waiting_claim(here)
    by = getattr(here, who)
    assert refusal_of(certification.decide_claim, claim=made, outcome="released", note="", by=by).code == "DCS-4"


def test_dcs_4_an_eqa_of_another_centre_or_qualification_cannot_answer(cast, here):
    made = waiting_claim(here)
    for pair in ((cast.there.centre.pk, QAN), (here.centre.pk, "900/0001/X")):
        other = type(here.eqa)(here.eqa.user_id, "Another", "eqa", allocations=frozenset({pair}))
        assert refusal_of(certification.decide_claim, claim=made, outcome="released", note="", by=other).code == "DCS-4"


def test_dcs_4_status_lost_before_the_claim_sends_it_to_the_eqa(here):
    grant_direct_claims(here)
    DirectClaims.objects.update(until_on=today() - timedelta(days=1))
    assert claim(here).state == states.AWAITING_EQA


def test_dcs_4_status_of_one_centre_does_nothing_for_another(cast, here):
    grant_direct_claims(cast.there)
    assert waiting_claim(here).state == states.AWAITING_EQA


def test_a_registration_is_claimed_once(here):
    issue(here)
    here.registration.refresh_from_db()
    refusal = refusal_of(certification.claim, registration=here.registration, by=here.administrator)
    assert refusal.code == "CLM-13"
    assert Claim.objects.count() == 1


def test_granting_direct_claims_is_not_the_centres_own_deed(here):
    with pytest.raises(Refused):
        centres.grant_direct_claims(centre=here.centre, qan=QAN, from_on=date(2020, 1, 1), by=here.administrator)
