"""What the two panes of a review show: the document's lines with their context, the doubts, and where to go next."""

from dataclasses import dataclass, replace

from django.urls import reverse

from quals import queries
from quals.queries.standing import first_lines_of
from quals.specification.review.paths import part_of
from quals.templatetags.reviewing import place_of

CONTEXT = 15
NEAR = 2
GRAVE = {"error": 2, "warning": 1, "note": 0}


@dataclass(frozen=True)
class Line:
    """One line of the left pane; or, with `gap`, that many lines left out."""

    number: int
    text: str = ""
    is_cited: bool = False
    is_around: bool = False
    doubt: str = ""
    reads: str = ""
    gap: int = 0


@dataclass(frozen=True)
class Addresses:
    """Where in a review things are shown."""

    specification: object
    qualifications: list
    first_lines: dict[int, int]

    @classmethod
    def of(cls, review) -> "Addresses":
        return cls(review.specification, review.qualifications, first_lines_of(review.specification))

    def page(self, name: str = "review", *more: object) -> str:
        return reverse(name, args=[self.specification.public_id, *more])

    def home_of(self, doubt):
        """The qualification that a doubt about the structure is shown with: the one it names, else the one whose
        rules begin before its line."""
        part = doubt.path.split("/")[1] if doubt.path and doubt.path.startswith("qualifications/") else ""
        named = [row for row in self.qualifications if part_of(row.qan) == part]
        before = [row for row in self.qualifications if self.first_lines.get(row.pk, 0) <= (doubt.finding.line or 0)]
        last = max(before, key=lambda row: self.first_lines.get(row.pk, 0), default=None)
        return next(iter(named), None) or last or next(iter(self.qualifications), None)

    def of_doubt(self, doubt) -> str:
        """The page that shows the doubt beside its lines, with the doubt chosen; of the whole document, the review."""
        base = ""
        if doubt.where == "unit" and doubt.unit_key:
            base = self.page("review_unit", part_of(doubt.unit_key))
        elif doubt.where == "structure" and (home := self.home_of(doubt)):
            base = self.page("review_structure", home.public_id)
        if not base:
            return f"{self.page()}#doubt-{doubt.number}"
        line = doubt.finding.line
        return f"{base}?doubt={doubt.number}" + (f"&line={line}#line-{line}" if line else f"#doubt-{doubt.number}")

    def of_path(self, path: str) -> str:
        """The page that shows what a path names, at its place."""
        kind, name = path.split("/")[:2]
        if kind == "units":
            return f"{self.page('review_unit', name)}#{place_of(path)}"
        found = next((row for row in self.qualifications if part_of(row.qan) == name), None)
        return f"{self.page('review_structure', found.public_id)}#{place_of(path)}" if found else ""


def lines_beside(specification, own, doubts, read) -> list[Line]:
    """The page's own lines with some context, and the lines elsewhere that a doubt points at, gaps between them.

    `read` are (line, anchor) of what was read; a line leads to what is doubted in it, else to the first of them.
    """
    grave, leads = _gravest(doubts), _leads(doubts, read)
    first, last = (own[0].number, own[-1].number) if own else (1, 0)
    found: list[Line] = []
    for begin, end in _spans(first, last, [line for line in grave if not first <= line <= last]):
        lines = queries.lines_of(specification, begin, end)
        if lines and found and begin > found[-1].number + 1:
            found.append(Line(number=0, gap=begin - found[-1].number - 1))
        for number, text in lines:
            reads, around = leads.get(number, ""), not first <= number <= last
            found.append(Line(number, text, bool(reads), around, grave.get(number, "").replace("note", ""), reads))
    return found


def _gravest(doubts) -> dict[int, str]:
    """Of each line that a doubt points at, how grave the gravest is; what was put to rest weighs as a note."""
    found: dict[int, str] = {}
    for doubt in doubts:
        line, severity = doubt.finding.line, doubt.finding.severity if doubt.is_open else "note"
        if line and GRAVE[severity] >= GRAVE[found.get(line, "note")]:
            found[line] = severity
    return found


def _leads(doubts, read) -> dict[int, str]:
    leads: dict[int, str] = {}
    for number, name in read:
        leads.setdefault(number, name)
    shown = {name for _, name in read}
    for doubt in doubts:
        line, place = doubt.finding.line, place_of(doubt.path) if doubt.path else ""
        if line and (doubt.is_open or line not in leads):
            leads[line] = place if place in shown else f"doubt-{doubt.number}"
    return leads


def _spans(first: int, last: int, others: list[int]) -> list[tuple[int, int]]:
    spans = [(first - CONTEXT, last + CONTEXT)] if last >= first else []
    spans = sorted(spans + [(line - NEAR, line + NEAR) for line in others])
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return [(max(begin, 1), end) for begin, end in joined]


@dataclass(frozen=True)
class Steps:
    """Where the keys ] and [ lead: the next doubt that is open, gravest first, and the one before."""

    next_doubt: str
    previous_doubt: str
    before: object = None
    after: object = None


def steps_from(review, addresses: Addresses, chosen: int, here, before: str = "", after: str = "") -> Steps:
    """From the chosen doubt; with none chosen, on to the first of those `here`, else to the first of all."""
    waiting = [doubt for doubt in [*review.errors, *review.warnings] if doubt.is_open]
    ahead = [doubt for doubt in waiting if doubt.number > chosen]
    if not chosen:
        ahead = [doubt for doubt in here if doubt.is_open] or waiting
    behind = [doubt for doubt in waiting if doubt.number < chosen]
    units = {unit.part: unit for unit in review.units}

    def url(doubts, at: int) -> str:
        return addresses.of_doubt(doubts[at]) if doubts else ""

    return Steps(url(ahead, 0), url(behind, -1), units.get(before), units.get(after))


@dataclass(frozen=True)
class Page:
    """Which page of a review a deed was done on, as its forms say: “units/403?doubt=7”, or nothing for the review.

    `tried` is what stands behind the “?” of a page that tries rules: the units and the day.
    """

    kind: str = ""
    name: str = ""
    doubt: int = 0
    tried: str = ""

    @classmethod
    def of(cls, text: str) -> "Page":
        where, _, asked = text.partition("?")
        kind, _, name = where.partition("/")
        if kind not in {"units", "structure", "rules"} or not name or "/" in name:
            return cls()
        if kind == "rules":
            return cls(kind, name, tried=asked)
        return cls(kind, name, _number(asked.removeprefix("doubt=")))

    @classmethod
    def of_sent(cls, sent) -> "Page":
        """The same of a form; what was tried after the form was shown is sent beside it."""
        page = cls.of(sent.get("page", ""))
        return replace(page, tried=sent["tried"]) if page.kind == "rules" and "tried" in sent else page

    def __str__(self) -> str:
        asked = self.tried or (f"doubt={self.doubt}" if self.doubt else "")
        return f"{self.kind}/{self.name}" + (f"?{asked}" if asked else "")


def chosen_of(request, doubts, page: Page) -> dict:
    """Which doubt and which line the address names, and what the doubt is about."""
    number = page.doubt or _number(request.GET.get("doubt", ""))
    doubt = next((each for each in doubts if each.number == number), None)
    line = _number(request.GET.get("line", "")) or (doubt.finding.line if doubt else None)
    return {
        "page": Page(page.kind, page.name, number if doubt else 0),
        "chosen_doubt": number,
        "this_doubt": doubt,
        "chosen": line,
        "chosen_at": place_of(doubt.path) if doubt and doubt.path else "",
        "opened_at": place_of(doubt.path) if doubt and doubt.path and doubt.is_open else "",
        "doubts": doubts,
    }


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
