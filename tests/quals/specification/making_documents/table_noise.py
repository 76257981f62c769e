"""Damages printed criteria as conversions do, each time with what a careful reader can still make of it."""

import re
from dataclasses import dataclass

from .table_units import cells_of


@dataclass
class Damage:
    """What was damaged: criteria and outcomes by code and number. A `settled` one has to be read as it was; `is_plain`
    where nothing has to be said of it."""

    kind: str
    codes: set
    outcomes: set
    settled: bool = True
    is_plain: bool = False


class Noise:
    """Prints units with damage; `damage` holds it by the units' reference numbers."""

    def __init__(self, random, share=0.5, kinds=None):
        self.random = random
        self.share = share
        self.kinds = kinds or list(KINDS)
        self.damage = {}

    def __call__(self, unit):
        cells = cells_of(unit)
        found = self.damage.setdefault(unit.uan, [])
        numbers = list(range(1, len(unit.outcomes) + 1))
        self.random.shuffle(numbers)
        for number in numbers[:2]:
            if self.random.random() < self.share:
                kind = self.random.choice(self.kinds)
                own = [cell for cell in cells if cell.outcome == number]
                damage = KINDS[kind](self.random, own, cells, unit)
                if damage:
                    damage.kind = kind
                    found.append(damage)
        return cells


def _begins_plainly(cell):
    return cell.text[:1].isupper()


def _code_lost(random, own, cells, unit):
    n = random.randrange(len(own))
    if n == 0 and len(own) == 1:
        return None
    if not _begins_plainly(own[n]):
        return None
    own[n].code = ""
    around = {cell.truth for cell in own[max(0, n - 1) : n + 1]}
    return Damage("", around, {own[0].outcome}, settled=n + 1 < len(own))


def _code_misprinted(random, own, cells, unit):
    """The code of a later criterion of the outcome, which is printed in its own place too."""
    if len(own) < 3:
        return None
    n = random.randrange(len(own) - 2)
    own[n].code = own[random.randrange(n + 2, len(own))].code
    codes = {cell.truth for cell in own} | {f"{own[0].outcome}.{len(own) + 1}"}
    return Damage("", codes, {own[0].outcome}, settled=unit.number is not None)


def _code_of_before(random, own, cells, unit):
    """The code of the criterion before it, twice."""
    if len(own) < 2:
        return None
    n = random.randrange(1, len(own))
    own[n].code = own[n - 1].code
    return Damage("", {cell.truth for cell in own} | {f"{own[0].outcome}.{len(own) + 1}"}, {own[0].outcome}, False)


def _shifted(random, own, cells, unit):
    cell = random.choice(own[1:] or [None])
    if cell is None:
        return None
    cell.is_shifted = True
    return Damage("", {cell.truth}, set(), is_plain=True)


def _number_lost(random, own, cells, unit):
    own[0].number = random.choice(["", "", "_", own[0].code])
    return Damage("", set(), {own[0].outcome})


def _title_in_rows(random, own, cells, unit):
    words = own[0].title.split(" ")
    cuts = [n for n in range(2, len(words)) if words[n][:1].islower() and len(words) > 3]
    if not cuts:
        return None
    cut = random.choice(cuts)
    own[0].title, rest = " ".join(words[:cut]), " ".join(words[cut:])
    if len(own) > 1 and random.random() < 0.6:
        own[1].title = rest
    else:
        own[0].more = ((rest, ""),)
    return Damage("", set(), {own[0].outcome}, is_plain=True)


def _wording_in_rows(random, own, cells, unit):
    cell = random.choice(own)
    words = cell.text.split(" ")
    cuts = [n for n in range(2, len(words)) if words[n][:1].islower()]
    if not cuts:
        return None
    cut = random.choice(cuts)
    cell.text, rest = " ".join(words[:cut]), " ".join(words[cut:])
    cell.more = (("", rest),)
    return Damage("", {cell.truth}, set(), settled=False)


def _full_stops(random, own, cells, unit):
    mark = random.choice([".", ".", ")", ":"])
    for cell in own:
        cell.code += mark
    return Damage("", {cell.truth for cell in own}, {own[0].outcome}, is_plain=True)


def _hyphen_break(random, own, cells, unit):
    for cell in own:
        broken = re.sub(r"(?<=\w)-(?=[a-z])", "- ", cell.text, count=1)
        if broken != cell.text:
            cell.text = broken
            return Damage("", {cell.truth}, set())
    return None


def _empty_text(random, own, cells, unit):
    """The wording is lost; only the heading that repeats it has it."""
    cell = random.choice(own)
    cell.text = ""
    return Damage("", {cell.truth}, set(), settled=unit.number is not None and cell.outcome in unit.amplified)


def _clipped_right(random, own, cells, unit):
    if unit.number is None or own[0].outcome not in unit.amplified:
        return None
    for cell in own:
        last = cell.text.rsplit(" ", 1)[-1]
        if len(last) > 5 and last.isalpha():
            cell.text = cell.text[: -random.randint(1, 3)]
            return Damage("", {c.truth for c in cells}, set(), settled=False)
    return None


def _clipped_left(random, own, cells, unit):
    cut = random.choice([1, 1, 2, 3])
    own[0].title = own[0].title[cut:].lstrip()
    own[0].number = random.choice(["", "_"])
    return Damage("", set(), {own[0].outcome}, settled=False)


def _row_lost(random, own, cells, unit):
    if len(own) < 3:
        return None
    cell = own[random.randrange(1, len(own) - 1)]
    cells.remove(cell)
    return Damage("", {cell.truth for cell in own}, {cell.outcome}, settled=False)


def _row_twice(random, own, cells, unit):
    cell = random.choice(own[1:] or [None])
    if cell is None:
        return None
    cells.insert(cells.index(cell), cell)
    around = {f"{cell.outcome}.{int(cell.truth.split('.')[1]) + n}" for n in (-1, 0)}
    return Damage("", around, {cell.outcome}, settled=False)


KINDS = {
    "code_lost": _code_lost,
    "code_misprinted": _code_misprinted,
    "code_of_before": _code_of_before,
    "shifted": _shifted,
    "number_lost": _number_lost,
    "title_in_rows": _title_in_rows,
    "wording_in_rows": _wording_in_rows,
    "full_stops": _full_stops,
    "hyphen_break": _hyphen_break,
    "empty_text": _empty_text,
    "clipped_right": _clipped_right,
    "clipped_left": _clipped_left,
    "row_lost": _row_lost,
    "row_twice": _row_twice,
}
