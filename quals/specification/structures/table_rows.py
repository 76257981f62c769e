"""The rows of every table that lists units with level, credit or hours, in a structure or anywhere else."""

from dataclasses import dataclass

from ..pages.headings import unit_heading
from ..read import Line
from .listings import by_column, listing_columns, read_number, row_words, split_mark

FIGURES = ("level", "credit", "glh")


@dataclass
class ListedRow:
    """One row of a table or of the contents."""

    line: int
    number: str | None
    uan: str | None
    title: str
    figures: dict[str, int]


def listed_rows(lines: list[Line]) -> list[ListedRow]:
    """The tables' rows, and the units' entries in the contents."""
    rows = table_rows(lines)
    taken = {row.line for row in rows}
    for index, line in enumerate(lines):
        entry = unit_heading(index, line) if "\t" in line.text and line.number not in taken else None
        if entry and entry.listed and entry.title:
            rows.append(ListedRow(line.number, entry.number, entry.uan, entry.title, {}))
    return sorted(rows, key=lambda row: row.line)


def table_rows(lines: list[Line]) -> list[ListedRow]:
    rows: list[ListedRow] = []
    head: dict[str, int] | None = None
    for line in lines:
        if "\t" not in line.text and "|" not in line.text:
            head = head if not line.text.strip() else None
            continue
        cells = row_words(line)
        if header := listing_columns(cells):
            head = header
        elif head and len(cells) > 1 and (row := _row(cells, head, line.number)):
            rows.append(row)
    return rows


def _row(cells: list[str], head: dict[str, int], line: int) -> ListedRow | None:
    cell = by_column(cells, head)
    number = read_number(cell.get("number", "") or "-")
    uan, title = split_mark(cell.get("uan", ""))[0] or None, split_mark(cell["title"])[0]
    if not title or not (number or uan):
        return None
    figures = {name: int(cell[name]) for name in FIGURES if cell.get(name, "").isdigit() and len(cell[name]) < 5}
    return ListedRow(line, number[1] if number else None, uan, title, figures)
