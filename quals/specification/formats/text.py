"""Bytes become text, whatever their encoding, and text becomes the lines that an editor shows."""

import codecs
import re

from ..refusal import NotASpecification
from .writing import MOST_LINES, TOO_LONG

NOT_TEXT = "This file is not text (a picture, a program or a damaged file): nothing was imported."
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WINDOWS = "".join(bytes([n]).decode("cp1252", "replace") for n in range(256))
CONTROLS = "".join(map(chr, [*range(9), *range(14, 32), 127]))
FEW = 100  # one control character in so many is a slip; more is something else than text
LINE_END = re.compile("\r\n|\r|\n")
WEB_PAGE = re.compile(
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|link|style|script|table|div|main|article|section|header|h[1-6])"
    r"[\s>])",
    re.IGNORECASE,
)
# An editor shows these inside a line: to the reader they are white space.
INSIDE = "\x0b\x0c\x85\u2028\u2029"
SPACES = str.maketrans(dict.fromkeys(INSIDE, " "))


def decoded(data: bytes) -> str:
    """The text of these bytes without control characters; refused where there are too many to be text."""
    text = _decoded(data)
    controls = [(character, count) for character in CONTROLS if (count := text.count(character))]
    if sum(count for _, count in controls) * FEW > len(text):
        raise NotASpecification(NOT_TEXT)
    for character, _ in controls:
        text = text.replace(character, "")
    return text


def lines_in(text: str) -> list[str]:
    """Its lines, ended by LF, CR LF or CR as in an editor, so that line numbers mean the same to everyone."""
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise NotASpecification(TOO_LONG)
    return [_line(line) for line in LINE_END.split(text)]


def is_web_page(beginning: str) -> bool:
    """Whether this text begins as a web page does, after any comments."""
    beginning = beginning.lstrip()
    while beginning.startswith(("<!--", "<?xml")):
        beginning = beginning.partition(">")[2].lstrip()
    return bool(WEB_PAGE.match(beginning))


def _line(line: str) -> str:
    return line if line.isascii() and "\x0b" not in line and "\x0c" not in line else _spaced(line)


def _spaced(line: str) -> str:
    """A form feed before a line's first word is no part of it."""
    return line.lstrip(INSIDE).translate(SPACES)


def _decoded(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _broken(data)


def _broken(data: bytes) -> str:
    """UTF-8 with a few broken characters stays UTF-8; what was never UTF-8 is read as Windows wrote it."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    kept = len(text) - lost - len(text.encode("ascii", "ignore"))
    return text if kept > lost else codecs.charmap_decode(data, "strict", WINDOWS)[0]
