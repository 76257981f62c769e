"""A document in any format becomes lines: which format it is, its first bytes say, never its name."""

import hashlib

from ..refusal import NotASpecification
from . import text
from .child import lines_from_child

LARGEST = 20_000_000
EMPTY = "This file is empty: there is nothing to import."
TOO_LARGE = "This file is larger than any specification (20 MB): nothing was imported."
REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "This is an old Word document (.doc) or one with a password: save it as .docx without one, and import that.",
    ),
    (b"{\\rtf", "This is a rich text file (.rtf): save it as .docx and import that."),
)
CONVERTED = ((b"%PDF", "pdf"), (b"PK\x03\x04", "word"))
BEFORE_A_HEADER = b"\xef\xbb\xbf\x00 \t\r\n\x0c"

# The last conversion: reading a document and storing its lines are two calls with the same bytes.
_last: tuple[bytes, list[str]] = (b"", [])


def lines_of(data: bytes) -> list[str]:
    """The document's lines, the same for the same bytes; NotASpecification where there is no text to be had."""
    if len(data) > LARGEST:
        raise NotASpecification(TOO_LARGE)
    beginning = data[:1024].lstrip(BEFORE_A_HEADER)
    if not beginning and not data.strip():
        raise NotASpecification(EMPTY)
    for sign, sentence in REFUSED:
        if beginning.startswith(sign):
            raise NotASpecification(sentence)
    for sign, kind in CONVERTED:
        if beginning.startswith(sign):
            return _converted(kind, data)
    words = text.decoded(data)
    if text.is_web_page(words[:4000]):
        return _converted("web", data)
    return text.lines_in(words)


def _converted(kind: str, data: bytes) -> list[str]:
    global _last
    digest, lines = _last
    wanted = hashlib.sha256(data).digest()
    if digest != wanted:
        lines = lines_from_child(kind, data)
        _last = (wanted, lines)
    return list(lines)
