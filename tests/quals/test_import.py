"""Packs come into the catalogue: as drafts, published, filled in with wording, or kept apart."""

import copy

import pytest

from audit.actors import ASSESSOR, Actor
from audit.models import Entry
from audit.queries import broken_links
from audit.rules import Refused
from quals.actions import import_pack, publish, set_issues_here
from quals.models import AwardingOrganisation, Criterion, EvidenceRequirement, Finding, Specification, Unit
from quals.queries import findings_for, pack_of
from quals.specification import facts_only, validate
from tests.quals.builders import (
    EDITOR_ACTOR,
    LINES,
    SYSTEM,
    a_pack,
    a_unit,
    an_error,
    load,
    load_facts,
    the_qualification,
)

pytestmark = pytest.mark.django_db
SETTLED = {"by": "Edda Itor", "on": "2026-01-02", "ground": "Seen on paper"}


def bring(pack, *, wanted=False, by=EDITOR_ACTOR):
    lines = [*LINES, "One more line"]
    return import_pack(pack=pack, lines=lines, source_name="second.txt", publish=wanted, by=by)


def test_import_keeps_everything_that_the_pack_says():
    findings = [an_error(resolved=SETTLED, printed="3.3", read="3.1"), an_error(severity="warning", line=None)]
    pack = a_pack(findings=findings)
    pack["units"][0] |= {"routes": ["portfolio", "onscreen_test"], "test": {"minutes": 60, "marks": None}}
    pack["qualifications"][0]["groups"][1]["units"][0]["mark"] = "**"
    specification = load(pack, publish=False)
    again = pack_of(specification, wording=True, findings=findings_for(EDITOR_ACTOR, specification))
    assert again == pack
    validate(again)


def test_import_of_places_with_dates_keeps_the_dates():
    pack = a_pack()
    place = pack["qualifications"][0]["groups"][1]["units"][1]
    place |= {"registered_from": "2021-01-01", "registered_before": "2022-01-01"}
    assert pack_of(load(pack), wording=True) == pack


def test_import_is_a_draft_unless_publishing_is_asked_for():
    specification = bring(a_pack()).specification
    assert (specification.state, specification.published_at) == ("draft", None)
    publish(specification=specification, by=EDITOR_ACTOR)
    specification.refresh_from_db()
    assert specification.state == "published"
    assert specification.published_at is not None


def test_import_of_the_same_bytes_doubles_nothing():
    first = load(a_pack())
    again = bring(a_pack(), wanted=True)
    assert (again.specification, again.filled, again.differences) == (first, False, [])
    assert (Specification.objects.count(), Unit.objects.count()) == (1, 3)


def test_import_of_a_draft_again_publishes_it_where_that_is_asked_for():
    draft = load(a_pack(), publish=False)
    again = bring(a_pack(), wanted=True)
    assert again.specification == draft
    assert again.specification.state == "published"


def test_import_of_facts_again_after_the_wording_came_changes_nothing():
    load_facts()
    bring(a_pack())
    again = load_facts()
    assert again.has_wording
    assert Specification.objects.count() == 1


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


def test_publishing_is_refused_while_an_error_stands():
    draft = load(a_pack(findings=[an_error()]), publish=False)
    with pytest.raises(Refused, match=r"an error stands.*line 7.*words of 1\.1"):
        publish(specification=draft, by=EDITOR_ACTOR)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_import_that_may_not_be_published_leaves_nothing_behind():
    with pytest.raises(Refused, match="2 errors stand"):
        bring(a_pack(findings=[an_error(), an_error(line=8)]), wanted=True)
    assert not Specification.objects.exists()
    assert not Entry.objects.exists()


