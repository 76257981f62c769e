"""A document's lines have numbers, and their marks (of headings, items and cells) are told from their words."""

import html
import re
from dataclasses import dataclass

from .formats import lines_of
from .refusal import NotASpecification

TAG = re.compile(r"</?(?:b|i|u|em|strong|p|br|sup|sub|span)\s*/?>", re.IGNORECASE)
PARAGRAPH = re.compile(r"</?(?:p|br)\s*/?>", re.IGNORECASE)
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
BULLET = re.compile(r"^\s*[-*•]\s+")
# What looks like a space or like nothing is read as such; the document's own lines, as people see them, keep it.
UNSEEN = str.maketrans(
    dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
SPACE = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#x0*a0);", re.IGNORECASE)
NOTHING = re.compile(r"&(?:shy|zwnj|zwj|#173|#x0*ad|#8203|#x200b);", re.IGNORECASE)
# Many times as much as the longest specification: more than this is not read at all.
MOST_LINES = 60_000
MOST_CHARACTERS = 6_000_000
LONGEST_LINE = 40_000


@dataclass(frozen=True)
class Line:
    number: int
    text: str

    @property
    def heading_level(self) -> int:
        """1 to 6 for a heading, 0 for any other line."""
        match = HEADING.match(self.text)
        return len(match.group(1)) if match else 0


def document_lines(data: bytes) -> list[str]:
    """The document's lines, whatever its format: line n of a finding or a rule is element n - 1."""
    return lines_of(data)


def numbered_lines(data: bytes) -> list[Line]:
    """The same, each with its number; refused where there is more of it than any specification has."""
    lines = document_lines(data)
    if len(lines) > MOST_LINES or sum(map(len, lines)) > MOST_CHARACTERS:
        raise NotASpecification("This document holds more text than any specification: nothing was imported.")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise NotASpecification("This document has longer lines than any specification: nothing was imported.")
    return [Line(number, _seen(text)) for number, text in enumerate(lines, start=1)]


def _seen(text: str) -> str:
    text = text if text.isascii() else text.translate(UNSEEN)
    return NOTHING.sub("", SPACE.sub(" ", text)) if "&" in text else text


def plain(text: str) -> str:
    """The words alone: without tags, bold marks, heading marks and spare white space."""
    match = HEADING.match(text)
    text = match.group(2) if match else text
    text = TAG.sub(" ", text) if "<" in text else text
    text = unescaped(text)
    return " ".join(text.replace("**", "").split())


def unescaped(text: str) -> str:
    """Entities resolved; one with a number of thousands of digits, which Python refuses, stands as it is."""
    try:
        return html.unescape(text) if "&" in text else text
    except ValueError:
        return text


def paragraphs(text: str) -> list[str]:
    """The paragraphs inside one cell, as plain words; empty ones left out."""
    return [words for part in PARAGRAPH.split(text) if (words := plain(part))]
