"""Where an assessor and an IQA begin."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import actions as assessments
from assessments.states import NOT_YET
from audit.actors import ASSESSOR, clock_at, now, today
from tests import factories
from tests.verification.builders import another_learner, many_pieces, raise_point
from verification import actions, queries, states

ASSESSOR_QUERIES = 14
IQA_QUERIES = 12


def waiting(client, name="assessor_home", **asked):
    return client.get(reverse(name), asked).context["rows"].object_list


def test_assessor_home_groups_pieces_by_unit_and_counts_each_piece_once(here, client_for):
    factories.submit_evidence(here, here.entry("101"), title="First")
    factories.submit_evidence(here, here.entry("101"), title="Second")
    factories.submit_evidence(here, here.entry("102"), title="Third")
    rows = waiting(client_for(here.assessor))
    assert [(row.entry.unit.code, row.what) for row in rows] == [
        ("101", "2 pieces submitted"),
        ("102", "1 piece submitted"),
    ]


def test_assessor_home_lists_every_kind_of_work_oldest_first(cast, here, client_for):
    days = {n: now() - timedelta(days=n) for n in (9, 7, 5, 3)}
    with clock_at(days[9]):
        raise_point(here, "201")
    with clock_at(days[7]):
        factories.judge(here.entry("101"), factories.submit_evidence(here, here.entry("101")), by=here.assessor)
    trainees = factories.allocate(here, "202", assessor=here.trainee)
    with clock_at(days[5]):
        version = factories.submit_evidence(here, trainees)
        factories.judge(trainees, version, by=here.trainee)
    with clock_at(days[3]):
        factories.submit_evidence(here, here.entry("102"))
    rows = waiting(client_for(here.assessor))
    assert [row.kind for row in rows] == ["answer", "sign_off", "countersign", "judge"]
    assert rows[2].what == "4 judgements by Tess Young, in training"


def test_assessor_home_links_each_row_to_where_the_work_is_done(here, client_for):
    point = raise_point(here, "201")
    factories.submit_evidence(here, here.entry("102"))
    factories.judge(here.entry("101"), factories.submit_evidence(here, here.entry("101")), by=here.assessor)
    page = client_for(here.assessor).get(reverse("assessor_home")).content.decode()
    assert f'href="{reverse("action_point", args=[point.public_id])}" data-go' in page
    assert f'href="{reverse("judge", args=[here.entry("102").public_id])}" data-go' in page
    assert f'href="{reverse("sign_off", args=[here.entry("101").public_id])}" data-go' in page


def test_assessor_home_says_that_an_action_point_is_late(here, client_for):
    with clock_at(now() - timedelta(days=10)):
        raise_point(here, due_on=today() + timedelta(days=2))
    page = client_for(here.assessor).get(reverse("assessor_home")).content.decode()
    assert "10 days" in page
    assert "was due" in page


def test_assessor_home_narrows_by_kind_and_by_learner(cast, here, client_for):
    bea = another_learner(cast, "Bea Holt")
    factories.submit_evidence(bea, bea.entry("101"))
    factories.submit_evidence(here, here.entry("101"))
    raise_point(here, "102")
    client = client_for(here.assessor)
    assert [row.kind for row in waiting(client, kind="answer")] == ["answer"]
    hers = waiting(client, learner=str(bea.registration.learner.public_id))
    assert {row.learner.name for row in hers} == {"Bea Holt"}
    assert client.get(reverse("assessor_home"), {"learner": "nobody"}).status_code == 404


def test_assessor_home_counts_what_waits_for_others(here, client_for):
    factories.complete_unit(here, "101")
    entry = here.entry("102")
    factories.judge(entry, factories.submit_evidence(here, entry), by=here.assessor)
    assessments.sign_off(entry=entry, by=here.assessor)
    factories.judge(
        here.entry("201"), factories.submit_evidence(here, here.entry("201")), by=here.assessor, outcome=NOT_YET
    )
    others = client_for(here.assessor).get(reverse("assessor_home")).context["others"]
    assert (others.learners, others.countersigners, others.iqas) == (2, 0, 1)


def test_assessor_home_counts_a_trainees_units_as_waiting_for_the_countersigner(here):
    entry = factories.allocate(here, "101", assessor=here.trainee)
    factories.judge(entry, factories.submit_evidence(here, entry), by=here.trainee)
    assert queries.waiting_for_others(here.trainee).countersigners == 1
    assert queries.waiting_for_others(here.assessor).countersigners == 0


def test_assessor_home_shows_the_caseload_with_own_units_only(here, client_for):
    factories.complete_unit(here, "101")
    factories.allocate(here, "202", assessor=here.trainee)
    page = client_for(here.assessor).get(reverse("assessor_home"))
    [registration] = page.context["caseload"].object_list
    assert (registration.units_done, registration.units) == (1, 3)
    assert (registration.criteria_met, registration.criteria) == (4, 12)


def test_assessor_home_of_the_other_centre_shows_nothing_of_ours(cast, here, client_for):
    factories.submit_evidence(here, here.entry("101"))
    page = client_for(cast.there.assessor).get(reverse("assessor_home"))
    assert page.context["total"] == 0
    assert "Ada Okafor" not in page.content.decode()


def test_somebody_who_took_a_unit_over_answers_its_action_point(cast, here, client_for):
    raise_point(here)
    stand_in = factories.make_staff(here.centre, "Carl Beck", ASSESSOR, cast.units, by=here.administrator)
    factories.allocate(here, "101", assessor=stand_in)
    [row] = waiting(client_for(stand_in))
    assert row.kind == "answer"
    answer = actions.answer_action_point(action_point=row.about, text="Asked.", by=stand_in)
    assert answer.author_id == stand_in.user_id


@pytest.mark.parametrize(
    ("name", "cast_member"),
    [
        ("assessor_home", "iqa"),
        ("assessor_home", "learner"),
        ("iqa_home", "assessor"),
        ("iqa_home", "administrator"),
        ("iqa_plan", "assessor"),
        ("iqa_plan", "learner"),
    ],
)
def test_a_home_of_another_role_says_so(name, cast_member, here, client_for):
    assert client_for(getattr(here, cast_member)).get(reverse(name)).status_code == 403


def test_assessor_home_takes_the_same_queries_at_10_and_200_pieces_and_1_and_3_rows(
    cast, here, client_for, django_assert_num_queries
):
    client = client_for(here.assessor)
    many_pieces(here, here.entry("101"), 10)
    assert len(waiting(client)) == 1
    with django_assert_num_queries(ASSESSOR_QUERIES):
        client.get(reverse("assessor_home"))
    bea, cal = another_learner(cast, "Bea Holt"), another_learner(cast, "Cal Finn")
    many_pieces(here, here.entry("101"), 190)
    many_pieces(bea, bea.entry("101"), 3)
    many_pieces(cal, cal.entry("102"), 3)
    assert waiting(client)[0].what == "200 pieces submitted"
    with django_assert_num_queries(ASSESSOR_QUERIES):
        client.get(reverse("assessor_home"))


def test_iqa_home_lists_samples_answers_and_releases_oldest_first(cast, here, client_for):
    with clock_at(now() - timedelta(days=8)):
        point = raise_point(here, "102")
    with clock_at(now() - timedelta(days=4)):
        actions.plan_sample(entry=here.entry("201"), reason="risk", by=here.iqa)
    bea = another_learner(cast, "Bea Holt", cast.units[:3])
    for number in ("101", "102", "201"):
        factories.complete_unit(bea, number)
    factories.agree_sample(bea)
    client = client_for(here.iqa)
    assert [row.kind for row in waiting(client, "iqa_home")] == ["sample", "release"]
    actions.answer_action_point(action_point=point, text="Asked.", by=here.assessor)
    rows = waiting(client, "iqa_home")
    assert [row.kind for row in rows] == ["sample", "release", "answered"]
    assert rows[0].what == "sample planned: risk"
    assert rows[2].about == point.finding.sample


def test_iqa_home_does_not_offer_a_release_again_until_something_is_found(cast, here, client_for):
    bea = another_learner(cast, "Bea Holt", cast.units[:3])
    factories.release(bea)
    client = client_for(here.iqa)
    assert waiting(client, "iqa_home") == []
    factories.agree_sample(bea, "102")
    assert [row.kind for row in waiting(client, "iqa_home")] == ["release"]


def test_iqa_home_shows_what_is_not_sampled_and_what_stands_against_the_release(here, client_for):
    for number in ("101", "102"):
        factories.complete_unit(here, number)
    client = client_for(here.iqa)
    page = client.get(reverse("iqa_home"))
    [row] = page.context["progress"]
    assert [entry.unit.code for entry in row.unsampled] == ["101", "102"]
    assert (row.confirmed, row.units, row.sampled, row.refusal.code) == (2, 4, 0, "IQA-6")
    assert row.refusal.sentence in page.content.decode()
    sample = actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    [row] = client.get(reverse("iqa_home")).context["progress"]
    assert [entry.unit.code for entry in row.unsampled] == ["102"]
    assert row.refusal.code == "IQA-3"
    actions.find(sample=sample, outcome=states.AGREED, note="Sound.", by=here.iqa)
    [row] = client.get(reverse("iqa_home")).context["progress"]
    assert (row.sampled, row.refusal) == (1, None)


def test_iqa_home_takes_the_same_queries_at_10_and_200_pieces_and_1_and_3_rows(
    cast, here, client_for, django_assert_num_queries
):
    client = client_for(here.iqa)
    factories.complete_unit(here, "101")
    many_pieces(here, here.entry("102"), 10)
    actions.plan_sample(entry=here.entry("102"), by=here.iqa)
    with django_assert_num_queries(IQA_QUERIES):
        assert len(client.get(reverse("iqa_home")).context["progress"]) == 1
    many_pieces(here, here.entry("102"), 190)
    for name in ("Bea Holt", "Cal Finn"):
        house = another_learner(cast, name)
        factories.complete_unit(house, "101")
        actions.plan_sample(entry=house.entry("102"), by=here.iqa)
    with django_assert_num_queries(IQA_QUERIES):
        assert len(client.get(reverse("iqa_home")).context["progress"]) == 3


def test_homes_page_long_lists(cast, here, client_for, monkeypatch):
    monkeypatch.setattr("verification.views.homes.ROWS_A_PAGE", 2)
    monkeypatch.setattr("verification.views.homes.REGISTRATIONS_A_PAGE", 1)
    for number in ("101", "102", "201"):
        many_pieces(here, here.entry(number), 1)
    another_learner(cast, "Bea Holt")
    page = client_for(here.assessor).get(reverse("assessor_home"), {"page": "2"})
    assert len(page.context["rows"].object_list) == 1
    assert "1–1 of 2 learners" in page.content.decode()
