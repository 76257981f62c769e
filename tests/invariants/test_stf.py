"""STF: who may decide anything, on which day."""

from datetime import date, timedelta

import pytest

from audit.actors import ASSESSOR, IQA
from audit.rules import Refused
from centres import actions, rules
from centres.states import ASSESS, QUALIFIED, TRAINEE, VERIFY
from quals.models import Qualification
from tests.centres.builders import QAN, a_centre, a_colleague, a_qualification, everything, units_of

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2025, 3, 3), date(2025, 6, 30)
ONE = timedelta(days=1)


@pytest.fixture
def northgate():
    a_qualification()
    return a_centre(approved_for=[QAN])


@pytest.fixture
def units(northgate):
    return units_of(Qualification.objects.get(qan=QAN))


@pytest.fixture
def ada(northgate):
    return a_colleague(northgate)


@pytest.fixture
def approved(northgate, ada, units):
    """Ada may assess the first unit from FIRST until LAST."""
    common = {"centre": northgate.centre, "user": ada, "by": northgate.admin}
    made = actions.approve_staff(units=units[:1], kind=ASSESS, from_on=FIRST, **common)
    actions.end_staff_approval(competences=made, last_day=LAST, **common)
    return ada


def refusal(user, place, unit, day, kind=ASSESS, **options):
    return rules.refuse_incompetent(user_id=user.pk, centre=place.centre, unit=unit, kind=kind, day=day, **options)


@pytest.mark.parametrize("day", [FIRST - ONE, LAST + ONE])
def test_stf_1_refuses_the_day_before_and_the_day_after(approved, northgate, units, day):
    assert refusal(approved, northgate, units[0], day).code == "STF-1"


@pytest.mark.parametrize("day", [FIRST, FIRST + ONE, LAST - ONE, LAST])
def test_stf_1_allows_the_first_day_the_last_day_and_between(approved, northgate, units, day):
    assert refusal(approved, northgate, units[0], day) is None


def test_stf_1_refuses_another_unit_another_role_another_person_and_another_centre(approved, northgate, units):
    bea, southgate = a_colleague(northgate, "Bea Holt"), a_centre("Southgate")
    assert refusal(approved, northgate, units[1], FIRST).code == "STF-1"
    assert refusal(approved, northgate, units[0], FIRST, kind=VERIFY).code == "STF-1"
    assert refusal(bea, northgate, units[0], FIRST).code == "STF-1"
    assert refusal(approved, southgate, units[0], FIRST).code == "STF-1"


def test_stf_1_names_the_unit_and_what_to_do(approved, northgate, units):
    sentence = refusal(approved, northgate, units[1], FIRST).sentence
    assert units[1].code in sentence
    assert "People" in sentence


def test_stf_1_somebody_in_training_is_approved_but_not_where_somebody_qualified_is_needed(northgate, ada, units):
    actions.approve_staff(
        centre=northgate.centre,
        user=ada,
        units=units[:1],
        kind=ASSESS,
        standing=TRAINEE,
        from_on=FIRST,
        by=northgate.admin,
    )
    assert refusal(ada, northgate, units[0], FIRST) is None
    assert refusal(ada, northgate, units[0], FIRST, qualified=True).code == "STF-1"


def test_stf_1_a_trainee_who_qualifies_was_a_trainee_until_the_day_before(northgate, ada, units):
    common = {"centre": northgate.centre, "user": ada, "units": units[:1], "kind": ASSESS, "by": northgate.admin}
    actions.approve_staff(standing=TRAINEE, from_on=FIRST, **common)
    actions.approve_staff(standing=QUALIFIED, from_on=LAST, **common)
    assert refusal(ada, northgate, units[0], LAST - ONE, qualified=True).code == "STF-1"
    assert refusal(ada, northgate, units[0], LAST, qualified=True) is None


def test_stf_1_approved_anew_as_a_trainee_ends_the_qualified_approval_even_one_with_a_last_day(
    approved, northgate, units
):
    actions.approve_staff(
        centre=northgate.centre,
        user=approved,
        units=units[:1],
        kind=ASSESS,
        standing=TRAINEE,
        from_on=LAST - ONE,
        by=northgate.admin,
    )
    assert refusal(approved, northgate, units[0], LAST - 2 * ONE, qualified=True) is None
    assert refusal(approved, northgate, units[0], LAST, qualified=True).code == "STF-1"


@pytest.mark.parametrize(("role", "kind"), [(ASSESSOR, VERIFY), (IQA, ASSESS)])
def test_stf_1_nobody_is_approved_for_a_role_they_do_not_hold(northgate, units, role, kind):
    colleague = a_colleague(northgate, "Tom Reid", role)
    before = everything()
    with pytest.raises(Refused, match="STF-1"):
        actions.approve_staff(
            centre=northgate.centre, user=colleague, units=units, kind=kind, from_on=FIRST, by=northgate.admin
        )
    assert everything() == before


@pytest.mark.parametrize(("role", "kind"), [(ASSESSOR, ASSESS), (IQA, VERIFY)])
def test_stf_1_somebody_is_approved_for_the_role_they_hold(northgate, units, role, kind):
    colleague = a_colleague(northgate, "Tom Reid", role)
    actions.approve_staff(
        centre=northgate.centre, user=colleague, units=units, kind=kind, from_on=FIRST, by=northgate.admin
    )
    assert refusal(colleague, northgate, units[2], FIRST, kind=kind) is None
