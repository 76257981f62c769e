"""The structure of each qualification: its groups, the units in each, and the sentences about how they combine."""

import re
from dataclasses import dataclass, field

from ..checks import UAN
from ..findings import Findings
from ..read import BULLET, Line, paragraphs
from ..tables import cells
from .groups import group_title, kind_of, own_name
from .joining import goes_on, sentences_of
from .listings import Listed, columns, read_contents, read_listings, row_words, words
from .places import Place, PlaceReader, looks_like_place, settle_places
from .registration import is_registration_note
from .rule_tables import rule_head, rule_sentences
from .sections import Section, cut_sections

__all__ = ["Group", "Listed", "Place", "Sentence", "Structure", "read_listings", "read_structures"]

ABOUT_CREDITS = re.compile(r"\b(?:credits|group|groups)\b", re.IGNORECASE)
SUM = re.compile(r"(?:sub-?)?totals?\b", re.IGNORECASE)
# Far more than any qualification has: what goes beyond is not read, and reported.
MOST_LINES = 3000
MOST_SENTENCES = 500
MOST_QUALIFICATIONS = 40
UNREAD_ROW = "A row of the structure could not be read as a unit: it was left out."
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Group:
    code: str
    title: str
    line: int
    places: list[Place] = field(default_factory=list)
    kind: str = ""
    from_column_head: bool = False

    def __post_init__(self) -> None:
        self.kind = self.kind or kind_of(self.title) or ""

    @property
    def mandatory(self) -> bool:
        return self.kind == "mandatory"

    @property
    def name(self) -> str:
        return own_name(self.title)


@dataclass
class Sentence:
    """One printed sentence (or bullet, or the second half of a group's row) that may hold a rule.

    `group` is the group it is about, because it stands in or under the group's title; `near` the one whose
    table it stands beside, which "this group" means."""

    text: str
    line: int
    group: str | None = None
    near: str | None = None
    ends: int = 0

    @property
    def last_line(self) -> int:
        return max(self.line, self.ends)


@dataclass
class Structure:
    groups: list[Group] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    title: str = ""
    level: int | None = None
    line: int = 0
    qan: str | None = None

    @property
    def places(self) -> list[Place]:
        return [place for group in self.groups for place in group.places]

    def group(self, code: str | None) -> Group | None:
        return next((group for group in self.groups if group.code == code), None)

    def place(self, name: str) -> Place | None:
        return next((place for place in self.places if name in (place.key, place.uan)), None)


def read_structures(lines: list[Line], end: int | None, findings: Findings) -> list[Structure]:
    """The structures of all qualifications in the lines before `end`; empty where the document has none."""
    contents = read_contents(lines)
    sections = cut_sections(lines, end)
    if len(sections) > MOST_QUALIFICATIONS:
        _report_excess(sections[MOST_QUALIFICATIONS].line, "qualifications", findings)
    structures = [_Reader(section, findings).read() for section in sections[:MOST_QUALIFICATIONS]]
    structures = [structure for structure in structures if structure.groups]
    settle_places([structure.places for structure in structures], contents, findings)
    for structure in structures:
        _check_groups(structure, findings)
    return [structure for structure in structures if structure.groups]


