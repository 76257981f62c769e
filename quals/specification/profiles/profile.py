"""The facts of each qualification: its name, number, level, hours, ages and dates, and who awards it."""

import re
from dataclasses import dataclass, field

from ..checks import QAN, qan_holds
from ..findings import Findings
from ..read import Line, plain
from ..refusal import layout_unknown
from ..structures.listings import row_words, words
from .ages import age_in_sentences, compare_ages, minimum_of_range, run_together
from .dates import DATE, MONTH_AND_YEAR, find_date
from .evidence import read_evidence_kinds
from .hours import hours_in_sentences
from .labels import COMBINED, label_of

__all__ = [
    "Profile",
    "document_title",
    "document_version",
    "read_awarding_organisation",
    "read_evidence_kinds",
]

NAME = r"(?:the )?(?P<name>[A-Z][^.,;(]{1,120}?)"
AWARDED_BY = (
    re.compile(
        r"\baward(?:ing|ed) (?:body|organisation) for (?:this|these|the) qualifications? is "
        + NAME
        + r"(?= and the | which | who |[.,;(]|$)"
    ),
    re.compile(
        r"\bqualifications? (?:is|are) (?:[^.;]{1,60} and )?(?:awarded|offered) by "
        + NAME
        + r"(?= and | which | who |[.,;(]|$)"
    ),
)
# The organisation's own numbering shows its name: "… unit number", "… qualification number".
OWN_NUMBER = re.compile(r"^(?P<name>[A-Z][A-Za-z& -]{1,60}?) (?:qualification |unit |centre )?number$")
OWN_UNIT = re.compile(r"^(?P<name>[A-Z][A-Za-z& -]{1,60}?) unit(?: number| no)?$")
NO_ORGANISATION = re.compile(
    r"\b(?:qualification|unit|accreditation|reference|learner|ofqual|sequence|page|total|the|minimum|maximum|optional"
    r"|mandatory|section|candidate|telephone)\b",
    re.I,
)
VERSION = re.compile(
    r"\b(?:(?P<word>issue|version)(?: number| no\.?)?:? ?|v)(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3})*)\b", re.IGNORECASE
)
WEB_ADDRESS = re.compile(r"\bwww\.|https?://")
LONGEST_TITLE = 300
CONTENTS = re.compile(r"(?:table of )?contents$", re.IGNORECASE)

NUMBERS = ("tqt", "glh")
DATES = ("first_registration", "last_registration", "last_certification")


@dataclass
class Row:
    values: list[str]
    line: int

    @property
    def value(self) -> str:
        return " ".join(self.values)


@dataclass
class Profile:
    """What profile tables and cover pages say: rows by label, and rows about one qualification by its number."""

    rows: dict[str, Row] = field(default_factory=dict)
    summaries: dict[str, dict[str, Row]] = field(default_factory=dict)
    qans: dict[str, int] = field(default_factory=dict)

    def row(self, label: str, qan: str = "") -> Row | None:
        return self.summaries.get(qan, {}).get(label) or self.rows.get(label)


def collect_profile(lines: list[Line]) -> Profile:
    """The rows of all profile tables in the lines before the unit pages."""
    profile, last, head = Profile(), None, {}
    for line in lines:
        if len(line.text) > 4000:
            continue
        row = row_words(line)
        full = [cell for cell in row if cell]
        for qan in QAN.findall(line.text):
            profile.qans.setdefault(qan, line.number)
        head, last = _read_row(row, full, line, head, last, profile)
    return profile


def _read_row(row: list[str], full: list[str], line: Line, head: dict, last: Row | None, profile: Profile) -> tuple:
    """Take one row into the profile; returns the heads of the columns and the row that may go on below."""
    if not full:
        return head, None
    labels = {label_of(cell): i for i, cell in enumerate(row) if label_of(cell)}
    if {"title", "qan"} <= labels.keys() and not QAN.search(line.text):
        return labels, None
    if head and len(full) > 1 and QAN.search(row[head["qan"]] if head["qan"] < len(row) else ""):
        qan = QAN.search(row[head["qan"]]).group(0)
        cells = {name: Row([row[i]], line.number) for name, i in head.items() if i < len(row) and row[i]}
        profile.summaries.setdefault(qan, cells)
        return head, None
    if last and len(row) > 1 and not row[0]:
        last.values += full
        return head, last
    label, values = label_of(row[0]) if len(row) > 1 else None, full[1:]
    if len(full) == 1 and ":" in full[0][:60]:
        name, _, value = full[0].partition(":")
        label, values = label_of(name), [value.strip()]
    if label is None:
        return ({} if len(full) == 1 else head), None
    if label in COMBINED:
        _take_combined(label, " ".join(values), line.number, profile)
        return head, None
    return head, profile.rows.setdefault(label, Row(values, line.number))


def _take_combined(label: str, value: str, line: int, profile: Profile) -> None:
    """One row for two facts holds the value of each, or is left to each as it stands."""
    names, pattern = COMBINED[label]
    found = pattern.findall(value)
    parts = found if len(found) == len(names) else [value] * len(names)
    for name, part in zip(names, parts, strict=True):
        profile.rows.setdefault(name, Row([part], line))


def find_qan(profile: Profile, printed: str | None, findings: Findings) -> str:
    """The qualification's number: from its heading, else the profile, else the only one that the document prints."""
    row = profile.rows.get("qan")
    numbers = [printed] if printed else QAN.findall(row.value) if row else list(profile.summaries) or list(profile.qans)
    if len(numbers) != 1:
        raise layout_unknown("it does not print one qualification number for its structure")
    qan = numbers[0]
    if not qan_holds(qan):
        message = f"The check character of {qan} does not fit its digits: look it up before publishing."
        findings.warning(profile.qans.get(qan), "qan-check", qan, message)
    return qan


