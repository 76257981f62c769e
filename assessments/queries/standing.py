"""Where a unit stands: its criteria with judgement, history and evidence, as rows and as a matrix."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform

from assessments import rules, states
from assessments.models import Judgement, SignOff
from audit.actors import ADMINISTRATOR, Actor
from portfolios import states as portfolio
from portfolios.models import Reference, UnitEntry, Version
from portfolios.queries import entries_for
from quals.models import Criterion, EvidenceRequirement
from quals.queries import evidence_requirements_of

SHOWN_AT_ONCE = 6
COLUMNS_A_PAGE = 24


class Claim(NamedTuple):
    """A reference to a criterion from the last submitted version of a piece, with the piece's title and kind as they
    were submitted. Slim, because a unit may hold a thousand."""

    criterion_id: int
    version_id: int
    piece_id: UUID
    title: str
    kind: str
    pointer: str
    settled_at: datetime | None
    submitted_at: datetime


@dataclass
class CriterionRow:
    """One criterion of a unit entry: its state, the judgement that stands, the earlier ones (the latest first), and the
    claims to it from each piece's last submitted version, the newest first."""

    criterion: Criterion
    judgement: Judgement | None = None
    references: list[Claim] = field(default_factory=list)
    earlier: list[Judgement] = field(default_factory=list)

    @property
    def state(self) -> str:
        """nothing · claimed · met · not_yet · provisional (the glyphs of the matrix)."""
        if self.judgement is None:
            return "claimed" if self.references else "nothing"
        if self.judged == "not_yet" and any(reference.settled_at is None for reference in self.references):
            return "claimed"
        return self.judged

    @property
    def judged(self) -> str:
        """What the judgement that stands says, whatever has been claimed since; claimed where there is none."""
        if self.judgement is None:
            return "claimed"
        if self.judgement.outcome == states.NOT_YET or self.is_returned:
            return "not_yet"
        return "met" if rules.counts(self.judgement) else "provisional"

    @property
    def is_returned(self) -> bool:
        return self.judgement is not None and is_returned(self.judgement)

    @property
    def shown(self) -> list[Claim]:
        return self.references[:SHOWN_AT_ONCE]

    @property
    def more(self) -> int:
        return max(0, len(self.references) - SHOWN_AT_ONCE)


def is_returned(judgement: Judgement) -> bool:
    countersignature = getattr(judgement, "countersignature", None)
    return countersignature is not None and countersignature.outcome == states.RETURNED


def entry_pages_for(actor: Actor) -> QuerySet[UnitEntry]:
    """Unit entries this actor may read, with what the head of a page says of them."""
    return entries_for(actor).select_related(
        "unit", "centre", "registration__learner", "registration__qualification", "assessor", "iqa"
    )


def criteria_rows(entry: UnitEntry) -> list[CriterionRow]:
    """The unit's criteria in order with where each stands: three queries, whatever the amount of evidence."""
    judgements = defaultdict(list)
    for judgement in (
        Judgement.objects.filter(entry=entry)
        .select_related("assessor", "countersignature__countersigner")
        .order_by("-pk")
    ):
        judgements[judgement.criterion_id].append(judgement)
    references = defaultdict(list)
    for claim in claims_in(entry):
        references[claim.criterion_id].append(claim)
    criteria = Criterion.objects.filter(unit_id=entry.unit_id).select_related("outcome").order_by("position")
    return [_row(criterion, judgements[criterion.pk], references[criterion.pk]) for criterion in criteria]


def _row(criterion: Criterion, judgements: list[Judgement], claims: list[Claim]) -> CriterionRow:
    superseded = {each.supersedes_id for each in judgements}
    current = next((each for each in judgements if each.pk not in superseded), None)
    return CriterionRow(criterion, current, claims, [each for each in judgements if each is not current])


def claims_in(entry: UnitEntry, *, only: Iterable[int] | None = None, but: int | None = None) -> list[Claim]:
    """Claims of an entry, the newest piece first; `only` these criteria, all `but` this version's."""
    newer = Version.objects.filter(
        evidence=OuterRef("version__evidence"), submitted_at__isnull=False, number__gt=OuterRef("version__number")
    )
    found = Reference.objects.filter(~Exists(newer), entry=entry, version__submitted_at__isnull=False)
    found = found if only is None else found.filter(criterion__in=list(only)).exclude(version=but)
    named = found.order_by("-version__submitted_at", "-version_id").values_list(
        "criterion_id",
        "version_id",
        "version__evidence__public_id",
        KeyTextTransform("title", "version__contents"),
        KeyTextTransform("kind", "version__contents"),
        "pointer",
        "settled_at",
        "version__submitted_at",
    )
    return [Claim(*values) for values in named]


@dataclass(frozen=True)
class Matrix:
    """Criteria down, evidence across: `columns` are claims that stand for their piece, `lines` pair each row with
    its cells (the claim in that column, or nothing)."""

    columns: list[Claim]
    lines: list[tuple[CriterionRow, list[Claim | None]]]
    total: int
    page: int

    @property
    def pages(self) -> range:
        return range(1, (self.total + COLUMNS_A_PAGE - 1) // COLUMNS_A_PAGE + 1)


def matrix_of(rows: Sequence[CriterionRow], *, page: int = 1) -> Matrix:
    """The rows as a matrix; evidence newest first, so many pieces a page."""
    pieces: dict[int, Claim] = {}
    for row in rows:
        for reference in row.references:
            pieces.setdefault(reference.version_id, reference)
    ordered = sorted(pieces.values(), key=lambda each: (each.submitted_at, each.version_id), reverse=True)
    page = min(max(page, 1), (len(ordered) + COLUMNS_A_PAGE - 1) // COLUMNS_A_PAGE or 1)
    columns = ordered[(page - 1) * COLUMNS_A_PAGE : page * COLUMNS_A_PAGE]
    lines = []
    for row in rows:
        by_version = {reference.version_id: reference for reference in row.references}
        lines.append((row, [by_version.get(column.version_id) for column in columns]))
    return Matrix(columns, lines, len(ordered), page)


def signed_off_facts(entry: UnitEntry) -> SignOff | None:
    """The sign-off that stands, with who signed what on it."""
    if entry.state == portfolio.OPEN:
        return None
    return (
        entry.sign_offs.filter(reopening__isnull=True)
        .select_related("assessor", "countersignature__countersigner", "confirmation")
        .order_by("-number")
        .first()
    )


def requirements_of(entry: UnitEntry) -> QuerySet[EvidenceRequirement]:
    return evidence_requirements_of(entry.unit)


def may_open_evidence(actor: Actor) -> bool:
    """An administrator sees progress, not evidence."""
    return actor.role != ADMINISTRATOR


def judgements_for(actor: Actor) -> QuerySet[Judgement]:
    return Judgement.objects.filter(entry__in=entries_for(actor).values("pk")).select_related(
        "criterion", "entry__unit", "entry__registration__learner", "assessor", "countersignature"
    )


def history_of(entry: UnitEntry, criterion: Criterion) -> QuerySet[Judgement]:
    """Every judgement of a criterion, the latest first: nothing is ever overwritten (ASM-5)."""
    found = Judgement.objects.filter(entry=entry, criterion=criterion)
    return found.select_related("assessor", "countersignature__countersigner").order_by("-pk")


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
