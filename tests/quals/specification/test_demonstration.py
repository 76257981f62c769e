"""Our own demonstration specification: what every newcomer sees first has to be read without a doubt."""

from quals.specification.checks import qan_holds, uan_holds


def qualification(pack):
    return pack["qualifications"][0]


def test_reads_without_any_finding(demonstration_pack):
    assert demonstration_pack["findings"] == []


def test_size_of_a_modest_diploma(demonstration_pack):
    units = demonstration_pack["units"]
    criteria = [c for unit in units for outcome in unit["outcomes"] for c in outcome["criteria"]]
    assert len(units) == 12
    assert len(criteria) == 157
    assert all(2 <= len(unit["outcomes"]) <= 4 for unit in units)
    assert all(criterion["text"] for criterion in criteria)


def test_rules_of_every_kind_are_printed_and_sure(demonstration_pack):
    rules = qualification(demonstration_pack)["rules"]
    assert [(r["bound"], r["measure"], r["amount"], r["of"]) for r in rules] == [
        ("at_least", "credits", 37, {}),
        ("at_least", "units", 3, {"groups": ["A"]}),
        ("at_least", "credits", 12, {"groups": ["B"]}),
        ("at_most", "credits", 12, {"groups": ["C"]}),
        ("at_least", "credits", 25, {"level": {"mode": "at_or_above", "value": 3}}),
    ]
    assert {rule["confidence"] for rule in rules} == {"printed"}


def test_rules_name_the_lines_that_print_them(demonstration_pack, demonstration):
    lines = demonstration.decode().split("\n")
    for rule in qualification(demonstration_pack)["rules"]:
        for number in rule["printed"]:
            assert str(rule["amount"]) in lines[number - 1] or "mandatory" in lines[number - 1].lower()


def test_profile_with_age_date_and_hours(demonstration_pack):
    facts = qualification(demonstration_pack)
    assert facts["minimum_age"] == 16
    assert facts["first_registration"] == "2023-09-01"
    assert (facts["last_registration"], facts["last_certification"]) == (None, None)
    assert (facts["level"], facts["credits"], facts["tqt"], facts["glh"]) == (3, 37, 370, 196)
    assert facts["evidence_kinds"] == ["O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL"]
    assert demonstration_pack["awarding_organisation"] == "Harbour Awards"


def test_a_unit_of_knowledge_alone_is_told_from_the_others(demonstration_pack):
    kinds = [unit["kind"] for unit in demonstration_pack["units"]]
    assert kinds == ["competence"] * 11 + ["knowledge"]


def test_units_have_hours_of_their_own(demonstration_pack):
    assert all(unit["glh"] > 0 for unit in demonstration_pack["units"])


def test_numbers_have_valid_check_characters(demonstration_pack):
    assert qan_holds(qualification(demonstration_pack)["qan"])
    assert all(uan_holds(unit["uan"]) for unit in demonstration_pack["units"])
