"""A document's lines with their marks dimmed, corrections as a proofreader writes them, and forms that come back."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from quals import states
from quals.combination import Rule
from quals.combination.explain import asks
from quals.specification.review.paths import is_at_or_under, pairs, parent_of, part_of

register = template.Library()

MARKUP = re.compile(r"<[^<>]{0,200}>|\t|\*\*|^#{1,6} ")
LONGEST_LINE = 4000
MOST_WORDS = 300  # comparing takes the product of both lengths
ALIKE = 0.35
NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9]+")
FIELD_WORDS = {"text": "", "glh": "guided learning hours", "uan": "reference number", "tqt": "total qualification time"}
KINDS = {
    "outcomes": states.OUTCOME_KINDS,
    "groups": states.GROUP_KINDS,
    "evidence_requirements": states.REQUIREMENT_KINDS,
    "units": states.UNIT_KINDS,
}
STATED = {
    "simulation": states.SIMULATION,
    "work_placement": states.WORK_PLACEMENT,
    "knowledge_evidence": states.KNOWLEDGE_EVIDENCE,
}
ROWS = {"criteria", "outcomes", "evidence_requirements"}
SHOWN_AS = {"\t": "⇥ "}


@register.filter
def document_line(text: str) -> SafeString:
    """The line as text: what is markup in it stays readable, dimmed, and never becomes markup of the page."""
    shown = text[:LONGEST_LINE]
    left = len(text) - len(shown)
    more = format_html(' <i class="quiet">and {} more characters</i>', left) if left else ""
    return format_html("{}{}", format_html_join("", "{}", ((part,) for part in _parts(shown))), more)


def _parts(text: str) -> Iterator[SafeString | str]:
    end = 0
    for mark in MARKUP.finditer(text):
        yield text[end : mark.start()]
        yield format_html('<span class="markup">{}</span>', SHOWN_AS.get(mark.group(), mark.group()))
        end = mark.end()
    yield text[end:]


@register.filter
def proofread(read: object, value: object) -> SafeString:
    """What was read, with what is wrong struck out and what stands there now written beside it."""
    before, after = _words(read), _words(value)
    if before == after:
        return format_html("{}", " ".join(after))
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        return _replaced(before, after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _replaced(before, after)
    parts = (
        format_html("{}", " ".join(before[i:j])) if kind == "equal" else _replaced(before[i:j], after[k:m])
        for kind, i, j, k, m in matcher.get_opcodes()
    )
    return mark_safe(" ".join(parts))


def _words(value: object) -> list[str]:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return [] if value is None else str(value).split()


def _replaced(before: list[str], after: list[str]) -> SafeString:
    gone = format_html("<del>{}</del>", " ".join(before)) if before else ""
    come = format_html("<ins>{}</ins>", " ".join(after)) if after else ""
    return format_html("{}{}{}", gone, " " if gone and come else "", come)


@register.filter
def anchor(path: str) -> str:
    """A path as the id of what was read there."""
    return f"f-{NOT_IN_AN_ID.sub('-', path).strip('-')}"


@register.filter
def place_of(path: str) -> str:
    """The id of the row that shows what stands at the path: a criterion's for its wording and for its code."""
    steps = list(pairs(path))
    holder = steps[-2][0] if len(steps) > 1 and not steps[-1][1] else ""
    in_group = len(steps) > 3 and holder == "units"
    return anchor(parent_of(path) if holder in ROWS or in_group else path)


@register.filter
def choices_at(path: str) -> list[tuple[str, str]]:
    """What may be chosen at that path; none where it is typed."""
    parts = path.split("/")
    if parts[-1] != "kind":
        return STATED.get(parts[-1], [])
    return next((KINDS[part] for part in reversed(parts[:-1]) if part in KINDS), [])


