"""The same unit in several specifications: who is shown what, and which units a credit transfer may name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import ADMINISTRATOR, LEARNER, Actor
from quals.models import Unit
from quals.queries.sameness import same_unit_ids, same_units
from quals.specification import facts_only
from tests.quals.builders import EDITOR_ACTOR, QAN, a_pack, a_unit, an_administrator, an_editor, load
from tests.quals.test_joining import SHARED, handbook, listed, pages, uan, unit_of

pytestmark = pytest.mark.django_db
LEARNER_ACTOR = Actor(5, "Lee Arner", LEARNER, centre_id=1)
ADMIN_ACTOR = Actor(6, "Adam Inis", ADMINISTRATOR, centre_id=1)
OTHER_QAN = "999/0002/7"


def elsewhere(*units, sha="b", qan=OTHER_QAN, **changes) -> dict:
    """Another awarding organisation's qualification with the shared unit."""
    given = units or [a_unit(1, uan=SHARED)]
    pack = handbook(*given, sha=sha) | {"awarding_organisation": "Orchard Awards"} | changes
    pack["source"] |= {"title": "Orchard keeping"}
    pack["qualifications"][0] |= {"qan": qan}
    return pack


def here(**changes) -> dict:
    return handbook(a_unit(1, uan=SHARED), **changes)


def reworded(**changes) -> dict:
    unit = a_unit(1, uan=SHARED, level=4, credit=3, **changes)
    unit["outcomes"][0]["criteria"][1]["text"] = "Say which soil holds water well"
    return unit


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_equal_uan_of_another_awarding_organisation_is_the_same_unit():
    unit = unit_of(load(here()))
    other = unit_of(load(elsewhere()))
    assert [same.unit for same in same_units(unit, LEARNER_ACTOR)] == [other]
    assert same_unit_ids(unit) == same_unit_ids(other) == {unit.pk, other.pk}


def test_another_uan_under_the_same_number_and_title_is_another_unit():
    unit = unit_of(load(here()))
    load(elsewhere(a_unit(1, uan=uan("500/0777"))))
    assert same_unit_ids(unit) == {unit.pk}
    assert same_units(unit, EDITOR_ACTOR) == []


def test_one_uan_printed_for_two_units_of_a_specification_does_not_make_them_one():
    twins = [a_unit(1, uan=SHARED), a_unit(2, uan=SHARED, title="Sell herbs")]
    specification = load(handbook(*twins))
    first, second = unit_of(specification, "1"), unit_of(specification, "2")
    other = unit_of(load(elsewhere(a_unit(1, uan=SHARED, title="Sell herbs") | {"number": "9"})))
    assert same_unit_ids(first) == {first.pk}
    assert same_unit_ids(second) == {second.pk, other.pk}
    assert same_unit_ids(other) == {second.pk, other.pk}


def test_unit_without_a_uan_is_only_itself():
    unit = unit_of(load(handbook(a_unit(1, uan=None))))
    load(elsewhere(a_unit(1, uan=None)))
    assert same_unit_ids(unit) == {unit.pk}
    assert same_units(unit, EDITOR_ACTOR) == []


def test_draft_is_no_source_of_credit_and_shown_to_editors_only():
    unit = unit_of(load(here()))
    load(elsewhere(), publish=False)
    assert same_unit_ids(unit) == {unit.pk}
    assert same_units(unit, LEARNER_ACTOR) == []
    assert len(same_units(unit, EDITOR_ACTOR)) == 1


def test_differences_in_facts_and_words_are_told_to_who_may_read_both():
    unit = unit_of(load(here()))
    load(elsewhere(reworded()))
    same = same_units(unit, ADMIN_ACTOR, [QAN, OTHER_QAN])[0]
    assert {(each.what, each.before, each.after) for each in same.comparison.facts} == {
        ("level", 3, 4),
        ("credit", 2, 3),
    }
    assert same.criteria == "2 the same, 1 reworded"
    pieces = next(each for each in same.comparison.criteria if each.state == "reworded").pieces
    assert ("gone", "drains") in pieces
    assert ("come", "holds water") in pieces


@pytest.mark.parametrize("approved", [[], [QAN], [OTHER_QAN]])
def test_words_are_not_compared_for_who_may_read_one_side_only(approved):
    unit = unit_of(load(here()))
    load(elsewhere(reworded()))
    same = same_units(unit, ADMIN_ACTOR, approved)[0]
    assert not same.reads_both
    assert same.criteria == "3 under the same number, wording not compared"
    assert not any(each.before or each.after for each in same.comparison.criteria)


