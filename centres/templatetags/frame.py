"""What the frame of every page shows: a role's places, and a state as a shape and a word."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, EQA, IQA, LEARNER

register = template.Library()

HOME = ("Home", "home", "home")
CATALOGUE = ("Catalogue", "catalogue", "book")
CLAIMS = ("Claims", "claims", "seal")
DEED = "add_evidence"
MOST_PLACES = 5

PLACES = {
    LEARNER: [HOME, ("Add evidence", DEED, "plus"), ("My evidence", "evidence", "pages")],
    ASSESSOR: [HOME, CATALOGUE],
    IQA: [HOME, ("Sampling", "iqa_plan", "sample"), CATALOGUE],
    EQA: [HOME, CLAIMS, ("Sampling", "iqa_plan", "sample"), CATALOGUE],
    ADMINISTRATOR: [
        HOME,
        ("Learners", "learners", "list"),
        ("People", "people", "people"),
        CLAIMS,
        CATALOGUE,
    ],
    EDITOR: [CATALOGUE, ("Centres", "centres", "people"), CLAIMS],
}

# Kind of state: shape in the sprite, class for its colour, word.
STATES = {
    "nothing": ("nothing", "is-nothing", "nothing yet"),
    "claimed": ("claimed", "is-claimed", "claimed"),
    "met": ("met", "is-met", "met"),
    "not_yet": ("not-yet", "is-not-yet", "not yet met"),
    "provisional": ("provisional", "is-provisional", "met, waiting for countersignature"),
    "sampled": ("sampled", "is-sampled", "sampled"),
    "wait": ("claimed", "is-wait", "waiting"),
    "done": ("met", "is-done", "done"),
    "missing": ("bang", "is-not-yet", "missing"),
}


@dataclass(frozen=True)
class Place:
    """One of the few places that a role goes to."""

    label: str
    name: str
    icon: str
    url: str
    current: bool

    @property
    def is_deed(self) -> bool:
        return self.name == DEED


def _resolve(offers: list[tuple[str, str, str]], path: str) -> list[Place]:
    found = []
    for label, name, icon in offers:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        current = path == url or (url != "/" and path.startswith(url))
        found.append(Place(label, name, icon, url, current))
    longest = max((len(place.url) for place in found if place.current), default=0)
    return [
        Place(place.label, place.name, place.icon, place.url, place.current and len(place.url) == longest)
        for place in found
    ]


@register.simple_tag(takes_context=True)
def places(context) -> list[Place]:
    """At most five places for the role that somebody acts in; none for a person who is signed out."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    return _resolve(PLACES.get(actor.role, []), request.path)[:MOST_PLACES]


@register.simple_tag(takes_context=True)
def menu_places(context) -> list[Place]:
    """What stands in the menu instead: the mail that an embedded installation keeps."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if actor is None or actor.role != ADMINISTRATOR or not settings.SHOW_MAIL:
        return []
    return _resolve([("Mail sent from here", "mailbox", "mail")], request.path)


@register.simple_tag(takes_context=True)
def acting_as(context) -> str:
    """Which choice of the switch is the present one."""
    request = context.get("request")
    actors = getattr(request, "actors", {})
    return next((value for value, actor in actors.items() if actor == request.actor), "")


@register.simple_tag
@lru_cache(maxsize=256)  # a matrix shows hundreds
def state(kind: str, word: str = "", bare: bool = False) -> SafeString:
    """A state as shape and word; `bare` hides the word from sight only, for the cells of a matrix."""
    shape, tone, usual = STATES[str(kind).replace("-", "_")]
    return format_html(
        '<span class="state {}"{}><svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">'
        '<use href="#g-{}"/></svg><span{}>{}</span></span>',
        tone,
        format_html(' title="{}"', word or usual) if bare else "",
        shape,
        SafeString(' class="unseen"') if bare else "",
        word or usual,
    )


@register.simple_tag
def percent(done: int, total: int) -> int:
    """How much of the whole, rounded down so that only everything is 100."""
    return min(100, max(0, 100 * int(done or 0) // int(total))) if total else 0
