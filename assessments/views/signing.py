"""Signing a unit off, the learner's confirmation, and reopening: each is a signature, so each has its own page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assessments import actions, queries, rules
from assessments.forms import ReopenForm
from assessments.views import crumbs_to, entry_of
from audit.rules import Refused, require
from audit.views import status_of
from centres.states import TRAINEE


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request, entry_id):
    """The assessor who has met every criterion and now puts their name to it."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        signed = actions.sign_off(entry=entry, by=request.actor)
        waits = " It waits for a countersignature." if signed.standing == TRAINEE else ""
        messages.success(request, f"Unit {entry.unit.code} is signed off.{waits}")
        return redirect("unit", entry.public_id)
    require(rules.refuse_sign_off(entry=entry, by=request.actor))
    facts = {
        "entry": entry,
        "rows": queries.criteria_rows(entry),
        "statement": actions.STATEMENT,
        "crumbs": crumbs_to(entry, "Sign off"),
    }
    return render(request, "assessments/sign_off.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, entry_id):
    """The learner who is asked whether the evidence for a signed-off unit is their own work."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        actions.confirm(entry=entry, by=request.actor)
        messages.success(request, f"Thank you. Unit {entry.unit.code} is confirmed.")
        return redirect("learner_home")
    require(rules.refuse_confirm(entry=entry, by=request.actor))
    facts = {
        "entry": entry,
        "sign_off": queries.signed_off_facts(entry),
        "statement": actions.CONFIRMATION,
        "crumbs": crumbs_to(entry, "Confirm"),
    }
    return render(request, "assessments/confirm.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, entry_id):
    """The assessor or IQA who found that a signature came too early."""
    entry = entry_of(request, entry_id)
    form = ReopenForm(request.POST or None)
    refusal = None
    if form.is_valid():
        try:
            actions.reopen(entry=entry, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
        else:
            messages.success(request, f"Unit {entry.unit.code} is open again.", extra_tags=f"reopen-{entry_id}")
            return redirect("unit", entry.public_id)
    else:
        require(rules.refuse_reopen(entry=entry, reason="not written yet", by=request.actor))
    facts = {
        "entry": entry,
        "form": form,
        "refusal": refusal,
        "sign_off": queries.signed_off_facts(entry),
        "crumbs": crumbs_to(entry, "Reopen"),
    }
    status = 422 if refusal and not form.cleaned_data["reason"] else status_of(refusal)
    return render(request, "assessments/reopen.html", facts, status=status)
