"""How a document shows that it has come to its end, so that one cut off on the way is noticed."""

import re

from .findings import Findings
from .read import Line, plain
from .units import UnitPages, holds_criteria

WEB_ADDRESS = re.compile(r"\b(?:https?://|www\.)[\w.-]+\.[a-z]{2,}", re.IGNORECASE)


def take_imprint(pages: UnitPages, awarding_organisation: str) -> list[Line]:
    """Take the awarding organisation's address off the end of the last unit's pages."""
    name = awarding_organisation.casefold()
    for i, line in enumerate(pages.lines):
        if plain(line.text).casefold() == name and not any(map(holds_criteria, pages.lines[i:])):
            imprint, pages.lines = pages.lines[i:], pages.lines[:i]
            return imprint
    return []


def check_ending(imprint: list[Line], outside: list[Line], last: UnitPages, findings: Findings) -> None:
    """Another part, or an address with its web page, shows that the last unit is there to its end."""
    if any(line.heading_level for line in outside) or _whole_address(imprint):
        return
    line = (imprint or last.lines)[-1].number if imprint or last.lines else last.line
    message = f"Nothing after {last.uan} shows that the document ends here: it may have been cut off."
    findings.error(line, "document-end-missing", last.uan, message)


def _whole_address(imprint: list[Line]) -> bool:
    """A web address that has its line to itself, and after it nothing that breaks off inside a link."""
    text = "\n".join(line.text for line in imprint).rstrip("\n")
    for match in WEB_ADDRESS.finditer(text):
        broken_off = "\n" not in text[match.end() :] and not text.endswith((")", ".", " "))
        if not broken_off and text.count("(") == text.count(")") and text.count("[") == text.count("]"):
            return True
    return False
