"""What may be claimed, when, and what a certificate says: CLM-1, 2, 3, 4, 9, 10."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessments import actions as assessments
from assessments import states as judged
from audit.actors import today
from certification import actions as certification
from certification import rules
from certification.models import Certificate
from portfolios import actions as portfolios
from portfolios.models import Registration
from tests.certification.builders import answer, issue, refusal_of, waiting_claim
from tests.factories import agree_sample, allocate, complete_unit, judge, release, submit_evidence
from verification import actions as verification
from verification import states as verified
from verification.rules import is_current, latest_release


def claim(house):
    house.registration.refresh_from_db()
    return certification.claim(registration=house.registration, by=house.administrator)


def why_not(house):
    house.registration.refresh_from_db()
    return refusal_of(certification.claim, registration=house.registration, by=house.administrator)


# CLM-1


def test_clm_1_a_registered_learner_is_claimed_for(here):
    release(here)
    assert claim(here).registration == here.registration


def test_clm_1_a_withdrawn_learner_is_not_claimed_for(here):
    release(here)
    portfolios.withdraw(registration=here.registration, by=here.administrator)
    assert why_not(here).code == "CLM-1"


# CLM-2


def test_clm_2_units_that_satisfy_the_rules_are_counted_and_kept_with_the_claim(here):
    release(here)
    assert [unit["code"] for unit in claim(here).units] == ["101", "102", "201"]


def test_clm_2_units_that_do_not_satisfy_the_rules_cannot_be_claimed(here):
    release(here)
    entry = here.entry("201")
    assessments.reopen(entry=entry, reason="The wrong evidence was judged.", by=here.assessor)
    argument = rules.argue(here.registration)
    assert not argument.verdict.passes
    assert argument.counted == []
    why_not(here)
    assert "CLM-2" in {condition.code for condition in argument.conditions if not condition.holds}


def test_clm_2_only_units_under_the_release_are_counted(here):
    release(here)
    complete_unit(here, "202")
    verification.release(registration=here.registration, by=here.iqa)
    assert {unit["code"] for unit in claim(here).units} >= {"101", "102", "201"}


# CLM-3


def test_clm_3_nothing_is_claimed_before_the_iqas_release(here):
    for number in ("101", "102", "201"):
        complete_unit(here, number)
    assert why_not(here).code == "CLM-3"


def judged_again(house):
    entry = house.entry("101")
    assessments.reopen(entry=entry, reason="One more piece came in.", by=house.assessor)
    entry = house.entry("101")
    version = submit_evidence(house, entry, title="Another day")
    judge(entry, version, ["1.1"], by=house.assessor, because="This one shows it better.")
    assessments.sign_off(entry=entry, by=house.assessor)
    assessments.confirm(entry=entry, by=house.learner)


def reopened(house):
    assessments.reopen(entry=house.entry("102"), reason="Signed by mistake.", by=house.assessor)


def signed_again(house):
    entry = house.entry("102")
    assessments.reopen(entry=entry, reason="Signed by mistake.", by=house.assessor)
    assessments.sign_off(entry=house.entry("102"), by=house.assessor)
    assessments.confirm(entry=house.entry("102"), by=house.learner)


def sampled_again(house):
    verification.plan_sample(entry=house.entry("102"), by=house.iqa)


def found_more(house):
    sample = verification.plan_sample(entry=house.entry("102"), by=house.iqa)
    verification.find(sample=sample, outcome=verified.AGREED, note="Sound.", by=house.iqa)


def asked_for_action(house):
    sample = verification.plan_sample(entry=house.entry("102"), by=house.iqa)
    verification.find(
        sample=sample, outcome=verified.ACTION, note="Unclear.", todo="Clarify.", due_on=today(), by=house.iqa
    )


def completed_another_unit(house):
    complete_unit(house, "202")


CHANGES = [
    judged_again, reopened, signed_again, sampled_again, found_more, asked_for_action, completed_another_unit
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_clm_3_a_later_change_makes_the_release_stale(here, change):
    release(here)
    assert is_current(latest_release(here.registration))
    change(here)
    assert not is_current(latest_release(here.registration))
    assert why_not(here).code in {"CLM-3", "CLM-2"}
    assert any(
        condition.title == "Released after the last change" and not condition.holds
        for condition in rules.argue(here.registration).conditions
    )


def test_clm_3_a_new_release_after_the_change_can_be_claimed(here):
    release(here)
    judged_again(here)
    verification.release(registration=here.registration, by=here.iqa)
    assert claim(here)


def test_clm_3_evidence_that_nobody_judged_does_not_make_the_release_stale(here):
    release(here)
    submit_evidence(here, here.entry("202"), title="For a unit that is not claimed")
    assert claim(here)


def test_clm_3_a_trainees_unit_does_not_count_until_it_is_countersigned(cast, here):
    for number in ("101", "102"):
        complete_unit(here, number)
    entry = allocate(here, "201", assessor=here.trainee)
    made = judge(entry, submit_evidence(here, entry), by=here.trainee)
    assert why_not(here).code == "CLM-3"
    assessments.countersign(judgements=made, outcome=judged.CONFIRMED, by=here.assessor)
    signed = assessments.sign_off(entry=here.entry("201"), by=here.trainee)
    assessments.countersign_sign_off(sign_off=signed, outcome=judged.CONFIRMED, by=here.assessor)
    assessments.confirm(entry=here.entry("201"), by=here.learner)
    agree_sample(here)
    verification.release(registration=here.registration, by=here.iqa)
    assert claim(here)


def test_clm_3_a_claim_that_waits_is_not_released_by_the_eqa_once_its_release_is_stale(here):
    made = waiting_claim(here)
    sample = here.entry("101").samples.get()
    type(sample).objects.filter(pk=sample.pk).update(state=verified.PLANNED)
    refusal = refusal_of(certification.decide_claim, claim=made, outcome="released", note="", by=here.eqa)
    assert refusal.code == "CLM-3"
    assert answer(here, made, "returned", "The sample is open again.").outcome == "returned"


# CLM-4


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (1, True)])
def test_clm_4_the_last_day_for_certification_is_the_last(here, days, allowed):
    release(here)
    last = today() + timedelta(days=days)
    type(here.registration.qualification).objects.update(last_certification=last)
    here.registration = Registration.objects.get(pk=here.registration.pk)
    if allowed:
        assert claim(here)
    else:
        assert why_not(here).code == "CLM-4"


# CLM-9


def test_clm_9_a_certificate_is_replaced_and_the_old_one_stays_as_it_was(cast, here):
    certificate = issue(here)
    before = Certificate.objects.filter(pk=certificate.pk).values().get()
    replacement = certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor)
    assert Certificate.objects.filter(pk=certificate.pk).values().get() == before
    assert (replacement.replaces, replacement.claim) == (certificate, certificate.claim)


def test_clm_9_a_certificate_is_revoked_once_with_a_reason(cast, here):
    certificate = issue(here)
    revoke = certification.revoke_certificate
    assert refusal_of(revoke, certificate=certificate, reason=" ", by=cast.editor).code == "CLM-9"
    revoke(certificate=certificate, reason="The evidence was not the learner's.", by=cast.editor)
    again = Certificate.objects.get(pk=certificate.pk)
    assert refusal_of(revoke, certificate=again, reason="Twice", by=cast.editor).code == "CLM-9"
    replace = certification.replace_certificate
    assert refusal_of(replace, certificate=again, reason="Lost", by=cast.editor).code == "CLM-9"


def test_clm_9_what_was_replaced_is_not_replaced_again(cast, here):
    certificate = issue(here)
    certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor)
    replace = certification.replace_certificate
    assert refusal_of(replace, certificate=certificate, reason="Lost", by=cast.editor).code == "CLM-9"


@pytest.mark.parametrize("who", ["administrator", "eqa", "iqa", "learner"])
def test_clm_9_the_centre_cannot_replace_or_revoke(here, who):
    certificate = issue(here)
    by = getattr(here, who)
    for end in (certification.replace_certificate, certification.revoke_certificate):
        assert refusal_of(end, certificate=certificate, reason="Lost", by=by).code == "ROLE"


# CLM-10


def test_clm_10_a_certificate_names_the_learner_and_the_qualification_exactly_as_registered(here):
    certificate = issue(here)
    registration = here.registration
    said = (certificate.learner_name, certificate.title, certificate.qan, certificate.level)
    qualification = registration.qualification
    assert said == (registration.learner.name, qualification.title, qualification.qan, qualification.level)


def test_clm_10_every_certificate_has_its_own_number_and_code(cast, here):
    certificate = issue(here)
    second = certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor)
    assert second.number != certificate.number
    assert second.code != certificate.code


def test_clm_10_a_replacement_says_what_the_first_one_said_although_the_centre_was_renamed(cast, here):
    certificate = issue(here)
    type(here.centre).objects.filter(pk=here.centre.pk).update(name="Northgate and Partners")
    certificate = Certificate.objects.get(pk=certificate.pk)
    second = certification.replace_certificate(certificate=certificate, reason="Lost", by=cast.editor)
    said = ("learner_name", "title", "qan", "level", "credits", "units", "centre_name", "awarded_on", "kind")
    assert [getattr(second, name) for name in said] == [getattr(certificate, name) for name in said]


def test_a_claim_made_after_midnight_in_summer_is_awarded_on_that_day(here):
    made = waiting_claim(here)
    made.direct, made.claimed_at = True, datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert certification.draft_certificate(made).awarded_on == date(2026, 7, 2)
