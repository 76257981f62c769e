"""Claims: what the last submitted version of each piece says it shows."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from portfolios.models import Reference, UnitEntry, Version


class Claim(NamedTuple):
    """A reference to a criterion from the last submitted version of a piece, with the piece's title and kind as they
    were submitted. Slim, because a unit may hold a thousand. `of`, `waiting`: how many claims the criterion has, and
    how many of them wait, where only the first few were asked for."""

    criterion_id: int
    version_id: int
    piece_id: UUID
    title: str
    kind: str
    pointer: str
    settled_at: datetime | None
    submitted_at: datetime
    of: int = 0
    waiting: int = 0


def within_criterion(what: Func, **options) -> Window:
    return Window(what, partition_by=F("criterion_id"), **options)


def _claims_standing(entry: UnitEntry) -> QuerySet[Reference]:
    """The references of the last submitted version of each piece."""
    newer = Version.objects.filter(
        evidence=OuterRef("version__evidence"), submitted_at__isnull=False, number__gt=OuterRef("version__number")
    )
    return Reference.objects.filter(~Exists(newer), entry=entry, version__submitted_at__isnull=False)


def claims_in(
    entry: UnitEntry, *, only: Iterable[int] | None = None, but: int | None = None, first: int | None = None
) -> list[Claim]:
    """Claims of an entry, the newest piece first; `only` these criteria, all `but` this version's, the `first` so many
    of each criterion."""
    found = _claims_standing(entry)
    found = found if only is None else found.filter(criterion__in=list(only)).exclude(version=but)
    newest = (F("version__submitted_at").desc(), F("version_id").desc())
    counts = []
    if first is not None:
        counts = ["of", "waiting"]
        found = found.annotate(
            place=within_criterion(RowNumber(), order_by=newest),
            of=within_criterion(Count("pk")),
            waiting=within_criterion(Count("pk", filter=Q(settled_at__isnull=True))),
        ).filter(place__lte=first)
    named = found.order_by(*newest).values_list(
        "criterion_id",
        "version_id",
        "version__evidence__public_id",
        KeyTextTransform("title", "version__contents"),
        KeyTextTransform("kind", "version__contents"),
        "pointer",
        "settled_at",
        "version__submitted_at",
        *counts,
    )
    return [Claim(*values) for values in named]
