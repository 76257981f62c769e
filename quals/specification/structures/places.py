"""The rows of a structure's tables: one unit each, with what the columns say of it."""

import re
from dataclasses import dataclass, field

from ..checks import UAN, uan_holds
from ..findings import Findings
from ..read import Line
from .listings import KEY, STANDARD, Listed, by_column, read_number, split_mark, standards_in_titles, without_prefix

LEVEL = re.compile(r"(?:L(?:evel )?)?([1-8])|(?:Entry|E)[ 1-3]*", re.IGNORECASE)
SMALL_NUMBER = re.compile(r"[0-9]{1,4}")
BARRED = re.compile(rf"[A-Z]/[0-9]{{3}}/[0-9]{{4}}|(?:[0-9]{{3,5}}-)?\b{KEY}\b")
NOTHING = re.compile(r"(?:none|n/?a|[-–—])?", re.IGNORECASE)
BROKEN_HYPHEN = re.compile(r"(?<=\w)- (?=\w)")
LONGEST_TITLE = 300


@dataclass
class Place:
    """A unit's row in the structure. The days of `registered_from` and `registered_before` bind it to registrations."""

    uan: str | None
    title: str
    level: int
    credit: int
    glh: int | None
    line: int
    group: str
    number: str | None = None
    barred: list[str] = field(default_factory=list)
    mark: str = ""
    registered_from: str | None = None
    registered_before: str | None = None
    prefix: str = ""

    @property
    def key(self) -> str:
        return self.number or self.uan or ""

    def as_dict(self) -> dict:
        """As the pack has it."""
        entry = {"unit": self.key}
        for name in ("registered_from", "registered_before", "mark"):
            if getattr(self, name):
                entry[name] = getattr(self, name)
        return entry


def looks_like_place(row: list[str], columns: dict[str, int]) -> bool:
    """Whether a row under a heading row is meant to be a unit's: it has a reference, or number, level and credit."""
    if any(UAN.match(cell) or UAN.search(cell[:30]) for cell in row):
        return len(row) > max(columns["title"], 2) or _apart(row, columns) is not None
    cell = by_column(row, columns)
    figures = [cell.get("level", ""), cell["credit"]]
    return bool(
        read_number(cell.get("number", "") or "-") and cell["title"] and any(map(SMALL_NUMBER.fullmatch, figures))
    )


