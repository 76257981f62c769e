"""The pages of verification, and what they share: who asks, where they are, how a refusal answers."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from audit.rules import Refusal

LOST_RACES = {"STATE", "IQA-3"}
TO_CORRECT = {"INPUT", "IQA-2"}


def actor_of(request):
    """Who asks; somebody without a role reads nothing here."""
    if request.actor is None:
        raise Http404
    return request.actor


def crumbs_to(entry, *after) -> list[tuple[str, str | None]]:
    """Learner › unit › the page itself."""
    registration = reverse("registration", args=[entry.registration.public_id])
    unit = (f"Unit {entry.unit.code}", reverse("unit", args=[entry.public_id]))
    return [(entry.registration.learner.name, registration), unit, *((label, None) for label in after)]


def status_of(refusal: Refusal | None) -> int:
    """A form that was refused: something to correct, something that changed meanwhile, or not for this person."""
    if refusal is None:
        return 200
    if refusal.code in LOST_RACES:
        return 409
    return 422 if refusal.code in TO_CORRECT else 403


def uuid_in(value: str) -> UUID | None:
    """The id in an address: nothing where there is none, not found where it is none."""
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None
