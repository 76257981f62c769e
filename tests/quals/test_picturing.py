"""The picture of a structure: everything is drawn, inside its block, and nothing over anything else."""

import re
from itertools import combinations

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.combination import Rule, Unit
from quals.models import Group, Qualification
from quals.queries import printed_rules, structure_of
from quals.queries.drawing import LETTER, NARROW, TINY, WIDE, Box, picture_of, wrapped
from quals.queries.picturing import Member, Structure, pictures_of
from tests.quals.builders import an_administrator

CODES = "ABCDE"


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def is_inside(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def look(picture, structure) -> None:
    """What must hold of every picture."""
    whole = Box(0, 0, picture.width, picture.height)
    blocks = [block.box for block in picture.blocks]
    assert all(is_inside(box, whole) for box in blocks)
    assert not any(overlap(*pair) for pair in combinations(blocks, 2))
    for block in picture.blocks:
        drawn = [tile.box for tile in block.tiles] + [gauge.offer for gauge in block.gauges if gauge.offer.width]
        assert all(is_inside(box, block.box) for box in drawn)
        assert not any(overlap(*pair) for pair in combinations(drawn, 2))
        for gauge in block.gauges:
            assert is_inside(gauge.amount, block.box)
            assert gauge.told.x + len(gauge.told.words) * TINY <= block.box.x + block.box.width + 1
            assert all(text.y < gauge.offer.y for text in gauge.words)
        for tile in block.tiles:
            marked = len(tile.marks.words) * LETTER if tile.marks else 0
            assert tile.name.x + len(tile.name.words) * LETTER + marked <= tile.box.x + tile.box.width
    tiles = [tile for block in picture.blocks for tile in block.tiles]
    assert [tile.name.words for tile in tiles] == [m.name for _, members in structure.groups for m in members]
    noted = " ".join(text.words for note in picture.notes for text in note.texts)
    in_blocks = [gauge.rule.id for block in picture.blocks for gauge in block.gauges]
    for rule in structure.rules:
        assert (rule.id in in_blocks) != bool(re.search(rf"\b{rule.id} ", noted))
        if rule.units is not None:
            marked = {tile.name.words for tile in tiles if tile.marks and rule.id in tile.marks.words.split()}
            assert marked == {unit.key for unit in structure.units if rule.matches(unit)}
    assert all(text.y <= picture.height and text.x >= 0 for note in picture.notes for text in note.texts)


@st.composite
def structures(draw) -> Structure:
    count = draw(st.integers(1, 5))
    groups, number = [], 100
    for code in CODES[:count]:
        members = []
        for _ in range(draw(st.integers(1, 14))):
            number += 1
            name = draw(st.sampled_from([str(number), f"L/506/{number:04}"]))
            unit = Unit(name, draw(st.integers(1, 40)), draw(st.integers(1, 5)), code)
            days = draw(st.sampled_from(["", "", ", for registrations before 1 July 2017"]))
            members.append(Member(unit, name, "Grow herbs", days))
        groups.append((Group(code=code, kind=draw(st.sampled_from(["mandatory", "optional"]))), members))
    keys = [member.unit.key for _, members in groups for member in members]
    rules = []
    for index in range(draw(st.integers(0, 8))):
        among = draw(st.sampled_from(["all", "groups", "units", "level"]))
        some = frozenset(draw(st.lists(st.sampled_from(CODES[:count]), min_size=1, unique=True)))
        rules.append(
            Rule(
                f"R{index + 1}",
                draw(st.sampled_from(["at_least", "at_most"])),
                draw(st.sampled_from(["credits", "units"])),
                draw(st.integers(0, 200)),
                groups=some if among == "groups" else None,
                units=frozenset(draw(st.lists(st.sampled_from(keys), min_size=1, unique=True)))
                if among == "units"
                else None,
                level=("exactly", draw(st.integers(1, 5))) if among == "level" else None,
            )
        )
    return Structure(groups, rules)


@settings(max_examples=60, deadline=None)
@given(structures(), st.sampled_from([WIDE, NARROW]))
def test_everything_is_drawn_and_nothing_over_anything_else(structure, width):
    look(picture_of(structure, width), structure)


def test_words_are_broken_where_they_no_longer_fit():
    words = "At least 24 credits from groups B and C"
    lines = wrapped(words, 100, 6)
    assert " ".join(lines) == words
    assert all(len(line) * 6 <= 100 for line in lines)
    assert wrapped("L/506/2150/and/more", 20, 6) == ["L/506/2150/and/more"]


@pytest.fixture
def catalogue(db):
    call_command("load_catalogue", verbosity=0)
    return list(Qualification.objects.order_by("qan"))


def drawn(qualification):
    groups = structure_of(qualification)
    return groups, pictures_of(groups, [rule.told for rule in printed_rules(qualification, with_lines=False)])


def test_all_nine_structures_are_drawn_whole_for_paper_and_for_a_phone(catalogue):
    assert len(catalogue) == 9
    for qualification in catalogue:
        groups, (wide, narrow) = drawn(qualification)
        units = sum(len(group.places.all()) for group in groups)
        for picture in (wide, narrow):
            assert sum(len(block.tiles) for block in picture.blocks) == units
        # an A4 sheet on its side has room for 273 by 168 mm: letters stay at 2.2 mm or more
        assert 11 * min(273 / wide.width, 168 / wide.height) >= 2.2


def test_the_picture_says_in_words_what_it_draws(catalogue):
    pearson = next(each for each in catalogue if each.qan == "601/3478/1")
    _, (picture, _) = drawn(pearson)
    told = " ".join(picture.words)
    assert "Group A, mandatory: 6 units, 31 credits. All 6 units of group A." in told
    assert "At most 9 credits from group C." in told
    assert "At least 40 credits at level 3 or above." in told


def test_anybody_sees_the_picture_on_the_page_of_a_published_qualification(client, catalogue):
    client.force_login(an_administrator())
    page = client.get(reverse("qualification", args=[catalogue[0].public_id])).content.decode()
    assert page.count('<svg class="picture-drawn') == 2
    assert 'style="' not in page[page.index('<section class="section picture"') :]
    assert "The picture in words" in page


def test_without_units_there_is_no_picture():
    assert pictures_of([], []) == []
