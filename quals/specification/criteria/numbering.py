"""Entries in their order become outcomes and criteria: lost and misprinted codes are settled by what has to follow."""

import re
from collections import Counter
from dataclasses import dataclass, field

from ..findings import Findings
from .amplification import Heading, bare, says_the_same
from .entries import Entry, Reading
from .rows import Code
from .wording import LONGEST_TITLE, continues, is_unfinished

TWO_NUMBERS = re.compile(r"[0-9] ?[.,] ?[0-9]")
# In lines: over more of them than this no outcome's wording is scattered.
FARTHEST_TITLE = 100


@dataclass
class Item:
    """A criterion on its way: its wording still in parts."""

    code: Code
    line: int
    parts: list[str]
    last_line: int
    is_item: bool = False
    is_list: bool = False

    @property
    def end(self) -> str:
        return self.parts[-1] if self.parts else ""

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)


@dataclass
class Titled:
    """An outcome on its way; `printed` is its number in the document where that is another or lost."""

    number: int
    line: int
    parts: list[str]
    printed: str = ""
    is_scattered: bool = False
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)


def settle(reading: Reading, headings: dict[Code, Heading], subject: str, findings: Findings) -> list[Titled]:
    numbering = Numbering(reading.entries, headings, subject, findings)
    numbering.walk()
    return sorted(numbering.outcomes.values(), key=lambda outcome: outcome.number)


def written(code: Code) -> str:
    return f"{code[0]}.{code[1]}"


