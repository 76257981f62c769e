"""The sampling plan: units across, learners down; a cell chosen, a sample planned, without leaving."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit.rules import Refused, require
from audit.views import status_of, uuid_in
from portfolios.queries import entries_for
from verification import actions, queries, rules
from verification.forms import SampleForm

LEARNERS_A_PAGE = 25


@require_safe
def iqa_plan(request):
    """An IQA who decides what to look at, with what has been looked at before them; an EQA reads it."""
    actor = request.actor
    require(rules.refuse_reading_plan(by=actor))
    return _plan(request, request.GET)


@require_POST
def plan_sample(request, entry_id):
    """The IQA chose a unit and said why; back to the plan as it was."""
    actor = request.actor
    require(rules.refuse_reading_plan(by=actor))
    entry = get_object_or_404(entries_for(actor), public_id=entry_id)
    require(rules.refuse_verify(entry=entry, by=actor))
    form = SampleForm(request.POST)
    asked = {name: request.POST.get(name, "") for name in ("qualification", "page")} | {"choose": str(entry_id)}
    if not form.is_valid():
        return _plan(request, asked, form=form, status=422)
    try:
        actions.plan_sample(entry=entry, reason=form.cleaned_data["reason"], by=actor)
    except Refused as refused:
        return _plan(request, asked, form=form, refusal=refused.refusal, status=status_of(refused.refusal))
    if not request.htmx:
        messages.success(request, f"Sample of unit {entry.unit.code} planned.")
    return redirect(f"{reverse('iqa_plan')}?{urlencode({name: each for name, each in asked.items() if each})}#chosen")


def _plan(request, asked, *, form=None, refusal=None, status=200):
    actor = request.actor
    offered = list(queries.planned_qualifications_for(actor))
    wanted = uuid_in(asked.get("qualification", ""))
    shown = next((each for each in offered if each.public_id == wanted), None) or (offered[0] if offered else None)
    if wanted and (shown is None or shown.public_id != wanted):
        raise Http404
    found = queries.grid_for(actor).filter(qualification=shown)
    page = Paginator(found, LEARNERS_A_PAGE).get_page(asked.get("page"))
    chosen = _chosen(actor, asked.get("choose", ""))
    query = f"qualification={shown.public_id}&" if shown else ""
    facts = {
        "qualifications": offered,
        "qualification": shown,
        "page": page,
        "grid": queries.grid_of(page.object_list),
        "query": query,
        "here": f"{reverse('iqa_plan')}?{query}page={page.number}",
        "chosen": chosen,
        "form": form or SampleForm(),
        "refusal": refusal or (rules.refuse_plan(entry=chosen, by=actor) if chosen else None),
        "plans": not rules.refuse_verifying(by=actor),
    }
    return render(request, "verification/iqa_plan.html", facts, status=status)


def _chosen(actor, asked):
    entry_id = uuid_in(asked)
    if entry_id is None:
        return None
    if (entry := queries.chosen_for(actor, entry_id)) is None:
        raise Http404
    return entry
