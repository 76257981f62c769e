"""STF-7: a person is one identity, learner and staff; nobody assesses, verifies or judges their own work."""

import pytest

from accounts.models import User
from assessments import actions as assessments
from audit.actors import ASSESSOR, IQA, LEARNER
from audit.models import Entry
from audit.rules import Refused
from centres.queries import actor_for
from portfolios import actions
from portfolios.models import UnitEntry
from portfolios.queries import candidates_for, entries_of
from tests import factories


@pytest.fixture
def amir(cast):
    """Northgate's assessor and IQA for every unit, registered as a learner too."""
    house = cast.here
    user = factories.user_of(house.assessor)
    factories.make_staff(house.centre, "Amir Khan", IQA, cast.units, by=house.administrator)
    learner = actions.add_learner(
        centre=house.centre,
        name="Amir Khan",
        email=user.email.upper(),
        born_on=factories.ADULT,
        by=house.administrator,
    )
    return actions.register(
        learner=learner, qualification=cast.qualification, units=cast.units[:2], by=house.administrator
    )


def allocate(cast, registration, **who):
    people = {role: factories.user_of(actor) if actor else None for role, actor in who.items()}
    return actions.allocate(registration=registration, **people, by=cast.here.administrator)


def test_stf_7_learner_and_staff_share_one_identity(cast, amir):
    assert amir.learner.user_id == cast.here.assessor.user_id
    assert User.objects.filter(email__iexact="amir@ng1.example").count() == 1


@pytest.mark.parametrize("role", ["assessor", "iqa"])
def test_stf_7_nobody_is_allocated_to_their_own_work_but_to_anothers(cast, amir, role):
    house = cast.here
    own = {"assessor": house.trainee, "iqa": house.iqa} | {role: house.assessor}
    before = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        allocate(cast, amir, **own)
    assert caught.value.refusal.code == "STF-7"
    assert not UnitEntry.objects.filter(registration=amir, assessor__isnull=False).exists()
    assert Entry.objects.count() == before
    assert len(allocate(cast, amir, assessor=house.trainee, iqa=house.iqa)) == 2
    others = {"assessor": house.trainee, "iqa": house.iqa} | {role: house.assessor}
    assert len(allocate(cast, house.registration, **others)) == 4


def test_stf_7_the_allocation_page_does_not_offer_the_learner(cast, amir):
    administrator = cast.here.administrator
    for kind in ("assess", "verify"):
        own = candidates_for(administrator, entries=entries_of(amir, administrator), kind=kind)
        other = candidates_for(administrator, entries=entries_of(cast.here.registration, administrator), kind=kind)
        assert "Amir Khan" not in [one.user.name for one in own]
        assert "Amir Khan" in [one.user.name for one in other]


def test_stf_7_nobody_judges_their_own_evidence_whatever_the_allocation_says(cast, amir):
    house = cast.here
    UnitEntry.objects.filter(registration=amir).update(assessor_id=house.assessor.user_id)
    own = factories.House(
        centre=house.centre,
        administrator=house.administrator,
        assessor=actor_for(amir.learner.user, ASSESSOR, house.centre),
        trainee=house.trainee,
        iqa=house.iqa,
        learner=actor_for(amir.learner.user, LEARNER, house.centre),
        second_learner=house.second_learner,
        registration=amir,
    )
    version = factories.submit_evidence(own, own.entry("101"))
    with pytest.raises(Refused) as caught:
        factories.judge(own.entry("101"), version, by=own.assessor)
    assert caught.value.refusal.code == "STF-7"
    assert own.entry("101").criteria_met == 0
    with pytest.raises(Refused):
        assessments.sign_off(entry=own.entry("101"), by=own.assessor)
    entry = house.entry("101")
    factories.judge(entry, factories.submit_evidence(house, entry), by=house.assessor)
    assert house.entry("101").criteria_met == 4
