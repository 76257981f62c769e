"""Reading what a learner gathers with: their own evidence, and every criterion that a piece can claim."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from audit.actors import LEARNER, Actor
from portfolios import states
from portfolios.models import Evidence, File, Learner, Reference, UnitEntry, Version
from portfolios.queries.portfolio import evidence_for, files_for, learners_for, open_entries_for, registrations_for
from quals.models import Criterion, Outcome
from quals.states import EVIDENCE_KINDS


def own_evidence_for(actor: Actor) -> QuerySet[Evidence]:
    """Evidence this actor may add to and change: a learner's own."""
    return evidence_for(actor) if actor.role == LEARNER else Evidence.objects.none()


def own_files_for(actor: Actor) -> QuerySet[File]:
    return files_for(actor) if actor.role == LEARNER else File.objects.none()


def own_learner_for(actor: Actor) -> Learner | None:
    """The learner that this actor is, if they act as one."""
    return learners_for(actor).first() if actor.role == LEARNER else None


def references_of(version: Version) -> QuerySet[Reference]:
    """What a version claims, in the order of the specification."""
    found = version.references.select_related("entry__unit", "criterion__outcome")
    return found.order_by("entry__registration_id", "entry__unit__position", "criterion__position")


@dataclass
class Piece:
    """One row of a learner's evidence: the piece with its versions at hand."""

    evidence: Evidence

    @property
    def latest(self) -> Version:
        return self.evidence.versions.all()[0]

    @property
    def draft(self) -> Version | None:
        return self.latest if self.latest.submitted_at is None else None

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(reference.entry.unit.code for reference in self.latest.references.all()))

    @property
    def needs_new_version(self) -> bool:
        return self.draft is None and self.evidence.state == states.ACTION_NEEDED


def pieces_of(found: Iterable[Evidence]) -> list[Piece]:
    return [Piece(evidence) for evidence in found]


@dataclass
class Claim:
    """One criterion that a piece can claim: whether it does, where in it to look, and whether another piece does."""

    entry: UnitEntry
    outcome: Outcome
    criterion: Criterion
    claimed: bool = False
    pointer: str = ""
    elsewhere: bool = False

    @property
    def key(self) -> str:
        """How a form names the criterion of the entry."""
        return f"{self.entry.public_id}:{self.criterion.pk}"

    @property
    def outcome_key(self) -> str:
        return f"{self.entry.public_id}:{self.outcome.pk}"

    @property
    def lacking(self) -> bool:
        return not self.claimed and not self.elsewhere


def claims_for(actor: Actor, draft: Version) -> list[Claim]:
    """Every criterion that the learner's draft can claim, in the order of the specification: five queries."""
    entries = list(open_entries_for(actor))
    mine = {(each.entry_id, each.criterion_id): each.pointer for each in draft.references.all()}
    others = Reference.objects.filter(entry__in=entries, version__submitted_at__isnull=False)
    others = others.exclude(version__evidence_id=draft.evidence_id)
    elsewhere = set(others.values_list("entry_id", "criterion_id").distinct())
    return [
        Claim(
            entry=entry,
            outcome=outcome,
            criterion=criterion,
            claimed=(entry.pk, criterion.pk) in mine,
            pointer=mine.get((entry.pk, criterion.pk), ""),
            elsewhere=(entry.pk, criterion.pk) in elsewhere,
        )
        for entry in entries
        for outcome in entry.unit.outcomes.all()
        for criterion in outcome.criteria.all()
    ]


def kinds_for(actor: Actor) -> list[tuple[str, str]]:
    """The kinds of evidence that the learner's qualifications allow; all kinds where no document says."""
    active = registrations_for(actor).filter(state=states.ACTIVE)
    allowed = {code for kinds in active.values_list("qualification__evidence_kinds", flat=True) for code in kinds}
    return [(code, word) for code, word in EVIDENCE_KINDS if code in allowed] or list(EVIDENCE_KINDS)
