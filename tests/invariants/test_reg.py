"""REG-1 to REG-4: who can be registered, on what and when, each refusal with its allowed neighbour."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from audit.actors import clock_at, today
from audit.models import Entry
from audit.rules import Refused
from centres import actions as centres
from centres.models import Approval
from portfolios import actions
from portfolios.models import Learner, Registration, UnitEntry
from quals.models import Qualification
from tests import factories

ULN = "1234567813"


@pytest.fixture
def tom(cast):
    return Learner.objects.get(user_id=cast.here.second_learner.user_id)


def register(cast, learner, qualification=None, **changes) -> Registration:
    qualification = qualification or Qualification.objects.get(pk=cast.qualification.pk)
    facts = {"units": cast.units[:2], "by": cast.here.administrator} | changes
    return actions.register(learner=learner, qualification=qualification, **facts)


def rows() -> tuple:
    return tuple(model.objects.count() for model in (Learner, Registration, UnitEntry, Entry))


def refused(code, call, *args, **kwargs) -> str:
    before = rows()
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.refusal.code == code
    assert rows() == before
    return caught.value.refusal.sentence


def at(day: date):
    return clock_at(datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone()))


def set_facts(cast, **facts) -> None:
    Qualification.objects.filter(pk=cast.qualification.pk).update(**facts)


def test_reg_1_not_without_approval_of_the_centre(cast, tom):
    Approval.objects.filter(centre=cast.here.centre).delete()
    refused("REG-1", register, cast, tom)
    centres.approve_centre(centre=cast.here.centre, qan=cast.qualification.qan, from_on=today(), by=factories.SYSTEM)
    assert register(cast, tom)


def test_reg_1_not_the_day_after_the_approval_ends(cast, tom):
    Approval.objects.filter(centre=cast.here.centre).update(until_on=today() - timedelta(1))
    refused("REG-1", register, cast, tom)
    Approval.objects.filter(centre=cast.here.centre).update(until_on=today())
    assert register(cast, tom)


def test_reg_1_approval_of_another_centre_or_for_another_qualification_does_not_help(cast, tom):
    Approval.objects.filter(centre=cast.here.centre).update(qan="900/0010/1")
    refused("REG-1", register, cast, tom)
    Approval.objects.filter(centre=cast.here.centre).update(qan=cast.qualification.qan)
    assert register(cast, tom)


def test_reg_1_not_after_the_last_registration_date(cast, tom):
    set_facts(cast, last_registration=today() - timedelta(1))
    assert "The last day to register" in refused("REG-1", register, cast, tom)
    set_facts(cast, last_registration=today())
    assert register(cast, tom).registered_on == today()


def test_reg_1_not_before_the_first_registration_date(cast, tom):
    set_facts(cast, first_registration=today() + timedelta(1))
    refused("REG-1", register, cast, tom)
    set_facts(cast, first_registration=today())
    assert register(cast, tom)


@pytest.mark.parametrize(
    ("born_on", "day_before", "birthday"),
    [
        (date(2010, 3, 9), date(2026, 3, 8), date(2026, 3, 9)),
        (date(2008, 2, 29), date(2024, 2, 28), date(2024, 2, 29)),
        (date(2010, 12, 31), date(2026, 12, 30), date(2026, 12, 31)),
    ],
)
def test_reg_2_a_day_too_young_is_refused_and_on_the_birthday_allowed(cast, tom, born_on, day_before, birthday):
    set_facts(cast, minimum_age=16)
    tom.born_on = born_on
    tom.save()
    with at(day_before):
        assert "has to be 16 or older" in refused("REG-2", register, cast, tom)
    with at(birthday):
        assert register(cast, tom).registered_on == birthday


def test_reg_2_asks_for_no_age_where_the_specification_names_none(cast, tom):
    set_facts(cast, minimum_age=None)
    tom.born_on = today() - timedelta(days=400)
    tom.save()
    assert register(cast, tom)


def add(cast, name="Bea Holt", house=None, **changes) -> Learner:
    house = house or cast.here
    facts = {"email": "bea@ng1.example", "born_on": factories.ADULT} | changes
    return actions.add_learner(centre=house.centre, name=name, by=house.administrator, **facts)


def test_reg_3_a_uln_belongs_to_one_learner_of_a_centre(cast):
    add(cast, uln=ULN)
    refused("REG-3", add, cast, name="Cy Dunn", email="cy@ng1.example", uln=ULN)
    assert add(cast, name="Cy Dunn", email="cy@ng1.example", uln="").uln == ""
    assert add(cast, name="Bea Holt", house=cast.there, uln=ULN)


def test_reg_3_a_uln_with_a_wrong_check_digit_is_refused(cast):
    assert "check digit" in refused("INPUT", add, cast, uln="1234567816")
    assert add(cast, uln=ULN).uln == ULN


def test_reg_3_a_person_is_one_learner_of_a_centre_whatever_the_case_of_the_address(cast):
    add(cast)
    refused("REG-3", add, cast, email="BEA@ng1.example")
    assert add(cast, email="bea.two@ng1.example")


def test_reg_4_not_a_second_time_for_the_same_qualification(cast, tom):
    first = register(cast, tom)
    assert "already registered" in refused("REG-4", register, cast, tom, units=cast.units)
    actions.withdraw(registration=first, by=cast.here.administrator)
    refused("REG-4", register, cast, tom)


def test_reg_4_not_on_a_newer_issue_of_the_same_qualification_but_on_another(cast, tom):
    register(cast, tom)
    pack = factories.make_pack()
    pack["source"] |= {"sha256": "f" * 64, "version": "Issue 2"}
    newer = factories.quals.import_pack(
        pack=pack, lines=["line"] * 40, source_name="two.txt", publish=True, by=factories.SYSTEM
    ).specification
    refused("REG-4", register, cast, tom, newer.qualifications.get(), units=newer.units.order_by("position")[:1])
    other = factories.make_qualification(qan="900/0010/1")
    centres.approve_centre(centre=cast.here.centre, qan=other.qan, from_on=today(), by=factories.SYSTEM)
    assert register(cast, tom, other, units=other.specification.units.order_by("position")[:1])


def test_reg_only_an_administrator_of_the_learners_centre_registers(cast, tom):
    for by in (cast.there.administrator, cast.here.assessor, cast.here.second_learner):
        refused("ROLE", register, cast, tom, by=by)
    assert register(cast, tom)
