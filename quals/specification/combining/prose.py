"""Whether a sentence may hold a rule of combination at all, or speaks of the document, of assessment or of hours."""

import re

from ..structures.structure import Structure
from .vocabulary import (
    ABOUT_THE_DOCUMENT,
    ALL_OF,
    AMOUNT,
    BOUNDED,
    CONDITIONAL,
    GROUPS,
    LEVEL,
    OBLIGES,
    PATHWAY,
    SPEAKS_OF_BOUNDS,
    SPEAKS_OF_UNITS,
    figure,
)

# "… holds four units", "… consists of 2 mandatory and 8 optional units": what is there, not what is asked for.
DESCRIBES = re.compile(
    r"\b(?:holds?|contains?|consists? of|comprises?|comprising|(?:is|are) made up of|there (?:are|is)|offers?)\b",
    re.IGNORECASE,
)
HOURS = re.compile(r"\b(?:hours?|glh|tqt|total qualification time)\b", re.IGNORECASE)
OF_ASSESSMENT = re.compile(
    r"\b(?:is|are|be) (?:[a-z]+ly )?(?:and [a-z]+ly )?"
    r"(?:assessed|verified|moderated|marked|graded|quality assured|delivered|taught|sampled|standardised)\b",
    re.IGNORECASE,
)
OF_CENTRES = re.compile(
    r"^(?:the )?(?:approved )?(?:centres?|assessors?|tutors?|teachers?|trainers?|verifiers?)\b", re.I
)
LEARNERS = re.compile(r"\b(?:learners?|candidates?)\b", re.IGNORECASE)
UNIT_CREDIT = re.compile(r"\b(?:certificates? of unit credits?|unit certificates?|certificates? for units)\b", re.I)
ACHIEVED = re.compile(r"\b(?:complete|achieve|pass|gain|obtain|take)[ns]?d?\b|\b(?:taken|passed)\b", re.IGNORECASE)
ORDER = re.compile(r"\bin any order\b", re.IGNORECASE)
PAGE = re.compile(r"\bpages? [0-9]+(?: ?[–-] ?[0-9]+)?\b|\b(?:section|appendix|annexe?) [0-9A-Z.]+\b", re.IGNORECASE)


def speaks_of_rules(text: str) -> bool:
    """Whether a sentence that could not be read has to be looked at by a person."""
    if _about_the_document(text):
        return False
    if PATHWAY.search(text):
        return True
    words = PAGE.sub(" ", LEVEL.sub(" ", text))
    return bool(SPEAKS_OF_UNITS.search(words) and SPEAKS_OF_BOUNDS.search(words))


def is_no_rule(text: str, structure: Structure) -> bool:
    """A sentence with the words of a rule that is none; anything that may be one is not."""
    if _about_the_document(text) or _describes(text, structure):
        return True
    counts = AMOUNT.search(text)
    if HOURS.search(text) and not GROUPS.search(text) and not BOUNDED.search(text):
        return True
    if counts or PATHWAY.search(text) or CONDITIONAL.search(text) or (ALL_OF.search(text) and ACHIEVED.search(text)):
        return False
    if UNIT_CREDIT.search(text) or ORDER.search(text):
        return True
    if OF_ASSESSMENT.search(text) and not GROUPS.search(text):
        return True
    return bool(OF_CENTRES.search(text) and not LEARNERS.search(text) and not re.search("[0-9]", text))


def _about_the_document(text: str) -> bool:
    return bool(ABOUT_THE_DOCUMENT.search(text)) and not OBLIGES.search(text)


def _describes(text: str, structure: Structure) -> bool:
    """Numbers of units and credits that are those of the tables themselves."""
    amounts = list(AMOUNT.finditer(text))
    if not amounts or not DESCRIBES.search(text) or BOUNDED.search(text) or ALL_OF.search(text):
        return False
    sizes = _sizes(structure)
    return all(
        ("units" if match.group("measure").lower().startswith("unit") else "credits", figure(match.group("amount")))
        in sizes
        for match in amounts
    )


def _sizes(structure: Structure) -> set[tuple[str, int]]:
    groups = structure.groups
    several = [[group] for group in groups] + [groups]
    several += [[group for group in groups if group.mandatory == mandatory] for mandatory in (True, False)]
    sizes = set()
    for part in several:
        places = [place for group in part for place in group.places]
        sizes |= {("units", len(places)), ("credits", sum(place.credit for place in places))}
    return sizes
