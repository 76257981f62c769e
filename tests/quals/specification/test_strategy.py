"""A unit's own word on how it may be assessed comes first, then its annexe's, then the document's."""

import json

import pytest

from quals.specification.findings import Findings
from quals.specification.pages.pages import UnitPage, cut_pages
from quals.specification.read import Line, numbered_lines
from quals.specification.strategies.strategy import read_strategies

OPEN = {
    "simulation": "unstated",
    "work_placement": "unstated",
    "knowledge_evidence": "unstated",
    "currency_years": None,
    "qualify_within_months": None,
}


def document(*parts):
    """Lines and pages from parts: text, or a unit's number, title and text."""
    lines, pages = [], []
    for part in parts:
        number, title, text = part if isinstance(part, tuple) else (None, "", part)
        own = [Line(len(lines) + offset, words) for offset, words in enumerate(text.split("\n"), start=1)]
        lines += own
        if number:
            pages.append(UnitPage(own[0].number, number, None, title, lines=own))
    return lines, pages


def read(*parts):
    findings = Findings()
    lines, pages = document(*parts)
    strategies = read_strategies(lines, pages, findings)
    return [strategies[page.line] for page in pages], [entry["code"] for entry in findings.as_list()]


def test_unit_of_a_silent_document_takes_the_portfolio_and_states_nothing():
    (unit,), codes = read("Welcome", ("7", "Bake", "Unit 7\n1.1 Explain how simulation is used in bakeries"))
    assert (unit.kind_printed, unit.routes, unit.test, unit.strategy, codes) == (None, ["portfolio"], None, OPEN, [])


@pytest.mark.parametrize(
    ("sentence", "simulation", "warned"),
    [
        ("Simulation is not allowed for bread.", "not_allowed", []),
        ("Simulation is not permitted.", "not_allowed", []),
        ("No simulation.", "not_allowed", []),
        ("Bread must be assessed in a real working environment.", "not_allowed", []),
        ("Evidence from a realistic working environment is not permissible.", "not_allowed", []),
        ("Assessment may be based on baking at work or through simulation.", "realistic_working_environment", []),
        (
            "If bread is simulated, it must be assessed in a realistic working environment.",
            "realistic_working_environment",
            [],
        ),
        ("Simulation is not allowed unless the oven is on fire.", "not_allowed", ["simulation-exception"]),
        (
            "Evidence from a realistic working environment is permissible. Simulation is not allowed.",
            "realistic_working_environment",
            ["simulation-exception"],
        ),
        ("Bakers like simulation.", "unstated", []),
        ("Bakers may permit themselves some simulation.", "unstated", ["strategy-unread"]),
    ],
)
def test_simulation_is_read_from_the_units_own_sentence(sentence, simulation, warned):
    (unit,), codes = read(("7", "Bake", f"Unit 7\n\nUnit assessment requirements\n\n{sentence}"))
    assert (unit.strategy["simulation"], codes) == (simulation, warned)


def test_guidance_and_criteria_are_not_the_units_policy():
    text = "Unit 7\n\nUnit amplification\n\nSimulation is not allowed in some shops.\n\nAssessment\n\nBake."
    (unit,), _ = read(("7", "Bake", text))
    assert unit.strategy["simulation"] == "unstated"


def test_work_placement_is_read_from_an_evidence_requirement():
    text = "Evidence requirements\n\n- 1 Evidence from a work placement is not permissible."
    (unit,), _ = read(("7", "Bake", text))
    assert unit.strategy["work_placement"] == "not_allowed"


ANNEXES = """Annexe A: Strategy for bread

Simulation may only be used for the following loaves:

Ref.\tUnit title\tLevel
B 1\tBake for guests\t1

Annexe B: Strategy for cakes

If a cake is simulated, it must be baked in a 'realistic working environment'.

Annexe C: Strategy for pies

- 1.1 Pies must be assessed in a real work environment, with the exception of the level 1 Award.
- 1.2 A pie is no older than three years."""


def named(letter):
    return f"Unit\n\nUnit assessment requirements\n\nThis unit follows the strategy in *Annexe {letter}*."


