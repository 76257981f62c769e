"""Headings that repeat a criterion ("AC1.2: …") settle what its row in the table has lost."""

import re
from dataclasses import dataclass

from .rows import Code, Row
from .wording import WORD, is_within

HEADING = re.compile(r"AC ?(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})\b ?[:.–—-]?(?P<text>.*)$")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
ENDS = " .;:,"
MOST_LETTERS_LOST = 12
ALIKE = 0.5


@dataclass(frozen=True)
class Heading:
    text: str
    line: int


def headings_of(rows: list[Row]) -> dict[Code, Heading]:
    """The first heading of each criterion that the unit amplifies."""
    found: dict[Code, Heading] = {}
    for row in rows:
        match = HEADING.match(row.words) if row.words.startswith("AC") and row.width == 1 else None
        if match and match["text"].strip():
            code = int(match["outcome"]), int(match["criterion"])
            found.setdefault(code, Heading(match["text"].strip(), row.line))
    return found


def bare(text: str) -> str:
    """Wording for comparison: without the differences that mean nothing."""
    return " ".join(text.translate(QUOTES).split()).strip(ENDS).casefold()


def says_the_same(text: str, other: str) -> bool:
    return bare(text) == bare(other)


def is_alike(text: str, other: str) -> bool:
    """Whether two wordings can be one criterion's: half of the words of the shorter stand in the other."""
    words, others = ({word.casefold() for word in WORD.findall(part)} for part in (text, other))
    return len(words & others) >= ALIKE * max(1, min(len(words), len(others)))


def has_lost_letters(text: str, heading: str) -> bool:
    """Whether wording is its heading with some letters, commas or a short word left out."""
    text, heading = bare(text), bare(heading)
    return 0 < len(heading) - len(text) <= MOST_LETTERS_LOST and is_within(text, heading)


def has_broken_word(text: str, heading: str, known: dict[str, int]) -> bool:
    """Whether a word of the wording is a piece of one in the heading, and no word of the unit."""
    theirs = {word.casefold() for word in WORD.findall(heading)}
    ours = {word.casefold() for word in WORD.findall(text)} - theirs
    return any(known.get(word, 0) <= 1 and any(whole.startswith(word) for whole in theirs) for word in ours)
