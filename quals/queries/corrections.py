"""What was read, corrected and put to rest in a specification, as the pure reader of corrections takes it."""

from django.utils import timezone

from quals.models import Correction, Resolution, Specification
from quals.queries.packs import pack_of
from quals.specification.review.corrections import Change


def pack_read_of(specification: Specification) -> dict:
    """The pack as it was read; of a specification from before packs were kept, the pack that its rows make."""
    if specification.read is not None:
        return specification.read
    return pack_of(specification, wording=True, findings=specification.findings.order_by("pk"))


def changes_of(specification: Specification) -> list[Change]:
    """Every correction, the oldest first."""
    rows = Correction.objects.filter(specification=specification).select_related("corrected_by").order_by("pk")
    return [change_of(row) for row in rows]


def change_of(row: Correction) -> Change:
    return Change(
        path=row.path,
        kind=row.kind,
        value=row.value,
        read=row.read,
        by=row.corrected_by.name,
        on=timezone.localdate(row.decided_at).isoformat(),
        ground=row.ground,
    )


def resolutions_of(specification: Specification) -> dict[str, dict]:
    """Of each doubt that was put to rest, by its identity: who did, when, on what ground."""
    rows = Resolution.objects.filter(specification=specification).select_related("resolved_by")
    return {
        row.finding: {
            "by": row.resolved_by.name,
            "on": timezone.localdate(row.decided_at).isoformat(),
            "ground": row.ground or "Acknowledged.",
        }
        for row in rows
    }
