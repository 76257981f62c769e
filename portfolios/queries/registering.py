"""What an administrator registers from: learners, qualifications on offer, and whom to allocate."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from accounts.models import Invitation, User
from audit.actors import Actor
from centres.queries import approved_qans_for, competences_for, staff_for_units
from centres.states import TRAINEE
from portfolios import states
from portfolios.models import Learner, Registration, UnitEntry
from portfolios.queries.portfolio import entries_for, learners_for, registrations_for
from quals.models import Qualification
from quals.states import PUBLISHED


def counted(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Registrations with how many units and criteria they hold, and how many of them are done."""
    return registrations.annotate(
        units=Count("entries"),
        units_done=Count("entries", filter=~Q(entries__state=states.OPEN)),
        units_alone=Count("entries", filter=Q(entries__assessor=None) | Q(entries__iqa=None)),
        criteria=Sum("entries__unit__criteria_total", default=0),
        criteria_met=Sum("entries__criteria_met", default=0),
    ).order_by("registered_on", "pk")


def learner_list_for(actor: Actor, *, text: str = "") -> QuerySet[Learner]:
    """Learners by name, with their registrations and counters: every word of `text` is found somewhere in a row."""
    found = learners_for(actor)
    for word in text.split():
        registrations = Registration.objects.filter(learner=OuterRef("pk"))
        on = registrations.filter(Q(qan__icontains=word) | Q(qualification__title__icontains=word))
        found = found.filter(
            Q(name__icontains=word) | Q(user__email__icontains=word) | Q(uln__startswith=word) | Exists(on)
        )
    registrations = counted(Registration.objects.select_related("qualification"))
    return found.order_by("name", "pk").prefetch_related(Prefetch("registrations", registrations))


def learner_by_email(actor: Actor, email: str) -> Learner | None:
    return learners_for(actor).filter(user__email__iexact=email.strip()).first()


def registrations_of(learner: Learner, actor: Actor) -> QuerySet[Registration]:
    return counted(registrations_for(actor).filter(learner=learner))


def invitation_of(learner: Learner) -> Invitation | None:
    """The last invitation of somebody who has not chosen a password yet."""
    if learner.user.has_usable_password():
        return None
    return Invitation.objects.filter(user=learner.user).order_by("-sent_at", "-pk").first()


def offered_qualifications(actor: Actor) -> list[Qualification]:
    """What the centre is approved for today, by title: of each number the issue published last."""
    published = Qualification.objects.filter(specification__state=PUBLISHED, qan__in=approved_qans_for(actor)).order_by(
        "specification__published_at", "pk"
    )
    newest = {qualification.qan: qualification for qualification in published}
    return sorted(newest.values(), key=lambda qualification: (qualification.title, qualification.qan))


@dataclass(frozen=True)
class Candidate:
    """Somebody approved today for some of a registration's units, and in training for some of those."""

    user: User
    units: frozenset[int]
    training: frozenset[int]


def candidates_for(actor: Actor, *, entries: Iterable[UnitEntry], kind: str) -> list[Candidate]:
    """Who could be allocated to these unit entries, by name; never the learner (STF-7)."""
    entries = list(entries)
    unit_ids = [entry.unit_id for entry in entries]
    learners = {entry.registration.learner.user_id for entry in entries}
    learning = set(
        competences_for(actor)
        .filter(unit_id__in=unit_ids, kind=kind, standing=TRAINEE)
        .values_list("user_id", "unit_id")
    )
    people = staff_for_units(actor, unit_ids=unit_ids, kind=kind)
    return [
        Candidate(user, frozenset(units), frozenset(unit for unit in units if (user.pk, unit) in learning))
        for user, units, _ in people
        if user.pk not in learners
    ]


def registrations_with_entries(actor: Actor | None) -> QuerySet[Registration]:
    """One's own registrations with those unit entries that one may read, in three queries; nothing without a role."""
    if actor is None:
        return Registration.objects.none()
    entries = entries_for(actor).select_related("unit", "assessor", "iqa").order_by("unit__position", "pk")
    found = registrations_for(actor).prefetch_related(Prefetch("entries", entries))
    return found.order_by("learner__name", "registered_on", "pk")
