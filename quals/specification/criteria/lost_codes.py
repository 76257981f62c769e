"""Lines that stand where criteria are missing, in the form of those around them: criteria that lost their codes."""

from collections import Counter

from .rows import Code, Row


class LostCodes:
    """Knows of each line of a unit which criterion stands before it, and whether it is printed more than once."""

    def __init__(self, rows: list[Row]):
        self.times = Counter(row.words for row in rows)
        self.before: dict[int, Row | None] = {}
        coded = None
        for row in rows:
            self.before[row.line] = coded
            coded = row if row.codes else coded

    def include(self, row: Row, code: Code, next_code: Code | None, after_blank: bool) -> bool:
        """Whether the row between these codes has lost its own; what stands on every page is no criterion."""
        if next_code is None or next_code[0] != code[0] or next_code[1] < code[1] + 2:
            return False
        before = self.before.get(row.line)
        if before is None or row.heading_level or self.times[row.words] > 1 or (after_blank and not row.is_item):
            return False
        return (row.is_item, row.width, len(row.pieces)) == (before.is_item, before.width, len(before.pieces))
