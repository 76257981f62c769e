"""A registration as a whole: its units and where each stands, and the record of everything done in it."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from certification import queries
from portfolios.queries import registrations_for


@require_safe
def registration(request, registration_id):
    """For everybody who works on it: how far each unit is, what has been sampled, released and claimed."""
    found = get_object_or_404(registrations_for(request.actor), public_id=registration_id)
    facts = queries.overview_of(found, request.actor) | {"crumbs": [(found.learner.name, "")]}
    return render(request, "certification/registration.html", facts)


@require_safe
def trail(request, registration_id):
    """Who did what and when, in the order it happened; a learner and an assessor read only their own deeds."""
    found = get_object_or_404(registrations_for(request.actor), public_id=registration_id)
    entries = queries.trail_of(found, request.actor)
    if entries is None:
        raise Http404
    page = Paginator(entries, 100).get_page(request.GET.get("page"))
    facts = {
        "registration": found,
        "page": page,
        "whole": request.actor.role in queries.WHOLE_TRAIL,
        "crumbs": [(found.learner.name, reverse("registration", args=[found.public_id])), ("Record", "")],
    }
    return render(request, "certification/trail.html", facts)
