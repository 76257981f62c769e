"""A unit's lines as rows of pieces, and what can be seen of them before they are read one after another."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ..read import BULLET, Line
from ..tables import is_broken_off
from .wording import is_unfinished, row_paragraphs

CODE_ALONE = re.compile(r"(?:AC ?)?(?P<outcome>[0-9]{1,2}) ?[.,] ?(?P<criterion>[0-9]{1,2})[.:)]?")
CODE_FIRST = re.compile(r"(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})(?:[.:)]?\s+(?=\S)|[.:)]?(?=[A-Z]))")
ANY_CODE = re.compile(r"(?<!\S)(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})(?:[.:)]?(?=\s|$|[A-Z]))")
NUMBER = re.compile(r"(?:(?:Learning )?[Oo]utcome |LO ?)?(?P<number>[0-9]{1,2})(?:\.0)?[.):]?(?:\s+(?P<text>\S.*))?$")
LOST_NUMBER = re.compile(r"_{1,3}\s+(?=\w)|\W+$|\w$")
LEAD = re.compile(r"(?:assessment criteri(?:on|a)\s*:?|the (?:learner|candidate) (?:will|can)(?: be able to)?:)", re.I)
REFERRING = re.compile(
    r"\b(?:sections?|clauses?|part|paragraphs?|table|figure|version|rule|article|criterion|outcome|unit|step|chapters?"
    r"|schedule|page|see|than|about|least|most|over|under|between|around|per|to|by)$",
    re.IGNORECASE,
)
OPENS_QUOTE = tuple("'\"‘“([")
NEAR = 1500
SENTENCE = 200
WORD_BEFORE = 16
MOST_REFERENCES = 500
# What follows a measure or a reference, and begins no criterion.
NO_BEGINNING = re.compile(
    r"\s+(?:of|and|or|to|in|on|for|per|by|from|with|the|metres?|meters?|miles?|litres?|hours?|days?|weeks?|months?|years?"
    r"|tonnes?|volts?|percent|degrees?|times|kg|km|cm|mm|m)\b",
    re.IGNORECASE,
)

Code = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A paragraph of a cell."""

    column: int
    text: str

    @cached_property
    def code(self) -> Code | None:
        """The criterion's code that the piece is or begins with."""
        match = code_match(self.text)
        return code_in(match) if match and int(match["criterion"]) else None


@dataclass(frozen=True)
class Row:
    """One line: its cells' paragraphs, without labels in front of codes."""

    line: int
    words: str
    width: int
    pieces: tuple[Piece, ...]
    is_item: bool
    is_broken_off: bool
    heading_level: int = 0

    @cached_property
    def codes(self) -> list[int]:
        return [i for i, piece in enumerate(self.pieces) if piece.code]


@dataclass(frozen=True)
class Coded:
    """A criterion cut out of a cell. `suspects` are codes inside its wording that may be another criterion's, each with
    the severity that the doubt has."""

    code: Code
    printed: str
    text: str
    suspects: tuple[tuple[Code, str], ...]


def code_match(text: str) -> re.Match | None:
    return CODE_ALONE.fullmatch(text) or CODE_FIRST.match(text)


def code_in(match: re.Match) -> Code:
    return int(match["outcome"]), int(match["criterion"])


def numbered(text: str) -> tuple[int | None, str]:
    """An outcome's number at the beginning of a piece, and the rest of it."""
    match = NUMBER.match(text)
    return (int(match["number"]), match["text"] or "") if match else (None, text)


def outcome_number(text: str) -> tuple[int | None, str, str]:
    """The number of an outcome, the form in which it is printed or what is left of it, and the rest of the piece."""
    number, rest = numbered(text)
    if number is not None:
        return number, text.removesuffix(rest).strip(), rest
    match = code_match(text) or LOST_NUMBER.match(text)
    return None, match.group().strip() if match else "", text[match.end() :] if match else text


