"""The CASE API's lists: pages, order, filters, fields, and what they cost."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.quals.builders import (
    a_pack,
    load,
    the_qualification,
)
from tests.quals.case.asking import another, get, package_of, uan, word_of
from tests.quals.case.conforming import assert_is

pytestmark = pytest.mark.django_db


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
