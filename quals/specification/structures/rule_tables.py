"""Tables that say how many credits or units to achieve: each number with its row and column becomes a sentence."""

import re

HEAD = re.compile(r"\b(?:credits?|units?)\b", re.IGNORECASE)
OBLIGES = re.compile(
    r"\b(?:must|may|all|both|complete|choose|select|at least|at most|more|only|not|cannot|barred|one|two|three|four"
    r"|reference|title|level)\b",
    re.IGNORECASE,
)
BOUND = re.compile(r"\b(?P<least>min(?:imum)?)\b|\b(?P<most>max(?:imum)?)\b", re.IGNORECASE)
KIND = re.compile(r"^(?P<kind>mandatory|core|optional)(?: (?:units?|groups?|credits?))?$", re.IGNORECASE)
TOTAL = re.compile(r"^(?:overall |grand )?total(?: (?:credits?|units?|qualification))?$", re.IGNORECASE)
CODE = re.compile(r"^(?:(?:mandatory |optional )?group )?(?P<code>[A-Z][0-9]?)(?: [–-] .*| \(.*\))?$", re.IGNORECASE)
AMOUNT = re.compile(r"(?P<amount>[0-9]{1,3})(?: credits?| units?)?", re.IGNORECASE)
NOTHING = frozenset(("", "-", "–", "—", "n/a", "none", "0"))


def rule_head(row: list[str]) -> list[str] | None:
    """The heads of such a table; None where the row is none."""
    if OBLIGES.search(" ".join(row)):
        return None
    if len(row) < 2 or len(row) > 6 or any(re.search("[0-9]", cell) or len(cell) > 60 for cell in row):
        return None
    return row if all(HEAD.search(cell) for cell in row[1:] if cell) and any(row[1:]) else None


def rule_sentences(row: list[str], head: list[str]) -> list[str] | None:
    """What a row says in words; None where it is no row of such a table."""
    cells = dict(zip(head[1:], row[1:], strict=False))
    who = _who(row[0])
    if who is None or len(row) > len(head):
        return None
    if not all(cell.lower() in NOTHING or (name and AMOUNT.fullmatch(cell)) for name, cell in cells.items()):
        return None
    return [_sentence(name, who, cell) for name, cell in cells.items() if cell.lower() not in NOTHING]


def _who(label: str) -> str | None:
    if kind := KIND.match(label):
        return f" from {kind.group('kind').lower()} units"
    if TOTAL.match(label):
        return ""
    code = CODE.match(label)
    return f" from Group {code.group('code').upper()}" if code else None


def _sentence(head: str, who: str, cell: str) -> str:
    bound, measure = BOUND.search(head), "units" if re.search(r"\bunits?\b", head, re.IGNORECASE) else "credits"
    measure = "credits" if re.search(r"\bcredits?\b", head, re.IGNORECASE) else measure
    word = "" if bound is None else "minimum of " if bound.group("least") else "maximum of "
    return f"{word}{AMOUNT.match(cell).group('amount')} {measure}{who} {'required' if who else 'in total'}"
