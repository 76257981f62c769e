"""What the pages of gathering evidence share: whose piece it is, the next step, and how a page answers."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.rules import require
from portfolios import queries, rules

AT = "portfolios/evidence/"
ACCEPTED = "accepted_form"
STEPS = ["files", "kind", "when", "words", "shows", "submit"]


def own_piece(request, evidence_id):
    """The learner's own piece; nobody else's exists."""
    if request.actor is None:
        raise Http404
    return get_object_or_404(queries.own_evidence_for(request.actor), public_id=evidence_id)


def own_draft(request, evidence_id):
    """The piece and its draft; refused with the reason where it was submitted (EVD-2)."""
    evidence = own_piece(request, evidence_id)
    version = queries.draft_of(evidence)
    require(rules.refuse_change_evidence(evidence=evidence, version=version, by=request.actor))
    return evidence, version


def describe_url(evidence, ask: str) -> str:
    return f"{reverse('evidence_describe', args=[evidence.public_id])}?ask={ask}"


def next_step(evidence, version) -> str:
    """The address of the first question that is still open; at the end, handing in."""
    if not version.text.strip() and not version.files.all():
        return reverse("evidence_files", args=[evidence.public_id])
    if not evidence.kind:
        return describe_url(evidence, "kind")
    if evidence.happened_from is None:
        return describe_url(evidence, "when")
    step = "evidence_submit" if version.references.all() else "evidence_refer"
    return reverse(step, args=[evidence.public_id])


def wants_json(request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def onward(request, url: str, *, accepted: str):
    """Go on; the next page lets the browser forget what it kept of the form that was accepted (data-keep).

    Without a toast: on a phone it would lie over the next page's button.
    """
    request.session[ACCEPTED] = accepted
    return redirect(url)


def go(request, url: str):
    return JsonResponse({"redirect": url}) if wants_json(request) else redirect(url)


def page(request, name: str, step: str, evidence=None, status: int = 200, **context):
    """One page of the way from a file to what it counts for."""
    crumbs = [("My evidence", reverse("evidence")), (evidence.title if evidence else "Add evidence", "")]
    context["kept"] = request.session.pop(ACCEPTED, "")
    context |= {"evidence": evidence, "crumbs": crumbs, "step": STEPS.index(step) + 1, "steps": len(STEPS)}
    return render(request, f"{AT}{name}.html", context, status=status)


def again(request, form, name: str, step: str, evidence=None, status: int = 422, **context):
    """The page once more with what is wrong; to a script, the first fault."""
    if wants_json(request):
        faults = [fault for errors in form.errors.values() for fault in errors]
        return JsonResponse({"error": " ".join(faults)}, status=status)
    return page(request, name, step, evidence, status, form=form, **context)
