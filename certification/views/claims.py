"""Claiming: the argument for it, the claim's own page, and how far its documents are."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from audit.rules import Refused
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
            problem, status = refused.refusal, 403
        else:
            messages.success(request, "Claimed." if made.direct else "Claimed. It now waits for the EQA.")
            return redirect("claim_status", made.public_id)
    argument = rules.argue(registration)
    facts = {
        "registration": registration,
        "argument": argument,
        "conditions": sorted(argument.conditions, key=lambda condition: condition.holds),
        "refusal": rules.refuse_claim(registration=registration, argument=argument, by=request.actor),
        "direct": rules.goes_directly(registration),
        "existing": queries.claim_of(registration, request.actor),
        "problem": problem,
    }
    return render(request, "certification/claim.html", facts, status=status)


@require_safe
def claims(request):
    """The claims of a centre, or of an EQA's allocation, newest first."""
    page = Paginator(queries.claims_for(request.actor), 50).get_page(request.GET.get("page"))
    return render(request, "certification/claims.html", {"page": page})


def claim_status(request, claim_id):
    """One claim: where it stands, its documents, and for the EQA the answer it waits for."""
    found = get_object_or_404(queries.claims_for(request.actor), public_id=claim_id)
    form, problem, status = EqaAnswer(request.POST or None), None, 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_claim(claim=found, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            problem, status = refused.refusal, 403
        else:
            messages.success(request, "Your answer is recorded.")
            return redirect("claim_status", claim_id)
    refusal = rules.refuse_decide(claim=found, outcome="", note="", by=request.actor)
    facts = queries.status_of(found, request.actor) | {"form": form, "refusal": refusal, "problem": problem}
    return render(request, "certification/claim_status.html", facts, status=status)


@require_safe
def claim_progress(request, claim_id):
    """How far the documents are: the fragment that the claim's page asks for every second until they are made."""
    found = get_object_or_404(queries.claims_for(request.actor), public_id=claim_id)
    return render(request, "certification/claim_status.html#documents", queries.status_of(found, request.actor))
