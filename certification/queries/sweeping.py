"""Looking at every live registration at once: does it pass its rules of combination, and can it be claimed?"""

import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from time import monotonic

import numpy as np
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from audit.actors import ADMINISTRATOR, now, today
from centres.models import Centre, Membership
from certification import rules, states
from certification.models import Readiness
from jobs import states as job_states
from jobs.queries import jobs_about
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from quals.combination import sweep
from quals.models import GroupUnit, Qualification
from quals.queries import Combination, combinations_of
from verification.models import Release

logger = logging.getLogger(__name__)
NO_DATABASE = (InterfaceError, OperationalError)  # no fault of a registration: the whole is tried again
CHUNK = 500  # registrations in memory at a time
SWEEP = "sweep of combinations"


@dataclass(frozen=True)
class Look:
    """One registration as it stood at `at` (before anything of it was read), beside what was noted `before`; with a
    `fault`, nobody could tell how it stood."""

    registration: Registration
    before: Readiness | None
    passes: bool
    is_claimable: bool
    at: datetime
    fault: str = ""

    @property
    def claimable_at(self) -> datetime | None:
        """Since when it can be claimed, as far as anybody looked."""
        if not self.is_claimable:
            return None
        return (self.before and self.before.claimable_at) or self.at

    @property
    def became_claimable(self) -> bool:
        return self.is_claimable and (self.before is None or self.before.claimable_at is None)

    @property
    def change(self) -> str:
        """What changed since last time; where it is two things, the one that says more."""
        before = self.before
        if self.fault:
            return states.NOT_LOOKED_AT
        if before is None:
            return states.NEW
        if before.passes and not self.passes:
            return states.BECAME_FAIL
        if self.became_claimable:
            return states.BECAME_CLAIMABLE
        if before.claimable_at and not self.is_claimable:
            return states.NOT_CLAIMABLE_NOW
        return states.UNCHANGED if before.passes == self.passes else states.BECAME_PASS


def live_registrations(qan: str = "") -> QuerySet[Registration]:
    """Those that are worked on: not withdrawn, and neither claimed nor completed, which nobody can claim again."""
    live = Registration.objects.filter(state=portfolio.ACTIVE)
    return live.filter(qan=qan) if qan else live


def look_at_live(qan: str = "") -> Iterator[list[Look]]:
    """Every live registration, qualification by qualification, so many at a time: queries a chunk do not grow with it.

    Only those that pass and have been released are asked about one by one: nothing else can be claimed. What stops
    the look at one of them is said of that one, and stops no other.
    """
    ids = live_registrations(qan).order_by("qualification_id").values_list("qualification_id", flat=True).distinct()
    for _, qualification in sorted(Qualification.objects.in_bulk(list(ids)).items()):
        periods, last = _Periods(qualification), 0
        while (at := now()) and (chunk := _chunk(qualification, qan, last)):
            yield from _looks(chunk, periods, at)
            last = chunk[-1].pk


def _chunk(qualification: Qualification, qan: str, last: int) -> list[Registration]:
    live = live_registrations(qan).filter(qualification=qualification, pk__gt=last)
    released = Exists(Release.objects.filter(registration=OuterRef("pk")))
    live = live.select_related("learner", "centre", "qualification", "readiness").annotate(is_released=released)
    return list(live.order_by("pk")[:CHUNK])


def _looks(chunk: list[Registration], periods: "_Periods", at: datetime) -> Iterator[list[Look]]:
    """The looks at a chunk, handed over before a worker has been silent for long: each report extends its lease."""
    try:
        passing = _passing(chunk, periods)
    except NO_DATABASE:
        raise
    except Exception:
        passing = None  # of one of them, perhaps: each is asked about alone
    looks, since = [], monotonic()
    for registration in chunk:
        looks.append(_look(registration, passing, periods, at))
        if monotonic() - since > settings.LEASE_SECONDS / 6:
            yield looks
            looks, since = [], monotonic()
    if looks:
        yield looks


