"""Tables and contents that list units: what each column holds, and which units they name."""

import re
from dataclasses import dataclass

from ..checks import QAN, UAN
from ..read import HEADING, TAG, Line, unescaped
from ..tables import cells
from .groups import group_title

BOLD = re.compile(r"\*\*([^*]+)\*\*")
MARKS = "*†‡"
COLUMNS = (
    ("barred", re.compile(r"\bbarred\b|\bexclu", re.I)),
    ("uan", re.compile(r"\breference\b|\baccreditation (?:number|no)\b|\bu[ar]n\b", re.I)),
    ("glh", re.compile(r"\bglh\b|\bguided\b", re.I)),
    ("credit", re.compile(r"\bcredits?\b", re.I)),
    ("title", re.compile(r"\btitle\b|\bname\b|^(?:mandatory|optional|core|elective)\b", re.I)),
    ("level", re.compile(r"\blevel\b", re.I)),
    ("number", re.compile(r"\bunits?\b|\bnumber\b|^no\.?$", re.I)),
)
OF_QUALIFICATIONS = re.compile(r"\bqualification title\b|\btitle and level\b", re.I)
LONGEST_HEAD = 120
MOST_CELLS = 100
KEY = r"[A-Z]{0,3}[0-9]{1,4}[A-Z]?"
NUMBER = re.compile(rf"(?:unit )?(?:(?P<prefix>[0-9]{{3,5}})-)?(?P<number>{KEY})", re.I)
CONTENTS_UNIT = re.compile(rf"^unit (?P<number>{KEY})[*†‡]{{0,3}}:?$", re.I)
CONTENTS_LINE = re.compile(rf"^unit (?P<number>{KEY})[*†‡]{{0,3}}:? (?P<title>[A-Z].*?)[ .…]+[0-9]{{1,3}}$", re.I)
UNIT_HEADING = re.compile(rf"^unit (?P<number>{KEY})[*†‡]{{0,3}}:? (?P<title>[A-Z].*)$", re.I)
# The mark of an occupational standard behind a title, as in "Champion customer service (A17)".
STANDARD = re.compile(r" \([A-Z]{1,3}[0-9]{1,3}\)$")


@dataclass(frozen=True)
class Listed:
    """A unit that a table or the contents of the document names."""

    number: str | None
    uan: str | None
    title: str


def words(cell: str) -> str:
    """The words of a cell without tags and bold marks, but with its footnote marks."""
    if cell.startswith("#") and (match := HEADING.match(cell)):
        cell = match.group(2)
    if "*" in cell:
        cell = BOLD.sub(r"\1", cell)
    if "<" in cell:
        cell = TAG.sub(" ", cell)
    return " ".join(unescaped(cell).split())


def row_words(line: Line) -> list[str]:
    """The words of each cell; a line with more cells than any table of units is one cell."""
    if line.text.count("\t") > MOST_CELLS or line.text.count("|") > MOST_CELLS:
        return [words(line.text)]
    return [words(cell) for cell in cells(line.text)]


def split_mark(text: str) -> tuple[str, str]:
    """A number or title, and the footnote mark glued to its end."""
    bare = text.rstrip(MARKS + " ")
    return bare, text[len(bare) :].strip()


def columns(row: list[str]) -> dict[str, int] | None:
    """Where a heading row of a table of units has which column; None where the row is no such heading."""
    found = listing_columns(row)
    return found if found and {"level", "credit"} <= found.keys() else None


def listing_columns(row: list[str]) -> dict[str, int] | None:
    """The same for any table that lists units by number or reference and title, and may tell no more."""
    found: dict[str, int] = {}
    for i, cell in enumerate(row):
        if len(cell) > LONGEST_HEAD or UAN.search(cell) or OF_QUALIFICATIONS.search(cell):
            return None
        name = next((name for name, pattern in COLUMNS if name not in found and pattern.search(cell)), None)
        if name:
            found[name] = i
    if "title" not in found and {"uan", "number"} <= found.keys():
        found["title"] = found.pop("number")
    return found if "title" in found and ("uan" in found or "number" in found) else None


