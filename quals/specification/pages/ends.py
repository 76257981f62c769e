"""Where the last page of a unit ends: at an appendix, at the document's next section, at its address."""

import re
from itertools import pairwise

from ..findings import Findings
from ..read import BULLET, Line, plain
from ..tables import cells
from .anchors import Anchor
from .titles import NO_TITLE, normal

APPENDIX = re.compile(
    r"(?:appendi(?:x|ces)|annexe?s?|schedule)(?: [A-Z0-9]{1,3}\b)?(?: ?[:.–—-])?(?: [A-Z(].{0,200})?$"
)
SECTION = re.compile(r"(?P<number>[0-9]{1,2})\.? (?P<title>[A-Z].{2,150})$")
CODE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\b|outcome\b|unit\b", re.IGNORECASE)
CRITERION = re.compile(r"(?:^|[\t|>]|- )[ *]{0,6}[0-9]{1,2}\.[0-9]{1,2}\.?(?:\s|$|(?=[A-Z]))")
LABELLED = re.compile(r"(?:appendix|annexe?) \w{1,3}\b|[0-9]{1,2}$", re.IGNORECASE)
PAGE = re.compile(r"[1-9][0-9]{0,3}$")
MOST_STRANGERS = 3
ROWS_OF_A_UNIT = 3
ALONE = re.compile(r"(?:glossary|references|bibliography|useful contacts|sources of general information)$", re.I)


class PageEnds:
    def __init__(self, lines: list[Line], anchors: list[Anchor]):
        self.lines = lines
        before = lines[: anchors[0].start]
        self.parts = frozenset(name for names in listed_parts(before) for name in names if len(name) > 3)
        self.last_section = _last_section(before)
        ranks = {lines[a.start].heading_level for a in anchors}
        self.rank = ranks.pop() if len(ranks) == 1 and all(a.heading for a in anchors) else 0
        self.headings = self._heading_counts() if self.rank else {}

    def find(self, anchor: Anchor, stop: int) -> int:
        """The index after the page's last line."""
        first = (anchor.block.last if anchor.block else anchor.start) + 1
        return next((i for i in range(first, stop) if self._ends(self.lines[i])), stop)

    def report_criteria(self, outside: list[Line], findings: Findings) -> None:
        """Criteria behind the heading that ended a page, unless it is an appendix's or another section's."""
        in_part, last = False, 0
        for line in outside:
            in_part = (in_part and line.number == last + 1) or self._is_part(line)
            last = line.number
            if not in_part and CRITERION.search(line.text):
                message = (
                    "This line looks like a criterion, but stands outside the pages of every unit: it was left out."
                )
                findings.error(line.number, "text-left-over", "outside units", message)

    def report_lost_pages(self, before: list[Line], findings: Findings) -> None:
        """Rows of criteria in front of the first page are those of a unit whose heading is lost."""
        rows = [(line, code) for line in before if (code := _code_of_row(line.text))]
        goes_on = any(a[0] + 1 == b[0] and b[1] == 1 for (_, a), (_, b) in pairwise(rows))
        if len(rows) >= ROWS_OF_A_UNIT and goes_on:
            message = (
                f"{len(rows)} lines from here look like criteria, but no unit's page has begun: they were left out."
            )
            findings.error(rows[0][0].number, "text-left-over", "outside units", message)

    def _heading_counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for line in self.lines:
            if line.heading_level:
                counts[normal(line.text)] = counts.get(normal(line.text), 0) + 1
        return counts

    def _ends(self, line: Line) -> bool:
        return self._is_part(line) or self._is_other_heading(line)

    def _is_part(self, line: Line) -> bool:
        text = line.text
        if not text or len(text) > 240 or "\t" in text.strip() or text[0] in "|-" or BULLET.match(text):
            return False
        words = plain(text)
        if not words or words.endswith((".", ",", ";")):
            return False
        if APPENDIX.match(words[:1].lower() + words[1:]) or (ALONE.match(words) and line.heading_level):
            return True
        return self._is_section(words)

    def _is_section(self, words: str) -> bool:
        if normal(words) in self.parts:
            return True
        match = SECTION.match(words)
        return bool(match) and int(match["number"]) == self.last_section + 1 and normal(match["title"]) in self.parts

    def _is_other_heading(self, line: Line) -> bool:
        """Where all units' headings have one rank, another heading of that rank is another part's."""
        if not self.rank or not 0 < line.heading_level <= self.rank:
            return False
        words = plain(line.text)
        return self.headings[normal(line.text)] == 1 and not CODE.match(words) and not NO_TITLE.match(words)


def _code_of_row(text: str) -> tuple[int, int] | None:
    """The first code in a table's cell or a list with words behind it: no section's heading, no row of the contents."""
    if "." not in text or ("\t" not in text and "<p>" not in text and not BULLET.match(text)):
        return None
    match = CRITERION.search(text)
    row = cells(text) if match else []
    if not row or plain(row[-1]).isdigit():
        return None
    outcome, criterion = re.findall("[0-9]+", match.group())[:2]
    return int(outcome), int(criterion)


def listed_parts(lines: list[Line]) -> list[set[str]]:
    """What the contents list after the last unit, as rows with page numbers: each with and without its label."""
    parts: list[set[str]] = []
    page, strangers = 0, MOST_STRANGERS
    for line in lines:
        row = [words for cell in cells(line.text) if (words := plain(cell))] if "\t" in line.text else []
        number = int(row[-1]) if len(row) > 1 and PAGE.match(row[-1]) else 0
        if number and row[0].lower().startswith("unit"):
            parts, page, strangers = [], number, 0
        elif number >= page and number and strangers < MOST_STRANGERS:
            page, strangers = number, 0
            if len(row) == 3 and LABELLED.match(row[0]):
                parts.append({normal(row[1]), normal(row[0] + row[1])})
        elif line.text.strip():
            strangers += 1
    return parts


def _last_section(lines: list[Line]) -> int:
    """The highest section number before the units, counted from 1 without a gap."""
    last = 0
    for line in lines:
        match = SECTION.match(plain(line.text)) if line.text[:1].isdigit() or line.heading_level else None
        if match and "\t" not in line.text.strip() and int(match["number"]) == last + 1:
            last += 1
    return last
