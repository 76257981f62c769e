"""How the CASE API is asked, and packs to ask it about."""

from django.urls import reverse

from quals.specification.checks import uan_check_character
from tests.quals.builders import (
    a_pack,
    the_qualification,
)
from tests.quals.case.conforming import assert_is

ROUTES = {
    "case_documents": "CFDocumentSet",
    "case_document": "CFDocument",
    "case_package": "CFPackage",
    "case_item": "CFItem",
    "case_item_associations": "CFAssociationSet",
    "case_association": "CFAssociation",
    "case_item_type": "CFItemTypeSet",
}


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
