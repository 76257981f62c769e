"""Pages from another specification: which unit supplies which, what comes with a page, and that it comes once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.actions import INSTALLATION
from audit.actors import ASSESSOR, Actor, now
from audit.models import Chain, Entry
from audit.queries import broken_links
from audit.rules import Refused
from quals.actions import import_pack, join_pages, publish
from quals.models import Criterion, Specification, Unit
from quals.queries import pack_of
from quals.queries.sameness import page_differences
from quals.rules import refuse_untracked
from quals.specification import facts_only
from quals.specification.checks import uan_check_character
from tests.quals.builders import EDITOR_ACTOR, LINES, SYSTEM, a_pack, a_unit, load

pytestmark = pytest.mark.django_db
TEST = {"minutes": 60, "marks": 40}


def uan(digits: str) -> str:
    return f"{uan_check_character(digits)}/{digits}"


SHARED = uan("500/0001")
OTHER = uan("500/0002")


def listed(**changes) -> dict:
    """A unit that a structure lists without a page."""
    return a_unit(1, uan=SHARED, outcomes=[], evidence_requirements=[]) | changes


def handbook(*units, sha="a", **changes) -> dict:
    """A qualification that lists these units, the first in group A, the rest of the usual three in group B."""
    rest = [a_unit(number, uan=uan(f"500/100{number}")) for number in (2, 3)]
    given = list(units) or [listed()]
    pack = a_pack(sha=sha)
    keys = [unit["key"] for unit in given]
    pack["units"] = given + [unit for unit in rest if unit["key"] not in keys]
    return pack | changes


def pages(*units, sha="b", **changes) -> dict:
    """A pack of unit pages with no qualification of its own."""
    return a_pack(sha=sha) | {"qualifications": [], "units": list(units) or [a_unit(1, uan=SHARED)]} | changes


def unit_of(specification, key="1"):
    return Unit.objects.get(specification=specification, key=key)


def criteria_of(unit):
    return list(unit.criteria.order_by("position").values_list("code", "text"))


PAGE = [("1.1", "Name three kinds of soil"), ("1.2", "Say which soil drains well"), ("2.1", "Sow a row in the open")]


@pytest.mark.parametrize("handbook_first", [True, False])
def test_page_comes_whichever_document_is_published_first(handbook_first):
    packs = [handbook(), pages(a_unit(9, uan=SHARED))]
    for pack in packs if handbook_first else reversed(packs):
        load(pack)
    unit = Unit.objects.get(key="1")
    assert criteria_of(unit) == PAGE
    assert unit.page_from == Unit.objects.get(key="9")
    assert refuse_untracked(unit=unit) is None


def test_page_brings_its_kind_routes_test_strategy_and_requirements_but_no_fact_of_the_listing():
    strategy = a_unit(1)["strategy"] | {"simulation": "not_allowed"}
    page = a_unit(9, uan=SHARED, title="Another title", level=4, credit=7, glh=47)
    page |= {"kind": "knowledge", "routes": ["portfolio", "onscreen_test"], "test": TEST, "strategy": strategy}
    target = load(handbook(listed(glh=73)))
    load(pages(page))
    unit = unit_of(target)
    assert (unit.kind, unit.routes, unit.test, unit.strategy) == ("knowledge", page["routes"], TEST, strategy)
    assert (unit.number, unit.title, unit.level, unit.credit, unit.glh) == ("1", "Grow herb 1", 3, 2, 73)
    asked = unit.evidence_requirements.order_by("position")
    assert [(row.number, row.choose, row.of) for row in asked] == [("1", "2", ["thyme", "sage", "dill"]), ("2", "", [])]
    differs = {change.what: (change.was, change.now) for change in page_differences(unit)}
    assert differs["guided hours"] == ("47", "73")
    assert differs["title"] == ("Another title", "Grow herb 1")
    assert set(differs) == {"number", "title", "level", "credit", "guided hours"}


def test_lines_of_the_other_document_are_not_taken_for_this_one():
    target = load(handbook())
    load(pages())
    assert set(unit_of(target).criteria.values_list("line", flat=True)) == {None}


def test_page_of_its_own_is_never_overwritten():
    own = a_unit(1, uan=SHARED)
    own["outcomes"][0]["criteria"][0]["text"] = "Name two kinds of soil"
    specification = load(handbook(own))
    load(pages())
    unit = unit_of(specification)
    assert criteria_of(unit)[0] == ("1.1", "Name two kinds of soil")
    assert unit.page_from is None


@pytest.mark.parametrize(
    ("of_listing", "of_page", "same"),
    [
        ({"uan": SHARED}, {"uan": OTHER}, False),  # one number of two schemes, both UANs hold
        ({"uan": None}, {"uan": SHARED}, True),
        ({"uan": SHARED}, {"uan": None}, True),
        ({"uan": None, "title": "GROW herb, 1"}, {"uan": SHARED}, True),
        ({"uan": None, "title": "Grow herbs"}, {"uan": SHARED}, False),
        ({"uan": None, "number": "12"}, {"uan": SHARED}, False),
        ({"uan": "A" + SHARED[1:]}, {"uan": SHARED}, True),  # a misprint: its check character fails
        ({"uan": "A" + SHARED[1:], "title": "Grow herbs"}, {"uan": SHARED}, False),
        ({"uan": "A/999/8888"}, {"uan": SHARED}, False),
    ],
)
def test_which_unit_is_the_same(of_listing, of_page, same):
    assert SHARED[0] != "A"
    target = load(handbook(listed(**of_listing)))
    load(pages(a_unit(1, **{"key": "page"} | of_page)))
    assert bool(unit_of(target).page_from) is same


def test_one_uan_printed_for_two_units_gives_a_page_to_the_one_with_the_same_number():
    twins = [listed(), listed(key="2", number="2", title="Sell herbs", level=2)]
    target = load(handbook(*twins))
    load(pages())
    assert unit_of(target, "1").page_from is not None
    assert unit_of(target, "2").page_from is None


def test_page_of_another_awarding_organisation_is_not_taken():
    target = load(handbook())
    load(pages(awarding_organisation="Orchard Awards"))
    assert unit_of(target).page_from is None


def test_draft_neither_gives_nor_takes_until_it_is_published():
    target = load(handbook())
    source = load(pages(), publish=False)
    waiting = load(handbook(sha="c"), publish=False)
    assert join_pages(specification=source, by=SYSTEM) == 0
    assert not Unit.objects.exclude(page_from=None).exists()
    publish(specification=source, by=EDITOR_ACTOR)
    assert unit_of(target).page_from == unit_of(source)
    assert unit_of(waiting).page_from is None
    publish(specification=waiting, by=EDITOR_ACTOR)
    assert unit_of(waiting).page_from == unit_of(source)


def test_of_several_pages_wording_comes_before_the_same_number_and_that_before_the_newest():
    load(facts_only(pages(sha="1")))
    worded = load(pages(a_unit(9, uan=SHARED), sha="2"))
    assert unit_of(load(handbook(sha="c"))).page_from == unit_of(worded, "9")
    numbered = load(pages(a_unit(1, uan=SHARED), sha="3"))
    load(pages(a_unit(8, uan=SHARED), sha="4"))
    assert unit_of(load(handbook(sha="d"))).page_from == unit_of(numbered)
    newest = load(pages(a_unit(1, uan=SHARED), sha="5"))
    assert unit_of(load(handbook(sha="e"))).page_from == unit_of(newest)


def test_page_comes_once_and_a_newer_one_changes_nothing():
    target = load(handbook())
    load(pages())
    newer = a_unit(1, uan=SHARED)
    newer["outcomes"][0]["criteria"][0]["text"] = "Name four kinds of soil"
    load(pages(newer, sha="c"))
    assert criteria_of(unit_of(target)) == PAGE


def test_page_that_was_copied_is_not_copied_on():
    load(pages(sha="1"))
    first, second = load(handbook(sha="2")), load(handbook(sha="3"))
    assert {unit_of(first).page_from, unit_of(second).page_from} == {Unit.objects.get(key="1", page_from=None)}


def test_words_follow_once_the_page_that_was_copied_has_them():
    target = load(facts_only(handbook()))
    source = load(facts_only(pages()))
    unit = unit_of(target)
    before = dict(unit.criteria.values_list("code", "pk"))
    assert refuse_untracked(unit=unit).code == "CAT-7"
    assert load(pages()) == source
    unit.refresh_from_db()
    assert criteria_of(unit) == PAGE
    assert dict(unit.criteria.values_list("code", "pk")) == before
    assert [row.text for row in unit.outcomes.order_by("position")] == ["Know the soil", "Be able to sow"]
    assert unit.evidence_requirements.get(number="1").of == ["thyme", "sage", "dill"]
    assert refuse_untracked(unit=unit) is None


def test_wording_of_a_handbook_is_filled_in_although_pages_came_from_elsewhere():
    target = load(facts_only(handbook()))
    load(pages())
    filled = import_pack(pack=handbook(), lines=LINES, source_name="handbook.txt", publish=False, by=SYSTEM)
    assert (filled.filled, filled.specification) == (True, target)
    assert criteria_of(unit_of(target)) == PAGE
    assert unit_of(target).evidence_requirements.count() == 2
    assert criteria_of(unit_of(target, "2")) == PAGE


def test_joining_is_recorded_with_number_and_origin_and_not_where_nothing_changed():
    target = load(handbook())
    source = load(pages(source=a_pack(sha="b")["source"] | {"title": "Herb pages"}))
    entries = Entry.objects.filter(action="join_pages")
    entry = entries.get()
    assert entry.summary == "Pages of 1 unit of Herb growing taken from Herb pages, Issue 1 (1)"
    assert entry.about == f"quals.specification:{target.pk}"
    assert join_pages(specification=source, by=SYSTEM) == 0
    assert entries.count() == 1
    assert not broken_links(Chain.objects.get(key=INSTALLATION))


def test_joining_is_for_catalogue_editors():
    specification = load(handbook())
    with pytest.raises(Refused) as refused:
        join_pages(specification=specification, by=Actor(3, "Ass Essor", ASSESSOR, 1))
    assert refused.value.refusal.code == "ROLE"
    assert Criterion.objects.filter(unit__key="1").count() == 0


def test_joining_costs_the_same_queries_for_one_unit_and_for_three():
    assert queries_for(1, sha="a") == queries_for(3, sha="c")


def queries_for(units, sha):
    numbers = range(1, units + 1)
    names = {n: {"key": str(n), "number": str(n), "uan": uan(f"50{units}/000{n}")} for n in numbers}
    target = load(handbook(*[listed(**names[n], level=a_unit(n)["level"]) for n in numbers], sha=sha))
    source = load(pages(*[a_unit(n) | names[n] for n in numbers], sha=chr(ord(sha) + 1)), publish=False)
    Specification.objects.filter(pk=source.pk).update(state="published", published_at=now())
    source.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        assert join_pages(specification=source, by=EDITOR_ACTOR) == units
    assert Unit.objects.filter(specification=target).exclude(page_from=None).count() == units
    return len(queries)


def test_pack_of_a_joined_qualification_holds_the_page():
    target = load(handbook())
    load(pages())
    assert pack_of(target, wording=True)["units"][0]["outcomes"] != []
