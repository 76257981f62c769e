"""Wording fills in facts that were published before, where nothing differs that anybody is held to."""

import copy

import pytest

from quals.models import Criterion, EvidenceRequirement, Finding, Unit
from quals.queries import findings_for, pack_of
from quals.specification import facts_only
from tests.quals.builders import (
    EDITOR_ACTOR,
    LINES,
    a_pack,
    a_unit,
    an_error,
    load,
    load_facts,
    the_qualification,
)
from tests.quals.importing.bringing import SETTLED, bring, without_qualifications

pytestmark = pytest.mark.django_db


def test_wording_fills_in_facts_published_before_and_keeps_their_rows():
    published = load_facts()
    qualification = the_qualification(published)
    kept = list(Criterion.objects.order_by("pk").values_list("pk", "code"))
    assert not Criterion.objects.exclude(text="").exists()

    imported = bring(a_pack(sha="b"))

    assert (imported.specification, imported.filled, imported.differences) == (published, True, [])
    assert the_qualification(published) == qualification
    assert list(Criterion.objects.order_by("pk").values_list("pk", "code")) == kept
    published.refresh_from_db()
    assert (published.has_wording, published.sha256, published.source_name) == (True, "b" * 64, "second.txt")
    assert published.lines == [*LINES, "One more line"]
    again = pack_of(published, wording=True)
    assert again["units"] == a_pack()["units"]
    assert EvidenceRequirement.objects.count() == 6


def test_wording_from_another_layout_brings_its_own_line_numbers():
    published = load_facts()
    pack = a_pack(sha="b", findings=[an_error(severity="note", line=99)])
    pack["qualifications"][0]["rules"][0]["printed"] = [44]
    pack["units"][0]["outcomes"][0]["criteria"][0]["line"] = 45
    pack["units"][0]["line"] = 46
    assert bring(pack).filled
    again = pack_of(published, wording=True, findings=findings_for(EDITOR_ACTOR, published))
    assert again["qualifications"] == pack["qualifications"]
    assert again["units"] == pack["units"]
    assert again["findings"] == pack["findings"]


def change_criterion(pack):
    pack["units"][0]["outcomes"][1]["criteria"].append({"code": "2.2", "text": "Sow more", "line": 14})


def change_outcome(pack):
    del pack["units"][0]["outcomes"][1]


def change_credit(pack):
    pack["units"][1]["credit"] = 5


def change_level(pack):
    pack["units"][1]["level"] = 7


def change_units(pack):
    pack["units"].append(a_unit(9))


def change_group(pack):
    groups = pack["qualifications"][0]["groups"]
    groups[0]["units"].append(groups[1]["units"].pop())


def change_rule(pack):
    pack["qualifications"][0]["rules"][0]["amount"] = 6


def change_last_registration(pack):
    pack["qualifications"][0]["last_registration"] = "2029-01-01"


def read_with_errors(pack):
    pack["findings"] = [an_error()]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (change_criterion, "unit 1, outcome 2"),
        (change_outcome, "unit 1, outcome 2"),
        (change_credit, "unit 2"),
        (change_level, "unit 2"),
        (change_units, "unit 9"),
        (change_group, "group A"),
        (change_rule, "rule R1"),
        (change_last_registration, "last registration"),
        (read_with_errors, "error in line 7"),
    ],
)
def test_wording_with_other_facts_is_kept_apart_and_says_in_what_it_differs(change, told):
    published = load_facts()
    before = pack_of(published, wording=True)
    pack = a_pack(sha="b")
    change(pack)

    imported = bring(pack)

    assert imported.specification != published
    assert imported.specification.state == "draft"
    assert not imported.filled
    assert any(told in sentence for sentence in imported.differences)
    published.refresh_from_db()
    assert not published.has_wording
    assert pack_of(published, wording=True) == before


def test_wording_never_fills_in_a_draft():
    draft = load(facts_only(a_pack()), publish=False)
    imported = bring(a_pack(sha="b"))
    assert imported.specification != draft
    assert not imported.filled


def test_wording_of_another_awarding_organisation_fills_in_nothing():
    published = load_facts()
    imported = bring(a_pack(sha="b", awarding_organisation="Orchard Awards"))
    assert imported.specification != published
    assert not imported.filled


def test_wording_fills_in_units_that_have_no_qualification():
    published = load(facts_only(without_qualifications()))
    imported = bring(without_qualifications(sha="b"))
    assert (imported.specification, imported.filled) == (published, True)
    assert pack_of(published, wording=True)["units"] == a_pack()["units"]


def test_units_without_a_qualification_say_in_what_they_differ_from_those_published():
    load(facts_only(without_qualifications()))
    pack = without_qualifications(sha="b")
    pack["units"][2]["credit"] = 9
    imported = bring(pack)
    assert not imported.filled
    assert imported.differences == [
        "unit 3: A/500/0003, level 3, credit 2 is published, A/500/0003, level 3, credit 9 is in the document."
    ]


