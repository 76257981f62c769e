"""A specification document is read from beginning to end: what every part of it says is put together as one pack."""

import hashlib
from collections.abc import Callable

from .checks import QAN, UAN
from .criteria.criteria import read_outcomes
from .crosscheck import check_units
from .ending import check_ending, take_imprint
from .findings import Findings
from .pack import FORMAT, InvalidPack, invalid_parts, validate_references
from .pages.ends import CRITERION
from .pages.footers import blank_footers
from .pages.pages import UnitPage, cut_pages
from .pairing import Pair, pair_units
from .profiles.profile import document_title, document_version, read_awarding_organisation
from .read import Line, numbered_lines, plain
from .refusal import NotASpecification, layout_unknown
from .requirements.requirements import read_requirements
from .strategies.strategy import read_strategies
from .structures.listings import read_listings
from .structures.qualifications import QualificationRead, read_qualifications
from .structures.table_rows import ListedRow, listed_rows
from .unit_entries import UnitRead, unit_entry

Progress = Callable[[int, int], None]
ALL = 100
# How far the reading is, of ALL, when each stage is done; the units share what lies between the last two.
LINES, PAGES, STRUCTURE, STRATEGIES, UNITS = 5, 15, 25, 35, 90
# So many lines that could not be read are not yet a sign of another layout, however short the document.
MOST_ERRORS = 20


def read_specification(data: bytes, name: str, progress: Progress | None = None) -> dict:
    report = progress or (lambda done, of: None)
    lines = numbered_lines(data)
    _refuse_other_texts(lines)
    report(LINES, ALL)
    findings = Findings()
    pages, outside = cut_pages(lines, read_listings(lines), findings)
    report(PAGES, ALL)
    qualifications = _each_once(read_qualifications(lines, pages[0].line if pages else None, findings), findings)
    if not pages and (not qualifications or sum(bool(CRITERION.search(line.text)) for line in lines) > MOST_ERRORS):
        raise layout_unknown("its units have no headings with their numbers, reference numbers or levels")
    report(STRUCTURE, ALL)
    organisation = _organisation(lines)
    if not pages:
        message = "No unit has a page in this document: none of its units can be judged by it alone."
        findings.error(lines[-1].number, "no-unit-pages", "document", message)
    else:
        check_ending(lines, pages, take_imprint(pages[-1], organisation), findings)
        blank_footers(pages, lines, organisation)
    places = [place for qualification in qualifications for place in qualification.places]
    pairs = pair_units(pages, places, findings)
    rows = listed_rows(outside)
    check_units(pairs, rows, findings)
    _report_missing(pairs, {row.number for row in rows if not row.figures}, findings)
    units = _read_units(lines, pages, pairs, findings, report)
    pack = {"format": FORMAT, "source": _source(data, name, lines, qualifications)}
    pack["awarding_organisation"] = organisation
    pack["qualifications"] = [_qualification(qualification, pairs) for qualification in qualifications]
    pack["units"] = _entries(units, rows, findings)
    if not pack["units"]:
        raise layout_unknown("no unit in it has both a level and a credit value that can be read")
    _settle(pack, findings)
    report(ALL, ALL)
    return pack


def _refuse_other_texts(lines: list[Line]) -> None:
    """Anything without the numbers and words that every specification has is some other text."""
    text = "\n".join(line.text for line in lines)
    words = plain(text).lower()
    missing = []
    if not (QAN.search(text) or UAN.search(text)):
        missing.append("no qualification or unit reference number")
    if "learning outcome" not in words and "assessment criteri" not in words:
        missing.append("no learning outcomes or assessment criteria")
    if missing:
        reason = " and ".join(missing)
        raise NotASpecification(f"This text is not a qualification specification ({reason}): nothing was imported.")


def _each_once(qualifications: list[QualificationRead], findings: Findings) -> list[QualificationRead]:
    known: dict[str, QualificationRead] = {}
    for qualification in qualifications:
        if known.setdefault(qualification.qan, qualification) is not qualification:
            message = f"{qualification.qan} has two structures here: only the first was read."
            findings.error(qualification.line, "qualification-twice", qualification.qan, message)
    return list(known.values())


def _organisation(lines: list[Line]) -> str:
    name = read_awarding_organisation(lines)
    if not name:
        raise layout_unknown("it does not say which awarding organisation it belongs to")
    return name


def _source(data: bytes, name: str, lines: list[Line], qualifications: list[QualificationRead]) -> dict:
    otherwise = qualifications[0].facts["title"] if qualifications else name
    source = {"file": name, "sha256": hashlib.sha256(data).hexdigest()}
    return source | {
        "title": document_title(lines, otherwise),
        "version": document_version(lines),
        "wording": True,
    }


