"""Where printed sentences end, and which lines go on with the sentence in the lines above."""

import re

from ..checks import UAN
from ..read import BULLET, Line

# No sentence ends behind "Max.", "Min." or "No.".
ABBREVIATED = r"(?<![Mm]ax\.)(?<![Mm]in\.)(?<!\b[Nn]o\.)(?<![Nn]os\.)"
SENTENCE_END = re.compile(
    rf"(?<=[.;]){ABBREVIATED}\s+(?=[A-Z0-9(])"
    r"|;\s*|(?<=:)\s+(?!Groups?\b)(?=[A-Z][a-z])"
)
LONGEST_SENTENCE = 2000
# A line that ends in one of these words goes on in the next, however that begins.
OPEN_END = re.compile(
    r"\b(?:from|of|at|least|most|than|the|an?|groups?|levels?|minimum|maximum|must|be|may|and|or|to|with|credits?)$",
    re.I,
)
LISTS_UNITS = re.compile(r"\bfollowing(?: units?)?\b[^.;]{0,60}:(?: [A-Z0-9/]+,)*$", re.IGNORECASE)
LISTED_UNIT = re.compile(rf"(?:unit )?(?P<key>{UAN.pattern}|[0-9]{{1,4}})\b(?! (?:credits?|units?))", re.IGNORECASE)
NEAR = 4


def sentences_of(text: str) -> list[str]:
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence and sentence.strip()]


def goes_on(last: str, ends: int, text: str, line: Line) -> str:
    """The words that a line adds to the sentence that ends in line `ends`; empty where it begins one of its own."""
    if len(last) >= LONGEST_SENTENCE or "\t" in line.text:
        return ""
    if LISTS_UNITS.search(last) and (key := LISTED_UNIT.match(text)) and line.number - ends < NEAR:
        return f"{key.group('key')},"
    if line.number != ends + 1 or last[-1:] in ".;:" or BULLET.match(line.text):
        return ""
    return text if text[:1].islower() or OPEN_END.search(last) else ""
