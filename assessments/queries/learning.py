"""What a learner does next (confirm a unit, answer an assessor, finish a draft), and what they were told."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from assessments import states
from assessments.models import Feedback, JudgedOn, Judgement, SignOff
from audit.actors import LEARNER, Actor
from centres.states import TRAINEE
from portfolios import states as portfolio
from portfolios.models import Evidence, UnitEntry, Version
from portfolios.queries import entries_for, evidence_for

CONFIRM = "confirm"
ANSWER = "answer"
FINISH = "finish"


@dataclass(frozen=True)
class NextStep:
    """One thing to do. `entry` for a unit to confirm; `evidence` for a piece to renew or to finish, with the judgements
    that asked for it."""

    kind: str
    entry: UnitEntry | None = None
    evidence: Evidence | None = None
    asked: tuple[Judgement, ...] = ()


def to_confirm_for(actor: Actor) -> QuerySet[UnitEntry]:
    """A learner's signed-off units that wait for their confirmation: sign-offs that count."""
    if actor.role != LEARNER:
        return UnitEntry.objects.none()
    provisional = SignOff.objects.filter(
        entry=OuterRef("pk"), reopening__isnull=True, standing=TRAINEE, countersignature__isnull=True
    )
    return entries_for(actor).filter(~Exists(provisional), state=portfolio.SIGNED_OFF).select_related("unit")


def rings_for(actor: Actor) -> QuerySet[UnitEntry]:
    """A learner's units, each with how far it is, in the order of their registrations and of the specification."""
    if actor.role != LEARNER:
        return UnitEntry.objects.none()
    return (
        entries_for(actor)
        .select_related("unit", "registration__qualification")
        .order_by("registration_id", "unit__position")
    )


def next_steps_for(actor: Actor) -> list[NextStep]:
    """What waits for a learner: units to confirm, pieces that need a new version, drafts. Three queries."""
    if actor.role != LEARNER:
        return []
    steps = [NextStep(CONFIRM, entry=entry) for entry in to_confirm_for(actor)]
    asked: dict[Evidence, list[Judgement]] = {}
    for named in (
        JudgedOn.objects.filter(
            judgement__entry__in=entries_for(actor).values("pk"),
            judgement__outcome=states.NOT_YET,
            judgement__superseded_by__isnull=True,
            version__evidence__state=portfolio.ACTION_NEEDED,
        )
        .select_related("judgement__criterion", "judgement__assessor", "judgement__entry__unit", "version__evidence")
        .order_by("judgement__decided_at")
    ):
        asked.setdefault(named.version.evidence, []).append(named.judgement)
    begun = Version.objects.filter(evidence=OuterRef("pk"), submitted_at__isnull=True)
    drafts = list(evidence_for(actor).filter(Exists(begun)).order_by("changed_at"))
    drafted = {evidence.pk for evidence in drafts}
    steps += [
        NextStep(ANSWER, evidence=evidence, asked=tuple(judgements))
        for evidence, judgements in asked.items()
        if evidence.pk not in drafted
    ]
    steps += [NextStep(FINISH, evidence=draft, asked=tuple(asked.get(draft, ()))) for draft in drafts]
    return steps


def feedback_in(entry: UnitEntry) -> QuerySet[Feedback]:
    """Feedback in one entry that somebody may read already, newest first."""
    return entry.feedback.select_related("author", "evidence").order_by("-given_at")


def feedback_for(actor: Actor) -> QuerySet[Feedback]:
    """Feedback in the entries this actor may read, newest first."""
    return (
        Feedback.objects.filter(entry__in=entries_for(actor).values("pk"))
        .select_related("author", "evidence", "entry__unit")
        .order_by("-given_at")
    )
