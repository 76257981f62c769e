"""How a unit's page announces itself: its heading ("Unit 401 …") and the labels under it ("Level: 4")."""

import re
from dataclasses import dataclass

from ..checks import UAN
from ..read import BULLET, Line, plain
from ..tables import cells

OPENING = re.compile(r"\*\*|__|</?(?:b|p|strong|u)>", re.IGNORECASE)
MARK = re.compile(r"[*†‡#]{1,3}(?![*†‡#])")
UNIT = re.compile(
    rf"unit(?: (?:number|no\.?))?[\s:.–—-]+(?:(?P<uan>{UAN.pattern})|"
    r"(?P<number>(?:[0-9]{3,5}[-/])?[A-Z]{0,3}[0-9]{1,4}[A-Z]?))(?![\w/])",
    re.IGNORECASE,
)
UAN_FIRST = re.compile(rf"(?P<uan>{UAN.pattern})(?![\w/])")
SEPARATOR = " \t:.–—-|"
LEADER_DOTS = re.compile(r"(?:\.{3,}|…)[ .…]*[0-9]{1,3}\s*$")
LONGEST = 240
LONGEST_TITLE = 150
GOES_ON = re.compile(r"[,;)]|(?:and|or|is|are|was|has|have|may|must|can|to|of|in|on|for|should|will)\b")

LABELS = (
    ("uan", r"UAN|URN|NDAQ (?:unit )?(?:number|reference)|(?:Ofqual |QCF |National )?(?:unit )?accreditation number"),
    ("uan", r"(?:Ofqual |QCF |National )?unit reference(?: number| code| no\.?)?"),
    ("level", r"(?:unit |QCF |RQF )?level"),
    ("credit", r"(?:unit |QCF |RQF )?credits?(?: value)?"),
    ("glh", r"GLH|(?:unit )?guided learning hours?"),
    ("type", r"unit type"),
    ("title", r"unit title"),
    ("number", r"(?:[a-z&]{1,20} ){0,4}unit (?:number|no\.?|code)"),
    ("other", r"TQT|TUT|total (?:qualification|unit) time"),
)
LABEL = re.compile("|".join(f"(?P<{kind}{n}>{pattern})" for n, (kind, pattern) in enumerate(LABELS)), re.IGNORECASE)
LABEL_HINT = re.compile(r"level|credit|uan\b|urn\b|number|reference|glh|guided|unit t|tqt|tut\b|total|code", re.I)
AFTER_LABEL = re.compile(r"(?: \((?:UAN|URN|GLH|TQT)\))?\s?:?\s?(?![\w/])|\s", re.IGNORECASE)
VALUES = {
    "uan": re.compile(r"(?P<value>[A-Z] ?/ ?[0-9][0-9 /]{5,12})(?![\w/])", re.IGNORECASE),
    "level": re.compile(r"(?:level )?(?P<value>[0-8])(?![\w.,/])", re.IGNORECASE),
    "credit": re.compile(r"(?P<value>[0-9]{1,3})(?![\w.,/])(?: credits?)?", re.IGNORECASE),
    "glh": re.compile(r"(?P<value>[0-9]{1,4})(?![\w.,/])(?: (?:hours?|GLH))?", re.IGNORECASE),
    "type": re.compile(r"(?P<value>[a-z]{3,20}(?: (?:and )?[a-z]{3,20}){0,2})$", re.IGNORECASE),
    "title": re.compile(r"(?P<value>\S.{0,250})$"),
    "number": re.compile(r"(?:[0-9]{3,5}[-/])?(?P<value>[A-Z]{0,3}[0-9]{1,4}[A-Z]?)(?![\w/])", re.IGNORECASE),
    "other": re.compile(r"(?P<value>[0-9]{1,4})(?![\w.,/])(?: hours?)?", re.IGNORECASE),
}


@dataclass(frozen=True)
class Heading:
    """A line that begins as a unit's heading would: it may be one, or an entry of a list, or a reference."""

    index: int
    number: str | None
    uan: str | None
    title: str
    mark: str
    rank: int
    listed: bool

    @property
    def is_prose(self) -> bool:
        """Whether the line is a sentence that begins with a unit's number."""
        if len(self.title) > LONGEST_TITLE:
            return True
        return not self.rank and bool(self.title.endswith(".") or GOES_ON.match(self.title))


