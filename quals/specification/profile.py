"""The qualification's profile: its name, number, level, hours, ages and dates, and who awards it."""

import re
from dataclasses import dataclass
from datetime import date

from .checks import QAN, qan_holds
from .findings import Findings
from .read import BULLET, Line, plain
from .refusal import layout_unknown
from .tables import cells

AWARDED_BY = re.compile(
    r"\baward(?:ing|ed) (?:body|organisation) for (?:this|these|the) qualifications? is (?:the )?"
    r"(?P<name>[^.,;(]{2,120}?)(?= and the | which | who |[.,;(]|$)",
    re.IGNORECASE,
)
VERSION = re.compile(r"\b(?:Issue|Version) [0-9]{1,3}(?:\.[0-9]{1,3})*\b")
MONTHS = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")
DATE_FIGURES = re.compile(r"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$")
DATE_WORDS = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]+) ([0-9]{4})$")

# A row of the profile is known by its label. The first pattern that fits wins.
LABELS = (
    ("awarding_organisation", r"^award(?:ing|ed) (?:body|organisation)$"),
    ("title", r"^qualification title$"),
    ("qan", r"^(?:ofqual )?(?:qualification|accreditation)(?: accreditation)? (?:number|no\.?)$"),
    ("level", r"^(?:qualification )?level$"),
    ("tqt", r"^total qualification time"),
    ("glh", r"^guided learning(?: hours)?"),
    ("minimum_age", r"^minimum age"),
    ("first_registration", r"^(?:qualification|operational|registration) start date$|^first registration"),
    ("last_registration", r"^(?:qualification|registration) end date$|^last (?:date for )?registration"),
    ("last_certification", r"^certification end date$|^last (?:date for )?certification"),
)
NUMBERS = {"level", "tqt", "glh", "minimum_age"}
DATES = {"first_registration", "last_registration", "last_certification"}

# The words in which documents list kinds of evidence, and the codes that they stand for. Such a list says
# what evidence "can include", so a word that covers two codes allows both: any witness may be an expert one,
# and an assignment or report may be a product of work or an account of it.
EVIDENCE_WORDS = (
    (r"observ", ("O",)),
    (r"question|worksheet|oral|interview", ("Q&A",)),
    (r"product|artefact", ("P",)),
    (r"assignment|project|report(?! by)", ("P", "RA")),
    (r"reflecti|personal statement|diary|journal", ("RA",)),
    (r"professional discussion", ("PD",)),
    (r"expert witness", ("EWT",)),
    (r"(?<!expert )witness", ("WT", "EWT")),
    (r"prior learning|\brpl\b", ("RPL",)),
)
EVIDENCE_KINDS = ("O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL")
EVIDENCE_LIST = re.compile(
    r"\bevidence (?:can|may|could) include\b.{0,40}:$|\b(?:kinds|types) of evidence\b.{0,40}:$", re.I
)


@dataclass
class Row:
    value: str
    line: int


def section(lines: list[Line], name: str) -> list[Line] | None:
    """The lines under the one heading that has these words, up to the next heading of its rank."""
    starts = [i for i, line in enumerate(lines) if line.heading_level and re.search(name, plain(line.text), re.I)]
    if len(starts) != 1:
        return None
    rank = lines[starts[0]].heading_level
    rest = lines[starts[0] + 1 :]
    for i, line in enumerate(rest):
        if 0 < line.heading_level <= rank:
            return rest[:i]
    return rest


def read_profile(lines: list[Line], findings: Findings) -> dict:
    """The facts of the profile table; what it does not print is null."""
    part = section(lines, r"^(?:\S+ )?qualification profile$")
    if part is None:
        raise layout_unknown("there is no single heading “Qualification profile”")
    rows = _rows(part, findings)
    if not all(rows.get(label) and rows[label].value for label in ("title", "qan", "level")):
        raise layout_unknown("its profile does not print title, qualification number and level in rows of a table")
    facts: dict = {"title": rows["title"].value, "qan": _qan(rows["qan"], findings)}
    for label in ("level", "tqt", "glh", "minimum_age"):
        facts[label] = _number(label, rows.get(label), findings)
    if facts["level"] is None:
        raise layout_unknown("its profile does not print the level as a number")
    for label in ("first_registration", "last_registration", "last_certification"):
        facts[label] = _date(label, rows.get(label), findings)
    facts["awarding_organisation"] = _awarding_organisation(lines, rows.get("awarding_organisation"))
    return facts


