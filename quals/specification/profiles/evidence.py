"""The kinds of evidence that a document allows, as codes."""

import re

from ..findings import Findings
from ..read import BULLET, Line, plain

# The words in which documents list kinds of evidence, and the codes that they stand for. Such a list says
# what evidence "can include", so a word that covers two codes allows both: any witness may be an expert one,
# and an assignment or report may be a product of work or an account of it.
EVIDENCE_WORDS = (
    (r"observ", ("O",)),
    (r"question|worksheet|oral|interview", ("Q&A",)),
    (r"product|artefact", ("P",)),
    (r"assignment|project|report(?! by)", ("P", "RA")),
    (r"reflecti|personal statement|diary|journal", ("RA",)),
    (r"professional discussion", ("PD",)),
    (r"expert witness", ("EWT",)),
    (r"(?<!expert )witness", ("WT", "EWT")),
    (r"simulat|realistic working environment", ("S",)),
    (r"prior learning|\brpl\b", ("RPL",)),
)
EVIDENCE_KINDS = ("O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL")
ALL_KINDS = (*EVIDENCE_KINDS, "S")
EVIDENCE_LIST = re.compile(
    r"\bevidence (?:can|may|could) include\b.{0,40}:$|\b(?:kinds|types) of evidence\b.{0,40}:$"
    r"|\bevidence\b.{0,80}\bvariety of forms\b.{0,40}:$",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    r"\b(?:not|never) (?:be )?(?:allowed|permitted|permissible|acceptable|accepted|used)\b|\b(?:except|but not)\b", re.I
)
ABBREVIATION = re.compile(r"\((?P<code>O|Q&A|P|RA|PD|WT|EWT|RPL|S)\)")
LONGEST_ITEM = 300


def read_evidence_kinds(lines: list[Line], findings: Findings) -> list[str]:
    """The codes of the kinds of evidence that the document lists; all of them where it has no such list."""
    allowed: set[str] = set()
    for line, text in _items(lines):
        if FORBIDDEN.search(text):
            message = "This line of the list says what is not allowed: look up which kinds of evidence it means."
            findings.warning(line.number, "evidence-kind-forbidden", "evidence", message)
            continue
        codes = _codes(text)
        if not codes:
            findings.note(line.number, "evidence-kind-unread", "evidence", "This kind of evidence has no code here.")
        if ABBREVIATION.search(text) and re.search(r"\bonly\b", text, re.I):
            message = f"Evidence of the kind {', '.join(sorted(codes))} is allowed for some units only: see this line."
            findings.note(line.number, "evidence-kind-limited", "evidence", message)
        allowed |= codes
    return [code for code in ALL_KINDS if code in allowed] or list(EVIDENCE_KINDS)


def _items(lines: list[Line]) -> list[tuple[Line, str]]:
    """The bullets of the first list of kinds of evidence."""
    items, inside = [], False
    for line in lines:
        if len(line.text) > LONGEST_ITEM and not line.text.rstrip().endswith(":"):
            continue
        text = plain(BULLET.sub("", line.text))
        if not inside:
            inside = bool(EVIDENCE_LIST.search(text[-LONGEST_ITEM:]))
        elif text and not BULLET.match(line.text):
            break
        elif text:
            items.append((line, text))
    return items


def _codes(text: str) -> set[str]:
    """The abbreviations that a list prints itself go before its words."""
    if printed := {match.group("code") for match in ABBREVIATION.finditer(text)}:
        return printed
    words = text.lower()
    return {code for pattern, some in EVIDENCE_WORDS if re.search(pattern, words) for code in some}