def by_column(row: list[str], found: dict[str, int]) -> dict[str, str]:
    return {name: row[i] if i < len(row) else "" for name, i in found.items()}


def read_number(text: str) -> tuple[str, str] | None:
    """A unit number as its prefix and the number proper ("4430-401" is "4430" and "401")."""
    match = NUMBER.fullmatch(split_mark(text)[0])
    return (match.group("prefix") or "", match.group("number")) if match else None


def read_contents(lines: list[Line]) -> list[Listed]:
    """The units that contents pages and unit headings name as “Unit 401 …”; the title is "" where it is not there."""
    found = []
    for line in lines:
        if "nit" not in line.text[:40] and "NIT" not in line.text[:40]:
            continue
        row = [cell for cell in row_words(line) if cell]
        if len(row) > 1 and (match := CONTENTS_UNIT.match(row[0])):
            found.append(Listed(match.group("number"), None, split_mark(row[1])[0]))
        elif len(row) == 1 and len(row[0]) < 300 and (match := _title_line(row[0])):
            found.append(Listed(match.group("number"), None, split_mark(match.group("title"))[0]))
        elif len(row) == 1 and (match := CONTENTS_UNIT.match(row[0])):
            found.append(Listed(match.group("number"), None, ""))
    return found


def read_listings(lines: list[Line]) -> list[Listed]:
    """Every unit that a table or the contents of the document names, each once, in order."""
    contents = read_contents(lines)
    found: list[Listed] = []
    head = None
    for line in lines:
        row = row_words(line) if "\t" in line.text or "|" in line.text else []
        if len(row) < 2:
            is_within = row or not line.text or line.text.isspace() or group_title(words(line.text[:LONGEST_HEAD]))
            head = head if is_within else None
            continue
        if header := listing_columns(row):
            head = header
        elif head and (listed := _listed(row, head)):
            found.append(listed)
    found = _in_document_form(found, contents)
    return list(dict.fromkeys(found + [listed for listed in contents if listed.title]))


def without_prefix(numbers: list[tuple[str, str]], known: set[str]) -> bool:
    """Whether a prefix that all numbers share is no part of them: contents and pages print them without."""
    prefixes = {prefix for prefix, _ in numbers}
    return len(prefixes) == 1 and prefixes != {""} and any(number in known for _, number in numbers)


def standards_in_titles(titles: list[str], contents: list[Listed]) -> bool:
    """Whether the marks behind titles are no part of them: contents and pages print one without its mark."""
    known = {listed.title.casefold() for listed in contents}
    return any(STANDARD.search(title) and STANDARD.sub("", title).casefold() in known for title in titles)


def _title_line(text: str) -> re.Match | None:
    return CONTENTS_LINE.match(text) or UNIT_HEADING.match(text)


def _listed(row: list[str], head: dict[str, int]) -> Listed | None:
    cell = by_column(row, head)
    uan = cell.get("uan", "") if UAN.fullmatch(cell.get("uan", "")) else None
    number = split_mark(cell.get("number", ""))[0]
    known = NUMBER.fullmatch(number) and bool(re.search("[0-9]", number))
    title = split_mark(cell["title"])[0]
    if not title or len(title) > 300 or not (uan or known) or ("uan" in head and not uan and "level" not in head):
        return None
    if any(QAN.search(text) for text in row) or not re.fullmatch("[0-9E]{1,2}", cell.get("level", "1")):
        return None
    return Listed(number if known else None, uan, title)


def _in_document_form(found: list[Listed], contents: list[Listed]) -> list[Listed]:
    """Numbers and titles in the form in which contents and pages print them."""
    numbers = [read_number(listed.number) for listed in found if listed.number and "-" in listed.number]
    strip = without_prefix([number for number in numbers if number], {listed.number for listed in contents})
    marked = standards_in_titles([listed.title for listed in found], contents)
    result = []
    for listed in found:
        number = listed.number
        if number and strip and "-" in number:
            number = read_number(number)[1]
        result.append(Listed(number, listed.uan, STANDARD.sub("", listed.title) if marked else listed.title))
    return result
