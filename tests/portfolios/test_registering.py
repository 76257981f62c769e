"""An administrator adds learners, registers them, chooses units and allocates staff; nobody else does."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import Invitation, User
from audit.actors import ASSESSOR, clock_at, today
from audit.models import Entry
from centres import actions as centres
from centres.models import Approval
from portfolios import actions
from portfolios.forms.registering import LearnerForm
from portfolios.models import Learner, Registration, UnitEntry
from portfolios.rules import uln_fault
from quals.models import Qualification
from tests import factories

TYPED = {"name": "Bea Holt", "email": "bea@ng1.example", "born_on": "1999-05-06", "uln": ""}
ULN = "1234567813"


@pytest.fixture
def cast(db):
    return factories.make_cast()


@pytest.fixture
def desk(client, cast):
    """The browser of Northgate's administrator."""
    client.force_login(factories.user_of(cast.here.administrator))
    return client


@pytest.fixture
def tom(cast):
    """A learner who is not registered for anything yet."""
    return Learner.objects.get(user_id=cast.here.second_learner.user_id)


@pytest.fixture
def register_tom(desk, cast, tom):
    def post(numbers, **extra):
        units = [str(unit.public_id) for unit in cast.units if unit.number in numbers]
        data = {"qualification": str(cast.qualification.public_id), "units": units, **extra}
        return desk.post(reverse("register", args=[tom.public_id]), data)

    return post


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())


def page_of(answer) -> str:
    """What the page says, as words with single spaces."""
    return " ".join(answer.content.decode().split())


def said(answer) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def is_ticked(answer, unit) -> bool:
    return f'value="{unit.public_id}" checked' in answer.content.decode()


# --- The list --------------------------------------------------------------------------------------


def test_learners_lists_the_centres_own_with_units_done(desk, cast):
    factories.complete_unit(cast.here)
    answer = desk.get(reverse("learners"))
    page = page_of(answer)
    assert "Ada Okafor" in page
    assert "1 of 4" in page
    assert "4 of 16" in page
    assert "Tom Reid" in page
    assert "Not registered yet" in page
    assert "Lena Park" not in page
    assert answer.context["page"].paginator.count == 2


@pytest.mark.parametrize("text", ["ada", "ADA oka", "ada@ng1", "900/0009", "diploma ada", "  ada  "])
def test_learners_are_found_by_any_words_in_the_address(desk, text):
    page = page_of(desk.get(reverse("learners"), {"text": text}))
    assert "Ada Okafor" in page
    assert "Tom Reid" not in page


def test_learners_filter_that_finds_nobody_says_so(desk):
    page = page_of(desk.get(reverse("learners"), {"text": "Lena"}))
    assert "No learner of your centre matches “Lena”" in page


def test_learners_stand_fifty_a_page_with_the_total(desk, cast):
    users = User.objects.bulk_create(User(email=f"p{n}@x.example", name=f"Person {n:02}") for n in range(60))
    Learner.objects.bulk_create(
        Learner(centre=cast.here.centre, user=user, name=user.name, born_on=factories.ADULT) for user in users
    )
    page = desk.get(reverse("learners"), {"text": "Person"}).context["page"]
    assert len(page.object_list) == 50
    assert page.paginator.count == 60
    second = desk.get(reverse("learners"), {"text": "Person", "page": "2"})
    assert len(second.context["page"].object_list) == 10
    assert "?text=Person&amp;page=1" in second.content.decode()


def test_learners_takes_the_same_queries_at_one_and_three_rows(desk, cast, tom, django_assert_num_queries):
    def queries_for(text):
        with django_assert_num_queries(6):
            desk.get(reverse("learners"), {"text": text})

    queries_for("Ada")
    factories.make_learner(cast.here.centre, "Bea Holt", by=cast.here.administrator)
    for learner in Learner.objects.filter(centre=cast.here.centre, registrations=None):
        actions.register(
            learner=learner, qualification=cast.qualification, units=cast.units[:2], by=cast.here.administrator
        )
    queries_for("diploma")


