"""A piece of evidence as its readers see it: versions, files, and what each version claims with where that stands."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from assessments.models import Judgement
from assessments.queries.standing import CriterionRow
from audit.actors import Actor
from portfolios.models import Evidence, File, Reference, UnitEntry, Version
from portfolios.queries import entries_for, versions_for


@dataclass
class Claimed:
    """The criteria of one unit entry that a version claims."""

    entry: UnitEntry
    rows: list[tuple[Reference, CriterionRow]] = field(default_factory=list)


@dataclass
class PieceVersion:
    """One version with what it claims in the units this reader may see."""

    version: Version
    claimed: list[Claimed] = field(default_factory=list)


def versions_of(evidence: Evidence, actor: Actor) -> list[PieceVersion]:
    """The versions of a piece, newest first, with the state of each criterion they claim: four queries."""
    named = (
        Reference.objects.filter(entry__in=entries_for(actor).values("pk"))
        .select_related("entry__unit", "criterion__outcome")
        .order_by("entry__unit__position", "entry_id", "criterion__position")
    )
    files = File.objects.select_related("blob").order_by("position", "pk")
    versions = list(
        versions_for(actor)
        .filter(evidence=evidence)
        .order_by("-number")
        .prefetch_related(Prefetch("files", queryset=files), Prefetch("references", queryset=named))
    )
    entry_ids = {reference.entry_id for version in versions for reference in version.references.all()}
    standing = {
        (judgement.entry_id, judgement.criterion_id): judgement
        for judgement in Judgement.objects.filter(entry__in=entry_ids, superseded_by__isnull=True).select_related(
            "assessor", "countersignature__countersigner"
        )
    }
    return [PieceVersion(version, _claimed(version, standing)) for version in versions]


def _claimed(version: Version, standing: dict[tuple[int, int], Judgement]) -> list[Claimed]:
    units: dict[int, Claimed] = {}
    for reference in version.references.all():
        unit = units.setdefault(reference.entry_id, Claimed(reference.entry))
        judgement = standing.get((reference.entry_id, reference.criterion_id))
        unit.rows.append((reference, CriterionRow(reference.criterion, judgement, [reference])))
    return list(units.values())
