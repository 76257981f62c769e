"""How each unit may be assessed: its kind, its routes, and the strategy that its own pages, the annexe they name and
the document give it."""

import re
from dataclasses import dataclass, field

from ..findings import Findings
from ..pages.pages import UnitPage
from ..read import BULLET, Line, plain
from ..tables import cells
from .onscreen import Onscreen, OnscreenTest, read_page
from .policy import Policy, normal, read_policy
from .sources import Sources, named_annexes

REACH_OF_HEADING = 40
KINDS = ("competence", "knowledge", "combined")
TYPE = re.compile(r"Unit type ?:? ?(?P<type>\w+)(?: unit)?$", re.I)
ABOUT_ASSESSMENT = re.compile(
    r"(?:unit |external |internal |summative )?assessment(?! (?:criteri|guidance))\b|evidence requirements?\b"
    r"|simulation\b",
    re.I,
)
CRITERION = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])")
ABOUT_OTHERS = re.compile(
    r"(?:unit )?(?:assessment guidance|teaching guidance|guidance|amplification|learning outcomes?|assessment criteri"
    r"|information for|suggested|essential|delivery|outcome [0-9])",
    re.I,
)


@dataclass
class UnitStrategy:
    kind_printed: str | None
    routes: list[str]
    test: dict | None
    strategy: dict = field(default_factory=dict)


def read_strategies(lines: list[Line], pages: list[UnitPage], findings: Findings) -> dict[int, UnitStrategy]:
    """The strategy of every unit page, by the line of the page."""
    document = Sources(lines, pages)
    read = {page.line: _read(page, document, findings) for page in pages}
    _report_unfound(document, pages, findings)
    _report_one_qualification(document, pages, findings)
    return read


def _read(page: UnitPage, document: Sources, findings: Findings) -> UnitStrategy:
    spoken = _about_assessment(page)
    kind = _kind(page, findings)
    own = read_policy(spoken)
    annexes = [policy for key in named_annexes(spoken) if (policy := document.annexe(key))]
    shared = [document.policy] if page.line in document.own else []
    sources = [own, *annexes, *shared]
    routes, test = _routes(page, spoken, document.onscreen, findings)
    months: dict[str, int] = {}
    for source in reversed(sources):
        months |= source.months
    strategy = {
        "simulation": _simulation(page, own, annexes, shared, document, findings),
        "work_placement": "not_allowed" if any(source.no_placement for source in sources) else "unstated",
        "knowledge_evidence": _knowledge([*sources, document.policy], kind),
        "currency_years": next((source.currency_years for source in sources if source.currency_years), None),
        "qualify_within_months": months or None,
    }
    return UnitStrategy(kind, routes, test, strategy)


def _subject(page: UnitPage) -> str:
    return f"unit {page.number or page.uan or page.title}"


def _about_assessment(page: UnitPage) -> list[Line]:
    """The page's lines without its criteria, amplification and guidance."""
    kept, is_kept = [], True
    for line in page.lines:
        label = plain(next(iter(cells(line.text)), ""))
        if not BULLET.match(line.text) and label and len(label) < 120 and label[-1] not in ".;,":
            if ABOUT_OTHERS.match(label):
                is_kept = False
            elif ABOUT_ASSESSMENT.match(label):
                is_kept = True
        if is_kept and not any(CRITERION.match(plain(cell)) for cell in cells(line.text)):
            kept.append(line)
    return kept


def _kind(page: UnitPage, findings: Findings) -> str | None:
    """Competence, knowledge or combined, as the page prints it."""
    printed = page.type or next(
        (
            found["type"]
            for line in page.lines[:REACH_OF_HEADING]
            if (found := TYPE.match(plain(line.text.replace("\t", " "))))
        ),
        None,
    )
    if not printed:
        return None
    word = printed.split()[0].lower()
    if word not in KINDS:
        findings.warning(page.line, "unit-type-unknown", _subject(page), "The printed type of the unit is not known.")
        return None
    return word


def _knowledge(sources: list[Policy], kind: str | None) -> str:
    for source in sources:
        if source.explicit_knowledge and not (source.competence_only and kind == "knowledge"):
            return "explicit"
    return "unstated"


