"""How many items of a list a requirement demands, and of which kind it is."""

import pytest

from quals.specification.requirements.demands import choice_of, kind_of

BAKES = ["rye loaves", "buns", "cakes"]


@pytest.mark.parametrize(
    ("lead", "choose"),
    [
        ("Your evidence must show two of these bakes:", 2),
        ("Your evidence must show 2 of the following", 2),
        ("You must have baked with guests from two of the following groups", 2),
        ("You must have worked for at least one of the following:", 1),
        ("The shop must include one or more of the following:", 1),
        ("You must show a minimum of two from this list:", 2),
        ("Your evidence must show any two:", 2),
        ("Your evidence must show either:", 1),
        ("Your evidence must show bakes which are:", "all"),
        ("You need to include evidence of bakes including:", "all"),
        ("You must show all of these:", "all"),
        ("The bakes you show may be:", None),
        ("You must not use:", None),
    ],
)
def test_number_to_choose_is_read_from_the_sentence(lead, choose):
    assert choice_of(lead, BAKES) == (choose, "")


def test_sentence_without_a_list_has_nothing_to_choose_from():
    assert choice_of("You must use two different ovens.", []) == (None, "")


def test_items_joined_by_or_leave_the_choice_of_one():
    assert choice_of("You must show the bake:", ["by daylight; or", "by lamplight."]) == (1, "")


def test_number_that_is_not_clearly_a_choice_is_a_doubt():
    choose, doubt = choice_of("You must show in two kitchens:", BAKES)
    assert (choose, bool(doubt)) == ("all", True)


def test_more_to_choose_than_the_list_has_is_a_doubt():
    choose, doubt = choice_of("You must show four of these:", BAKES)
    assert (choose, bool(doubt)) == ("all", True)


@pytest.mark.parametrize(
    ("lead", "kind"),
    [
        ("Your evidence must come from a real job. Simulation is not allowed.", "context"),
        ("You may collect the evidence through work in a shop of the public sector.", "context"),
        ("Simulation is not allowed for any evidence.", "prohibition"),
        ("You must bake over a sufficient period of time on different occasions.", "period"),
        ("You must bake on three different occasions.", "occasions"),
        ("You must bake over a period of at least six weeks.", "period"),
        ("Your evidence must come from days at a real bakery. Simulation is not allowed.", "context"),
        ("You must use two different ovens.", "coverage"),
        ("Your evidence must include examples of burnt crusts.", "coverage"),
        ("Your recipe may be formal or informal and must be used at all times.", "other"),
        ("You must be responsible for the bakery.", "other"),
    ],
)
def test_kind_is_read_from_the_sentence(lead, kind):
    assert kind_of(lead, [], None) == kind


@pytest.mark.parametrize(
    ("lead", "choose", "kind"),
    [
        ("Your evidence must show the bakes:", "all", "coverage"),
        ("Your evidence from a real job must show two of these:", 2, "coverage"),
        ("You must bake over a period of time:", "all", "period"),
        ("You must not use:", None, "prohibition"),
        ("The bakes may be:", None, "other"),
    ],
)
def test_list_that_has_to_be_shown_is_coverage(lead, choose, kind):
    assert kind_of(lead, BAKES, choose) == kind
