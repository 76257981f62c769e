"""A unit's title, put together from the lines that a heading was broken into."""

import re

from ..read import BULLET, Line, plain
from .headings import Heading, labels

NO_TITLE = re.compile(
    r"(?:unit |aims?\b|summary$|"
    r"learning outcomes?|assessment|evidence|outcome [0-9]|guided learning|details of|support of|endorsement|"
    r"teaching|guidance|information for|suggested|the learner|to pass|relationship|[0-9]{1,2}\.[0-9]|notes?$)",
    re.IGNORECASE,
)
NOISE = re.compile(r"(?:page )?[0-9]{1,4}(?: of [0-9]{1,4})?$|(?:https?://|www\.)\S+$", re.IGNORECASE)
BROKEN_AT_HYPHEN = re.compile(r"(?<=\w)- (?!(?:and|or|to)\b)(?=[a-z])")
SHARED_WORD = re.compile(r"(?:and|or|to)\b")
NOT_WORD = re.compile(r"[\W_]+")
MOST_LINES = 6
LONGEST_LINE = 120


def normal(title: str) -> str:
    """Letters and figures alone, so that titles can be compared however they are broken or capitalised."""
    return NOT_WORD.sub("", title).casefold()


def joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        text += part if not text or (text.endswith("-") and not SHARED_WORD.match(part)) else f" {part}"
    return BROKEN_AT_HYPHEN.sub("-", text)


def find_title(lines: list[Line], heading: Heading, stop: int, has_block: bool, titles: frozenset[str]) -> str:
    """The longest title that the document lists too; without one, what stands between heading and block."""
    parts = [heading.title] if heading.title else []
    parts += _lines_after(lines, heading.index + 1, stop)
    for n in range(len(parts), 0, -1):
        if normal("".join(parts[:n])) in titles:
            return joined(parts[:n])
    return joined(parts if has_block else parts[:1])


def _lines_after(lines: list[Line], first: int, stop: int) -> list[str]:
    found: list[str] = []
    for line in lines[first : min(stop, first + 4 * MOST_LINES)]:
        text = line.text
        words = plain(text)
        if not words or NOISE.match(words):
            continue
        if len(found) == MOST_LINES or _is_no_title(text, words) or labels(line):
            break
        found.append(words)
    return found


def _is_no_title(text: str, words: str) -> bool:
    if "\t" in text.strip() or text.lstrip().startswith("|") or BULLET.match(text) or NO_TITLE.match(words):
        return True
    return len(words) > LONGEST_LINE or (len(words) > 40 and words.endswith("."))
