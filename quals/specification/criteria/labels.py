"""Which lines of a unit say what stands below them: headings of criteria, of outcomes, of its other parts."""

import re
from itertools import takewhile

from .rows import Code, Row

OUTCOME_LINE = re.compile(r"(?:Learning [Oo]|O)utcome ?(?:(?P<number>[0-9]{1,2})(?: ?[:.–—-]| )|:)(?P<text>.*)$")
TAIL = re.compile(r"assessment criteri(?:on|a)[\s:]*$", re.IGNORECASE)
PHRASES = re.compile(
    r"learning outcomes?|assessment criteri(?:on|a)|the (?:learner|candidate)s? (?:will|can|should)(?: be able to)?",
    re.IGNORECASE,
)
LISTING = re.compile(r"the (?:learner|candidate) will(?: be able to)?:?$", re.IGNORECASE)
CRITERIA_SIDE = re.compile(r"ess? ?ment ?criteri", re.IGNORECASE)
NO_LABEL = re.compile(r"\band\b|[\W_]", re.IGNORECASE)

AMPLIFIED = re.compile(r"AC ?[0-9]{1,2}\.[0-9]{1,2}\b")
PAGE = re.compile(r"(?:Page [0-9]{1,3}(?: of [0-9]{1,3})?|(?:https?://|www\.)\S+)$", re.IGNORECASE)
UNIT = re.compile(r"Unit (?:[0-9]{1,4}\b|[A-Z]/[0-9]{3}/[0-9]{4})[*:\s–—-]*")
OTHER_PART = re.compile(
    r"Unit (?:amplification|aims?|summary|content|purpose|guidance)\b|Information for |Suggested resources|"
    r"(?:Additional )?[Ee]vidence requirements?\b|Assessment(?: (?:guidance|requirements?|methods?|strategy))?\s*:?$|"
    r"(?:Teaching|Delivery|Tutor|Assessor) (?:guidance|notes|strategies)\b|Guidance\b|Guided learning hours|"
    r"Details of the relationship|Relationship to|Support of the unit|Additional (?:information|guidance)|"
    r"Essential (?:guidance|resources)|Indicative content|Appendix\b|Annexe?\b"
)
OPENING = re.compile(r"(?:Understand|Know|Be able to)\b")
LONGEST_LABEL = 110
RUNNING_HEADS = 8
SCRAP = 3
LONGEST_NUMBER = 3


def is_page_mark(row: Row, code: Code, next_code: Code | None) -> bool:
    """A page number or an address; a number by itself may be that of the outcome whose criteria follow."""
    if row.width == 1 and len(row.words) <= LONGEST_NUMBER and row.words.isdecimal():
        number = int(row.words)
        return code[0] == number or next_code not in {(number, 1), (number, 2)}
    return bool(PAGE.match(row.words))


def is_head(row: Row) -> bool:
    """Whether a line is the heading of outcomes and criteria, however much of it conversion left."""
    if len(row.words) > LONGEST_LABEL:
        return False
    rest = PHRASES.sub("", row.words)
    if rest != row.words and not NO_LABEL.sub("", rest):
        return True
    letters = NO_LABEL.sub("", row.words.casefold())
    named = "outcomes" in letters and "essmentcriteria" in letters
    return named and (row.width > 1 or row.words[:1].isupper())


def is_scrap(row: Row) -> bool:
    """Whether a row is what conversion leaves of a heading that it took for letters here and there."""
    texts = [piece.text for piece in row.pieces]
    return len(texts) > 1 and max(map(len, texts)) <= SCRAP and any(map(str.isalpha, texts)) and not row.is_item


def is_listing(row: Row) -> bool:
    """Whether a list of the outcomes follows."""
    return bool(LISTING.search(row.words[-40:]))


def is_other_part(row: Row) -> bool:
    if AMPLIFIED.match(row.words):
        return True
    return len(row.pieces) == 1 and len(row.words) <= LONGEST_LABEL and bool(OTHER_PART.match(row.words))


def running_heads(rows: list[Row]) -> frozenset[str]:
    """The unit's title and what else stands above its pages and may be repeated on each of them."""
    words = [row for row in rows if row.words][:RUNNING_HEADS]
    plain = takewhile(lambda row: row.width == 1 and not row.is_item and not row.codes, words)
    return frozenset(bare for row in plain if len(bare := _bare(row)) <= LONGEST_LABEL and not bare[:1].isdigit())


def is_running_head(row: Row, heads: frozenset[str]) -> bool:
    if len(row.words) > 2 * LONGEST_LABEL:
        return False
    return bool(UNIT.match(row.words)) or (len(row.pieces) == 1 and _bare(row) in heads)


def _bare(row: Row) -> str:
    return UNIT.sub("", row.words, count=1).strip().casefold()