def test_annexe_holds_for_the_units_that_name_it():
    units, codes = read(
        ("1", "Bake for guests", named("A")),
        ("2", "Bake alone", named("A")),
        ("3", "Ice a cake", named("B")),
        ("4", "Crimp a pie", named("C")),
        ("5", "Sweep", "Unit\n\nAssessment\n\nSweep."),
        ANNEXES,
    )
    assert [unit.strategy["simulation"] for unit in units] == [
        "realistic_working_environment",
        "not_allowed",
        "realistic_working_environment",
        "not_allowed",
        "unstated",
    ]
    assert [unit.strategy["currency_years"] for unit in units] == [None, None, None, 3, None]
    assert codes == []


def test_units_own_word_is_kept_against_its_annexe_and_the_contradiction_is_a_warning():
    text = named("A") + " Simulation is not allowed."
    (unit,), codes = read(("1", "Bake for guests", text), ANNEXES)
    assert (unit.strategy["simulation"], codes) == ("not_allowed", ["strategy-contradiction"])


def test_document_speaks_for_all_its_units():
    text = """Simulation is not accepted in bakeries.

Units for their role \N{EN DASH} within 18 months for Assessors or IVS; within 12 months for EVs.\t\tx"""
    units, _ = read(text, ("1", "Bake", "Unit 1"), ("2", "Sell", "Unit 2"))
    assert {unit.strategy["simulation"] for unit in units} == {"not_allowed"}
    assert units[0].strategy["qualify_within_months"] == {"assessor": 18, "iqa": 18, "eqa": 12}


def test_roles_named_before_a_single_limit_are_bound_by_it():
    (unit,), _ = read("Internal verifiers must hold the award within two years.", ("1", "Bake", "Unit 1"))
    assert unit.strategy["qualify_within_months"] == {"iqa": 24}


def test_years_of_a_persons_experience_are_no_limit_of_evidence():
    (unit,), _ = read("Assessors need experience within the last two years.", ("1", "Bake", "Unit 1"))
    assert unit.strategy["currency_years"] is None


def test_imported_unit_is_not_governed_by_the_documents_strategy():
    units, _ = read(
        "This is from the assessment strategy provided by Ovens.\nSimulation is not allowed.",
        ("1", "Bake", "Assessment requirements specified by a sector body:\tThis unit is endorsed by Ovens"),
        ("2", "Count", "Assessment requirements specified by a sector body:\tThis unit is endorsed by Sums"),
    )
    assert [unit.strategy["simulation"] for unit in units] == ["not_allowed", "unstated"]


def test_simulation_in_one_qualification_only_holds_for_its_units_and_is_a_warning():
    text = """Level 1 NVQ Award in Baking (QAN 600/0001/1)
UAN\tUnit\tTitle
A/500/0001\t1\tBake
Level 2 NVQ Certificate in Baking (QAN 600/0002/3)
A/500/0001\t1\tBake
A/500/0002\t2\tSell
Bread of Certificates must be based on learner performance at work.
Only the Level 1 Award in Baking can be simulated"""
    units, codes = read(text, ("1", "Bake", "Unit 1"), ("2", "Sell", "Unit 2"))
    assert [unit.strategy["simulation"] for unit in units] == ["realistic_working_environment", "not_allowed"]
    assert codes == ["simulation-by-qualification"]


def test_knowledge_must_be_explicit_in_competence_units():
    text = "Knowledge-based outcomes in competence units \N{EN DASH} these cannot be inferred from performance."
    units, _ = read(
        text,
        ("1", "Bake", "Unit 1\n\nUnit type: Competence"),
        ("2", "Know flour", "Unit 2\n\nUnit type:\tKnowledge"),
    )
    assert [(unit.kind_printed, unit.strategy["knowledge_evidence"]) for unit in units] == [
        ("competence", "explicit"),
        ("knowledge", "unstated"),
    ]


def test_unknown_type_is_a_warning():
    (unit,), codes = read(("1", "Bake", "Unit 1\n\nUnit type: Crusty"))
    assert (unit.kind_printed, codes) == (None, ["unit-type-unknown"])


LISTED = """The following units may be taken by an onscreen test or a Portfolio of Evidence.

- Unit 2: Know flour
- Unit 3: Know yeast

The following unit is assessed by a Portfolio of Evidence only.

Unit 4: Know ovens"""

