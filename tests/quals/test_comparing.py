"""A new issue beside the published one: what changed, what only moved, and that nobody is moved by it."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import LEARNER, Actor
from portfolios.models import Registration
from quals.actions import publish
from quals.models import Unit
from quals.queries.comparing import comparison_for, earlier_issue_of
from quals.specification import facts_only
from quals.specification.review.compare import compare
from quals.specification.review.differing import MOST_WORDS, Pen, compare_wordings
from tests import factories
from tests.quals.builders import EDITOR_ACTOR, a_pack, a_rule, a_unit, an_administrator, an_editor, load
from tests.quals.test_joining import handbook, pages


def newer(**changes) -> dict:
    pack = a_pack(sha="b", **changes)
    pack["source"]["version"] = "Issue 2"
    return pack


def criteria_of(comparison, key="1"):
    unit = next(unit for unit in comparison.units if unit.key == key)
    return {wording.code: (wording.state, wording.was) for wording in unit.criteria}


def with_criteria(*pairs) -> dict:
    """A pack whose unit 1 has these criteria in its first outcome."""
    pack = newer()
    pack["units"][0]["outcomes"][0]["criteria"] = [{"code": code, "text": text, "line": 1} for code, text in pairs]
    return pack


SOILS, DRAINS = "Name three kinds of soil", "Say which soil drains well"


def test_equal_packs_differ_in_nothing():
    comparison = compare(a_pack(), newer())
    assert comparison.is_same
    assert comparison.unit_counts == {"unchanged": 3}
    assert comparison.criteria_counts == {"unchanged": 9}


def test_spaces_signs_and_a_full_stop_are_no_rewording():
    pack = with_criteria(("1.1", "Name  three kinds of\u00a0soil."), ("1.2", DRAINS))
    assert compare(a_pack(), pack).is_same


def test_criteria_are_reworded_added_and_removed():
    pack = with_criteria(("1.1", "Name four kinds of soil"), ("1.3", "Say when to water"))
    assert criteria_of(compare(a_pack(), pack)) == {
        "1.1": ("reworded", "1.1"),
        "1.3": ("added", ""),
        "1.2": ("removed", "1.2"),
        "2.1": ("unchanged", "2.1"),
    }


def test_criterion_that_kept_its_wording_under_another_code_is_renumbered():
    pack = with_criteria(("1.1", "Say when to water"), ("1.2", SOILS), ("1.3", DRAINS))
    assert criteria_of(compare(a_pack(), pack)) == {
        "1.1": ("added", ""),
        "1.2": ("renumbered", "1.1"),
        "1.3": ("renumbered", "1.2"),
        "2.1": ("unchanged", "2.1"),
    }


def test_criteria_that_changed_places_are_renumbered_both():
    pack = with_criteria(("1.1", DRAINS), ("1.2", SOILS))
    found = criteria_of(compare(a_pack(), pack))
    assert (found["1.1"], found["1.2"]) == (("renumbered", "1.2"), ("renumbered", "1.1"))


def test_wording_is_not_compared_with_facts():
    for old, new in ((facts_only(a_pack()), newer()), (a_pack(), facts_only(newer()))):
        comparison = compare(old, new)
        assert comparison.criteria_counts == {"not_compared": 9}
        assert comparison.unit_counts == {"not_compared": 3}
        assert not comparison.is_same


def test_wording_that_one_issue_lost_is_a_rewording():
    pack = with_criteria(("1.1", SOILS), ("1.2", ""))
    assert criteria_of(compare(a_pack(), pack))["1.2"] == ("reworded", "1.2")


def test_words_that_went_and_came_are_marked():
    pack = with_criteria(("1.1", "Name four kinds of good soil"), ("1.2", DRAINS))
    unit = compare(a_pack(), pack).units[0]
    assert unit.criteria[0].pieces == (
        ("same", "Name"),
        ("gone", "three"),
        ("come", "four"),
        ("same", "kinds of"),
        ("come", "good"),
        ("same", "soil"),
    )


def test_marking_words_stops_at_a_limit():
    before, after = "a b " * MOST_WORDS, "b a " * MOST_WORDS
    pen = Pen(both=True)
    found = compare_wordings([("1.1", before)], [("1.1", after)], pen)
    assert found[0].pieces == (("gone", before), ("come", after))
    tired = compare_wordings([("1.1", "a b")], [("1.1", "a c")], Pen(both=True, left=3))
    assert tired[0].pieces == (("gone", "a b"), ("come", "a c"))


def test_a_code_that_stands_twice_is_compared_twice():
    twice = [("1.1", "a"), ("1.1", "b")]
    assert [each.code for each in compare_wordings(twice, twice, Pen(both=True))] == ["1.1", "1.1 (2)"]


def test_facts_of_units_and_units_that_come_and_go():
    pack = newer()
    pack["units"][0] |= {"credit": 3, "routes": ["portfolio", "onscreen_test"], "test": {"minutes": 60, "marks": 40}}
    pack["units"][1] = a_unit(9)
    pack["qualifications"][0]["groups"][1]["units"][0] = {"unit": "9"}
    comparison = compare(a_pack(), pack)
    assert {unit.key: unit.state for unit in comparison.units} == {
        "1": "changed",
        "9": "added",
        "3": "unchanged",
        "2": "removed",
    }
    assert [(each.what, each.was, each.now) for each in comparison.units[0].facts] == [
        ("credit", "2", "3"),
        ("routes", "portfolio", "portfolio, onscreen test"),
        ("onscreen test", "nothing", "60 minutes, 40 marks"),
    ]
    groups = comparison.qualifications[0].groups
    assert [(each.what, each.before, each.after) for each in groups] == [("group B, units", "2", "9")]


def test_page_that_came_or_went_is_told_in_one_line():
    bare, pack = a_pack(), newer()
    bare["units"][0] |= {"outcomes": [], "evidence_requirements": []}
    pack["units"][0]["routes"] = ["onscreen_test"]
    for old, new, told in ((bare, pack, ("nothing", "3 criteria")), (pack, bare, ("3 criteria", "nothing"))):
        unit = compare(old, new).units[0]
        assert [(each.what, each.was, each.now) for each in unit.facts] == [("page", *told)]
        assert not unit.criteria


def test_unit_under_another_number_is_the_same_by_its_uan_in_groups_and_rules_too():
    old, pack = a_pack(), newer()
    for issue, key in ((old, "2"), (pack, "22")):
        issue["qualifications"][0]["rules"].append(
            a_rule("R4", bound="at_most", measure="units", amount=1, of={"units": [key, "3"]}, printed=[2])
        )
    pack["units"][1] |= {"key": "22", "number": "22"}
    pack["qualifications"][0]["groups"][1]["units"][0] = {"unit": "22"}
    comparison = compare(old, pack)
    assert [(each.what, each.was, each.now) for each in comparison.units[1].facts] == [("number", "2", "22")]
    assert comparison.qualifications[0].state == "unchanged"


def test_strategy_and_kinds_of_outcome_and_choices_of_evidence_are_compared():
    pack = newer()
    unit = pack["units"][0]
    unit["strategy"] = unit["strategy"] | {"simulation": "not_allowed"}
    unit["outcomes"][0]["kind"] = "performance"
    unit["evidence_requirements"][0]["choose"] = 3
    found = compare(a_pack(), pack).units[0]
    assert [each.what for each in found.facts] == ["assessment strategy, simulation", "kind of outcome 1"]
    assert [each.state for each in found.requirements] == ["reworded", "unchanged"]
    assert ("come", "3") in found.requirements[0].pieces


def test_rules_are_compared_by_what_they_ask_and_not_by_their_labels():
    pack = newer()
    rules = pack["qualifications"][0]["rules"]
    rules.insert(0, a_rule("R0", measure="units", amount=2, printed=[1], of={"groups": ["B"]}))
    rules[1]["amount"] = 6
    for number, rule in enumerate(rules, start=1):
        rule["id"] = f"R{number}"
    found = compare(a_pack(), pack).qualifications[0].rules
    assert [(each.what, each.before and each.before["amount"], each.after["amount"]) for each in found] == [
        ("R1", None, 2),
        ("R2", 4, 6),
    ]


def test_groups_dates_and_facts_of_a_qualification_are_compared():
    pack = newer()
    qualification = pack["qualifications"][0]
    qualification |= {"credits": 6, "last_registration": None}
    qualification["groups"][0]["title"] = "Group A Core"
    qualification["groups"][1]["units"][0]["registered_before"] = "2025-01-01"
    qualification["groups"].append({"code": "C", "title": "Group C", "kind": "optional", "units": [{"unit": "3"}]})
    found = compare(a_pack(), pack).qualifications[0]
    assert [each.what for each in found.facts] == ["credits", "last registration"]
    assert [each.what for each in found.groups] == [
        "group A, title",
        "group B, unit 2, for registrations before",
        "group C",
    ]


def test_qualifications_come_and_go():
    pack = newer()
    pack["qualifications"][0]["qan"] = "999/0002/7"
    assert {each.qan: each.state for each in compare(a_pack(), pack).qualifications} == {
        "999/0002/7": "added",
        "999/0001/5": "removed",
    }


# --- In the catalogue


@pytest.mark.django_db
def test_earlier_issue_is_the_newest_published_before_it_of_the_same_qualification():
    assert earlier_issue_of(load(a_pack(sha="0"), publish=False)) is None
    first = load(a_pack())
    second = load(newer())
    load(a_pack(sha="d"), publish=False)
    load(a_pack(sha="e", awarding_organisation="Orchard Awards"))
    draft = load(a_pack(sha="c"), publish=False)
    assert earlier_issue_of(draft) == second
    assert earlier_issue_of(second) == first
    assert earlier_issue_of(first) is None


@pytest.mark.django_db
def test_earlier_issue_of_a_pack_of_units_is_the_one_with_most_of_its_units():
    load(handbook())
    most = load(pages(a_unit(1), a_unit(2), sha="1"))
    load(pages(a_unit(2), a_unit(7), sha="2"))
    draft = load(pages(a_unit(1), a_unit(2), a_unit(3), sha="3"), publish=False)
    assert earlier_issue_of(draft) == most


@pytest.mark.django_db
def test_page_that_came_from_another_document_is_no_change_of_this_one():
    load(handbook())
    load(pages())
    draft = load(handbook(sha="d"), publish=False)
    assert comparison_for(EDITOR_ACTOR, draft).comparison.is_same


@pytest.mark.django_db
def test_comparison_is_for_catalogue_editors():
    load(a_pack())
    draft = load(newer(), publish=False)
    assert comparison_for(Actor(5, "Lee Arner", LEARNER, centre_id=1), draft) is None
    assert comparison_for(None, draft) is None


@pytest.fixture
def changed(db):
    """A draft of a newer issue: a criterion reworded, a rule raised, a unit gone and one come."""
    load(a_pack())
    pack = with_criteria(("1.1", "Name four kinds of soil"), ("1.2", DRAINS))
    pack["units"][1] = a_unit(9)
    pack["qualifications"][0]["groups"][1]["units"][0] = {"unit": "9"}
    pack["qualifications"][0]["rules"][0]["amount"] = 6
    return load(pack, publish=False)


def text_of(client, specification):
    response = client.get(reverse("compare", args=[specification.public_id]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_page_shows_counts_sentences_and_words(client, changed):
    client.force_login(an_editor())
    text = text_of(client, changed)
    assert "<del>three</del> <ins>four</ins>" in text
    assert "At least 4 credits</del>" in text
    assert "At least 6 credits</ins>" in text
    assert "Learners stay on the issue that they began on" in text
    assert "Units that are new" in text
    gone = Unit.objects.get(key="2")
    assert reverse("catalogue_unit", args=[gone.public_id]) in text
    assert reverse("catalogue_unit", args=[changed.units.get(key="1").public_id]) in text


def test_review_leads_to_what_changed_since_the_published_issue(client, changed):
    client.force_login(an_editor())
    page = client.get(reverse("review", args=[changed.public_id]))
    assert reverse("compare", args=[changed.public_id]) in page.content.decode()


def test_page_is_not_found_by_others_than_editors(client, changed):
    client.force_login(an_administrator(approved=("999/0001/5",)))
    assert client.get(reverse("compare", args=[changed.public_id])).status_code == 404


@pytest.mark.django_db
def test_page_of_a_first_issue_says_that_there_is_nothing_to_compare(client):
    client.force_login(an_editor())
    assert "Nothing to compare it with" in text_of(client, load(a_pack(), publish=False))


@pytest.mark.django_db
def test_page_beside_facts_says_that_the_wording_is_not_compared(client):
    client.force_login(an_editor())
    load(facts_only(a_pack()))
    pack = newer()
    pack["units"][0]["credit"] = 5
    assert "The wording is not compared" in text_of(client, load(pack, publish=False))


@pytest.mark.django_db
def test_page_costs_the_same_queries_with_3_units_and_with_30(client):
    client.force_login(an_editor())
    counts = []
    for units in (3, 30):
        load(a_pack(units=units, sha=str(units)[0]))
        pack = a_pack(units=units, sha="c")
        pack["source"]["sha256"] = f"{units:064}"
        for unit in pack["units"]:
            unit["credit"] = 7
        draft = load(pack, publish=False)
        text_of(client, draft)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, draft)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_cat_3_a_registration_stays_on_the_issue_that_it_began_on(cast):
    """Publishing a newer issue moves neither the registration nor its units, rules or criteria."""
    registration = cast.here.registration
    before = facts_of(registration)
    pack = factories.make_pack()
    pack["source"] |= {"sha256": "7" * 64, "version": "Issue 2"}
    pack["units"] = copy.deepcopy(pack["units"])
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = "Show something else"
    pack["qualifications"][0]["rules"][0]["amount"] -= 1
    draft = load(pack, publish=False)
    assert earlier_issue_of(draft) == registration.qualification.specification
    publish(specification=draft, by=EDITOR_ACTOR)
    assert facts_of(registration) == before
    newest = draft.qualifications.get()
    late = factories.make_learner(cast.here.centre, "Nora Late", by=cast.here.administrator)
    chosen = list(draft.units.order_by("position"))[:4]
    registered = factories.portfolios.register(
        learner=late, qualification=newest, units=chosen, by=cast.here.administrator
    )
    assert registered.qualification.specification == draft


def facts_of(registration):
    row = Registration.objects.get(pk=registration.pk)
    entries = row.entries.order_by("pk").select_related("unit")
    rules = list(row.qualification.rules.order_by("position").values_list("label", "amount"))
    words = [list(each.unit.criteria.order_by("position").values_list("code", "text")) for each in entries]
    return row.qualification_id, [each.unit_id for each in entries], rules, words, row.changed_at
