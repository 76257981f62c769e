"""The structures of the real documents are those of the facts; damaged ones invent nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quals.specification.findings import Findings
from quals.specification.read import numbered_lines
from quals.specification.refusal import NotASpecification
from quals.specification.structures.listings import read_listings
from quals.specification.structures.qualifications import read_qualifications
from tests.quals.specification.structuring import NOTES, handbook, qualifications

FACTS = {"pearson-601-3478-1": 45, "proqual-601-4756-8": 34, "cg-3412": 163}


def read_document(specifications, name):
    facts = json.loads((specifications.parent / "facts" / f"{name}.json").read_text(encoding="utf-8"))
    findings = Findings()
    lines = numbered_lines((specifications / facts["source"]).read_bytes())
    return read_qualifications(lines, None, findings), facts["qualifications"], findings.as_list()


@pytest.mark.parametrize("name", FACTS)
def test_every_group_and_row_as_in_the_facts(specifications, name):
    read, facts, _ = read_document(specifications, name)
    rows = 0
    for qualification, fact in zip(read, facts, strict=True):
        for group, known in zip(qualification.groups, fact["groups"], strict=True):
            assert (group.code, group.title, group.kind, group.line) == tuple(
                known[n] for n in ("code", "title", "kind", "line")
            )
            for place, unit in zip(group.places, known["units"], strict=True):
                number = None if unit["number"] is None else str(unit["number"])
                assert (place.number, place.mark, place.barred) == (
                    number,
                    unit.get("marker", ""),
                    unit.get("barred", []),
                )
                for field in ("uan", "title", "level", "credit", "glh", "line"):
                    assert getattr(place, field) == unit[field], (place.key, field)
                rows += 1
    assert rows == FACTS[name]


def bound_of(fact, group_size):
    """A rule of the facts as a bound; None for one that is derived or no bound."""
    kind, value, groups = fact["kind"], fact["value"], [str(code) for code in fact.get("groups", [])]
    units = [str(unit) for unit in fact.get("units", []) if unit not in fact.get("units_not_in_any_table", [])]
    return {
        "min_credits_total": ("at_least", "credits", value, {}),
        "min_credits_at_level": (
            "at_least",
            "credits",
            value,
            {"level": {"mode": "exactly", "value": fact.get("level")}},
        ),
        "min_credits_at_level_or_above": (
            "at_least",
            "credits",
            value,
            {"level": {"mode": "at_or_above", "value": fact.get("level")}},
        ),
        "mandatory_all": ("at_least", "units", group_size.get(groups[0]) if groups else 0, {"groups": groups}),
        "min_credits_from_group": ("at_least", "credits", value, {"groups": groups}),
        "max_credits_from_group": ("at_most", "credits", value, {"groups": groups}),
        "max_credits_at_level": (
            "at_most",
            "credits",
            value,
            {"groups": groups, "level": {"mode": "exactly", "value": fact.get("level")}},
        ),
        "max_units_from_set": ("at_most", "units", value, {"units": units}),
        "barred_pair": ("at_most", "units", 1, {"units": units}),
    }.get(kind)


@pytest.mark.parametrize("name", FACTS)
def test_every_rule_of_the_facts_and_no_other(specifications, name):
    read, facts, findings = read_document(specifications, name)
    for qualification, fact in zip(read, facts, strict=True):
        size = {group.code: len(group.places) for group in qualification.groups}
        rules = {
            json.dumps([r["bound"], r["measure"], r["amount"], r["of"]]): r["printed"] for r in qualification.rules
        }
        found = set()
        for entry in fact["rules"]:
            bound = bound_of(entry, size)
            mandatory = entry.get("groups") == ["A"] and entry["kind"] == "min_credits_from_group"
            if bound and not mandatory:
                key = json.dumps(bound)
                assert entry["line"] in rules[key], entry
                found.add(key)
            elif entry["kind"] == "remaining_credits_from_groups":
                assert (entry["line"], "rule-follows") in [(f["line"], f["code"]) for f in findings]
            elif entry["kind"] == "date_dependent_unit":
                place = next(p for p in qualification.places if p.number == entry["units"][0])
                assert place.registered_before or place.registered_from
        assert found == rules.keys()
    assert [f for f in findings if f["severity"] == "error"] == []


def test_the_document_without_facts(specifications):
    findings = Findings()
    path = next(path for path in specifications.glob("003_*.txt"))
    (read,) = read_qualifications(numbered_lines(path.read_bytes()), None, findings)
    assert [len(group.places) for group in read.groups] == [2, 6, 8, 4, 13]
    assert [(r["measure"], r["amount"], r["of"].get("groups"), r["printed"]) for r in read.rules] == [
        ("credits", 67, None, [152]),
        ("units", 2, ["A"], [156, 162]),
        ("credits", 47, ["B", "C", "D", "E"], [158]),
        ("units", 1, ["B"], [158]),
        ("units", 1, ["C"], [158]),
        ("units", 1, ["D"], [158]),
        ("units", 1, ["E"], [158]),
        ("credits", 35, None, [154]),
    ]
    assert {f["severity"] for f in findings.as_list()} == {"note"}


def test_a_pack_of_units_has_no_qualification(specifications):
    findings = Findings()
    lines = numbered_lines(next(path for path in specifications.glob("000_*.txt")).read_bytes())
    assert read_qualifications(lines, None, findings) == []
    assert findings.as_list() == []
    assert len(read_listings(lines)) == 40


NOISE = ["", "\t\t\t", "Optional Group Z\t\t", "** ", "units 5, 6 and", "- | a | b |", "# ", "Unit 1", "all units"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_structure_names_only_units_and_groups_that_it_holds(data):
    lines = handbook(*NOTES).split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["twice", "halve", "merge", "insert", "space"]))
        changed = {
            "twice": [lines[at], lines[at]],
            "halve": [lines[at][: len(lines[at]) // 2]],
            "merge": [lines[at].replace("\t", " ", 1)],
            "insert": [data.draw(st.sampled_from(NOISE)), lines[at]],
            "space": [lines[at].replace(" ", "\u00a0")],
        }
        lines[at : at + 1] = changed[how]
    try:
        read, _ = qualifications("\n".join(lines))
    except NotASpecification:
        return
    for qualification in read:
        keys = {place.key for place in qualification.places}
        assert len(keys) == len(qualification.places)
        for rule in qualification.rules:
            assert set(rule["of"].get("units", [])) <= keys
            assert set(rule["of"].get("groups", [])) <= {group.code for group in qualification.groups}
