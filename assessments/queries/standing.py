"""Where a unit stands: its criteria with judgement, history and evidence, as rows and as a matrix."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, F, QuerySet
from django.db.models.functions import RowNumber

from assessments import rules, states
from assessments.models import Judgement, SignOff
from assessments.queries.claims import Claim, claims_in, within_criterion
from audit.actors import ADMINISTRATOR, ASSESSOR, Actor
from portfolios import states as portfolio
from portfolios.models import UnitEntry
from portfolios.queries import entries_for
from quals.models import Criterion, EvidenceRequirement
from quals.queries import evidence_requirements_of

SHOWN_AT_ONCE = 6
EARLIER_SHOWN = 1
COLUMNS_A_PAGE = 24


class Counted(NamedTuple):
    """How much there is for a criterion, where a row holds only the first few of it."""

    claims: int
    waiting: int
    earlier: int


@dataclass
class CriterionRow:
    """One criterion of a unit entry: its state, the judgement that stands, the earlier ones (the latest first), and the
    claims to it from each piece's last submitted version, the newest first. `counted` where these are the first few."""

    criterion: Criterion
    judgement: Judgement | None = None
    references: list[Claim] = field(default_factory=list)
    earlier: list[Judgement] = field(default_factory=list)
    counted: Counted | None = None

    @property
    def claims(self) -> int:
        return self.counted.claims if self.counted else len(self.references)

    @property
    def waits(self) -> bool:
        """Whether a claim has not been judged yet."""
        if self.counted:
            return self.counted.waiting > 0
        return any(reference.settled_at is None for reference in self.references)

    @property
    def judged_before(self) -> int:
        return self.counted.earlier if self.counted else len(self.earlier)

    @property
    def state(self) -> str:
        """nothing · claimed · met · not_yet · provisional (the glyphs of the matrix)."""
        if self.judgement is None:
            return "claimed" if self.claims else "nothing"
        if self.judged == "not_yet" and self.waits:
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
        return max(0, self.claims - SHOWN_AT_ONCE)

    @property
    def more_earlier(self) -> int:
        return self.judged_before - len(self.earlier)


def is_returned(judgement: Judgement) -> bool:
    countersignature = getattr(judgement, "countersignature", None)
    return countersignature is not None and countersignature.outcome == states.RETURNED


def entry_pages_for(actor: Actor) -> QuerySet[UnitEntry]:
    """Unit entries this actor may read, with what the head of a page says of them."""
    return _with_head(entries_for(actor))


def entry_page_for(actor: Actor, public_id: UUID) -> UnitEntry | None:
    """One of them. An assessor's own is looked for first: who may countersign is a long question for the database."""
    if actor.role == ASSESSOR:
        own = UnitEntry.objects.filter(centre_id=actor.centre_id, assessor_id=actor.user_id)
        if found := _with_head(own).filter(public_id=public_id).first():
            return found
    return entry_pages_for(actor).filter(public_id=public_id).first()


def _with_head(entries: QuerySet[UnitEntry]) -> QuerySet[UnitEntry]:
    return entries.select_related(
        "unit", "centre", "registration__learner", "registration__qualification", "assessor", "iqa"
    )


def criteria_rows(entry: UnitEntry) -> list[CriterionRow]:
    """The unit's criteria in order with where each stands: three queries, whatever the amount of evidence."""
    judgements = _by_criterion(_judgements_in(entry))
    references = _by_criterion(claims_in(entry))
    return [_row(each, judgements[each.pk], references[each.pk]) for each in _criteria_of(entry)]


def brief_rows(entry: UnitEntry, *, history: str = "") -> list[CriterionRow]:
    """The same with the newest few claims and earlier judgements of each criterion and how many there are; `history`:
    the code of a criterion whose earlier judgements are all wanted. Three queries, four with a history."""
    shown = _judgements_in(entry).annotate(
        place=within_criterion(RowNumber(), order_by=F("pk").desc()), of=within_criterion(Count("pk"))
    )
    judgements = _by_criterion(shown.filter(place__lte=1 + EARLIER_SHOWN))
    criteria = list(_criteria_of(entry))
    if whole := next((each for each in criteria if each.code == history), None):
        judgements[whole.pk] = list(shown.filter(criterion=whole))
    references = _by_criterion(claims_in(entry, first=SHOWN_AT_ONCE))
    rows = [_row(each, judgements[each.pk], references[each.pk]) for each in criteria]
    for row in rows:
        claims, waiting = (row.references[0].of, row.references[0].waiting) if row.references else (0, 0)
        row.counted = Counted(claims, waiting, row.judgement.of - 1 if row.judgement else 0)
    return rows


def _judgements_in(entry: UnitEntry) -> QuerySet[Judgement]:
    found = Judgement.objects.filter(entry=entry).select_related("assessor", "countersignature__countersigner")
    return found.order_by("-pk")


def _criteria_of(entry: UnitEntry) -> QuerySet[Criterion]:
    return Criterion.objects.filter(unit_id=entry.unit_id).select_related("outcome").order_by("position")


def _by_criterion(found: Iterable) -> defaultdict[int, list]:
    rows = defaultdict(list)
    for each in found:
        rows[each.criterion_id].append(each)
    return rows


def _row(criterion: Criterion, judgements: list[Judgement], claims: list[Claim]) -> CriterionRow:
    superseded = {each.supersedes_id for each in judgements}
    current = next((each for each in judgements if each.pk not in superseded), None)
    return CriterionRow(criterion, current, claims, [each for each in judgements if each is not current])


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
            unit__criteria_total__gt=0,
            criteria_met=F("unit__criteria_total"),
        )
        .select_related("unit", "registration__learner")
        .order_by("changed_at")
    )
