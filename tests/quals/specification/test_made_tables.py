"""Documents made from a known truth, in the two styles with tables of criteria, come back exactly; damage is said."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from quals.specification import read_specification

from .making_documents.table_documents import Numbered, Referenced
from .making_documents.table_noise import Noise

SEEDS = st.integers(0, 2**32 - 1)
KINDS = st.sampled_from([Numbered, Referenced])
SIZES = st.sampled_from([5, 6, 8, 12])


def wording(unit):
    return [
        (outcome["number"], outcome["text"], [(each["code"], each["text"]) for each in outcome["criteria"]])
        for outcome in unit["outcomes"]
    ]


def by_place(outcomes):
    """Each wording by its outcome's number or its criterion's code."""
    titles = {number: text for number, text, _ in outcomes}
    return titles | {code: text for _, _, criteria in outcomes for code, text in criteria}


def assert_facts(document, pack):
    units = {unit["uan"]: unit for unit in pack["units"]}
    assert list(units) == [unit.uan for unit in document.units]
    for unit in document.units:
        read = units[unit.uan]
        glh = unit.glh if unit.number or document.has_glh else None
        assert (read["number"], read["title"], read["level"]) == (unit.number, unit.title, unit.level)
        assert (read["credit"], read["glh"]) == (unit.credit, glh)
        if unit.number:
            assert read["kind"] == unit.type.lower()
            assert read["strategy"]["simulation"] == document.policies[unit.number]
            assert read.get("test") == document.tests.get(unit.number)
    [qualification] = pack["qualifications"]
    assert (qualification["qan"], qualification["credits"]) == (document.qan, document.credits)
    placed = [[place["unit"] for place in group["units"]] for group in qualification["groups"]]
    assert placed == [[unit.number or unit.uan for unit in part] for part in document.groups.values()]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(SEEDS, KINDS, st.sampled_from([5, 6, 9, 15]))
def test_an_undamaged_document_is_read_exactly_and_without_a_doubt(seed, kind, size):
    document = kind(random.Random(seed), size)
    pack = read_specification(document.text.encode(), "made.txt")
    assert_facts(document, pack)
    units = {unit["uan"]: wording(unit) for unit in pack["units"]}
    assert units == {unit.uan: unit.wording() for unit in document.units}
    assert pack["findings"] == []


@settings(max_examples=80, derandomize=True, deadline=None)
@given(SEEDS, KINDS, SIZES)
def test_damage_is_repaired_with_a_note_or_kept_with_a_doubt(seed, kind, size):
    chance = random.Random(seed)
    noise = Noise(chance)
    document = kind(chance, size, noise)
    pack = read_specification(document.text.encode(), "made.txt")
    assert_facts(document, pack)
    units = {unit["uan"]: by_place(wording(unit)) for unit in pack["units"]}
    for unit in document.units:
        truth = by_place(unit.wording())
        read = units[unit.uan]
        wrong = {place for place in truth.keys() | read.keys() if truth.get(place) != read.get(place)}
        assert_said(unit, wrong, noise.damage[unit.uan], pack["findings"])


def assert_said(unit, wrong, damages, findings):
    """What is wrong was damaged and is a doubt; what was damaged is said; nothing else is."""
    name = f"unit {unit.number or unit.uan}"
    own = [finding for finding in findings if f"{finding['subject']},".startswith(f"{name},")]
    touched, subjects = set(), set()
    for damage in damages:
        places = damage.codes | damage.outcomes
        names = {name} | {f"{name}, {code}" for code in damage.codes}
        names |= {f"{name}, outcome {number}" for number in damage.outcomes}
        said = [finding["severity"] for finding in own if finding["subject"] in names]
        assert said or damage.is_plain, (damage, name)
        assert not wrong & places or (not damage.settled and set(said) - {"note"}), (damage, name, wrong)
        touched, subjects = touched | places, subjects | names
    assert wrong <= touched, (name, wrong)
    assert {finding["subject"] for finding in own if finding["severity"] != "note"} <= subjects
