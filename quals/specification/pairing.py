"""Which page belongs to which unit of the structures: by number, else by reference."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .findings import Findings
from .pages.pages import UnitPage
from .pages.titles import normal
from .structures.places import Place


@dataclass
class Pair:
    """A unit of the document: its first row in a structure, its page, or both."""

    place: Place | None
    page: UnitPage | None

    @property
    def number(self) -> str | None:
        return (self.place.number if self.place else None) or (self.page.number if self.page else None)

    @property
    def uan(self) -> str | None:
        """The structure's, which groups and rules go by; without one, the page's."""
        return (self.place.uan if self.place else None) or (self.page.uan if self.page else None)

    @property
    def key(self) -> str:
        return self.number or self.uan or ""

    @property
    def subject(self) -> str:
        return f"unit {self.key}"


def pair_units(pages: list[UnitPage], places: Iterable[Place], findings: Findings) -> list[Pair]:
    """In the structures' order, then the pages of units that stand in no structure, in the document's."""
    pairs: dict[str, Pair] = {}
    by_uan: dict[str, list[Pair]] = defaultdict(list)
    for place in places:
        if place.key not in pairs:
            pairs[place.key] = Pair(place, None)
            by_uan[place.uan].append(pairs[place.key])
    has_structure = bool(pairs)
    by_title = _lonely_places(pages, pairs)
    for page in pages:
        pair = _place_of(page, pairs, by_uan, findings) or _by_title(page, by_title, findings)
        if pair and pair.page is None:
            pair.page = page
            continue
        key = page.number or page.uan
        subject = f"unit {key or '?'}"
        if pair or key in pairs:
            first = (pair or pairs[key]).page
            message = f"This unit has pages twice, from line {first.line} and from here: only the first were read."
            findings.error(page.line, "unit-pages-twice", subject, message)
        elif key is None:
            message = "Neither number nor reference number of this unit can be read: its page was left out."
            findings.error(page.line, "unit-unnamed", f"line {page.line}", message)
        else:
            pairs[key] = Pair(None, page)
            if has_structure:
                message = "This unit has a page, but stands in no table of a structure."
                findings.warning(page.line, "unit-not-in-structure", subject, message)
    _keep_keys_apart(pairs.values(), findings)
    return list(pairs.values())


def _lonely_places(pages: list[UnitPage], pairs: dict[str, Pair]) -> dict[str, list[Pair]]:
    """Units of the structure whose number and reference are on no page, by their titles."""
    numbers = {page.number for page in pages if page.number}
    uans = {page.uan for page in pages if page.uan}
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs.values():
        if pair.place.number not in numbers and pair.place.uan not in uans:
            found[normal(pair.place.title)].append(pair)
    return found


def _by_title(page: UnitPage, lonely: dict[str, list[Pair]], findings: Findings) -> Pair | None:
    """The one unit that has this title and neither number nor reference of any page: one of them is misprinted."""
    found = lonely.pop(normal(page.title), []) if page.title else []
    if len(found) != 1:
        return None
    message = f"The title is that of {found[0].key} in the structure; the page prints {page.number or page.uan}."
    findings.warning(page.line, "uan-differs", found[0].subject, message)
    return found[0]


def _keep_keys_apart(pairs: Iterable[Pair], findings: Findings) -> None:
    """Where structures have no numbers and two pages print the same one, the second goes by its reference number."""
    keys: set[str] = set()
    for pair in pairs:
        if pair.key in keys and pair.page and pair.uan not in keys:
            message = f"The number {pair.key} is printed on the pages of two units: this one goes by {pair.uan}."
            findings.warning(pair.page.line, "number-twice", f"unit {pair.uan}", message)
            pair.page.number = None
        keys.add(pair.key)


def _place_of(page: UnitPage, pairs: dict[str, Pair], by_uan: dict, findings: Findings) -> Pair | None:
    """The structure's unit with this number; with this reference, where the number is missing or already taken."""
    named = pairs.get(page.number) if page.number else None
    referred = by_uan.get(page.uan, []) if page.uan else []
    if named is None and page.number is None and page.uan:
        named = pairs.get(page.uan)
    if named and (named.place is None or named.place.uan in (None, page.uan) or page.uan is None):
        return named
    free = [pair for pair in referred if pair.page is None]
    if named is None or (named.page is not None and free):
        if len(free) == 1 and page.number and free[0].place.number:
            message = f"The page prints the number {page.number}; {page.uan} is unit {free[0].key} in the structure."
            findings.warning(page.line, "number-differs", free[0].subject, message)
        return free[0] if len(free) == 1 else (referred[0] if referred else named)
    message = f"The page prints the reference number {page.uan}, the structure {named.place.uan}."
    findings.warning(page.line, "uan-differs", named.subject, message)
    return named