@register.filter
def in_words(value: object, path: str) -> object:
    """The value as people read it: the word of a choice, the entries of a list."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return dict(choices_at(path)).get(value, value)


@register.filter
def as_typed(value: object) -> str:
    """The value as it stands in the field that corrects it: of a list, one entry a line."""
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


@register.filter
def rows_at(path: str) -> int:
    """How many lines the field of a value begins with; 0 for one that is a word or a number."""
    return {"text": 3, "of": 4, "title": 2}.get(path.rsplit("/", 1)[-1], 0)


@register.filter
def at(row: object, name: str) -> object:
    """A row's field of that name."""
    return row.field(name)


@register.filter
def key(found: dict | str, name: object) -> object:
    return found.get(name, "") if found else ""


@register.filter
def marks(row: object) -> list:
    """The corrections of a row and of its fields that hold."""
    return [each.correction for each in (row, *row.fields) if each.correction]


@register.filter
def next_code(outcome: object) -> str:
    """The code that one more criterion of the outcome would have."""
    last = max((int(row.name.split(".")[-1]) for row in outcome.rows), default=0)
    return f"{outcome.name}.{last + 1}"


@register.filter
def next_number(rows: list) -> int:
    return max((int(row.name) for row in rows), default=0) + 1


@register.filter
def counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


@register.filter
def open_words(doubts: list, noun: str) -> str:
    """“3 errors open”."""
    return f"{counted(len(doubts), noun)} open"


@register.filter
def open_ones(doubts: list) -> str:
    """“2 doubts open”, or nothing."""
    waiting = [doubt for doubt in doubts if doubt.is_open]
    return open_words(waiting, "doubt") if waiting else ""


@register.filter
def open_in_all(review: object) -> str:
    """“1 error and 11 warnings”, or nothing."""
    found = {"error": len(review.open_errors), "warning": len(review.open_warnings)}
    return " and ".join(counted(number, noun) for noun, number in found.items() if number)


@register.filter
def weighing(doubts: list) -> list:
    return [doubt for doubt in doubts if doubt.finding.severity != states.NOTE]


@register.filter
def notes(doubts: list) -> list:
    return [doubt for doubt in doubts if doubt.finding.severity == states.NOTE]


@register.filter
def deed_word(correction: object) -> str:
    return "Taken back" if correction.is_taken_back else dict(states.CORRECTION_KINDS)[correction.kind]


@register.filter
def as_day(text: str) -> date:
    return date.fromisoformat(text)


@register.filter
def where_it_stands(correction: object) -> str:
    """“unit D/900/0101, 3.3”: a wording needs no name beside its code."""
    *place, last = correction.label.split(", ")
    words = [*place, FIELD_WORDS.get(last, last)]
    told = ", ".join(word for word in words if word)
    return told.replace(part_of(correction.unit_key), correction.unit_key, 1) if correction.unit_key else told


@register.simple_tag
def in_the_log(correction: object) -> SafeString:
    """What was, and what is now, in a proofreader's marks."""
    if correction.kind == states.SETTLED:
        return format_html("It means {}", "what was read" if correction.value == "read" else "the other reading")
    return proofread(_told(correction.read), _told(correction.value))


def _told(value: object) -> object:
    """A row of a pack in a few words."""
    if not isinstance(value, dict):
        return value
    if "bound" in value:
        return asks(Rule.from_pack({"id": "", "confidence": "printed"} | value, {}))
    return value.get("text") or value.get("code") or value.get("unit") or value.get("number") or "all of it"


@register.simple_tag(takes_context=True)
def refused_at(context, deed: str, path: str) -> dict | None:
    """What was refused, if it was this deed at this path: the sentence, and everything that was typed."""
    refused = context.get("refused")
    return refused if refused and (refused["deed"], refused["path"]) == (deed, path) else None


@register.simple_tag(takes_context=True)
def refused_under(context, path: str) -> dict | None:
    """What was refused, if it was this or something in it."""
    refused = context.get("refused")
    return refused if refused and is_at_or_under(refused["path"], path) else None
