"""“What does it show?”: ticking, finding and pointing, and what a unit still lacks."""

import pytest

from portfolios.forms.referring import found
from portfolios.models import Reference
from portfolios.queries import claims_for, draft_of
from tests import factories as f
from tests.portfolios.sending import at


@pytest.fixture
def learner(here, client_for):
    return client_for(here.learner)


@pytest.fixture
def draft(here):
    return f.make_draft(here, here.entry(), ["1.1"])


def test_what_a_filter_hides_stays_ticked(here, learner, draft):
    claims = claims_for(here.learner, draft_of(draft))
    found = [claim.key for claim in claims if claim.entry.unit.code == "102"]
    learner.post(at("evidence_refer", draft), {"shown": "102", "criterion": found[:1], "deed": "save"})
    named = set(Reference.objects.values_list("entry__unit__number", "criterion__code"))
    assert named == {("101", "1.1"), ("102", "1.1")}


def test_looking_for_something_saves_the_ticks_first(here, learner, draft):
    claims = claims_for(here.learner, draft_of(draft))
    response = learner.post(
        at("evidence_refer", draft), {"criterion": [claims[1].key], "q": "unit 201", "deed": "find"}
    )
    assert response.url == at("evidence_refer", draft, "?q=unit+201")
    assert Reference.objects.get().criterion.code == "1.2"
    page = learner.get(response.url).text
    assert "Show 2.2 of unit 201" in page
    assert "Show 2.2 of unit 101" not in page


def test_all_of_an_outcome_is_ticked_by_its_button_without_script(here, learner, draft):
    claim = claims_for(here.learner, draft_of(draft))[-1]
    for deed, expected in (("tick", {"1.1", "2.1", "2.2"}), ("untick", {"1.1"})):
        kept = [each.key for each in claims_for(here.learner, draft_of(draft)) if each.claimed]
        learner.post(at("evidence_refer", draft), {"criterion": kept, "deed": f"{deed}:{claim.outcome_key}"})
        assert set(Reference.objects.values_list("criterion__code", flat=True)) == expected


def test_a_unit_says_what_it_still_lacks(here, learner, draft):
    f.submit_evidence(here, here.entry(), ["2.1"])
    page = learner.get(at("evidence_refer", draft)).text
    assert "</b> of 4 claimed by this<" in page
    assert " · nothing yet for 1.2, 2.2<" in page


def test_a_pointer_is_kept_with_its_criterion_and_survives_another_tick(here, learner, draft):
    claims = claims_for(here.learner, draft_of(draft))
    learner.post(at("evidence_refer", draft, "?where"), {f"where:{claims[0].key}": " page 3 "})
    learner.post(at("evidence_refer", draft), {"criterion": [claims[0].key, claims[1].key], "deed": "save"})
    assert list(Reference.objects.order_by("criterion__position").values_list("pointer", flat=True)) == ["page 3", ""]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("101 1.1-2.1", ["101 1.1", "101 1.2", "101 2.1"]),
        ("101 1.1 – 1.2, 2.2", ["101 1.1", "101 1.2", "101 2.2"]),
        ("101 2 201 1.1", ["101 2.1", "101 2.2", "201 1.1"]),
        ("a/900/1010", ["101 1.1", "101 1.2", "101 2.1", "101 2.2"]),
        ("1.2", ["101 1.2", "102 1.2", "201 1.2", "202 1.2"]),
        ("2.1 201 at work", ["201 2.1"]),
        ("101 9.9", []),
        ("nowhere to be found", []),
    ],
)
def test_criteria_are_found_by_codes_or_words(here, draft, typed, codes):
    claims = claims_for(here.learner, draft_of(draft))
    named = [f"{claim.entry.unit.code} {claim.criterion.code}" for claim in found(typed, claims)]
    assert named == codes


@pytest.mark.parametrize("units", [1, 4])
def test_the_page_of_criteria_asks_as_often_for_four_units_as_for_one(
    here, learner, draft, units, django_assert_num_queries
):
    chosen = [entry.unit for entry in here.registration.entries.select_related("unit").order_by("unit__position")]
    f.portfolios.choose_units(registration=here.registration, units=chosen[:units], by=here.administrator)
    with django_assert_num_queries(10):
        assert learner.get(at("evidence_refer", draft)).text.count("data-unit") == units