def test_units_without_a_qualification_that_are_others_are_compared_with_nothing():
    load(facts_only(without_qualifications()))
    others = without_qualifications(sha="b") | {"units": [a_unit(number) for number in (3, 7, 8, 9)]}
    imported = bring(others)
    assert (imported.filled, imported.differences) == (False, [])


def two_qualifications(**changes):
    pack = a_pack(**changes)
    other = copy.deepcopy(pack["qualifications"][0]) | {"qan": "999/0002/7", "title": "Diploma in Herb Growing"}
    other["rules"] = [rule | {"printed": [1]} for rule in other["rules"]]
    pack["qualifications"].append(other)
    return pack


def test_wording_fills_in_several_qualifications_of_one_document():
    published = load(facts_only(two_qualifications()))
    assert bring(two_qualifications(sha="b")).filled
    assert pack_of(published, wording=True)["qualifications"] == two_qualifications()["qualifications"]


def test_a_document_with_one_qualification_more_than_the_published_facts_says_so():
    load_facts()
    imported = bring(two_qualifications(sha="b"))
    assert not imported.filled
    assert "999/0002/7, level: only in the document." in imported.differences


def change_other_reading(pack):
    pack["qualifications"][0]["rules"][2]["alternative"] = {"amount": 3}


def lose_other_reading(pack):
    rule = pack["qualifications"][0]["rules"][2]
    del rule["alternative"]
    rule["confidence"] = "printed"


@pytest.mark.parametrize("change", [change_other_reading, lose_other_reading])
def test_another_way_to_read_a_rule_is_a_difference(change):
    load_facts()
    pack = a_pack(sha="b")
    change(pack)
    assert any("rule R3 read the other way" in sentence for sentence in bring(pack).differences)


@pytest.mark.parametrize("settled_as", ["exactly", "at_or_above"])
def test_wording_fills_in_a_rule_that_was_settled_either_way_and_it_stays_settled(settled_as):
    facts = facts_only(a_pack())
    rule = facts["qualifications"][0]["rules"][2]
    other = "at_or_above" if settled_as == "exactly" else "exactly"
    rule |= {"confidence": "confirmed", "confirmed": SETTLED, "of": {"level": {"mode": settled_as, "value": 2}}}
    rule["alternative"] = {"of": {"level": {"mode": other, "value": 2}}}
    published = load(facts)
    assert bring(a_pack(sha="b")).filled
    again = pack_of(published, wording=True)["qualifications"][0]["rules"][2]
    assert (again["confidence"], again["of"]["level"]["mode"]) == ("confirmed", settled_as)


def test_doubts_that_were_put_to_rest_stay_so_when_the_wording_comes():
    load(facts_only(a_pack(findings=[an_error(resolved=SETTLED)])))
    imported = bring(a_pack(sha="b", findings=[an_error(message="Said better")]))
    assert imported.filled
    finding = Finding.objects.get()
    assert (finding.message, finding.resolved) == ("Said better", SETTLED)


def test_a_warning_that_nobody_acknowledged_keeps_the_wording_apart():
    load_facts()
    imported = bring(a_pack(sha="b", findings=[an_error(severity="warning")]))
    assert not imported.filled
    assert imported.differences == [
        "warning in line 7, unit 1, 1.1: only in the document. The words of 1.1 are missing."
    ]


def test_differences_in_titles_hours_and_kinds_are_told_beside_the_wording():
    load_facts()
    pack = a_pack(sha="b")
    pack["units"][0] |= {"title": "Grow herb one", "glh": 11}
    imported = bring(pack)
    assert imported.filled
    assert imported.differences == [
        "unit 1, title: Grow herb 1 is published, Grow herb one is in the document.",
        "unit 1, glh: 10 is published, 11 is in the document.",
    ]
    assert Unit.objects.get(key="1").title == "Grow herb 1"


def test_differences_are_told_in_full_however_many():
    load_facts(units=150)
    pack = a_pack(units=150, sha="b")
    for unit in pack["units"]:
        unit["credit"] = 9
    assert len(bring(pack).differences) == 150


def test_facts_leave_somebodys_draft_of_the_document_alone():
    draft = load(a_pack(), publish=False)
    facts = load_facts()
    assert facts != draft
    draft.refresh_from_db()
    assert (draft.state, facts.state) == ("draft", "published")


def test_differences_come_against_the_newest_issue_that_waits_for_wording():
    other = a_pack(sha="c")
    other["units"][1]["credit"] = 9
    load(facts_only(other))
    matching = load_facts()
    assert bring(copy.deepcopy(other | {"source": other["source"] | {"sha256": "d" * 64}})).filled
    matching.refresh_from_db()
    assert not matching.has_wording