def _read_units(
    lines: list[Line], pages: list[UnitPage], pairs: list[Pair], findings: Findings, report: Progress
) -> list[UnitRead]:
    strategies = read_strategies(lines, pages, findings) if pages else {}
    report(STRATEGIES, ALL)
    units, read = [], 0
    for pair in pairs:
        units.append(_read_unit(pair, findings))
        if pair.page:
            units[-1].strategy = strategies.get(pair.page.line)
            read += 1
            report(STRATEGIES + (UNITS - STRATEGIES) * read // len(pages), ALL)
    _refuse_unreadable(units, findings)
    return units


def _report_missing(pairs: list[Pair], contents: set[str | None], findings: Findings) -> None:
    """Imported units stand in other documents; a unit that the contents list, or where nearly all units have pages,
    has lost its own."""
    missing = [pair for pair in pairs if pair.page is None]
    for pair in missing:
        is_lost = len(missing) * 10 < len(pairs) or (pair.number is not None and pair.number in contents)
        message = "This unit stands in the structure, but has no page in this document."
        report = findings.warning if is_lost else findings.note
        report(pair.place.line, "unit-page-missing", pair.subject, message)


def _read_unit(pair: Pair, findings: Findings) -> UnitRead:
    if pair.page is None:
        return UnitRead(pair)
    outcomes = read_outcomes(pair.page.lines, pair.subject, findings)
    return UnitRead(pair, outcomes, read_requirements(pair.page.lines, pair.subject, findings))


def _refuse_unreadable(units: list[UnitRead], findings: Findings) -> None:
    """Where most pages hold no criteria, or most of what they hold was left over, the layout is another one."""
    paged = [unit for unit in units if unit.pair.page]
    read = [unit for unit in paged if any(outcome.criteria for outcome in unit.outcomes)]
    if len(read) * 2 < len(paged):
        raise layout_unknown("most of its unit pages have no outcomes and criteria that can be told apart")
    criteria = sum(len(outcome.criteria) for unit in read for outcome in unit.outcomes)
    errors = sum(finding["severity"] == "error" for finding in findings.entries)
    if paged and errors > max(MOST_ERRORS, criteria):
        raise layout_unknown("more of it could not be read than could")


def _qualification(qualification: QualificationRead, pairs: list[Pair]) -> dict:
    """Its units under the names that the pack has for them: a page may print a number where the structure has none."""
    names = {pair.place.key: pair.key for pair in pairs if pair.place}
    entry = qualification.as_dict()
    for group in entry["groups"]:
        for place in group["units"]:
            place["unit"] = names.get(place["unit"], place["unit"])
    for rule in entry["rules"]:
        for of in (rule["of"], (rule.get("alternative") or {}).get("of", {})):
            if "units" in of:
                of["units"] = [names.get(unit, unit) for unit in of["units"]]
    return entry


def _entries(units: list[UnitRead], rows: list[ListedRow], findings: Findings) -> list[dict]:
    by_name: dict[str, ListedRow] = {}
    for row in rows:
        for key in (row.number, row.uan):
            if key and row.figures:
                by_name.setdefault(key, row)
    entries = []
    for unit in units:
        row = by_name.get(unit.pair.number) or by_name.get(unit.pair.uan)
        entries.append(unit_entry(unit, row, findings))
    return [entry for entry in entries if entry]


def _settle(pack: dict, findings: Findings) -> None:
    """Give the pack its findings; leave out, as a finding, what would make it invalid."""
    for _ in range(3):
        pack["findings"] = findings.as_list()
        problems = invalid_parts(pack)
        if not problems:
            break
        for path, why in problems:
            _leave_out(pack, path, why, findings)
    try:
        if problems:
            raise InvalidPack(problems[0][1])
        validate_references(pack)
    except InvalidPack as error:
        raise layout_unknown(f"what was read does not hold together: {error}") from error


def _leave_out(pack: dict, path: tuple, why: str, findings: Findings) -> None:
    if not path or path[0] == "findings":
        raise layout_unknown(f"what was read does not hold together: {why}")
    holder = pack
    for name in path[:-1]:
        holder = holder[name]
    entry = holder.pop(path[-1])
    subject = ", ".join(str(entry[name]) for name in ("key", "qan", "id", "code", "number") if entry.get(name))
    message = f"What was read here ({path[-2]}) does not fit the format, and was left out: {why.partition(':')[0]}."
    findings.error(entry.get("line"), "not-valid", subject[:200] or path[-2], message)
