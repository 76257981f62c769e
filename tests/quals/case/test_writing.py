"""A pack of one qualification as a CASE package: the standard's shapes, the tree in order, identifiers that stay."""

import json

import pytest

from quals.case import Match, document_of, package_of
from quals.case.answers import associations_of
from quals.case.identifiers import document_between, identifier_of
from quals.specification import facts_only, read_specification
from tests.quals.builders import a_pack
from tests.quals.case.builders import DOCUMENT, framework_of
from tests.quals.case.conforming import assert_is, faults_in


def written(pack: dict, *, matches=(), **changes) -> dict:
    return json.loads(json.dumps(package_of(framework_of(pack, **changes), pack, matches)))


def only(pack: dict, qualification: dict) -> dict:
    keys = {place["unit"] for group in qualification["groups"] for place in group["units"]}
    return pack | {"qualifications": [qualification], "units": [unit for unit in pack["units"] if unit["key"] in keys]}


def children(package: dict, parent: str) -> list[dict]:
    items = {each["identifier"]: each for each in package["CFItems"]}
    links = [
        (each["sequenceNumber"], items[each["originNodeURI"]["identifier"]])
        for each in package["CFAssociations"]
        if each["associationType"] == "isChildOf" and each["destinationNodeURI"]["identifier"] == parent
    ]
    assert [sequence for sequence, _ in links] == list(range(1, len(links) + 1))
    return [item for _, item in links]


def test_demonstration_is_a_package_of_the_standard(demonstration_pack):
    package = written(demonstration_pack)
    assert_is(package, "CFPackage")
    assert_is(document_of(framework_of(demonstration_pack)), "CFDocument")
    types = [each["CFItemType"] for each in package["CFItems"]]
    assert types.count("Unit") == len(demonstration_pack["units"])


def test_each_qualification_of_the_real_documents_is_a_package_of_the_standard(specifications):
    found = 0
    for path in sorted(specifications.glob("*.txt")):
        pack = read_specification(path.read_bytes(), path.name)
        for qualification in pack["qualifications"]:
            assert_is(written(only(pack, qualification), title=qualification["title"]), "CFPackage")
            found += 1
    assert found == 8


def test_tree_is_that_of_the_pack_in_the_order_of_its_structure():
    pack = a_pack()
    pack["units"].reverse()
    package = written(pack)
    units = children(package, str(DOCUMENT))
    assert [unit["humanCodingScheme"] for unit in units] == ["A/500/0001", "A/500/0002", "A/500/0003"]
    assert [unit["fullStatement"] for unit in units] == ["Grow herb 1", "Grow herb 2", "Grow herb 3"]
    outcomes = children(package, units[0]["identifier"])
    assert [outcome["fullStatement"] for outcome in outcomes] == ["Know the soil", "Be able to sow"]
    criteria = children(package, outcomes[0]["identifier"])
    assert [(each["humanCodingScheme"], each["fullStatement"]) for each in criteria] == [
        ("1.1", "Name three kinds of soil"),
        ("1.2", "Say which soil drains well"),
    ]
    assert [units[0]["educationLevel"], criteria[0]["educationLevel"]] == [["Level 3"], ["Level 3"]]


def test_unit_of_two_groups_is_one_item():
    pack = a_pack()
    pack["qualifications"][0]["groups"][1]["units"].append({"unit": "1", "registered_from": "2021-01-01"})
    assert len(children(written(pack), str(DOCUMENT))) == 3


def test_identifiers_are_the_same_when_written_again_and_others_for_another_document():
    once, again = written(a_pack()), written(a_pack())
    assert once == again
    other = written(a_pack(), identifier=identifier_of(DOCUMENT, "somewhere else"))
    names = [{each["identifier"] for each in package["CFItems"]} for package in (once, other)]
    assert len(names[0]) == len(once["CFItems"])
    assert not names[0] & names[1]


def test_these_identifiers_never_change():
    """Whoever stored one finds the same thing under it in every later version of Attest."""
    assert str(identifier_of(DOCUMENT, "units/6")) == "3f0c8b52-c35a-5f32-ad5e-c0f2b559851e"
    assert str(identifier_of(DOCUMENT, "units/6/outcomes/1/criteria/1.1")) == "3f0c8b52-c062-52c7-a5a4-a0159ae76c30"


def test_document_of_an_item_is_found_from_its_identifier():
    first, last = document_between(identifier_of(DOCUMENT, "units/6"))
    assert first <= DOCUMENT <= last
    assert last.int - first.int == 2**96 - 1


def test_wording_that_may_not_be_read_is_nowhere_and_codes_stand_in_its_place():
    package = written(facts_only(a_pack()), may_read=False)
    assert_is(package, "CFPackage")
    told = json.dumps(package)
    for words in ("Know the soil", "Name three kinds", "Cover these herbs", "thyme"):
        assert words not in told
        assert words in json.dumps(written(a_pack()))
    worded = [each for each in package["CFItems"] if each["CFItemType"] != "Unit"]
    assert [each["fullStatement"] for each in worded[:3]] == ["Outcome 1", "Criterion 1.1", "Criterion 1.2"]
    assert all("it belongs to Garden Awards" in each["notes"] for each in [package["CFDocument"], *worded])


def test_wording_that_was_lost_is_said_to_be_missing_where_it_was():
    pack = a_pack()
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    package = written(pack)
    assert_is(package, "CFPackage")
    noted = [each for each in package["CFItems"] if each["CFItemType"] != "Unit" and "notes" in each]
    assert [each["fullStatement"] for each in noted] == ["Criterion 1.1"]
    assert "not in this catalogue" in noted[0]["notes"]
    assert "notes" not in package["CFDocument"]


def test_equal_units_of_other_documents_are_exact_matches():
    other = identifier_of(DOCUMENT, "another document")
    package = written(a_pack(), matches=[Match("2", other, "7", "A/500/0002 Grow herb 2 (Diploma)")])
    assert_is(package, "CFPackage")
    match = package["CFAssociations"][-1]
    assert match["associationType"] == "exactMatchOf"
    assert match["originNodeURI"]["identifier"] == str(identifier_of(DOCUMENT, "units/2"))
    assert match["destinationNodeURI"]["identifier"] == str(identifier_of(other, "units/7"))
    found = associations_of(package, identifier_of(DOCUMENT, "units/2"))
    assert_is(found, "CFAssociationSet")
    assert [each["associationType"] for each in found["CFAssociations"]].count("exactMatchOf") == 1
    assert len(found["CFAssociations"]) == 4  # its document, its two outcomes, its match


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("CFPackage", lambda package: package["CFItems"][0].pop("fullStatement")),
        ("CFPackage", lambda package: package["CFItems"][0].update(identifier="7")),
        ("CFPackage", lambda package: package["CFItems"][0].update(uri="nowhere")),
        ("CFPackage", lambda package: package["CFItems"][0].update(level=3)),
        ("CFPackage", lambda package: package["CFAssociations"][0].update(associationType="isUnder")),
        ("CFPackage", lambda package: package["CFDocument"].update(lastChangeDateTime="yesterday")),
        ("CFPackage", lambda package: package["CFDocument"].update(notes=None)),
    ],
)
def test_schema_tells_a_package_that_is_none(kind, spoil):
    package = written(a_pack())
    spoil(package)
    assert faults_in(package, kind)
