"""Reading verification: an IQA's grid and samples, action points, and everything a release relies on."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from assessments.models import Countersignature, Judgement, SignOff, SignOffCountersignature
from assessments.rules import current_sign_off
from audit.actors import ASSESSOR, EQA, IQA, Actor
from audit.models import digest_of
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry, Version
from portfolios.queries import entries_for, registrations_for
from quals import combination
from quals.queries import combination_of
from verification.models import ActionPoint, Finding, Release, Sample


def samples_for(actor: Actor) -> QuerySet[Sample]:
    """An IQA's own samples and those of entries allocated to them; an EQA's allocation. An assessor sees what was found
    through action points, not the plan (IQA-9)."""
    samples = Sample.objects.select_related("entry__unit", "entry__registration__learner", "entry__assessor", "iqa")
    if actor.role not in {IQA, EQA}:
        return samples.none()
    return samples.filter(entry__in=entries_for(actor).values("pk"))


def action_points_for(actor: Actor) -> QuerySet[ActionPoint]:
    """Action points an assessor has to answer, an IQA has raised, or an EQA may read."""
    points = ActionPoint.objects.select_related(
        "entry__unit", "entry__registration__learner", "assessor", "finding__sample", "finding__iqa"
    ).order_by("due_on", "pk")
    if actor.role == ASSESSOR:
        return points.filter(entry__centre_id=actor.centre_id, assessor_id=actor.user_id)
    if actor.role in {IQA, EQA}:
        return points.filter(entry__in=entries_for(actor).values("pk"))
    return points.none()


def grid_for(actor: Actor) -> QuerySet[Registration]:
    """An IQA's registrations with the entries allocated to them and the samples on each: three queries."""
    mine = UnitEntry.objects.filter(iqa_id=actor.user_id).select_related("unit", "assessor").order_by("unit__position")
    samples = Sample.objects.order_by("pk")
    return (
        registrations_for(actor)
        .prefetch_related(Prefetch("entries", queryset=mine.prefetch_related(Prefetch("samples", queryset=samples))))
        .order_by("learner__name", "pk")
    )


def releasable_for(actor: Actor) -> QuerySet[Registration]:
    """Registrations of an IQA in which at least one unit is confirmed; whether they may be released is the rule's matter."""
    if actor.role != IQA:
        return Registration.objects.none()
    confirmed = UnitEntry.objects.filter(registration=OuterRef("pk"), state=portfolio.CONFIRMED)
    return registrations_for(actor).filter(Exists(confirmed), state=portfolio.ACTIVE)


def latest_release(registration: Registration) -> Release | None:
    return registration.releases.select_related("iqa").order_by("-number").first()


def parties_of(registration: Registration) -> set[int]:
    """Everybody who assessed or countersigned anything in the registration's units, and the learner (IQA-1, CTS-3)."""
    entries = registration.entries.all()
    parties = {registration.learner.user_id}
    parties |= set(Judgement.objects.filter(entry__in=entries).values_list("assessor_id", flat=True))
    parties |= set(SignOff.objects.filter(entry__in=entries).values_list("assessor_id", flat=True))
    parties |= set(
        Countersignature.objects.filter(judgement__entry__in=entries).values_list("countersigner_id", flat=True)
    )
    parties |= set(
        SignOffCountersignature.objects.filter(sign_off__entry__in=entries).values_list("countersigner_id", flat=True)
    )
    return parties


def parties_of_entry(entry: UnitEntry) -> set[int]:
    """The same for one unit entry."""
    parties = {entry.registration.learner.user_id, entry.assessor_id}
    parties |= set(Judgement.objects.filter(entry=entry).values_list("assessor_id", flat=True))
    parties |= set(SignOff.objects.filter(entry=entry).values_list("assessor_id", flat=True))
    parties |= set(Countersignature.objects.filter(judgement__entry=entry).values_list("countersigner_id", flat=True))
    parties |= set(
        SignOffCountersignature.objects.filter(sign_off__entry=entry).values_list("countersigner_id", flat=True)
    )
    return parties


def released_entries(registration: Registration) -> list[UnitEntry]:
    """The unit entries that a release made now would cover: signed off, counted, and confirmed by the learner."""
    entries = registration.entries.filter(state=portfolio.CONFIRMED).select_related("unit")
    return list(entries.order_by("unit__position"))


def verdict_on(registration: Registration, entries: list[UnitEntry]):
    """The rules of combination checked on these entries: (verdict, combination units by unit id, rules)."""
    units, rules = combination_of(registration.qualification, registered_on=registration.registered_on)
    chosen = [units[entry.unit_id] for entry in entries if entry.unit_id in units]
    return combination.check(chosen, rules), units, rules


def relied_on(registration: Registration) -> dict:
    """Digests of everything a release rests on: sign-offs and what belongs to them, current judgements, the versions
    they name with their files, samples and findings. A change in any of it changes the digest (CLM-3)."""
    entries = released_entries(registration)
    ids = [entry.pk for entry in entries]
    judgements = list(
        Judgement.objects.filter(entry__in=ids, superseded_by__isnull=True).select_related("countersignature")
    )
    versions = Version.objects.filter(judged_on__judgement__in=judgements).distinct()
    sign_offs = [sign_off for entry in entries if (sign_off := current_sign_off(entry))]
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
