"""The words of a printed page, by their places, become lines and tables in the order of reading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .writing import BEGINS

Box = tuple[float, float, float, float]
COLUMN_GAP = 2.5  # in letters' heights: wider than between words, even where lines are spaced out to the margin
PARAGRAPH_GAP = 0.75
NO_GAP = 0.12
THINNEST = 6.0
SPACE = 0.45  # a space's width, and what a break may be out by


@dataclass(slots=True)
class Word:
    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


@dataclass(slots=True)
class Line:
    """`first` is the width of its first word; `room` the place where its cell ends, if it stands in one."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    first: float
    room: float = 0


@dataclass(slots=True)
class Grid:
    """A ruled table: rows of cells, each the lines in it."""

    top: float
    bottom: float
    rows: list[list[list[Line]]]


@dataclass
class Sheet:
    width: float
    height: float
    parts: list[Line | Grid] = field(default_factory=list)

    def lines(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]

    def all_lines(self) -> Iterator[Line]:
        for part in self.parts:
            if isinstance(part, Line):
                yield part
            else:
                yield from (line for row in part.rows for cell in row for line in cell)

    def words(self) -> Iterator[str]:
        for line in self.all_lines():
            yield from line.text.split()


def sheet(words: list[Word], tables: list[list[list[Box | None]]], width: float, height: float) -> Sheet:
    """`tables` are rows of cells' places, None where a merged cell covers the place."""
    parts: list[Line | Grid] = []
    for rows in [part for table in tables for part in _apart(table)]:
        boxes = [box for row in rows for box in row if box]
        if len(boxes) > 1:  # a single box is a frame around text
            grid, words = _grid(rows, boxes, words)
            parts += [grid] if grid else []
    parts += lines_of(words)
    parts.sort(key=lambda part: part.top)
    return Sheet(width, height, parts)


def _apart(rows: list[list[Box | None]]) -> list[list[list[Box | None]]]:
    """Tables that touch, each on its own: known by columns' edges of which neither set holds the other."""
    tables: list[list[list[Box | None]]] = []
    known: set[int] = set()
    for row in rows:
        edges = {round(edge) for box in row if box for edge in (box[0], box[2])}
        if tables and (edges <= known or known <= edges):
            tables[-1].append(row)
            known |= edges
        else:
            tables.append([row])
            known = edges
    return [_narrowed(table) for table in tables]


def _narrowed(rows: list[list[Box | None]]) -> list[list[Box | None]]:
    """Without the columns in which no cell of this table begins, or only the room between doubled lines."""
    rows = [[box if box and box[2] - box[0] > THINNEST else None for box in row] for row in rows]
    begun = [at for at in range(max(map(len, rows))) if any(at < len(row) and row[at] for row in rows)]
    return [[row[at] if at < len(row) else None for at in begun] for row in rows]


def _grid(rows: list[list[Box | None]], boxes: list[Box], words: list[Word]) -> tuple[Grid | None, list[Word]]:
    """The table with its words in it, and the words that are not in it."""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    inside: dict[Box, list[Word]] = {box: [] for box in boxes}
    outside = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        box = None
        if left <= x <= right and top <= y <= bottom:
            box = next((box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
        (outside if box is None else inside[box]).append(word)
    if not any(inside.values()):
        return None, words
    cells = [[_cell_lines(inside[box], box) if box else [] for box in row] for row in rows]
    return Grid(top, bottom, [row for row in cells if any(row)]), outside


def _cell_lines(words: list[Word], box: Box) -> list[Line]:
    lines = lines_of(words)
    padding = max(min((line.x0 for line in lines), default=box[0]) - box[0], 0)
    for line in lines:
        line.room = max(box[2] - padding, max(each.x1 for each in lines))
    return lines


def lines_of(words: list[Word]) -> list[Line]:
    """Words whose middles are at one height make a line."""
    rows: list[list[Word]] = []
    height = 0.0
    for word in sorted(words, key=lambda word: (word.top + word.bottom) / 2):
        middle = (word.top + word.bottom) / 2
        if rows and middle - height < 0.5 * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
            height = middle
    return [_line(sorted(row, key=lambda word: word.x0)) for row in rows]


def _line(words: list[Word]) -> Line:
    text = words[0].text
    size = max(words, key=lambda word: len(word.text)).size
    for before, word in pairwise(words):
        gap = (word.x0 - before.x1) / max(size, 1)
        text += ("\t" if gap > COLUMN_GAP else " " if gap > NO_GAP else "") + word.text
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    x1 = max(word.x1 for word in words)
    return Line(text, words[0].x0, x1, top, bottom, size, words[0].x1 - words[0].x0)


def paragraphs(lines: list[Line], right: float) -> list[list[Line]]:
    """Lines that go on to the margin and are followed closely belong to one paragraph."""
    made: list[list[Line]] = []
    for line in lines:
        if made and _goes_on(made[-1], line, right):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _goes_on(paragraph: list[Line], line: Line, right: float) -> bool:
    before = paragraph[-1]
    if _begins(line, before) or "\t" in line.text or abs(line.size - before.size) > 0.12 * before.size:
        return False
    if line.top - before.bottom > PARAGRAPH_GAP * line.size:
        return False
    if len(paragraph) > 1 and line.x0 < before.x0 - line.size / 2:
        return False
    is_lower = line.text[:1].islower() and before.text[-1:] not in ".:;"
    if is_lower or line.top < before.top:  # over the end of a page only a sentence that has begun goes on
        return is_lower
    return before.text[-1:] == "/" or before.x1 + line.first + SPACE * line.size > right


def _begins(line: Line, before: Line) -> bool:
    """A dash begins an item only where something ended before it: inside a sentence it is a dash."""
    if line.text[:1] in "-–":
        return before.text[-1:] in ".:;,?!" or before.text[:1] in "-–"
    return bool(BEGINS.match(line.text + " "))
