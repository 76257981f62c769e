"""The titles of groups, as rows, headings, paragraphs or heads of a column; their letters and kinds."""

import re

KIND = r"(?:mandatory|optional|core|elective|additional)"
LETTERED = re.compile(
    rf"^(?i:(?:{KIND} )?(?:{KIND} )?(?:units? (?:[–:-] )?)?\(?group) (?P<code>[A-Z][0-9]?|[0-9]{{1,2}})\b\)?(?!')"
)
UNLETTERED = re.compile(rf"^{KIND} (?:units?|groups?)\b", re.IGNORECASE)
TAIL = re.compile(r" ?[–—:] | - | \(|:$")
SAYS_HOW_MANY = re.compile(
    r"\b(?:credits?|must|may|all|both|complete|minimum|maximum|at least|at most|no more|choose|select)\b", re.IGNORECASE
)
MANDATORY = re.compile(r"\b(?:mandatory|core|compulsory)\b", re.IGNORECASE)
OPTIONAL = re.compile(r"\b(?:optional|elective|additional)\b", re.IGNORECASE)
LONGEST_TITLE = 120


def group_title(text: str) -> tuple[str, str | None, str] | None:
    """A group's title, its letter if it has one, and what stands behind it about how much to achieve."""
    match = LETTERED.match(text) or UNLETTERED.match(text)
    if match is None:
        return None
    title, rest = text, ""
    tail = _tail(text, match.end())
    if tail and (tail.end() == len(text) or SAYS_HOW_MANY.search(text, tail.end())):
        title, rest = text[: tail.start()], text[tail.end() :]
        rest = rest.removesuffix(")") if rest.count(")") > rest.count("(") else rest
    if len(title) > LONGEST_TITLE or SAYS_HOW_MANY.search(title):
        return None
    return title.strip(), match.groupdict().get("code"), rest.strip()


def _tail(text: str, start: int) -> re.Match | None:
    """What parts the title from what stands behind it: the last mark before the words about how much to achieve."""
    said = SAYS_HOW_MANY.search(text, start)
    marks = [tail for tail in TAIL.finditer(text, start) if said is None or tail.end() <= said.start()]
    return (marks[-1] if said else marks[0]) if marks else None


def kind_of(title: str) -> str | None:
    """Mandatory or optional, as the words say; None where they do not."""
    if MANDATORY.search(title):
        return "mandatory"
    return "optional" if OPTIONAL.search(title) else None


def own_name(title: str) -> str:
    """What tells a group without a letter from its like: the words behind the dash, if any."""
    parts = re.split(r" ?[–—:] | - ", title, maxsplit=1)
    return parts[1].strip() if len(parts) > 1 and UNLETTERED.match(title) else ""
