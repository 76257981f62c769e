"""A line of the evidence requirements, in any form of list or table, becomes paragraphs with their marks in front."""

import re
from dataclasses import dataclass

from ..read import BULLET, Line, paragraphs, plain
from ..tables import cells, is_row

PART = re.compile(
    r"(?:[0-9.]{1,6} )?(?:(?:unit|specific|additional|performance) )?evidence requirements?(?: for (?:this|the) unit)?"
    r"(?: ?\(?cont(?:inued|['’]?d|\.)?\)?)? ?:?",
    re.I,
)
COLUMN_HEAD = re.compile(r"(?:no|number|ref(?:erence)?|(?:evidence )?requirements?)?[.:]?", re.I)


@dataclass(frozen=True)
class Piece:
    """One paragraph of the part; `certain` where its mark stood in a cell of its own."""

    line: int
    text: str
    bullet: bool = False
    indent: int = 0
    certain: bool = False


def opens_part(text: str) -> bool:
    if BULLET.match(text):
        return False
    first = next((cell for cell in cells(text[:200]) if cell), "")
    return PART.fullmatch(plain(first)) is not None


def pieces_of(line: Line) -> list[Piece]:
    """The paragraphs of a line; a mark in a cell of its own is joined to the text beside it."""
    indent = len(line.text) - len(line.text.lstrip())
    if not cells(line.text):
        return []
    if not is_row(line.text):
        bullet = BULLET.match(line.text)
        text = line.text[bullet.end() :] if bullet else line.text
        return [Piece(line.number, words, bool(bullet), indent) for words in paragraphs(text.removeprefix("o "))]
    found, mark = [], ""
    row = [words for cell in cells(line.text) for words in paragraphs(cell)]
    if all(COLUMN_HEAD.fullmatch(words) for words in row):
        return []
    for words in row:
        if not mark and re.fullmatch(r"\(?(?:[0-9]{1,2}|[a-z])[.):]{0,2}", words):
            mark = words.strip("().:")
        else:
            found.append(Piece(line.number, f"{mark} {words}".strip(), False, indent, bool(mark)))
            mark = ""
    return found
