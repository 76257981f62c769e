"""Made documents of three house styles, with damage of known kinds, are read as the truth that they were made from."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.specification import read_specification, validate

from .making_documents import coded_documents

DAY = "2017-07-0"
BINDINGS = {"": (None, None), "*": (None, f"{DAY}1"), "**": (f"{DAY}2", None)}
# Doubts that these documents leave open on purpose.
ADMITTED = {"rule-disputed", "registration-day-open", "code-inside-wording"}


def facts_of(unit):
    return tuple(unit[name] for name in ("number", "uan", "title", "level", "credit", "glh"))


def wording_of(unit):
    return [
        (outcome["number"], outcome["text"], [(each["code"], each["text"]) for each in outcome["criteria"]])
        for outcome in unit["outcomes"]
    ]


def groups_of(qualification):
    return [(g["title"], g["kind"], [place["unit"] for place in g["units"]]) for g in qualification["groups"]]


def rules_of(qualification):
    return sorted(repr((r["bound"], r["measure"], r["amount"], r["of"])) for r in qualification["rules"])


def check_units(pack, made):
    assert sorted(map(facts_of, pack["units"])) == sorted(unit.facts() for unit in made.units)
    read = {unit["number"]: unit for unit in pack["units"]}
    for unit in made.units:
        assert wording_of(read[unit.number]) == unit.wording()
        if made.has_requirements:
            found = read[unit.number]["evidence_requirements"]
            assert [(each["text"], each.get("choose"), each.get("of", [])) for each in found] == unit.requirements


def check_qualification(read, qualification):
    expected = (qualification.qan, qualification.title, qualification.level, qualification.credits)
    assert tuple(read[name] for name in ("qan", "title", "level", "credits")) == expected
    assert groups_of(read) == [(t, kind, [unit.number for unit in units]) for t, kind, units in qualification.groups]
    assert rules_of(read) == sorted(map(repr, qualification.rules))
    bindings = {unit.number: BINDINGS[unit.mark] for _, _, units in qualification.groups for unit in units}
    for group in read["groups"]:
        for place in group["units"]:
            assert (place.get("registered_from"), place.get("registered_before")) == bindings[place["unit"]]


def check_findings(pack, made):
    said = {(finding["severity"], finding["code"], finding["subject"]) for finding in pack["findings"]}
    assert set(made.noted) <= said
    assert {code for severity, code, _ in said if severity != "note"} <= ADMITTED


@pytest.mark.parametrize("noise", [0.0, 0.3])
@pytest.mark.parametrize("style", ["handbook", "pack", "tables"])
@settings(max_examples=12, derandomize=True, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_made_document_is_read_as_it_was_meant(style, noise, seed):
    made = getattr(coded_documents, style)(random.Random(seed), noise)
    pack = read_specification(made.text.encode(), "made.txt")
    validate(pack)
    assert pack["awarding_organisation"] == made.organisation
    check_units(pack, made)
    assert len(pack["qualifications"]) == len(made.qualifications)
    for read, qualification in zip(pack["qualifications"], made.qualifications, strict=True):
        check_qualification(read, qualification)
    check_findings(pack, made)
