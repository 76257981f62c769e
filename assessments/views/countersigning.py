"""Countersigning: what trainees decided, beside the evidence they decided it on."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from assessments import actions, queries, rules
from assessments.forms import CountersignForm
from assessments.states import CONFIRMED
from assessments.views import crumbs_to, entry_of
from audit.rules import Refusal, Refused, require
from audit.views import status_of, uuid_in

UNREADABLE = Refusal("INPUT", "Choose what you countersign, then confirm or return it.")


@require_safe
def countersigning(request):
    """A qualified assessor who came to see what trainees wait for."""
    actor = request.actor
    require(rules.refuse_countersigning(by=actor))
    facts = {"groups": queries.countersign_groups_for(actor), "crumbs": [("Countersigning", None)]}
    return render(request, "assessments/countersigning.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def countersign(request, entry_id):
    """The same assessor with one unit before them: look, confirm what holds, return what does not."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        return _countersigned(request, entry)
    return _page(request, entry, CountersignForm())


def _countersigned(request, entry):
    require(rules.refuse_countersigner(entry=entry, by=request.actor))
    offered = queries.judgements_for(request.actor).filter(entry=entry)
    form = CountersignForm(request.POST, judgements=offered)
    if not form.is_valid():
        return _page(request, entry, form, UNREADABLE)
    answer = {name: form.cleaned_data[name] for name in ("outcome", "comment")}
    try:
        if sign_off_id := uuid_in(request.POST.get("sign_off", "")):
            sign_off = queries.sign_offs_for(request.actor).filter(entry=entry, public_id=sign_off_id).first()
            if sign_off is None:
                raise Http404
            actions.countersign_sign_off(sign_off=sign_off, by=request.actor, **answer)
        else:
            actions.countersign(judgements=form.chosen, by=request.actor, **answer)
    except Refused as refused:
        return _page(request, entry, form, refused.refusal)
    done = "Confirmed: it counts now." if answer["outcome"] == CONFIRMED else "Returned with your comment."
    messages.success(request, done, extra_tags=f"countersign-{entry.public_id}")
    more = queries.countersignable_for(request.actor).filter(entry=entry).exists()
    return redirect("countersign", entry.public_id) if more else redirect("countersigning")


def _page(request, entry, form, refusal=None):
    actor = request.actor
    waiting = queries.judged_in(entry, actor)
    sign_off = queries.sign_offs_to_countersign_for(actor).filter(entry=entry).first()
    if not waiting and not sign_off and refusal is None:
        require(rules.refuse_countersigner(entry=entry, by=actor))
    pieces = queries.pieces_of(waiting)
    asked = uuid_in(request.GET.get("evidence", ""))
    shown = next((each for each in pieces if each.evidence.public_id == asked), pieces[0] if pieces else None)
    facts = {
        "entry": entry,
        "form": form,
        "refusal": refusal,
        "waiting": waiting,
        "sign_off": sign_off,
        "rows": queries.criteria_rows(entry) if sign_off else [],
        "pieces": pieces,
        "version": shown,
        "keep": f"countersign-{entry.public_id}",
        "crumbs": crumbs_to(entry, "Countersign"),
    }
    return render(request, "assessments/countersign.html", facts, status=status_of(refusal))
