"""The CASE API: everything of the catalogue at its address, to whom it may be shown."""

from uuid import uuid4

import pytest
from django.urls import reverse

from quals.actions import publish
from quals.case import lines_of, pack_from
from quals.specification import facts_only
from tests.quals.builders import (
    QAN,
    SYSTEM,
    a_pack,
    a_unit,
    an_administrator,
    an_editor,
    load,
    the_qualification,
)
from tests.quals.case.asking import ROUTES, another, get, package_of, word_of
from tests.quals.case.builders import SHA, state_standards, without_lines
from tests.quals.case.conforming import assert_is

pytestmark = pytest.mark.django_db
WORDS = ("Know the soil", "Name three kinds of soil", "Cover these herbs", "thyme")


@pytest.fixture
def unapproved(client):
    client.force_login(an_administrator())
    return client


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


def test_addresses_are_those_of_the_standard():
    identifier = "3f0c8b52-9d4e-4f38-8a3c-6f2f2a5f7d10"
    assert reverse("case_documents") == "/ims/case/v1p1/CFDocuments"
    assert reverse("case_package", args=[identifier]) == f"/ims/case/v1p1/CFPackages/{identifier}"
    assert reverse("case_item_associations", args=[identifier]) == f"/ims/case/v1p1/CFItemAssociations/{identifier}"


def test_documents_are_the_qualifications_of_the_catalogue(approved):
    load(a_pack())
    load(facts_only(another()))
    found = get(approved, "case_documents")["CFDocuments"]
    assert [(each["title"], each["creator"], each["adoptionStatus"]) for each in found] == [
        ("Certificate in Herb Growing", "Garden Awards", "Adopted"),
        ("Diploma in Herb Growing", "Garden Awards", "Adopted"),
    ]
    assert found[0]["version"] == "Issue 1"
    assert (found[0]["statusStartDate"], found[0]["statusEndDate"]) == ("2020-09-01", "2030-08-31")
    assert found[0] == get(approved, "case_document", found[0]["identifier"])


def test_everything_that_a_package_names_is_found_at_its_address_as_it_stands_there(approved):
    load(a_pack())
    load(another())
    package = package_of(approved, the_qualification(load(a_pack())).specification)
    rows = {
        "CFItems": package["CFItems"],
        "CFAssociations": package["CFAssociations"],
        "CFItemTypes": package["CFDefinitions"]["CFItemTypes"],
    }
    for kind, route in (("CFItems", "case_item"), ("CFAssociations", "case_association")):
        for row in (rows[kind][0], rows[kind][4], rows[kind][-1]):
            assert row["uri"] == f"http://testserver{reverse(route, args=[row['identifier']])}"
            found = get(approved, route, row["identifier"])
            assert found.pop("CFDocumentURI")["identifier"] == package["CFDocument"]["identifier"]
            assert found == row
    for place, row in enumerate(rows["CFItemTypes"]):
        assert row["uri"].endswith(reverse("case_item_type", args=[row["identifier"]]))
        assert get(approved, "case_item_type", row["identifier"])["CFItemTypes"] == rows["CFItemTypes"][place:]
    associations = get(approved, "case_item_associations", rows["CFItems"][0]["identifier"])
    assert len(associations["CFAssociations"]) == 4  # the document, two outcomes, the same unit elsewhere


def test_identifiers_stay_when_the_document_is_read_again_and_when_it_is_published(editor):
    draft = load(a_pack(), publish=False)
    before = package_of(editor, draft)
    changed = a_pack()
    changed["units"][0]["outcomes"][0]["criteria"][0]["text"] = "Name four kinds of soil"
    load(changed, publish=False)
    again = package_of(editor, draft)
    publish(specification=draft, by=SYSTEM)
    after = package_of(editor, draft)
    names = [[each["identifier"] for each in found["CFItems"]] for found in (before, again, after)]
    assert names[0] == names[1] == names[2]
    assert "Name four kinds of soil" in [each["fullStatement"] for each in again["CFItems"]]
    assert [found["CFDocument"]["adoptionStatus"] for found in (before, after)] == ["Draft", "Adopted"]


def test_centre_that_is_not_approved_reads_codes_but_no_word(unapproved):
    found = package_of(unapproved, load(a_pack()))
    told = str(found)
    assert not [words for words in WORDS if words in told]
    assert "Criterion 1.1" in told
    assert "Grow herb 1" in told
    assert "it belongs to Garden Awards" in found["CFDocument"]["notes"]
    item = get(unapproved, "case_item", found["CFItems"][2]["identifier"])
    assert (item["fullStatement"], item["humanCodingScheme"]) == ("Criterion 1.1", "1.1")


def test_approved_centre_reads_every_word(approved):
    told = str(package_of(approved, load(a_pack())))
    assert not [words for words in WORDS if words not in told]


def test_two_centres_read_no_more_than_they_may(client):
    """Approved for one qualification is not approved for another with the same units."""
    mine, other = load(a_pack()), load(another())
    client.force_login(an_administrator(approved=(QAN,)))
    assert "Know the soil" in str(package_of(client, mine))
    assert "Know the soil" not in str(package_of(client, other))


def test_facts_say_that_the_wording_is_not_here(approved):
    found = package_of(approved, load(facts_only(a_pack())))
    assert "not in this catalogue" in found["CFDocument"]["notes"]
    assert found["extensions"]["attest"]["source"]["wording"] is False


