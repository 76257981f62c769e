"""CASE over REST: the standard's answers and errors, in the name of whoever is signed in, at a constant cost."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quals.actions import publish
from quals.case import lines_of, pack_from
from quals.specification import facts_only
from quals.specification.checks import uan_check_character
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
from tests.quals.case.builders import SHA, state_standards, without_lines
from tests.quals.case.conforming import assert_is

pytestmark = pytest.mark.django_db
WORDS = ("Know the soil", "Name three kinds of soil", "Cover these herbs", "thyme")
ROUTES = {
    "case_documents": "CFDocumentSet",
    "case_document": "CFDocument",
    "case_package": "CFPackage",
    "case_item": "CFItem",
    "case_item_associations": "CFAssociationSet",
    "case_association": "CFAssociation",
    "case_item_type": "CFItemTypeSet",
}


@pytest.fixture
def approved(client):
    client.force_login(an_administrator(approved=(QAN,)))
    return client


@pytest.fixture
def unapproved(client):
    client.force_login(an_administrator())
    return client


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


def get(client, route: str, *identifier, status: int = 200, **asked) -> dict:
    """The answer, which is of the standard's shape whatever it is."""
    response = client.get(reverse(route, args=identifier), asked)
    assert response.status_code == status, response.content
    found = response.json()
    if "fields" not in asked:
        assert_is(found, ROUTES[route] if status == 200 else "StatusInfo")
    return found


def package_of(client, specification) -> dict:
    return get(client, "case_package", the_qualification(specification).public_id)


def word_of(answer: dict) -> str:
    return answer["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]


def uan(digits: str) -> str:
    return f"{uan_check_character(digits)}/{digits}"


def another(sha: str = "b", qan: str = "999/0002/7", **changes) -> dict:
    """Another qualification with the same units."""
    pack = a_pack(sha=sha, **changes)
    pack["qualifications"][0] |= {"qan": qan, "title": "Diploma in Herb Growing"}
    return pack


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


@pytest.fixture
def three(approved):
    for sha, title in (("a", "Alpine plants"), ("b", "bees"), ("c", "Cacti")):
        pack = another(sha, f"999/000{sha.encode()[0] - 90}/X")
        pack["qualifications"][0]["title"] = title
        load(pack)
    return approved


def titles(client, **asked) -> list[str]:
    return [each["title"] for each in get(client, "case_documents", **asked)["CFDocuments"]]


def test_documents_come_in_pages_with_their_total_and_the_way_on(three):
    response = three.get(reverse("case_documents"), {"limit": 1, "offset": 1, "sort": "title"})
    assert [each["title"] for each in response.json()["CFDocuments"]] == ["bees"]
    assert response["X-Total-Count"] == "3"
    links = dict(reversed(link.split("; rel=")) for link in response["Link"].split(", "))
    address = "<http://testserver/ims/case/v1p1/CFDocuments?sort=title&limit=1&offset={}>"
    assert links == {f'"{name}"': address.format(at) for name, at in
                     {"first": 0, "prev": 0, "next": 2, "last": 2}.items()}  # fmt: skip
    assert titles(three, offset=7) == []


def test_documents_come_in_the_order_asked_for(three):
    assert titles(three, sort="title") == ["Alpine plants", "bees", "Cacti"]
    assert titles(three, sort="title", orderBy="desc") == ["Cacti", "bees", "Alpine plants"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("title='BEES'", ["bees"]),
        ("title~'a' AND title!='Cacti'", ["Alpine plants"]),
        ("title>='b' AND adoptionStatus='Draft'", []),
        ("title='bees' OR title~'alpine'", ["Alpine plants", "bees"]),
        ("lastChangeDateTime<'2001-01-01'", []),
    ],
)
def test_documents_are_those_that_the_filter_lets_through(three, wanted, found):
    assert titles(three, filter=wanted, sort="title") == found


def test_documents_have_the_fields_asked_for(three):
    found = get(three, "case_documents", fields="title, CFPackageURI", limit=1)["CFDocuments"]
    assert [set(each) for each in found] == [{"title", "CFPackageURI"}]


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"limit": "0"}, "invalid_selection_field"),
        ({"limit": "many"}, "invalid_selection_field"),
        ({"offset": "-1"}, "invalid_selection_field"),
        ({"offset": "9" * 400}, "invalid_selection_field"),
        ({"offset": "²"}, "invalid_selection_field"),
        ({"sort": "credits"}, "invalid_sort_field"),
        ({"orderBy": "up"}, "invalid_sort_field"),
        ({"fields": "title,credits"}, "invalid_selection_field"),
        ({"filter": "credits='1'"}, "invalid_selection_field"),
        ({"filter": "title"}, "invalid_selection_field"),
        ({"filter": "title='a' AND title='b' AND title='c'"}, "invalid_selection_field"),
        ({"filter": "title='a' " + " " * 5000}, "invalid_selection_field"),
    ],
)
def test_question_that_cannot_be_answered_is_told_in_the_standards_form(three, asked, word):
    response = three.get(reverse("case_documents"), asked)
    assert response.status_code == 400
    assert_is(response.json(), "StatusInfo")
    assert word_of(response.json()) == word


def large(sha: str, qan: str, units: int = 45) -> dict:
    """As many units and more criteria than the largest of the real qualifications."""
    pack = a_pack(sha=sha, units=units)
    pack["qualifications"][0] |= {"qan": qan, "title": "Large"}
    for number, unit in enumerate(pack["units"], start=1):
        unit["uan"] = uan(f"501/{number:04}")
        criteria = [{"code": f"1.{n}", "text": f"Do thing {n}", "line": 11} for n in range(1, 14)]
        unit["outcomes"][0]["criteria"] = criteria
    return pack


def queries_of(client, route: str, *identifier) -> int:
    url = reverse(route, args=identifier)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_package_costs_the_same_queries_however_large_and_whatever_it_matches(approved):
    small = the_qualification(load(a_pack()))
    counts = [queries_of(approved, "case_package", small.public_id)]
    big = the_qualification(load(large("c", "999/0003/9")))
    counts.append(queries_of(approved, "case_package", big.public_id))
    load(large("d", "999/0004/0"))
    load(another())
    counts += [queries_of(approved, "case_package", row.public_id) for row in (small, big)]
    found = get(approved, "case_package", big.public_id)
    assert len([each for each in found["CFItems"] if each["CFItemType"] == "Unit"]) == 45
    assert len([each for each in found["CFItems"] if each["CFItemType"] == "Assessment criterion"]) == 45 * 14
    assert len([each for each in found["CFAssociations"] if each["associationType"] == "exactMatchOf"]) == 45
    assert len(set(counts)) == 1, counts


def test_item_and_list_cost_the_same_queries_in_a_large_catalogue(approved):
    found = package_of(approved, load(a_pack()))
    item = UUID(found["CFItems"][0]["identifier"])
    counts = [queries_of(approved, "case_item", item), queries_of(approved, "case_documents")]
    load(another())
    load(large("c", "999/0003/9", units=5))
    assert [queries_of(approved, "case_item", item), queries_of(approved, "case_documents")] == counts


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