# --- Adding ----------------------------------------------------------------------------------------


def test_add_learner_invites_them_and_goes_on_to_the_qualification(desk, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("add_learner"), TYPED | {"uln": "12345 67813"})
    learner = Learner.objects.get(name="Bea Holt")
    assert answer.url == reverse("register", args=[learner.public_id])
    assert (learner.centre, learner.born_on, learner.uln) == (cast.here.centre, date(1999, 5, 6), ULN)
    assert [sent.to for sent in mail.outbox] == [["bea@ng1.example"]]


@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda s: s[0] != "0"), st.data())
def test_any_mistyped_digit_or_swapped_neighbours_in_a_uln_is_found(nine, data):
    check = (10 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))) % 11
    assume(check < 10)
    uln = f"{nine}{check}"
    assert uln_fault(uln) == ""
    at = data.draw(st.integers(0, 9))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != uln[at]]))
    assert uln_fault(uln[:at] + digit + uln[at + 1 :])
    at = data.draw(st.integers(0, 8))
    if uln[at] != uln[at + 1]:
        assert uln_fault(uln[:at] + uln[at + 1] + uln[at] + uln[at + 2 :])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"uln": "1234567816"}, "check digit does not fit"),
        ({"uln": "12345"}, "has ten digits"),
        ({"name": " "}, "as it shall stand on the certificate"),
        ({"email": "bea at home"}, "valid email"),
        ({"born_on": "31/02/1999"}, "day, month and year"),
        ({"born_on": "2999-01-01"}, "lies in the future"),
        ({"email": "ada@ng1.example"}, "Look them up under Learners"),
    ],
)
def test_add_learner_with_bad_input_saves_nothing_and_keeps_what_was_typed(desk, wrong, told):
    before = (Learner.objects.count(), User.objects.count(), Entry.objects.count())
    answer = desk.post(reverse("add_learner"), TYPED | wrong)
    assert answer.status_code == 422
    assert told in page_of(answer)
    for name, value in (TYPED | wrong).items():
        assert (answer.context["form"][name].value() or "") == value
    assert (Learner.objects.count(), User.objects.count(), Entry.objects.count()) == before


def test_add_learner_with_an_address_that_is_here_links_to_that_learner(desk, cast):
    answer = desk.post(reverse("add_learner"), TYPED | {"email": "ADA@ng1.example"})
    assert reverse("learner", args=[cast.here.registration.learner.public_id]) in page_of(answer)


def test_add_learner_sent_twice_makes_one_learner_and_lands_in_the_same_place(desk):
    first = desk.post(reverse("add_learner"), TYPED)
    again = desk.post(reverse("add_learner"), TYPED, follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "had been added already" in said(again)
    assert Learner.objects.filter(name="Bea Holt").count() == 1
    assert Invitation.objects.filter(user__email="bea@ng1.example").count() == 1


def test_forms_offer_nothing_that_they_were_not_handed():
    from portfolios.forms.registering import AllocateForm, UnitsForm

    for form in (LearnerForm(), UnitsForm(), AllocateForm()):
        for field in form.fields.values():
            assert [key for key, _ in getattr(field, "choices", []) if key] == []


# --- One learner -----------------------------------------------------------------------------------


def test_learner_shows_facts_and_sends_the_invitation_again(desk, cast, django_capture_on_commit_callbacks):
    desk.post(reverse("add_learner"), TYPED)
    learner = Learner.objects.get(name="Bea Holt")
    page = page_of(desk.get(reverse("learner", args=[learner.public_id])))
    assert "6 May 1999" in page
    assert "Has not chosen a password yet" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("learner", args=[learner.public_id]))
    assert answer.url == reverse("learner", args=[learner.public_id])
    assert mail.outbox[-1].to == ["bea@ng1.example"]


