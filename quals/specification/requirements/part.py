"""The part of a unit's pages that holds its evidence requirements becomes drafts: sentences with their items."""

import re
from collections import deque
from dataclasses import dataclass, field, replace

from ..findings import Findings
from ..read import BULLET, Line, plain
from ..tables import is_row
from .pieces import Piece, opens_part, pieces_of

OWN_HEADING = re.compile(r"Unit (?:[0-9][\w-]{0,9}|[A-Z]/[0-9]{3}/[0-9]{4})(?![\w/])", re.I)
SECTION = re.compile(
    r"(?:unit (?:aim|summary|title|reference|amplification|assessment|type|content)|learning outcomes?\b|outcome [0-9]"
    r"|assessment\b|level ?:|level [0-9]|credits?(?: value| points)? ?:|guided learning|(?:GLH|UAN|NDAQ)\b"
    r"|teaching guidance|guidance\b|(?:details|support) of the |information for (?:tutors|teachers|assessors)"
    r"|(?:suggested|essential) resources|additional information|appendi(?:x|ces)\b|annexe?\b|glossary|notes?\b"
    r"|relationship (?:to|between)|aims? ?:)",
    re.I,
)
NOTHING_MORE = re.compile(r"There (?:are|is) no (?:\w+ ){0,4}requirements?\b", re.I)
BEGINS_WITHOUT_HEADING = re.compile(
    r"(?:Your|The) evidence (?:must|should|for)\b|You (?:must|should|may) .{0,30}evidence", re.I
)
PAGE_NUMBER = re.compile(r"(?:Page )?[0-9]{1,3}(?: of [0-9]{1,3})?", re.I)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.I)
BEFORE_ADDRESS = (":", " at", " on", " from", " see", " to", " and", " or", ",")
NUMBER = re.compile(r"\(?(?P<mark>[0-9]{1,2})(?:[.):]{1,2} ?(?![0-9])| |(?=[A-Z][a-z]))(?P<rest>\S.*)")
LETTER = re.compile(r"\(?(?P<mark>[a-z])(?:(?P<sure>[):]{1,2} ?|\. )| )(?P<rest>\S.*)")
MARK_ALONE = re.compile(r"\(?(?P<mark>[0-9]{1,2}|[a-z])[.):]{0,2}")
ROMAN = re.compile(r"\(?(?:i{1,3}|iv|vi{0,3}|ix|x)(?:[):.]{1,2} ?| )\S")
OBLIGES = re.compile(r"\b(?:evidence|must|should|need to|may|can be|have to)\b", re.I)
FINISHED = (".", ":", ";", "?", "!", ".'", ".’", ".”", '."')
MOST_REQUIREMENTS = 99
MOST_ITEMS = 200
MOST_REPORTED = 40
LONGEST = 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Item:
    piece: Piece
    letter: str
    text: str
    certain: bool


@dataclass
class Draft:
    piece: Piece
    printed: int | None
    text: str
    items: list[Item] = field(default_factory=list)
    counted: bool = False

    @property
    def end(self) -> str:
        return self.items[-1].text if self.items else self.text

    @property
    def is_finished(self) -> bool:
        return self.end.endswith(FINISHED)

    def go_on(self, text: str) -> None:
        """A sentence that a page break cut goes on."""
        holder = self.items[-1] if self.items else self
        holder.text += text if holder.text.endswith("-") else f" {text}"