class _Reader:
    """Reads the lines of one section."""

    def __init__(self, section: Section, findings: Findings) -> None:
        self.section, self.findings = section, findings
        self.structure = Structure(title=section.title, line=section.line, qan=section.qan)
        self.columns: dict[str, int] = {}
        self.rule_head: list[str] | None = None
        self.places = PlaceReader(findings)
        self.titled = section.has_group_titles

    def read(self) -> Structure:
        lines, sentences = self.section.lines, self.structure.sentences
        for line in lines[:MOST_LINES]:
            self._take(line)
        if len(lines) > MOST_LINES:
            _report_excess(lines[MOST_LINES].number, "lines", self.findings)
        if len(sentences) > MOST_SENTENCES:
            _report_excess(sentences[MOST_SENTENCES].line, "sentences", self.findings)
            del sentences[MOST_SENTENCES:]
        _letter_groups(self.structure, self.findings)
        return self.structure

    @property
    def group(self) -> Group | None:
        return self.structure.groups[-1] if self.structure.groups else None

    def _take(self, line: Line) -> None:
        row = row_words(line)
        full = [cell for cell in row if cell]
        if not full or (is_registration_note(words(line.text)) and not ABOUT_CREDITS.search(line.text)):
            return
        if header := columns(row):
            self.columns = header
            self._column_head(row[header["title"]], line)
        elif len(full) == 1 and line.number in self.section.titles:
            self._open(*group_title(full[0]), line)
        elif self.columns and looks_like_place(row, self.columns):
            self._place(row, line)
        elif len(full) == 1 and len(row) > 3 and self.columns and self.group and self.group.places:
            self._continued_title(row, line)
        elif self._is_sum(row, full):
            return
        elif self.columns and len(row) > 1 and any(UAN.search(cell) for cell in row):
            self.findings.error(line.number, "structure-row-unread", "structure", UNREAD_ROW)
        else:
            self._sentences(line, full)

    def _open(self, title: str, code: str | None, rest: str, line: Line) -> None:
        known = self.structure.group(code) if code else None
        if known:
            message = f"Group {code} has two rows in the structure: its units were put together."
            self.findings.error(line.number, "group-twice", f"group {code}", message)
            self.structure.groups.append(self.structure.groups.pop(self.structure.groups.index(known)))
        else:
            self.structure.groups.append(Group(code or "", title, line.number))
        if rest:
            self.structure.sentences.append(Sentence(rest, line.number, code or f"#{line.number}"))

    def _column_head(self, head: str, line: Line) -> None:
        """A head like “Optional Units - Delivery” is a group's title where no row or heading is."""
        read = group_title(head)
        group = self.group
        if read is None or (group and not group.from_column_head):
            if read and kind_of(head) and group.kind and kind_of(head) != group.kind and not group.places:
                message = f"The units of group {group.code} are {group.kind}; the head of their column says otherwise."
                self.findings.note(line.number, "column-head-contradicts", f"group {group.code}", message)
            return
        if group and group.title == read[0]:
            return
        self._open(*read, line)
        self.group.from_column_head = True

    def _place(self, row: list[str], line: Line) -> None:
        if not self.titled and not self.structure.groups:
            self.structure.groups.append(Group("", "Units", line.number))
            message = "The units of the structure stand under no group's title: they were read as one group."
            self.findings.warning(line.number, "group-untitled", "structure", message)
        place = self.places.read(row, self.columns, line, self.group.code if self.group else None)
        if place:
            self.group.places.append(place)

    def _continued_title(self, row: list[str], line: Line) -> None:
        """A row with words in the title's column alone goes on with the title of the row above."""
        place, more = self.group.places[-1], row[self.columns["title"]] if self.columns["title"] < len(row) else ""
        if more and (more[0].islower() or more[0] in "(-&"):
            place.title = f"{place.title} {more}"
            message = f"The title of {place.key} goes on in the row below: it was put together."
            self.findings.note(line.number, "title-joined", place.key, message, read=place.title)
        else:
            self.findings.error(line.number, "structure-row-unread", "structure", UNREAD_ROW)

    def _is_sum(self, row: list[str], full: list[str]) -> bool:
        """A row below a group's units with the sum of their credits says nothing new."""
        at = self.columns.get("credit", 0)
        if not (self.group and self.group.places and SUM.match(full[0]) and at < len(row)):
            return False
        return row[at] == str(sum(place.credit for place in self.group.places))

    def _of_table(self, line: Line) -> bool:
        """Whether a line belongs to a table of numbers of credits or units; its rows become sentences."""
        row = row_words(line)
        if head := rule_head(row):
            self.rule_head = head
            return True
        texts = rule_sentences(row, self.rule_head) if self.rule_head and len(row) > 1 else None
        if texts is None:
            self.rule_head = None
            return False
        self.structure.sentences += [Sentence(text, line.number) for text in texts]
        return True

    def _sentences(self, line: Line, full: list[str]) -> None:
        if self._of_table(line):
            return
        group = self.group
        inside = group.code or f"#{group.line}" if group else None
        about = inside if group and not group.places and not group.from_column_head else None
        if len(full) > 1:
            texts = (
                [" ".join(full)]
                if len(full) > 2 or not re.fullmatch(r"[0-9]{1,3}(?: credits?| units?)?", full[-1])
                else [f"{full[0].rstrip(':')}: {full[-1]}"]
            )
        else:
            texts = [part for cell in cells(line.text) for part in paragraphs(BULLET.sub("", cell))]
        sentences = self.structure.sentences
        for text in texts:
            if sentences and (more := goes_on(sentences[-1].text, sentences[-1].last_line, text, line)):
                self._continue(sentences.pop(), more, line)
                continue
            self._add(text, line.number, about, inside)

    def _continue(self, last: Sentence, more: str, line: Line) -> None:
        """The rest of a sentence, and the sentences behind it."""
        first, *others = sentences_of(f"{last.text} {more}")
        last.text, last.ends = first, line.number
        self.structure.sentences.append(last)
        for text in others:
            self._add(text, line.number, last.group, last.near)

    def _add(self, text: str, number: int, about: str | None, inside: str | None) -> None:
        for sentence in sentences_of(text):
            labelled = group_title(sentence)
            if labelled and labelled[1] and labelled[2]:
                self.structure.sentences.append(Sentence(labelled[2], number, labelled[1]))
            else:
                self.structure.sentences.append(Sentence(sentence, number, about, inside))


def _report_excess(line: int, what: str, findings: Findings) -> None:
    message = f"The structure has more {what} than any qualification: from line {line} on it was not read."
    findings.error(line, "structure-too-long", "structure", message)


def _letter_groups(structure: Structure, findings: Findings) -> None:
    """Groups without a letter get one, in the order of the document."""
    free = [letter for letter in LETTERS if structure.group(letter) is None]
    named = {}
    for group in structure.groups:
        if not group.code:
            group.code = named[f"#{group.line}"] = free.pop(0) if free else f"G{group.line}"
            for place in group.places:
                place.group = group.code
    for sentence in structure.sentences:
        sentence.group = named.get(sentence.group, sentence.group)
        sentence.near = named.get(sentence.near, sentence.near)
    if named:
        codes = ", ".join(named.values())
        message = f"The groups of the structure have no letters: they are called {codes}, in the document's order."
        findings.note(structure.groups[0].line, "group-lettered", "structure", message)


def _check_groups(structure: Structure, findings: Findings) -> None:
    for group in structure.groups:
        if not group.places:
            message = f"Group {group.code} has a row in the structure, but no units."
            findings.error(group.line, "group-empty", f"group {group.code}", message)
    structure.groups = [group for group in structure.groups if group.places]
