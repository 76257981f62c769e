"""One line of a table, in any of the forms that conversion from PDF leaves behind, becomes its cells."""

import re

from .read import BULLET

OPEN_TAG = re.compile(r"</?[a-z][^<>]{0,20}$", re.IGNORECASE)
RULE_MARKS = frozenset(" \t|:-")


def cells(text: str) -> list[str]:
    """The cells of a row, still with their tags; a line that is no row is one cell, a ruled line none."""
    if "---" in text and RULE_MARKS.issuperset(text):
        return []
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    text = BULLET.sub("", text).strip()
    if text.startswith("|"):
        return [cell.strip() for cell in text.removesuffix("|")[1:].split("|")]
    return [text] if text else []


def is_broken_off(text: str) -> bool:
    """Whether a row ends before its last cell does."""
    row = BULLET.sub("", text).strip()
    if row.startswith("|") and not row.endswith("|"):
        return True
    return text.count("<p>") != text.count("</p>") or bool(OPEN_TAG.search(text))


def is_row(text: str) -> bool:
    return len(cells(text)) > 1
