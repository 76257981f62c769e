"""Reading judgements: a unit criterion by criterion, what waits for a countersignature, what a learner was told."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, QuerySet

from assessments import rules, states
from assessments.models import Feedback, Judgement, SignOff
from audit.actors import ASSESSOR, LEARNER, Actor
from centres.states import TRAINEE
from portfolios import states as portfolio
from portfolios.models import Reference, UnitEntry
from portfolios.queries import entries_for, may_countersign
from quals.models import Criterion


@dataclass
class CriterionRow:
    """One criterion of a unit entry: its state, the judgement that stands, and the submitted references to it."""

    criterion: Criterion
    judgement: Judgement | None = None
    references: list[Reference] = field(default_factory=list)

    @property
    def state(self) -> str:
        """nothing · claimed · met · not_yet · provisional (the glyphs of the matrix)."""
        if self.judgement is None:
            return "claimed" if self.references else "nothing"
        if self.judgement.outcome == states.NOT_YET or is_returned(self.judgement):
            return "claimed" if any(reference.settled_at is None for reference in self.references) else "not_yet"
        return "met" if rules.counts(self.judgement) else "provisional"


def is_returned(judgement: Judgement) -> bool:
    countersignature = getattr(judgement, "countersignature", None)
    return countersignature is not None and countersignature.outcome == states.RETURNED


def criteria_rows(entry: UnitEntry) -> list[CriterionRow]:
    """The unit's criteria in order with where each stands: three queries, whatever the amount of evidence."""
    judgements = {
        judgement.criterion_id: judgement
        for judgement in Judgement.objects.filter(entry=entry, superseded_by__isnull=True).select_related(
            "assessor", "countersignature__countersigner"
        )
    }
    references = defaultdict(list)
    for reference in (
        Reference.objects.filter(entry=entry, version__submitted_at__isnull=False)
        .select_related("version__evidence")
        .order_by("version__submitted_at")
    ):
        references[reference.criterion_id].append(reference)
    criteria = Criterion.objects.filter(unit_id=entry.unit_id).select_related("outcome").order_by("position")
    return [CriterionRow(each, judgements.get(each.pk), references[each.pk]) for each in criteria]


def judgements_for(actor: Actor) -> QuerySet[Judgement]:
    return Judgement.objects.filter(entry__in=entries_for(actor).values("pk")).select_related(
        "criterion", "entry__unit", "entry__registration__learner", "assessor", "countersignature"
    )


def history_of(entry: UnitEntry, criterion: Criterion) -> QuerySet[Judgement]:
    """Every judgement of a criterion, the latest first: nothing is ever overwritten (ASM-5)."""
    found = Judgement.objects.filter(entry=entry, criterion=criterion)
    return found.select_related("assessor", "countersignature__countersigner").order_by("-pk")


def countersignable_for(actor: Actor) -> QuerySet[Judgement]:
    """Trainees' judgements that stand, wait for a countersignature, and that this assessor may countersign."""
    if actor.role != ASSESSOR:
        return Judgement.objects.none()
    entries = UnitEntry.objects.filter(may_countersign(actor), centre_id=actor.centre_id, state=portfolio.OPEN)
    return (
        Judgement.objects.filter(
            entry__in=entries.values("pk"),
            standing=TRAINEE,
            superseded_by__isnull=True,
            countersignature__isnull=True,
        )
        .exclude(assessor_id=actor.user_id)
        .select_related("criterion", "entry__unit", "entry__registration__learner", "assessor")
        .order_by("decided_at")
    )


def sign_offs_to_countersign_for(actor: Actor) -> QuerySet[SignOff]:
    """Trainees' sign-offs that stand and wait for a countersignature this assessor may give."""
    if actor.role != ASSESSOR:
        return SignOff.objects.none()
    entries = UnitEntry.objects.filter(may_countersign(actor), centre_id=actor.centre_id, state=portfolio.SIGNED_OFF)
    return (
        SignOff.objects.filter(
            entry__in=entries.values("pk"),
            standing=TRAINEE,
            countersignature__isnull=True,
            reopening__isnull=True,
        )
        .exclude(assessor_id=actor.user_id)
        .select_related("entry__unit", "entry__registration__learner", "assessor")
        .order_by("signed_at")
    )


def ready_to_sign_off_for(actor: Actor) -> QuerySet[UnitEntry]:
    """The assessor's open entries whose every criterion is met and counts."""
    return (
        UnitEntry.objects.filter(
            centre_id=actor.centre_id,
            assessor_id=actor.user_id,
            state=portfolio.OPEN,
            registration__state=portfolio.ACTIVE,
            criteria_total__gt=0,
            criteria_met=F("criteria_total"),
        )
        .select_related("unit", "registration__learner")
        .order_by("changed_at")
    )


def to_confirm_for(actor: Actor) -> QuerySet[UnitEntry]:
    """A learner's signed-off units that wait for their confirmation: sign-offs that count."""
    if actor.role != LEARNER:
        return UnitEntry.objects.none()
    provisional = SignOff.objects.filter(
        entry=OuterRef("pk"), reopening__isnull=True, standing=TRAINEE, countersignature__isnull=True
    )
    return entries_for(actor).filter(~Exists(provisional), state=portfolio.SIGNED_OFF).select_related("unit")


def feedback_for(actor: Actor) -> QuerySet[Feedback]:
    """Feedback in the entries this actor may read, newest first."""
    return (
        Feedback.objects.filter(entry__in=entries_for(actor).values("pk"))
        .select_related("author", "evidence", "entry__unit")
        .order_by("-given_at")
    )