class Part:
    """Walks through a unit's lines and gathers what stands under its heading of evidence requirements."""

    def __init__(self, lines: list[Line], subject: str, findings: Findings) -> None:
        self.subject, self.findings = subject, findings
        self.drafts: list[Draft] = []
        self.state, self.held, self.expected, self.left_over = "closed", "", 1, 0
        self.has_heading = any(opens_part(line.text) for line in lines)
        for line in lines:
            self._line(line)

    @property
    def last(self) -> Draft | None:
        return self.drafts[-1] if self.drafts else None

    def _line(self, line: Line) -> None:
        if not line.text.strip():
            return
        if len(line.text) > LONGEST:
            pieces = []
            if self.state == "open":
                self._left_over(Piece(line.number, ""), "A line of the evidence requirements is too long to be read.")
        elif opens_part(line.text):
            self.state = "open"
            pieces = pieces_of(line)[1:] if is_row(line.text) else []
        else:
            pieces = [] if self._is_boundary(line) else pieces_of(line)
        queue = deque(pieces)
        while queue:
            self._take(queue.popleft(), queue)

    def _is_boundary(self, line: Line) -> bool:
        """Whether the part stops here: for good at another section, until it goes on at the unit's own heading."""
        if BULLET.match(line.text):
            return False
        words = plain(line.text.replace("\t", " "))[:200]
        if OWN_HEADING.match(words) and not words.endswith("."):
            self.state = "paused" if self.state != "closed" else "closed"
            return True
        if line.heading_level or (SECTION.match(words) and not words.endswith(".")):
            self.state = self.state if self._is_title(line) else "closed"
            return True
        return False

    def _is_title(self, line: Line) -> bool:
        return self.state == "paused" and line.heading_level > 0 and not SECTION.match(plain(line.text))

    def _take(self, piece: Piece, queue: deque) -> None:
        piece = self._joined(piece)
        number, letter = NUMBER.fullmatch(piece.text), LETTER.fullmatch(piece.text)
        if self.state == "closed" and not self._begins(number, piece):
            return
        if self.state in ("paused", "doubtful") and not self._goes_on(number, letter):
            if self.state == "doubtful":
                self._left_over(piece, "A line after the evidence requirements could not be placed.")
            return
        self.state = "open"
        if (alone := MARK_ALONE.fullmatch(piece.text)) and alone["mark"] in (str(self.expected), self._next_letter):
            self.held = alone["mark"]
            return
        if self._is_footer(piece) or NOTHING_MORE.match(number["rest"] if number else piece.text):
            return
        if number and self._is_counted_item(int(number["mark"]), piece):
            self.last.counted = True
            self._add_item(piece, "", number["rest"])
        elif number and self._is_number(number, piece):
            self._open(piece, int(number["mark"]), number["rest"], queue)
        elif self.last and ROMAN.match(piece.text) and not self._is_letter(letter, piece, queue):
            self._continue(piece)
        elif self.last and letter and self._is_letter(letter, piece, queue):
            text = self._before_next(piece, letter["rest"], queue)
            self._add_item(piece, letter["mark"], text, bool(letter["sure"]) or piece.certain)
        else:
            self._unmarked(piece, queue)

    @property
    def _next_letter(self) -> str:
        return nth_letter(len(self.last.items)) if self.last else ""

    def _joined(self, piece: Piece) -> Piece:
        """A paragraph behind a mark that stood alone in its line, unless that was the number of a page."""
        mark, self.held = self.held, ""
        has_own = NUMBER.fullmatch(piece.text) or (LETTER.fullmatch(piece.text) and mark.isdigit())
        if not mark or has_own or (mark.isdigit() and not piece.text[0].isupper()):
            return piece
        return replace(piece, text=f"{mark} {piece.text}", certain=True)

    def _is_footer(self, piece: Piece) -> bool:
        """Whether a line is a page's number, or an address that no sentence leads to."""
        if PAGE_NUMBER.fullmatch(piece.text):
            return True
        leads = piece.bullet or (self.last and self.last.end.endswith(BEFORE_ADDRESS))
        return ADDRESS.fullmatch(piece.text) is not None and not leads

    def _begins(self, number: re.Match | None, piece: Piece) -> bool:
        """A first requirement whose heading the conversion lost."""
        if self.has_heading or self.drafts or not number or number["mark"] != "1":
            return False
        if not BEGINS_WITHOUT_HEADING.match(number["rest"]):
            return False
        message = "The heading of the evidence requirements is lost; their first sentence shows where they begin."
        self.findings.note(piece.line, "evidence-heading-lost", self.subject, message)
        return True

    def _goes_on(self, number: re.Match | None, letter: re.Match | None) -> bool:
        if not self.drafts:
            return False
        if number:
            return int(number["mark"]) == self.expected
        items = self.last.items
        return bool(letter and items and letter["mark"] == nth_letter(len(items)))

    def _is_number(self, number: re.Match, piece: Piece) -> bool:
        first = number["rest"][0]
        return first.isupper() or first in "'‘\"“(" or int(number["mark"]) == self.expected or piece.certain

    def _is_counted_item(self, mark: int, piece: Piece) -> bool:
        """A list below a requirement whose items are numbered like requirements."""
        last = self.last
        if not last or not last.text.endswith(":") or mark != len(last.items) + 1 or (last.items and not last.counted):
            return False
        if last.items and mark == self.expected:
            return piece.indent == last.items[0].piece.indent != last.piece.indent
        return mark != self.expected

    def _is_letter(self, letter: re.Match | None, piece: Piece, queue: deque) -> bool:
        if not letter:
            return False
        mark, items = letter["mark"], self.last.items
        if letter["sure"] or piece.certain:
            return mark == nth_letter(len(items)) or not ROMAN.match(piece.text)
        if mark == nth_letter(len(items)):
            return bool(items) or piece.bullet or self.last.text.endswith(":") or not self.last.is_finished
        return piece.bullet and not ROMAN.match(piece.text) and (bool(items) or not self.last.is_finished)

    def _open(self, piece: Piece, number: int | None, text: str, queue: deque) -> None:
        if len(self.drafts) == MOST_REQUIREMENTS:
            return self._left_over(piece, "There are more evidence requirements than any unit has.")
        self.expected = number + 1 if number else self.expected
        lead, items = _inline_items(self._before_next(piece, text, queue) if number else text)
        self.drafts.append(Draft(piece, number, lead))
        for letter, words in items:
            self._add_item(piece, letter, words, True)

    def _before_next(self, piece: Piece, text: str, queue: deque) -> str:
        """A requirement that was run into the line of the one before it is put back into the queue."""
        following = re.search(rf"[.;:] (?={self.expected}[.)]? [A-Z'‘\"])", text) if self.expected > 1 else None
        if not following:
            return text
        queue.appendleft(Piece(piece.line, text[following.end() :], piece.bullet, piece.indent, True))
        return text[: following.start() + 1]

    def _add_item(self, piece: Piece, letter: str, text: str, certain: bool = False) -> None:
        if len(self.last.items) == MOST_ITEMS:
            return self._left_over(piece, "There are more items than any list has.")
        self.last.items.append(Item(piece, letter, text, certain))

    def _unmarked(self, piece: Piece, queue: deque) -> None:
        last, text = self.last, piece.text
        if last and piece.bullet and not self._lost_its_number(piece) and (last.items or not last.text.endswith(".")):
            nested = last.items and piece.indent > last.items[-1].piece.indent
            self._continue(piece) if nested else self._add_item(piece, "", text)
        elif text[0].isupper() and OBLIGES.search(text) and (not last or last.is_finished or last.items):
            self._open(piece, None, text, queue)
        elif last and (not last.is_finished or text[0].islower()) and not self._is_heading(text):
            self._continue(piece)
        elif last and not piece.bullet and self._is_heading(text):
            self._left_over(piece, "A line among the evidence requirements looks like the heading of another section.")
            self.state = "doubtful"
        else:
            self._left_over(piece, "A line among the evidence requirements could not be placed.")

    def _continue(self, piece: Piece) -> None:
        if len(self.last.end) + len(piece.text) > LONGEST:
            return self._left_over(piece, "A sentence among the evidence requirements is longer than any is.")
        self.last.go_on(piece.text)

    def _lost_its_number(self, piece: Piece) -> bool:
        """A bullet that is a requirement of its own, not an item of the list before it."""
        last, asks = self.last, piece.text[0].isupper() and OBLIGES.search(piece.text)
        if asks and last.items and last.piece.indent == piece.indent < last.items[-1].piece.indent:
            return True
        if not asks or not last.is_finished or (last.text.endswith(":") and not last.items):
            return False
        as_items = last.items and (piece.indent, True) == (
            last.items[-1].piece.indent,
            last.items[-1].text[0].isupper(),
        )
        return not as_items

    def _is_heading(self, text: str) -> bool:
        is_apart = self.last.is_finished or bool(self.last.items)
        short = len(text) <= 80 and text[0].isupper() and text[-1] not in ".;:,?!"
        return is_apart and short and not OBLIGES.search(text)

    def _left_over(self, piece: Piece, message: str) -> None:
        self.left_over += 1
        if self.left_over == MOST_REPORTED:
            message = "This line among the evidence requirements, and others after it, could not be placed."
        if self.left_over <= MOST_REPORTED:
            self.findings.warning(piece.line, "text-left-over", self.subject, message)


def _inline_items(text: str) -> tuple[str, list[tuple[str, str]]]:
    """A list that was run into its sentence ("…: a … b …") becomes its items again."""
    start = re.search(r": ?(?=\(?a[.)]? \S)", text)
    if not start:
        return text, []
    marks, position = [], start.end()
    for letter in LETTERS:
        mark = re.compile(rf"(?:(?<=[\s,;])|^)\(?{letter}[.)]? (?=\S)").search(text, position)
        if not mark or (letter == "a" and mark.start() != position):
            break
        marks.append(mark)
        position = mark.end()
    if len(marks) < 2:
        return text, []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    items = [
        (LETTERS[i], text[mark.end() : end].strip()) for i, (mark, end) in enumerate(zip(marks, ends, strict=True))
    ]
    return text[: start.start() + 1], items


def nth_letter(position: int) -> str:
    return LETTERS[position] if position < len(LETTERS) else ""
