"""Where the pages of units begin in a document: headings, blocks of labels, or both together."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ..read import BULLET, Line, plain
from .blocks import Block, read_blocks
from .headings import Heading
from .naming import Known
from .titles import NO_TITLE, find_title, normal

FIRST_CODE = re.compile(r"[-|*\t ]{0,8}(?P<outcome>[0-9]{1,2})\.(?P<criterion>[0-9]{1,2})(?![0-9.]|\.[0-9])")
OUTCOME_1 = re.compile(r"[#* ]{0,10}outcome 1\b", re.IGNORECASE)
CODE_1_1 = re.compile(r"(?:^|[\s|>*])1\.1(?![0-9]|\.[0-9])")
FARTHEST = 12


@dataclass
class Anchor:
    """What makes a page: a heading, a block of labels, or both; `start` is the index of its first line."""

    start: int
    heading: Heading | None
    block: Block | None

    @property
    def uan(self) -> str | None:
        return (self.block.facts.get("uan") if self.block else None) or (self.heading.uan if self.heading else None)

    @property
    def number(self) -> str | None:
        return (self.heading.number if self.heading else None) or (
            self.block.facts.get("number") if self.block else None
        )


class Anchors:
    """Finds where pages begin, from the first line to the last."""

    def __init__(self, lines: list[Line], headings: list[Heading], known: Known):
        self.lines = lines
        self.headings = headings
        self.at = {heading.index: heading for heading in headings}
        self.known = known
        self.restarts = _restarts(lines)

    def found(self) -> list[Anchor]:
        anchors = self._with_uan_headings(self._of_blocks())
        return self._with_orphans(self._with_orphans(anchors, self._reaches()), self._lone_titles())

    def _of_blocks(self) -> list[Anchor]:
        anchors: list[Anchor] = []
        blocks = read_blocks(self.lines)
        for block, following in zip(blocks, [*blocks, None][1:], strict=True):
            before = anchors[-1] if anchors else None
            floor = before.block.last if before else -1
            heading = self._heading_before(block, floor, before)
            if heading is None and not self._stands_alone(block, following, before):
                continue
            start = heading.index if heading else self._title_before(block, floor)
            anchors.append(Anchor(start, heading, block))
        return anchors

    def _heading_before(self, block: Block, floor: int, before: Anchor | None) -> Heading | None:
        for i in self._lines_before(block.first, floor):
            heading = self.at.get(i)
            if heading is None and NO_TITLE.match(plain(self.lines[i].text)):
                return None
            if heading:
                is_own = before is not None and heading.number is not None and heading.number == before.number
                return None if is_own or _contradict(heading, block) else heading
        return None

    def _lines_before(self, first: int, floor: int) -> Iterator[int]:
        """Indexes of the lines that may be a heading's, backwards; nothing beyond a list or a table."""
        seen = 0
        for i in range(first - 1, max(floor, first - 4 * FARTHEST), -1):
            text = self.lines[i].text
            if not text.strip():
                continue
            if seen == FARTHEST or BULLET.match(text) or ("\t" in text.strip() and i not in self.at):
                return
            seen += 1
            yield i

    def _title_before(self, block: Block, floor: int) -> int:
        """Where the title begins whose "Unit …" line is lost; else where the block does."""
        words: list[str] = []
        start = block.first
        for i in self._lines_before(block.first, floor):
            text = plain(self.lines[i].text)
            if i in self.at or NO_TITLE.match(text) or len(words) == 4:
                break
            if not words and self.lines[i].heading_level:
                start = i
            words.insert(0, text)
            if normal("".join(words)) in self.known.titles:
                start = i
        return start

    def _stands_alone(self, block: Block, following: Block | None, before: Anchor | None) -> bool:
        """Whether a block without a heading is a unit's: its UAN says so, or criteria that begin anew after it."""
        if "uan" in block.facts and (before is None or before.uan != block.facts["uan"]):
            return True
        if "uan" not in block.facts and not {"credit", "level"} <= block.facts.keys():
            return False
        if before is None:
            return self._title_before(block, block.first - FARTHEST) < block.first
        stop = following.first if following else len(self.lines)
        return self._next(self.restarts, before.start) < block.first and self._next(self.restarts, block.last) < stop

    def _next(self, indexes: list[int], index: int) -> int:
        n = bisect_right(indexes, index)
        return indexes[n] if n < len(indexes) else len(self.lines)

    def _with_uan_headings(self, anchors: list[Anchor]) -> list[Anchor]:
        """Headings that name the unit by its UAN need no block; the same one again is a repetition."""
        taken = {anchor.heading.index for anchor in anchors if anchor.heading}
        others = [h for h in self.headings if h.uan and h.index not in taken]
        merged = sorted([*anchors, *(Anchor(h.index, h, None) for h in others)], key=lambda anchor: anchor.start)
        kept: list[Anchor] = []
        for anchor in merged:
            if anchor.block or not kept or not self._repeats(anchor, kept[-1]):
                kept.append(anchor)
        return kept

    def _repeats(self, anchor: Anchor, before: Anchor) -> bool:
        if before.uan != anchor.uan or before.heading is None:
            return before.uan == anchor.uan
        stop = len(self.lines)
        titles = [find_title(self.lines, a.heading, stop, False, self.known.titles) for a in (before, anchor)]
        return not all(titles) or normal(titles[0]) == normal(titles[1])

    def _with_orphans(self, anchors: list[Anchor], candidates: list[tuple[Heading, int]]) -> list[Anchor]:
        """A heading whose block is lost begins a page too, if its unit has none and the criteria begin anew."""
        taken = {name for anchor in anchors for name in (anchor.number, anchor.uan)} - {None}
        starts = [anchor.start for anchor in anchors]
        orphans: list[Anchor] = []
        for heading, stop in candidates:
            name = heading.number or heading.uan
            if name is None or name in taken:
                continue
            n = bisect_left(starts, heading.index)
            stop = min(stop, starts[n]) if n < len(starts) else stop
            if self._next(self.restarts, heading.index) >= stop:
                continue
            taken.add(name)
            begun = starts[n - 1] if n else -1
            begun = max(begun, orphans[-1].start if orphans else -1)
            if begun < 0 or self._next(self.restarts, begun) < heading.index:
                orphans.append(Anchor(heading.index, heading, None))
        return sorted([*anchors, *orphans], key=lambda anchor: anchor.start)

    def _lone_titles(self) -> list[tuple[Heading, int]]:
        """Lines that hold nothing but a listed title: where "Unit …" is lost, they begin the page."""
        if not self.known.titles:
            return []
        found: list[tuple[Heading, int]] = []
        for i, line in enumerate(self.lines):
            if not line.heading_level or i in self.at:
                continue
            if normal(line.text) in self.known.titles:
                title = plain(line.text)
                number, uan = self.known.number(None, title), self.known.uan(title)
                if number or uan:
                    found.append((Heading(i, number, uan, title, "", line.heading_level, False), len(self.lines)))
        return found

    def _reaches(self) -> list[tuple[Heading, int]]:
        """Every heading, and where the next one with another number stands."""
        found: list[tuple[Heading, int]] = []
        stop, after = len(self.lines), None
        for heading in reversed(self.headings):
            if after is not None and heading.number != after.number:
                stop = after.index
            after = heading
            found.append((heading, stop))
        return found[::-1]


def _restarts(lines: list[Line]) -> list[int]:
    """Indexes of the lines where criteria begin anew: at 1.1, or, if that is lost, at 1.2 after another outcome's."""
    found: list[int] = []
    last = 1
    for i, line in enumerate(lines):
        match = FIRST_CODE.match(line.text)
        outcome = int(match["outcome"]) if match else 0
        if _is_first(line.text) or (outcome == 1 and last > 1):
            found.append(i)
        last = outcome or last
    return found


def _is_first(text: str) -> bool:
    return bool("1.1" in text and CODE_1_1.search(text)) or bool("1" in text and OUTCOME_1.match(text))


def _contradict(heading: Heading, block: Block) -> bool:
    """Whether heading and block are of two units: a heading repeated at the end of the unit before."""
    uan, number = block.facts.get("uan"), block.facts.get("number")
    if heading.uan and uan:
        return heading.uan != uan
    return bool(number and heading.number and number != heading.number)
