"""The catalogue's pages: what there is, how a qualification is put together, what a unit asks."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from audit.actors import today
from quals import queries, rules
from quals.queries import picturing, sameness
from quals.queries.standing import drafts_for
from quals.views.doubting import findings_on


def catalogue(request):
    """For everybody, who came to find one qualification; an editor also looks for drafts."""
    return render(
        request,
        "quals/catalogue.html",
        {
            "qualifications": queries.qualifications_for(request.actor),
            "may_edit": request.actor is not None and not rules.refuse_edit_catalogue(by=request.actor),
            "drafts": drafts_for(request.actor),
            "crumbs": [("Catalogue", None)],
        },
    )


def qualification(request, public_id):
    """For an administrator planning a registration, and an editor comparing what was read with the document."""
    found = get_object_or_404(queries.qualifications_for(request.actor), public_id=public_id)
    may_read = queries.wording_for(request.actor, found, request.approved_qans)
    groups = queries.structure_of(found)
    places = [place for group in groups for place in group.places.all()]
    printed = queries.printed_rules(found, with_lines=may_read)
    return render(
        request,
        "quals/qualification.html",
        {
            "qualification": found,
            "specification": found.specification,
            "may_read": may_read,
            "rules": printed,
            "pictures": picturing.pictures_of(groups, [rule.told for rule in printed]),
            "may_edit": request.actor is not None and not rules.refuse_edit_catalogue(by=request.actor),
            "groups": groups,
            "units_total": len({place.unit_id for place in places}),
            "has_hours": any(place.unit.glh for place in places),
            "findings": findings_on(request, found, groups),
            "is_closed": found.last_registration is not None and found.last_registration < today(),
            "crumbs": [("Catalogue", reverse("catalogue")), (found.qan, None)],
        },
    )


def unit(request, public_id):
    """For an assessor or learner, who came for the words of one criterion."""
    found = get_object_or_404(queries.units_for(request.actor), public_id=public_id)
    holders = list(queries.qualifications_of(found, request.actor))
    readers = sameness.holders_of(found, request.actor)
    crumbs = [("Catalogue", reverse("catalogue"))]
    crumbs += [(held.qan, reverse("qualification", args=[held.public_id])) for held in holders[:1]]
    return render(
        request,
        "quals/unit.html",
        {
            "unit": found,
            "specification": found.specification,
            "qualifications": holders,
            "page": sameness.page_of(found),
            "page_differences": sameness.page_differences(found),
            "has_wording": sameness.page_words_are_here(found),
            "may_read": sameness.may_read_unit(request.actor, readers, request.approved_qans),
            "outcomes": queries.outcomes_of(found),
            "requirements": queries.evidence_requirements_of(found),
            "elsewhere": sameness.same_units(found, request.actor, request.approved_qans),
            "crumbs": [*crumbs, (f"Unit {found.code}", None)],
        },
    )
