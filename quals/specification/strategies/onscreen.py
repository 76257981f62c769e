"""Which units may be taken by an onscreen test, how long it lasts and how many marks it has."""

import re
from dataclasses import dataclass, field

from ..read import BULLET, Line, plain
from ..tables import cells
from .policy import figure, sentences

ONSCREEN = re.compile(
    r"\bon-? ?screen (?:test|assess|exam)|\bcomputer-based (?:test|assess|exam)|\be-?tests?\b"
    r"|\bonline (?:multiple[ -]choice )?(?:test|exam)",
    re.I,
)
FOLLOWING = re.compile(r"\bfollowing\b.{0,60}\bunits?\b|\bunits?\b.{0,200}:$", re.I)
PORTFOLIO = re.compile(r"\bportfolio", re.I)
DENIES = re.compile(r"\b(?:not|no|cannot|neither)\b", re.I)
UNIT = re.compile(
    r"Unit (?P<number>[0-9][\w-]{0,9}|[A-Z]/[0-9]{3}/[0-9]{4})(?![\w/])[ :–-]{0,4}(?P<title>.{0,200})", re.I
)
MINUTES = re.compile(
    r"(?:(?P<hours>[0-9]{1,2}|one|two|three) hours?)?(?: and)? ?(?:(?P<minutes>[0-9]{1,3}) ?min(?:ute)?s?\b)?", re.I
)
DURATION = re.compile(r"[0-9]{1,3} ?min(?:ute)?s?\b|\b(?:[0-9]{1,2}|one|two|three) hours?\b", re.I)
MARKS = re.compile(r"\b(?P<marks>[0-9]{1,3}) marks?\b", re.I)
KEY = re.compile(r"(?P<number>[0-9][\w-]{0,9}|[A-Z]/[0-9]{3}/[0-9]{4})(?P<title>)")
REACH = 60
REACH_ON_PAGE = 30


@dataclass
class OnscreenTest:
    line: int
    title: str = ""
    minutes: int | None = None
    marks: int | None = None

    def learn(self, text: str) -> None:
        self.minutes = self.minutes or _minutes(text)
        marks = MARKS.search(text)
        self.marks = self.marks or (int(marks["marks"]) if marks else None)


@dataclass
class Onscreen:
    """What the document says outside its units' pages, by unit number or UAN."""

    routes: dict[str, tuple[int, str, list[str]]] = field(default_factory=dict)
    tests: dict[str, OnscreenTest] = field(default_factory=dict)


def read_tests(lines: list[Line]) -> Onscreen:
    found, listing, current, columns = Onscreen(), None, None, ()
    near = -REACH
    if not any(ONSCREEN.search(line.text) for line in lines):
        return found
    for line in lines:
        text = BULLET.sub("", line.text).strip()
        if not text:
            continue
        row = [plain(cell) for cell in cells(text)]
        if ONSCREEN.search(text):
            near = line.number
        unit = row and (UNIT.match(row[0]) or (columns and KEY.fullmatch(row[0])))
        if unit and _is_title(unit["title"]):
            if listing:
                found.routes.setdefault(unit["number"], (line.number, unit["title"], listing))
            elif len(row) > 1 and ONSCREEN.search(text):
                both = ["portfolio", "onscreen_test"] if PORTFOLIO.search(text) else ["onscreen_test"]
                found.routes.setdefault(unit["number"], (line.number, unit["title"] or row[1], both))
            if line.number - near < REACH:
                current = found.tests.setdefault(unit["number"], OnscreenTest(line.number, unit["title"]))
                _learn_row(current, row[1:], columns)
            continue
        listing = _listing(text)
        columns = row if len(row) > 2 else ()
        if current and len(row) > 1:
            _learn_row(current, row, ())
        else:
            current = None
    found.tests = {key: test for key, test in found.tests.items() if test.minutes or test.marks}
    return found


def read_page(lines: list[Line]) -> tuple[list[str], OnscreenTest | None]:
    """The routes that a unit's own page names, and its test; no routes where it names none."""
    if not any(ONSCREEN.search(line.text) for line in lines):
        return [], None
    spoken = [(line.number, sentence) for line in lines for sentence in sentences(line.text)]
    named = [(number, words) for number, words in spoken if ONSCREEN.search(words) and not DENIES.search(words)]
    if not named:
        return [], None
    test = OnscreenTest(named[0][0])
    for line in lines:
        if 0 <= line.number - test.line <= REACH_ON_PAGE:
            _learn_row(test, [plain(cell) for cell in cells(line.text)], ())
    has_portfolio = any(PORTFOLIO.search(words) and not DENIES.search(words) for _, words in spoken)
    routes = ["portfolio", "onscreen_test"] if has_portfolio else ["onscreen_test"]
    return routes, test if test.minutes or test.marks else None


def _is_title(text: str) -> bool:
    return len(text) < 160 and not text.endswith(".")


def _listing(text: str) -> list[str] | None:
    """The routes of the units listed after this paragraph, where it says so."""
    for words in sentences(text):
        if FOLLOWING.search(words) and not DENIES.search(words):
            onscreen, portfolio = ONSCREEN.search(words), PORTFOLIO.search(words)
            if onscreen:
                only = re.search(r"\bonly\b", words) and not portfolio
                return ["onscreen_test"] if only else ["portfolio", "onscreen_test"]
            if portfolio and re.search(r"\bonly\b", words):
                return ["portfolio"]
    return None


def _learn_row(test: OnscreenTest, row: list[str], columns: tuple[str, ...] | list[str]) -> None:
    test.learn(" ".join(row))
    for position, cell in enumerate(row):
        head = columns[position + 1] if position + 1 < len(columns) else row[position - 1] if position else ""
        if re.search(r"\bmarks?\b", head, re.I) and cell.isdigit() and len(cell) <= 3:
            test.marks = test.marks or int(cell)
        if re.search(r"\bminutes\b", head, re.I) and cell.isdigit() and len(cell) <= 3:
            test.minutes = test.minutes or int(cell)


def _minutes(text: str) -> int | None:
    start = DURATION.search(text)
    found = MINUTES.match(text, start.start()) if start else None
    if not found:
        return None
    hours = figure(found["hours"]) if found["hours"] else 0
    return hours * 60 + int(found["minutes"] or 0) or None
