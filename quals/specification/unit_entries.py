"""What was read of a unit becomes its entry in the pack; what would make the pack invalid is left out and said."""

import re
from dataclasses import dataclass, field

from .criteria.criteria import Outcome
from .findings import Findings
from .pairing import Pair
from .strategies.strategy import UnitStrategy
from .structures.table_rows import ListedRow

CODE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
UNSTATED = {
    "simulation": "unstated",
    "work_placement": "unstated",
    "knowledge_evidence": "unstated",
    "currency_years": None,
    "qualify_within_months": None,
}
LONGEST_TITLE = 300


@dataclass
class UnitRead:
    """A unit with all that its page says."""

    pair: Pair
    outcomes: list[Outcome] = field(default_factory=list)
    requirements: list[dict] = field(default_factory=list)
    strategy: UnitStrategy | None = None


def unit_entry(unit: UnitRead, row: ListedRow | None, findings: Findings) -> dict | None:
    """None, with an error, where level or credit are printed nowhere."""
    pair = unit.pair
    figures = {name: _figure(pair, row, name) for name in ("level", "credit", "glh")}
    if figures["level"] is None or not figures["credit"]:
        message = "Level or credit value of this unit are printed nowhere in the document: it was left out."
        findings.error(_line(pair), "unit-figures-missing", pair.subject, message)
        return None
    outcomes = _outcomes(unit, findings)
    entry = {"key": pair.key, "number": pair.number, "uan": pair.uan, "title": _title(pair, row)}
    entry |= figures | {"kind": _kind(unit, outcomes), "routes": ["portfolio"]}
    if unit.strategy:
        entry["routes"] = unit.strategy.routes or ["portfolio"]
        if unit.strategy.test:
            entry["test"] = unit.strategy.test
    entry["line"] = _line(pair)
    entry["strategy"] = unit.strategy.strategy if unit.strategy else dict(UNSTATED)
    return entry | {"outcomes": outcomes, "evidence_requirements": unit.requirements}


def _figure(pair: Pair, row: ListedRow | None, name: str) -> int | None:
    """The structure's first, then the page's, then another table's."""
    for source in (pair.place, pair.page):
        if source and getattr(source, name) is not None:
            return getattr(source, name)
    return row.figures.get(name) if row else None


def _line(pair: Pair) -> int:
    return (pair.page or pair.place).line


def _title(pair: Pair, row: ListedRow | None) -> str:
    titles = [source.title for source in (pair.page, pair.place, row) if source]
    return next((title for title in titles if title), pair.key)[:LONGEST_TITLE]


def _kind(unit: UnitRead, outcomes: list[dict]) -> str:
    if unit.strategy and unit.strategy.kind_printed:
        return unit.strategy.kind_printed
    return "knowledge" if outcomes and all(o["kind"] == "knowledge" for o in outcomes) else "competence"


def _outcomes(unit: UnitRead, findings: Findings) -> list[dict]:
    numbers: set[int] = set()
    codes: set[str] = set()
    entries = []
    for outcome in unit.outcomes:
        if outcome.number in numbers or not 0 < outcome.number < 100:
            subject = f"{unit.pair.subject}, outcome {outcome.number}"
            message = f"Outcome {outcome.number} is there twice or has no possible number: it was left out."
            findings.error(outcome.line, "outcome-left-out", subject, message)
            continue
        numbers.add(outcome.number)
        criteria = [_criterion(c) for c in outcome.criteria if _is_new(c, codes, unit, findings)]
        entry = {"number": outcome.number, "text": outcome.text, "kind": outcome.kind, "line": outcome.line}
        entries.append(entry | {"criteria": criteria})
    return entries


def _is_new(criterion, codes: set[str], unit: UnitRead, findings: Findings) -> bool:
    if criterion.code not in codes and CODE.fullmatch(criterion.code):
        codes.add(criterion.code)
        return True
    message = f"Criterion {criterion.code} is there twice or has no possible code: it was left out."
    findings.error(criterion.line, "criterion-left-out", f"{unit.pair.subject}, {criterion.code}", message)
    return False


def _criterion(criterion) -> dict:
    return {"code": criterion.code, "text": criterion.text, "line": criterion.line}
