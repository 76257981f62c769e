"""A unit's pages become its outcomes and criteria, whatever kind of table each page was converted into."""

import re
from dataclasses import dataclass, field

from .checks import UAN
from .findings import Findings
from .read import Line, paragraphs, plain
from .tables import cells, is_broken_off, is_row

UNIT_HEADING = re.compile(rf"^Unit\s+(?P<uan>{UAN.pattern})(?:\s*[:–—-])?\s*(?P<title>.*)$")
HEAD = re.compile(
    r"(?:Learning Outcomes?|Assessment Criteri(?:on|a))"
    r"(?:\s*[:–—-]?\s*The (?:learner|candidate) (?:will|can)\b)?\s*:?",
    re.I,
)
PAGE_NUMBER = re.compile(r"^Page [0-9]{1,3}(?: of [0-9]{1,3})?$", re.IGNORECASE)
CODE_ALONE = re.compile(r"^(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})$")
CODE_FIRST = re.compile(r"^(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})(?:\s|(?=[A-Z]))")
ANY_CODE = re.compile(r"(?<!\S)(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})(?=\s|$|[A-Z])")
NUMBER_ALONE = re.compile(r"^(?P<outcome>[0-9]{1,2})[.)]?$")
NUMBER_FIRST = re.compile(r"^(?P<outcome>[0-9]{1,2})[.)]?\s+(?P<text>\S.*)$")

KNOWS = re.compile(r"^(?:understand|know|be aware)\b", re.IGNORECASE)
DOES = re.compile(r"^be able to\b", re.IGNORECASE)
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
        if KNOWS.match(self.text):
            return "knowledge"
        if DOES.match(self.text):
            return "performance"
        verbs = {criterion.text.split()[0].lower() for criterion in self.criteria if criterion.text}
        tells = bool(verbs & TELLING) and verbs <= TELLING | PERHAPS_TELLING
        return "knowledge" if tells else "performance"


@dataclass
class UnitPages:
    uan: str
    line: int
    title: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    left_over: list[int] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def criteria(self) -> list[Criterion]:
        return [criterion for outcome in self.outcomes for criterion in outcome.criteria]


def unit_pages(lines: list[Line]) -> tuple[list[UnitPages], list[Line]]:
    """The document cut at the headings of its units, and the lines after the first that are no unit's.

    Another heading of that rank ends a unit.
    """
    pages: list[UnitPages] = []
    outside: list[Line] = []
    rank, is_open = 0, False
    for line in lines:
        heading = UNIT_HEADING.match(plain(line.text)) if line.heading_level else None
        if heading:
            pages.append(UnitPages(heading.group("uan"), line.number, heading.group("title").strip()))
            rank, is_open = line.heading_level, True
        elif is_open and 0 < line.heading_level <= rank:
            is_open = False
            outside.append(line)
        elif pages:
            (pages[-1].lines if is_open else outside).append(line)
    return pages, outside


def holds_criteria(line: Line) -> bool:
    """Whether a line has a criterion's code where a criterion would have it."""
    pieces = [piece for cell in cells(line.text) for piece in paragraphs(cell)]
    return any(CODE_ALONE.match(piece) or CODE_FIRST.match(piece) for piece in pieces)


def read_unit(pages: UnitPages, findings: Findings) -> None:
    """Fill in the unit's outcomes and criteria from its lines; whatever belongs to neither is left over."""
    reader = UnitReader(pages, findings)
    for line in pages.lines:
        reader.take(line)
    reader.close()


