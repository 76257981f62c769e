"""Running heads, feet and page numbers are no part of a document's text: repeated ones are taken out."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .printed import Grid, Line, Sheet

MARGIN = 0.085  # of the page's height, at its top and bottom
SAME_PLACE = 1.5
NEAR = 4  # pages before and after: heads of left and right pages differ, and each part may have its own
ROOM = 0.9  # between a head or foot and the text, in letters' heights
OFTEN = 2  # pages near it that have the same; two alike may be chance
NUMBER = re.compile(r"(?:page |\|\s?)?([0-9]{1,4})(?: of [0-9]{1,4}| ?\| ?page)?", re.IGNORECASE)
ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
FIRST = re.compile(r"^([0-9]{1,4})\s+(?=\S)")
LAST = re.compile(r"(?:page\s)?([0-9]{1,4})(?:\sof\s[0-9]{1,4})?$", re.IGNORECASE)
NAMED = re.compile(r"\b(?:unit|outcome|group|level|appendix|section|part|module|annexe?|version|issue)\s*$", re.I)


@dataclass(frozen=True)
class Mark:
    """A line in a margin; `number` is what may be the page's number, taken out of `text`."""

    text: str
    number: int | None
    top: float


def without_furniture(sheets: list[Sheet], body: float) -> None:
    """Take out page numbers, and lines apart from the text that stand in the same place on several pages near.

    The first of its kind stays, in the body's size: it may be the one place where a version is printed.
    """
    found = [[(line, _mark(line)) for line in _apart(sheet)] for sheet in sheets]
    for at, sheet in enumerate(sheets):
        for line, mark in found[at]:
            before = _pages_with(mark, found, range(max(at - NEAR, 0), at), at)
            after = _pages_with(mark, found, range(at + 1, min(at + NEAR + 1, len(found))), at)
            if before + after < (OFTEN if mark.text else 1):
                continue
            if before or not mark.text:
                sheet.parts.remove(line)
            line.size = min(line.size, body)


def _apart(sheet: Sheet) -> list[Line]:
    """The outermost lines of a page's margins, if there is room between them and what follows inwards."""
    down = sorted(sheet.parts, key=lambda part: part.top)
    up = sorted(sheet.parts, key=lambda part: -part.bottom)
    heads = _until_room(down, sheet, lambda outer, inner: inner.top - outer.bottom)
    feet = _until_room(up, sheet, lambda outer, inner: outer.top - inner.bottom)
    return heads + feet


def _until_room(parts: list[Line | Grid], sheet: Sheet, room: Callable) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        if lines and room(lines[-1], part) > ROOM * lines[-1].size:
            return lines
        if not isinstance(part, Line) or not _in_margin(part, sheet):
            return []
        lines.append(part)
    return lines


def _in_margin(line: Line, sheet: Sheet) -> bool:
    return line.bottom < MARGIN * sheet.height or line.top > (1 - MARGIN) * sheet.height


def _pages_with(mark: Mark, found: list[list[tuple[Line, Mark]]], pages: range, here: int) -> int:
    return sum(any(_same(mark, other, here - page) for _, other in found[page]) for page in pages)


def _same(mark: Mark, other: Mark, pages: int) -> bool:
    if mark.text != other.text or abs(mark.top - other.top) > SAME_PLACE:
        return False
    if mark.number is None or other.number is None:
        return mark.number is other.number
    return mark.number in (other.number, other.number + pages)


def _mark(line: Line) -> Mark:
    text = " ".join(line.text.split())
    number = NUMBER.fullmatch(text)
    if number or ROMAN.fullmatch(text):
        return Mark("", int(number.group(1)) if number else None, line.top)
    if match := FIRST.match(text):
        return Mark(text[match.end() :], int(match.group(1)), line.top)
    match = LAST.search(text)
    if match and not NAMED.search(text[: match.start()]):
        return Mark(text[: match.start()], int(match.group(1)), line.top)
    return Mark(text, None, line.top)