def test_unit_that_is_listed_without_a_page_elsewhere_is_told_so():
    unit = unit_of(load(here()))
    other = unit_of(load(elsewhere(listed())))
    assert same_units(unit, EDITOR_ACTOR)[0].criteria == "Listed without a page there"
    assert same_units(other, EDITOR_ACTOR)[0].criteria == "Listed without a page here"


def test_words_are_not_compared_with_a_document_that_is_not_here():
    unit = unit_of(load(here()))
    load(facts_only(elsewhere()))
    assert not same_units(unit, EDITOR_ACTOR)[0].reads_both


def test_unit_page_shows_the_same_unit_elsewhere_with_what_differs(client):
    client.force_login(an_administrator(approved=(QAN, OTHER_QAN)))
    unit = unit_of(load(here()))
    load(elsewhere(reworded()))
    text = text_of(client.get(reverse("catalogue_unit", args=[unit.public_id])))
    for words in ("The same unit elsewhere", "Orchard keeping", "(here 3)", "2 the same, 1 reworded"):
        assert words in text
    text = text_of(client.get(reverse("same_units", args=[unit.public_id])))
    for words in ("<del>drains</del>", "<ins>holds water</ins>", "reworded"):
        assert words in text


def test_same_unit_page_keeps_words_from_a_centre_that_is_approved_for_one_side_only(client):
    client.force_login(an_administrator(approved=(QAN,)))
    unit = unit_of(load(here()))
    load(elsewhere(reworded()))
    text = text_of(client.get(reverse("same_units", args=[unit.public_id])))
    assert "holds water" not in text
    assert "drains" not in text
    assert "The wording is compared where" in text


def test_unit_that_stands_nowhere_else_says_so(client):
    client.force_login(an_administrator())
    unit = unit_of(load(here()))
    assert "The same unit elsewhere" not in text_of(client.get(reverse("catalogue_unit", args=[unit.public_id])))
    assert "Nowhere else" in text_of(client.get(reverse("same_units", args=[unit.public_id])))


def test_unit_page_says_where_its_page_came_from_and_what_differs(client):
    client.force_login(an_administrator(approved=(QAN,)))
    target = load(handbook(listed(glh=73)))
    source = load(pages(a_unit(9, uan=SHARED, glh=47), source=a_pack(sha="b")["source"] | {"title": "Herb pages"}))
    text = text_of(client.get(reverse("catalogue_unit", args=[unit_of(target).public_id])))
    assert "unit 9 of Herb pages" in text
    assert reverse("catalogue_unit", args=[unit_of(source, "9").public_id]) in text
    assert '<th scope="row">Guided hours</th><td>73</td><td>47</td>' in text
    assert "Name three kinds of soil" in text


def test_page_of_a_pack_of_units_is_read_by_who_is_approved_for_the_qualification_it_serves(client):
    source = load(pages(a_unit(9, uan=SHARED)))
    load(handbook())
    address = reverse("catalogue_unit", args=[unit_of(source, "9").public_id])
    client.force_login(an_administrator(approved=(QAN,)))
    assert "Name three kinds of soil" in text_of(client.get(address))
    client.force_login(an_editor())
    assert "Name three kinds of soil" in text_of(client.get(address))


def test_page_of_a_pack_of_units_is_not_read_by_others(client):
    source = load(pages(a_unit(9, uan=SHARED)))
    load(handbook())
    client.force_login(an_administrator(approved=(OTHER_QAN,)))
    text = text_of(client.get(reverse("catalogue_unit", args=[unit_of(source, "9").public_id])))
    assert "Name three kinds of soil" not in text


def test_joined_page_of_facts_says_that_its_wording_is_not_here(client):
    client.force_login(an_administrator(approved=(QAN,)))
    target = load(handbook())
    load(facts_only(pages()))
    text = text_of(client.get(reverse("catalogue_unit", args=[unit_of(target).public_id])))
    assert "The wording appears once" in text
    assert "Criteria 1.1, 1.2" in text


@pytest.mark.parametrize("name", ["catalogue_unit", "same_units"])
def test_unit_costs_the_same_queries_with_one_and_three_elsewhere(client, name):
    client.force_login(an_editor())
    address = reverse(name, args=[unit_of(load(here())).public_id])
    load(elsewhere())
    counts = [queries_of(client, address)]
    for number in (3, 4):
        load(elsewhere(sha=str(number), qan=f"999/000{number}/7"))
    counts.append(queries_of(client, address))
    assert counts[0] == counts[1]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_markup_in_a_wording_is_shown_as_text(client):
    client.force_login(an_editor())
    unit = unit_of(load(here()))
    hostile = reworded()
    hostile["outcomes"][0]["criteria"][0]["text"] = "<script>alert(1)</script>"
    load(elsewhere(hostile))
    text = text_of(client.get(reverse("same_units", args=[unit.public_id])))
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert Unit.objects.count() == 6
