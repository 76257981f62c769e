"""The awarding organisation's name and motto, printed at the foot of pages, are no part of the units between them."""

from collections import Counter
from itertools import pairwise

from ..read import Line, plain
from .pages import UnitPage

FEWEST = 3
LONGEST = 80


def blank_footers(pages: list[UnitPage], lines: list[Line], organisation: str) -> None:
    """Make the lines blank in which the name stands alone, and the motto that always follows it."""
    texts = ["" if "\t" in line.text or len(line.text) > LONGEST else plain(line.text).casefold() for line in lines]
    name = organisation.casefold()
    times = Counter(texts)
    if not name or times[name] < FEWEST:
        return
    after = Counter(text for before, text in pairwise(texts) if before == name)
    footers = {name} | {text for text, n in after.items() if text and n >= FEWEST and n == times[text]}
    for page in pages:
        first = page.lines[0].number if page.lines else 0
        page.lines = [
            Line(line.number, "") if line.number > first and texts[line.number - 1] in footers else line
            for line in page.lines
        ]
