"""Countersigning's invariants: what a trainee decides counts once somebody qualified confirms it (CTS-1, CTS-2)."""

from datetime import date

import pytest

from assessments import actions
from assessments.models import Countersignature, SignOffCountersignature
from audit.actors import ASSESSOR
from audit.models import Entry
from audit.rules import Refused
from centres import actions as centres
from centres.states import ASSESS
from tests.factories import allocate, judge, make_staff, submit_evidence, user_of

CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def entry(here):
    return allocate(here, "101", assessor=here.trainee)


@pytest.fixture
def judged(here, entry):
    """The trainee has met every criterion."""
    return judge(entry, submit_evidence(here, entry), CODES, by=here.trainee)


def refused_as(code: str, deed) -> None:
    kinds = (Countersignature, SignOffCountersignature, Entry)
    before = [list(kind.objects.order_by("pk").values()) for kind in kinds]
    with pytest.raises(Refused) as refused:
        deed()
    assert refused.value.refusal.code == code
    assert [list(kind.objects.order_by("pk").values()) for kind in kinds] == before


def countersign(judged, by, outcome="confirmed", comment=""):
    return actions.countersign(judgements=judged, outcome=outcome, comment=comment, by=by)


def test_cts_1_what_a_trainee_met_does_not_count_and_the_unit_cannot_be_signed_off(here, entry, judged):
    found = here.entry("101")
    assert (found.criteria_met, found.criteria_provisional) == (0, 4)
    assert not found.is_ready
    refused_as("CTS-1", lambda: actions.sign_off(entry=found, by=here.trainee))


def test_cts_1_once_confirmed_it_counts(here, entry, judged):
    countersign(judged, here.assessor)
    found = here.entry("101")
    assert (found.criteria_met, found.criteria_provisional) == (4, 0)
    assert actions.sign_off(entry=found, by=here.trainee).standing == "trainee"


def test_cts_1_returned_it_never_counts_and_waits_for_the_trainee_again(here, entry, judged):
    countersign(judged[:1], here.assessor, "returned", "The notes do not show it.")
    found = here.entry("101")
    assert (found.criteria_met, found.criteria_provisional, found.criteria_not_yet) == (0, 3, 1)
    assert found.criteria_claimed == 1
    countersign(judged[1:], here.assessor)
    with pytest.raises(Refused):
        actions.sign_off(entry=here.entry("101"), by=here.trainee)


def test_cts_1_what_somebody_qualified_judged_needs_no_countersignature(here):
    entry = here.entry("102")
    made = judge(entry, submit_evidence(here, entry), ["1.1"], by=here.assessor)
    assert here.entry("102").criteria_met == 1
    other = make_staff(here.centre, "Quinn Fox", ASSESSOR, [entry.unit], by=here.administrator)
    refused_as("CTS-1", lambda: countersign(made, other))


def test_cts_1_a_trainees_sign_off_is_confirmed_by_the_learner_only_once_countersigned(here, entry, judged):
    countersign(judged, here.assessor)
    signed = actions.sign_off(entry=here.entry("101"), by=here.trainee)
    with pytest.raises(Refused) as refused:
        actions.confirm(entry=here.entry("101"), by=here.learner)
    assert refused.value.refusal.code == "CTS-1"
    actions.countersign_sign_off(sign_off=signed, outcome="confirmed", by=here.assessor)
    actions.confirm(entry=here.entry("101"), by=here.learner)
    assert here.entry("101").state == "confirmed"


def test_cts_1_a_later_qualification_does_not_make_earlier_judgements_count(here, entry, judged):
    centres.approve_staff(
        centre=here.centre,
        user=user_of(here.trainee),
        units=[entry.unit],
        kind=ASSESS,
        from_on=date(2021, 1, 1),
        by=here.administrator,
    )
    refused_as("CTS-1", lambda: actions.sign_off(entry=here.entry("101"), by=here.trainee))


def test_cts_2_nobody_countersigns_their_own_judgement(here, entry, judged):
    refused_as("CTS-2", lambda: countersign(judged, here.trainee))


def test_cts_2_another_trainee_does_not_countersign(here, entry, judged):
    other = make_staff(here.centre, "Nina Ray", ASSESSOR, [entry.unit], "trainee", by=here.administrator)
    refused_as("CTS-2", lambda: countersign(judged, other))


def test_cts_2_somebody_not_approved_for_the_unit_does_not_countersign(here, cast, entry, judged):
    other = make_staff(here.centre, "Omar Lee", ASSESSOR, [cast.units[3]], by=here.administrator)
    refused_as("CTS-2", lambda: countersign(judged, other))


@pytest.mark.parametrize("role", ["iqa", "administrator", "eqa"])
def test_cts_2_only_an_assessor_countersigns(here, entry, judged, role):
    refused_as("CTS-2", lambda: countersign(judged, getattr(here, role)))


def test_cts_2_an_assessor_of_another_centre_does_not_countersign(cast, here, entry, judged):
    stranger = cast.there.assessor
    refused_as("CTS-2", lambda: countersign(judged, stranger))


def test_cts_2_somebody_qualified_and_approved_for_the_unit_countersigns(here, entry, judged):
    made = countersign(judged, here.assessor)
    assert {each.countersigner_id for each in made} == {here.assessor.user_id}
    assert len(made) == 4


def test_cts_2_a_trainee_does_not_countersign_their_own_sign_off(here, entry, judged):
    countersign(judged, here.assessor)
    signed = actions.sign_off(entry=here.entry("101"), by=here.trainee)
    refused_as("CTS-2", lambda: actions.countersign_sign_off(sign_off=signed, outcome="confirmed", by=here.trainee))
    assert actions.countersign_sign_off(sign_off=signed, outcome="confirmed", by=here.assessor)
