"""A unit's lines become, in their order, what they say: outcomes, criteria, and wording that belongs to either."""

import re

from . import labels
from .entries import Entry, Reading
from .lost_codes import LostCodes
from .rows import (
    CODE_ALONE,
    Code,
    Piece,
    Row,
    code_columns,
    codes_ahead,
    cut_at_codes,
    following_codes,
    numbered,
    outcome_number,
    split_row,
)
from .wording import continues

LETTERS = re.compile(r"\w\w")


def read_sequence(rows: list[Row]) -> Reading:
    return SequenceReader(rows).read()


class SequenceReader:
    """Goes through a unit's rows and knows which outcome and which code have to come next.

    `state` is "before" the criteria; "open" among them; "ajar" after something that does not belong to them, when only
    what has to come next is taken; "shut" in another part of the unit, until a heading of criteria.
    """

    def __init__(self, rows: list[Row]):
        self.rows = rows
        self.reading = Reading()
        self.entries = self.reading.entries
        self.state = "before"
        self.outcome = 0
        self.code: Code = (0, 0)
        self.counts_criteria = False
        self.after_blank = True
        self.next_code: Code | None = None
        self.has_more_columns = False
        self.head_column: int | None = None
        self.code_column: int | None = None
        self.lost_codes = LostCodes(rows)
        self.leading = frozenset(piece.code for row in rows for piece in row.pieces if piece.code)
        self.numbers_beside = frozenset(numbered(row.pieces[0].text)[0] for row in rows if row.pieces)
        self.heads = labels.running_heads(rows)
        self.names_outcomes = any(labels.OUTCOME_LINE.match(row.words) and not row.codes for row in rows)

    def read(self) -> Reading:
        ahead = zip(self.rows, codes_ahead(self.rows), code_columns(self.rows), strict=True)
        for row, self.next_code, self.code_column in ahead:
            if not row.words or labels.is_page_mark(row, self.code, self.next_code):
                self.after_blank = True
                continue
            self._take(row)
            self.after_blank = False
        return self.reading

    def _take(self, row: Row) -> None:
        outcome = None if row.codes else labels.OUTCOME_LINE.match(row.words)
        if not row.codes and self._is_head(row):
            self._head(row)
        elif outcome:
            self._outcome_line(outcome, row)
        elif not row.codes and labels.is_other_part(row):
            self._end("shut")
        elif row.codes or not labels.is_running_head(row, self.heads):
            self._content(row)

    # The lines around the criteria

    def _is_head(self, row: Row) -> bool:
        if self.state != "shut" and labels.is_scrap(row) and not self._goes_on(row):
            self.reading.scraps.append((row.line, row.words))
            return True
        return labels.is_head(row) or (self.code == (0, 0) and labels.is_listing(row))

    def _head(self, row: Row) -> None:
        self.state = {"shut": "ajar", "before": "open"}.get(self.state, self.state)
        self.reading.empty_head = row.line
        columns = [piece.column for piece in row.pieces if labels.CRITERIA_SIDE.search(piece.text)]
        if columns:
            self.head_column = columns[0]
            self.has_more_columns = row.pieces[-1].column > columns[0]

    def _end(self, state: str) -> None:
        """The criteria end here, or a list of the outcomes alone."""
        if self.code == (0, 0):
            self.reading.listed |= {entry.code[0]: entry.text for entry in self.entries if entry.kind == "outcome"}
            self.entries.clear()
            self.outcome, state = 0, "before"
        self.state, self.reading.empty_head = state, None

    def _outcome_line(self, match: re.Match, row: Row) -> None:
        number = int(match["number"] or 0) or self.outcome + 1
        if self.code == (0, 0) and number == 1:
            self._end("before")
        if number == self.outcome and self.state == "open":
            return
        if number <= self.outcome or (self.state == "shut" and number > self.outcome + 1):
            self.state = "shut"
            return
        text = labels.TAIL.sub("", match["text"]).strip()
        self._open(number, [text], row.line, printed="" if match["number"] else "-")

    # Rows, items and lines that may hold criteria

    def _content(self, row: Row) -> None:
        pieces = split_row(row.pieces, self._expected(), self.leading)
        codes = [i for i, piece in enumerate(pieces) if piece.code]
        if not self._admits(row, pieces, codes):
            if self.state == "ajar":
                self._add("stray", row.line, row.words)
            return
        if row.is_broken_off:
            self.reading.broken_rows.append(row.line)
        if codes:
            self._coded(row, pieces, codes)
        else:
            self._codeless(row, pieces)

    def _admits(self, row: Row, pieces: list[Piece], codes: list[int]) -> bool:
        code = pieces[codes[0]].code if codes else None
        if self.state == "before":
            number, _ = numbered(pieces[0].text)
            if number is None and codes and pieces[0].text.endswith(":"):
                return False
            first = code or (self.next_code if number == 1 else None)
            is_misprinted = code is not None and number == 1 and self.next_code == (1, 2)
            return first in {(1, 1), (1, 2)} or is_misprinted
        if self.state == "ajar" and code:
            goes_ahead = code[0] == self.code[0] and code[1] > self.code[1] and row.width > 1
            return goes_ahead or code in self._expected()
        return self.state == "open" or (self.state == "ajar" and self._opens(pieces))

    def _expected(self) -> set[Code]:
        number, criterion = self.code
        return {(number, criterion + 1), (number + 1, 1), (self.outcome, 1)}

    def _opens(self, pieces: list[Piece]) -> bool:
        """Whether a row without a code opens the next outcome."""
        number, _ = numbered(pieces[0].text)
        expected = self.outcome + 1
        if number is None or self.names_outcomes:
            return False
        return number == expected or self.next_code == (expected, 1)

    def _coded(self, row: Row, pieces: list[Piece], codes: list[int]) -> None:
        first = codes[0]
        if len(codes) > 1 and (codes[1] == first + 1 or CODE_ALONE.fullmatch(pieces[first].text)):
            left, right = pieces[first], pieces[codes[1]]
            first = codes[1] if left.code == right.code and left.column < right.column else first
        self._left(row, pieces[:first], pieces[first].code)
        self._right(row, pieces[first:])
        self.state = "open"

    def _left(self, row: Row, pieces: list[Piece], code: Code) -> None:
        """The outcome's side of a row that holds a criterion of that code."""
        if pieces and self._is_rest(row, code):
            self._add("text", row.line, *(piece.text for piece in pieces))
            return
        number, printed, rest = outcome_number(pieces[0].text) if pieces else (None, "", "")
        texts = [text for text in (rest, *(piece.text for piece in pieces[1:])) if LETTERS.search(text)]
        is_new = code[0] != self.outcome and (code[0] == self.outcome + 1 or number == code[0])
        if is_new and (texts or number is not None):
            self._open(code[0], texts, row.line, "" if number == code[0] else printed or "-")
        elif texts:
            self._title(code[0], texts, row.line)

    def _is_rest(self, row: Row, code: Code) -> bool:
        """Whether what stands before a code in one cell or line is the rest of the criterion before it."""
        last = self.entries[-1] if self.entries else None
        follows = last and last.kind in {"criterion", "text"} and code == (self.code[0], self.code[1] + 1)
        return bool(follows) and row.width == 1

    def _right(self, row: Row, pieces: list[Piece]) -> None:
        """The criteria's side of a row, from its first code on."""
        column, is_bare = -1, False
        for piece, following in zip(pieces, following_codes(pieces, self.next_code), strict=True):
            number, rest = numbered(piece.text)
            if piece.code:
                is_bare = bool(CODE_ALONE.fullmatch(piece.text))
                self._criteria(piece.text, row.line, following)
                column = piece.column
            elif is_bare:
                self.entries[-1].parts.append(piece.text)
                column, is_bare = piece.column, False
            elif number == self.outcome + 1 and following == (number, 1) and rest:
                self._open(number, [rest], row.line)
            elif not LETTERS.search(piece.text):
                self.reading.scraps.append((row.line, piece.text))
            elif piece.column == column or continues(self.entries[-1].text, piece.text):
                self._add("text", row.line, piece.text, in_table=True)
            elif not self.has_more_columns:
                self._add("stray", row.line, piece.text, in_table=True)

    def _criteria(self, text: str, line: int, following: Code | None) -> None:
        for criterion in cut_at_codes(text, following, self.leading):
            self._criterion(criterion.code, criterion.text, line, criterion.printed)
            self.reading.suspects += [(line, code, severity) for code, severity in criterion.suspects]

    def _criterion(self, code: Code, text: str, line: int, printed: str) -> None:
        plain = f"{code[0]}.{code[1]}"
        shown = "" if printed.removeprefix("AC").strip(" .:)") == plain else printed.strip()
        self.entries.append(Entry("criterion", line, [text], code, shown))
        self.code, self.outcome = code, max(code[0], self.outcome)
        self.reading.empty_head = None

    def _codeless(self, row: Row, pieces: list[Piece]) -> None:
        number, rest = numbered(pieces[0].text)
        restarts = number == 1 and self.code == (0, 0)
        if number is not None and self._is_repeated(number, rest or row.words):
            return
        if number is not None and self.names_outcomes:
            self._counted(row, number, rest)
        elif restarts or self._opens(pieces):
            if restarts:
                self._end("open")
            texts = [text for text in (rest, *(piece.text for piece in pieces[1:])) if text]
            expected = self.outcome + 1
            self._open(expected, texts[:1], row.line, "" if number == expected else str(number))
            for text in texts[1:]:
                self._add("text", row.line, text, in_table=True)
        elif row.width > 1:
            self._table_row(row, pieces)
        else:
            self._loose(row)

    def _is_repeated(self, number: int, text: str) -> bool:
        return any(last.code == (number, 0) and text.endswith(last.text) for last in self.entries[-1:])

    def _counted(self, row: Row, number: int, rest: str) -> None:
        """A numbered item where outcomes have headings of their own: listed beforehand, or a criterion's number."""
        before = self.code[1] if self.code[0] == self.outcome else 0
        if not self.outcome:
            self.reading.listed[number] = rest
        elif number == before + 1 and rest and (before == 0 or self.counts_criteria):
            self._criterion((self.outcome, number), rest, row.line, row.words.removesuffix(rest))
            self.counts_criteria = True
        else:
            self._loose(row)

    def _table_row(self, row: Row, pieces: list[Piece]) -> None:
        """A row without a number or a code: titles on the left, criteria on the right."""
        side = self.head_column if self.code_column is None else self.code_column
        in_criteria = self.code[0] == self.outcome
        left = [] if side is None and in_criteria else [p for p in pieces if side is None or p.column < side]
        texts = [piece.text for piece in left if LETTERS.search(piece.text)]
        first = 2 if len(left) < len(pieces) else 1
        is_rest = row.words[:1].islower() and self.outcome + 1 in self.numbers_beside
        opens_next = in_criteria and self.next_code == (self.outcome + 1, first) and not is_rest
        if texts and (opens_next or not self.outcome):
            self._open(self.outcome + 1, texts, row.line, "-")
        elif texts:
            self._title(self.outcome, texts, row.line)
        for piece in pieces[len(left) :]:
            self._add("text", row.line, piece.text, in_table=True)

    def _loose(self, row: Row) -> None:
        """A line by itself without a number or a code."""
        last = self.entries[-1] if self.entries else None
        is_titled = bool(last) and last.kind in {"outcome", "title"}
        opens_next = self.next_code == (self.outcome + 1, 1) and self.code[0] == self.outcome
        if opens_next and not self.names_outcomes and labels.OPENING.match(row.words):
            self._open(self.outcome + 1, [row.words], row.line, "-")
        elif is_titled and (not last.text or row.words[:1].islower()):
            self._title(self.outcome, [row.words], row.line)
        elif self._goes_on(row):
            self._add("text", row.line, row.words, is_item=row.is_item)
        elif self.code == (0, 0):
            self._end("before")
        else:
            self._add("stray", row.line, row.words, in_table=not self.after_blank)
            self.state = "ajar" if self.after_blank else self.state

    def _goes_on(self, row: Row) -> bool:
        """Whether a line may belong to the criterion before it, or be the next one without its code."""
        last = self.entries[-1] if self.entries else None
        if not last or last.kind not in {"criterion", "text"}:
            return False
        if (row.is_item and not self.after_blank) or not last.text or continues(last.text, row.words):
            return True
        return self.lost_codes.include(row, self.code, self.next_code, self.after_blank)

    def _open(self, number: int, texts: list[str], line: int, printed: str = "") -> None:
        self.entries.append(Entry("outcome", line, texts, (number, 0), printed, is_scattered=len(texts) > 1))
        self.outcome, self.state, self.counts_criteria = number, "open", False

    def _title(self, number: int, texts: list[str], line: int) -> None:
        self.entries.append(Entry("title", line, texts, (number, 0), is_scattered=len(texts) > 1))

    def _add(self, kind: str, line: int, *texts: str, in_table: bool = False, is_item: bool = False) -> None:
        self.entries.append(Entry(kind, line, list(texts), in_table=in_table, is_item=is_item))