def row_of(line: Line) -> Row:
    found = row_paragraphs(line.text)
    raw = [Piece(column, text) for column, cell in enumerate(found) for text in cell]
    words = " ".join(piece.text for piece in raw)
    pieces = [part for piece in raw for part in _parts(piece)]
    if any(piece.code for piece in pieces):
        pieces = [piece for piece in pieces if not LEAD.fullmatch(piece.text)]
    is_item = bool(BULLET.match(line.text))
    broken = bool(pieces) and is_broken_off(line.text)
    return Row(line.number, words, len(found), tuple(pieces), is_item, broken, line.heading_level)


def codes_ahead(rows: list[Row]) -> list[Code | None]:
    """For each row, the first code that stands in a later one."""
    return _following_each([next((piece.code for piece in row.pieces if piece.code), None) for row in rows], None)


def following_codes(pieces: list[Piece], after: Code | None) -> list[Code | None]:
    """For each piece of a row, the next code in the row, else the one that stands in a later row."""
    return _following_each([piece.code for piece in pieces], after)


def _following_each(codes: list[Code | None], after: Code | None) -> list[Code | None]:
    following = [after]
    for code in reversed(codes[1:]):
        following.append(code or following[-1])
    return following[::-1][: len(codes)]


def code_columns(rows: list[Row]) -> list[int | None]:
    """For each row the column that codes stand in: that of the nearest row of its width, since each page's table may
    have been converted in a way of its own; of two that are as near, the one that most rows have."""
    counts: dict[int, Counter] = {}
    for row in rows:
        if row.codes and row.width > 1:
            counts.setdefault(row.width, Counter())[row.pieces[row.codes[-1]].column] += 1
    before = _nearest_columns(rows)
    after = _nearest_columns(rows[::-1])[::-1]
    found: list[int | None] = []
    for row, near in zip(rows, zip(before, after, strict=True), strict=True):
        most = {column: -count for column, count in counts.get(row.width, {}).items()}
        ranked = sorted((distance, most[column], column) for distance, column in filter(None, near))
        found.append(ranked[0][2] if ranked else None)
    return found


def _nearest_columns(rows: list[Row]) -> list[tuple[int, int] | None]:
    """For each row how far back the last row of its width with a code is, and the column of that code."""
    last: dict[int, tuple[int, int]] = {}
    found: list[tuple[int, int] | None] = []
    for i, row in enumerate(rows):
        if row.codes and row.width > 1:
            last[row.width] = i, row.pieces[row.codes[-1]].column
        seen = last.get(row.width)
        found.append((i - seen[0], seen[1]) if seen else None)
    return found


def split_row(pieces: tuple[Piece, ...], wanted: set[Code], leading: frozenset[Code]) -> list[Piece]:
    """A row's pieces, cut where one of the wanted codes stands inside; the words beside a code are wording, whole."""
    wanted = wanted - {piece.code for piece in pieces}
    found: list[Piece] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        is_wording = before is not None and CODE_ALONE.fullmatch(before.text) is not None
        found += [piece] if is_wording else split_before(piece, wanted, leading)
    return found


def split_before(piece: Piece, wanted: set[Code], leading: frozenset[Code] = frozenset()) -> list[Piece]:
    """A piece cut where one of the wanted codes stands inside it."""
    if piece.code:
        return [piece]
    matches = (match for match in ANY_CODE.finditer(piece.text) if code_in(match) in wanted)
    others = (
        match
        for match in islice(matches, MOST_REFERENCES)
        if not _refers(piece.text[max(0, match.start() - WORD_BEFORE) : match.start()])
    )
    inside = next((match for match in others if not _is_reference(piece.text, match, leading)), None)
    if not inside:
        return [piece]
    parts = piece.text[: inside.start()].strip(), piece.text[inside.start() :]
    return [Piece(piece.column, part) for part in parts if part]