def test_publishing_is_refused_while_a_warning_is_not_acknowledged():
    draft = load(a_pack(findings=[an_error(severity="warning")]), publish=False)
    with pytest.raises(Refused, match=r"a warning is not acknowledged.*line 7"):
        publish(specification=draft, by=EDITOR_ACTOR)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_publishing_is_allowed_with_notes_and_with_doubts_that_came_resolved():
    findings = [an_error(severity="note"), an_error(resolved=SETTLED), an_error(severity="warning", resolved=SETTLED)]
    draft = load(a_pack(findings=findings), publish=False)
    assert publish(specification=draft, by=EDITOR_ACTOR).state == "published"
    assert Finding.objects.count() == 3


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda pack: pack["qualifications"][0].update(first_registration="2020-02-30"), "no day of the calendar"),
        (lambda pack: pack["qualifications"][0].update(credits=10**30), "too large"),
        (lambda pack: pack["qualifications"][0].update(minimum_age=9000), "too high"),
        (lambda pack: pack["units"][0].update(title="Grow\0 thyme"), "a character that is none"),
        (lambda pack: pack["units"][0].update(title="Grow \ud800"), "a character that is none"),
    ],
)
def test_pack_with_values_that_no_row_can_hold_is_refused(change, told):
    pack = a_pack()
    change(pack)
    with pytest.raises(Refused, match=told):
        bring(pack)
    assert not Specification.objects.exists()


def without_qualifications(**changes):
    return a_pack(qualifications=[], **changes)


def test_units_without_a_qualification_are_imported_and_published():
    specification = load(without_qualifications())
    assert specification.state == "published"
    assert pack_of(specification, wording=True) == without_qualifications()


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


def test_publishing_twice_is_refused():
    specification = load(a_pack())
    with pytest.raises(Refused, match="cannot be done now"):
        publish(specification=specification, by=EDITOR_ACTOR)


def test_pack_that_does_not_hold_together_is_refused():
    pack = a_pack()
    pack["qualifications"][0]["groups"][0]["units"] = [{"unit": "77"}]
    with pytest.raises(Refused, match="unit 77 is named"):
        bring(pack)
    assert not AwardingOrganisation.objects.exists()


DEEDS = {
    "import": lambda draft, by: bring(a_pack(sha="b"), by=by),
    "publish": lambda draft, by: publish(specification=draft, by=by),
    "issue": lambda draft, by: set_issues_here(
        awarding_organisation=draft.awarding_organisation, issues_here=True, by=by
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_only_an_editor_changes_the_catalogue(deed):
    draft = load(a_pack(), publish=False)
    assessor = Actor(3, "Ann Assessor", ASSESSOR, centre_id=1)
    with pytest.raises(Refused, match="Only a catalogue editor"):
        DEEDS[deed](draft, assessor)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert Specification.objects.count() == 1
    assert not AwardingOrganisation.objects.filter(issues_here=True).exists()


def test_certificates_are_issued_here_only_where_an_editor_said_so():
    organisation = load(a_pack()).awarding_organisation
    assert organisation.issues_here is False
    set_issues_here(awarding_organisation=organisation, issues_here=True, by=SYSTEM)
    organisation.refresh_from_db()
    assert organisation.issues_here is True


def test_every_change_of_the_catalogue_is_in_the_record():
    specification = load_facts()
    bring(a_pack(sha="b"))
    set_issues_here(awarding_organisation=specification.awarding_organisation, issues_here=True, by=SYSTEM)
    entries = Entry.objects.order_by("number")
    assert [entry.action for entry in entries] == [
        "import_specification",
        "publish_specification",
        "fill_in_wording",
        "set_issues_here",
    ]
    chain = entries[0].chain
    assert chain.key == "installation"
    assert list(broken_links(chain)) == []


def test_differences_come_against_the_newest_issue_that_waits_for_wording():
    other = a_pack(sha="c")
    other["units"][1]["credit"] = 9
    load(facts_only(other))
    matching = load_facts()
    assert bring(copy.deepcopy(other | {"source": other["source"] | {"sha256": "d" * 64}})).filled
    matching.refresh_from_db()
    assert not matching.has_wording
