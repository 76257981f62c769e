"""The piece of evidence to judge: its last version, the criteria it claims, and what waits before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from assessments import rules, states
from assessments.models import Judgement
from assessments.queries.claims import Claim, claims_in
from assessments.queries.standing import is_returned
from audit.actors import Actor
from portfolios.models import File, Reference, UnitEntry, Version
from portfolios.queries import waiting_for_assessor
from quals.models import Criterion

OTHERS_OFFERED = 8


@dataclass
class JudgingRow:
    """A criterion that the piece claims: where to look, the judgement that stands, and other evidence for it."""

    criterion: Criterion
    pointer: str
    judgement: Judgement | None = None
    others: list[Claim] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        """Whether it is met as it stands, countersigned or waiting for that."""
        return self.judgement is not None and self.judgement.outcome == states.MET and not is_returned(self.judgement)

    @property
    def state(self) -> str:
        if self.judgement is None:
            return "claimed"
        if not self.is_met:
            return "not_yet"
        return "met" if rules.counts(self.judgement) else "provisional"


@dataclass(frozen=True)
class Waiting:
    """Where somebody is among the pieces that wait for them."""

    place: int
    total: int
    previous: tuple[UUID, UUID] | None
    next: tuple[UUID, UUID] | None


@dataclass(frozen=True)
class Outlook:
    """Where the unit stands and where it will if every criterion on the page is met."""

    total: int
    met: int
    here: int

    @property
    def left(self) -> int:
        return self.total - self.met - self.here


def outlook_of(entry: UnitEntry, rows: Iterable[JudgingRow]) -> Outlook:
    """What judging these rows can do for the unit; a trainee's judgements stand in it as if countersigned."""
    met = entry.criteria_met + entry.criteria_provisional
    return Outlook(entry.criteria_total, met, sum(not row.is_met for row in rows))


def piece_to_judge(
    entry: UnitEntry, evidence_id: UUID | None = None, *, version_id: UUID | None = None
) -> Version | None:
    """The last submitted version of a piece that this unit's criteria are claimed by: the piece asked for, else the
    one that has waited longest, else the newest. `version_id`: the very version that somebody wrote about."""
    newer = Version.objects.filter(
        evidence=OuterRef("evidence"), submitted_at__isnull=False, number__gt=OuterRef("number")
    )
    claims = Reference.objects.filter(version=OuterRef("pk"), entry=entry)
    versions = (
        Version.objects.filter(Exists(claims), submitted_at__isnull=False)
        .select_related("evidence", "declared_by")
        .prefetch_related(Prefetch("files", queryset=File.objects.select_related("blob").order_by("position", "pk")))
    )
    if version_id is not None:
        return versions.filter(public_id=version_id).first()
    versions = versions.filter(~Exists(newer))
    if evidence_id is not None:
        return versions.filter(evidence__public_id=evidence_id).first()
    waiting = versions.filter(Exists(claims.filter(settled_at__isnull=True))).order_by("submitted_at", "pk").first()
    return waiting or versions.order_by("-submitted_at", "-pk").first()


def judging_rows(entry: UnitEntry, version: Version) -> list[JudgingRow]:
    """The criteria of the unit that the version claims, in order: three queries, whatever the amount of evidence."""
    claims = (
        Reference.objects.filter(entry=entry, version=version)
        .select_related("criterion__outcome")
        .order_by("criterion__position")
    )
    standing = {
        judgement.criterion_id: judgement
        for judgement in Judgement.objects.filter(entry=entry, superseded_by__isnull=True).select_related(
            "assessor", "countersignature__countersigner"
        )
    }
    rows = {
        each.criterion_id: JudgingRow(each.criterion, each.pointer, standing.get(each.criterion_id)) for each in claims
    }
    for claim in claims_in(entry, only=rows, but=version.pk, first=OTHERS_OFFERED):
        rows[claim.criterion_id].others.append(claim)
    return list(rows.values())


def judgements_seen(entry: UnitEntry, public_ids: Iterable[UUID]) -> dict[UUID, Judgement]:
    """The judgements of an entry that somebody had before them when they wrote, by public id."""
    return {each.public_id: each for each in Judgement.objects.filter(entry=entry, public_id__in=list(public_ids))}


def waiting_queue(actor: Actor, *, entry: UnitEntry, evidence_id: UUID | None) -> Waiting:
    """What waits for this assessor, unit by unit, the unit that has waited longest first: one query."""
    waiting = waiting_for_assessor(actor).order_by()
    named = waiting.values_list("entry__public_id", "version__evidence__public_id", "version__submitted_at")
    found = list(named.distinct())
    oldest: dict[UUID, datetime] = {}
    for entry_id, _, submitted_at in found:
        oldest[entry_id] = min(submitted_at, oldest.get(entry_id, submitted_at))
    order = sorted(found, key=lambda each: (oldest[each[0]], str(each[0]), each[2], str(each[1])))
    queue = [(entry_id, piece_id) for entry_id, piece_id, _ in order]
    here = (entry.public_id, evidence_id)
    if here not in queue:
        mine = [each for each in queue if each[0] == entry.public_id] or queue
        return Waiting(0, len(queue), None, mine[0] if mine else None)
    place = queue.index(here)
    following = queue[place + 1] if place + 1 < len(queue) else None
    return Waiting(place + 1, len(queue), queue[place - 1] if place else None, following)


def versions_named(rows: Iterable[JudgingRow], version: Version) -> QuerySet[Version]:
    """The versions that the rulings of a page may rest on: the piece itself and the others offered."""
    offered = {reference.version_id for row in rows for reference in row.others}
    return Version.objects.filter(pk__in={version.pk, *offered}).select_related("evidence")
