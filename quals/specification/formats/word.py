"""A Word document (.docx) becomes headings, paragraphs, list items and tables."""

import io
import zipfile
import zlib

from lxml import etree

from ..refusal import NotASpecification
from .numbering import Numbering, W, read_numbering, value, whole
from .styles import Styles, read_styles
from .writing import Block, Cell, Heading, Item, Paragraph, Table

OTHER_ARCHIVE = "This is an archive, not a Word document (.docx): nothing was imported."
DAMAGED = "This Word document is damaged: open it in Word, save it again as .docx, and import that."
TOO_LARGE = "This Word document unpacks to far more than any specification holds: nothing was imported."
LOCKED = "This file has a password: save it without one, and import that."
MOST_ENTRIES = 5_000
LARGEST_PART = 60_000_000
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the same names under another roof
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
# What was struck out, what a field would say if it were asked again, and what is not in the text.
UNREAD = "del moveFrom instrText delText delInstrText rPr pPr tblPr trPr sdtPr rt"
SKIPPED = frozenset(W + name for name in UNREAD.split())
SHOWN_AS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read(data: bytes) -> list[Block]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise NotASpecification(DAMAGED) from error
    except RuntimeError as error:  # how zipfile says that an entry is encrypted
        raise NotASpecification(LOCKED) from error
    body = parts["document"].find(f"{W}body")
    if body is None:
        raise NotASpecification(DAMAGED)
    reader = Reader(read_styles(parts["styles"]), read_numbering(parts["numbering"]), _notes(parts))
    return reader.blocks(body)


def _parts(archive: zipfile.ZipFile) -> dict:
    """The parts that hold text, by name: a bomb is known by what it says of itself, or cut off while it unpacks."""
    names = {entry.filename.lstrip("/"): entry for entry in archive.infolist()}
    if len(archive.infolist()) > MOST_ENTRIES:
        raise NotASpecification(TOO_LARGE)
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in names), None)
    if main is None:
        raise NotASpecification(OTHER_ARCHIVE)
    parts = {"document": _part(archive, names[main])}
    for part in ("styles", "numbering", "footnotes", "endnotes"):
        entry = names.get(f"word/{part}.xml")
        parts[part] = None if entry is None else _part(archive, entry)
    return parts


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo):
    with archive.open(entry) as file:
        xml = file.read(LARGEST_PART + 1)
    if len(xml) > LARGEST_PART:
        raise NotASpecification(TOO_LARGE)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(xml.replace(STRICT, W[1:-1].encode()), parser)
    except etree.XMLSyntaxError as error:
        raise NotASpecification(DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:  # Word writes none: only an entity bomb needs one
        raise NotASpecification(DAMAGED)
    return root


def _notes(parts: dict) -> dict[str, object]:
    notes = {}
    for part in ("footnote", "endnote"):
        for note in parts[f"{part}s"] if parts[f"{part}s"] is not None else ():
            notes[part + note.get(f"{W}id", "")] = note
    return notes


class Reader:
    """Goes through a body or a cell; boxes and notes of a block come after it."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict):
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.after: list = []

    def blocks(self, parent) -> list[Block]:
        blocks: list[Block] = []
        for child in parent:
            if child.tag == f"{W}p":
                blocks += self._paragraph(child)
            elif child.tag == f"{W}tbl":
                blocks.append(self._table(child))
            elif child.tag == ALTERNATE:
                blocks += self.blocks(_alternative(child))
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                blocks += self.blocks(child)
        return blocks

    def _paragraph(self, paragraph) -> list[Block]:
        outer, self.after = self.after, []
        words: list[str] = []
        self._words(paragraph, words)
        text, inside = "".join(words), self.after
        self.after = outer
        block = self._block(paragraph, text) if text.strip() else None
        return [*([block] if block else []), *(each for box in inside for each in self.blocks(box))]

    def _block(self, paragraph, text: str) -> Block:
        style = self.styles.of(paragraph)
        label = self.numbering.label(style.number, style.level) if style.number else None
        if style.heading:
            return Heading(style.heading, f"{label} {text}" if label and label != "-" else text)
        if label:
            return Item(text if label == "-" else f"{label} {text}", style.level)
        return Paragraph(text)

    def _words(self, element, words: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{W}t":
                words.append(child.text or "")
            elif tag in SHOWN_AS:
                words.append(SHOWN_AS[tag])
            elif tag == f"{W}br":
                words.append(" " if child.get(f"{W}type") in ("page", "column") else "\n")
            elif tag == f"{W}sym":
                words.append(_symbol(child))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                note = self.notes.pop(tag.removeprefix(W).removesuffix("Reference") + child.get(f"{W}id", ""), None)
                self.after += [] if note is None else [note]
            elif tag == f"{W}txbxContent":
                self.after.append(child)
            elif tag == ALTERNATE:
                self._words(_alternative(child), words)
            elif isinstance(tag, str) and tag not in SKIPPED and not _is_hidden(child):
                self._words(child, words)

    def _table(self, table) -> Table:
        return Table([row for child in table for row in self._rows(child)])

    def _rows(self, element) -> list[list[Cell]]:
        if element.tag == f"{W}tr":
            return [] if element.find(f"{W}trPr/{W}del") is not None else [self._row(element)]
        if not isinstance(element.tag, str) or element.tag in SKIPPED:
            return []
        return [row for child in element for row in self._rows(child)]

    def _row(self, row) -> list[Cell]:
        cells = [Cell(columns=whole(value(row, "trPr/gridBefore"), 0))]
        cells = cells if cells[0].columns else []
        return cells + self._cells(row)

    def _cells(self, parent) -> list[Cell]:
        cells = []
        for child in parent:
            if child.tag == f"{W}tc":
                cells.append(self._cell(child))
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                cells += self._cells(child)
        return cells

    def _cell(self, cell) -> Cell:
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val") != "restart"
        blocks = self.blocks(cell)
        return Cell([] if goes_on else blocks, whole(value(cell, "tcPr/gridSpan"), 1))


def _alternative(element):
    """Of the same contents for newer and for older programs, one."""
    return element[0] if len(element) else element


def _is_hidden(run) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(f"{W}val") not in ("0", "false")


def _symbol(element) -> str:
    try:
        code = int(element.get(f"{W}char", "")[:4], 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 < code < 0xD800 else "•"
