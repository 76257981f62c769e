"""The qualification's structure: its groups, the units in each, and the sentences about how they combine."""

import re
from dataclasses import dataclass, field

from .checks import UAN, uan_holds
from .findings import Findings
from .profile import section
from .read import BULLET, Line, plain
from .refusal import layout_unknown
from .tables import cells

GROUP = re.compile(
    r"^(?P<title>(?:Optional |Mandatory )?Group (?P<code>[A-Z][0-9]?)\b.*?)(?:\s+[–—-]\s+(?P<rest>.+))?$"
)
SENTENCE_END = re.compile(r"(?<=[.;:])\s+(?=[A-Z0-9])")
COLUMNS = {
    "uan": r"reference",
    "title": r"\btitle\b",
    "level": r"\blevel\b",
    "credit": r"\bcredits?\b",
    "glh": r"\bguided\b|\bglh\b",
}
SMALL_NUMBER = re.compile(r"^[0-9]{1,3}$")


@dataclass
class Place:
    """A unit's row in the structure."""

    uan: str
    title: str
    level: int
    credit: int
    glh: int | None
    line: int
    group: str


@dataclass
class Group:
    code: str
    title: str
    line: int
    places: list[Place] = field(default_factory=list)

    @property
    def mandatory(self) -> bool:
        return "mandatory" in self.title.lower()


@dataclass
class Sentence:
    """One printed sentence (or bullet, or the second half of a group's row) that may hold a rule."""

    text: str
    line: int
    group: str | None = None


@dataclass
class Structure:
    groups: list[Group] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        return [place for group in self.groups for place in group.places]

    def group(self, code: str) -> Group | None:
        return next((group for group in self.groups if group.code == code), None)


def read_structure(lines: list[Line], findings: Findings) -> Structure:
    part = section(lines, r"^(?:qualification )?structure$")
    if part is None:
        raise layout_unknown("there is no single heading “Qualification structure”")
    structure, columns = Structure(), {}
    for line in part:
        columns = _take(line, structure, columns, findings)
    if not structure.places:
        raise layout_unknown("its structure has no table of units with reference number, title, level and credit")
    for group in structure.groups:
        if not group.places:
            message = f"Group {group.code} has a row in the structure, but no units."
            findings.error(group.line, "group-empty", f"group {group.code}", message)
    structure.groups = [group for group in structure.groups if group.places]
    return structure


def _take(line: Line, structure: Structure, columns: dict, findings: Findings) -> dict:
    """Read one line into the structure; returns the columns that hold from here on."""
    row = [plain(cell) for cell in cells(line.text)]
    full = [cell for cell in row if cell]
    if not full:
        return columns
    if len(full) == 1 and (len(row) > 1 or line.heading_level) and (match := GROUP.match(full[0])):
        _open_group(match, line, structure, findings)
    elif len(row) == 1 and not UAN.match(row[0]):
        _take_sentences(line, structure)
    elif header := _columns(row):
        return header
    else:
        _take_place(row, line, structure, columns, findings)
    return columns


def _take_sentences(line: Line, structure: Structure) -> None:
    text = plain(BULLET.sub("", line.text))
    structure.sentences += [Sentence(sentence, line.number) for sentence in SENTENCE_END.split(text)]


def _open_group(match: re.Match, line: Line, structure: Structure, findings: Findings) -> None:
    code = match.group("code")
    if structure.group(code):
        message = f"Group {code} has two rows in the structure: its units were put together."
        findings.error(line.number, "group-twice", f"group {code}", message)
        structure.groups.append(structure.groups.pop(structure.groups.index(structure.group(code))))
    else:
        structure.groups.append(Group(code, match.group("title"), line.number))
    if match.group("rest"):
        structure.sentences.append(Sentence(match.group("rest"), line.number, code))


def _columns(row: list[str]) -> dict | None:
    found = {}
    for name, pattern in COLUMNS.items():
        fits = [i for i, cell in enumerate(row) if re.search(pattern, cell, re.I) and i not in found.values()]
        if fits:
            found[name] = fits[0]
    return found if {"uan", "title", "level", "credit"} <= found.keys() else None


def _take_place(row: list[str], line: Line, structure: Structure, columns: dict, findings: Findings) -> None:
    cell = {name: row[i] if i < len(row) else "" for name, i in columns.items()}
    uan = cell.get("uan", "")
    problem = _problem(cell, structure)
    if problem:
        message = f"A row of the structure could not be read ({problem}): its unit was left out."
        subject = (UAN.findall(" ".join(row)) or ["structure"])[0]
        findings.error(line.number, "structure-row-unread", subject, message)
        return
    if uan in {place.uan for place in structure.places}:
        message = f"{uan} stands in the structure twice: only its first row was read."
        findings.error(line.number, "unit-listed-twice", uan, message)
        return
    if not uan_holds(uan):
        message = f"The check letter of {uan} does not fit its digits: look it up before publishing."
        findings.warning(line.number, "uan-check", uan, message)
    glh = int(cell["glh"]) if SMALL_NUMBER.match(cell.get("glh", "")) else None
    group = structure.groups[-1]
    level, credit = int(cell["level"]), int(cell["credit"])
    group.places.append(Place(uan, cell["title"], level, credit, glh, line.number, group.code))


def _problem(cell: dict, structure: Structure) -> str:
    """Why this row cannot be read as a unit; empty where it can."""
    if not structure.groups:
        return "it stands in no group"
    if not UAN.fullmatch(cell.get("uan", "")):
        return "no unit reference number where the heading row has one"
    if not cell["title"] or len(cell["title"]) > 300:
        return "no title"
    if not re.fullmatch(r"[1-8]", cell["level"]):
        return "no level"
    if not SMALL_NUMBER.match(cell["credit"]) or int(cell["credit"]) < 1:
        return "no credit"
    return ""
