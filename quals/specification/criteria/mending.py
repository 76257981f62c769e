"""What a unit's outcomes and criteria lost in conversion is given back, where the unit itself settles it."""

from functools import cached_property

from ..findings import Findings
from .amplification import Heading, bare, has_broken_word, has_lost_letters, is_alike, says_the_same
from .numbering import Item, Titled, written
from .rows import Code, Row
from .wording import close_hyphens, is_clipped, is_cut_off, mend_title, vocabulary


class Mender:
    """Mends one unit's wording and reports every repair with both forms."""

    def __init__(self, rows: list[Row], listed: dict[int, str], headings: dict[Code, Heading], subject: str):
        self.rows = rows
        self.listed = listed
        self.headings = headings
        self.subject = subject

    @cached_property
    def known(self) -> dict[str, int]:
        """The unit's own words."""
        return vocabulary([row.words for row in self.rows])

    def mend(self, outcomes: list[Titled], findings: Findings) -> None:
        for outcome in outcomes:
            self._title(outcome, findings)
        items = [item for outcome in outcomes for item in outcome.items]
        for item in items:
            self._hyphens(item, f"{self.subject}, {written(item.code)}", findings)
        self._fill(items, findings)
        self._compare(items, findings)
        self._restore(outcomes, findings)
        self._say_cut_off(items, findings)

    # Titles

    def _title(self, outcome: Titled, findings: Findings) -> None:
        subject = f"{self.subject}, outcome {outcome.number}"
        if outcome.printed:
            kind = "misprinted" if any(map(str.isdigit, outcome.printed)) else "lost"
            message = f"The number of outcome {outcome.number} is {kind}; the codes of its criteria settle it."
            forms = {"printed": outcome.printed, "read": str(outcome.number)}
            findings.note(outcome.line, f"outcome-number-{kind}", subject, message, **forms)
        if not outcome.text:
            self._lost_title(outcome, subject, findings)
        elif outcome.is_scattered or (outcome.printed and is_clipped(outcome.text)):
            self._damaged_title(outcome, subject, findings)
        self._hyphens(outcome, subject, findings)

    def _lost_title(self, outcome: Titled, subject: str, findings: Findings) -> None:
        listed = self.listed.get(outcome.number)
        if listed:
            outcome.parts = [listed]
            message = f"The wording of outcome {outcome.number} is lost here; the unit's list of outcomes has it."
            findings.note(outcome.line, "outcome-title-repaired", subject, message, printed="-", read=listed)
            return
        message = f"Outcome {outcome.number} has criteria, but its wording is not there."
        findings.error(outcome.line, "outcome-text-missing", subject, message)

    def _damaged_title(self, outcome: Titled, subject: str, findings: Findings) -> None:
        printed = outcome.text
        listed = self.listed.get(outcome.number)
        mended = None if outcome.is_scattered else mend_title(printed, self.known)
        say = findings.note if listed else findings.warning
        outcome.parts = [listed or mended or printed]
        message = f"The wording of outcome {outcome.number} is damaged"
        message += ": lost letters were given back." if listed or mended else ": it was kept as printed."
        forms = {"printed": printed} | ({"read": outcome.text} if listed or mended else {})
        say(outcome.line, "outcome-title-damaged", subject, message, **forms)

    # Criteria

    def _hyphens(self, item: Item | Titled, subject: str, findings: Findings) -> None:
        text = item.text
        if "- " not in text:
            item.parts = [text]
            return
        item.parts = [close_hyphens(text, self.known)]
        if item.text != text:
            message = "A word that was broken at a hyphen was joined."
            findings.note(item.line, "wording-repaired", subject, message, printed=text, read=item.text)

    def _fill(self, items: list[Item], findings: Findings) -> None:
        """Criteria whose cell is empty."""
        for item in items:
            if item.text:
                continue
            heading, code = self.headings.get(item.code), written(item.code)
            subject = f"{self.subject}, {code}"
            if heading:
                item.parts = [heading.text]
                message = f"The wording of criterion {code} is lost here; the heading in line {heading.line} has it."
                findings.note(item.line, "wording-repaired", subject, message, printed="-", read=heading.text)
            else:
                message = f"Criterion {code} has a code, but its wording is not there."
                findings.error(item.line, "criterion-text-missing", subject, message)

    def _compare(self, items: list[Item], findings: Findings) -> None:
        """The table with the headings that repeat it. Where a column was clipped, the headings have what it lost."""
        headed = [(item, self.headings[item.code]) for item in items if item.code in self.headings]
        differing = [(item, heading) for item, heading in headed if not says_the_same(item.text, heading.text)]
        if not differing:
            return
        lacking = [pair for pair in differing if has_lost_letters(pair[0].text, pair[1].text)]
        broken = [pair for pair in lacking if has_broken_word(pair[0].text, pair[1].text, self.known)]
        clipped = lacking if broken else []
        for item, heading in clipped:
            self._take_heading(item, heading, findings)
        for pair in differing:
            if pair not in clipped:
                self._say_differs(*pair, findings)
        if len(clipped) > 1:
            self._doubt([item for item in items if item.code not in self.headings], findings)

    def _take_heading(self, item: Item, heading: Heading, findings: Findings) -> None:
        printed, item.parts = item.text, [heading.text]
        code = written(item.code)
        message = f"Criterion {code} lost letters at the edge of its column; line {heading.line} has them."
        forms = {"printed": printed, "read": heading.text}
        findings.note(item.line, "wording-repaired", f"{self.subject}, {code}", message, **forms)

    def _say_differs(self, item: Item, heading: Heading, findings: Findings) -> None:
        code = written(item.code)
        forms = {"printed": heading.text, "read": item.text}
        subject = f"{self.subject}, {code}"
        ours, theirs = bare(item.text), bare(heading.text)
        if is_alike(item.text, heading.text) and not ours.startswith(theirs) and not theirs.startswith(ours):
            message = f"The heading in line {heading.line} words criterion {code} differently: the table was read."
            findings.note(item.line, "heading-differs", subject, message, **forms)
        else:
            message = f"The heading in line {heading.line} has fewer, more or other words for criterion {code}."
            findings.warning(item.line, "heading-contradicts", subject, message, **forms)

    def _doubt(self, items: list[Item], findings: Findings) -> None:
        for item in items:
            code = written(item.code)
            message = f"The column of criterion {code} is clipped and nothing repeats it: it may lack letters."
            findings.warning(item.line, "wording-clipped", f"{self.subject}, {code}", message, printed=item.text)

    def _say_cut_off(self, items: list[Item], findings: Findings) -> None:
        for item in items:
            if is_cut_off(item.text):
                code = written(item.code)
                message = f"The wording of criterion {code} ends in the middle of a sentence: its end may be missing."
                subject = f"{self.subject}, {code}"
                findings.warning(item.line, "wording-unfinished", subject, message, printed=item.text)

    def _restore(self, outcomes: list[Titled], findings: Findings) -> None:
        """Criteria that only a heading has: taken into a gap of the table, else reported."""
        for outcome in outcomes:
            codes = {item.code[1] for item in outcome.items}
            absent = [code for code in self.headings if code[0] == outcome.number and code[1] not in codes]
            for code in absent:
                self._restore_one(outcome, code, max(codes, default=0), findings)
            outcome.items.sort(key=lambda item: item.code)

    def _restore_one(self, outcome: Titled, code: Code, last: int, findings: Findings) -> None:
        heading, subject = self.headings[code], f"{self.subject}, {written(code)}"
        if any(bare(item.text) == bare(heading.text) for item in outcome.items):
            message = f"The heading {written(code)} repeats a criterion that has another code in the table."
            findings.warning(heading.line, "heading-contradicts", subject, message, printed=heading.text)
        elif code[1] < last:
            outcome.items.append(Item(code, heading.line, [heading.text], heading.line))
            message = f"Criterion {written(code)} is missing in the table; its heading has it."
            findings.warning(heading.line, "criterion-restored", subject, message, printed="-", read=heading.text)
        else:
            message = f"There is a heading for criterion {written(code)}, but the table does not have it."
            findings.error(heading.line, "criterion-not-in-table", subject, message, printed=heading.text)
