"""Why a judgement, a signature or a reopening is not taken, beside the invariants that have a file of their own."""

from datetime import date

import pytest

from assessments import actions, rules
from audit.actors import ASSESSOR
from audit.rules import Refused
from centres import actions as centres
from centres.queries import actor_for
from centres.states import ASSESS
from portfolios import actions as portfolios
from portfolios.models import Registration, UnitEntry
from tests import factories
from tests.factories import allocate, complete_unit, judge, make_draft, ruling, submit_evidence, user_of


def code_of(deed) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.refusal.code


def test_judging_without_a_reason_is_refused(here, entry, version):
    assert code_of(lambda: judge(entry, version, ["1.1"], because=" ", by=here.assessor)) == "ASM-4"


def test_judging_a_criterion_of_another_unit_is_refused(here, entry, version):
    stray = ruling(here.entry("102"), "1.1", version)
    assert code_of(lambda: actions.judge(entry=entry, rulings=[stray], by=here.assessor)) == "EVD-6"


def test_judging_on_a_draft_is_refused(here, entry):
    draft = make_draft(here, entry).versions.get()
    assert code_of(lambda: judge(entry, draft, ["1.1"], by=here.assessor)) == "EVD-1"


def test_judging_after_the_approval_has_ended_is_refused(here, entry, version):
    approvals = user_of(here.assessor).competences.filter(unit=entry.unit, kind=ASSESS)
    centres.end_staff_approval(
        centre=here.centre,
        user=user_of(here.assessor),
        competences=approvals,
        last_day=date(2021, 1, 1),
        by=here.administrator,
    )
    assert code_of(lambda: judge(entry, version, ["1.1"], by=here.assessor)) == "STF-1"


def test_a_learner_who_is_also_an_assessor_judges_and_countersigns_nothing_of_their_own(here, entry, version):
    learner = user_of(here.learner)
    centres.invite_member(
        centre=here.centre, email=learner.email, name=learner.name, role=ASSESSOR, by=here.administrator
    )
    own = actor_for(learner, ASSESSOR, here.centre)
    assert code_of(lambda: judge(entry, version, ["1.1"], by=own)) == "STF-7"
    entry = allocate(here, "101", assessor=here.trainee)
    made = judge(entry, version, ["1.1"], by=here.trainee)
    assert code_of(lambda: actions.countersign(judgements=made, outcome="confirmed", by=own)) == "STF-7"


def test_nothing_is_judged_or_reopened_once_the_registration_is_claimed(here):
    entry, other = complete_unit(here), here.entry("102")
    waiting = submit_evidence(here, other)
    Registration.objects.filter(pk=entry.registration_id).update(state="claimed")
    assert code_of(lambda: judge(here.entry("102"), waiting, ["1.1"], by=here.assessor)) == "CLM-1"
    reopened = rules.refuse_reopen(entry=here.entry("101"), reason="Too early", by=here.assessor)
    assert reopened.code == "CLM-9"


def test_a_signed_off_unit_is_not_judged_until_it_is_reopened(here):
    entry = complete_unit(here)
    version = entry.references.first().version
    assert code_of(lambda: judge(entry, version, ["1.1"], outcome="not_yet", by=here.assessor)) == "AUD-4"
    actions.reopen(entry=entry, reason="A witness took it back.", by=here.iqa)
    assert judge(here.entry("101"), version, ["1.1"], outcome="not_yet", by=here.assessor)


def test_a_superseded_judgement_is_not_countersigned(here):
    entry = allocate(here, "101", assessor=here.trainee)
    version = submit_evidence(here, entry)
    first = judge(entry, version, ["1.1"], by=here.trainee)
    judge(entry, version, ["1.1"], outcome="not_yet", by=here.trainee)
    assert code_of(lambda: actions.countersign(judgements=first, outcome="confirmed", by=here.assessor)) == "ASM-5"


def test_a_unit_that_was_never_signed_off_is_not_reopened(here, entry):
    assert code_of(lambda: actions.reopen(entry=entry, reason="Too early", by=here.assessor)) == "STATE"


def test_a_sign_off_by_somebody_qualified_needs_no_countersignature_and_a_reopened_one_takes_none(here):
    entry = allocate(here, "101", assessor=here.trainee)
    made = judge(entry, submit_evidence(here, entry), by=here.trainee)
    actions.countersign(judgements=made, outcome="confirmed", by=here.assessor)
    signed = actions.sign_off(entry=UnitEntry.objects.get(pk=entry.pk), by=here.trainee)
    actions.reopen(entry=entry, reason="Too early", by=here.trainee)
    answer = {"outcome": "confirmed", "by": here.assessor}
    assert code_of(lambda: actions.countersign_sign_off(sign_off=signed, **answer)) == "STATE"
    complete_unit(here, "102")
    qualified = here.entry("102").sign_offs.get()
    assert code_of(lambda: actions.countersign_sign_off(sign_off=qualified, **answer)) == "CTS-1"


def test_a_new_version_that_mends_one_criterion_leaves_what_was_met_as_it_was(here):
    entry = here.entry()
    first = factories.submit_evidence(here, entry, ["1.1", "1.2", "2.1"])
    factories.judge(entry, first, ("1.1", "1.2"), by=here.assessor)
    factories.judge(entry, first, ("2.1",), outcome="not_yet", by=here.assessor)
    portfolios.new_version(evidence=first.evidence, by=here.learner)
    second = portfolios.submit(evidence=first.evidence, declared=True, by=here.learner)
    assert here.entry().references_waiting == 3
    factories.judge(entry, second, ("2.1",), by=here.assessor)
    entry = here.entry()
    assert (entry.criteria_met, entry.references_waiting) == (3, 0)
    second.evidence.refresh_from_db()
    assert second.evidence.state == "judged"
