"""ROC-1 to ROC-5 where they are enforced: at the IQA's release and at the claim. The engine's own tests go further.

The cast's qualification: units 101 and 102 are mandatory, 12 credits in all, at least 4 from group B (201, 202, 203),
and at most one of 202 and 203.
"""

import pytest
from django.urls import reverse

from audit.rules import Refused
from certification import actions as certification
from certification import rules
from portfolios import actions as portfolios
from portfolios.models import Registration
from quals.combination import Unproved, search
from quals.models import Rule
from tests import factories
from tests.certification.builders import everything
from verification import actions as verification
from verification.models import Release
from verification.rules import what_falls_short


def complete(house, cast, numbers):
    """Give the registration exactly these units, complete them, and sample the first."""
    units = [unit for unit in cast.units if unit.number in numbers]
    portfolios.choose_units(registration=house.registration, units=units, by=house.administrator)
    portfolios.allocate(
        registration=house.registration,
        assessor=factories.user_of(house.assessor),
        iqa=factories.user_of(house.iqa),
        by=house.administrator,
    )
    for number in numbers:
        factories.complete_unit(house, number)
    factories.agree_sample(house, numbers[0])


def claim(house):
    verification.release(registration=house.registration, by=house.iqa)
    registration = Registration.objects.get(pk=house.registration.pk)
    return certification.claim(registration=registration, by=house.administrator)


def test_roc_1_without_a_mandatory_unit_nothing_is_released(cast, here):
    complete(here, cast, ["101", "201", "203"])  # 13 credits, but no 102
    with pytest.raises(Refused, match="group A"):
        verification.release(registration=here.registration, by=here.iqa)
    assert not Release.objects.exists()


def test_roc_1_with_every_mandatory_unit_it_is_released_and_they_are_counted(cast, here):
    complete(here, cast, ["101", "102", "201"])
    assert {unit["code"] for unit in claim(here).units} == {"101", "102", "201"}


def test_roc_2_of_a_barred_pair_one_unit_is_counted(cast, here):
    complete(here, cast, ["101", "102", "202", "203"])
    counted = {unit["code"] for unit in claim(here).units}
    assert counted in ({"101", "102", "202"}, {"101", "102", "203"})


def test_roc_2_no_unit_is_counted_twice(cast, here):
    complete(here, cast, ["101", "102", "201"])
    made = claim(here)
    assert len(made.units) == len({unit["entry"] for unit in made.units})
    assert sum(unit["credit"] for unit in made.units) == 12


def test_roc_3_an_extra_unit_never_turns_a_pass_into_a_fail(cast, here):
    complete(here, cast, ["101", "102", "202"])
    assert rules.argue(here.registration).verdict.passes is False  # nothing is achieved before the release
    verification.release(registration=here.registration, by=here.iqa)
    assert rules.argue(here.registration).holds
    complete_more = [unit for unit in cast.units if unit.number in {"101", "102", "202", "203"}]
    portfolios.choose_units(registration=here.registration, units=complete_more, by=here.administrator)
    factories.allocate(here, "203", assessor=here.assessor, iqa=here.iqa)
    factories.complete_unit(here, "203")
    assert claim(here).combination["counted"]


def test_roc_3_too_few_credits_are_refused_with_what_is_missing(cast, here):
    complete(here, cast, ["101", "102"])
    with pytest.raises(Refused, match="4 more needed"):
        verification.release(registration=here.registration, by=here.iqa)
    assert not Release.objects.exists()


def test_roc_3_a_fail_is_explained_by_the_fewest_rules_with_what_to_do_and_who_does_it(cast, here, client_for):
    complete(here, cast, ["101", "202"])
    with pytest.raises(Refused) as caught:
        verification.release(registration=here.registration, by=here.iqa)
    said = caught.value.refusal.sentence
    assert "Both units of group A: unit 102 still needed" in said
    assert "group B" not in said  # that rule is met
    assert "the administrator chooses more" in said
    page = client_for(here.administrator).get(reverse("claim", args=[here.registration.public_id]))
    condition = next(each for each in page.context["conditions"] if each.is_about_combination)
    assert condition.missing == tuple(what_falls_short(page.context["argument"].outlook))
    assert all(sentence in page.content.decode() for sentence in (*condition.missing, condition.todo))


def test_roc_3_units_that_pass_but_are_not_released_are_said_to_wait_for_the_iqa(cast, here):
    complete(here, cast, ["101", "102", "201"])
    argument = rules.argue(here.registration)
    condition = next(each for each in argument.conditions if each.is_about_combination)
    assert not condition.holds
    assert "once the IQA has released them" in condition.sentence
    assert {why for _, why in argument.not_counted} == {"Confirmed; waits for the IQA's release."}


def test_roc_5_a_fail_says_where_a_unit_in_part_would_have_made_a_pass(cast, here):
    Rule.objects.filter(label="R1").update(amount=15)
    Rule.objects.filter(label="R4").update(measure="credits", amount=7)
    complete(here, cast, ["101", "102", "202", "203"])  # 13 credits whole, 15 if 7 of the 9 counted
    with pytest.raises(Refused, match="It would pass if a unit over a cap counted in part"):
        verification.release(registration=here.registration, by=here.iqa)


def test_roc_4_a_release_whose_two_checks_disagree_is_refused(cast, here, monkeypatch):
    complete(here, cast, ["101", "102", "201"])
    found = search.preferred_of
    monkeypatch.setattr(search, "preferred_of", lambda problem: found(problem)[:-1])
    with pytest.raises(Refused, match="ROC-4"):
        verification.release(registration=here.registration, by=here.iqa)
    assert not Release.objects.exists()


def has_no_answer(problem):
    raise Unproved("The solver ended with Time limit reached.")


@pytest.mark.parametrize(("who", "name"), [("iqa", "release"), ("administrator", "claim"), ("learner", "where_am_i")])
def test_roc_3_where_there_is_no_proven_answer_the_page_says_so(cast, here, client_for, monkeypatch, caplog, who, name):
    complete(here, cast, ["101", "102", "201"])
    monkeypatch.setattr(search, "preferred_of", has_no_answer)
    url = reverse(name, args=[here.registration.public_id])
    page = client_for(getattr(here, who)).get(url)
    assert page.status_code == 403
    assert "nothing is decided on a guess" in page.content.decode()
    assert f"No answer to the rules of combination for {url}" in caplog.text


@pytest.mark.parametrize(("who", "name"), [("iqa", "release"), ("administrator", "claim")])
def test_roc_3_where_there_is_no_proven_answer_nothing_is_released_or_claimed(
    cast, here, client_for, monkeypatch, who, name
):
    complete(here, cast, ["101", "102", "201"])
    if name == "claim":
        verification.release(registration=here.registration, by=here.iqa)
    before = everything()
    monkeypatch.setattr(search, "preferred_of", has_no_answer)
    page = client_for(getattr(here, who)).post(reverse(name, args=[here.registration.public_id]))
    assert page.status_code == 403
    assert "reasonable time" in page.content.decode()
    assert everything() == before
    assert Release.objects.exists() is (name == "claim")


def test_cat_6_a_fail_that_rests_on_one_reading_says_so(cast, here):
    Rule.objects.filter(label="R3").update(confidence="disputed", amount=9, alternative={"amount": 4})
    complete(here, cast, ["101", "102", "201"])
    with pytest.raises(Refused, match="by the other it would pass"):
        verification.release(registration=here.registration, by=here.iqa)
