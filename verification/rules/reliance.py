"""What a release rests on, and whether that still stands (CLM-3)."""

from collections.abc import Container

from assessments.models import Judgement, SignOff
from audit.models import digest_of
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry, Version
from verification.models import ActionPoint, Finding, Release, Sample


def latest_release(registration: Registration) -> Release | None:
    return registration.releases.select_related("iqa").order_by("-number").first()


def released_entries(registration: Registration) -> list[UnitEntry]:
    """The unit entries that a release made now would cover: signed off, counted, and confirmed by the learner."""
    entries = registration.entries.filter(state=portfolio.CONFIRMED).select_related("unit")
    return list(entries.order_by("unit__position"))


def relied_on(registration: Registration, among: Container[int] | None = None) -> dict:
    """Digests of everything a release rests on: sign-offs and what belongs to them, current judgements, the versions
    they name with their files, samples and findings. A change in any of it changes the digest (CLM-3).

    `among`: only these unit entries."""
    ids = [entry.pk for entry in released_entries(registration) if among is None or entry.pk in among]
    judgements = list(
        Judgement.objects.filter(entry__in=ids, superseded_by__isnull=True).select_related("countersignature")
    )
    versions = Version.objects.filter(judged_on__judgement__in=judgements).distinct()
    sign_offs = list(
        SignOff.objects.filter(entry__in=ids, reopening__isnull=True).select_related("countersignature", "confirmation")
    )
    rows = [*judgements, *versions, *sign_offs]
    rows += [row.countersignature for row in (*judgements, *sign_offs) if hasattr(row, "countersignature")]
    rows += [sign_off.confirmation for sign_off in sign_offs if hasattr(sign_off, "confirmation")]
    rows += list(Finding.objects.filter(sample__entry__registration=registration))
    samples = Sample.objects.filter(entry__registration=registration).order_by("pk").values_list("pk", "state")
    points = ActionPoint.objects.filter(entry__registration=registration).order_by("pk").values_list("pk", "state")
    return {
        "registration": [registration.pk, registration.qualification_id, registration.registered_on.isoformat()],
        "units": ids,
        "rows": {row.row_name: row.digest() for row in sorted(rows, key=lambda row: row.row_name)},
        "samples": [list(sample) for sample in samples],
        "action_points": [list(point) for point in points],
    }


def is_current(release: Release) -> bool:
    """Whether nothing that the release relied on has changed since (CLM-3)."""
    return digest_of(relied_on(release.registration)) == release.relied_on


def still_stands(release: Release) -> bool:
    """Whether what it covers is as it was. Unlike `is_current`, a unit that was confirmed beside it does not matter:
    in registrations claimed before that was refused there are some, and nobody can take them back."""
    return digest_of(relied_on(release.registration, among=release.units)) == release.relied_on
