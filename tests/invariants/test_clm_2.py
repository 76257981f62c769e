"""CLM-2: a claim keeps what it counted, and whatever was altered since stops its paper."""

import pytest
from django.urls import reverse

from assessments.models import LearnerConfirmation
from audit.rules import Refused
from certification import actions as certification
from certification.models import Certificate, Claim
from jobs.models import Job
from portfolios.models import Registration
from quals import combination
from quals.combination import search
from quals.models import GroupUnit, Rule
from tests.certification.builders import issue, refusal_of, run_jobs, waiting_claim
from tests.certification.test_verify_audit import delete, lift_triggers
from tests.factories import release
from tests.invariants.tampering import (
    a_unit_is_not_confirmed,
    altered,
    approved_claim,
    as_made_yesterday,
    rests_on_an_easier_rule,
)
from verification.models import Release


def test_clm_2_a_claim_keeps_all_that_is_needed_to_add_it_up_again_from_it_alone(here):
    made = Claim.objects.get(pk=waiting_claim(here).pk)
    units = [combination.Unit(unit["key"], unit["credit"], unit["level"], unit["group"]) for unit in made.units]
    kept = made.combination
    rules = combination.RuleSet(units, [combination.Rule.from_pack(rule) for rule in kept["rule_set"]])
    assert combination.verify(rules, [unit.key for unit in units], kept["counted"])
    assert kept["counted"] == ["101", "102", "201"]
    assert [(rule["id"], rule["needed"], rule["counted"], rule["slack"]) for rule in kept["rules"]] == [
        ("R1", 12, 12, 0), ("R2", 2, 2, 0), ("R3", 4, 4, 0), ("R4", 1, 0, 1)
    ]  # fmt: skip
    assert all(rule["sentence"] and rule["confidence"] == "printed" for rule in kept["rules"])
    assert kept["registered_on"] == here.registration.registered_on.isoformat()


def test_clm_2_a_claim_keeps_why_a_unit_is_not_counted(here):
    release(here, ("101", "102", "201", "202"))
    registration = Registration.objects.get(pk=here.registration.pk)
    kept = certification.claim(registration=registration, by=here.administrator).combination
    (left,) = kept["uncounted"]
    assert left["code"] not in kept["counted"]
    assert (left["why"], bool(left["sentence"])) == ("spare", True)


def test_roc_4_a_claim_whose_two_checks_disagree_is_refused_and_logged(here, monkeypatch, caplog):
    release(here)
    here.registration = Registration.objects.get(pk=here.registration.pk)
    found = search.preferred_of
    monkeypatch.setattr(search, "preferred_of", lambda problem: found(problem)[:-1])
    refusal = refusal_of(certification.claim, registration=here.registration, by=here.administrator)
    assert refusal.code == "ROC-4"
    assert "tell whoever runs this installation" in refusal.sentence
    assert "the two checks of the rules of combination disagree" in caplog.text
    assert not Claim.objects.exists()


def counts_a_unit_less(claim):
    altered(
        claim,
        units=lambda units: units[:-1],
        combination=lambda kept: kept | {"counted": kept["counted"][:-1]},
    )
    return "ROC-4"


def counts_a_unit_less_in_the_old_way(claim):
    as_made_yesterday(claim)
    claim.refresh_from_db()
    counts_a_unit_less(claim)
    return "CLM-2"


def counts_a_unit_twice(claim):
    altered(claim, units=lambda units: [*units, units[0]])
    return "CLM-3"


def counts_another_unit(claim):
    altered(claim, combination=lambda kept: kept | {"counted": ["101", "102", "202"]})
    return "ROC-4"


def counts_a_unit_that_is_not_achieved(claim):
    other = claim.registration.entries.get(unit__number="202")
    altered(claim, units=lambda units: [*units[:-1], units[-1] | {"entry": other.pk}])
    return "CLM-3"


def says_more_credits(claim):
    altered(claim, units=lambda units: [unit | {"credit": 9} for unit in units])
    return "ROC-4"


def says_another_title(claim):
    altered(claim, units=lambda units: [unit | {"title": "Managing everything"} for unit in units])
    return "ROC-4"


def says_another_group(claim):
    altered(claim, units=lambda units: [unit | {"group": "B"} for unit in units])
    return "ROC-4"


def says_another_day(claim):
    altered(claim, combination=lambda kept: kept | {"registered_on": "2015-01-01"})
    return "ROC-4"


def keeps_an_easier_rule(claim):
    altered(claim, combination=lambda kept: kept | {"rule_set": [kept["rule_set"][0] | {"amount": 4}]})
    return "ROC-4"


def keeps_another_sum(claim):
    altered(claim, combination=lambda kept: kept | {"rules": [rule | {"counted": 99} for rule in kept["rules"]]})
    return "ROC-4"


def keeps_nothing(claim):
    altered(claim, combination=lambda kept: {})
    return "ROC-4"


def keeps_what_nobody_can_read(claim):
    altered(claim, combination=lambda kept: "passes", units=lambda units: ["101"])
    return "ROC-4"


def rests_on_fewer_rules(claim):
    Rule.objects.filter(label="R4").delete()
    return "ROC-4"


def rests_on_a_harder_rule_in_the_old_way(claim):
    as_made_yesterday(claim)
    Rule.objects.filter(label="R3").update(amount=5)
    return "CLM-2"