class Numbering:
    """Walks through the entries and gives each criterion its code.

    Wording without a code waits until the next code shows how many are missing.
    """

    def __init__(self, entries: list[Entry], headings: dict[Code, Heading], subject: str, findings: Findings):
        self.entries = entries
        self.headings = headings
        self.subject = subject
        self.findings = findings
        self.outcomes: dict[int, Titled] = {}
        self.items: dict[Code, Item] = {}
        self.printed = Counter(entry.code for entry in entries if entry.kind == "criterion")
        self.highest: dict[int, int] = {}
        for number, criterion in self.printed:
            self.highest[number] = max(criterion, self.highest.get(number, 0))
        self.headed = {bare(heading.text): code for code, heading in headings.items()}
        self.current: Titled | None = None
        self.waiting: list[Item] = []
        self.last: Item | None = None
        wordings = {(entry.code, bare(entry.text)) for entry in entries if entry.kind == "criterion"}
        self.wordings = Counter(code for code, _ in wordings)
        firsts = [entry.text[:1] for entry in entries if entry.kind == "criterion"]
        self.begins_small = 2 * sum(map(str.islower, firsts)) > len(firsts)

    def walk(self) -> None:
        upcoming: list[Code | None] = []
        following = None
        for entry in reversed(self.entries):
            upcoming.append(following)
            following = entry.code if entry.kind == "criterion" else following
        for entry, following in zip(self.entries, reversed(upcoming), strict=True):
            getattr(self, f"_{entry.kind}")(entry, following)
        self._place(None)

    # Entries

    def _outcome(self, entry: Entry, _: Code | None) -> None:
        self._place(None)
        number = entry.code[0]
        known = self.outcomes.get(number)
        if known is None or not known.items:
            known = Titled(number, entry.line, list(entry.parts), entry.printed, entry.is_scattered)
            self.outcomes[number] = known
        self.current, self.last = known, known.items[-1] if known.items else None

    def _title(self, entry: Entry, _: Code | None) -> None:
        outcome = self.outcomes.get(entry.code[0]) or self._opened(entry.code[0], entry.line)
        if outcome.parts and bare(outcome.parts[0]) == bare(entry.text):
            return
        if entry.line - outcome.line > FARTHEST_TITLE or sum(map(len, outcome.parts)) > LONGEST_TITLE:
            return self._left_over(Item((0, 0), entry.line, list(entry.parts), entry.line))
        outcome.parts += entry.parts
        outcome.is_scattered |= entry.is_scattered

    def _text(self, entry: Entry, _: Code | None) -> None:
        self.waiting.append(Item((0, 0), entry.line, list(entry.parts), entry.line, entry.is_item))

    def _stray(self, entry: Entry, following: Code | None) -> None:
        if entry.in_table or (self.items and following):
            message = "Text stands among the criteria that belongs to none of them: it was left out."
            self.findings.error(entry.line, "text-left-over", self.subject, message, printed=entry.text)

    def _criterion(self, entry: Entry, following: Code | None) -> None:
        code = self._settled(entry, following)
        if code is None:
            return
        self._place(code)
        outcome = self.outcomes.get(code[0]) or self._opened(code[0], entry.line)
        self._keep(outcome, Item(code, entry.line, list(entry.parts), entry.line))
        if entry.printed and code == entry.code:
            self._read_code(entry.line, code, entry.printed)

    # Codes

    def _settled(self, entry: Entry, following: Code | None) -> Code | None:
        """The code of a criterion: as printed, unless it is there twice or what follows shows another."""
        code = entry.code
        first = self.items.get(code)
        if first and says_the_same(first.text, entry.text):
            message = f"Criterion {written(code)} is printed twice with the same wording: it was read once."
            self.findings.note(entry.line, "criterion-repeated", self._of(code), message)
            return None
        likely = None if self.waiting else self._missing_next(code)
        if likely and self.wordings[code] > 1 and following == (likely[0], likely[1] + 1):
            self._read_code(entry.line, likely, written(code))
            return likely
        if first:
            return self._uncertain(entry)
        self._check_order(entry, likely, following)
        return code

    def _missing_next(self, code: Code) -> Code | None:
        """The code that has to come next, where it is not this one and is printed nowhere."""
        if self.current is None:
            return None
        expected = self.current.number, (self.last.code[1] if self.last else 0) + 1
        return None if expected == code or self.printed[expected] else expected

    def _check_order(self, entry: Entry, likely: Code | None, following: Code | None) -> None:
        code = entry.code
        if likely and following == (likely[0], likely[1] + 1) and following < code:
            message = f"The code {written(code)} stands where {written(likely)} should: it was kept."
            self.findings.error(entry.line, "criterion-code-uncertain", self._of(code), message)
        elif self.last and code < self.last.code:
            message = f"Criterion {written(code)} stands after {written(self.last.code)}: its code was kept."
            self.findings.warning(entry.line, "criterion-out-of-order", self._of(code), message)

    def _uncertain(self, entry: Entry) -> Code:
        """A code that is printed for another criterion too: the next one that nothing has."""
        number = self.current.number if self.current else entry.code[0]
        self.highest[number] = self.highest.get(number, 0) + 1
        code = number, self.highest[number]
        headed = self.headed.get(bare(entry.text))
        if headed and headed[0] == number and headed not in self.items and not self.printed[headed]:
            self._read_code(entry.line, headed, written(entry.code))
            return headed
        message = f"The code {written(entry.code)} is printed for two criteria. This one was read as {written(code)}."
        forms = {"printed": written(entry.code), "read": written(code)}
        self.findings.error(entry.line, "criterion-code-uncertain", self._of(code), message, **forms)
        return code

    def _read_code(self, line: int, code: Code, printed: str) -> None:
        kind = "misprinted" if TWO_NUMBERS.search(printed) else "lost"
        message = f"The code of criterion {written(code)} is {kind}; what stands around it settles it."
        forms = {"printed": printed, "read": written(code)}
        self.findings.note(line, f"criterion-code-{kind}", self._of(code), message, **forms)

    # Wording without a code

    def _place(self, code: Code | None) -> None:
        """Give the waiting wording its codes, now that the next code (or the outcome's end) is known."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return
        outcome = self.current or self._opened(1, waiting[0].line)
        first = self.last.code[1] + 1 if self.last and self.last.code[0] == outcome.number else 1
        missing = code[1] - first if code and code[0] == outcome.number else None
        if not (self.begins_small and missing == len(waiting)):
            waiting = self._joined(waiting, first > 1, missing == 0)
        if missing == 0:
            for item in waiting:
                self._left_over(item)
            return
        for place, item in enumerate(waiting):
            item.code = outcome.number, first + place
            self.highest[outcome.number] = max(item.code[1], self.highest.get(outcome.number, 0))
            if item.code in self.items or self.printed[item.code]:
                self._left_over(item)
                continue
            self._keep(outcome, item)
            self._say_lost(item, missing is not None and missing == len(waiting))

    def _joined(self, waiting: list[Item], has_last: bool, is_settled: bool) -> list[Item]:
        """The waiting wordings, those that are the rest of the one before joined to it."""
        kept: list[Item] = []
        for item in waiting:
            before = kept[-1] if kept else (self.last if has_last else None)
            if before and self._goes_on(before, item):
                if before is self.last and item.line != before.last_line and before.end:
                    self._say_joined(before, item, is_settled)
                before.is_list |= item.is_item and before.end.endswith(":")
                before.parts += item.parts
                before.last_line = item.last_line
            else:
                kept.append(item)
        return kept

    def _goes_on(self, before: Item, item: Item) -> bool:
        if not before.end or is_unfinished(before.end) or (before.is_list and item.is_item):
            return True
        return continues(before.end, item.text) and not (item.is_item and self.begins_small)

    def _say_joined(self, before: Item, item: Item, is_settled: bool) -> None:
        message = f"The wording of {written(before.code)} goes on in line {item.line}."
        forms = {"printed": f"{before.end} | {item.text}", "read": f"{before.end} {item.text}"}
        is_settled = is_settled or is_unfinished(before.end)
        say = self.findings.note if is_settled else self.findings.warning
        say(before.line, "wording-repaired", self._of(before.code), message, **forms)

    def _say_lost(self, item: Item, is_settled: bool) -> None:
        heading = self.headings.get(item.code)
        confirmed = heading is not None and says_the_same(heading.text, item.text)
        message = f"The code of criterion {written(item.code)} is lost"
        say = self.findings.note if is_settled or confirmed else self.findings.warning
        message += "; what stands around it settles it." if is_settled or confirmed else ": it was counted on."
        say(item.line, "criterion-code-lost", self._of(item.code), message, printed="-", read=written(item.code))

    def _left_over(self, item: Item) -> None:
        message = "Text stands among the criteria that belongs to none of them: it was left out."
        self.findings.error(item.line, "text-left-over", self.subject, message, printed=item.text)

    # Keeping

    def _keep(self, outcome: Titled, item: Item) -> None:
        outcome.items.append(item)
        self.items[item.code] = item
        self.current, self.last = outcome, item

    def _opened(self, number: int, line: int) -> Titled:
        """An outcome of which so far only a criterion is known."""
        self.outcomes[number] = Titled(number, line, [])
        return self.outcomes[number]

    def _of(self, code: Code) -> str:
        return f"{self.subject}, {written(code)}"
