"""Reading verification: an IQA's grid and samples, action points, and everything a release relies on."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from audit.actors import ASSESSOR, EQA, IQA, Actor
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from portfolios.queries import entries_for, registrations_for
from verification.models import ActionPoint, Sample


def samples_for(actor: Actor) -> QuerySet[Sample]:
    """An IQA's own samples and those of entries allocated to them; an EQA's allocation. An assessor sees what was found
    through action points, not the plan (IQA-9)."""
    samples = Sample.objects.select_related("entry__unit", "entry__registration__learner", "entry__assessor", "iqa")
    if actor.role not in {IQA, EQA}:
        return samples.none()
    return samples.filter(entry__in=entries_for(actor).values("pk"))


def action_points_for(actor: Actor) -> QuerySet[ActionPoint]:
    """Action points an assessor has to answer, an IQA has raised, or an EQA may read."""
    points = ActionPoint.objects.select_related(
        "entry__unit", "entry__registration__learner", "assessor", "finding__sample", "finding__iqa"
    ).order_by("due_on", "pk")
    if actor.role == ASSESSOR:
        return points.filter(entry__centre_id=actor.centre_id, assessor_id=actor.user_id)
    if actor.role in {IQA, EQA}:
        return points.filter(entry__in=entries_for(actor).values("pk"))
    return points.none()


def grid_for(actor: Actor) -> QuerySet[Registration]:
    """An IQA's registrations with the entries allocated to them and the samples on each: three queries."""
    mine = UnitEntry.objects.filter(iqa_id=actor.user_id).select_related("unit", "assessor").order_by("unit__position")
    samples = Sample.objects.order_by("pk")
    return (
        registrations_for(actor)
        .prefetch_related(Prefetch("entries", queryset=mine.prefetch_related(Prefetch("samples", queryset=samples))))
        .order_by("learner__name", "pk")
    )


def releasable_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations of an IQA in which at least one unit is confirmed; whether they may be released is the rule's matter."""
    if actor.role != IQA:
        return Registration.objects.none()
    confirmed = UnitEntry.objects.filter(registration=OuterRef("pk"), state=portfolio.CONFIRMED)
    return registrations_for(actor).filter(Exists(confirmed), state=portfolio.ACTIVE)
