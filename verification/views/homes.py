"""Where an assessor and an IQA begin: what waits for them, oldest first, and how far their learners are."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.actors import today
from audit.rules import require
from audit.views import uuid_in
from portfolios.queries import outlooks_of, whole_entries_of
from verification import queries, rules

ROWS_A_PAGE = 50
REGISTRATIONS_A_PAGE = 25
ASSESSOR_KINDS = {"judge": "To judge", "sign_off": "To sign off", "answer": "IQA asks", "countersign": "To countersign"}
IQA_KINDS = {"sample": "To sample", "answered": "Answered", "release": "To release"}


@require_safe
def assessor_home(request):
    """An assessor at the start of the day: what to judge, sign, answer; then the caseload."""
    actor = request.actor
    require(rules.refuse_assessing(by=actor))
    rows = queries.assessor_waiting_for(actor)
    learner = uuid_in(request.GET.get("learner", ""))
    of_learner = [row for row in rows if learner in {None, row.learner.public_id}]
    caseload = _page(request, queries.caseload_for(actor), REGISTRATIONS_A_PAGE, "caseload")
    outlooks = outlooks_of(whole_entries_of(caseload))
    facts = {
        "others": queries.waiting_for_others(actor),
        "caseload": caseload,
        "learners": [(registration, outlooks.get(registration.pk)) for registration in caseload],
        "learner": of_learner[0].learner if learner and of_learner else None,
        "learner_id": learner,
    }
    return render(request, "verification/assessor_home.html", facts | _waiting(request, of_learner, ASSESSOR_KINDS))


@require_safe
def iqa_home(request):
    """An IQA who came to see what to sample, which answers came back, and who can be released."""
    actor = request.actor
    require(rules.refuse_verifying(by=actor))
    page = _page(request, queries.releasable_for(actor).order_by("learner__name", "pk"), REGISTRATIONS_A_PAGE, "going")
    facts = {"going": page, "progress": queries.progress_of(page.object_list, actor)}
    return render(
        request, "verification/iqa_home.html", facts | _waiting(request, queries.iqa_waiting_for(actor), IQA_KINDS)
    )


def _waiting(request, rows, kinds) -> dict:
    """The rows of the kind asked for, a page of them, and tabs that count each kind."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    learner = f"learner={request.GET['learner']}&" if request.GET.get("learner") else ""
    tabs = [("All", f"?{learner}", len(rows))]
    tabs += [(label, f"?{learner}kind={key}", sum(row.kind == key for row in rows)) for key, label in kinds.items()]
    return {
        "total": len(rows),
        "tabs": tabs if len({row.kind for row in rows}) > 1 or kind else [],
        "current": kinds.get(kind, "All"),
        "rows": _page(request, [row for row in rows if kind in {"", row.kind}], ROWS_A_PAGE, "page"),
        "query": learner + (f"kind={kind}&" if kind else ""),
        "today": today(),
    }


def _page(request, found, size, name):
    return Paginator(found, size).get_page(request.GET.get(name))