def a_unit_is_worth_less(claim):
    unit = claim.registration.entries.get(unit__number="201").unit
    type(unit).objects.filter(pk=unit.pk).update(credit=1)
    return "ROC-4"


def a_unit_is_not_for_that_day(claim):
    GroupUnit.objects.filter(unit__number="201").update(registered_before="2015-01-01")
    return "CLM-2"


def a_confirmation_is_gone(claim):
    lift_triggers()
    delete(LearnerConfirmation.objects.get(sign_off__entry__unit__number="201"))
    return "CLM-3"


def a_unit_entry_is_anothers(claim):
    someone = claim.registration.learner.centre.learners.exclude(pk=claim.registration.learner_id).get()
    registration = Registration.objects.get(pk=claim.registration_id)
    registration.pk, registration.public_id = None, None
    registration.learner = someone
    registration.public_id = claim.public_id
    registration.save(force_insert=True)
    claim.registration.entries.filter(unit__number="201").update(registration=registration)
    return "CLM-3"


def the_release_is_anothers(claim):
    lift_triggers()
    Release.objects.filter(pk=claim.release_id).update(relied_on="0" * 64)
    return "CLM-3"


TAMPERED = [
    counts_a_unit_less, counts_a_unit_less_in_the_old_way, counts_a_unit_twice, counts_another_unit,
    counts_a_unit_that_is_not_achieved, says_more_credits, says_another_title, says_another_group, says_another_day,
    keeps_an_easier_rule, keeps_another_sum, keeps_nothing, keeps_what_nobody_can_read, rests_on_an_easier_rule,
    rests_on_fewer_rules, rests_on_a_harder_rule_in_the_old_way, a_unit_is_worth_less, a_unit_is_not_for_that_day,
    a_unit_is_not_confirmed, a_confirmation_is_gone, a_unit_entry_is_anothers, the_release_is_anothers,
]  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERED, ids=lambda tamper: tamper.__name__)
def test_clm_2_whatever_was_altered_since_the_claim_stops_the_eqas_release_and_the_certificate(here, tamper):
    made = waiting_claim(here)
    code = tamper(made)
    refusal = refusal_of(certification.decide_claim, claim=made, outcome="released", note="", by=here.eqa)
    assert refusal.code == code
    assert refusal.sentence.endswith("Return it to the centre.")
    Claim.objects.update(state="approved", direct=True)
    made.refresh_from_db()
    with pytest.raises(Refused, match=f"{code}: This claim is not proved any more"):
        certification.make_documents(claim=made, progress=lambda *said: None, by=here.administrator)
    assert not Certificate.objects.exists()
    made.refresh_from_db()
    assert made.state == "approved"


def test_clm_2_a_claim_that_is_not_proved_can_be_returned(here):
    made = waiting_claim(here)
    a_unit_is_not_confirmed(made)
    certification.decide_claim(claim=made, outcome="returned", note="A unit is not confirmed.", by=here.eqa)
    assert Registration.objects.get(pk=here.registration.pk).state == "active"


@pytest.mark.parametrize("tamper", [keeps_nothing, keeps_what_nobody_can_read], ids=lambda tamper: tamper.__name__)
def test_clm_2_the_work_is_not_tried_again_and_the_page_says_why(here, client_for, tamper):
    made = approved_claim(here)
    code = tamper(made)
    run_jobs()
    job = Job.objects.get(task="certification.make_documents")
    assert (job.state, job.attempts) == ("failed", 1)
    assert job.error.startswith(f"{code}: This claim is not proved any more")
    page = client_for(here.administrator).get(reverse("claim_status", args=[made.public_id]))
    assert "cannot be read" in page.content.decode()
    page = client_for(here.learner).get(reverse("claim_status", args=[made.public_id]))
    assert "nothing of yours was lost" in page.content.decode()
    assert "Tell whoever runs" not in page.content.decode()


@pytest.mark.parametrize("tamper", [says_more_credits, rests_on_an_easier_rule, a_unit_is_not_confirmed])
def test_clm_2_whatever_was_altered_since_the_claim_stops_a_replacement(cast, here, tamper):
    certificate = issue(here)
    code = tamper(certificate.claim)
    certificate = Certificate.objects.get(pk=certificate.pk)
    replace = certification.replace_certificate
    assert refusal_of(replace, certificate=certificate, reason="Lost", by=cast.editor).code == code
    certification.revoke_certificate(certificate=certificate, reason="It was altered.", by=cast.editor)


def test_dcs_4_no_paper_is_made_of_a_claim_that_only_its_state_calls_approved(here):
    made = waiting_claim(here)
    Claim.objects.filter(pk=made.pk).update(state="approved")
    made.refresh_from_db()
    with pytest.raises(Refused, match="DCS-4: This claim is not proved any more"):
        certification.make_documents(claim=made, progress=lambda *said: None, by=here.administrator)
    assert not Certificate.objects.exists()


def test_clm_2_what_is_altered_while_the_papers_are_made_stops_them_too(here):
    made = approved_claim(here)

    def while_they_are_made(done, of, message):
        Rule.objects.filter(label="R3").update(amount=1)

    with pytest.raises(Refused, match="ROC-4"):
        certification.make_documents(claim=made, progress=while_they_are_made, by=here.administrator)
    assert not Certificate.objects.exists()
