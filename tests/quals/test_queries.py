"""Who sees what of the catalogue, and what the rules of combination are told."""

from datetime import date

import pytest

from audit.actors import ADMINISTRATOR, EQA, IQA, LEARNER, Actor
from quals.models import Unit
from quals.queries import (
    combination_of,
    criteria_of,
    findings_for,
    printed_rules,
    qualifications_for,
    structure_of,
    tree_of,
    units_for,
    wording_for,
)
from tests.quals.builders import (
    EDITOR_ACTOR,
    LINES,
    QAN,
    a_pack,
    an_error,
    load,
    load_facts,
    the_qualification,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 1, 1)


def actor(role, **facts):
    return Actor(7, "Somebody", role, **facts)


@pytest.mark.parametrize("role", [LEARNER, ADMINISTRATOR, IQA, EQA])
def test_facts_of_published_qualifications_are_for_everybody_and_drafts_for_editors(role):
    published = load(a_pack())
    draft = load(a_pack(sha="b"), publish=False)
    seen = [found.specification for found in qualifications_for(actor(role, centre_id=1))]
    assert seen == [published]
    assert {unit.specification for unit in units_for(actor(role, centre_id=1))} == {published}
    assert [found.specification for found in qualifications_for(EDITOR_ACTOR)] == [draft, published]


def test_nothing_is_for_somebody_without_a_role():
    load(a_pack())
    assert not qualifications_for(None).exists()
    assert not units_for(None).exists()


def test_wording_is_for_approved_centres_allocated_eqas_and_editors():
    qualification = the_qualification(load(a_pack()))
    here = actor(LEARNER, centre_id=1)
    assert wording_for(here, qualification, frozenset({QAN}))
    assert not wording_for(here, qualification, frozenset({"999/0002/5"}))
    assert wording_for(EDITOR_ACTOR, qualification, frozenset())
    assert wording_for(actor(EQA, allocations=frozenset({(1, QAN)})), qualification, frozenset())
    elsewhere = actor(EQA, allocations=frozenset({(1, "999/0002/5")}))
    assert not wording_for(elsewhere, qualification, frozenset({QAN}))
    assert not wording_for(None, qualification, frozenset({QAN}))


def test_findings_are_for_editors_the_gravest_first():
    notes = [an_error(severity=severity, line=line) for severity, line in [("note", 1), ("warning", 2), ("error", 3)]]
    specification = load(a_pack(findings=notes), publish=False)
    found = findings_for(EDITOR_ACTOR, specification)
    assert [finding.severity for finding in found] == ["error", "warning", "note"]
    assert findings_for(actor(ADMINISTRATOR, centre_id=1), specification) == []


@pytest.mark.parametrize("units", [3, 30])
def test_combination_is_told_units_and_rules_in_two_queries(units, django_assert_num_queries):
    qualification = the_qualification(load(a_pack(units=units)))
    with django_assert_num_queries(2):
        read = combination_of(qualification, registered_on=DAY)
    found, rules = read.units, read.rules
    assert set(found) == set(Unit.objects.values_list("pk", flat=True))
    assert [(unit.key, unit.group) for unit in found.values()][:3] == [("1", "A"), ("2", "B"), ("3", "B")]
    assert [rule.id for rule in rules] == ["R1", "R2", "R3"]
    assert rules[1].whole
    assert read.check(found).passes


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2020, 12, 31), False),
        (date(2021, 1, 1), True),
        (date(2021, 12, 31), True),
        (date(2022, 1, 1), False),
    ],
)
def test_combination_has_the_places_that_are_open_to_the_day_of_registration(day, is_open):
    pack = a_pack()
    pack["qualifications"][0]["groups"][1]["units"][1] |= {
        "registered_from": "2021-01-01",
        "registered_before": "2022-01-01",
    }
    found = combination_of(the_qualification(load(pack)), registered_on=day).offered
    assert ("3" in {unit.key for unit in found.values()}) == is_open


def test_combination_of_a_unit_in_two_groups_counts_it_in_the_first():
    pack = a_pack()
    pack["qualifications"][0]["groups"][1]["units"].append({"unit": "1"})
    found = combination_of(the_qualification(load(pack)), registered_on=DAY).units
    assert [(unit.key, unit.group) for unit in found.values()] == [("1", "A"), ("2", "B"), ("3", "B")]


@pytest.mark.parametrize("units", [3, 30])
def test_tree_is_read_in_order_and_in_six_queries(units, django_assert_num_queries):
    qualification = the_qualification(load(a_pack(units=units)))
    with django_assert_num_queries(6):
        tree = [
            (group.code, place.unit.key, [c.code for o in place.unit.outcomes.all() for c in o.criteria.all()])
            for group in tree_of(qualification)
            for place in group.places.all()
        ]
    assert tree[0] == ("A", "1", ["1.1", "1.2", "2.1"])
    assert [key for _, key, _ in tree] == [str(number) for number in range(1, units + 1)]


def test_structure_is_read_in_order(django_assert_num_queries):
    qualification = the_qualification(load(a_pack(units=12)))
    with django_assert_num_queries(2):
        keys = [place.unit.key for group in structure_of(qualification) for place in group.places.all()]
    assert keys == [str(number) for number in range(1, 13)]


def test_criteria_come_in_order_with_their_outcome(django_assert_num_queries):
    load(a_pack())
    unit = Unit.objects.get(key="1")
    with django_assert_num_queries(1):
        found = [(criterion.code, criterion.outcome.number) for criterion in criteria_of(unit)]
    assert found == [("1.1", "1"), ("1.2", "1"), ("2.1", "2")]


def test_printed_rules_stand_beside_their_lines():
    rules = printed_rules(the_qualification(load(a_pack())), with_lines=True)
    assert [rule.sentence for rule in rules] == [
        "At least 4 credits",
        "The unit of group A",
        "At least 2 credits at level 2",
    ]
    assert [(line.number, line.text) for line in rules[0].lines] == [(2, LINES[1])]
    assert [line.number for line in rules[2].lines] == [2, 3]


def test_printed_rules_hold_the_text_of_lines_only_for_those_who_may_read_it():
    rules = printed_rules(the_qualification(load(a_pack())), with_lines=False)
    assert [(line.number, line.text) for line in rules[0].lines] == [(2, None)]


def test_printed_rules_of_facts_alone_have_line_numbers_only():
    rules = printed_rules(the_qualification(load_facts()), with_lines=True)
    assert [(line.number, line.text) for line in rules[0].lines] == [(2, None)]