def unit_heading(index: int, line: Line) -> Heading | None:
    text = line.text.strip()
    if len(text) > LONGEST or not ("nit" in text or "NIT" in text or (text.startswith("#") and "/" in text)):
        return None
    rank = line.heading_level
    text = BULLET.sub("", text).lstrip("#").lstrip(" \t|")
    text, opened = _without_opening(text)
    match = UNIT.match(text) or (UAN_FIRST.match(text) if rank else None)
    if match is None:
        return None
    number = match.groupdict().get("number")
    mark, rest = _mark(text[match.end() :], opened)
    uan, rest = _uan_in(rest) if number else (match.group("uan").upper(), rest)
    title, title_mark = _title(rest)
    in_list = bool(BULLET.match(line.text) or LEADER_DOTS.search(line.text)) or _is_entry(line.text)
    number = re.split("[-/]", number)[-1].upper() if number else None
    return Heading(index, number, uan, title, mark or title_mark, rank, in_list)


def _is_entry(text: str) -> bool:
    """Whether a row ends with a page number or credits, as a list of units does."""
    row = cells(text)
    return len(row) > 1 and plain(row[-1]).isdigit()


def _without_opening(text: str) -> tuple[str, bool]:
    opened = False
    while match := OPENING.match(text):
        opened = opened or match.group() == "**"
        text = text[match.end() :].lstrip()
    return text, opened


def _mark(rest: str, opened: bool) -> tuple[str, str]:
    """A footnote mark glued to the number; "**" there may also be the beginning or the end of bold print."""
    match = MARK.match(rest)
    if match is None or (match.group() == "**" and (opened or rest.count("**") % 2 == 0)):
        return "", rest
    return match.group(), rest[match.end() :]


def _uan_in(rest: str) -> tuple[str | None, str]:
    match = UAN.search(rest)
    if match is None:
        return None, rest
    return match.group(), rest[: match.start()].rstrip(" (\t") + " " + rest[match.end() :].lstrip(" )\t")


def _title(rest: str) -> tuple[str, str]:
    parts = [
        words for cell in rest.split("\t") if (words := plain(cell.replace("|", " ")).lstrip(SEPARATOR).rstrip(" :|"))
    ]
    title = " ".join(part for part in parts if not part.isdigit())
    match = re.search(r"[*†‡]{1,3}$", title)
    if match and "*" not in title[: match.start()]:
        return title[: match.start()].rstrip(), match.group()
    return title, ""


def labels(line: Line) -> list[tuple[str, str]]:
    """The line's labels and values ("Level: 4  Credit: 10"), [] unless it holds nothing else.

    A label alone has the value "".
    """
    if len(line.text) > LONGEST or not LABEL_HINT.search(line.text):
        return []
    words = plain(" ".join(cells(line.text.strip().lstrip("#")))).strip("| ")
    found, position = [], 0
    while position < len(words):
        taken = _label_at(words, position)
        if taken is None:
            return []
        found.append(taken[:2])
        position = taken[2]
        while position < len(words) and words[position] in " ,;|":
            position += 1
    return found


def _label_at(words: str, position: int) -> tuple[str, str, int] | None:
    match = LABEL.match(words, position)
    gap = AFTER_LABEL.match(words, match.end()) if match else None
    if gap is None:
        return None
    kind = match.lastgroup.rstrip("0123456789")
    start = gap.end()
    while start < len(words) and words[start] == " ":
        start += 1
    value = VALUES[kind].match(words, start)
    if value:
        return kind, value.group("value"), value.end()
    return (kind, "", start) if start >= len(words) else None


def value_alone(kind: str, line: Line) -> str:
    """The value of a label that stands on the line before."""
    words = plain(" ".join(cells(line.text)))
    match = VALUES[kind].fullmatch(words) if len(words) < LONGEST else None
    return match.group("value") if match and kind not in {"title", "type"} else ""
