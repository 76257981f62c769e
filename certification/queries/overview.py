"""What the homes and the page of a registration show, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from audit.actions import registration_chain
from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, EQA, IQA, LEARNER, Actor
from audit.models import Entry
from audit.queries import entries_of as audit_entries_of
from certification import rules, states
from certification.models import Claim, EqaDecision
from certification.queries.claims import certificates_for, claims_for, proof_of
from jobs import states as job_states
from jobs.queries import jobs_about
from portfolios import states as portfolio
from portfolios.models import Registration
from portfolios.queries import entries_of, outlook_of, registrations_for
from verification.models import Release, Sample
from verification.rules import latest_release

WHOLE_TRAIL = {ADMINISTRATOR, IQA, EQA}


@dataclass(frozen=True)
class Waiting:
    """One row of what waits: since when, whom and what it concerns, the deed and the page where it is done."""

    since: datetime
    registration: Registration
    what: str
    deed: str
    url_name: str


def waiting_for_administrator(actor: Actor) -> list[Waiting]:
    """Registrations to allocate, released ones to claim, and claims that the EQA returned; oldest first.

    What the night found ready to claim says so until something in it moves; the page of the claim looks anew.
    """
    mine = registrations_for(actor).filter(state=portfolio.ACTIVE)
    if actor.role != ADMINISTRATOR:
        mine = mine.none()
    releases = Release.objects.filter(registration=OuterRef("pk")).order_by("-number")
    returns = EqaDecision.objects.filter(claim__registration=OuterRef("pk"), outcome=states.RETURNED).order_by("-pk")
    found = mine.annotate(
        n=Count("entries"),
        unallocated=Count("entries", filter=Q(entries__assessor__isnull=True) | Q(entries__iqa__isnull=True)),
        released_at=Subquery(releases.values("released_at")[:1]),
        returned_at=Subquery(returns.values("decided_at")[:1]),
        moved_at=Max("entries__changed_at"),
    ).filter(Q(unallocated__gt=0) | Q(released_at__isnull=False) | Q(n=0))
    found = found.select_related("learner", "qualification", "readiness")
    rows = [_waiting(registration) for registration in found.order_by("changed_at", "pk")[:200]]
    return sorted(rows, key=lambda row: row.since)


def _waiting(registration: Registration) -> Waiting:
    since = registration.changed_at
    if registration.n == 0:
        return Waiting(since, registration, "no units chosen yet", "Choose units", "choose_units")
    released_at, returned_at = registration.released_at, registration.returned_at
    is_looked_at, is_ready = _looked_at(registration)
    if registration.unallocated and not is_ready:
        units = "1 unit" if registration.unallocated == 1 else f"{registration.unallocated} units"
        return Waiting(since, registration, f"{units} without an assessor or IQA", "Allocate", "allocate")
    if returned_at is not None and returned_at > released_at:
        return Waiting(returned_at, registration, "returned by the EQA", "See why", "claim")
    if is_looked_at and not is_ready:
        return Waiting(released_at, registration, "released, but not ready to claim", "See why", "claim")
    what = "ready to claim" if is_ready else "released by the IQA"
    return Waiting(released_at, registration, what, "Claim", "claim")


def _looked_at(registration: Registration) -> tuple[bool, bool]:
    """Whether it was looked at since anything in it moved, and whether it was found ready to claim then."""
    readiness = getattr(registration, "readiness", None)
    if readiness is None or registration.released_at is None:
        return False, False
    is_looked_at = readiness.checked_at >= max(registration.released_at, registration.moved_at)
    return is_looked_at, is_looked_at and readiness.claimable_at is not None


def under_way_for(actor: Actor) -> dict[str, int]:
    """What waits for others: registrations in progress, claims with the EQA, papers being made."""
    mine = registrations_for(actor) if actor.role == ADMINISTRATOR else Registration.objects.none()
    return mine.aggregate(
        active=Count("pk", filter=Q(state=portfolio.ACTIVE), distinct=True),
        with_eqa=Count("claims", filter=Q(claims__state=states.AWAITING_EQA), distinct=True),
        being_made=Count("claims", filter=Q(claims__state=states.APPROVED), distinct=True),
    )


def registrations_list_for(actor: Actor, *, text: str = "") -> QuerySet[Registration]:
    """Registrations with their units done of all, by learner's name; `text` narrows by name or qualification."""
    done = Count("entries", filter=Q(entries__state=portfolio.CONFIRMED))
    found = registrations_for(actor).annotate(units_done=done, units_all=Count("entries"))
    if text.strip():
        found = found.filter(Q(learner__name__icontains=text.strip()) | Q(qualification__title__icontains=text.strip()))
    return found.order_by("learner__name", "pk")


def overview_of(registration: Registration, actor: Actor) -> dict:
    """Everything the page of a registration shows to this actor."""
    samples = Prefetch("samples", queryset=Sample.objects.order_by("-pk"))
    entries = list(entries_of(registration, actor).prefetch_related(samples))
    done = [entry for entry in entries if entry.state == portfolio.CONFIRMED]
    is_active = registration.state == portfolio.ACTIVE
    return {
        "registration": registration,
        "entries": entries,
        "done": done,
        "release": latest_release(registration),
        "claim": claim_of(registration, actor),
        "outlook": outlook_of(registration),
        "shows_samples": actor.role in {ADMINISTRATOR, IQA, EQA},
        "whole_trail": actor.role in WHOLE_TRAIL,
        "may_allocate": is_active and actor.role == ADMINISTRATOR,
        "may_release": is_active and actor.role == IQA,
        "may_claim": is_active and actor.role == ADMINISTRATOR,
    }


def claim_of(registration: Registration, actor: Actor) -> Claim | None:
    """The claim that stands for this registration, for those who may read claims."""
    return claims_for(actor).filter(registration=registration).exclude(state=states.RETURNED).first()


def status_of(claim: Claim, actor: Actor) -> dict:
    """One claim with its documents, or how far the work on them is."""
    job = jobs_about(f"claim:{claim.public_id}").first()
    failed = claim.state == states.APPROVED and job is not None and job.state == job_states.FAILED
    answers = actor.role == EQA and claim.state == states.AWAITING_EQA
    return {
        "claim": claim,
        "job": job,
        "certificates": list(certificates_for(actor).filter(claim=claim)),
        "being_made": claim.state == states.APPROVED,
        "failed": failed,
        "stopped": rules.refuse_unproved(claim=claim) if failed or answers else None,
        "proof": proof_of(claim),
        "answers": answers,
        "reads_registration": actor.role != EDITOR,
        "whole_trail": actor.role in WHOLE_TRAIL,
    }


def trail_of(registration: Registration, actor: Actor) -> QuerySet[Entry] | None:
    """The record of a registration: whole for administrator, IQA and EQA; one's own deeds for learner and assessor."""
    entries = audit_entries_of(chain=registration_chain(registration.pk)).order_by("-number")
    if actor.role in WHOLE_TRAIL:
        return entries
    if actor.role in {LEARNER, ASSESSOR}:
        return entries.filter(actor_id=actor.user_id)
    return None
