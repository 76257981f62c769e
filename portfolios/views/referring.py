"""“What does it show?”: a learner ticks the criteria that a draft claims, and says where in it to look."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from portfolios import actions, queries
from portfolios.forms import referring
from portfolios.views.gathering import onward, own_draft, page


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request, evidence_id):
    """Tick, find by words or codes, save; `?where` then asks where in the piece each one is shown."""
    evidence, version = own_draft(request, evidence_id)
    claims = queries.claims_for(request.actor, version)
    pointing = "where" in request.GET
    if request.method == "POST":
        return (_save_pointers if pointing else _save)(request, evidence, version, claims)
    if pointing:
        return _ask_where(request, evidence, version, claims)
    return _ask(request, evidence, claims, request.GET.get("q", "")[:200])


def _ask(request, evidence, claims, typed: str, status: int = 200, problem: str = ""):
    shown = referring.found(typed, claims)
    units = referring.by_unit(claims, shown)
    claimed = [claim for claim in claims if claim.claimed]
    context = {
        "typed": typed,
        "units": units,
        "shown": shown if typed else [],
        "all_ticked": all(claim.claimed for claim in shown),
        "claimed": len(claimed),
        "claimed_units": len({claim.entry for claim in claimed}),
        "few": typed or len(units) < 3,
        "problem": problem,
    }
    return page(request, "refer", "shows", evidence, status, **context)


def _save(request, evidence, version, claims):
    """Whatever button was pressed, what is ticked is saved."""
    chosen = referring.chosen_by(request.POST, claims)
    if chosen != referring.as_chosen(claims) or version.references.count() != len(chosen):
        actions.refer(evidence=evidence, chosen=chosen, by=request.actor)
    deed = request.POST.get("deed", "save")
    here = reverse("evidence_refer", args=[evidence.public_id])
    if deed == "find":
        return redirect(f"{here}?{urlencode({'q': request.POST.get('q', '')[:200]})}")
    if deed.startswith(("tick", "untick")):
        return redirect(f"{here}?{urlencode({'q': request.POST.get('shown', '')[:200]})}")
    if not chosen:
        return _ask(request, evidence, claims, "", 422, "Tick at least one criterion: an assessor judges by those.")
    url = f"{here}?where" if deed == "where" else reverse("evidence_submit", args=[evidence.public_id])
    return onward(request, url, accepted=f"shows-{evidence.public_id}")


def _ask_where(request, evidence, version, claims):
    pointed = [claim for claim in claims if claim.claimed]
    files = version.files.select_related("blob").order_by("position", "pk")
    return page(request, "where", "shows", evidence, pointed=pointed, files=files, version=version)


def _save_pointers(request, evidence, version, claims):
    chosen = referring.pointed_by(request.POST, claims)
    if chosen != referring.as_chosen(claims):
        actions.refer(evidence=evidence, chosen=chosen, by=request.actor)
    url = reverse("evidence_submit", args=[evidence.public_id])
    return onward(request, url, accepted=f"where-{evidence.public_id}")
