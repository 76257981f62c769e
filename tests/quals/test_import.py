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


def bring(pack, *, wanted=False, by=EDITOR_ACTOR):
    lines = [*LINES, "One more line"]
    return import_pack(pack=pack, lines=lines, source_name="second.txt", publish=wanted, by=by)


def test_import_keeps_everything_that_the_pack_says():
    pack = a_pack(findings=[an_error(severity="warning")])
    specification = load(pack)
    again = pack_of(specification, wording=True, findings=findings_for(EDITOR_ACTOR, specification))
    assert again == pack
    validate(again)


def test_import_of_places_with_dates_keeps_the_dates():
    pack = a_pack()
    place = pack["qualifications"][0]["groups"][1]["units"][0]
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


def test_publishing_is_allowed_with_warnings():
    draft = load(a_pack(findings=[an_error(severity="warning")]), publish=False)
    assert publish(specification=draft, by=EDITOR_ACTOR).state == "published"
    assert Finding.objects.count() == 1


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
