"""A unit of one learner, criterion by criterion, for everybody who may read it."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments import queries, rules
from assessments.views import crumbs_to, entry_of
from audit.actors import ASSESSOR, IQA, LEARNER
from portfolios import states

FEEDBACK_SHOWN = 5


@require_safe
def unit(request, entry_id):
    """An assessor, learner, IQA or EQA who asks where the unit stands, why, and what it still lacks."""
    entry = entry_of(request, entry_id)
    as_matrix = request.GET.get("view") == "matrix"
    history = request.GET.get("history", "")
    rows = queries.criteria_rows(entry) if as_matrix else queries.brief_rows(entry, history=history)
    facts = {
        "entry": entry,
        "rows": rows,
        "history": history,
        "lacking": [row for row in rows if row.state in {"nothing", "not_yet", "claimed"}],
        "matrix": queries.matrix_of(rows, page=_number(request.GET.get("page"))) if as_matrix else None,
        "opens_evidence": queries.may_open_evidence(request.actor),
        "requirements": queries.requirements_of(entry),
        "sign_off": queries.signed_off_facts(entry),
        "feedback": queries.feedback_in(entry)[:FEEDBACK_SHOWN],
        "crumbs": crumbs_to(entry),
    }
    return render(request, "assessments/unit.html", facts | deeds_of(request, entry, rows))


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 6 else 1


def deeds_of(request, entry, rows) -> dict:
    """What this person can do here, and where a rule stands against it, its sentence."""
    actor = request.actor
    is_open = entry.state == states.OPEN
    assesses = actor.role == ASSESSOR and entry.assessor_id == actor.user_id
    deeds = {"assesses": assesses, "learns": actor.role == LEARNER}
    if assesses and is_open:
        deeds["judge_refusal"] = rules.refuse_assess(entry=entry, by=actor)
        current = [row.judgement for row in rows if row.judgement]
        deeds["sign_off_refusal"] = deeds["judge_refusal"] or rules.refuse_unmet(current=current, criteria=len(rows))
    if not is_open and (assesses or actor.role == IQA):
        deeds["may_reopen"] = rules.refuse_reopen(entry=entry, reason="asked on its own page", by=actor) is None
    if deeds["learns"] and entry.state == states.SIGNED_OFF:
        deeds["confirm_refusal"] = rules.refuse_confirm(entry=entry, by=actor)
    if actor.role == ASSESSOR and not assesses:
        deeds["countersigns"] = [group for group in queries.countersign_groups_for(actor) if group.entry.pk == entry.pk]
    return deeds
