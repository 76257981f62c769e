"""Judging: a piece of evidence on the left, the criteria it claims on the right."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from assessments import actions, queries, rules
from assessments.forms import JudgingForm
from assessments.rules import Ruling
from assessments.states import LACKING, MET
from assessments.views import crumbs_to, entry_of
from audit.rules import Refusal, Refused, require
from audit.views import status_of, uuid_in
from centres.states import TRAINEE

UNREADABLE = Refusal("INPUT", "Part of what was sent could not be read. Look through your choices and send them again.")


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request, entry_id):
    """The assessor at the main work: look, decide each criterion with a reason, tell the learner, next piece."""
    entry = entry_of(request, entry_id)
    if request.method == "POST":
        return _judged(request, entry)
    require(rules.refuse_assess(entry=entry, by=request.actor))
    asked = uuid_in(request.GET.get("evidence", ""))
    version = queries.piece_to_judge(entry, asked)
    if version is None and asked is not None:
        raise Http404
    rows = queries.judging_rows(entry, version) if version else []
    return _page(request, entry, version, JudgingForm(rows=rows))


def _judged(request, entry):
    """What was sent, done; or the page again with everything typed and what stands against it."""
    asked = uuid_in(request.POST.get("version", ""))
    version = queries.piece_to_judge(entry, version_id=asked) if asked else None
    if version is None:
        raise Http404
    form = JudgingForm(request.POST, rows=queries.judging_rows(entry, version))
    if not form.is_valid():
        return _page(request, entry, version, form, UNREADABLE)
    rulings = rulings_of(entry, version, form)
    try:
        made = actions.judge_piece(
            entry=entry,
            evidence=version.evidence,
            rulings=rulings,
            feedback=form.cleaned_data["feedback"],
            by=request.actor,
        )
    except Refused as refused:
        return _refused(request, entry, version, refused.refusal)
    messages.success(request, _done(entry, made), extra_tags=_kept(entry, version))
    waiting = queries.waiting_queue(request.actor, entry=entry, evidence_id=None).next
    if waiting and waiting[0] == entry.public_id:
        return redirect(_address(waiting))
    return redirect("unit", entry.public_id)


def rulings_of(entry, version, form) -> list[Ruling]:
    """What the form says, as rulings: on this version and the others ticked, instead of the judgement that was seen."""
    seen = queries.judgements_seen(entry, [each.cleaned_data["seen"] for each in form.decided])
    named = {each.pk: each for each in queries.versions_named([each.row for each in form.decided], version)}
    return [
        Ruling(
            criterion=each.row.criterion,
            versions=(version, *(named[pk] for pk in each.cleaned_data["also"])),
            supersedes=seen.get(each.cleaned_data["seen"]),
            **form.said_of(each),
        )
        for each in form.decided
    ]


def _refused(request, entry, version, refusal):
    """The page as it stands by now, with what was typed, and beside each criterion why it was not taken."""
    form = JudgingForm(request.POST, rows=queries.judging_rows(entry, version))
    form.is_valid()
    for each, ruling in zip(form.decided, rulings_of(entry, version, form), strict=True):
        each.refusal = rules.refuse_ruling(entry=entry, ruling=ruling) or rules.refuse_stale(
            ruling=ruling, current=each.row.judgement
        )
    return _page(request, entry_of(request, entry.public_id), version, form, refusal)


def _page(request, entry, version, form, refusal=None):
    evidence_id = version.evidence.public_id if version else None
    waiting = queries.waiting_queue(request.actor, entry=entry, evidence_id=evidence_id)
    rows = [ruling.row for ruling in form.rulings]
    facts = {
        "entry": entry,
        "version": version,
        "form": form,
        "refusal": refusal,
        "lacking": LACKING,
        "outlook": queries.outlook_of(entry, rows),
        "in_training": refusal is None and rules.standing_of(entry=entry, by=request.actor) == TRAINEE,
        "feedback": queries.feedback_in(entry).filter(evidence=version.evidence) if version else [],
        "waiting": waiting,
        "next": _address(waiting.next),
        "previous": _address(waiting.previous),
        "keep": _kept(entry, version) if version else "",
        "crumbs": crumbs_to(entry, "Judge"),
    }
    return render(request, "assessments/judge.html", facts, status=status_of(refusal))


def _address(piece) -> str:
    """The judging page of a piece that waits."""
    return f"{reverse('judge', args=[piece[0]])}?evidence={piece[1]}" if piece else ""


def _kept(entry, version) -> str:
    return f"judge-{entry.public_id}-{version.evidence.public_id}"


def _done(entry, made) -> str:
    """What happened, in words."""
    if not made:
        return "Your feedback was sent."
    met = sum(judgement.outcome == MET for judgement in made)
    parts = [f"{met} met"] if met else []
    parts += [f"{len(made) - met} not yet met"] if len(made) > met else []
    return f"Unit {entry.unit.code}: {', '.join(parts)}."
