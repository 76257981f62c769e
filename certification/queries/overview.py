"""What the homes and the page of a registration show, gathered in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from audit.actions import registration_chain
from audit.actors import ADMINISTRATOR, ASSESSOR, EQA, IQA, LEARNER, Actor
from audit.models import Entry
from audit.queries import entries_of as audit_entries_of
from certification import states
from certification.models import Claim
from certification.queries.claims import certificates_for, claims_for
from jobs.queries import jobs_about
from portfolios import states as portfolio
from portfolios.models import Registration
from portfolios.queries import entries_of, registrations_for
from verification.models import Release, Sample
from verification.rules import latest_release, verdict_on


@dataclass(frozen=True)
class Waiting:
    """One row of what waits: since when, whom and what it concerns, the deed and the page where it is done."""

    since: datetime
    registration: Registration
    what: str
    deed: str
    url_name: str


def waiting_for_administrator(actor: Actor) -> list[Waiting]:
    """Registrations to allocate, released ones to claim, and claims that the EQA returned; oldest first."""
    mine = registrations_for(actor).filter(state=portfolio.ACTIVE)
    if actor.role != ADMINISTRATOR:
        mine = mine.none()
    unallocated = Count("entries", filter=Q(entries__assessor__isnull=True) | Q(entries__iqa__isnull=True))
    released = Release.objects.filter(registration=OuterRef("pk"))
    returned = Claim.objects.filter(registration=OuterRef("pk"), state=states.RETURNED)
    found = mine.annotate(
        unallocated=unallocated, released=Exists(released), returned=Exists(returned), n=Count("entries")
    ).filter(Q(unallocated__gt=0) | Q(released=True) | Q(n=0))
    return sorted((_waiting(registration) for registration in found[:200]), key=lambda row: row.since)


def _waiting(registration: Registration) -> Waiting:
    since = registration.changed_at
    if registration.n == 0:
        return Waiting(since, registration, "no units chosen yet", "Choose units", "choose_units")
    if registration.unallocated:
        what = f"{registration.unallocated} units without an assessor or IQA"
        return Waiting(since, registration, what, "Allocate", "allocate")
    what = "returned by the EQA" if registration.returned else "released by the IQA"
    return Waiting(since, registration, what, "Claim", "claim")


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
    whole = actor.role in {ADMINISTRATOR, EQA, LEARNER}
    return {
        "registration": registration,
        "entries": entries,
        "done": done,
        "release": latest_release(registration),
        "claim": claim_of(registration, actor),
        "verdict": verdict_on(registration, done)[0] if whole else None,
        "may_allocate": actor.role == ADMINISTRATOR and registration.state == portfolio.ACTIVE,
        "may_release": actor.role == IQA,
        "may_claim": actor.role == ADMINISTRATOR,
    }


def claim_of(registration: Registration, actor: Actor) -> Claim | None:
    """The claim that stands for this registration, for those who may read claims."""
    return claims_for(actor).filter(registration=registration).exclude(state=states.RETURNED).first()


def status_of(claim: Claim, actor: Actor) -> dict:
    """One claim with its documents, or how far the work on them is."""
    job = jobs_about(f"claim:{claim.public_id}").first()
    return {
        "claim": claim,
        "job": job,
        "certificates": list(certificates_for(actor).filter(claim=claim)),
        "being_made": claim.state == states.APPROVED,
    }


def trail_of(registration: Registration, actor: Actor) -> QuerySet[Entry] | None:
    """The record of a registration: whole for administrator, IQA and EQA; one's own deeds for learner and assessor."""
    entries = audit_entries_of(chain=registration_chain(registration.pk)).order_by("-number")
    if actor.role in {ADMINISTRATOR, IQA, EQA}:
        return entries
    if actor.role in {LEARNER, ASSESSOR}:
        return entries.filter(actor_id=actor.user_id)
    return None

