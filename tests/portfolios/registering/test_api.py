"""What other systems read of registrations."""

from django.urls import reverse

from portfolios import actions
from portfolios.models import Registration
from tests import factories


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
