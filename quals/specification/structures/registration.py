"""Notes that bind a unit to registrations before or after a day."""

import re

from ..findings import Findings
from ..profiles.dates import DATE, next_day, read_date
from ..read import TAG, Line
from .listings import BOLD, KEY
from .places import Place

WHEN = re.compile(
    r"\bregist[a-z]+[^.;]{0,80}?"
    r"\b(?P<when>on or after|on or before|before|prior to|after|from|since|until|up to(?: and including)?)"
    rf" (?:the )?(?P<day>{DATE.pattern})",
    re.IGNORECASE,
)
MARKED = re.compile(r"^(?P<mark>\*{1,3}|[†‡])\s*(?=\S)")
# "Not available to learners registered after …": what such a note says holds for all the others.
DENIES = re.compile(
    r"\b(?:not|no longer|can ?not|never|un(?:available|able)|withdrawn|closed|removed|discontinued)\b", re.IGNORECASE
)
UNCLEAR = re.compile(r"\b(?:replace[sd]?|except|unless|only if)\b", re.IGNORECASE)
OTHERS = re.compile(r"\b(?:instead of|rather than|in place of)\b", re.IGNORECASE)
NAMED = re.compile(rf"\bunits? (?P<number>{KEY})\b", re.IGNORECASE)
LONGEST_NOTE = 600


def is_registration_note(text: str) -> bool:
    return len(text) <= LONGEST_NOTE and bool(WHEN.search(text))


def bind_to_registration(lines: list[Line], places: list[Place], findings: Findings) -> None:
    """Find such notes wherever they stand, and bind the units that they mark or name."""
    marked: dict[str, list[Place]] = {}
    for place in places:
        if place.mark:
            marked.setdefault(place.mark, []).append(place)
    explained: set[str] = set()
    for line in lines:
        if "egist" not in line.text or not is_registration_note(text := _note(line.text)):
            continue
        _read_note(text, line, marked, places, explained, findings)
    for mark in sorted(marked.keys() - explained):
        place = marked[mark][0]
        message = f"{place.key} has a footnote mark ({mark}), but no note with that mark could be read."
        findings.warning(place.line, "mark-unexplained", place.key, message)
    _check_open_days(places, findings)


def _note(text: str) -> str:
    """The words of a line with its footnote mark; two stars on both sides are bold print and no mark."""
    if text.startswith("**") and text.rstrip().endswith("**"):
        text = BOLD.sub(r"\1", text)
    return " ".join(TAG.sub(" ", text).split())


def _read_note(
    text: str, line: Line, marked: dict, places: list[Place], explained: set[str], findings: Findings
) -> None:
    start = MARKED.match(text)
    for sentence in re.split(r"(?<=[.;])\s+", text[start.end() :] if start else text):
        when = WHEN.search(sentence)
        if when is None:
            continue
        other = OTHERS.search(sentence)
        denied, unclear = DENIES.search(sentence), UNCLEAR.search(sentence)
        sentence = sentence[: other.start()] if other and other.start() > when.end() else sentence
        named = {match.group("number") for match in NAMED.finditer(sentence, when.end())}
        bound = [place for place in places if place.number in named]
        if not bound and not named and start:
            bound = marked.get(start.group("mark"), [])
        explained |= {place.mark for place in bound if place.mark}
        for place in bound:
            if unclear:
                message = f"A note about registrations names {place.key}, but could not be read with certainty."
                findings.error(line.number, "registration-unread", place.key, message)
                continue
            _bind(place, when.group("when").lower(), when.group("day"), bool(denied), line, findings)


def _bind(place: Place, when: str, printed: str, denied: bool, line: Line, findings: Findings) -> None:
    day = read_date(printed)
    after = next_day(day) if day else None
    if day is None or after is None:
        message = f"A note binds {place.key} to a day that the calendar does not have."
        findings.error(line.number, "date-unread", place.key, message)
        return
    ends = when in ("before", "prior to", "on or before", "until") or when.startswith("up to")
    name = "registered_before" if ends != denied else "registered_from"
    value = after if when in ("after", "on or before", "until") or when.startswith("up to") else day
    if getattr(place, name) not in (None, value):
        message = f"{place.key} is bound to two different days of registration: the first was kept."
        findings.warning(line.number, "registration-contradicts", place.key, message)
        return
    setattr(place, name, value)


def _check_open_days(places: list[Place], findings: Findings) -> None:
    """Units that replace each other at a day, with the day itself in neither's time."""
    open_until = {next_day(place.registered_before): place for place in places if place.registered_before}
    for place in places:
        other = open_until.get(place.registered_from or "")
        if other and other.key != place.key:
            day = other.registered_before
            message = (
                f"Registrations of {day} itself: neither {other.key} (before) nor {place.key} (after) covers them."
            )
            findings.warning(place.line, "registration-day-open", f"{other.key}, {place.key}", message)