def test_learner_with_a_password_is_not_invited_again(desk, tom):
    before = Invitation.objects.count()
    assert "has chosen a password" in page_of(desk.get(reverse("learner", args=[tom.public_id])))
    assert desk.post(reverse("learner", args=[tom.public_id])).status_code == 403
    assert Invitation.objects.count() == before


@pytest.mark.parametrize("name", ["learner", "register"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_learner_of_another_centre_is_not_found(desk, cast, name, method):
    stranger = cast.there.registration.learner
    assert getattr(desk, method)(reverse(name, args=[stranger.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["choose_units", "allocate"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_registration_of_another_centre_is_not_found(desk, cast, name, method):
    stranger = cast.there.registration
    assert getattr(desk, method)(reverse(name, args=[stranger.public_id])).status_code == 404


def test_pages_say_why_to_those_who_may_see_but_not_administer(client, cast):
    mine = cast.here.registration
    client.force_login(factories.user_of(cast.here.assessor))
    for name in ("choose_units", "allocate"):
        answer = client.post(reverse(name, args=[mine.public_id]))
        assert answer.status_code == 403
        assert "Only an administrator of the centre" in page_of(answer)
    assert client.get(reverse("learners")).status_code == 403
    assert client.post(reverse("add_learner"), TYPED).status_code == 403
    assert client.get(reverse("learner", args=[mine.learner.public_id])).status_code == 404
    client.force_login(factories.user_of(cast.here.learner))
    assert client.get(reverse("learner", args=[mine.learner.public_id])).status_code == 403
    assert not Learner.objects.filter(name="Bea Holt").exists()


# --- Registering -----------------------------------------------------------------------------------


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
    answer = register_tom(["101"])
    assert (answer.status_code, told in page_of(answer)) == (422, True)
    assert not tom.registrations.exists()
    Qualification.objects.filter(pk=cast.qualification.pk).update(last_registration=today())
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


# --- Units -----------------------------------------------------------------------------------------


def choose(desk, registration, units):
    data = {"units": [str(unit.public_id) for unit in units]}
    return desk.post(reverse("choose_units", args=[registration.public_id]), data)


def test_choose_units_adds_and_takes_out(desk, cast):
    registration = cast.here.registration
    opened = desk.get(reverse("choose_units", args=[registration.public_id]))
    assert [unit.number for unit in cast.units if is_ticked(opened, unit)] == ["101", "102", "201", "202"]
    answer = choose(desk, registration, [cast.units[n] for n in (0, 1, 4)])
    assert "The units were saved." in said(desk.get(answer.url))
    assert answer.url == reverse("allocate", args=[registration.public_id])
    held = registration.entries.order_by("unit__position").values_list("unit__number", flat=True)
    assert list(held) == ["101", "102", "203"]


def test_choose_units_keeps_a_unit_that_has_evidence(desk, cast):
    registration = cast.here.registration
    factories.make_draft(cast.here, cast.here.entry("101"))
    opened = page_of(desk.get(reverse("choose_units", args=[registration.public_id])))
    assert opened.count("has evidence, stays") == 1
    answer = choose(desk, registration, cast.units[1:])
    assert answer.status_code == 422
    assert "Unit 101 already has evidence and cannot be taken out" in page_of(answer)
    assert registration.entries.count() == 4


def test_choose_units_names_every_unit_that_has_evidence(desk, cast):
    for number in ("101", "102"):
        factories.make_draft(cast.here, cast.here.entry(number))
    answer = choose(desk, cast.here.registration, cast.units[2:])
    assert "Units 101, 102 already have evidence and cannot be taken out" in page_of(answer)


def seen_in(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode()).group(1)


def test_choose_units_from_a_page_that_somebody_overtook_is_told_and_then_saved(desk, cast):
    registration, url = cast.here.registration, reverse("choose_units", args=[cast.here.registration.public_id])
    data = {"units": [str(unit.public_id) for unit in cast.units[:2]], "seen": seen_in(desk.get(url))}
    choose(desk, registration, cast.units)
    peeked = desk.post(url, data | {"deed": "check"})
    assert seen_in(peeked) == data["seen"]
    refused = desk.post(url, data)
    assert refused.status_code == 409
    assert "Chosen now: 101, 102, 201, 202, 203." in page_of(refused)
    assert registration.entries.count() == 5
    assert not is_ticked(refused, cast.units[4])
    desk.post(url, data | {"seen": seen_in(refused)})
    assert registration.entries.count() == 2


def test_choose_units_sent_twice_is_saved_once(desk, cast):
    url = reverse("choose_units", args=[cast.here.registration.public_id])
    data = {"units": [str(unit.public_id) for unit in cast.units[:3]], "seen": seen_in(desk.get(url))}
    assert [desk.post(url, data).status_code for _ in range(2)] == [302, 302]


def test_choose_units_offers_the_issue_that_the_registration_began_on(desk, cast):
    pack = factories.make_pack()
    pack["source"] |= {"sha256": "f" * 64, "version": "Issue 2"}
    factories.quals.import_pack(
        pack=pack, lines=["line"] * 40, source_name="two.txt", publish=True, by=factories.SYSTEM
    )
    newer = Qualification.objects.get(specification__version="Issue 2")
    answer = desk.get(reverse("choose_units", args=[cast.here.registration.public_id]))
    assert answer.context["offer"].qualification == cast.qualification
    refused = choose(desk, cast.here.registration, newer.specification.units.all())
    assert refused.status_code == 422
    assert cast.here.registration.entries.count() == 4


def test_choose_units_of_a_closed_registration_is_refused(desk, cast):
    registration = cast.here.registration
    actions.withdraw(registration=registration, by=cast.here.administrator)
    assert "This registration is closed" in page_of(desk.get(reverse("choose_units", args=[registration.public_id])))
    answer = choose(desk, registration, cast.units)
    assert answer.status_code == 409
    assert registration.entries.count() == 4


# --- Staff -----------------------------------------------------------------------------------------


@pytest.fixture
def bea(cast):
    """A learner with three units and nobody to assess them."""
    learner = factories.make_learner(cast.here.centre, "Bea Holt", by=cast.here.administrator)
    return actions.register(
        learner=learner, qualification=cast.qualification, units=cast.units[:3], by=cast.here.administrator
    )


@pytest.fixture
def allocate_bea(desk, bea):
    def post(assessor=None, iqa=None, **others):
        def key(actor):
            return str(factories.user_of(actor).public_id) if actor else ""

        data = {"assessor": key(assessor), "iqa": key(iqa)}
        for name, actor in others.items():
            role, number = name.split("_")
            entry = factories.entry_of(bea, number)
            data[f"{role}-{entry.public_id}"] = actor if actor == "nobody" else key(actor)
        return desk.post(reverse("allocate", args=[bea.public_id]), data)

    return post


def staff_of(registration) -> dict:
    entries = registration.entries.select_related("unit", "assessor", "iqa")
    return {entry.unit.number: (str(entry.assessor or ""), str(entry.iqa or "")) for entry in entries.order_by("unit")}


def test_allocate_gives_everything_to_one_assessor_and_one_iqa(allocate_bea, cast, bea):
    answer = allocate_bea(cast.here.assessor, cast.here.iqa)
    assert answer.url == reverse("registration", args=[bea.public_id])
    assert set(staff_of(bea).values()) == {("Amir Khan", "Ines Vale")}


def test_allocate_gives_one_unit_to_somebody_else_and_one_to_nobody(allocate_bea, desk, cast, bea):
    allocate_bea(cast.here.assessor, cast.here.iqa, assessor_102=cast.here.trainee, iqa_201="nobody")
    assert staff_of(bea) == {
        "101": ("Amir Khan", "Ines Vale"),
        "102": ("Tess Young", "Ines Vale"),
        "201": ("Amir Khan", ""),
    }
    opened = desk.get(reverse("allocate", args=[bea.public_id]))
    form = opened.context["form"]
    assert form["assessor"].value() == str(factories.user_of(cast.here.assessor).public_id)
    assert [row[1].value() for row in form.rows()] == [
        None,
        str(factories.user_of(cast.here.trainee).public_id),
        None,
    ]
    assert form.rows()[2][2].value() == "nobody"
    assert "1 unit still has" in said(opened) or "Unit 201 still has" in said(opened)


def test_allocate_says_who_is_in_training_and_what_somebody_is_not_approved_for(desk, cast, bea):
    factories.make_staff(cast.here.centre, "Pat Moss", ASSESSOR, cast.units[:1], by=cast.here.administrator)
    page = page_of(desk.get(reverse("allocate", args=[bea.public_id])))
    assert "Tess Young (all units, in training)" in page
    assert "Pat Moss (1 of 3 units)" in page
    assert "Pat Moss is not approved to assess units 102, 201." in page
    assert "Abel Stone" not in page


def test_allocate_somebody_not_approved_for_a_unit_is_refused_and_keeps_the_choice(allocate_bea, cast, bea):
    pat = factories.make_staff(cast.here.centre, "Pat Moss", ASSESSOR, cast.units[:1], by=cast.here.administrator)
    answer = allocate_bea(pat, cast.here.iqa)
    assert answer.status_code == 422
    assert "Pat Moss is not approved to assess unit 102 today" in page_of(answer)
    assert "Pat Moss is not approved to assess unit 201 today" in page_of(answer)
    assert answer.context["form"]["assessor"].value() == str(factories.user_of(pat).public_id)
    assert set(staff_of(bea).values()) == {("", "")}
    allocate_bea(pat, cast.here.iqa, assessor_102=cast.here.assessor, assessor_201="nobody")
    assert [team[0] for team in staff_of(bea).values()] == ["Pat Moss", "Amir Khan", ""]


def test_allocate_one_person_as_both_is_refused(allocate_bea, cast, bea):
    units = cast.units[:3]
    both = factories.make_staff(cast.here.centre, "Mo Lane", ASSESSOR, units, by=cast.here.administrator)
    factories.make_staff(cast.here.centre, "Mo Lane", "iqa", units, by=cast.here.administrator)
    answer = allocate_bea(both, both)
    assert answer.status_code == 422
    assert "Mo Lane cannot both assess and verify unit 101" in page_of(answer)
    assert set(staff_of(bea).values()) == {("", "")}


def test_allocate_somebody_of_another_centre_is_refused(allocate_bea, cast, bea):
    answer = allocate_bea(cast.there.assessor, cast.here.iqa)
    assert answer.status_code == 422
    assert set(staff_of(bea).values()) == {("", "")}


def test_allocate_again_without_a_change_records_nothing(allocate_bea, cast):
    allocate_bea(cast.here.assessor, cast.here.iqa)
    before = Entry.objects.count()
    allocate_bea(cast.here.assessor, cast.here.iqa)
    assert Entry.objects.count() == before


def test_allocate_leaves_signed_off_units_as_they_are(desk, cast):
    factories.complete_unit(cast.here, "101")
    registration = cast.here.registration
    trainee = factories.user_of(cast.here.trainee)
    data = {"assessor": str(trainee.public_id), "iqa": str(factories.user_of(cast.here.iqa).public_id)}
    desk.post(reverse("allocate", args=[registration.public_id]), data)
    staff = staff_of(registration)
    assert staff.pop("101") == ("Amir Khan", "Ines Vale")
    assert set(staff.values()) == {("Tess Young", "Ines Vale")}


def test_allocate_on_a_closed_registration_is_refused(allocate_bea, desk, cast, bea):
    actions.withdraw(registration=bea, by=cast.here.administrator)
    assert "This registration is closed" in page_of(desk.get(reverse("allocate", args=[bea.public_id])))
    answer = allocate_bea(cast.here.assessor, cast.here.iqa)
    assert answer.status_code == 422
    assert page_of(answer).count("who assesses and verifies it stays as it is") == 4
    assert set(staff_of(bea).values()) == {("", "")}


# --- For other systems -----------------------------------------------------------------------------


def api(client, actor, *args) -> dict:
    client.force_login(factories.user_of(actor))
    name = "api_registration" if args else "api_registrations"
    return client.get(reverse(name, args=args))


def test_api_shows_each_role_its_own_registrations_and_no_others(client, cast):
    here, there = cast.here, cast.there
    seen = {
        (here.learner, here.assessor, here.iqa, here.eqa, here.administrator): {str(here.registration.public_id)},
        (there.learner, there.administrator): {str(there.registration.public_id)},
        (here.second_learner, cast.editor): set(),
    }
    for actors, expected in seen.items():
        for actor in actors:
            found = api(client, actor).json()["results"]
            assert {each["id"] for each in found} == expected, actor
    assert api(client, there.administrator, here.registration.public_id).status_code == 404
    client.logout()
    assert client.get(reverse("api_registrations")).status_code in {401, 403}


def test_api_shows_units_with_counters_as_far_as_the_reader_may_see(client, cast):
    actions.allocate(
        registration=cast.here.registration,
        assessor=None,
        iqa=factories.user_of(cast.here.iqa),
        units=[cast.units[3]],
        by=cast.here.administrator,
    )
    factories.complete_unit(cast.here, "101")
    found = api(client, cast.here.learner, cast.here.registration.public_id).json()
    assert (found["learner"], found["qan"], found["state"]) == ("Ada Okafor", "900/0009/5", "active")
    first = found["units"][0]
    assert (first["unit"], first["state"], first["criteria_met"], first["criteria_total"]) == (
        "101",
        "confirmed",
        4,
        4,
    )
    assert (first["assessor"], first["iqa"]) == ("Amir Khan", "Ines Vale")
    assert [unit["unit"] for unit in found["units"]] == ["101", "102", "201", "202"]
    assessors = api(client, cast.here.assessor, cast.here.registration.public_id).json()
    assert [unit["unit"] for unit in assessors["units"]] == ["101", "102", "201"]


def test_api_shows_a_unit_that_nobody_is_allocated_to(client, cast, bea):
    units = api(client, cast.here.administrator, bea.public_id).json()["units"]
    assert {(unit["assessor"], unit["iqa"]) for unit in units} == {(None, None)}


def test_api_takes_the_same_queries_at_one_and_three_rows(client, cast, tom, bea, django_assert_num_queries):
    Registration.objects.filter(pk=bea.pk).update(centre=cast.there.centre)
    assert len(api(client, cast.here.administrator).json()["results"]) == 1
    with django_assert_num_queries(6):
        client.get(reverse("api_registrations"))
    Registration.objects.filter(pk=bea.pk).update(centre=cast.here.centre)
    actions.register(learner=tom, qualification=cast.qualification, units=cast.units, by=cast.here.administrator)
    with django_assert_num_queries(6):
        assert len(client.get(reverse("api_registrations")).json()["results"]) == 3


def test_a_signed_off_unit_keeps_its_assessor_and_may_change_its_iqa(desk, cast):
    here = cast.here
    entry = factories.complete_unit(here, "101")
    other_assessor = factories.make_staff(here.centre, "Otto Assess", "assessor", cast.units, by=here.administrator)
    other_iqa = factories.make_staff(here.centre, "Ivy Verify", "iqa", cast.units, by=here.administrator)
    address = reverse("allocate", args=[here.registration.public_id])
    assert f"assessor-{entry.public_id}" not in desk.get(address).text
    answer = desk.post(
        address,
        {
            "assessor": factories.user_of(other_assessor).public_id,
            "iqa": factories.user_of(other_iqa).public_id,
        },
    )
    assert answer.status_code == 302
    signed, still_open = here.entry("101"), here.entry("102")
    assert (signed.assessor_id, signed.iqa_id) == (here.assessor.user_id, other_iqa.user_id)
    assert (still_open.assessor_id, still_open.iqa_id) == (other_assessor.user_id, other_iqa.user_id)
