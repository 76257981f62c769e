"""A learner's home page, and a piece of evidence as its learner and everybody else who may open it sees it."""

from itertools import groupby
from operator import attrgetter

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessments import queries, rules
from audit.actors import LEARNER
from audit.rules import require
from portfolios.queries import evidence_for, outlooks_of
from portfolios.rules import refuse_new_version

FEEDBACK_SHOWN = 3


@require_safe
def learner_home(request):
    """A learner on a phone, once a week, who came to see what to do next and to do it in one tap."""
    actor = request.actor
    require(rules.refuse_learner_home(by=actor))
    steps, entries = queries.next_steps_for(actor), list(queries.rings_for(actor))
    facts = {
        "entries": entries,
        "registrations": _by_registration(entries),
        "next": steps[0] if steps else None,
        "steps": steps[1:],
        "feedback": queries.feedback_for(actor)[:FEEDBACK_SHOWN],
    }
    return render(request, "assessments/learner_home.html", facts)


def _by_registration(entries: list) -> list[tuple]:
    """Each registration with its units and with how far it is by its rules."""
    outlooks = outlooks_of(entries)
    found = groupby(entries, key=attrgetter("registration"))
    return [(registration, list(units), outlooks.get(registration.pk)) for registration, units in found]


@require_safe
def evidence_piece(request, evidence_id):
    """Somebody who wants to look at one piece: what is in it, what it claims, what came of that."""
    actor = request.actor
    evidence = get_object_or_404(evidence_for(actor), public_id=evidence_id)
    versions = queries.versions_of(evidence, actor)
    own = actor.role == LEARNER
    facts = {
        "evidence": evidence,
        "versions": versions,
        "latest": versions[0],
        "feedback": queries.feedback_for(actor).filter(evidence=evidence),
        "own": own,
        "refusal": refuse_new_version(evidence=evidence, by=actor) if own else None,
        "crumbs": [
            ("My evidence", reverse("evidence")) if own else (evidence.learner.name, None),
            (str(evidence), None),
        ],
    }
    return render(request, "assessments/evidence_piece.html", facts)
