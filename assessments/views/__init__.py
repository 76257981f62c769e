"""The pages of assessment, and what they share: whose entry, where it stands in the tree, how a refusal answers."""

from django.http import Http404
from django.urls import reverse

from assessments import queries


def entry_of(request, entry_id):
    """The unit entry, if the actor may read it."""
    entry = queries.entry_page_for(request.actor, entry_id)
    if entry is None:
        raise Http404
    return entry


def crumbs_to(entry, *after) -> list[tuple[str, str | None]]:
    """Learner › unit › the page itself."""
    unit = (f"Unit {entry.unit.code}", reverse("unit", args=[entry.public_id]) if after else None)
    return [(entry.registration.learner.name, None), unit, *((label, None) for label in after)]
