"""Reading the catalogue."""

from quals.queries.catalogue import (
    PrintedLine,
    PrintedRule,
    criteria_of,
    evidence_requirements_of,
    findings_for,
    outcomes_of,
    printed_rules,
    qualifications_for,
    qualifications_of,
    structure_of,
    tree_of,
    units_for,
    wording_for,
)
from quals.queries.combining import (
    Combination,
    UnknownUnit,
    combination_of,
    combinations_of,
    qualification_named,
)
from quals.queries.packs import differences_between, minor_differences_between, pack_of, printed_pack_of
from quals.queries.reviewed import lines_of, structure_review, unit_review
from quals.queries.reviewing import (
    document_to_read,
    documents_for,
    doubts_for,
    draft_to_look_at,
    review_of,
    specifications_for,
)

__all__ = [
    "Combination",
    "PrintedLine",
    "PrintedRule",
    "UnknownUnit",
    "combination_of",
    "combinations_of",
    "criteria_of",
    "differences_between",
    "document_to_read",
    "documents_for",
    "doubts_for",
    "draft_to_look_at",
    "evidence_requirements_of",
    "findings_for",
    "lines_of",
    "minor_differences_between",
    "outcomes_of",
    "pack_of",
    "printed_pack_of",
    "printed_rules",
    "qualification_named",
    "qualifications_for",
    "qualifications_of",
    "review_of",
    "specifications_for",
    "structure_of",
    "structure_review",
    "tree_of",
    "unit_review",
    "units_for",
    "wording_for",
]
