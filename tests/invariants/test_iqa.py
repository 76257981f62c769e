"""IQA: nobody verifies what they had a hand in, a finding says what was found, nothing is released half-sampled."""

from datetime import timedelta

import pytest

from assessments import actions as assessments
from assessments.states import CONFIRMED
from audit.actors import ASSESSOR, IQA, today
from audit.models import Entry
from audit.rules import Refused
from centres import actions as centres
from centres.queries import actor_for
from centres.states import ASSESS, VERIFY
from tests import factories
from verification import actions, rules, states
from verification.models import ActionPoint, Answer, Finding, Release, Sample

TABLES = (Sample, Finding, ActionPoint, Answer, Release, Entry)


def rows():
    """Every row of verification and the record, as it is now."""
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def refused(code, deed, **how):
    """The deed is refused with that code, and nothing anywhere has changed."""
    before = rows()
    with pytest.raises(Refused) as refusal:
        deed(**how)
    assert refusal.value.refusal.code == code
    assert rows() == before


def also(house, actor, role, cast, kind):
    """The same person in a second role at the centre, approved for every unit."""
    user = factories.user_of(actor)
    centres.invite_member(centre=house.centre, email=user.email, name=user.name, role=role, by=house.administrator)
    centres.approve_staff(
        centre=house.centre, user=user, units=cast.units, kind=kind, from_on=today() - timedelta(days=9),
        by=house.administrator,
    )  # fmt: skip
    return actor_for(user, role, house.centre)


def second_iqa(cast):
    """Another IQA of the centre, who has done nothing yet."""
    house = cast.here
    return factories.make_staff(house.centre, "Ida Moss", IQA, cast.units, by=house.administrator)


def give_to(house, iqa):
    """All units to another IQA; the assessor of each stays."""
    house.registration.entries.update(iqa_id=iqa.user_id)


@pytest.fixture
def ready(here):
    """Every unit that the rules need is confirmed."""
    for number in ("101", "102", "201"):
        factories.complete_unit(here, number)
    return here


@pytest.fixture
def assessor_as_iqa(cast, ready):
    """The assessor of everything, who is an IQA as well and has since been made the IQA of these units."""
    iqa = also(ready, ready.assessor, IQA, cast, VERIFY)
    ready.registration.entries.update(assessor_id=ready.trainee.user_id, iqa_id=iqa.user_id)
    return iqa


@pytest.fixture
def countersigner_as_iqa(cast, here):
    """Somebody who only countersigned what a trainee decided, and is an IQA as well."""
    here.registration.entries.update(assessor_id=here.trainee.user_id)
    signer = factories.make_staff(here.centre, "Carl Beck", ASSESSOR, cast.units, by=here.administrator)
    for number in ("101", "102", "201"):
        entry = here.entry(number)
        made = factories.judge(entry, factories.submit_evidence(here, entry, title=number), by=here.trainee)
        assessments.countersign(judgements=made, outcome=CONFIRMED, by=signer)
        signed = assessments.sign_off(entry=entry, by=here.trainee)
        assessments.countersign_sign_off(sign_off=signed, outcome=CONFIRMED, by=signer)
        assessments.confirm(entry=entry, by=here.learner)
    iqa = also(here, signer, IQA, cast, VERIFY)
    give_to(here, iqa)
    return iqa


@pytest.fixture
def learner_as_iqa(cast, ready):
    iqa = also(ready, ready.learner, IQA, cast, VERIFY)
    give_to(ready, iqa)
    return iqa


PARTIES = ["assessor_as_iqa", "countersigner_as_iqa", "learner_as_iqa"]


@pytest.mark.parametrize("party", PARTIES)
def test_iqa_1_cts_3_a_party_cannot_plan_a_sample(party, here, request):
    iqa = request.getfixturevalue(party)
    refused("IQA-1", actions.plan_sample, entry=here.entry(), by=iqa)


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("outcome", [states.AGREED, states.ACTION])
def test_iqa_1_cts_3_a_party_cannot_conclude_a_sample(party, outcome, cast, here, request):
    iqa = request.getfixturevalue(party)
    other = second_iqa(cast)
    give_to(here, other)
    sample = actions.plan_sample(entry=here.entry(), by=other)
    give_to(here, iqa)
    refused(
        "IQA-1", actions.find, sample=sample, outcome=outcome, note="Sound.", todo="Ask.", due_on=today(), by=iqa
    )  # fmt: skip


@pytest.mark.parametrize("party", PARTIES)
def test_iqa_1_cts_3_a_party_cannot_release(party, cast, here, request):
    iqa = request.getfixturevalue(party)
    other = second_iqa(cast)
    give_to(here, other)
    sample = actions.plan_sample(entry=here.entry(), by=other)
    actions.find(sample=sample, outcome=states.AGREED, note="Sound.", by=other)
    give_to(here, iqa)
    refused("IQA-1", actions.release, registration=here.registration, by=iqa)


@pytest.mark.parametrize("party", PARTIES)
def test_iqa_1_somebody_who_had_no_hand_in_it_samples_and_releases(party, cast, here, request):
    request.getfixturevalue(party)
    other = second_iqa(cast)
    give_to(here, other)
    sample = actions.plan_sample(entry=here.entry(), by=other)
    actions.find(sample=sample, outcome=states.AGREED, note="Sound.", by=other)
    assert actions.release(registration=here.registration, by=other).iqa_id == other.user_id


