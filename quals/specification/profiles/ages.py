"""Minimum ages, as profiles, at-a-glance tables and sentences about age restrictions print them."""

import re

from ..findings import Findings
from ..read import Line
from ..structures.listings import words

AGES = re.compile(r"[0-9]{1,2}")
QUALIFICATION = r"Level (?P<level>[1-8])(?: [A-Z][A-Za-z]*)? (?P<type>Award|Certificate|Diploma)"
RUN_TOGETHER = re.compile(
    QUALIFICATION + r"[^–:|0-9]{0,80}?\s?[–:-]\s?(?P<age>All\b|None\b|No\b|Pre|[0-9]{1,2})", re.IGNORECASE
)
UNDER = re.compile(r"\bunder (?:the age of )?(?P<age>1[0-9]|2[01])s?\b", re.IGNORECASE)
REFUSES = re.compile(r"\bnot approved\b|\bcan ?not\b|\bnot accept|\bmust not\b|\bno registrations\b", re.IGNORECASE)
LEVELS = re.compile(
    r"\blevels? (?P<levels>[1-8](?:(?:, | and | or | to |, and )[1-8])*)(?: NVQ)?"
    r"(?: (?P<type>award|certificate|diploma))?",
    re.IGNORECASE,
)
OLD_ENOUGH = re.compile(
    r"\b(?:aged?|minimum age(?: is| of)?:?) (?P<age>1[0-9]|2[01])(?: years)? (?:or|and) (?:over|above|older)\b",
    re.IGNORECASE,
)
BY_YEARS = re.compile(
    r"\b(?:learners?|candidates?)\b[^.;]{0,60}\b(?:at least |be )(?P<age>1[0-9]|2[01]) years"
    r"|\bminimum age(?: [a-z]+){0,5} is (?P<minimum>1[0-9]|2[01])\b",
    re.IGNORECASE,
)
# "Pre-16 no, 16-18 yes, 19+ yes", and the same with all answers behind all ranges.
RANGE = r"pre[- ]?[0-9]{2}|[0-9]{2} ?(?:[–-] ?[0-9]{2}|\+|plus)"
ANSWER = r"\b(?:yes|no|not approved|approved)\b|[✓✔✗✘☑☒]"
RANGES_AND_ANSWERS = re.compile(rf"(?P<range>{RANGE})|(?P<answer>{ANSWER})", re.IGNORECASE)
YES = frozenset(("yes", "approved", "✓", "✔", "☑"))
LONGEST = 600


def minimum_of_range(text: str) -> int | None:
    """ "16-18" and "16+" are 16; "All", "Pre-16" and an empty cell are no minimum."""
    if (answered := _answered(text)) is not None:
        text = ", ".join(answered)
    if re.search(r"\bpre[- ]?1|\ball\b|\bnone\b|\bno\b|\bany\b", text, re.IGNORECASE):
        return None
    ages = [int(age) for age in AGES.findall(text)]
    return min(ages) if ages else None


def _answered(text: str) -> list[str] | None:
    """The ranges of ages that a table of yes and no approves; None where the text is no such table."""
    found = list(RANGES_AND_ANSWERS.finditer(text))
    ranges = [match.group("range") for match in found if match.group("range")]
    answers = [match.group("answer").lower() for match in found if match.group("answer")]
    if not ranges or len(ranges) != len(answers):
        return None
    return [ages for ages, answer in zip(ranges, answers, strict=True) if answer in YES]


def run_together(text: str) -> list[tuple[int, str, int | None]]:
    """Level, type and minimum age of each qualification in a cell that tells of several without a separator."""
    found = []
    for match in RUN_TOGETHER.finditer(text):
        age = int(match.group("age")) if match.group("age").isdigit() else None
        found.append((int(match.group("level")), match.group("type").lower(), age))
    return found


def age_in_sentences(lines: list[Line], level: int, title: str) -> tuple[int, int] | None:
    """The age, with its line, under which nobody may be registered for a qualification of this level and title."""
    kind = next((word for word in ("award", "certificate", "diploma") if word in title.lower()), "")
    for line in lines:
        if len(line.text) > LONGEST or not any(word in line.text for word in ("nder", "age", "years")):
            continue
        text = words(line.text)
        under = UNDER.search(text) if REFUSES.search(text) else None
        age = under or OLD_ENOUGH.search(text) or BY_YEARS.search(text)
        about = [pair for match in LEVELS.finditer(text) for pair in _qualifications(match, kind)]
        if age and (not about or (level, kind) in about):
            return int(age.group("age") or age.group("minimum")), line.number
    return None


def _qualifications(match: re.Match, kind: str) -> list[tuple[int, str]]:
    """The levels that a sentence names, each with the type of qualification it says, or any."""
    levels = [int(level) for level in re.findall("[1-8]", match.group("levels"))]
    if " to " in match.group("levels"):
        levels = list(range(levels[0], levels[-1] + 1))
    return [(level, (match.group("type") or kind).lower()) for level in levels]


def compare_ages(
    table: tuple[int | None, int] | None, sentence: tuple[int, int] | None, qan: str, findings: Findings
) -> int | None:
    """The age of the table, else of the sentence; a warning where they differ."""
    if table and sentence and table[0] != sentence[0]:
        message = f"The minimum age of {qan} is {table[0]} in line {table[1]} and {sentence[0]} here."
        findings.warning(sentence[1], "age-differs", qan, message)
    if table:
        return table[0]
    return sentence[0] if sentence else None
