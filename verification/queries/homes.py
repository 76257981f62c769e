"""What waits for an assessor and for an IQA, oldest first, and below it how far their registrations are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from assessments.models import SignOff
from assessments.queries import countersign_groups_for, ready_to_sign_off_for
from audit.actors import ASSESSOR, Actor
from audit.rules import Refusal
from centres.states import TRAINEE
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from portfolios.queries import entries_for, waiting_for_assessor
from verification import states
from verification.models import ActionPoint, Finding, Release, Sample
from verification.queries.sampling import action_points_for, releasable_for, samples_for
from verification.rules import refuse_unsampled

DEEDS = {
    "judge": ("judge", "Judge"),
    "sign_off": ("sign_off", "Sign off"),
    "answer": ("action_point", "Answer"),
    "countersign": ("countersign", "Countersign"),
    "sample": ("sample", "Sample"),
    "answered": ("sample", "Look"),
    "release": ("release", "Release"),
}


@dataclass(frozen=True)
class WaitingRow:
    """One thing that waits: of which kind, since when, in whose unit or registration, what, the row it is about."""

    kind: str
    since: datetime
    what: str
    about: object
    entry: UnitEntry | None = None
    registration: Registration | None = None
    due_on: date | None = None

    @property
    def url_name(self) -> str:
        """The page where it is done."""
        return DEEDS[self.kind][0]

    @property
    def deed(self) -> str:
        return DEEDS[self.kind][1]

    @property
    def learner(self):
        return (self.registration or self.entry.registration).learner


def assessor_waiting_for(actor: Actor) -> list[WaitingRow]:
    """Pieces to judge, units to sign off, action points to answer, trainees to countersign: six queries."""
    if actor.role != ASSESSOR:
        return []
    rows = [*_to_judge(actor), *_to_sign_off(actor), *_to_answer(actor), *_to_countersign(actor)]
    return sorted(rows, key=lambda row: row.since)


def _to_judge(actor: Actor) -> Iterable[WaitingRow]:
    waiting = waiting_for_assessor(actor).filter(entry__registration__state=portfolio.ACTIVE).order_by()
    counted = waiting.values("entry").annotate(
        pieces=Count("version__evidence", distinct=True), since=Min("version__submitted_at")
    )
    found = {row["entry"]: row for row in counted}
    for entry in UnitEntry.objects.filter(pk__in=found).select_related("unit", "registration__learner"):
        pieces, since = found[entry.pk]["pieces"], found[entry.pk]["since"]
        what = "1 piece submitted" if pieces == 1 else f"{pieces} pieces submitted"
        yield WaitingRow("judge", since, what, entry, entry)


def _to_sign_off(actor: Actor) -> Iterable[WaitingRow]:
    for entry in ready_to_sign_off_for(actor):
        yield WaitingRow("sign_off", entry.changed_at, "ready to sign off", entry, entry)


def _to_answer(actor: Actor) -> Iterable[WaitingRow]:
    for point in action_points_for(actor).filter(state=states.OPEN):
        yield WaitingRow("answer", point.raised_at, f"IQA asks: {point.text}", point, point.entry, due_on=point.due_on)


def _to_countersign(actor: Actor) -> Iterable[WaitingRow]:
    for group in countersign_groups_for(actor):
        number = len(group.judgements)
        parts = [f"{number} judgement{'' if number == 1 else 's'}"] if number else []
        parts += ["the sign-off"] if group.sign_off else []
        what = f"{' and '.join(parts)} by {group.trainees}, in training"
        yield WaitingRow("countersign", group.since, what, group.entry, group.entry)


@dataclass(frozen=True)
class Others:
    """How many of an assessor's units wait for somebody else."""

    learners: int
    countersigners: int
    iqas: int


def waiting_for_others(actor: Actor) -> Others:
    """Units to be worked on or confirmed by their learners, to be countersigned, to be verified or released: one query.

    A unit with an open action point waits for the assessor, not for the IQA.
    """
    unsigned = SignOff.objects.filter(
        entry=OuterRef("pk"), reopening__isnull=True, standing=TRAINEE, countersignature__isnull=True
    )
    asked = ActionPoint.objects.filter(entry=OuterRef("pk"), state=states.OPEN)
    released = Release.objects.filter(registration=OuterRef("registration"))
    signed = Q(state=portfolio.SIGNED_OFF)
    is_open = Q(state=portfolio.OPEN)
    counted = (
        _own(actor)
        .annotate(unsigned=Exists(unsigned), asked=Exists(asked), released=Exists(released))
        .aggregate(
            learners=Count(
                "pk",
                filter=(signed & Q(unsigned=False)) | (is_open & Q(criteria_not_yet__gt=0, references_waiting=0)),
            ),
            countersigners=Count("pk", filter=(signed & Q(unsigned=True)) | (is_open & Q(criteria_provisional__gt=0))),
            iqas=Count("pk", filter=Q(state=portfolio.CONFIRMED, asked=False, released=False)),
        )
    )
    return Others(**counted)


def _own(actor: Actor) -> QuerySet[UnitEntry]:
    """The units allocated to an assessor in registrations that are still going on."""
    mine = UnitEntry.objects.filter(centre_id=actor.centre_id, assessor_id=actor.user_id)
    return mine.filter(registration__state=portfolio.ACTIVE)