def test_draft_is_for_editors_and_elsewhere_unknown(client):
    draft = load(a_pack(), publish=False)
    client.force_login(an_editor())
    package = package_of(client, draft)
    client.force_login(an_administrator(approved=(QAN,)))
    document, item = package["CFDocument"]["identifier"], package["CFItems"][0]["identifier"]
    assert get(client, "case_documents")["CFDocuments"] == []
    for route, identifier in (
        ("case_document", document),
        ("case_package", document),
        ("case_item", item),
        ("case_item_associations", item),
        ("case_association", package["CFAssociations"][0]["identifier"]),
    ):
        assert word_of(get(client, route, identifier, status=404)) == "unknownobject"


def test_units_of_equal_uan_are_exact_matches_both_ways(approved):
    here, there = load(a_pack()), load(another())
    matches = [
        {
            (each["originNodeURI"]["identifier"], each["destinationNodeURI"]["identifier"])
            for each in package_of(approved, row)["CFAssociations"]
            if each["associationType"] == "exactMatchOf"
        }
        for row in (here, there)
    ]
    assert len(matches[0]) == 3
    assert matches[1] == {(to, of) for of, to in matches[0]}
    for _, destination in matches[0]:
        assert get(approved, "case_item", destination)["CFDocumentURI"]["title"] == "Diploma in Herb Growing"


def test_unit_that_two_qualifications_of_a_specification_share_is_an_item_of_each(approved):
    pack = a_pack()
    other = a_pack()["qualifications"][0] | {"qan": "999/0002/7", "title": "Award"}
    other["groups"] = [{"code": "A", "title": "Group A", "kind": "mandatory", "units": [{"unit": "2"}]}]
    pack["qualifications"].append(other | {"rules": []})
    specification = load(pack)
    packages = [
        get(approved, "case_package", each.public_id) for each in specification.qualifications.order_by("title")
    ]
    award, certificate = packages
    assert [len(each["CFItems"]) for each in packages] == [6, 18]
    (match,) = [each for each in award["CFAssociations"] if each["associationType"] == "exactMatchOf"]
    shared = next(each for each in certificate["CFItems"] if each["humanCodingScheme"] == "A/500/0002")
    assert match["destinationNodeURI"]["identifier"] == shared["identifier"]


def test_one_uan_printed_for_two_units_matches_only_what_else_agrees(approved):
    pack, other = a_pack(), another()
    for each in (pack, other):
        each["units"][1]["uan"] = each["units"][0]["uan"]
    load(other)
    matches = [
        (each["originNodeURI"]["title"], each["destinationNodeURI"]["title"])
        for each in package_of(approved, load(pack))["CFAssociations"]
        if each["associationType"] == "exactMatchOf"
    ]
    assert len(matches) == 3
    assert all(there.startswith(here) for here, there in matches)


def test_matches_in_drafts_are_told_to_nobody(editor):
    found = load(a_pack())
    load(another(), publish=False)
    assert "exactMatchOf" not in str(package_of(editor, found))


@pytest.mark.parametrize("route", [name for name in ROUTES if name != "case_documents"])
def test_what_is_unknown_and_what_is_no_identifier_is_told_in_the_standards_form(approved, route):
    load(a_pack())
    assert word_of(get(approved, route, uuid4(), status=404)) == "unknownobject"
    for wrong in ("herbs", "3f0c8b529d4e4f388a3c6f2f2a5f7d10", f"{{{uuid4()}}}", "x" * 3000):
        assert word_of(get(approved, route, wrong, status=400)) == "invalid_uuid"


@pytest.mark.parametrize("route", ROUTES)
def test_nobody_reads_signed_out(client, route):
    load(a_pack())
    identifier = [] if route == "case_documents" else [uuid4()]
    assert word_of(get(client, route, *identifier, status=403)) == "unauthorised_request"


def test_nothing_can_be_written(approved):
    response = approved.put(reverse("case_documents"))
    assert response.status_code == 405
    assert_is(response.json(), "StatusInfo")
    assert response.json()["imsx_codeMajor"] == "unsupported"


def test_package_from_here_makes_the_same_qualification_in_another_catalogue(approved):
    found = package_of(approved, load(a_pack()))
    pack = pack_from(found, "framework.json", SHA)
    assert without_lines(pack) == without_lines(a_pack())
    specification = load(pack | {"awarding_organisation": "Orchard Awards"})
    back = pack_from(package_of(approved, specification), "again.json", SHA)
    assert without_lines(back)["qualifications"] == without_lines(a_pack())["qualifications"]
    assert without_lines(back)["units"] == without_lines(a_pack())["units"]


def test_framework_from_elsewhere_becomes_a_draft_that_waits_for_its_credits(editor):
    found = state_standards()
    specification = load(pack_from(found, "framework.json", SHA), publish=False)
    specification.lines = lines_of(found)
    specification.save(update_fields=["lines"])
    assert specification.units.count() == 2
    response = editor.get(reverse("review", args=[specification.public_id]))
    assert response.status_code == 200
    assert "does not tell the credit of unit MS.W" in response.content.decode()


def test_unit_listed_without_a_page_is_an_item_without_children(approved):
    pack = a_pack()
    pack["units"][0] = a_unit(1, outcomes=[], evidence_requirements=[])
    found = package_of(approved, load(pack))
    unit = found["CFItems"][0]["identifier"]
    assert len(get(approved, "case_item_associations", unit)["CFAssociations"]) == 1
