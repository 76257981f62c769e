"""A sample with everything it rests on, and the action point that may come of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from audit.actors import ASSESSOR
from audit.rules import Refused, require
from audit.views import status_of, uuid_in
from verification import actions, queries, rules, states
from verification.forms import AnswerForm, FindingForm
from verification.views import crumbs_to


@require_http_methods(["GET", "HEAD", "POST"])
def sample(request, sample_id):
    """An IQA who looks at judgements as they were made, and agrees or asks for something; an EQA reads it."""
    actor = request.actor
    found = get_object_or_404(
        queries.samples_for(actor).select_related("entry__centre", "entry__registration__qualification"),
        public_id=sample_id,
    )
    if request.method == "POST":
        return _found(request, found)
    return _look(request, found, FindingForm())


def _found(request, found):
    require(rules.refuse_verifying(by=request.actor))
    form = FindingForm(request.POST)
    if not form.is_valid():
        return _look(request, found, form, status=422)
    try:
        finding = actions.find(sample=found, **form.cleaned_data, by=request.actor)
    except Refused as refused:
        return _look(request, found, form, refused=refused.refusal, status=status_of(refused.refusal))
    done = "Agreed." if finding.outcome == states.AGREED else "Your action point is with the assessor."
    messages.success(request, f"Unit {found.entry.unit.code}: {done}", extra_tags=f"sample-{found.public_id}")
    return redirect("sample", found.public_id)


def _look(request, found, form, *, refused=None, status=200):
    actor = request.actor
    look = queries.look_at(found, version_id=uuid_in(request.GET.get("version", "")))
    if look is None:
        raise Http404
    findings = list(queries.finding_history_of(found))
    acts = not rules.refuse_verifying(by=actor)
    facts = {
        "sample": found,
        "entry": found.entry,
        "look": look,
        "version": look.version,
        "findings": findings,
        "changed": bool(findings) and look.differs_from(findings[0]),
        "form": form,
        "refused": refused,
        "problem": refused,
        "acts": acts and found.state != states.AGREED,
        "refusal": rules.refuse_finding(sample=found, by=actor) if acts else None,
        "next": queries.next_sample_for(actor, found),
        "keep": f"sample-{found.public_id}",
        "crumbs": crumbs_to(found.entry, "Sample"),
    }
    return render(request, "verification/sample.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def action_point(request, action_point_id):
    """An assessor who is asked for something by an IQA, and says what they did."""
    actor = request.actor
    point = get_object_or_404(queries.action_points_for(actor), public_id=action_point_id)
    form, refused, status = AnswerForm(), None, 200
    if request.method == "POST":
        form = AnswerForm(request.POST)
        text = form.cleaned_data["text"] if form.is_valid() else ""
        try:
            actions.answer_action_point(action_point=point, text=text, by=actor)
        except Refused as refusal:
            refused, status = refusal.refusal, status_of(refusal.refusal)
        else:
            messages.success(request, "Your answer is with the IQA.", extra_tags=f"answer-{point.public_id}")
            return redirect("assessor_home")
    facts = {
        "point": point,
        "entry": point.entry,
        "answers": point.answers.select_related("author").order_by("pk"),
        "form": form,
        "refused": refused,
        "problem": refused,
        "asked": actor.role == ASSESSOR and point.state == states.OPEN,
        "answers_here": actor.role == ASSESSOR,
        "keep": f"answer-{point.public_id}",
        "crumbs": crumbs_to(point.entry, "Action point"),
    }
    return render(request, "verification/action_point.html", facts, status=status)
