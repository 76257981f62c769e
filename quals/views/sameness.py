"""One unit in several documents, and one specification in several issues."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from quals.queries import comparing, sameness, units_for


def same_units(request, public_id):
    """For an administrator or assessor with credit from elsewhere: is it the same unit, and what differs?"""
    unit = get_object_or_404(units_for(request.actor), public_id=public_id)
    return render(
        request,
        "quals/same_units.html",
        {
            "unit": unit,
            "specification": unit.specification,
            "others": sameness.same_units(unit, request.actor, request.approved_qans),
            "crumbs": [
                ("Catalogue", reverse("catalogue")),
                (f"Unit {unit.code}", reverse("catalogue_unit", args=[unit.public_id])),
                ("Elsewhere", None),
            ],
        },
    )


def compare(request, public_id):
    """For a catalogue editor before publishing: what this issue changes against the one that learners are on."""
    specification = get_object_or_404(comparing.issues_for(request.actor), public_id=public_id)
    return render(
        request,
        "quals/compare.html",
        {
            "specification": specification,
            "since": comparing.comparison_for(request.actor, specification),
            "crumbs": [("Catalogue", reverse("catalogue")), ("What changes", None)],
        },
    )
