"""What a release would cover and rest on, beside the releases there have been."""

from dataclasses import dataclass

from django.db.models import Prefetch

from assessments.models import SignOff
from portfolios.models import Registration, UnitEntry
from quals.combination import Verdict
from verification.models import Release, Sample
from verification.rules import is_current, latest_release, released_entries, verdict_on


@dataclass(frozen=True)
class Standing:
    """A registration as the IQA who may release it sees it."""

    covered: list[UnitEntry]
    others: list[UnitEntry]
    verdict: Verdict
    samples: list[Sample]
    latest: Release | None
    is_current: bool

    @property
    def credits(self) -> int:
        return sum(entry.unit.credit for entry in self.covered)


def standing_of(registration: Registration) -> Standing:
    """The units a release made now covers, the rest, the rules of combination on them, samples, the last release."""
    covered = released_entries(registration)
    latest = latest_release(registration)
    ids = [entry.pk for entry in covered]
    samples = Prefetch("samples", queryset=Sample.objects.order_by("-pk"))
    signed = Prefetch("sign_offs", queryset=SignOff.objects.filter(reopening__isnull=True).select_related("assessor"))
    entries = registration.entries.select_related("unit", "assessor").order_by("unit__position")
    entries = list(entries.prefetch_related(samples, signed))
    return Standing(
        covered=[entry for entry in entries if entry.pk in ids],
        others=[entry for entry in entries if entry.pk not in ids],
        verdict=verdict_on(registration, covered),
        samples=_samples(registration),
        latest=latest,
        is_current=latest is not None and is_current(latest),
    )


def _samples(registration: Registration) -> list[Sample]:
    found = Sample.objects.filter(entry__registration=registration).select_related("entry__unit", "iqa")
    return list(found.order_by("planned_at", "pk"))
