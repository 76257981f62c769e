"""Reading portfolios, always in somebody's name: each role's own rows and nobody else's."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from audit.actors import ADMINISTRATOR, ASSESSOR, EQA, IQA, LEARNER, Actor, today
from centres.models import Competence
from centres.states import ASSESS, QUALIFIED, TRAINEE
from portfolios import states
from portfolios.models import Evidence, File, Learner, Reference, Registration, UnitEntry, Version
from quals.models import Criterion, Outcome


def _allocated(actor: Actor, centre: str, qan: str) -> Q:
    """Rows of the centres and qualifications an EQA is allocated to; nothing for an EQA without allocations."""
    condition = Q(pk__in=[])
    for centre_id, allocated in actor.allocations:
        condition |= Q(**{centre: centre_id, qan: allocated})
    return condition


def entries_for(actor: Actor) -> QuerySet[UnitEntry]:
    """Unit entries this actor may read: a learner's own, an assessor's and an IQA's allocation (and what an assessor
    may countersign), an administrator's centre, an EQA's allocation."""
    at_centre = UnitEntry.objects.filter(centre_id=actor.centre_id)
    if actor.role == LEARNER:
        return at_centre.filter(registration__learner__user_id=actor.user_id)
    if actor.role == ASSESSOR:
        return at_centre.filter(Q(assessor_id=actor.user_id) | may_countersign(actor))
    if actor.role == IQA:
        return at_centre.filter(iqa_id=actor.user_id)
    if actor.role == ADMINISTRATOR:
        return at_centre
    if actor.role == EQA:
        return UnitEntry.objects.filter(_allocated(actor, "centre_id", "registration__qan"))
    return UnitEntry.objects.none()


def may_countersign(actor: Actor) -> Q:
    """Entries of an assessor in training, in units that this actor is approved and qualified for."""
    in_force = Competence.objects.in_force(today()).filter(
        centre_id=OuterRef("centre_id"), unit_id=OuterRef("unit_id"), kind=ASSESS
    )
    trainee = Exists(in_force.filter(user_id=OuterRef("assessor_id"), standing=TRAINEE))
    mine = Exists(in_force.filter(user_id=actor.user_id, standing=QUALIFIED))
    return mine & ~Q(assessor_id=actor.user_id) & (Q(criteria_provisional__gt=0) | Q(trainee))


def registrations_for(actor: Actor) -> QuerySet[Registration]:
    registrations = Registration.objects.select_related("learner", "qualification", "centre")
    if actor.role == LEARNER:
        return registrations.filter(centre_id=actor.centre_id, learner__user_id=actor.user_id)
    if actor.role == ADMINISTRATOR:
        return registrations.filter(centre_id=actor.centre_id)
    if actor.role == EQA:
        return registrations.filter(_allocated(actor, "centre_id", "qan"))
    return registrations.filter(Exists(entries_for(actor).filter(registration=OuterRef("pk"))))


def learners_for(actor: Actor) -> QuerySet[Learner]:
    if actor.role == ADMINISTRATOR:
        return Learner.objects.filter(centre_id=actor.centre_id).select_related("user")
    if actor.role == LEARNER:
        return Learner.objects.filter(centre_id=actor.centre_id, user_id=actor.user_id)
    return Learner.objects.none()


def evidence_for(actor: Actor) -> QuerySet[Evidence]:
    """Evidence this actor may open. Others than the learner see it once it was submitted for a unit of theirs;
    an administrator sees progress, not evidence."""
    evidence = Evidence.objects.select_related("learner", "centre").exclude(state=states.DISCARDED)
    if actor.role == LEARNER:
        return evidence.filter(centre_id=actor.centre_id, learner__user_id=actor.user_id)
    if actor.role not in {ASSESSOR, IQA, EQA}:
        return evidence.none()
    submitted = Reference.objects.filter(
        version__evidence=OuterRef("pk"),
        version__submitted_at__isnull=False,
        entry__in=entries_for(actor).values("pk"),
    )
    return evidence.filter(Exists(submitted))


def versions_for(actor: Actor) -> QuerySet[Version]:
    """Versions of the evidence this actor may open: drafts only for the learner."""
    versions = Version.objects.filter(evidence__in=evidence_for(actor).values("pk")).select_related("evidence")
    return versions if actor.role == LEARNER else versions.filter(submitted_at__isnull=False)


def files_for(actor: Actor) -> QuerySet[File]:
    return File.objects.filter(version__in=versions_for(actor).values("pk")).select_related("blob", "version__evidence")


def draft_of(evidence: Evidence) -> Version | None:
    return evidence.versions.filter(submitted_at__isnull=True).first()


def latest_of(evidence: Evidence) -> Version:
    """The draft if there is one, else the last submitted version, with its files and references."""
    return evidence.versions.prefetch_related("files__blob", "references__criterion").order_by("-number").first()


def evidence_list_for(actor: Actor) -> QuerySet[Evidence]:
    """A learner's evidence, newest change first, with its versions, files and the units it names: four queries."""
    named = Reference.objects.select_related("entry__unit", "criterion").order_by("entry_id", "criterion__position")
    versions = Version.objects.order_by("-number").prefetch_related(
        Prefetch("references", queryset=named), "files__blob"
    )
    return evidence_for(actor).order_by("-changed_at").prefetch_related(Prefetch("versions", queryset=versions))


def entries_of(registration: Registration, actor: Actor) -> QuerySet[UnitEntry]:
    """The unit entries of one registration that this actor may read, in the order of the specification."""
    found = entries_for(actor).filter(registration=registration)
    return found.select_related("unit", "assessor", "iqa", "registration__learner").order_by("unit__position")


def open_entries_for(actor: Actor) -> QuerySet[UnitEntry]:
    """A learner's units that can still gain evidence, with outcomes and criteria: for “What does it show?”."""
    found = entries_for(actor).filter(state=states.OPEN, registration__state=states.ACTIVE)
    return (
        found.select_related("unit", "registration__qualification")
        .prefetch_related(
            Prefetch("unit__outcomes", queryset=Outcome.objects.order_by("position")),
            Prefetch("unit__outcomes__criteria", queryset=Criterion.objects.order_by("position")),
        )
        .order_by("registration_id", "unit__position")
    )


def waiting_for_assessor(actor: Actor) -> QuerySet[Reference]:
    """Submitted references in the assessor's open entries that nobody has judged yet, oldest first."""
    return (
        Reference.objects.filter(
            entry__centre_id=actor.centre_id,
            entry__assessor_id=actor.user_id,
            entry__state=states.OPEN,
            settled_at__isnull=True,
            version__submitted_at__isnull=False,
        )
        .select_related("version__evidence", "entry__unit", "entry__registration__learner")
        .annotate(submitted_at=F("version__submitted_at"))
        .order_by("version__submitted_at")
    )