class PlaceReader:
    """Reads the rows of one structure, in order."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.seen: dict[str, Place] = {}

    def read(self, row: list[str], columns: dict[str, int], line: Line, group: str | None) -> Place | None:
        if len(row) <= max(columns[name] for name in ("title", "level", "credit")):
            row = _apart(row, columns) or row
        cell = by_column(row, columns)
        uan, uan_mark = split_mark(cell.get("uan", "").replace(" ", ""))
        number, number_mark = split_mark(cell.get("number", ""))
        problem = "it stands in no group" if group is None else _problem(cell, uan, number)
        if problem:
            message = f"A row of the structure could not be read ({problem}): its unit was left out."
            subject = (UAN.findall(" ".join(row)) or ["structure"])[0]
            self.findings.error(line.number, "structure-row-unread", subject, message)
            return None
        title, title_mark = split_mark(cell["title"])
        prefix, number = read_number(number) or ("", None)
        level, glh = LEVEL.fullmatch(cell["level"]).group(1), split_mark(cell.get("glh", ""))[0]
        place = Place(uan or None, title, int(level or 0), int(cell["credit"]), None, line.number, group, number)
        place.prefix, place.mark = prefix, number_mark or title_mark or uan_mark
        place.glh = int(glh) if SMALL_NUMBER.fullmatch(glh) else None
        place.barred = self._barred(cell.get("barred", ""), place)
        return place if self._is_new(place) else None

    def _barred(self, text: str, place: Place) -> list[str]:
        found = BARRED.findall(text)
        if BARRED.sub("", text).replace("and", "").strip(" ,;/&") and not NOTHING.fullmatch(text):
            message = f"The barred units of {place.key} could not be read with certainty."
            self.findings.error(place.line, "barred-unread", place.key, message)
        return [key.rpartition("-")[2] for key in found]

    def _is_new(self, place: Place) -> bool:
        if place.key in self.seen:
            message = f"{place.key} stands in the structure twice: only its first row was read."
            self.findings.error(place.line, "unit-listed-twice", place.key, message)
            return False
        if place.uan and place.uan in self.seen:
            other = self.seen[place.uan].key
            message = f"{place.uan} is printed for two units, {other} and {place.key}: look up which of them it names."
            self.findings.warning(place.line, "uan-twice", place.uan, message)
        elif place.uan and not uan_holds(place.uan):
            message = f"The check letter of {place.uan} does not fit its digits: look it up before publishing."
            self.findings.warning(place.line, "uan-check", place.uan, message)
        for name in (place.key, place.uan):
            if name:
                self.seen.setdefault(name, place)
        return True


def settle_places(structures: list[list[Place]], contents: list[Listed], findings: Findings) -> None:
    """Numbers and titles in the form in which contents and pages print them, with a note for each repair."""
    places = [place for structure in structures for place in structure]
    if without_prefix([(p.prefix, p.number) for p in places if p.number], {unit.number for unit in contents}):
        message = f"All unit numbers of the structure begin with {places[0].prefix}-, which the unit pages leave out."
        findings.note(places[0].line, "number-prefix", "structure", message)
    else:
        for place in places:
            place.number = f"{place.prefix}-{place.number}" if place.prefix else place.number
    if standards_in_titles([place.title for place in places], contents):
        message = "Titles in the structure end in the mark of a standard, which the unit pages leave out."
        findings.note(places[0].line, "standard-in-title", "structure", message)
        for place in places:
            place.title = STANDARD.sub("", place.title)
    known = {unit.title.casefold() for unit in contents}
    for place in places:
        _mend_hyphen(place, known, findings)


def _mend_hyphen(place: Place, known: set[str], findings: Findings) -> None:
    """A title broken behind a hyphen is put together where the document prints it whole elsewhere."""
    mended = BROKEN_HYPHEN.sub("-", place.title)
    if mended == place.title or mended.casefold() not in known:
        return
    message = f"The title of {place.key} was broken behind a hyphen: it was put together as elsewhere in the document."
    findings.note(place.line, "title-joined", place.key, message, printed=place.title, read=mended)
    place.title = mended


def _problem(cell: dict[str, str], uan: str, number: str) -> str:
    """Why this row cannot be read as a unit; empty where it can."""
    if "uan" in cell and not UAN.fullmatch(uan):
        return "no unit reference number where the heading row has one"
    if "number" in cell and read_number(number) is None:
        return "no unit number where the heading row has one"
    if not cell["title"] or len(cell["title"]) > LONGEST_TITLE:
        return "no title"
    if not LEVEL.fullmatch(cell["level"]):
        return "no level"
    if not SMALL_NUMBER.fullmatch(cell["credit"]) or int(cell["credit"]) < 1:
        return "no credit"
    return ""


def _apart(row: list[str], columns: dict[str, int]) -> list[str] | None:
    """A row whose cells ran together, cut apart again: references and numbers in front, figures behind the title."""
    order = sorted(columns, key=columns.__getitem__)
    at = order.index("title")
    front, back = order[:at], [name for name in order[at + 1 :] if name != "barred"]
    text = " ".join(cell for cell in row if cell).split()
    if len(text) < len(front) + len(back) + 1 or len(text) > 80:
        return None
    head, tail = text[: len(front)], text[len(text) - len(back) :] if back else []
    if not all(map(SMALL_NUMBER.fullmatch, tail)) or not all(re.search("[0-9]", word) for word in head):
        return None
    parts = dict(zip(front, head, strict=True)) | dict(zip(back, tail, strict=True))
    parts["title"] = " ".join(text[len(front) : len(text) - len(back)])
    cut = [""] * (max(columns.values()) + 1)
    for name, value in parts.items():
        cut[columns[name]] = value
    return cut
