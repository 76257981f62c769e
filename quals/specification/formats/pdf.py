"""A PDF becomes headings, paragraphs, list items and tables: from the places of its words and its ruled lines."""

import io
from collections import Counter
from statistics import quantiles

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ..refusal import NotASpecification
from .furniture import without_furniture
from .printed import Grid, Line, Sheet, Word, paragraphs, sheet
from .writing import Block, Cell, Heading, Item, Paragraph, Table

MOST_PAGES = 1_500
TOO_MANY_PAGES = "This PDF has more pages than any specification (1,500): nothing was imported."
LOCKED = "This PDF has a password: save it without one, and import that."
PICTURES = "This PDF holds pictures of pages, not their text: get it from its publisher as text, or run it through OCR."
CIPHERS = "The letters of this PDF cannot be told from its shapes: save it anew from its source, or as .docx."
LARGER = 1.12  # a heading's letters are larger than the body's by more than this
BULLETS = frozenset("-–•▪●○◦‣·■□➢✓o\uf0b7\uf0a7")
WORDS = {"x_tolerance_ratio": 0.15, "extra_attrs": ["size"], "keep_blank_chars": False}


def read(data: bytes) -> list[Block]:
    sheets = _sheets(data)
    words = [word for each in sheets for word in each.words()]
    if len(words) < 3 * len(sheets):
        raise NotASpecification(PICTURES)
    if sum("(cid:" in word for word in words) * 5 > len(words):
        raise NotASpecification(CIPHERS)
    body = _body_size(sheets)
    without_furniture(sheets, body)
    return _blocks(sheets, body)


def _sheets(data: bytes) -> list[Sheet]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise NotASpecification(TOO_MANY_PAGES)
            return [_sheet(page) for page in pdf.pages]
    except (PdfminerException, PDFPasswordIncorrect) as error:
        if isinstance(error, PDFPasswordIncorrect) or isinstance(error.args[0], PDFPasswordIncorrect):
            raise NotASpecification(LOCKED) from error
        raise


def _sheet(page) -> Sheet:
    words = [
        Word(word["text"], word["x0"], word["x1"], word["top"], word["bottom"], word["size"])
        for word in page.extract_words(**WORDS)
    ]
    tables = [[row.cells for row in table.rows] for table in page.find_tables()]
    made = sheet(words, tables, float(page.width), float(page.height))
    page.close()
    return made


def _body_size(sheets: list[Sheet]) -> float:
    sizes: Counter[float] = Counter()
    for each in sheets:
        for line in each.all_lines():
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0]


def _blocks(sheets: list[Sheet], body: float) -> list[Block]:
    right, ranks = _right(sheets), _ranks(sheets, body)
    blocks: list[Block] = []
    lines: list[Line] = []
    for part in (part for each in sheets for part in each.parts):
        if isinstance(part, Line):
            lines.append(part)
        else:
            blocks += [*_of_lines(lines, right, ranks), _table(part)]
            lines = []
    return blocks + _of_lines(lines, right, ranks)


def _right(sheets: list[Sheet]) -> float:
    """Where the lines of running text end."""
    ends = [line.x1 for each in sheets for line in each.lines() if line.x1 - line.x0 > each.width / 2]
    return quantiles(ends, n=50)[-1] if len(ends) > 1 else max(each.width for each in sheets)


def _ranks(sheets: list[Sheet], body: float) -> dict[float, int]:
    """The ranks of headings by size: the largest is the first."""
    sizes = {_rounded(line) for each in sheets for line in each.lines() if line.size > body * LARGER}
    return {size: min(rank, 6) for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}


def _rounded(line: Line) -> float:
    return round(line.size * 2) / 2


def _of_lines(lines: list[Line], right: float, ranks: dict[float, int]) -> list[Block]:
    return [_block(paragraph, ranks) for paragraph in paragraphs(lines, right)]


def _block(paragraph: list[Line], ranks: dict[float, int]) -> Block:
    text = _text(paragraph)
    if rank := ranks.get(_rounded(paragraph[0])):
        return Heading(rank, text.replace("\t", " "))
    mark, _, rest = text.replace("\t", " ", 1).partition(" ")
    if mark in BULLETS and rest.strip():
        return Item(rest)
    if "\t" in text:
        return Table([[Cell([Paragraph(cell)]) for cell in text.split("\t")]])
    return Paragraph(text)


def _text(paragraph: list[Line]) -> str:
    """Its lines in one: a hyphen at a line's end is kept, as it may be the word's own."""
    text = ""
    for line in paragraph:
        text += line.text if not text or _goes_on(text, line.text) else " " + line.text
    return text.replace("\u00ad", "")


def _goes_on(text: str, after: str) -> bool:
    """Whether a line was broken inside a word, or after the stroke of a number or of two words."""
    if text[-1] == "-":
        return text[-2:-1].isalpha() and after[0].islower()
    return text[-1] == "\u00ad" or (text[-1] == "/" and text[-2:-1].isalnum() and after[0].isalnum())


def _table(grid: Grid) -> Table:
    return Table([[_cell(cell) for cell in row] for row in grid.rows])


def _cell(lines: list[Line]) -> Cell:
    right = lines[0].room if lines else 0
    texts = [_text(paragraph).replace("\t", " ") for paragraph in paragraphs(lines, right)]
    return Cell([Paragraph(text) for text in texts])
