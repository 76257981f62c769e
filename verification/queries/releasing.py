"""What a release would cover and rest on, beside the releases there have been."""

from dataclasses import dataclass

from django.db.models import Prefetch

from assessments.models import SignOff
from portfolios.models import Registration, UnitEntry
from quals.combination import Verdict
from verification.models import Release, Sample
from verification.rules import (
    Checked,
    Reading,
    checked_on,
    is_current,
    latest_release,
    readings_of,
    released_entries,
    what_falls_short,
)


@dataclass(frozen=True)
class Standing:
    """A registration as the IQA who may release it sees it."""

    covered: list[UnitEntry]
    others: list[UnitEntry]
    checked: Checked
    samples: list[Sample]
    latest: Release | None
    is_current: bool

    @property
    def verdict(self) -> Verdict:
        return self.checked.verdict

    @property
    def credits(self) -> int:
        return sum(entry.unit.credit for entry in self.covered)

    @property
    def readings(self) -> list[Reading]:
        return readings_of(self.verdict)

    @property
    def shortfalls(self) -> list[str]:
        return what_falls_short(self.verdict)

    @property
    def spare(self) -> list[tuple[int, str]]:
        """The covered units that are not counted, by id, and why; on a fail none is counted."""
        if not self.verdict.passes:
            return []
        why = {each.key: each.sentence for each in self.verdict.uncounted}
        return [(entry.pk, why[entry.unit.key]) for entry in self.covered if entry.unit.key in why]


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
        checked=checked_on(registration, covered),
        samples=_samples(registration),
        latest=latest,
        is_current=latest is not None and is_current(latest),
    )


def _samples(registration: Registration) -> list[Sample]:
    found = Sample.objects.filter(entry__registration=registration).select_related("entry__unit", "iqa")
    return list(found.order_by("planned_at", "pk"))
