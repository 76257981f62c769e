"""ProQual's Level 4 NVQ Diploma in Customer Service, against facts that were checked by hand."""

import json

import pytest

from quals.specification import as_json, facts_only, read_specification, validate

from .conftest import FIXTURES

CATALOGUE = FIXTURES / "catalogue" / "proqual-601-4756-8.json"


def measured(text):
    """A text as the facts describe one: number of words, the first four, the last three."""
    words = text.split()
    return {"words": len(words), "starts": " ".join(words[:4]), "ends": " ".join(words[-3:])}


def expected(entry):
    return {name: entry[name] for name in ("words", "starts", "ends")}


def by_uan(pack):
    return {unit["uan"]: unit for unit in pack["units"]}


def test_counts_of_units_outcomes_and_criteria(proqual_pack):
    outcomes = [outcome for unit in proqual_pack["units"] for outcome in unit["outcomes"]]
    criteria = [criterion for outcome in outcomes for criterion in outcome["criteria"]]
    assert (len(proqual_pack["units"]), len(outcomes), len(criteria)) == (34, 108, 514)


def test_every_unit_as_in_the_facts(proqual_pack, facts):
    units = by_uan(proqual_pack)
    for fact in facts["units"]:
        unit = units[fact["uan"]]
        for name in ("title", "level", "credit", "glh", "number", "line"):
            assert unit[name] == fact[name], (fact["uan"], name)
        assert unit["key"] == fact["uan"]


def test_every_outcome_as_in_the_facts(proqual_pack, facts):
    units = by_uan(proqual_pack)
    for fact in facts["units"]:
        outcomes = units[fact["uan"]]["outcomes"]
        assert [(o["number"], o["line"]) for o in outcomes] == [(o["number"], o["line"]) for o in fact["outcomes"]]
        for outcome, entry in zip(outcomes, fact["outcomes"], strict=True):
            assert measured(outcome["text"]) == expected(entry), (fact["uan"], entry["number"])


def test_every_criterion_as_in_the_facts(proqual_pack, facts):
    units = by_uan(proqual_pack)
    for fact in facts["units"]:
        for outcome, entry in zip(units[fact["uan"]]["outcomes"], fact["outcomes"], strict=True):
            printed = [(c["code"], c["line"]) for c in entry["criteria"]]
            assert [(c["code"], c["line"]) for c in outcome["criteria"]] == printed
            for criterion, known in zip(outcome["criteria"], entry["criteria"], strict=True):
                assert measured(criterion["text"]) == expected(known), (fact["uan"], known["code"])


def test_groups_as_in_the_facts(proqual_pack, facts):
    groups = proqual_pack["qualifications"][0]["groups"]
    known = facts["qualifications"][0]["groups"]
    assert [(g["code"], g["title"], g["kind"]) for g in groups] == [(g["code"], g["title"], g["kind"]) for g in known]
    for group, entry in zip(groups, known, strict=True):
        assert [place["unit"] for place in group["units"]] == [unit["uan"] for unit in entry["units"]]


def test_profile_as_in_the_facts(proqual_pack, facts):
    qualification, fact = proqual_pack["qualifications"][0], facts["qualifications"][0]
    for name in ("title", "qan", "level", "tqt", "glh"):
        assert qualification[name] == fact[name]
    assert qualification["credits"] == fact["min_credits"]
    assert qualification["minimum_age"] is None
    assert qualification["first_registration"] == "2014-11-01"
    assert qualification["last_registration"] is None
    assert proqual_pack["awarding_organisation"] == facts["awarding_organisation"]


def test_rules_and_the_lines_they_are_printed_in(proqual_pack):
    rules = proqual_pack["qualifications"][0]["rules"]
    read = [(r["bound"], r["measure"], r["amount"], r["of"], r["printed"]) for r in rules]
    assert read == [
        ("at_least", "credits", 50, {}, [53]),
        ("at_least", "units", 3, {"groups": ["A"]}, [55, 60]),
        ("at_least", "credits", 20, {"groups": ["B"]}, [56, 65]),
        ("at_most", "credits", 16, {"groups": ["C"]}, [58, 80]),
        ("at_least", "credits", 38, {"level": {"mode": "exactly", "value": 4}}, [58]),
    ]


def test_level_rule_is_disputed_where_higher_units_are_listed(proqual_pack):
    rules = proqual_pack["qualifications"][0]["rules"]
    assert [rule["confidence"] for rule in rules] == ["printed"] * 4 + ["disputed"]
    assert rules[-1]["alternative"] == {"amount": 38, "of": {"level": {"mode": "at_or_above", "value": 4}}}
    assert "level 5" in rules[-1]["note"]
    assert rules[-1]["confirmed"] is None


def test_findings_are_few_and_block_nothing(proqual_pack):
    found = [(f["line"], f["severity"], f["code"]) for f in proqual_pack["findings"]]
    assert found == [(58, "warning", "rule-disputed"), (753, "note", "title-differs")]


def test_outcome_kinds_with_and_without_the_usual_first_words(proqual_pack):
    units = by_uan(proqual_pack)
    assert [o["kind"] for o in units["D/506/2153"]["outcomes"]] == ["knowledge", "performance", "performance"]
    assert [o["kind"] for o in units["J/502/4397"]["outcomes"]] == ["performance"] * 3


def test_reading_twice_gives_the_same_pack_whatever_the_file_is_called(proqual, proqual_pack):
    again = read_specification(proqual, "something else.txt")
    again["source"]["file"] = proqual_pack["source"]["file"]
    assert as_json(again) == as_json(proqual_pack)


def test_catalogue_holds_the_facts_of_the_document(proqual_pack):
    """Only what a reviewer put to rest is the catalogue's own."""
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    for finding in catalogue["findings"]:
        finding.pop("resolved", None)
    assert as_json(catalogue) == as_json(facts_only(proqual_pack))


def test_catalogue_is_valid_and_holds_no_wording():
    pack = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    validate(pack)
    assert pack["source"]["wording"] is False
    outcomes = [outcome for unit in pack["units"] for outcome in unit["outcomes"]]
    assert {outcome["text"] for outcome in outcomes} == {""}
    assert {criterion["text"] for outcome in outcomes for criterion in outcome["criteria"]} == {""}


def test_catalogue_agrees_with_the_facts(facts):
    units = by_uan(json.loads(CATALOGUE.read_text(encoding="utf-8")))
    for fact in facts["units"]:
        unit = units[fact["uan"]]
        assert (unit["title"], unit["level"], unit["credit"]) == (
            fact["title"],
            fact["level"],
            fact["credit"],
        )
        codes = [[c["code"] for c in outcome["criteria"]] for outcome in unit["outcomes"]]
        assert codes == [[c["code"] for c in outcome["criteria"]] for outcome in fact["outcomes"]]


@pytest.mark.parametrize("change", ["no_line_ends", "windows_line_ends", "byte_order_mark"])
def test_same_units_whatever_the_bytes_between_lines(proqual, proqual_pack, change):
    other = {
        "no_line_ends": proqual.rstrip(b"\n"),
        "windows_line_ends": proqual.replace(b"\n", b"\r\n"),
        "byte_order_mark": b"\xef\xbb\xbf" + proqual,
    }[change]
    assert read_specification(other, "x")["units"] == proqual_pack["units"]
