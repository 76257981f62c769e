"""The evidence requirements that a unit prints beside its criteria: numbered sentences, some with a list to choose
from."""

from ..findings import Findings
from ..read import Line
from .demands import choice_of, kind_of
from .part import LETTERS, Draft, Item, Part, nth_letter


def read_requirements(lines: list[Line], subject: str, findings: Findings) -> list[dict]:
    """The evidence requirements among one unit's lines, in the shape of the pack."""
    drafts = Part(lines, subject, findings).drafts
    return [_requirement(draft, number, subject, findings) for draft, number in _numbered(drafts, subject, findings)]


def _numbered(drafts: list[Draft], subject: str, findings: Findings) -> list[tuple[Draft, int]]:
    """Each requirement with its number: as printed, or as the sequence makes it certain."""
    read, previous = [], 0
    if drafts and not any(draft.printed for draft in drafts):
        message = f"The {len(drafts)} evidence requirements are printed without numbers: numbered in their order."
        findings.note(drafts[0].piece.line, "requirement-number", subject, message)
        return [(draft, number) for number, draft in enumerate(drafts, start=1)]
    for draft, following in zip(drafts, [*drafts[1:], None], strict=False):
        number = previous + 1
        after = following.printed if following else None
        if draft.printed is None and after == number and previous and not draft.piece.bullet:
            read[-1][0].go_on(" ".join([draft.text, *(f"{item.letter} {item.text}" for item in draft.items)]))
            message = f"A paragraph without a number between {previous} and {number} is read as part of {previous}."
            findings.warning(draft.piece.line, "requirement-continued", subject, message)
            continue
        if draft.printed and draft.printed > number and not (after and number <= after <= draft.printed):
            _report_gap(draft, number, subject, findings)
            number = draft.printed
        elif draft.printed != number:
            _report_number(draft, number, after, subject, findings)
        read.append((draft, number))
        previous = number
    return read


def _report_gap(draft: Draft, number: int, subject: str, findings: Findings) -> None:
    missing = f"{number}" if number == draft.printed - 1 else f"{number} to {draft.printed - 1}"
    message = f"Evidence requirement {missing} is nowhere: the next one is printed as {draft.printed}."
    findings.error(draft.piece.line, "requirement-missing", f"{subject}, evidence requirement {number}", message)


def _report_number(draft: Draft, number: int, after: int | None, subject: str, findings: Findings) -> None:
    place = f"{subject}, evidence requirement {number}"
    if draft.printed:
        message = f"Printed as {draft.printed}; the sequence makes it {number}."
        findings.note(
            draft.piece.line, "requirement-number", place, message, printed=f"{draft.printed}", read=f"{number}"
        )
    elif after == number + 1:
        message = f"The number is lost; the sequence makes it {number}."
        findings.note(draft.piece.line, "requirement-number", place, message, read=f"{number}")
    else:
        message = f"Printed without a number: read as {number}, a requirement of its own."
        findings.warning(draft.piece.line, "requirement-number", place, message, read=f"{number}")


def _requirement(draft: Draft, number: int, subject: str, findings: Findings) -> dict:
    place = f"{subject}, evidence requirement {number}"
    _take_back(draft)
    items = _items(draft, place, findings)
    choose, doubt = choice_of(draft.text, items)
    if doubt:
        findings.warning(draft.piece.line, "choice-unclear", place, doubt)
    read: dict = {"number": number, "kind": kind_of(draft.text, items, choose), "text": draft.text}
    if choose:
        read["choose"] = choose
    if items:
        read["of"] = items
    return read


def _take_back(draft: Draft) -> None:
    """A line that begins with the word "a" and stayed alone was no item: the sentence before it goes on there."""
    first = draft.items[0] if len(draft.items) == 1 else None
    if first and not (first.certain or first.piece.bullet or draft.text.endswith(":")) and first.letter:
        draft.items = []
        draft.go_on(f"{first.letter} {first.text}")


def _items(draft: Draft, place: str, findings: Findings) -> list[str]:
    """The items without their letters; a list without letters may have items that begin with the word "a"."""
    items = draft.items
    lettered = any(item.letter and (item.certain or item.letter != "a") for item in items)
    if not lettered and (len(items) > 1 or not items or not items[0].letter):
        return [f"{item.letter} {item.text}".strip() for item in items]
    texts, position = [], 0
    for item, following in zip(items, [*items[1:], None], strict=False):
        is_article = item.letter == "a" and not item.certain and position > 0
        letter = "" if is_article else item.letter
        texts.append(f"a {item.text}" if is_article else item.text)
        if letter != nth_letter(position):
            position = _out_of_order(item, letter, following, position, place, findings)
        position += 1
    return texts


def _out_of_order(
    item: Item, letter: str, following: Item | None, position: int, place: str, findings: Findings
) -> int:
    """The position after a letter that is not the next one: a misprint where the one after it is in its place."""
    found = LETTERS.index(letter) if letter else -1
    if found > position and not (following and following.letter == nth_letter(position + 1)):
        message = f"The list goes on with {letter} where {nth_letter(position)} should follow: an item may be lost."
        findings.warning(item.piece.line, "item-missing", place, message)
        return found
    message = f"The letter of item {position + 1} is {'printed as ' + letter if letter else 'lost'}."
    findings.note(item.piece.line, "item-letter", place, message, read=nth_letter(position) or f"{position + 1}")
    return position