def test_iqa_1_one_judgement_that_was_superseded_still_makes_a_party(cast, here):
    """Whoever decided anything stays a party, though somebody else has decided it since."""
    stand_in = factories.make_staff(here.centre, "Carl Beck", ASSESSOR, cast.units, by=here.administrator)
    here.registration.entries.update(assessor_id=stand_in.user_id)
    entry = here.entry()
    version = factories.submit_evidence(here, entry)
    factories.judge(entry, version, codes=["1.1"], by=stand_in)
    here.registration.entries.update(assessor_id=here.assessor.user_id)
    factories.judge(here.entry(), version, codes=["1.1"], because="I looked again.", by=here.assessor)
    iqa = also(here, stand_in, IQA, cast, VERIFY)
    give_to(here, iqa)
    refused("IQA-1", actions.plan_sample, entry=here.entry(), by=iqa)


def test_iqa_1_somebody_approved_only_as_assessor_is_refused(cast, here):
    assert also(here, here.iqa, ASSESSOR, cast, ASSESS).role == ASSESSOR
    refused("ROLE", actions.plan_sample, entry=here.entry(), by=here.assessor)
    refused("ROLE", actions.plan_sample, entry=here.entry(), by=cast.there.iqa)


@pytest.mark.parametrize(
    "answer",
    [
        {"outcome": states.AGREED, "note": " "},
        {"outcome": states.ACTION, "note": "Unclear.", "due_on": today()},
        {"outcome": states.ACTION, "note": "Unclear.", "todo": "Ask somebody."},
        {"outcome": states.ACTION, "note": "Unclear.", "todo": "Ask.", "due_on": today() - timedelta(days=1)},
    ],
    ids=["no note", "nothing to do", "no day", "a day gone by"],
)
def test_iqa_2_a_finding_without_what_it_must_say_is_refused(here, answer):
    sample = actions.plan_sample(entry=here.entry(), by=here.iqa)
    refused("IQA-2", actions.find, sample=sample, by=here.iqa, **answer)


def test_iqa_2_a_finding_records_who_when_and_what_was_looked_at(here):
    entry = factories.complete_unit(here)
    finding = factories.agree_sample(here).findings.get()
    judged = sorted(entry.judgements.values_list("pk", flat=True))
    versions = sorted({each.version_id for judgement in entry.judgements.all() for each in judgement.judged_on.all()})
    assert finding.iqa_id == here.iqa.user_id
    assert finding.found_at is not None
    assert finding.looked_at == {"judgements": judged, "versions": versions}


def test_iqa_3_no_release_while_a_sample_is_planned(ready):
    factories.agree_sample(ready, "101")
    actions.plan_sample(entry=ready.entry("102"), by=ready.iqa)
    refused("IQA-3", actions.release, registration=ready.registration, by=ready.iqa)


def test_iqa_3_no_release_while_an_action_point_is_open_or_only_answered(ready):
    sample = actions.plan_sample(entry=ready.entry("101"), by=ready.iqa)
    finding = actions.find(
        sample=sample, outcome=states.ACTION, note="Unclear.", todo="Ask.", due_on=today(), by=ready.iqa
    )
    refused("IQA-3", actions.release, registration=ready.registration, by=ready.iqa)
    actions.answer_action_point(action_point=finding.action_point, text="Asked.", by=ready.assessor)
    refused("IQA-3", actions.release, registration=ready.registration, by=ready.iqa)


def test_iqa_3_an_action_point_that_is_still_open_names_itself_though_every_sample_is_agreed(ready):
    """Its own lock: an action point is not closed by the state of the sample it came from."""
    sample = actions.plan_sample(entry=ready.entry("101"), by=ready.iqa)
    actions.find(sample=sample, outcome=states.ACTION, note="Unclear.", todo="Ask.", due_on=today(), by=ready.iqa)
    Sample.objects.filter(pk=sample.pk).update(state=states.AGREED)
    refused("IQA-3", actions.release, registration=ready.registration, by=ready.iqa)


def test_iqa_3_released_once_every_sample_is_agreed_and_every_action_point_closed(ready):
    sample = actions.plan_sample(entry=ready.entry("101"), by=ready.iqa)
    finding = actions.find(
        sample=sample, outcome=states.ACTION, note="Unclear.", todo="Ask.", due_on=today(), by=ready.iqa
    )
    actions.answer_action_point(action_point=finding.action_point, text="Asked.", by=ready.assessor)
    actions.find(sample=sample, outcome=states.AGREED, note="Clear now.", by=ready.iqa)
    assert ActionPoint.objects.get().state == states.CLOSED
    assert actions.release(registration=ready.registration, by=ready.iqa).number == 1


def test_iqa_3_no_finding_before_the_assessor_has_answered(here):
    sample = actions.plan_sample(entry=here.entry(), by=here.iqa)
    actions.find(sample=sample, outcome=states.ACTION, note="Unclear.", todo="Ask.", due_on=today(), by=here.iqa)
    refused("IQA-3", actions.find, sample=sample, outcome=states.AGREED, note="Well.", by=here.iqa)


def test_iqa_6_nothing_sampled_is_not_released(ready):
    refused("IQA-6", actions.release, registration=ready.registration, by=ready.iqa)
    factories.agree_sample(ready)
    assert rules.refuse_release(registration=ready.registration, by=ready.iqa) is None


def test_iqa_9_the_plan_is_not_for_assessors(here):
    assert rules.refuse_reading_plan(by=here.assessor).code == "ROLE"
    assert rules.refuse_reading_plan(by=here.iqa) is None
    assert rules.refuse_reading_plan(by=here.eqa) is None