class UnitReader:
    """Reads one unit line by line; knows which number and code have to come next."""

    def __init__(self, pages: UnitPages, findings: Findings):
        self.pages = pages
        self.findings = findings
        self.may_be_title = not pages.title
        self.open_head: int | None = None

    def take(self, line: Line) -> None:
        words = plain(line.text)
        if not HEAD.sub("", words).strip("| -"):
            self.open_head = line.number if words else self.open_head
            return
        if PAGE_NUMBER.match(words):
            return
        if self.may_be_title and not is_row(line.text) and not ANY_CODE.match(words):
            self.pages.title, self.may_be_title = words, False
            return
        self.may_be_title = False
        if is_broken_off(line.text):
            message = f"This row of {self.pages.uan} breaks off: the end of its wording is missing."
            self._error(line.number, "row-broken-off", self.pages.uan, message)
        pieces = [piece for cell in cells(line.text) for piece in paragraphs(cell)]
        while pieces:
            piece = pieces.pop(0)
            if CODE_ALONE.match(piece):
                text = pieces.pop(0) if pieces and not ANY_CODE.match(pieces[0]) else ""
                self._criteria(f"{piece} {text}".strip(), line)
            elif CODE_FIRST.match(piece):
                self._criteria(piece, line)
            elif not self._outcome(piece, pieces, line):
                self.pages.left_over.append(line.number)

    def close(self) -> None:
        """Say what is missing, once the unit has been read to its end."""
        uan = self.pages.uan
        if not self.pages.outcomes:
            self._error(self.pages.line, "unit-empty", uan, f"No outcome of {uan} could be read.")
        elif self.open_head:
            message = f"The heading of a table of {uan} is there, but nothing of the table."
            self._error(self.open_head, "table-empty", uan, message)
        for outcome in self.pages.outcomes:
            subject = f"{uan}, outcome {outcome.number}"
            if not outcome.text:
                message = f"Outcome {outcome.number} of {uan} has criteria, but its wording is not there."
                self._error(outcome.line, "outcome-text-missing", subject, message)
            if not outcome.criteria:
                message = f"Outcome {outcome.number} of {uan} has no criteria."
                self._error(outcome.line, "outcome-without-criteria", subject, message)

    def _outcome(self, piece: str, pieces: list[str], line: Line) -> bool:
        """Read an outcome's number and wording, in one cell or in two; False where this is none."""
        alone, first = NUMBER_ALONE.match(piece), NUMBER_FIRST.match(piece)
        number = int((alone or first).group("outcome")) if alone or first else 0
        if number != len(self.pages.outcomes) + 1:
            return False
        if first:
            text = first.group("text")
        elif pieces and not ANY_CODE.match(pieces[0]):
            text = pieces.pop(0)
        else:
            text = ""
        swallowed = next((m for m in ANY_CODE.finditer(text) if _code(m) == (number, 1)), None)
        if swallowed:
            pieces.insert(0, text[swallowed.start() :])
            text = text[: swallowed.start()].strip()
        self.pages.outcomes.append(Outcome(number, text, line.number))
        return True

    def _criteria(self, piece: str, line: Line) -> None:
        """One criterion, or several run together in one cell: cut where the code that comes next stands."""
        starts = [ANY_CODE.match(piece)]
        for match in list(ANY_CODE.finditer(piece))[1:]:
            number, criterion = _code(starts[-1])
            if _code(match) == (number, criterion + 1):
                starts.append(match)
            elif _code(match) in {(number, criterion + 2), (number + 1, 1)}:
                self._suspect(match, line)
        ends = [match.start() for match in starts[1:]] + [len(piece)]
        for match, end in zip(starts, ends, strict=True):
            self._criterion(*_code(match), piece[match.end() : end].strip(), line)

    def _criterion(self, number: int, criterion: int, text: str, line: Line) -> None:
        outcome = self._outcome_of(number, line)
        code, subject = f"{number}.{criterion}", f"{self.pages.uan}, {number}.{criterion}"
        if outcome is None or code in {known.code for known in outcome.criteria}:
            message = f"Criterion {code} of {self.pages.uan} is out of order or there twice: it was left out."
            self._error(line.number, "criterion-out-of-order", subject, message)
            return
        expected = int(outcome.criteria[-1].code.split(".")[1]) + 1 if outcome.criteria else 1
        if criterion != expected:
            message = f"Criterion {code} of {self.pages.uan} stands where {number}.{expected} should."
            self._error(line.number, "criterion-code-gap", subject, message)
        if not text:
            message = f"Criterion {code} of {self.pages.uan} has a code, but its wording is not there."
            self._error(line.number, "criterion-text-missing", subject, message)
        outcome.criteria.append(Criterion(code, text, line.number))
        self.open_head = None

    def _outcome_of(self, number: int, line: Line) -> Outcome | None:
        """The outcome a code belongs to: the last one, or the next one where only its criteria are left."""
        outcomes = self.pages.outcomes
        if number == len(outcomes) + 1:
            outcomes.append(Outcome(number, "", line.number))
        return outcomes[-1] if outcomes and outcomes[-1].number == number else None

    def _suspect(self, match: re.Match, line: Line) -> None:
        code = match.group(0)
        message = f"What looks like criterion {code} stands inside another criterion's wording."
        self._error(line.number, "code-inside-wording", f"{self.pages.uan}, {code}", message)

    def _error(self, line: int, code: str, subject: str, message: str) -> None:
        self.findings.error(line, code, subject, message)


def _code(match: re.Match) -> tuple[int, int]:
    return int(match.group("outcome")), int(match.group("criterion"))
