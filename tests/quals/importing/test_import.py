"""A pack becomes rows of the catalogue once, as a draft or published, by editors only."""

import pytest

from audit.actors import ASSESSOR, Actor
from audit.models import Entry
from audit.queries import broken_links
from audit.rules import Refused
from quals.actions import publish, set_issues_here
from quals.models import AwardingOrganisation, Finding, Specification, Unit
from quals.queries import findings_for, pack_of
from quals.specification import validate
from tests.quals.builders import (
    EDITOR_ACTOR,
    SYSTEM,
    a_pack,
    an_error,
    load,
    load_facts,
)
from tests.quals.importing.bringing import SETTLED, bring, without_qualifications

pytestmark = pytest.mark.django_db


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


def test_units_without_a_qualification_are_imported_and_published():
    specification = load(without_qualifications())
    assert specification.state == "published"
    assert pack_of(specification, wording=True) == without_qualifications()


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
