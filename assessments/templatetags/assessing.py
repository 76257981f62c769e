"""How assessment reads in a page: when something happened, in words, and where in a piece of evidence to look."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from assessments.queries import Claim
from audit.actors import today
from centres.templatetags.frame import state
from quals.states import EVIDENCE_KINDS

register = template.Library()

TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?!\d)")
DAYS = ("happened_from", "happened_until")
PAGE = re.compile(r"\b(?:page|p\.?)\s*(\d{1,5})", re.IGNORECASE)


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """“today 14:10”, “Tuesday”, then the date; the full one on hover and in print."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    age = today() - local.date()
    if age == timedelta():
        said = f"today {local:%H:%M}"
    elif timedelta() < age < timedelta(days=6):
        said = f"{local:%A}"
    else:
        said = f"{local:%-d %b %Y}"
    full = f"{local:%-d %B %Y, %H:%M}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), full, said)


@register.filter
def age(moment: datetime) -> str:
    """How long something has waited, in whole days."""
    days = (today() - timezone.localtime(moment).date()).days
    if days <= 0:
        return "today"
    return "1 day" if days == 1 else f"{days} days"


def seconds_in(pointer: str) -> int | None:
    """The moment in a film or recording that a pointer names: 2:15, 1:02:15."""
    if not (match := TIME.search(pointer)):
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def page_in(pointer: str) -> int | None:
    """The page that a pointer names: page 3, p. 3."""
    match = PAGE.search(pointer)
    return int(match[1]) if match else None


@register.simple_tag
def media_id(file) -> str:
    """What a film or recording is called in the page, so that pointers find it."""
    return f"media-{file.public_id}"


@register.simple_tag
def claim_lines(claims: Iterable[Claim]) -> SafeString:
    """Evidence that claims a criterion, piece by piece. Not a template, because a unit shows a hundred."""
    waits = format_html(" {}", state("wait", "to be judged"))
    return format_html_join(
        "",
        '<li><span class="code">{}</span> <a href="{}">{}</a>{}{}</li>',
        (
            (
                claim.kind,
                reverse("evidence_piece", args=[claim.piece_id]),
                claim.title,
                format_html(' <span class="quiet">{}</span>', claim.pointer) if claim.pointer else "",
                waits if claim.settled_at is None else "",
            )
            for claim in claims
        ),
    )


@register.inclusion_tag("assessments/version.html", takes_context=True)
def version(context, shown) -> dict:
    """A submitted version of a piece, whole: kind, days, words, files, declaration, as they were handed in."""
    contents = shown.contents
    first, last = (contents.get(name) and date.fromisoformat(contents[name]) for name in DAYS)
    happened = date_format(first, "j M Y") if first else ""
    if last and last != first:
        shown_first = date_format(first, "j M" if first.year == last.year else "j M Y")
        happened = f"{shown_first} to {date_format(last, 'j M Y')}"
    kind = dict(EVIDENCE_KINDS).get(contents.get("kind"), "")
    return {"request": context["request"], "version": shown, "kind": kind, "happened": happened}


@register.inclusion_tag("assessments/pointer.html", takes_context=True)
def pointer(context, words: str, files=()) -> dict:
    """Where to look, as a link into the film or the PDF beside it where the words name a moment or a page."""
    kinds = dict.fromkeys(("media", "pdf"))
    for file in files:
        content_type = file.blob.content_type
        kind = "pdf" if content_type == "application/pdf" else "media"
        if kind == "pdf" or content_type.startswith(("video/", "audio/")):
            kinds[kind] = kinds[kind] or file
    found = {"words": words, "request": context["request"]}
    if kinds["media"] and (seconds := seconds_in(words)) is not None:
        return found | {"seconds": seconds, "media": media_id(kinds["media"])}
    if kinds["pdf"] and (page := page_in(words)):
        return found | {"page": page, "file": kinds["pdf"]}
    return found
