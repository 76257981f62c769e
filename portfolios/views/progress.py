"""Where somebody is in their qualification: each rule, what is counted, and the shortest way to the end."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.actors import ADMINISTRATOR, LEARNER
from portfolios import queries, states


@require_safe
def where_am_i(request, registration_id):
    """For a learner who wonders what is left, and for everybody who reviews their progress with them."""
    actor = request.actor
    registration = get_object_or_404(queries.registrations_for(actor), public_id=registration_id)
    whereabouts = queries.whereabouts_of(registration, actor)
    own = actor.role == LEARNER
    title = "Where am I?" if own else f"{registration.learner.name}’s progress"
    home = [] if own else [(registration.learner.name, reverse("registration", args=[registration.public_id]))]
    facts = {
        "registration": registration,
        "here": whereabouts,
        "outlook": whereabouts.outlook,
        "own": own,
        "may_choose": actor.role == ADMINISTRATOR and registration.state == states.ACTIVE,
        "title": title,
        "crumbs": [*home, ("Where am I?" if own else "Progress", "")],
    }
    return render(request, "portfolios/progress/where_am_i.html", facts)
