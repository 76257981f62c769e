"""Where a document speaks of assessment outside its units' pages: annexes, what holds for all units, who owns it."""

import re

from ..checks import QAN, UAN
from ..pages.pages import UnitPage
from ..read import BULLET, Line, plain
from ..tables import cells, is_row
from .onscreen import Onscreen, read_tests
from .policy import Policy, read_policy

FEW = 10
ANNEXE = re.compile(r"(?P<word>Annexe?|Appendix) (?P<letter>[A-Z]|[0-9]{1,2})\b(?! (?:of|and)\b)", re.I)
NAMES_ANNEXE = re.compile(r"\b(?P<word>Annexe?|Appendix) (?P<letter>[A-Z]|[0-9]{1,2})\b")
BODY = re.compile(
    r"\bstrateg(?:y|ies) (?:provided|produced|developed|published|issued|owned|set) by (?:the )?"
    r"(?P<owner>[A-Z][\w&-]{1,40}(?: (?:of|for|and|[A-Z][\w&-]{1,40})){0,6})"
    r"|\bby the (?P<setter>[A-Z][\w&-]{1,40}(?: (?:of|for|and|[A-Z][\w&-]{1,40})){0,6}?) Assessment Strategy\b"
)
CHAPTER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})? [A-Z][^\t.]{2,60}$")
NUMBER_CELL = re.compile(r"[0-9][\w-]{0,9}")


class Sources:
    """What stands outside the units' pages: the annexes, and what is said of all units."""

    def __init__(self, lines: list[Line], pages: list[UnitPage]) -> None:
        inside = {line.number for page in pages for line in page.lines}
        outside = [line for line in lines if line.number not in inside]
        self.annexes, self.rest = _annexes(outside, max(inside, default=0))
        self.policy = read_policy(self.rest)
        self.onscreen: Onscreen = read_tests(self.rest)
        self.own = _own(self.rest, pages)
        self._read_annexes: dict[str, Policy] = {}
        self._units_of: dict[tuple[int, str], frozenset[str]] = {}

    def annexe(self, key: str) -> Policy | None:
        if key not in self._read_annexes and key in self.annexes:
            self._read_annexes[key] = read_policy(self.annexes[key])
        return self._read_annexes.get(key)

    def units_of(self, level: int, size: str) -> frozenset[str]:
        """The numbers and UANs of the units in the tables of one qualification, found by its level and size."""
        if (level, size) not in self._units_of:
            self._units_of[level, size] = self._find_units(level, size)
        return self._units_of[level, size]

    def _find_units(self, level: int, size: str) -> frozenset[str]:
        title, found, is_inside = re.compile(rf"\bLevel {level} [^.]{{0,60}}\b{size}\b", re.I), set(), False
        for line in self.rest:
            if is_inside and (line.heading_level or CHAPTER.match(line.text)):
                is_inside = _is_structure(line)
            if QAN.search(line.text):
                is_inside = title.search(plain(line.text.replace("\t", " "))) is not None
            elif is_inside and is_row(line.text):
                row = [plain(cell) for cell in cells(line.text)]
                found.update(cell for cell in row[:2] if NUMBER_CELL.fullmatch(cell) or UAN.fullmatch(cell))
        return frozenset(found)


def _is_structure(line: Line) -> bool:
    return re.search(r"\b(?:group|units?|structure|mandatory|optional)\b", line.text, re.I) is not None


def named_annexes(lines: list[Line]) -> list[str]:
    text = " ".join(
        plain(line.text).replace("*", "") for line in lines if "nnex" in line.text or "ppendix" in line.text
    )
    return list(dict.fromkeys(_annexe_key(found) for found in NAMES_ANNEXE.finditer(text)))


def _annexe_key(found: re.Match) -> str:
    return f"{found['word'].lower().removesuffix('e')} {found['letter'].upper()}"


def _annexes(outside: list[Line], after: int) -> tuple[dict[str, list[Line]], list[Line]]:
    """The annexes that stand after the units' pages, by word and letter, and all other lines."""
    annexes: dict[str, list[Line]] = {}
    rest, current = [], None
    for line in outside:
        found = ANNEXE.match(plain(line.text)) if line.number > after or line.heading_level else None
        if found and not BULLET.match(line.text) and "\t" not in line.text:
            current = annexes.setdefault(_annexe_key(found), [])
        if current is None:
            rest.append(line)
        else:
            current.append(line)
    return annexes, rest


def _own(rest: list[Line], pages: list[UnitPage]) -> frozenset[int]:
    """The pages that the document's own strategy governs: those that name its owner, where pages name one."""
    names: dict[str, None] = {}
    for line in rest:
        if "trateg" in line.text and len(names) < FEW:
            for found in BODY.finditer(plain(line.text).replace("*", "")):
                names.setdefault(found["owner"] or found["setter"])
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names))
    naming = frozenset(page.line for page in pages if any(named.search(plain(line.text)) for line in page.lines))
    return naming if names and naming else frozenset(page.line for page in pages)
