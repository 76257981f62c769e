"""Our own demonstration specification: what every newcomer sees first has to be read without a doubt."""

from quals.specification.checks import qan_holds, uan_holds

WORDS = {1: "one", 2: "two"}


def qualification(pack):
    return pack["qualifications"][0]


def test_reads_without_any_finding(demonstration_pack):
    assert demonstration_pack["findings"] == []


def test_size_of_a_modest_diploma(demonstration_pack):
    units = demonstration_pack["units"]
    criteria = [c for unit in units for outcome in unit["outcomes"] for c in outcome["criteria"]]
    assert len(units) == 15
    assert len(criteria) == 178
    assert all(2 <= len(unit["outcomes"]) <= 4 for unit in units)
    assert all(criterion["text"] for criterion in criteria)


def test_rules_of_every_kind_are_printed_and_sure(demonstration_pack):
    rules = qualification(demonstration_pack)["rules"]
    assert [(r["bound"], r["measure"], r["amount"], r["of"]) for r in rules] == [
        ("at_least", "credits", 37, {}),
        ("at_least", "units", 3, {"groups": ["A"]}),
        ("at_least", "credits", 20, {"groups": ["B", "C", "D"]}),
        ("at_least", "credits", 12, {"groups": ["B"]}),
        ("at_least", "units", 1, {"groups": ["B"]}),
        ("at_least", "units", 1, {"groups": ["C"]}),
        ("at_most", "credits", 12, {"groups": ["C"]}),
        ("at_most", "units", 1, {"groups": ["D"]}),
        ("at_most", "units", 2, {"units": ["L/900/0143", "L/900/0157", "A/900/0199"]}),
        ("at_most", "units", 1, {"units": ["H/900/0150", "A/900/0199"]}),
        ("at_most", "units", 1, {"units": ["A/900/0185", "R/900/0192"]}),
        ("at_least", "credits", 25, {"level": {"mode": "at_or_above", "value": 3}}),
        ("at_least", "credits", 9, {"groups": ["A"], "level": {"mode": "exactly", "value": 3}}),
        ("at_most", "credits", 10, {"groups": ["B", "C", "D"], "level": {"mode": "exactly", "value": 2}}),
    ]
    assert {rule["confidence"] for rule in rules} == {"printed"}


def test_rules_name_the_lines_that_print_them(demonstration_pack, demonstration):
    lines = demonstration.decode().split("\n")
    for rule in qualification(demonstration_pack)["rules"]:
        for number in rule["printed"]:
            line = lines[number - 1].lower()
            names = [unit.lower() in line for unit in rule["of"].get("units", [])]
            amounts = [str(rule["amount"]), WORDS.get(rule["amount"], ""), "mandatory"]
            assert all(names) if names else any(word and word in line for word in amounts)


def test_profile_with_age_date_and_hours(demonstration_pack):
    facts = qualification(demonstration_pack)
    assert facts["minimum_age"] == 16
    assert facts["first_registration"] == "2023-09-01"
    assert (facts["last_registration"], facts["last_certification"]) == (None, None)
    assert (facts["level"], facts["credits"], facts["tqt"], facts["glh"]) == (3, 37, 370, 198)
    assert facts["evidence_kinds"] == ["O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL", "S"]
    assert demonstration_pack["awarding_organisation"] == "Harbour Awards"


def test_a_unit_of_knowledge_alone_is_told_from_the_others(demonstration_pack):
    kinds = [unit["kind"] for unit in demonstration_pack["units"]]
    assert kinds == ["competence"] * 11 + ["knowledge"] + ["competence"] * 3


def test_units_have_hours_of_their_own(demonstration_pack):
    assert all(unit["glh"] > 0 for unit in demonstration_pack["units"])


def test_numbers_have_valid_check_characters(demonstration_pack):
    assert qan_holds(qualification(demonstration_pack)["qan"])
    assert all(uan_holds(unit["uan"]) for unit in demonstration_pack["units"])


def test_evidence_requirements_of_every_kind_with_their_choices(demonstration_pack):
    asked = [each for unit in demonstration_pack["units"] for each in unit["evidence_requirements"]]
    assert {each["kind"] for each in asked} == {"context", "coverage", "period", "occasions", "prohibition", "other"}
    choices = [(each["choose"], len(each["of"])) for each in asked if "choose" in each]
    assert choices == [(3, 5), ("all", 4), (2, 4), (1, 2)]


def test_units_are_bound_to_a_registration_date_by_their_marks(demonstration_pack):
    last = qualification(demonstration_pack)["groups"][-1]["units"]
    assert last[:2] == [
        {"unit": "A/900/0185", "registered_before": "2026-09-01", "mark": "*"},
        {"unit": "R/900/0192", "registered_from": "2026-09-01", "mark": "**"},
    ]


def test_a_unit_may_forbid_simulation(demonstration_pack):
    policies = {unit["key"]: unit["strategy"]["simulation"] for unit in demonstration_pack["units"]}
    assert policies["D/900/0101"] == "not_allowed"
    assert policies["T/900/0122"] == "unstated"
