"""A unit page whose heading is lost gets its number and title from what else the document says of the unit."""

import re
from collections import defaultdict

from ..checks import UAN, uan_holds
from ..findings import Findings
from .headings import Heading
from .titles import joined, normal

FIGURES = re.compile(r"^(?P<letters>[A-Z]*)(?P<figures>[0-9]+)$")


class Known:
    """What the tables and contents of the document list, by number, by UAN and by title."""

    def __init__(self, listed):
        self.titles = frozenset(normal(entry.title) for entry in listed if entry.title)
        self.uans = frozenset(entry.uan for entry in listed if entry.uan)
        self.numbers = tuple(dict.fromkeys(entry.number for entry in listed if entry.number))
        self._title_of: dict[tuple, str] = {}
        self._numbers_of = defaultdict(set)
        self._numbers_titled = defaultdict(set)
        self._uans_titled = defaultdict(set)
        for entry in listed:
            for key in ((entry.number, entry.uan), (entry.number, None), (None, entry.uan)):
                if entry.title:
                    self._title_of.setdefault(key, joined([entry.title]))
            if entry.uan:
                self._uans_titled[normal(entry.title)].add(entry.uan)
            if entry.number:
                self._numbers_of[entry.uan].add(entry.number)
                self._numbers_titled[normal(entry.title)].add(entry.number)

    def title(self, number: str | None, uan: str | None) -> str:
        keys = [(number, uan)] if number and uan else []
        keys += [(number, None)] if number else [(None, uan)]
        return next((self._title_of[key] for key in keys if key in self._title_of), "") if number or uan else ""

    def number(self, uan: str | None, title: str) -> str | None:
        """The one number that is listed with this UAN; else the one listed with this title."""
        for numbers in (self._numbers_of.get(uan) if uan else None, self._numbers_titled.get(normal(title))):
            if numbers and len(numbers) == 1:
                return next(iter(numbers))
        return None

    def uan(self, title: str) -> str | None:
        uans = self._uans_titled.get(normal(title), ())
        return next(iter(uans)) if len(uans) == 1 else None


def read_uan(printed: str, line: int, known: Known, findings: Findings) -> str | None:
    """A unit reference number with strokes or spaces in the wrong place is repaired where something confirms it."""
    uan = printed.upper().replace(" ", "")
    if UAN.fullmatch(uan):
        return uan
    figures = "".join(character for character in uan[1:] if character.isdigit())
    repaired = f"{uan[0]}/{figures[:3]}/{figures[3:]}"
    if len(figures) == 7 and (repaired in known.uans or uan_holds(repaired)):
        message = "The unit reference number is misprinted: its strokes or spaces are in the wrong place."
        findings.note(line, "uan-repaired", f"unit {repaired}", message, printed=printed, read=repaired)
        return repaired
    message = "The unit reference number on this page cannot be read."
    findings.warning(line, "uan-unread", f"line {line}", message, printed=printed)
    return None


def name_pages(pages: list, repeated: list[Heading | None], lost: list[bool], known: Known, findings: Findings) -> None:
    """Give every page its number and title, where the document settles them."""
    for page, heading in zip(pages, repeated, strict=True):
        if heading:
            page.number = page.number or heading.number
            page.title = page.title or heading.title
            page.mark = page.mark or heading.mark
        page.number = page.number or known.number(page.uan, page.title)
    _number_by_order(pages, lost, known)
    for page, is_lost in zip(pages, lost, strict=True):
        page.title = page.title or known.title(page.number, page.uan)
        subject = f"unit {page.number or page.uan or '?'}"
        if is_lost:
            message = "The heading of this unit's page is lost: its number and title are read from the rest."
            findings.note(page.line, "unit-heading-lost", subject, message)
        if not page.title:
            findings.error(
                page.line, "unit-title-missing", subject, "The title of this unit is nowhere in the document."
            )


def _number_by_order(pages: list, lost: list[bool], known: Known) -> None:
    """A run of pages without numbers gets those between its neighbours', if there are just as many."""
    if not any(page.number for page in pages):
        return
    taken = {page.number for page in pages}
    first = 0
    while first < len(pages):
        if pages[first].number or not lost[first]:
            first += 1
            continue
        last = first
        while last + 1 < len(pages) and not pages[last + 1].number:
            last += 1
        before = pages[first - 1].number if first else None
        after = pages[last + 1].number if last + 1 < len(pages) else None
        count = last - first + 1
        numbers = _between(before, after, count, taken, known.numbers) or _listed_between(
            before, after, count, taken, known.numbers
        )
        for page, number in zip(pages[first : last + 1], numbers, strict=False):
            page.number = number
            taken.add(number)
        first = last + 1


def _between(before: str | None, after: str | None, count: int, taken: set, listed: tuple[str, ...]) -> list[str]:
    """`count` numbers that follow one another between two, or nothing if that is not certain."""
    ends = [FIGURES.match(number) if number else None for number in (before, after)]
    if not any(ends) or count > 50:
        return []
    start = int(ends[0]["figures"]) + 1 if ends[0] else int(ends[1]["figures"]) - count
    stop = int(ends[1]["figures"]) if ends[1] else start + count
    letters = (ends[0] or ends[1])["letters"]
    if start < 1 or stop - start > 500:
        return []
    wanted = [f"{letters}{figure}" for figure in range(start, stop)]
    free = [number for number in wanted if number not in taken and (number in listed or not listed)]
    return free if len(free) == count else []


def _listed_between(
    before: str | None, after: str | None, count: int, taken: set, listed: tuple[str, ...]
) -> list[str]:
    """`count` numbers that are listed between two, where no others are, as with "403", "403A", "404"."""
    first = listed.index(before) + 1 if before in listed else 0
    last = listed.index(after) if after in listed else len(listed)
    if (before is not None and not first) or (after is not None and last == len(listed)):
        return []
    numbers = list(listed[first:last])
    return numbers if len(numbers) == count and not taken.intersection(numbers) else []
