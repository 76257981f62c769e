"""How a document shows that it has come to its end, so that one cut off on the way is noticed."""

import re

from .findings import Findings
from .pages.ends import CRITERION, listed_parts
from .pages.pages import UnitPage
from .pages.titles import normal
from .read import BULLET, Line, plain

WEB_ADDRESS = re.compile(r"\b(?:https?://|www\.)[\w.-]+\.[a-z]{2,}", re.IGNORECASE)
LONGEST_LINE = 80
MOST_LINES = 30
# A heading alone may be a broken off unit's.
LINES_OF_A_PART = 2


def take_imprint(page: UnitPage, awarding_organisation: str) -> list[Line]:
    """Take the awarding organisation's address off the end of the last unit's page."""
    start = _by_name(page.lines, awarding_organisation)
    start = _by_gap(page.lines) if start is None else start
    if start is None:
        return []
    imprint, page.lines = page.lines[start:], page.lines[:start]
    return imprint


def check_ending(lines: list[Line], pages: list[UnitPage], imprint: list[Line], findings: Findings) -> None:
    """Another part, or an address with its web page, shows that the last unit is there to its end."""
    last = pages[-1]
    subject = f"unit {last.number or last.uan or '?'}"
    end = (imprint or last.lines)[-1].number
    after = [line for line in lines[end:] if line.text.strip()]
    if len(after) < LINES_OF_A_PART and not _whole_address(imprint):
        message = "Nothing after this unit shows that the document ends here: it may have been cut off."
        findings.error(end, "document-end-missing", subject, message)
        return
    printed = {normal(line.text.lstrip("#")) for line in after}
    printed |= {text.lstrip("0123456789") for text in printed}
    for names in listed_parts(lines[: pages[0].line - 1]):
        if not names & printed:
            message = (
                "The contents list a part after the last unit that is not in the document: it may have been cut off."
            )
            findings.warning(lines[-1].number, "document-part-missing", "document", message)
            return


def _by_name(lines: list[Line], name: str) -> int | None:
    for i in range(len(lines) - 1, max(-1, len(lines) - MOST_LINES), -1):
        if CRITERION.search(lines[i].text):
            return None
        if name and plain(lines[i].text).casefold() == name.casefold():
            return i
    return None


def _by_gap(lines: list[Line]) -> int | None:
    """Short lines behind two empty ones, with a web address among them."""
    for i in range(len(lines) - 1, max(0, len(lines) - MOST_LINES), -1):
        text = lines[i].text
        if len(text) > LONGEST_LINE or "\t" in text or BULLET.match(text) or CRITERION.search(text):
            return None
        gap = text.strip() and i > 1 and not lines[i - 1].text.strip() and not lines[i - 2].text.strip()
        if gap and any(WEB_ADDRESS.search(line.text) for line in lines[i:]):
            return i
    return None


def _whole_address(imprint: list[Line]) -> bool:
    """A web address that has its line to itself, and after it nothing that breaks off inside a link."""
    text = "\n".join(line.text for line in imprint).rstrip("\n")
    for match in WEB_ADDRESS.finditer(text):
        broken_off = "\n" not in text[match.end() :] and not text.endswith((")", ".", " "))
        if not broken_off and text.count("(") == text.count(")") and text.count("[") == text.count("]"):
            return True
    return False
