"""A document's bytes become numbered lines of text, or are refused in one sentence."""

import html
import re
from dataclasses import dataclass

from .refusal import NotASpecification

TAG = re.compile(r"</?(?:b|i|u|em|strong|p|br|sup|sub|span)\s*/?>", re.IGNORECASE)
PARAGRAPH = re.compile(r"</?(?:p|br)\s*/?>", re.IGNORECASE)
HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
BULLET = re.compile(r"^\s*[-*•]\s+")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
WEB_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)

KNOWN_BINARY = (
    (b"%PDF", "This is a PDF file, which cannot be read yet: save its text as a .txt file and import that."),
    (b"PK\x03\x04", "This is a Word document or an archive: save its text as a .txt file and import that."),
)
LARGEST = 20_000_000
NOT_TEXT = "This file is not text (a picture, a program or a damaged file): nothing was imported."


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
    """The document's lines: line n of a finding or a rule is element n - 1. Split at line feeds only."""
    return [line.removesuffix("\r") for line in _text(data).split("\n")]


def numbered_lines(data: bytes) -> list[Line]:
    return [Line(number, text) for number, text in enumerate(document_lines(data), start=1)]


def plain(text: str) -> str:
    """The words alone: without tags, bold marks, heading marks and spare white space."""
    match = HEADING.match(text)
    text = match.group(2) if match else text
    return " ".join(html.unescape(TAG.sub(" ", text)).replace("**", "").split())


def paragraphs(text: str) -> list[str]:
    """The paragraphs inside one cell, as plain words; empty ones left out."""
    return [words for part in PARAGRAPH.split(text) if (words := plain(part))]


def _text(data: bytes) -> str:
    if not data.strip():
        raise NotASpecification("This file is empty: there is nothing to import.")
    if len(data) > LARGEST:
        raise NotASpecification("This file is larger than any specification (20 MB): nothing was imported.")
    for beginning, sentence in KNOWN_BINARY:
        if data.startswith(beginning):
            raise NotASpecification(sentence)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotASpecification(NOT_TEXT) from error
    if CONTROL.search(text):
        raise NotASpecification(NOT_TEXT)
    if WEB_PAGE.search(text[:2000]):
        raise NotASpecification("This is a web page, not a specification document: nothing was imported.")
    return text
