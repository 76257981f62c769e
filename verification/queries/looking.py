"""A sample as its reader sees it: each judgement as it was made, the evidence it rests on and where in it to look."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from assessments.models import JudgedOn, SignOff
from assessments.queries import CriterionRow, criteria_rows, signed_off_facts
from portfolios.models import File, Reference, UnitEntry, Version
from verification.models import Finding, Sample


@dataclass(frozen=True)
class Shown:
    """One version of a piece that a judgement rests on, and where in it to look for the criterion."""

    version: Version
    pointer: str


@dataclass(frozen=True)
class Look:
    """Everything a sample shows: criteria with judgements and evidence, and of all pieces the one that is open."""

    rows: list[tuple[CriterionRow, list[Shown]]]
    pieces: list[Version]
    version: Version | None
    sign_off: SignOff | None

    @property
    def place(self) -> int:
        """Which of the pieces is open, counted from one."""
        return self.pieces.index(self.version) + 1 if self.version else 0

    @property
    def previous(self) -> Version | None:
        return self.pieces[self.place - 2] if self.place > 1 else None

    @property
    def next(self) -> Version | None:
        return self.pieces[self.place] if 0 < self.place < len(self.pieces) else None

    @property
    def judged(self) -> int:
        return sum(row.judgement is not None for row, _ in self.rows)

    def differs_from(self, finding: Finding) -> bool:
        """Whether judgements have been made or replaced since that finding."""
        now = {row.judgement.pk for row, _ in self.rows if row.judgement}
        return now != set(finding.looked_at.get("judgements", ()))


def look_at(sample: Sample, *, version_id: UUID | None = None) -> Look | None:
    """The unit of a sample with the piece asked for, else the first: nothing if there is no such piece. The number of
    queries is fixed, whatever the amount of evidence."""
    entry = sample.entry
    rows = criteria_rows(entry)
    judged = [row.judgement.pk for row in rows if row.judgement]
    pointers = _pointers(entry)
    named: dict[int, list[Version]] = {}
    for each in _judged_on(judged):
        named.setdefault(each.judgement_id, []).append(each.version)
    shown = [
        (
            row,
            [
                Shown(version, pointers.get((version.pk, row.criterion.pk), ""))
                for version in (named.get(row.judgement.pk, []) if row.judgement else [])
            ],
        )
        for row in rows
    ]
    pieces = list({each.version.pk: each.version for _, proofs in shown for each in proofs}.values())
    opened = next((piece for piece in pieces if piece.public_id == version_id), None)
    if version_id is not None and opened is None:
        return None
    return Look(shown, pieces, opened or (pieces[0] if pieces else None), signed_off_facts(entry))


def _judged_on(judgements: list[int]) -> list[JudgedOn]:
    files = Prefetch("version__files", queryset=File.objects.select_related("blob").order_by("position", "pk"))
    found = JudgedOn.objects.filter(judgement__in=judgements)
    return list(
        found.select_related("version__evidence", "version__declared_by").prefetch_related(files).order_by("pk")
    )


def _pointers(entry: UnitEntry) -> dict[tuple[int, int], str]:
    found = Reference.objects.filter(entry=entry, version__submitted_at__isnull=False).exclude(pointer="")
    return {
        (version, criterion): words
        for version, criterion, words in found.values_list("version_id", "criterion_id", "pointer")
    }