def caseload_for(actor: Actor) -> QuerySet[Registration]:
    """An assessor's registrations by learner, with counters of the units allocated to them: one query."""
    own = Q(entries__assessor_id=actor.user_id)
    return (
        Registration.objects.filter(pk__in=_own(actor).values("registration"))
        .select_related("learner", "qualification")
        .annotate(
            units=Count("entries", filter=own),
            units_done=Count("entries", filter=own & ~Q(entries__state=portfolio.OPEN)),
            criteria=Sum("entries__unit__criteria_total", filter=own, default=0),
            criteria_met=Sum("entries__criteria_met", filter=own, default=0),
            waiting=Sum("entries__references_waiting", filter=own, default=0),
            touched_at=Max("entries__changed_at", filter=own),
        )
        .order_by("learner__name", "pk")
    )


def iqa_waiting_for(actor: Actor) -> list[WaitingRow]:
    """Samples to look at, answers to action points, registrations to release; oldest first: three queries."""
    rows = [*_to_sample(actor), *_answered(actor), *_to_release(actor)]
    return sorted(rows, key=lambda row: row.since)


def _to_sample(actor: Actor) -> Iterable[WaitingRow]:
    mine = samples_for(actor).filter(state=states.PLANNED, entry__registration__state=portfolio.ACTIVE)
    for sample in mine:
        because = "" if sample.reason == "plan" else f": {sample.get_reason_display().lower()}"
        what = f"sample planned{because}"
        yield WaitingRow("sample", sample.planned_at, what, sample, sample.entry)


def _answered(actor: Actor) -> Iterable[WaitingRow]:
    back = action_points_for(actor).filter(state=states.ANSWERED, entry__registration__state=portfolio.ACTIVE)
    for point in back.annotate(answered_at=Max("answers__answered_at")):
        yield WaitingRow("answered", point.answered_at, f"answered: {point.text}", point.finding.sample, point.entry)


def _to_release(actor: Actor) -> Iterable[WaitingRow]:
    """Every unit confirmed, every sample agreed, and something new since the last release. The rule itself is asked on
    the page of the release."""
    entries = UnitEntry.objects.filter(registration=OuterRef("pk"))
    samples = Sample.objects.filter(entry__registration=OuterRef("pk"))
    last = Release.objects.filter(registration=OuterRef("pk")).order_by("-number").values("released_at")[:1]
    found = Finding.objects.filter(sample__entry__registration=OuterRef("pk"), found_at__gt=OuterRef("released_at"))
    ready = (
        releasable_for(actor)
        .annotate(released_at=Subquery(last), found_since=Exists(found))
        .filter(~Exists(entries.exclude(state=portfolio.CONFIRMED)), Exists(samples))
        .filter(~Exists(samples.exclude(state=states.AGREED)))
        .filter(Q(released_at__isnull=True) | Q(changed_at__gt=F("released_at")) | Q(found_since=True))
    )
    for registration in ready:
        what = "every unit confirmed, every sample agreed"
        yield WaitingRow("release", registration.changed_at, what, registration, registration=registration)


@dataclass(frozen=True)
class Progress:
    """A registration with confirmed units as its IQA sees it: what was sampled, what was not, what stands against its
    release as far as a list can tell."""

    registration: Registration
    confirmed: int
    units: int
    sampled: int
    unsampled: list[UnitEntry]
    refusal: Refusal | None
    released_at: datetime | None


def progress_of(registrations: Iterable[Registration], actor: Actor) -> list[Progress]:
    """The same for a page of registrations from `releasable_for`: four queries."""
    ids = [registration.pk for registration in registrations]
    samples, points = _all_samples(ids), _open_points(ids)
    last = Release.objects.filter(registration=OuterRef("pk")).order_by("-number").values("released_at")[:1]
    done = entries_for(actor).filter(state=portfolio.CONFIRMED).select_related("unit").order_by("unit__position")
    found = (
        releasable_for(actor)
        .filter(pk__in=ids)
        .prefetch_related(Prefetch("entries", done))
        .annotate(
            units=Count("entries", distinct=True),
            confirmed=Count("entries", distinct=True, filter=Q(entries__state=portfolio.CONFIRMED)),
            released_at=Subquery(last),
        )
    )
    ordered = found.order_by("learner__name", "pk")
    return [_progress(registration, samples.get(registration.pk, []), points) for registration in ordered]


def _progress(registration: Registration, samples: list[Sample], points: set[int]) -> Progress:
    taken = {sample.entry_id for sample in samples}
    return Progress(
        registration=registration,
        confirmed=registration.confirmed,
        units=registration.units,
        sampled=len({sample.entry_id for sample in samples if sample.state == states.AGREED}),
        unsampled=[entry for entry in registration.entries.all() if entry.pk not in taken],
        refusal=refuse_unsampled(samples=samples, points_open=registration.pk in points),
        released_at=registration.released_at,
    )


def _all_samples(registrations: list[int]) -> dict[int, list[Sample]]:
    """Every sample of these registrations, whoever took it: a release waits for all of them."""
    found: dict[int, list[Sample]] = {}
    for sample in Sample.objects.filter(entry__registration__in=registrations).select_related("entry__unit"):
        found.setdefault(sample.entry.registration_id, []).append(sample)
    return found


def _open_points(registrations: list[int]) -> set[int]:
    still = ActionPoint.objects.filter(entry__registration__in=registrations).exclude(state=states.CLOSED)
    return set(still.values_list("entry__registration_id", flat=True))
