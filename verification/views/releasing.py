"""The release: the IQA's statement that a registration may be claimed, beside everything it covers."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audit.rules import Refused, require
from audit.views import status_of
from portfolios.queries import registrations_for
from verification import actions, queries, rules


@require_http_methods(["GET", "HEAD", "POST"])
def release(request, registration_id):
    """An IQA who is about to put their name to a whole registration."""
    actor = request.actor
    registration = get_object_or_404(registrations_for(actor), public_id=registration_id)
    require(rules.refuse_verifying(by=actor))
    refusal = None
    if request.method == "POST":
        try:
            actions.release(registration=registration, by=actor)
        except Refused as refused:
            refusal = refused.refusal
        else:
            messages.success(request, f"{registration.learner.name} is released: the administrator can claim.")
            return redirect("release", registration_id)
    facts = {
        "registration": registration,
        "standing": queries.standing_of(registration),
        "statement": actions.STATEMENT,
        "refused": refusal,
        "problem": refusal,
        "refusal": refusal or rules.refuse_release(registration=registration, by=actor),
        "crumbs": [
            (registration.learner.name, reverse("registration", args=[registration.public_id])),
            ("Release", None),
        ],
    }
    return render(request, "verification/release.html", facts, status=status_of(refusal))
