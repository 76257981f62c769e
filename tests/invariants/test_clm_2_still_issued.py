"""CLM-2, CLM-1 and CLM-3: what does not stop the paper of a claim, and what nobody does after one; CAT-6 in a claim."""

import pytest
from django.urls import reverse

from assessments import actions as assessments
from audit.models import Entry
from certification import actions as certification
from certification import rules
from certification.models import Certificate, EqaDecision
from portfolios.models import Registration
from quals.models import Rule
from tests.certification.builders import issue, refusal_of, run_jobs, waiting_claim
from tests.factories import allocate, complete_unit, judge, release, submit_evidence
from tests.invariants.tampering import (
    BEFORE,
    a_unit_is_not_confirmed,
    approved_claim,
    as_made_yesterday,
    rests_on_an_easier_rule,
)
from verification.rules import is_current


@pytest.mark.parametrize("how", ["directly", "by the EQA"])
def test_clm_2_a_claim_made_before_the_rules_were_kept_still_becomes_a_certificate(cast, here, how):
    made = approved_claim(here) if how == "directly" else waiting_claim(here)
    as_made_yesterday(made)
    if how != "directly":
        certification.decide_claim(claim=made, outcome="released", by=here.eqa)
    run_jobs()
    certificate = Certificate.objects.get()
    assert certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor).units
    assert [set(unit) for unit in certificate.units] == [set(BEFORE)] * 3


def test_clm_3_a_unit_confirmed_beside_a_claim_when_that_was_not_refused_yet_stops_no_replacement(cast, here):
    certificate = issue(here)
    registration = Registration.objects.filter(pk=here.registration.pk)
    registration.update(state="active")
    complete_unit(here, "202")
    registration.update(state="completed")
    certificate = Certificate.objects.get(pk=certificate.pk)
    assert not is_current(certificate.claim.release)
    assert certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor).units


def test_clm_3_what_the_claim_rests_on_stops_a_replacement_and_the_editor_reads_what_to_do(cast, here, client_for):
    certificate = issue(here)
    a_unit_is_not_confirmed(certificate.claim)
    url = reverse("certificate", args=[certificate.public_id])
    page = client_for(cast.editor).post(url, {"how": "replace", "reason": "Lost"})
    assert page.status_code == 403
    assert "The certificate stands until it is revoked" in page.content.decode()


def test_clm_2_settling_a_disputed_rule_as_it_was_read_does_not_stop_the_certificate(here):
    Rule.objects.filter(label="R3").update(confidence="disputed", alternative={"amount": 9}, note="doubtful")
    made = approved_claim(here)
    Rule.objects.filter(label="R3").update(confidence="confirmed", alternative=None, note="", printed=[7])
    assert rules.refuse_unproved(claim=made) is None


def test_clm_2_once_it_is_put_right_the_papers_are_made(here, client_for):
    made = approved_claim(here)
    rests_on_an_easier_rule(made)
    run_jobs()
    client = client_for(here.administrator)
    page, again = (reverse(name, args=[made.public_id]) for name in ("claim_status", "make_again"))
    said = client.get(page).content.decode()
    assert "No paper was made" in said
    assert "not those that it was claimed under" in said
    assert again not in said
    assert client.post(again).status_code == 403
    Rule.objects.filter(label="R3").update(amount=4)
    assert again in client.get(page).content.decode()
    client.post(again)
    run_jobs()
    assert Certificate.objects.get().claim == made


def test_clm_1_after_a_claim_nothing_in_the_registration_is_confirmed_or_countersigned(here):
    entry = here.entry("202")
    judge(entry, submit_evidence(here, entry), by=here.assessor)
    assessments.sign_off(entry=entry, by=here.assessor)
    waiting_claim(here)
    assert refusal_of(assessments.confirm, entry=here.entry("202"), by=here.learner).code == "CLM-1"


def test_clm_1_after_a_claim_no_sign_off_of_a_trainee_is_countersigned(here):
    entry = allocate(here, "202", assessor=here.trainee)
    made = judge(entry, submit_evidence(here, entry), by=here.trainee)
    assessments.countersign(judgements=made, outcome="confirmed", by=here.assessor)
    signed = assessments.sign_off(entry=here.entry("202"), by=here.trainee)
    waiting_claim(here)
    countersign = assessments.countersign_sign_off
    assert refusal_of(countersign, sign_off=signed, outcome="confirmed", by=here.assessor).code == "CLM-1"


@pytest.fixture
def doubtful(here):
    """The rule on group B can also be read as asking for nine credits, which these units do not have."""
    Rule.objects.filter(label="R3").update(confidence="disputed", alternative={"amount": 9}, note="doubtful")
    return here


def test_cat_6_a_pass_that_rests_on_one_reading_says_so_in_the_release_the_claim_and_the_record(doubtful):
    made = waiting_claim(doubtful)
    for kept in (made.combination, made.release.combination):
        assert (kept["disputed"], kept["differs"], kept["other_readings"]) == (True, True, {"R3": False})
    for action in ("release", "claim"):
        assert "by the other it would not pass" in Entry.objects.get(action=action).summary
    condition = next(each for each in rules.argue(doubtful.registration).conditions if each.is_about_combination)
    assert condition.code == "CLM-2"


def test_cat_6_whoever_answers_or_claims_reads_both_outcomes(doubtful, client_for):
    release(doubtful)
    urls = {"iqa": "release", "administrator": "claim"}
    pages = [
        client_for(getattr(doubtful, who)).get(reverse(name, args=[doubtful.registration.public_id]))
        for who, name in urls.items()
    ]
    registration = Registration.objects.get(pk=doubtful.registration.pk)
    made = certification.claim(registration=registration, by=doubtful.administrator)
    pages.append(client_for(doubtful.eqa).get(reverse("claim_status", args=[made.public_id])))
    for page in pages:
        said = " ".join(page.content.decode().split())
        assert "Rule R3 can be read two ways." in said
        assert "these units pass" in said
        assert "they do not pass" in said
    certification.decide_claim(claim=made, outcome="released", by=doubtful.eqa)
    assert EqaDecision.objects.get().outcome == "released"
