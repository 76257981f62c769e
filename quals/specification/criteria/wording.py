"""The words of a cell or a line: cleaned of marks, joined where a line or page broke them, mended where clipped."""

import re

from ..read import BULLET, HEADING, unescaped
from ..tables import RULE_MARKS, cells

BREAK = re.compile(r"</?(?:p|br|li|ul|ol|div)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
MARK = r"(?:</?(?:b|i|u|em|strong|sup|sub|span|font)(?:\s[^<>]{0,200})?/?>|\*\*)"
MARK_IN_WORD = re.compile(rf"(?<=\w){MARK}{{1,8}}(?=\w)", re.IGNORECASE)
ANY_MARK = re.compile(MARK, re.IGNORECASE)
UNSEEN = {ord(mark): None for mark in "\u00ad\u200b\u200c\u200d\ufeff"}

OPEN_HYPHEN = re.compile(r"(?<=\w)- (?=[a-z])(?!(?:and|or|to|and/or|nor|but)\b(?!-))")
HYPHENED = re.compile(r"\b([\w'’]{1,40})- ([a-z][\w'’]{0,40})")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
UNFINISHED = frozenset(
    [
        "a",
        "an",
        "and",
        "and/or",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "that",
        "the",
        "their",
        "to",
        "with",
        "within",
    ]
)
CUT_OFF = frozenset(["a", "an", "and", "and/or", "as", "from", "into", "of", "or", "the", "their", "within"])
OPENINGS = ("Understand", "Be able to", "Know")
OPENING_WORDS = frozenset(word for opening in OPENINGS for word in opening.split())
LONGEST_TITLE = 400
SHORTEST_END = 3


def clean(text: str) -> str:
    """The words alone, with single spaces between them."""
    text = ANY_MARK.sub("", MARK_IN_WORD.sub(" ", BREAK.sub(" ", text)))
    return " ".join(unescaped(text).translate(UNSEEN).split())


def paragraphs(cell: str) -> list[str]:
    """The paragraphs inside one cell, as plain words; empty ones left out."""
    return [words for part in BREAK.split(cell) if (words := clean(part))]


def row_paragraphs(text: str) -> list[list[str]]:
    """The cells of a line, each as its paragraphs; a ruled line has none."""
    if RULE_MARKS.issuperset(text):
        return []
    heading = HEADING.match(text)
    text = heading.group(2) if heading else text
    return [paragraphs(BULLET.sub("", cell)) for cell in cells(text)]


def vocabulary(texts: list[str]) -> dict[str, int]:
    """How often each word of the texts stands in them, whatever its capitals."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in WORD.findall(text.casefold()):
            counts[word] = counts.get(word, 0) + 1
    return counts


def close_hyphens(text: str, known: dict[str, int]) -> str:
    """Close the space that a line break left after a hyphen ("well- known"), not one that is meant ("pre- and")."""
    if "- " not in text:
        return text
    text = HYPHENED.sub(lambda match: _fused(match, known), text)
    return OPEN_HYPHEN.sub("-", text)


def _fused(match: re.Match, known: dict[str, int]) -> str:
    """A word that was divided at the end of a line loses the hyphen, where the unit prints it without one elsewhere."""
    first, second = match.groups()
    divided = f"{first}{second}".casefold() in known and f"{first}-{second}".casefold() not in known
    return first + second if divided else match.group(0)


def is_unfinished(text: str) -> bool:
    """Whether wording cannot end like this: something of it has to follow."""
    last = text.rsplit(None, 1)[-1:] or [""]
    return text.endswith((",", "(", "-", "/", ":", "–", "&")) or last[0].casefold() in UNFINISHED


def is_cut_off(text: str) -> bool:
    """Whether wording ends in a word that nothing ends in, such as an article."""
    return text.rsplit(None, 1)[-1].casefold() in CUT_OFF if text else False


def continues(before: str, text: str) -> bool:
    """Whether a piece is the rest of the wording before it rather than wording of its own."""
    return is_unfinished(before) or text[:1].islower() or text[:1] in ",;:)/"


def is_within(short: str, long: str) -> bool:
    """Whether `short` is `long` with some characters left out."""
    rest = iter(long)
    return all(mark in rest for mark in short)


def is_clipped(text: str) -> bool:
    """Whether a title begins in the middle of a word or sentence."""
    return text[:1].islower() and not text.casefold().startswith(tuple(o.casefold() for o in OPENINGS))


def mend_title(text: str, known: dict[str, int]) -> str | None:
    """A title whose left edge was clipped, with the first letters of its broken words given back.

    Nothing where one of them is neither the end of a single other word of the unit nor of a usual opening.
    """
    words = _mend_opening(text).split(" ")
    if len(text) > LONGEST_TITLE or is_clipped(words[0]):
        return None
    ends = _endings(known, {word.casefold() for word in words})
    for i, word in enumerate(words):
        if known.get(word.casefold(), 0) > 1 or not WORD.fullmatch(word) or word in OPENING_WORDS:
            continue
        whole = ends.get(word.casefold(), set())
        if len(whole) > 1 or (len(word) <= SHORTEST_END and not whole) or len(word) < SHORTEST_END:
            return None
        words[i] = whole.pop() if whole else word
    return " ".join(words)


def _mend_opening(text: str) -> str:
    for opening in OPENINGS:
        for cut in range(1, len(opening) - 2):
            if text.startswith(f"{opening[cut:]} "):
                return opening + text[len(opening) - cut :]
    return text


def _endings(known: dict[str, int], wanted: set[str]) -> dict[str, set[str]]:
    """The known words that end in a wanted one and are up to four letters longer."""
    ends: dict[str, set[str]] = {}
    for word in known:
        for cut in range(1, min(5, len(word) - 1)):
            if word[cut:] in wanted:
                ends.setdefault(word[cut:], set()).add(word)
    return ends
