"""The sampling plan: what its cells say, and planning a sample from one."""

from django.urls import reverse

from portfolios import actions as portfolios
from tests import factories
from tests.verification.builders import another_learner, many_pieces, raise_point
from verification import actions
from verification.models import Sample

PLAN_QUERIES = 8


def cells(response) -> dict[tuple[str, str], str]:
    grid = response.context["grid"]
    return {
        (line.registration.learner.name, cell.entry.unit.code): cell.state
        for line in grid.lines
        for cell in line.cells
        if cell
    }


def plan(client, entry, **changes):
    return client.post(reverse("plan_sample", args=[entry.public_id]), {"reason": "risk"} | changes)


def test_the_plan_says_of_each_unit_where_its_sample_stands(here, client_for):
    factories.complete_unit(here, "101")
    factories.complete_unit(here, "102")
    factories.agree_sample(here, "102")
    raise_point(here, "201")
    page = client_for(here.iqa).get(reverse("iqa_plan"))
    assert cells(page) == {
        ("Ada Okafor", "101"): "signed_off",
        ("Ada Okafor", "102"): "agreed",
        ("Ada Okafor", "201"): "action",
        ("Ada Okafor", "202"): "in_progress",
    }
    assert dict(page.context["grid"].sums) == {
        "action": 1, "planned": 0, "agreed": 1, "signed_off": 1, "in_progress": 1
    }  # fmt: skip


def test_the_plan_names_the_assessor_of_each_row_and_why_a_cell_was_chosen(here, client_for):
    actions.plan_sample(entry=here.entry("201"), reason="new_assessor", by=here.iqa)
    factories.allocate(here, "202", assessor=here.trainee)
    page = client_for(here.iqa).get(reverse("iqa_plan")).content.decode()
    assert "Amir Khan, Tess Young" in page
    assert "New or trainee assessor" in page


def test_the_plan_leaves_a_hole_where_a_learner_has_not_chosen_the_unit_or_it_is_another_iqas(cast, here, client_for):
    another_learner(cast, "Bea Holt", cast.units[:3])
    other = factories.make_staff(here.centre, "Ida Moss", factories.actors.IQA, cast.units, by=here.administrator)
    factories.allocate(here, "101", iqa=other)
    page = client_for(here.iqa).get(reverse("iqa_plan"))
    lines = {line.registration.learner.name: line.cells for line in page.context["grid"].lines}
    assert [cell is None for cell in lines["Ada Okafor"]] == [True, False, False, False]
    assert [cell is None for cell in lines["Bea Holt"]] == [False, False, False, True]


def test_a_cell_chosen_shows_its_samples_and_offers_to_plan_one(here, client_for):
    factories.complete_unit(here, "101")
    factories.agree_sample(here, "101")
    entry = here.entry("101")
    page = client_for(here.iqa).get(reverse("iqa_plan"), {"choose": str(entry.public_id)})
    assert page.context["chosen"] == entry
    words = page.content.decode()
    assert reverse("sample", args=[entry.samples.get().public_id]) in words
    assert "Plan another sample" in words


def test_planning_records_the_reason_and_comes_back_to_the_cell(here, client_for, cast):
    entry = here.entry("101")
    answer = plan(client_for(here.iqa), entry, qualification=str(cast.qualification.public_id), page="1")
    sample = Sample.objects.get()
    assert (sample.reason, sample.iqa_id, sample.state) == ("risk", here.iqa.user_id, "planned")
    assert f"choose={entry.public_id}" in answer.url
    assert answer.url.endswith("#chosen")


def test_planning_twice_by_a_double_click_plans_once(here, client_for):
    client = client_for(here.iqa)
    assert plan(client, here.entry()).status_code == 302
    assert plan(client, here.entry()).status_code == 302
    assert Sample.objects.count() == 1


def test_planning_while_a_sample_is_open_says_so_beside_the_button(here, client_for):
    client = client_for(here.iqa)
    raise_point(here)
    answer = plan(client, here.entry())
    assert answer.status_code == 409
    assert "being sampled already" in answer.content.decode()
    assert Sample.objects.count() == 1


def test_planning_for_no_known_reason_plans_nothing(here, client_for):
    assert plan(client_for(here.iqa), here.entry(), reason="because").status_code == 422
    assert not Sample.objects.exists()


def test_the_plan_is_one_qualification_at_a_time(cast, here, client_for):
    other = factories.make_qualification(qan="900/0010/1", title="Another Diploma")
    factories.centres.approve_centre(
        centre=here.centre, qan=other.qan, from_on=factories.date(2020, 1, 1), by=factories.SYSTEM
    )
    registration = portfolios.register(
        learner=here.registration.learner,
        qualification=other,
        units=list(other.specification.units.all()[:1]),
        by=here.administrator,
    )
    registration.entries.update(iqa_id=here.iqa.user_id)
    client = client_for(here.iqa)
    first = client.get(reverse("iqa_plan"))
    assert first.context["qualification"] == other
    second = client.get(reverse("iqa_plan"), {"qualification": str(cast.qualification.public_id)})
    assert [line.registration for line in second.context["grid"].lines] == [here.registration]
    assert client.get(reverse("iqa_plan"), {"qualification": str(here.centre.public_id)}).status_code == 404


def test_an_eqa_reads_the_plan_of_their_allocation_and_plans_nothing(cast, here, client_for):
    factories.complete_unit(here, "101")
    client = client_for(here.eqa)
    page = client.get(reverse("iqa_plan"), {"choose": str(here.entry().public_id)})
    assert {name for name, _ in cells(page)} == {"Ada Okafor"}
    assert "plan-form" not in page.content.decode()
    assert plan(client, here.entry()).status_code == 403
    assert plan(client, cast.there.entry()).status_code == 404
    assert not Sample.objects.exists()


def test_a_cell_of_the_other_centre_is_not_there(cast, here, client_for):
    client = client_for(here.iqa)
    theirs = cast.there.entry()
    assert client.get(reverse("iqa_plan"), {"choose": str(theirs.public_id)}).status_code == 404
    assert plan(client, theirs).status_code == 404
    assert not Sample.objects.exists()


def test_the_plan_pages_its_learners(cast, here, client_for, monkeypatch):
    monkeypatch.setattr("verification.views.planning.LEARNERS_A_PAGE", 1)
    another_learner(cast, "Bea Holt")
    page = client_for(here.iqa).get(reverse("iqa_plan"), {"page": "2"})
    assert {name for name, _ in cells(page)} == {"Bea Holt"}


def test_the_plan_takes_the_same_queries_at_10_and_200_pieces_and_1_and_3_rows(
    cast, here, client_for, django_assert_num_queries
):
    client = client_for(here.iqa)
    many_pieces(here, here.entry("101"), 10)
    actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    with django_assert_num_queries(PLAN_QUERIES):
        assert len(client.get(reverse("iqa_plan")).context["grid"].lines) == 1
    many_pieces(here, here.entry("101"), 190)
    for name in ("Bea Holt", "Cal Finn"):
        actions.plan_sample(entry=another_learner(cast, name).entry("102"), by=here.iqa)
    with django_assert_num_queries(PLAN_QUERIES):
        assert len(client.get(reverse("iqa_plan")).context["grid"].lines) == 3
