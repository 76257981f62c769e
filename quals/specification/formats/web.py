"""A web page becomes headings, paragraphs, list items and tables."""

import re

from lxml import etree

from ..refusal import NotASpecification
from . import text
from .writing import Block, Cell, Heading, Item, Paragraph, Table

TOO_DEEP = "This web page is larger, or nested more deeply, than any specification: nothing was imported."
CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
# Only these are believed: Python knows codecs that are no character sets, and some that take for ever.
ENCODING = re.compile(r"windows-125[0-8]|iso-8859-(?:[2-9]|1[013-6])|koi8-[ru]|macintosh", re.IGNORECASE)
UNSEEN = "head script style template noscript svg math object iframe select button textarea audio video canvas"
APART = (
    "html body address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form "
    "header hr main nav ol p pre section summary ul li caption thead tbody tfoot tr td th table"
)
NOT_SHOWN, ON_ITS_OWN = frozenset(UNSEEN.split()), frozenset(APART.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
OWN_NUMBER = re.compile(r"\(?[0-9a-zA-Z]{1,3}(?:\.[0-9]{1,3}){0,3}[.)]\s|[0-9]{1,3}\.[0-9]{1,3}\s")


def read(data: bytes) -> list[Block]:
    page = _decoded(data)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise NotASpecification(TOO_DEEP)
    collector = Collector()
    if root is not None:
        collector.element(root)
        collector.close()
    return collector.blocks


def _decoded(data: bytes) -> str:
    name = CHARSET.search(data[:1024])
    encoding = name.group(1).decode("ascii") if name else ""
    if ENCODING.fullmatch(encoding):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return text.decoded(data.decode(encoding, "replace").encode("utf-8"))
    return text.decoded(data)


class Collector:
    """Walks the page in the order of its text; words wait until the block that they belong to ends."""

    def __init__(self):
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.marks: list[str] = []
        self.depth = 0
        self.exact = False

    def element(self, element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in NOT_SHOWN or element.get("hidden") is not None:
            return
        if tag == "br":
            self.words.append("\n")
        elif tag in HEADINGS:
            self._heading(element, HEADINGS[tag])
        elif tag == "table":
            self._table(element)
        elif tag in ("ul", "ol", "menu"):
            self._list(element, numbered=tag == "ol")
        elif tag in ON_ITS_OWN:
            self.close()
            self._inside(element)
            self.close()
        else:
            self._inside(element)

    def _inside(self, element) -> None:
        exact, self.exact = self.exact, self.exact or element.tag == "pre"
        self._text(element.text)
        for child in element:
            self.element(child)
            self._text(child.tail)
        self.exact = exact

    def _text(self, words: str | None) -> None:
        if words:
            self.words.append(words if self.exact else re.sub(r"[\t\n\r\f]", " ", words))

    def close(self) -> None:
        words = "".join(self.words)
        self.words = []
        if not words.strip():
            return
        if not self.depth:
            self.blocks.append(Paragraph(words))
            return
        mark = self.marks[-1]
        self.marks[-1] = ""
        if mark and OWN_NUMBER.match(words.lstrip()):
            mark = ""
        self.blocks.append(Item(f"{mark} {words}", self.depth - 1))

    def _heading(self, element, level: int) -> None:
        self.close()
        inner = Collector()
        inner._inside(element)
        inner.close()
        words = " ".join(block.text for block in inner.blocks if not isinstance(block, Table))
        self.blocks.append(Heading(level, words))
        self.blocks += [block for block in inner.blocks if isinstance(block, Table)]

    def _list(self, element, *, numbered: bool) -> None:
        self.close()
        self.depth += 1
        number = _number(element.get("start"), 1)
        plain = "list-style-type: none" in (element.get("style") or "")
        for child in element:
            is_item = child.tag == "li"
            number = _number(child.get("value"), number) if is_item else number
            self.marks.append(f"{number}." if numbered and is_item and not plain else "")
            self._item(child)
            self.marks.pop()
            number += is_item
        self.depth -= 1

    def _item(self, child) -> None:
        self.element(child)
        self._text(child.tail)
        self.close()

    def _table(self, table) -> None:
        self.close()
        rows = []
        for part in table:
            if part.tag == "caption":
                self.element(part)
            elif part.tag == "tr":
                rows.append(_cells(part))
            elif part.tag in ("thead", "tbody", "tfoot"):
                rows += [_cells(row) for row in part if row.tag == "tr"]
        self.blocks.append(Table(rows))


def _cells(row) -> list[Cell]:
    return [_cell(cell) for cell in row if cell.tag in ("td", "th")]


def _cell(element) -> Cell:
    inner = Collector()
    inner._inside(element)
    inner.close()
    return Cell(inner.blocks, _number(element.get("colspan"), 1), _number(element.get("rowspan"), 1))


def _number(printed: str | None, otherwise: int) -> int:
    printed = (printed or "").strip()
    return int(printed) if printed.isascii() and printed.isdigit() and len(printed) < 6 else otherwise
