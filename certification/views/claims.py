"""Claiming: the argument for it, the claim's own page, and how far its documents are."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from audit.actors import ADMINISTRATOR, EDITOR, EQA, LEARNER
from audit.rules import Refused, require
from audit.views import status_of
from certification import actions, queries, rules
from certification.forms import EqaAnswer
from portfolios.queries import registrations_for


def claim(request, registration_id):
    """For the administrator: every condition of the claim with its proof, what is missing first, and one button."""
    registration = get_object_or_404(registrations_for(request.actor), public_id=registration_id)
    problem, status = None, 200
    if request.method == "POST":
        try:
            made = actions.claim(registration=registration, by=request.actor)
        except Refused as refused:
            if existing := queries.claim_of(registration, request.actor):
                return redirect("claim_status", existing.public_id)  # sent twice: the first one made it
            problem, status = refused.refusal, status_of(refused.refusal)
        else:
            messages.success(request, "Claimed." if made.direct else "Claimed. It now waits for the EQA.")
            return redirect("claim_status", made.public_id)
    argument = rules.argue(registration)
    existing, returned = queries.claims_of(registration, request.actor)
    facts = {
        "registration": registration,
        "argument": argument,
        "conditions": sorted(argument.conditions, key=lambda condition: condition.holds),
        "refusal": rules.refuse_claim(registration=registration, argument=argument, by=request.actor),
        "direct": rules.goes_directly(registration),
        "existing": existing,
        "returned": returned,
        "problem": problem,
        "crumbs": [
            (registration.learner.name, reverse("registration", args=[registration.public_id])),
            ("Claim", ""),
        ],
    }
    return render(request, "certification/claim.html", facts, status=status)


@require_safe
def claims(request):
    """The claims of a centre, or of an EQA's allocation, newest first."""
    require(rules.refuse_page(roles=(ADMINISTRATOR, EQA, LEARNER, EDITOR), by=request.actor))
    page = Paginator(queries.claims_for(request.actor), 50).get_page(request.GET.get("page"))
    return render(request, "certification/claims.html", {"page": page, "shows_centre": request.actor.role == EQA})


def claim_status(request, claim_id):
    """One claim: where it stands, its documents, and for the EQA the answer it waits for."""
    found = get_object_or_404(queries.claims_for(request.actor), public_id=claim_id)
    form, problem, status = EqaAnswer(request.POST or None), None, 200
    refusal = rules.refuse_decide(claim=found, outcome="", note="", by=request.actor)
    if request.method == "POST":
        if request.actor.role != EQA:
            raise Refused(refusal)
        status = 422
        if form.is_valid():
            try:
                actions.decide_claim(claim=found, **form.cleaned_data, by=request.actor)
            except Refused as refused:
                problem, status = refused.refusal, status_of(refused.refusal)
            else:
                messages.success(request, "Your answer is recorded.", extra_tags=f"claim-{claim_id}")
                return redirect("claim_status", claim_id)
    facts = queries.status_of(found, request.actor) | {"form": form, "refusal": refusal, "problem": problem}
    return render(request, "certification/claim_status.html", facts | {"crumbs": crumbs_to(found)}, status=status)


@require_safe
def claim_progress(request, claim_id):
    """How far the documents are: the fragment that the claim's page asks for every second until they are made."""
    found = get_object_or_404(queries.claims_for(request.actor), public_id=claim_id)
    status = queries.status_of(found, request.actor)
    if request.htmx and not status["being_made"]:
        return HttpResponseClientRefresh()  # the rest of the page has changed with them
    return render(request, "certification/claim_status.html#documents", status)


@require_POST
def make_again(request, claim_id):
    """For the administrator: the work on the papers was given up, and they ask for it again."""
    found = get_object_or_404(queries.claims_for(request.actor), public_id=claim_id)
    actions.make_again(claim=found, by=request.actor)
    return redirect("claim_status", claim_id)


def crumbs_to(claim) -> list[tuple[str, str]]:
    return [("Claims", reverse("claims")), (claim.registration.learner.name, "")]
