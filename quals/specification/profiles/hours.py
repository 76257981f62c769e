"""Total qualification time and guided learning hours where sentences, and no rows, print them."""

import re

from ..read import Line
from ..structures.listings import words

NAMES = {
    "tqt": r"(?:total qualification time(?: ?\(tqt\))?|tqt)",
    "glh": r"(?:guided learning(?: hours)?(?: ?\(glh?\))?|glh)",
}
SENTENCES = {
    label: re.compile(
        rf"\b{name} (?:for|of) (?:this|the) qualification is (?P<hours>[0-9][0-9,]{{0,5}})"
        r"(?: hours)?(?=[.,;]|$| and\b)",
        re.IGNORECASE,
    )
    for label, name in NAMES.items()
}
LONGEST = 600


def hours_in_sentences(lines: list[Line], label: str) -> tuple[str, int] | None:
    """The number as printed, with its line."""
    for line in lines:
        if len(line.text) > LONGEST or "qualification is" not in line.text:
            continue
        if match := SENTENCES[label].search(words(line.text)):
            return match.group("hours"), line.number
    return None
