"""DCS: direct claims status. What a claim does with it is tested with the claim."""

from datetime import timedelta

import pytest

from audit.actors import today
from audit.rules import Refused
from centres import actions, rules
from tests.centres.builders import OTHER_QAN, QAN, a_centre, editor_actor, everything

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def northgate():
    return a_centre(approved_for=[QAN, OTHER_QAN])


def grant(place, qan=QAN, from_on=None, by=None):
    return actions.grant_direct_claims(
        centre=place.centre, qan=qan, from_on=from_on or today(), by=by or editor_actor()
    )


def held(place, qan=QAN, day=None):
    return rules.has_direct_claims(centre_id=place.centre.pk, qan=qan, day=day or today())


def test_dcs_1_is_per_qualification(northgate):
    grant(northgate)
    assert held(northgate)
    assert not held(northgate, OTHER_QAN)


def test_dcs_1_is_per_centre(northgate):
    southgate = a_centre("Southgate", approved_for=[QAN])
    grant(northgate)
    assert held(northgate)
    assert not held(southgate)


def test_dcs_1_holds_from_the_first_day_to_the_last_and_no_longer(northgate):
    grant(northgate, from_on=today() - 10 * ONE)
    actions.remove_direct_claims(centre=northgate.centre, qan=QAN, last_day=today() - ONE, by=editor_actor())
    answers = [held(northgate, day=today() - days * ONE) for days in (11, 10, 1, 0)]
    assert answers == [False, True, True, False]


def test_dcs_1_removed_for_one_qualification_stays_for_the_other(northgate):
    grant(northgate, from_on=today() - ONE)
    grant(northgate, OTHER_QAN, from_on=today() - ONE)
    actions.remove_direct_claims(centre=northgate.centre, qan=QAN, last_day=today() - ONE, by=editor_actor())
    assert not held(northgate)
    assert held(northgate, OTHER_QAN)


def test_dcs_1_refuses_a_qualification_that_the_centre_is_not_approved_for():
    southgate = a_centre("Southgate", approved_for=[OTHER_QAN])
    before = everything()
    with pytest.raises(Refused, match="DCS-1"):
        grant(southgate)
    assert everything() == before


def test_dcs_1_is_not_granted_twice(northgate):
    grant(northgate)
    before = everything()
    with pytest.raises(Refused, match="already claims"):
        grant(northgate)
    assert everything() == before


def test_dcs_1_the_centre_cannot_grant_or_remove_it_itself(northgate):
    before = everything()
    with pytest.raises(Refused, match="ROLE"):
        grant(northgate, by=northgate.admin)
    assert everything() == before
    grant(northgate)
    before = everything()
    with pytest.raises(Refused, match="ROLE"):
        actions.remove_direct_claims(centre=northgate.centre, qan=QAN, last_day=today(), by=northgate.admin)
    assert everything() == before


@pytest.mark.parametrize("granted", [False, True])
def test_dcs_1_removing_what_is_not_there_or_before_it_began_is_refused(northgate, granted):
    if granted:
        grant(northgate)
    before = everything()
    with pytest.raises(Refused, match="INPUT"):
        actions.remove_direct_claims(centre=northgate.centre, qan=QAN, last_day=today() - ONE, by=editor_actor())
    assert everything() == before
