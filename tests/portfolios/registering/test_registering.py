"""A learner is registered on a qualification, with the units to begin with."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.actors import clock_at, today
from centres import actions as centres
from centres.models import Approval
from portfolios.models import Learner, UnitEntry
from quals.models import Qualification
from tests import factories
from tests.portfolios.registering.desk import is_ticked, page_of, said


@pytest.fixture
def register_tom(desk, cast, tom):
    def post(numbers, **extra):
        units = [str(unit.public_id) for unit in cast.units if unit.number in numbers]
        data = {"qualification": str(cast.qualification.public_id), "units": units, **extra}
        return desk.post(reverse("register", args=[tom.public_id]), data)

    return post


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())


def test_register_opens_with_the_mandatory_units_ticked(desk, cast, tom):
    answer = desk.get(reverse("register", args=[tom.public_id]))
    assert [unit.number for unit in cast.units if is_ticked(answer, unit)] == ["101", "102"]
    assert "8 credits" in page_of(answer)
    assert "At least 12 credits: 8 so far, 4 more needed." in page_of(answer)


def test_register_asks_which_qualification_where_there_are_several(desk, cast, tom):
    other = factories.make_qualification(qan="900/0010/1", title="Level 3 Diploma in Trying")
    unapproved = factories.make_qualification(qan="900/0011/3", title="Level 3 Diploma in Longing")
    centres.approve_centre(centre=cast.here.centre, qan=other.qan, from_on=today(), by=factories.SYSTEM)
    answer = desk.get(reverse("register", args=[tom.public_id]))
    assert other.title in page_of(answer)
    assert unapproved.title not in page_of(answer)
    assert answer.context["qualification"] is None
    chosen = desk.get(reverse("register", args=[tom.public_id]), {"qualification": str(other.public_id)})
    assert chosen.context["offer"].qualification == other
    assert desk.get(reverse("register", args=[tom.public_id]), {"qualification": "none"}).status_code == 404


def test_register_offers_the_newest_issue_of_a_qualification_only(desk, cast, tom):
    pack = factories.make_pack()
    pack["source"] |= {"sha256": "f" * 64, "version": "Issue 2"}
    factories.quals.import_pack(
        pack=pack, lines=["line"] * 40, source_name="two.txt", publish=True, by=factories.SYSTEM
    )
    answer = desk.get(reverse("register", args=[tom.public_id]))
    assert [one.specification.version for one in answer.context["offered"]] == ["Issue 2"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_ticking_units_shows_what_they_come_to_and_saves_nothing(desk, cast, tom, headers):
    def check(*numbers):
        units = [str(unit.public_id) for unit in cast.units if unit.number in numbers]
        data = {"qualification": str(cast.qualification.public_id), "units": units, "deed": "check"}
        answer = desk.post(reverse("register", args=[tom.public_id]), data, headers=headers)
        assert answer.status_code == 200
        assert ("<html" in answer.content.decode()) is not bool(headers)
        return page_of(answer)

    short = check("101", "201")
    assert "8 credits" in short
    assert short.count("2 rules are not met yet") == 1
    assert "Both units of group A: 1 so far, 1 more needed." in short
    whole = check("101", "102", "202")
    assert "12 credits" in whole
    assert "every rule is met" in whole
    assert '<tr><td>Level 2</td><td class="num"></td><td class="num">4</td></tr>' in whole
    assert '<tr><td>Group A</td><td class="num">2</td><td class="num">8</td></tr>' in whole
    assert not tom.registrations.exists()


def test_a_disputed_rule_says_so(desk, cast, tom):
    rule = factories._rule("R1", "at_least", "credits", 4, {"level": {"mode": "exactly", "value": 3}})
    rule |= {"confidence": "disputed", "note": "Level 4 units are listed too."}
    rule["alternative"] = {"of": {"level": {"mode": "at_or_above", "value": 3}}}
    other = factories.make_qualification(qan="900/0010/1", rules=[rule])
    centres.approve_centre(centre=cast.here.centre, qan=other.qan, from_on=today(), by=factories.SYSTEM)
    page = page_of(desk.get(reverse("register", args=[tom.public_id]), {"qualification": str(other.public_id)}))
    assert "can be read two ways" in page
    assert "On the rule that can be read two ways: Level 4 units are listed too." in page


def test_register_makes_the_registration_and_goes_on_to_staff(register_tom, tom):
    answer = register_tom(["101", "102", "201"])
    made = tom.registrations.get()
    assert answer.url == reverse("allocate", args=[made.public_id])
    assert [entry.unit.number for entry in made.entries.order_by("unit__position")] == ["101", "102", "201"]


def test_register_with_rules_not_met_yet_is_allowed_and_says_so(desk, register_tom, tom):
    answer = register_tom(["101"])
    assert tom.registrations.get().entries.count() == 1
    assert "3 rules are not met yet. Units can be added later." in said(desk.get(answer.url))


def test_register_without_units_goes_to_the_registration(register_tom, tom):
    assert register_tom([]).url == reverse("registration", args=[tom.registrations.get().public_id])


def test_register_a_day_too_young_is_refused_and_on_the_birthday_allowed(register_tom, cast, tom):
    birthday = (today() + timedelta(40)).replace(day=15)
    Learner.objects.filter(pk=tom.pk).update(born_on=birthday.replace(year=birthday.year - 16))
    with clock_at(noon(birthday - timedelta(1))):
        answer = register_tom(["101", "201"])
    assert answer.status_code == 422
    assert "has to be 16 or older on the day of registration" in page_of(answer)
    assert [unit.number for unit in cast.units if is_ticked(answer, unit)] == ["101", "201"]
    assert not tom.registrations.exists()
    with clock_at(noon(birthday)):
        register_tom(["101", "201"])
    assert tom.registrations.get().registered_on == birthday


def test_register_after_the_last_registration_date_is_refused(desk, register_tom, cast, tom):
    Qualification.objects.filter(pk=cast.qualification.pk).update(last_registration=today() - timedelta(1))
    told = "The last day to register on"
    before = page_of(desk.get(reverse("register", args=[tom.public_id])))
    assert told in before
    assert 'aria-disabled="true"' in before
    assert "You can save now" not in before
    answer = register_tom(["101"])
    assert (answer.status_code, told in page_of(answer)) == (422, True)
    assert not tom.registrations.exists()
    Qualification.objects.filter(pk=cast.qualification.pk).update(last_registration=today())
    assert "You can save now" in page_of(desk.get(reverse("register", args=[tom.public_id])))
    register_tom(["101"])
    assert tom.registrations.exists()


def test_register_where_the_approval_has_ended_is_refused_and_keeps_the_ticks(register_tom, cast, tom):
    Approval.objects.filter(centre=cast.here.centre).update(until_on=today() - timedelta(1))
    answer = register_tom(["102", "203"])
    assert answer.status_code == 422
    assert "Your centre is not approved for 900/0009/5 today" in page_of(answer)
    assert [unit.number for unit in cast.units if is_ticked(answer, unit)] == ["102", "203"]
    assert not tom.registrations.exists()


def test_register_a_second_time_is_refused_and_links_to_the_first(register_tom, cast, tom):
    register_tom(["101", "102"])
    made = tom.registrations.get()
    answer = register_tom(["101", "203"])
    assert answer.status_code == 422
    assert "Tom Reid is already registered for 900/0009/5" in page_of(answer)
    assert reverse("registration", args=[made.public_id]) in page_of(answer)
    assert is_ticked(answer, cast.units[4])
    assert tom.registrations.get() == made
    assert made.entries.count() == 2


def test_register_sent_twice_makes_one_registration_and_lands_in_the_same_place(register_tom, desk, tom):
    first = register_tom(["101", "102"])
    again = register_tom(["101", "102"])
    assert again.url == first.url
    assert "had been registered already" in said(desk.get(again.url))
    assert tom.registrations.count() == 1
    assert UnitEntry.objects.filter(registration__learner=tom).count() == 2


def test_register_with_a_unit_that_is_not_on_offer_is_refused(desk, cast, tom):
    stranger = factories.make_qualification(qan="900/0010/1")
    unit = stranger.specification.units.first()
    data = {"qualification": str(cast.qualification.public_id), "units": [str(unit.public_id)]}
    answer = desk.post(reverse("register", args=[tom.public_id]), data)
    assert answer.status_code == 422
    assert "not on offer here" in page_of(answer)
    assert not tom.registrations.exists()
