"""The catalogue's invariants: CAT-3, CAT-6 and CAT-7."""

from datetime import date

import pytest

from audit.actors import LEARNER, Actor
from quals.models import Criterion, Qualification, Unit
from quals.queries import combination_of, pack_of, printed_rules, qualifications_for
from quals.rules import refuse_untracked
from quals.specification import facts_only
from tests.quals.builders import a_pack, a_unit, load, load_facts, the_qualification

pytestmark = pytest.mark.django_db
LEARNER_ACTOR = Actor(5, "Lee Arner", LEARNER, centre_id=1)


def test_cat_3_a_new_issue_stands_beside_the_published_one_and_changes_nothing_in_it():
    first = load(a_pack())
    before = pack_of(first, wording=True)
    newer = a_pack(sha="b")
    newer["qualifications"][0]["rules"][0]["amount"] = 6
    second = load(newer)
    assert second != first
    assert pack_of(first, wording=True) == before
    found = qualifications_for(LEARNER_ACTOR)
    assert [qualification.specification for qualification in found] == [second, first]


def test_cat_3_rules_of_an_older_issue_stay_as_they_were():
    first = the_qualification(load(a_pack()))
    newer = a_pack(sha="b")
    newer["qualifications"][0]["rules"][0]["amount"] = 6
    second = the_qualification(load(newer))
    day = date(2024, 1, 1)
    amounts = [combination_of(issue, registered_on=day).rules[0].amount for issue in (first, second)]
    assert amounts == [4, 6]


def test_cat_3_facts_of_a_newer_issue_do_not_change_a_published_one():
    first = load_facts()
    newer = facts_only(a_pack(sha="b"))
    newer["units"][0]["credit"] = 8
    load(newer)
    assert Unit.objects.get(specification=first, key="1").credit == 2


def test_cat_6_a_disputed_rule_is_shown_with_its_other_reading():
    rule = printed_rules(the_qualification(load(a_pack())), with_lines=True)[2]
    assert rule.rule.confidence == "disputed"
    assert rule.rule.note
    assert rule.other_sentence not in {"", rule.sentence}


def test_cat_7_a_unit_with_all_its_wording_is_tracked():
    load(a_pack())
    unit = Unit.objects.get(key="1")
    assert refuse_untracked(unit=unit) is None
    assert refuse_untracked(unit=unit, criterion=unit.criteria.get(code="1.1")) is None


def test_cat_7_a_unit_without_criteria_is_refused():
    pack = a_pack()
    pack["units"][0] = a_unit(1, outcomes=[])
    load(pack)
    refusal = refuse_untracked(unit=Unit.objects.get(key="1"))
    assert refusal.code == "CAT-7"
    assert "Unit 1 has no assessment criteria" in refusal.sentence


def test_cat_7_a_lost_criterion_stops_the_unit_and_itself_but_not_its_neighbour():
    pack = a_pack()
    pack["units"][0]["outcomes"][0]["criteria"][1]["text"] = ""
    load(pack)
    unit = Unit.objects.get(key="1")
    refusal = refuse_untracked(unit=unit)
    assert refusal.code == "CAT-7"
    assert "criterion 1.2 of unit 1 is missing" in refusal.sentence
    assert refuse_untracked(unit=unit, criterion=unit.criteria.get(code="1.2")).code == "CAT-7"
    assert refuse_untracked(unit=unit, criterion=unit.criteria.get(code="1.1")) is None


def test_cat_7_facts_only_is_refused_until_the_wording_is_filled_in():
    load_facts()
    unit = Unit.objects.get(key="1")
    criterion = Criterion.objects.get(unit=unit, code="2.1")
    assert refuse_untracked(unit=unit).code == "CAT-7"
    assert refuse_untracked(unit=unit, criterion=criterion).code == "CAT-7"
    load(a_pack())
    criterion.refresh_from_db()
    assert refuse_untracked(unit=unit) is None
    assert refuse_untracked(unit=unit, criterion=criterion) is None
    assert Qualification.objects.count() == 1