def cut_at_codes(text: str, following: Code | None, leading: frozenset[Code] = frozenset()) -> list[Coded]:
    """One criterion, or several run together: cut where the code that comes next stands.

    `following` is the code after the text, `leading` are those that begin cells or lines of the unit: inside wording
    they are likely references.
    """
    leading = leading | {following} if following and following not in leading else leading
    found: list[Coded] = []
    start = code_match(text)
    while start:
        (number, criterion), end = code_in(start), start.end()
        cut = _following(text, end, (number, criterion + 1), leading)
        stop = cut.start() if cut else len(text)
        doubtful = {(number, criterion + n) for n in range(3)} | {(number + 1, 1)}
        matches = (match for match in ANY_CODE.finditer(text, end, stop) if code_in(match) in doubtful)
        inside = list(islice(matches, MOST_REFERENCES))
        expected = leading - {(number, criterion), (number, criterion + 1)} if inside else leading
        doubts = [match for match in inside if not _is_reference(text, match, expected, end)]
        suspects = {code_in(match): "warning" if _signs(text, match, end) else "error" for match in doubts}
        if cut and _refers(text[end : cut.start()]) and not _is_confirmed(text, cut, following):
            suspects[code_in(cut)] = "warning"
        found.append(Coded((number, criterion), start.group(0), text[end:stop].strip(), tuple(suspects.items())))
        start = cut
    return found


def _following(text: str, end: int, code: Code, leading: frozenset[Code]) -> re.Match | None:
    """Where a code stands in running text; what may be a reference or a measure is passed over for another close by."""
    perhaps: dict[int, re.Match] = {}
    following, passed = (code[0], code[1] + 1), 0
    for match in ANY_CODE.finditer(text, end):
        if 1 in perhaps and match.start() > perhaps[1].end() + NEAR:
            break
        if 2 in perhaps and 1 not in perhaps and code_in(match) == following and not _signs(text, match, end):
            return perhaps[2]
        if code_in(match) != code:
            continue
        signs = _signs(text, match, end)
        if not signs:
            return match
        if code not in leading:
            perhaps.setdefault(signs, match)
        passed += 1
        if passed > MOST_REFERENCES:
            break
    return perhaps.get(1)


def _is_confirmed(text: str, cut: re.Match, following: Code | None) -> bool:
    """Whether the code after the one of the cut stands in the text, or comes next."""
    wanted = code_in(cut)[0], code_in(cut)[1] + 1
    return following == wanted or any(code_in(match) == wanted for match in ANY_CODE.finditer(text, cut.end()))


def _is_reference(text: str, match: re.Match, leading: frozenset[Code], start: int = 0) -> bool:
    """Whether a code inside wording is a reference to a criterion, or a measure, and begins no criterion."""
    return _signs(text, match, start) + (code_in(match) in leading) > 1


def _signs(text: str, match: re.Match, start: int) -> int:
    """How much speaks against a code as the beginning of a criterion: the words before and after, an open bracket."""
    before = text[max(start, match.start() - SENTENCE) : match.start()]
    if before.count("(") > before.count(")"):
        return 3
    following = text[match.end() : match.end() + 2].strip()[:1]
    begins_small = text[start : start + 2].strip()[:1].islower()
    goes_on = not (following.isalnum() or following in OPENS_QUOTE) or (following.islower() and not begins_small)
    goes_on = goes_on or bool(NO_BEGINNING.match(text, match.end()))
    return _refers(before) + goes_on


def _refers(before: str) -> bool:
    """Whether the words before a code lead on to it."""
    before = before.rstrip()[-WORD_BEFORE:]
    return bool(REFERRING.search(before)) or (is_unfinished(before) and not before.endswith(":"))


def _parts(piece: Piece) -> list[Piece]:
    """A piece without the label in front of its code; an outcome that has swallowed its first criterion in two."""
    lead = LEAD.match(piece.text)
    rest = piece.text[lead.end() :].strip() if lead else ""
    if rest:
        piece = Piece(piece.column, rest)
    number, text = numbered(piece.text)
    return split_before(piece, {(number, 1)}) if number is not None and text else [piece]
