"""What a unit's page says of the unit, held against every table and list of the document that names it."""

from .findings import Findings
from .pages.pages import UnitPage
from .pages.titles import joined, normal
from .pairing import Pair
from .structures.listings import STANDARD
from .structures.table_rows import FIGURES, ListedRow

NAMES = {"level": "level", "credit": "credit value", "glh": "guided learning hours"}


def check_units(pairs: list[Pair], rows: list[ListedRow], findings: Findings) -> None:
    by_number = {pair.number: pair for pair in pairs if pair.number}
    by_uan: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_uan.setdefault(pair.uan, []).append(pair)
    said: set[tuple] = set()
    for pair in pairs:
        _check_page(pair, findings)
    for row in rows:
        pair = by_number.get(row.number) if row.number else None
        same = by_uan.get(row.uan, []) if row.uan else []
        pair = pair or (same[0] if len(same) == 1 else None)
        if pair:
            _check_row(pair, row, said, findings)


def _check_page(pair: Pair, findings: Findings) -> None:
    """The structure's figures are kept; its title is not."""
    page, place = pair.page, pair.place
    if not page or not place:
        return
    for name in FIGURES:
        printed, listed = getattr(page, name), getattr(place, name)
        if None not in (printed, listed) and printed != listed:
            message = f"The page prints {printed} as {NAMES[name]}, the structure (line {place.line}) {listed}."
            findings.warning(page.line, f"{name}-differs", pair.subject, message)
    _compare_titles(page, place.title, place.line, pair.subject, findings)


def _check_row(pair: Pair, row: ListedRow, said: set[tuple], findings: Findings) -> None:
    """Each way in which a table differs is said once, at its first line."""
    if pair.place and pair.place.line == row.line:
        return
    for name in FIGURES:
        known = getattr(pair.place or pair.page, name)
        listed = row.figures.get(name)
        if None not in (known, listed) and known != listed and (pair.key, name, listed) not in said:
            said.add((pair.key, name, listed))
            message = f"Here {listed} is printed as {NAMES[name]}, elsewhere {known}."
            findings.warning(row.line, f"{name}-differs", pair.subject, message)
    title = joined([row.title])
    is_known = pair.place and title in (pair.place.title, STANDARD.sub("", pair.place.title))
    if pair.page and not is_known and (pair.key, title) not in said:
        said.add((pair.key, title))
        _compare_titles(pair.page, title, row.line, pair.subject, findings)


def _compare_titles(page: UnitPage, listed: str, line: int, subject: str, findings: Findings) -> None:
    listed = joined([listed])
    titles = (listed, STANDARD.sub("", listed))
    if not page.title or page.title in titles:
        return
    message = f"The title on the unit's page (line {page.line}) and in line {line} are not the same."
    if normal(page.title) in map(normal, titles):
        findings.note(page.line, "title-differs", subject, f"{message} Capitals, spaces or hyphens differ.")
    else:
        findings.warning(page.line, "title-differs", subject, message, printed=listed, read=page.title)
