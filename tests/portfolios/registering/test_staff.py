"""Assessor and IQA are allocated to the units of a registration."""

import pytest
from django.urls import reverse

from audit.actors import ASSESSOR
from audit.models import Entry
from portfolios import actions
from tests import factories
from tests.portfolios.registering.desk import page_of, said


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
