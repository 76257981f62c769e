"""Two people deciding about one claim at the same moment, on a database with real locks."""

import pytest

from assessments import actions as assessments
from certification import actions as certification
from certification import rules
from certification.models import Certificate, Claim, EqaDecision
from portfolios.models import Registration
from tests.assessments.test_races import at_once
from tests.certification.builders import waiting_claim
from tests.factories import grant_direct_claims, judge, make_cast, release, submit_evidence

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def here(transactional_db):
    return make_cast().here


def codes(results) -> list[str]:
    return [each.code for each in results if hasattr(each, "code")]


def claim(house):
    registration = Registration.objects.get(pk=house.registration.pk)
    return certification.claim(registration=registration, by=house.administrator)


def test_clm_13_two_claims_at_once_are_one(here):
    release(here)
    results = at_once(lambda: claim(here), lambda: claim(here))
    assert codes(results) == ["CLM-13"], results
    assert Claim.objects.count() == 1


def test_clm_3_of_a_claim_and_a_reopening_at_once_one_is_told_and_the_claim_is_proved(here):
    release(here)
    entry = here.entry("201")
    results = at_once(
        lambda: claim(here), lambda: assessments.reopen(entry=entry, reason="Signed too early.", by=here.assessor)
    )
    assert len(codes(results)) == 1, results
    for made in Claim.objects.all():
        assert rules.refuse_unproved(claim=made) is None


def test_clm_3_of_a_claim_and_a_confirmation_at_once_the_claim_is_proved_or_refused(here):
    entry = here.entry("202")
    judge(entry, submit_evidence(here, entry), by=here.assessor)
    assessments.sign_off(entry=entry, by=here.assessor)
    release(here)
    results = at_once(lambda: claim(here), lambda: assessments.confirm(entry=entry, by=here.learner))
    assert len(codes(results)) == 1, results
    for made in Claim.objects.all():
        assert rules.refuse_unproved(claim=made) is None


def test_dcs_4_a_claim_released_and_returned_at_once_is_answered_once(here):
    made = waiting_claim(here)
    answers = [("released", ""), ("returned", "One piece is missing.")]
    results = at_once(*(
        lambda said=said: certification.decide_claim(claim=made, outcome=said[0], note=said[1], by=here.eqa)
        for said in answers
    ))  # fmt: skip
    assert codes(results) == ["STATE"], results
    assert EqaDecision.objects.count() == 1


def test_clm_13_the_papers_made_twice_at_once_are_one_certificate(here):
    grant_direct_claims(here)
    release(here)
    made = claim(here)

    def make():
        found = Claim.objects.get(pk=made.pk)
        return certification.make_documents(claim=found, progress=lambda *said: None, by=here.administrator)

    one, other = at_once(make, make)
    assert one == other == Certificate.objects.get()
