"""What every format is made of (headings, paragraphs, list items, tables), and its form as lines of text."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..refusal import NotASpecification

MOST_CHARACTERS = 20_000_000
MOST_LINES = 200_000
TOO_LONG = "This document holds more text than any specification: nothing was imported."
MOST_COLUMNS = 60
# Where a line of a cell begins like this, it begins something new; elsewhere it only goes on.
BEGINS = re.compile(
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[.)]?|\(?[0-9]{1,3}[.)]|\(?(?:[a-zA-Z]|[ivx]{2,4})[.)]|[-–•*▪●○◦‣·■□➢✓\uf0b7\uf0a7])\s"
)
MARKUP = re.compile(r"</?[A-Za-z]")
UNWANTED = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


@dataclass
class Heading:
    level: int
    text: str


@dataclass
class Paragraph:
    """Line feeds are the line breaks that its author set."""

    text: str


@dataclass
class Item:
    text: str
    depth: int = 0


@dataclass
class Cell:
    blocks: "list[Block]" = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass
class Table:
    rows: list[list[Cell]]


Block = Heading | Paragraph | Item | Table


def one_line(text: str) -> str:
    return " ".join(UNWANTED.sub(" ", text).split())


def literal(text: str) -> str:
    """The line in which the reader, who takes tags out and resolves entities, finds this text."""
    text = one_line(text)
    if MARKUP.search(text) or ("&" in text and _unescaped(text) != text):
        return text.replace("&", "&amp;").replace("<", "&lt;")
    return text


def _unescaped(text: str) -> str | None:
    try:
        return html.unescape(text)
    except ValueError:  # a number of thousands of digits
        return None


def as_lines(blocks: Iterable[Block]) -> list[str]:
    writer = Writer()
    writer.write(blocks)
    while writer.lines and not writer.lines[-1]:
        writer.lines.pop()
    return [*writer.lines, ""]  # as a text ends that ends with a line feed


class Writer:
    """Lines, with an empty one between blocks but none between the items of a list or the rows of a table."""

    def __init__(self):
        self.lines: list[str] = []
        self.room = MOST_CHARACTERS
        self.in_list = False

    def write(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self._block("#" * min(max(block.level, 1), 6) + " ", [block.text])
                case Paragraph():
                    self._block("", block.text.split("\n"))
                case Item():
                    self._item(block)
                case Table():
                    self._table(block)

    def _block(self, mark: str, texts: list[str]) -> None:
        texts = [words for text in texts if (words := literal(text))]
        if texts:
            self._gap()
            for text in texts:
                self._line(mark + text)
            self.in_list = False

    def _item(self, item: Item) -> None:
        text = literal(item.text)
        if text:
            if not self.in_list:
                self._gap()
            self._line("  " * min(item.depth, 9) + "- " + text)
            self.in_list = True

    def _table(self, table: Table) -> None:
        """A row that holds a table of its own is a frame around it: its contents follow one another."""
        self._gap()
        for row in spread(table.rows):
            if any(_is_frame(cell) for cell in row) or _only(table):
                for cell in row:
                    self.write(cell.blocks)
                self._gap()
            else:
                texts = [_in_cell(cell.blocks) for cell in row]
                if any(texts):
                    self._line("\t".join(texts))
        self._gap()

    def _gap(self) -> None:
        self.in_list = False
        if self.lines and self.lines[-1]:
            self._line("")

    def _line(self, text: str) -> None:
        self.room -= len(text) + 1
        if self.room < 0 or len(self.lines) > MOST_LINES:
            raise NotASpecification(TOO_LONG)
        self.lines.append(text)


def spread(rows: list[list[Cell]]) -> Iterable[list[Cell]]:
    """Each row with as many cells as it covers columns: a merged cell's text stands in the first of them."""
    below: dict[int, int] = {}
    for row in rows:
        full: list[Cell] = []
        for cell in row:
            _fill(full, below)
            columns = range(len(full), len(full) + _width(cell, len(full)))
            if cell.rows > 1:
                below |= dict.fromkeys(columns, cell.rows)
            full += [cell, *(Cell() for _ in columns[1:])]
        _fill(full, below)
        below = {at: left - 1 for at, left in below.items() if left > 1}
        yield full


def _width(cell: Cell, before: int) -> int:
    return min(max(cell.columns, 1), MOST_COLUMNS) if before < MOST_COLUMNS else 1


def _fill(full: list[Cell], below: dict[int, int]) -> None:
    while len(full) in below:
        full.append(Cell())


def _is_frame(cell: Cell) -> bool:
    return any(isinstance(block, Table) for block in cell.blocks)


def _only(table: Table) -> bool:
    return len(table.rows) == 1 and len(table.rows[0]) == 1


def _in_cell(blocks: list[Block]) -> str:
    """A cell's paragraphs in one line."""
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts += joined(block.text.split("\n"))
        elif isinstance(block, Item | Heading):
            texts.append(block.text)
    texts = [words for text in texts if (words := literal(text))]
    return texts[0] if len(texts) == 1 else " ".join(f"<p>{text}</p>" for text in texts)


def joined(lines: list[str]) -> list[str]:
    """Lines of a cell as paragraphs: a line that begins nothing new goes on where the one before it stopped."""
    texts: list[list[str]] = []
    for line in lines:
        if not texts or not line.strip() or not texts[-1][-1].strip() or BEGINS.match(f"{line.strip()} "):
            texts.append([line])
        else:
            texts[-1].append(line)
    return [" ".join(text) for text in texts]
