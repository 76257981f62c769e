"""Reading the catalogue."""

from quals.queries.catalogue import (
    PrintedLine,
    PrintedRule,
    combination_of,
    criteria_of,
    evidence_requirements_of,
    findings_for,
    outcomes_of,
    places_open_on,
    printed_rules,
    qualifications_for,
    qualifications_of,
    structure_of,
    tree_of,
    units_for,
    wording_for,
)
from quals.queries.packs import differences_between, pack_of

__all__ = [
    "PrintedLine",
    "PrintedRule",
    "combination_of",
    "criteria_of",
    "differences_between",
    "evidence_requirements_of",
    "findings_for",
    "outcomes_of",
    "pack_of",
    "places_open_on",
    "printed_rules",
    "qualifications_for",
    "qualifications_of",
    "structure_of",
    "tree_of",
    "units_for",
    "wording_for",
]