TABLE = """The table shows the onscreen tests.

Unit 2: Know flour\t
Length of assessment\tThe test will be 45 minutes
Number of marks\t30
Unit 3: Know yeast\t
Length of assessment\t1 hour 15 minutes
Number of marks\t25"""


@pytest.fixture
def knowing():
    return [
        (number, title, f"Unit {number}")
        for number, title in (("2", "Know flour"), ("3", "Know yeast"), ("4", "Know ovens"))
    ]


def test_onscreen_tests_are_read_from_list_and_table(knowing):
    units, codes = read(LISTED, TABLE, *knowing)
    both = ["portfolio", "onscreen_test"]
    assert [(unit.routes, unit.test) for unit in units] == [
        (both, {"minutes": 45, "marks": 30}),
        (both, {"minutes": 75, "marks": 25}),
        (["portfolio"], None),
    ]
    assert codes == []


def test_onscreen_test_without_a_length_has_none(knowing):
    units, _ = read(LISTED, *knowing)
    assert (units[0].routes, units[0].test) == (["portfolio", "onscreen_test"], None)


def test_onscreen_tests_are_read_from_a_table_with_columns(knowing):
    text = "Onscreen tests\n\nUnit\tTitle\tLength in minutes\tMarks\n2\tKnow flour\t45\t30\nUnit 3\tKnow yeast\t50\t40"
    units, _ = read(text, *knowing)
    assert [unit.test for unit in units] == [{"minutes": 45, "marks": 30}, {"minutes": 50, "marks": 40}, None]


def test_page_tells_its_own_test():
    text = """Unit 2

Assessment

This unit can be assessed through a Portfolio of Evidence, or externally through an onscreen test.
The test has 25 marks and lasts 35 minutes."""
    (unit,), _ = read(("2", "Know flour", text))
    assert (unit.routes, unit.test) == (["portfolio", "onscreen_test"], {"minutes": 35, "marks": 25})


def test_page_that_knows_only_a_test_has_no_portfolio():
    (unit,), _ = read(("2", "Know flour", "Unit 2\n\nAssessment\n\nThis unit is assessed by an on-screen test."))
    assert unit.routes == ["onscreen_test"]


def test_other_length_on_the_page_is_kept_and_warned_of():
    text = "Unit 2\n\nAssessment\n\nPortfolio or onscreen test. The test lasts 40 minutes and is worth 30 marks."
    (unit,), codes = read(TABLE, ("2", "Know flour", text))
    assert (unit.test, codes) == ({"minutes": 40, "marks": 30}, ["strategy-contradiction"])


def test_route_for_a_unit_without_a_page_is_a_warning():
    _, codes = read(LISTED, ("2", "Know flour", "Unit 2"), ("3", "Know yeast", "Unit 3"))
    assert codes == ["route-without-page"]


def test_other_title_in_the_list_of_tests_is_a_warning():
    _, codes = read(LISTED, ("2", "Sell flour", "Unit 2"), ("3", "Know yeast", "Unit 3"), ("4", "Know ovens", "Unit 4"))
    assert codes == ["title-differs"]


def test_strategies_of_a_real_document_agree_with_its_facts(specifications):
    path = specifications.parent / "facts" / "pearson-601-3478-1.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    lines = numbered_lines((specifications / facts["source"]).read_bytes())
    pages, _ = cut_pages(lines, [], Findings())
    findings = Findings()
    strategies = read_strategies(lines, pages, findings)
    printed = {unit["number"]: unit for unit in facts["units"]}
    assert len(pages) == len(printed)
    for page in pages:
        unit, fact = strategies[page.line], printed[int(page.number)]
        simulation = {"rwe": "realistic_working_environment"}.get(fact["simulation"], fact["simulation"])
        assert (unit.kind_printed, unit.strategy["simulation"]) == (fact["type"], simulation), page.number
        minutes, marks = (fact["assessment"].get(f"onscreen_{name}") for name in ("minutes", "marks"))
        assert unit.test == ({"minutes": minutes, "marks": marks} if minutes else None)
        assert ("onscreen_test" in unit.routes) == bool(minutes)
        explicit = "explicit" if fact["type"] == "competence" else "unstated"
        assert unit.strategy["knowledge_evidence"] == explicit
        assert unit.strategy["currency_years"] == (3 if fact["annexe"] == "D" else None)
    assert findings.entries == []
