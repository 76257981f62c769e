"""A document is cut into the pages of its units, each with what its heading block says."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ..findings import Findings
from ..read import Line, plain
from ..structures.listings import Listed
from ..structures.table_rows import table_rows
from .anchors import Anchor, Anchors
from .ends import PageEnds
from .headings import Heading, unit_heading
from .naming import Known, name_pages, read_uan
from .titles import find_title

ROWS_OF_A_STRUCTURE = 3
MOST_BEFORE = 5
RECOMMENDED = re.compile(r"\brecommended that (?P<hours>[0-9]{1,4}) (?:guided learning )?hours\b", re.IGNORECASE)


@dataclass
class UnitPage:
    line: int
    number: str | None
    uan: str | None
    title: str
    level: int | None = None
    credit: int | None = None
    glh: int | None = None
    type: str | None = None
    lines: list[Line] = field(default_factory=list)
    mark: str = ""


def cut_pages(lines: list[Line], listed: list[Listed], findings: Findings) -> tuple[list[UnitPage], list[Line]]:
    """The unit pages in the document's order, and the lines that are in none of them."""
    known = Known(listed)
    found = (unit_heading(i, line) for i, line in enumerate(lines))
    headings = [heading for heading in found if heading and not heading.listed and not heading.is_prose]
    anchors = _behind_structure(Anchors(lines, headings, known).found(), lines)
    if not anchors:
        return [], list(lines)
    ends = PageEnds(lines, anchors)
    pages, repeated, outside = [], [], list(lines[: anchors[0].start])
    indexes = [heading.index for heading in headings]
    for anchor, following in zip(anchors, [*anchors, None][1:], strict=True):
        stop = following.start if following else len(lines)
        end = ends.find(anchor, stop)
        outside += lines[end:stop]
        pages.append(_page(anchor, lines, end, known, findings))
        n = bisect_right(indexes, anchor.start)
        repeated.append(headings[n] if n < len(headings) and headings[n].index < end else None)
    ends.report_lost_pages(lines[: anchors[0].start], findings)
    ends.report_criteria([line for line in outside if line.number > pages[0].line], findings)
    name_pages(pages, repeated, [anchor.heading is None for anchor in anchors], known, findings)
    return pages, outside


def _behind_structure(anchors: list[Anchor], lines: list[Line]) -> list[Anchor]:
    """Without what only looked like a page in front of the tables that list the units."""
    for n in range(min(MOST_BEFORE, len(anchors) - 1), 0, -1):
        if len(table_rows(lines[anchors[n - 1].start : anchors[n].start])) >= ROWS_OF_A_STRUCTURE:
            return anchors[n:]
    return anchors


def _page(anchor: Anchor, lines: list[Line], end: int, known: Known, findings: Findings) -> UnitPage:
    heading, block = anchor.heading, anchor.block
    facts = block.facts if block else {}
    uan = heading.uan if heading else None
    if "uan" in facts:
        uan = read_uan(facts["uan"], lines[block.first].number, known, findings) or uan
    number = (heading.number if heading else None) or facts.get("number")
    title = facts.get("title", "")
    if not title and anchor.start < (block.first if block else end):
        at = heading or Heading(anchor.start - 1, None, None, "", "", 0, False)
        title = find_title(lines, at, block.first if block else end, bool(block), known.titles)
    page = UnitPage(lines[anchor.start].number, number, uan, title, lines=lines[anchor.start : end])
    page.level, page.credit, page.glh = (_figure(facts.get(kind)) for kind in ("level", "credit", "glh"))
    page.glh = page.glh if page.glh is not None else _recommended_hours(page.lines)
    page.type = facts.get("type")
    page.mark = heading.mark if heading else ""
    return page


def _figure(printed: str | None) -> int | None:
    return int(printed) if printed else None


def _recommended_hours(lines: list[Line]) -> int | None:
    """Hours that are printed in a sentence instead of beside a label."""
    for line in lines:
        if "hours" in line.text and (match := RECOMMENDED.search(plain(line.text))):
            return int(match.group("hours"))
    return None