def _look(registration: Registration, passing: set[int] | None, periods: "_Periods", at: datetime) -> Look:
    before = getattr(registration, "readiness", None)
    try:
        passes = registration.pk in (_passing([registration], periods) if passing is None else passing)
        is_claimable = passes and registration.is_released and rules.argue(registration).holds
    except NO_DATABASE:
        raise
    except Exception as fault:
        logger.exception("Registration %s could not be looked at", registration.public_id)
        return Look(registration, before, False, False, at, fault=" ".join(f"{type(fault).__name__}: {fault}".split()))
    return Look(registration, before, passes, is_claimable, at)


def _passing(chunk: list[Registration], periods: "_Periods") -> set[int]:
    """The ids of those whose confirmed units pass: one matrix for all that are offered the same units."""
    confirmed = _confirmed(chunk)
    alike = defaultdict(list)
    for registration in chunk:
        alike[periods.of(registration.registered_on)].append(registration.pk)
    passing: set[int] = set()
    for period, ids in alike.items():
        met = periods.combinations[period]
        columns = {pk: column for column, pk in enumerate(met.offered)}
        matrix = np.zeros((len(ids), len(columns)), dtype=bool)
        for row, pk in enumerate(ids):
            matrix[row, [columns[unit] for unit in confirmed[pk] if unit in columns]] = True
        verdicts = sweep(met.offered_rules, matrix)
        passing |= {pk for pk, passes in zip(ids, verdicts.tolist(), strict=True) if passes}
    return passing


def _confirmed(chunk: list[Registration]) -> dict[int, list[int]]:
    """The ids of the units that a release made now would cover, by registration."""
    entries = UnitEntry.objects.filter(registration__in=[each.pk for each in chunk], state=portfolio.CONFIRMED)
    units = defaultdict(list)
    for registration_id, unit_id in entries.values_list("registration_id", "unit_id"):
        units[registration_id].append(unit_id)
    return units


class _Periods:
    """The stretches of registration dates between which a qualification offers other units, and what each meets."""

    def __init__(self, qualification: Qualification) -> None:
        places = GroupUnit.objects.filter(group__qualification=qualification)
        days = places.values_list("registered_from", "registered_before")
        self.qualification, self.turns = qualification, sorted({day for pair in days for day in pair if day})

    @cached_property
    def combinations(self) -> list[Combination]:
        firsts = [date.min, *self.turns]
        found = combinations_of((self.qualification, day) for day in firsts)
        return [found[self.qualification.pk, day] for day in firsts]

    def of(self, day: date) -> int:
        return bisect_right(self.turns, day)


# --- Telling ---------------------------------------------------------------------------------------


def untold(centre: Centre | None = None) -> QuerySet[Readiness]:
    """What can be claimed and nobody has been told of: everywhere, or at one centre."""
    found = Readiness.objects.filter(
        claimable_at__isnull=False, told_at__isnull=True, registration__state=portfolio.ACTIVE
    )
    return found.filter(centre=centre) if centre else found


def centres_to_tell() -> list[Centre]:
    return list(Centre.objects.filter(pk__in=untold().values("centre")).order_by("pk"))


def administrators_of(centre: Centre) -> list[User]:
    """Who administers the centre today and can sign in."""
    members = Membership.objects.in_force(today()).filter(centre=centre, role=ADMINISTRATOR)
    return list(User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("pk"))


def still_claimable(registration_ids: list[int]) -> list[Registration]:
    """Of these registrations those that, as last looked at, can be claimed; by learner's name."""
    found = Registration.objects.filter(
        pk__in=registration_ids, state=portfolio.ACTIVE, readiness__claimable_at__isnull=False
    )
    return list(found.select_related("learner", "qualification", "centre").order_by("learner__name", "pk"))


def is_sweep_queued() -> bool:
    """Whether a night's sweep is waiting or at work already."""
    return jobs_about(SWEEP).filter(state__in=[job_states.QUEUED, job_states.RUNNING]).exists()
