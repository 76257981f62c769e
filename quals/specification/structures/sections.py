"""Where a document prints the structure of each qualification: from which line to which."""

import re
from collections import deque
from dataclasses import dataclass, field

from ..checks import QAN, UAN
from ..read import Line
from .groups import group_title
from .joining import OPEN_END
from .listings import columns, row_words, words
from .places import looks_like_place

STRUCTURE = re.compile(
    r"^(?:(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[A-Z])\.? )?(?:the )?(?:(?:qualification|unit|award)s? )?"
    r"(?:structures?(?: and rules? of combination)?|rules? of combination)"
    r"(?: of (?:the|this|these) qualifications?)?:?$",
    re.IGNORECASE,
)
TITLE_WORDS = re.compile(r"\b(?:level|award|certificate|diploma)\b", re.IGNORECASE)
NUMBERED_HEADING = re.compile(r"^(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|Annexe?|Appendix) +[A-Z0-9]")
RULE_WORDS = re.compile(r"\b(?:credits?|units?|groups?)\b", re.IGNORECASE)
UNIT_PAGE = re.compile(r"^Unit (?:[A-Z]{0,3}[0-9]{1,4}[A-Z]?|[A-Z]/[0-9]{3}/[0-9]{4})\b[*: ]*", re.IGNORECASE)
BARS = re.compile(r"\b(?:barred|can ?not|may not|must not|mutually)\b", re.IGNORECASE)
LONGEST_HEAD = 160
LONGEST_UNIT_HEADING = 300
BLOCK = 14
NEAR = 4


@dataclass
class Section:
    """The lines of one qualification's structure; `titles` are the lines that open a group."""

    lines: list[Line]
    line: int
    title: str = ""
    qan: str | None = None
    titles: set[int] = field(default_factory=set)

    @property
    def has_group_titles(self) -> bool:
        return bool(self.titles)


def cut_sections(lines: list[Line], end: int | None) -> list[Section]:
    """One section for each qualification that has a table of units; `end` is the line of the first unit page."""
    marks = _marks(lines, end)
    first = next((i for i, mark in enumerate(marks) if mark == "head"), None)
    if first is None:
        return []
    place = next((i for i, mark in enumerate(marks) if mark == "place"), len(marks))
    limit = first_page(lines, place) if end is None else len(marks)
    heads = _qualification_heads(lines, marks, limit)
    starts = heads or [_start(lines, marks, first)]
    sections = []
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else limit
        section = _section(lines, marks, start, stop)
        if section:
            sections.append(section)
    return sections


def _marks(lines: list[Line], end: int | None) -> list[str]:
    """What each line is to a table of units: its "head", a "place" in it, another "row", "text" or nothing."""
    marks, found = [], None
    for line in lines:
        if end is not None and line.number >= end:
            break
        row = row_words(line)
        if not any(row):
            marks.append("")
        elif header := columns(row) if len(row) > 1 else None:
            found = header
            marks.append("head")
        elif found and looks_like_place(row, found):
            marks.append("place")
        else:
            marks.append("row" if len(row) > 1 else "text")
    return marks


def first_page(lines: list[Line], after: int) -> int:
    """Where unit pages begin, going by their headings alone: the first unit with its reference close behind."""
    ahead = deque(i for i in range(after, len(lines)) if "/" in lines[i].text and UAN.search(lines[i].text))
    for i in range(after, len(lines)):
        text = lines[i].text
        while ahead and ahead[0] < i:
            ahead.popleft()
        if not ahead:
            break
        if ahead[0] >= i + BLOCK or len(text) > LONGEST_UNIT_HEADING or "\t" in text or BARS.search(text):
            continue
        if "nit" in text.lower() and UNIT_PAGE.match(words(text)):
            return i
    return len(lines)


def _qualification_heads(lines: list[Line], marks: list[str], limit: int) -> list[int]:
    """Lines that name a qualification with its number and have a table of units before the next such line."""
    heads = []
    for i in range(limit):
        text = words(lines[i].text) if marks[i] == "text" and "/" in lines[i].text else ""
        if len(text) < LONGEST_HEAD and len(QAN.findall(text)) == 1 and TITLE_WORDS.search(text):
            heads.append(i)
    bounds = [*heads, limit]
    return [head for head, stop in zip(heads, bounds[1:], strict=True) if "place" in marks[head:stop]]


def _start(lines: list[Line], marks: list[str], first: int) -> int:
    """The heading over the structure; without one, the heading or the line above the first table."""
    headings = [i for i in range(first) if marks[i] == "text" and STRUCTURE.match(words(lines[i].text))]
    if headings:
        return headings[0]
    return next((i for i in range(first, -1, -1) if lines[i].heading_level), max(0, first - NEAR))


def _section(lines: list[Line], marks: list[str], start: int, stop: int) -> Section | None:
    text = words(lines[start].text)
    qans = QAN.findall(text)
    title = re.sub(r"\s*[(\[]?\s*(?:QAN|QN|Ofqual)?:?\s*$", "", text[: text.index(qans[0])].strip()) if qans else ""
    stop = _stop(lines, marks, start, stop)
    if "place" not in marks[start:stop]:
        return None
    if not (qans or STRUCTURE.match(text) or _has_groups(lines, marks, start, stop)):
        return None
    part = lines[start + 1 : stop]
    found = {lines[i].number for i in range(start + 1, stop) if _opens_group(lines, marks, i)}
    return Section(part, lines[start].number, title, qans[0] if qans else None, found)


def _has_groups(lines: list[Line], marks: list[str], start: int, stop: int) -> bool:
    """A table of units under no group's title, structure's heading or qualification's number is a mere list."""
    return any(
        _opens_group(lines, marks, i) or (marks[i] == "head" and _heads_group(row_words(lines[i])))
        for i in range(start, stop)
    )


def _heads_group(row: list[str]) -> bool:
    found = columns(row)
    return bool(found and group_title(row[found["title"]]))


def _stop(lines: list[Line], marks: list[str], start: int, stop: int) -> int:
    """Where the structure ends: at the first heading behind its last table."""
    rank = lines[start].heading_level
    places = [i for i in range(start, stop) if marks[i] == "place"] or [stop]
    first, last = places[0], places[-1]
    for i in range(start + 1, stop):
        level = lines[i].heading_level
        if rank and 0 < level <= rank and i > first and not group_title(words(lines[i].text)):
            return i
        if i > last and not rank and _looks_like_heading(lines[i], marks[i]):
            return i
    return stop


def _looks_like_heading(line: Line, mark: str) -> bool:
    text = words(line.text)
    if mark != "text" or not text or len(text) > 80 or text[-1] in ".:;,":
        return False
    if line.heading_level or NUMBERED_HEADING.match(text):
        return not RULE_WORDS.search(text)
    return text[0].isupper() and len(text.split()) <= 8 and not RULE_WORDS.search(text)


def _opens_group(lines: list[Line], marks: list[str], at: int) -> bool:
    """A group's title: alone in its row, a heading, or a paragraph with a table right behind it."""
    line = lines[at]
    if marks[at] in ("", "head", "place"):
        return False
    row = row_words(line)
    full = [cell for cell in row if cell]
    title = group_title(full[0]) if len(full) == 1 else None
    if title is None:
        return False
    if len(row) > 1 or line.heading_level:
        return True
    if at and marks[at - 1] == "text" and OPEN_END.search(words(lines[at - 1].text)):
        return False
    near = [mark for mark in marks[at + 1 : at + 12] if mark][: 1 if title[2] else NEAR]
    ahead = next((mark for mark in near if mark != "text"), "")
    return ahead in ("head", "place")