def document_title(lines: list[Line], otherwise: str) -> str:
    first = next((plain(line.text) for line in lines if line.heading_level and plain(line.text)), "")
    return (first or otherwise)[:300]


def document_version(lines: list[Line]) -> str | None:
    """The issue or version that the title page prints, before the contents."""
    for line in lines[:60]:
        if match := VERSION.search(plain(line.text)):
            return match.group(0)
        if re.match(r"(?:table of )?contents$", plain(line.text), re.IGNORECASE):
            break
    return None


def read_evidence_kinds(lines: list[Line], findings: Findings) -> list[str]:
    """The codes of the kinds of evidence that the document lists; all of them where it has no such list."""
    start = next((i for i, line in enumerate(lines) if EVIDENCE_LIST.search(plain(line.text))), None)
    allowed: set[str] = set()
    for line in lines[start + 1 :] if start is not None else []:
        words = plain(BULLET.sub("", line.text)).lower()
        if not words:
            continue
        if not BULLET.match(line.text):
            break
        codes = {code for pattern, some in EVIDENCE_WORDS if re.search(pattern, words) for code in some}
        if not codes:
            findings.note(line.number, "evidence-kind-unread", "evidence", "This kind of evidence has no code here.")
        allowed |= codes
    return [code for code in EVIDENCE_KINDS if code in allowed] or list(EVIDENCE_KINDS)


def _rows(part: list[Line], findings: Findings) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in part:
        label, *values = [plain(cell) for cell in cells(line.text)] or [""]
        field = next((name for name, pattern in LABELS if re.search(pattern, label.rstrip(":"), re.I)), None)
        if field is None or not values:
            continue
        value = " ".join(value for value in values if value)
        if field in rows and rows[field].value != value:
            raise layout_unknown("its profile describes more than one qualification")
        rows.setdefault(field, Row(value, line.number))
    return rows


def _qan(row: Row, findings: Findings) -> str:
    numbers = QAN.findall(row.value)
    if len(numbers) != 1:
        raise layout_unknown("its profile does not print one qualification number")
    if not qan_holds(numbers[0]):
        message = f"The check character of {numbers[0]} does not fit its digits: look it up before publishing."
        findings.warning(row.line, "qan-check", numbers[0], message)
    return numbers[0]


def _number(label: str, row: Row | None, findings: Findings) -> int | None:
    if row is None or not row.value:
        return None
    numbers = re.findall(r"[0-9]+", row.value.replace(",", ""))
    if len(numbers) == 1 and len(numbers[0]) <= 5:
        return int(numbers[0])
    findings.error(row.line, "profile-unread", label, "The profile does not print this as one number.")
    return None


def _date(label: str, row: Row | None, findings: Findings) -> str | None:
    if row is None or not row.value:
        return None
    figures, words = DATE_FIGURES.match(row.value), DATE_WORDS.match(row.value)
    try:
        if figures:
            day, month, year = figures.groups()
            return date(int(year), int(month), int(day)).isoformat()
        if words:
            day, month, year = words.groups()
            return date(int(year), MONTHS.index(month.lower()) + 1, int(day)).isoformat()
    except ValueError:
        pass
    findings.error(row.line, "date-unread", label, "The profile does not print this as a date of the calendar.")
    return None


def _awarding_organisation(lines: list[Line], row: Row | None) -> str:
    if row and row.value:
        return row.value[:200]
    for line in lines:
        if match := AWARDED_BY.search(plain(line.text)):
            return match.group("name").strip()
    raise layout_unknown("it does not say in a sentence or in its profile which awarding organisation it is from")
