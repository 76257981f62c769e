"""The pages of assessment, and what they share: whose entry, where it stands in the tree, how a refusal answers."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from assessments import queries
from audit.rules import Refusal

LOST_RACES = {"ASM-5", "AUD-4", "CTS-1", "EVD-2", "STATE"}
TO_CORRECT = {"ASM-2", "ASM-4", "ASM-7", "EVD-1", "EVD-6", "INPUT"}


def actor_of(request):
    """Who asks; somebody without a role reads nothing here."""
    if request.actor is None:
        raise Http404
    return request.actor


def entry_of(request, entry_id):
    """The unit entry, if the actor may read it."""
    return get_object_or_404(queries.entry_pages_for(actor_of(request)), public_id=entry_id)


def crumbs_to(entry, *after) -> list[tuple[str, str | None]]:
    """Learner › unit › the page itself."""
    unit = (f"Unit {entry.unit.code}", reverse("unit", args=[entry.public_id]) if after else None)
    return [(entry.registration.learner.name, None), unit, *((label, None) for label in after)]


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
