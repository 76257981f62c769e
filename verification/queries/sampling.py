"""Samples, action points and the registrations they belong to, in somebody's name."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from audit.actors import ASSESSOR, EQA, IQA, Actor
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from portfolios.queries import entries_for, registrations_for
from verification import states
from verification.models import ActionPoint, Answer, Finding, Sample


def samples_for(actor: Actor) -> QuerySet[Sample]:
    """An IQA's own samples and those of entries allocated to them; an EQA's allocation. An assessor sees what was found
    through action points, not the plan (IQA-9)."""
    samples = Sample.objects.select_related("entry__unit", "entry__registration__learner", "entry__assessor", "iqa")
    if actor.role not in {IQA, EQA}:
        return samples.none()
    return samples.filter(entry__in=entries_for(actor).values("pk"))


def action_points_for(actor: Actor) -> QuerySet[ActionPoint]:
    """Action points an assessor has to answer (theirs, and those of units they have taken over), an IQA has raised, or
    an EQA may read."""
    points = ActionPoint.objects.select_related(
        "entry__unit", "entry__centre", "entry__registration__learner", "assessor", "finding__sample", "finding__iqa"
    ).order_by("due_on", "pk")
    if actor.role == ASSESSOR:
        mine = Q(assessor_id=actor.user_id) | Q(entry__assessor_id=actor.user_id)
        return points.filter(mine, entry__centre_id=actor.centre_id)
    if actor.role in {IQA, EQA}:
        return points.filter(entry__in=entries_for(actor).values("pk"))
    return points.none()


def grid_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations with the entries that an IQA verifies or an EQA may read, and who assesses them: two queries."""
    mine = entries_for(actor).select_related("unit").annotate(assessed_by=F("assessor__name"))
    found = registrations_for(actor) if actor.role in {IQA, EQA} else Registration.objects.none()
    return found.prefetch_related(Prefetch("entries", mine)).order_by("learner__name", "pk")


def releasable_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations of an IQA in which at least one unit is confirmed; whether they may be released says the rule."""
    if actor.role != IQA:
        return Registration.objects.none()
    confirmed = UnitEntry.objects.filter(registration=OuterRef("pk"), state=portfolio.CONFIRMED)
    return registrations_for(actor).filter(Exists(confirmed), state=portfolio.ACTIVE)


def finding_history_of(sample: Sample) -> QuerySet[Finding]:
    """What was found, the latest first, each with its action point and the answers to it: two queries."""
    answers = Prefetch("action_point__answers", queryset=Answer.objects.select_related("author").order_by("pk"))
    found = Finding.objects.filter(sample=sample).select_related("iqa", "action_point__assessor")
    return found.prefetch_related(answers).order_by("-number")


def next_sample_for(actor: Actor, sample: Sample) -> Sample | None:
    """The sample that waits next for this IQA: of those planned, the first after this one, else the first of all."""
    if actor.role != IQA:
        return None
    planned = samples_for(actor).filter(state=states.PLANNED).exclude(pk=sample.pk).order_by("planned_at", "pk")
    after = planned.filter(planned_at__gte=sample.planned_at).first()
    return after or planned.first()
