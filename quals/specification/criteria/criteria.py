"""A unit's lines become its outcomes and criteria, whatever kind of table each page was converted into."""

import re
from dataclasses import dataclass, field

from ..findings import Findings
from ..read import Line
from .amplification import headings_of
from .entries import Reading
from .mending import Mender
from .numbering import Titled, settle, written
from .rows import row_of
from .sequence import read_sequence

KNOWS = re.compile(r"(?:understand|know|be aware)\b", re.IGNORECASE)
DOES = re.compile(r"be able to\b", re.IGNORECASE)
FIRST_WORD = re.compile(r"\W*(\w+)")
TELLING = frozenset(
    [
        "compare",
        "define",
        "describe",
        "discuss",
        "distinguish",
        "explain",
        "give",
        "illustrate",
        "list",
        "name",
        "outline",
        "state",
    ]
)
PERHAPS_TELLING = frozenset(
    ["analyse", "assess", "clarify", "evaluate", "identify", "interpret", "justify", "summarise"]
)


@dataclass
class Criterion:
    code: str
    text: str
    line: int


@dataclass
class Outcome:
    number: int
    text: str
    line: int
    criteria: list[Criterion] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Its own first words say it, else the verbs of its criteria: all of them telling, none of them doing."""
        if KNOWS.match(self.text):
            return "knowledge"
        if DOES.match(self.text):
            return "performance"
        firsts = (FIRST_WORD.match(criterion.text) for criterion in self.criteria)
        verbs = {first[1].lower() for first in firsts if first}
        tells = bool(verbs & TELLING) and verbs <= TELLING | PERHAPS_TELLING
        return "knowledge" if tells else "performance"


def read_outcomes(lines: list[Line], subject: str, findings: Findings) -> list[Outcome]:
    """The outcomes of one unit from all lines of its pages. `subject` names the unit in findings: "unit 401"."""
    rows = [row_of(line) for line in lines]
    reading = read_sequence(rows)
    headings = headings_of(rows)
    found = settle(reading, headings, subject, findings)
    Mender(rows, reading.listed, headings, subject).mend(found, findings)
    _say_noticed(reading, subject, findings)
    _say_missing(found, reading, lines[0].number if lines else None, subject, findings)
    return [_outcome(outcome) for outcome in found]


def _outcome(found: Titled) -> Outcome:
    criteria = [Criterion(written(item.code), item.text, item.line) for item in found.items]
    return Outcome(found.number, found.text, found.line, criteria)


def _say_noticed(reading: Reading, subject: str, findings: Findings) -> None:
    for line in reading.broken_rows:
        message = "This row breaks off: the end of its wording is missing."
        findings.error(line, "row-broken-off", subject, message)
    for line, code, severity in reading.suspects:
        message = f"What looks like criterion {written(code)} stands inside another criterion's wording."
        getattr(findings, severity)(line, "code-inside-wording", f"{subject}, {written(code)}", message)
    for line, scrap in reading.scraps:
        message = "Letters that belong to no wording were left out: what is left of a heading or of a column's edge."
        findings.note(line, "scrap-left-out", subject, message, printed=scrap)


def _say_missing(found: list[Titled], reading: Reading, line: int | None, subject: str, findings: Findings) -> None:
    if not found:
        findings.error(line, "unit-empty", subject, "No outcome of this unit could be read.")
    elif reading.empty_head:
        message = "The heading of a table is there, but nothing of the table."
        findings.error(reading.empty_head, "table-empty", subject, message)
    numbers = {outcome.number for outcome in found}
    for number in sorted(set(range(1, max(numbers, default=0))) - numbers):
        message = f"There is no outcome {number}, though there is a later one."
        findings.error(line, "outcome-missing", f"{subject}, outcome {number}", message)
    for outcome in found:
        _say_gaps(outcome, subject, findings)


def _say_gaps(outcome: Titled, subject: str, findings: Findings) -> None:
    if not outcome.items:
        message = f"Outcome {outcome.number} has no criteria."
        findings.error(outcome.line, "outcome-without-criteria", f"{subject}, outcome {outcome.number}", message)
    expected = 1
    for item in outcome.items:
        if item.code[1] != expected:
            code, missing = written(item.code), f"{outcome.number}.{expected}"
            message = f"The numbering goes on with {code} where {missing} should stand; codes were kept as printed."
            findings.warning(item.line, "criterion-code-gap", f"{subject}, {code}", message)
        expected = item.code[1] + 1