def find_title(profile: Profile, qan: str, otherwise: str) -> str:
    row = profile.row("title", qan)
    return (row.value if row else "") or otherwise


def read_facts(
    profile: Profile, lines: list[Line], qan: str, title: str, findings: Findings, only: bool = True
) -> dict:
    """Level, hours, age and dates. `only`: the document has no other qualification that a row could be about."""
    level = _level(profile, qan, title, only, findings)
    facts = {"qan": qan, "title": title, "level": level}
    for label in NUMBERS:
        row = profile.row(label, qan) if only else profile.summaries.get(qan, {}).get(label)
        if row is None and only and (said := hours_in_sentences(lines, label)):
            row = Row([said[0]], said[1])
        facts[label] = _number(label, row, findings)
    facts["minimum_age"] = _minimum_age(profile, lines, qan, level, title, findings)
    for label in DATES:
        facts[label] = _date(label, profile.row(label, qan), findings)
    return facts


def printed_credits(profile: Profile, qan: str, only: bool) -> Row | None:
    row = profile.row("credits", qan) if only else profile.summaries.get(qan, {}).get("credits")
    return row if row and re.fullmatch(r"[0-9]{1,3}(?: credits?)?", row.value) else None


def document_title(lines: list[Line], otherwise: str) -> str:
    """The first words of the document: its title page begins with the title."""
    for line in lines[:60]:
        text = plain(line.text)
        if re.search("[A-Za-z]{3}", text) and not WEB_ADDRESS.search(text) and len(text) <= LONGEST_TITLE:
            return text
    return otherwise[:LONGEST_TITLE]


def document_version(lines: list[Line]) -> str | None:
    """The issue or version that the title page prints, before the contents, with its month where both share a line."""
    for line in lines[:60]:
        text = plain(line.text)
        if match := VERSION.search(text):
            month = MONTH_AND_YEAR.search(text)
            word = (match.group("word") or "version").capitalize()
            return f"{match.group('number')}, {month.group(0)}" if month else f"{word} {match.group('number')}"
        if CONTENTS.match(text):
            break
    return None


def read_awarding_organisation(lines: list[Line]) -> str | None:
    """Who awards the qualifications: a row of the profile, a sentence, or the name in front of its own numbers."""
    for line in lines:
        row = row_words(line)
        if len(row) == 1 and ":" in row[0][:40]:
            row = [part.strip() for part in row[0].split(":", maxsplit=1)]
        if len(row) > 1 and row[1] and label_of(row[0]) == "awarding_organisation":
            return row[1][:200]
    for pattern in AWARDED_BY:
        for line in lines:
            if "award" in line.text and (match := pattern.search(plain(line.text))):
                return match.group("name").strip()
    for line in lines:
        for cell in row_words(line) if "nit" in line.text or "umber" in line.text else []:
            match = (OWN_UNIT.match(cell) or OWN_NUMBER.match(cell)) if len(cell) < 90 else None
            if match and not NO_ORGANISATION.search(match.group("name")):
                return match.group("name")
    return None


def _level(profile: Profile, qan: str, title: str, only: bool, findings: Findings) -> int:
    row = profile.row("level", qan) if only else None
    printed = re.search(r"[0-8]", row.value) if row and len(row.value) < 40 else None
    named = re.search(r"\bLevel ([1-8])\b", title, re.IGNORECASE)
    if printed and named and printed.group(0) != named.group(1):
        message = f"The level of {qan} is {printed.group(0)} in its profile and {named.group(1)} in its title."
        findings.warning(row.line, "level-differs", qan, message)
    if printed or named:
        return int(printed.group(0) if printed else named.group(1))
    if re.search(r"\bentry level\b", title, re.IGNORECASE):
        return 0
    raise layout_unknown("its profile does not print the level as a number")


def _number(label: str, row: Row | None, findings: Findings) -> int | None:
    if row is None or not re.search("[0-9]", row.value):
        return None
    numbers = re.findall(r"[0-9]+", row.value.replace(",", ""))
    if len(numbers) == 1 and len(numbers[0]) <= 5:
        return int(numbers[0])
    findings.error(row.line, "profile-unread", label, "The profile does not print this as one number.")
    return None


def _minimum_age(
    profile: Profile, lines: list[Line], qan: str, level: int, title: str, findings: Findings
) -> int | None:
    table: tuple[int | None, int] | None = None
    if row := profile.row("minimum_age", qan):
        table = (_number("minimum_age", row, findings), row.line)
    elif row := profile.row("ages", qan):
        several = run_together(row.value)
        own = [age for at, kind, age in several if at == level and kind in title.lower()]
        table = (own[0], row.line) if own else None if several else (minimum_of_range(row.value), row.line)
    return compare_ages(table, age_in_sentences(lines, level, title), qan, findings)


def _date(label: str, row: Row | None, findings: Findings) -> str | None:
    if row is None or not re.search("[0-9]", words(row.value)):
        return None
    days = set(DATE.findall(row.value))
    day = find_date(row.value) if len(days) < 2 else None
    if day is None and not days and MONTH_AND_YEAR.fullmatch(row.value.strip(" .")):
        findings.note(
            row.line, "date-without-day", label, "The profile prints a month without a day: no date was read."
        )
    elif day is None and len(days) > 1:
        findings.error(
            row.line, "date-unread", label, "The profile prints two dates for this: look up which one holds."
        )
    elif day is None:
        findings.error(row.line, "date-unread", label, "The profile does not print this as a date of the calendar.")
    return day