def _simulation(
    page: UnitPage,
    own: Policy,
    annexes: list[Policy],
    shared: list[Policy],
    document: Sources,
    findings: Findings,
) -> str:
    """The unit's own word first, then the annexe that its page names, then the document's."""
    ranked = [own, *annexes, *shared]
    said = [(value, line) for source in ranked for value, line in [_says(source, page, document)] if value]
    listed = document.policy.only_units
    if listed and page.number in listed[1]:
        said.append(("realistic_working_environment", listed[0]))
    if own.unread:
        message = "A sentence about simulation could not be read: decide what the unit allows."
        findings.warning(own.unread, "strategy-unread", _subject(page), message)
    if not said:
        return "unstated"
    value, line = said[0]
    if listed and page.number and page.number not in listed[1] and value != "not_allowed":
        said.append(("not_allowed", listed[0]))
    for other, at in said[1:]:
        if other != value:
            message = f"Line {line} and line {at} say different things about simulation: the unit's own is kept."
            findings.warning(line, "strategy-contradiction", _subject(page), message)
    _report_nuance(own, value, page, findings)
    return value


def _report_nuance(own: Policy, value: str, page: UnitPage, findings: Findings) -> None:
    """What the page says and one word for its simulation policy cannot hold."""
    if own.except_at and value == "not_allowed":
        message = "Simulation is not allowed with an exception, which the line prints."
        findings.warning(own.except_at, "simulation-exception", _subject(page), message)
    if own.environment and own.forbids:
        message = f"A realistic working environment is allowed, simulation is not (line {own.forbids})."
        findings.warning(own.environment, "simulation-exception", _subject(page), message)


def _says(policy: Policy, page: UnitPage, document: Sources) -> tuple[str | None, int | None]:
    if policy.only_in:
        line, level, size = policy.only_in
        allowed = document.units_of(level, size)
        is_allowed = bool({page.number, page.uan} & allowed)
        return ("realistic_working_environment" if is_allowed else "not_allowed"), line
    if policy.only_titles:
        line, titles = policy.only_titles
        return ("realistic_working_environment" if normal(page.title) in titles else "not_allowed"), line
    if policy.environment:
        return "realistic_working_environment", policy.environment
    if policy.forbids:
        return "not_allowed", policy.forbids
    if policy.allows:
        return "realistic_working_environment", policy.allows
    return None, None


def _routes(
    page: UnitPage, spoken: list[Line], onscreen: Onscreen, findings: Findings
) -> tuple[list[str], dict | None]:
    routes, test = read_page(spoken)
    key = next((key for key in (page.number, page.uan) if key and key in onscreen.routes), None)
    if key:
        line, title, listed = onscreen.routes[key]
        if routes and routes != listed:
            message = f"Line {line} names other routes for this unit than its page: the unit's own are kept."
            findings.warning(page.line, "strategy-contradiction", _subject(page), message)
        if normal(title) and normal(page.title) and normal(title) != normal(page.title):
            message = "The list of units with an onscreen test prints another title for this number."
            findings.warning(line, "title-differs", _subject(page), message)
        routes = routes or listed
    printed = next((onscreen.tests[key] for key in (page.number, page.uan) if key and key in onscreen.tests), None)
    if not routes and printed:
        routes = ["portfolio", "onscreen_test"]
    if "onscreen_test" not in routes:
        return routes or ["portfolio"], None
    return routes, _test(page, test, printed, findings)


def _test(page: UnitPage, own: OnscreenTest | None, printed: OnscreenTest | None, findings: Findings) -> dict | None:
    if (
        own
        and printed
        and any(
            mine and theirs and mine != theirs
            for mine, theirs in ((own.minutes, printed.minutes), (own.marks, printed.marks))
        )
    ):
        message = f"Line {printed.line} prints another length or number of marks for the test: the unit's own is kept."
        findings.warning(own.line, "strategy-contradiction", _subject(page), message)
    read = {
        name: (own and getattr(own, name)) or (printed and getattr(printed, name)) or None
        for name in ("minutes", "marks")
    }
    return read if any(read.values()) else None


def _report_unfound(document: Sources, pages: list[UnitPage], findings: Findings) -> None:
    keys = {key for page in pages for key in (page.number, page.uan)}
    for key, (line, _, _) in document.onscreen.routes.items():
        if key not in keys:
            message = "A route is named for a unit that has no page in this document."
            findings.warning(line, "route-without-page", f"unit {key}", message)


def _report_one_qualification(document: Sources, pages: list[UnitPage], findings: Findings) -> None:
    """A strategy that depends on the qualification cannot be held by the unit alone."""
    if not document.policy.only_in:
        return
    line, level, size = document.policy.only_in
    allowed = document.units_of(level, size)
    count = sum(bool({page.number, page.uan} & allowed) for page in pages if page.line in document.own)
    if count:
        message = (
            f"Simulation is allowed in the Level {level} {size.capitalize()} only: its {count} units with a page are"
            " read as allowing it, and may not be simulated where they count towards another qualification."
        )
        findings.warning(line, "simulation-by-qualification", f"Level {level} {size.capitalize()}", message)
