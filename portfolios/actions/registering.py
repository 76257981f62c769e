"""Adding learners, registering them, choosing their units and allocating who assesses and verifies them."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts import actions as accounts
from accounts.models import User
from audit.actions import centre_chain, move, record, registration_chain
from audit.actors import LEARNER, Actor, now, today
from audit.rules import refuse, require
from centres.models import Centre, Membership
from portfolios import rules, states
from portfolios.models import Learner, Registration, UnitEntry
from quals.models import Qualification, Unit


@transaction.atomic
def add_learner(*, centre: Centre, name: str, email: str, born_on: date, uln: str = "", by: Actor) -> Learner:
    """A learner of the centre, invited by email. The name is the one that will stand on the certificate."""
    Centre.objects.select_for_update().get(pk=centre.pk)  # of two at once, the second finds the first
    require(rules.refuse_add_learner(centre=centre, name=name, born_on=born_on, uln=uln, by=by))
    if Learner.objects.filter(centre=centre, user__email__iexact=email.strip()).exists():
        refuse("REG-3", "A learner with this email address is here already. Look them up under Learners.")
    user = accounts.invite(email=email, name=name, chain=centre_chain(centre.pk), as_what="learner", by=by)
    Membership.objects.get_or_create(
        centre=centre, user=user, role=LEARNER, until_on=None, defaults={"from_on": today()}
    )
    learner = Learner.objects.create(centre=centre, user=user, name=name.strip(), born_on=born_on, uln=uln)
    record(
        chain=centre_chain(centre.pk),
        action="add_learner",
        about=learner,
        summary=f"{name} added as learner",
        by=by,
    )
    return learner


@transaction.atomic
def register(*, learner: Learner, qualification: Qualification, units: Iterable[Unit], by: Actor) -> Registration:
    """Register the learner, today, on this issue of the qualification, with the units chosen (REG-1, REG-2, CAT-3)."""
    units = list(units)
    Learner.objects.select_for_update().get(pk=learner.pk)  # two registrations at once queue here
    require(rules.refuse_register(learner=learner, qualification=qualification, units=units, by=by))
    registration = Registration.objects.create(
        centre_id=learner.centre_id,
        learner=learner,
        qualification=qualification,
        qan=qualification.qan,
        registered_on=today(),
        changed_at=now(),
    )
    _enter(registration, units)
    summary = f"{learner.name} registered for {qualification.qan} with {len(units)} units"
    record(
        chain=registration_chain(registration.pk),
        action="register",
        about=registration,
        summary=summary,
        by=by,
    )
    return registration


def _enter(registration: Registration, units: list[Unit]) -> None:
    UnitEntry.objects.bulk_create(
        UnitEntry(
            centre_id=registration.centre_id,
            registration=registration,
            unit=unit,
            changed_at=now(),
        )
        for unit in units
    )


@transaction.atomic
def choose_units(*, registration: Registration, units: Iterable[Unit], seen: str = "", by: Actor) -> None:
    """Make the registration's units exactly these. A unit that has evidence stays: refused by name.

    `seen`: the registration's `changed_at` as it was chosen from; refused where somebody else chose meanwhile.
    """
    units = list(units)
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    require(
        rules.refuse_choose_units(registration=registration, by=by),
        rules.refuse_units(qualification=registration.qualification, units=units, day=registration.registered_on),
    )
    wanted = {unit.pk for unit in units}
    entries = list(registration.entries.select_related("unit"))
    if seen and seen != registration.changed_at.isoformat() and wanted != {entry.unit_id for entry in entries}:
        refuse("STATE", _chosen_meanwhile(entries))
    dropped = [entry for entry in entries if entry.unit_id not in wanted]
    used = [entry.unit.code for entry in dropped if entry.references.exists() or entry.state != states.OPEN]
    if used:
        refuse(
            "INPUT",
            f"{_named(used)} already {'has' if len(used) == 1 else 'have'} evidence and cannot be taken out. "
            "The rest was kept as it was.",
        )
    UnitEntry.objects.filter(pk__in=[entry.pk for entry in dropped]).delete()
    _enter(registration, [unit for unit in units if unit.pk not in {entry.unit_id for entry in entries}])
    Registration.objects.filter(pk=registration.pk).update(changed_at=now())
    record(
        chain=registration_chain(registration.pk),
        action="choose_units",
        about=registration,
        summary=f"Units: {', '.join(unit.code for unit in units)}",
        by=by,
    )


def _chosen_meanwhile(entries: list[UnitEntry]) -> str:
    codes = ", ".join(entry.unit.code for entry in sorted(entries, key=lambda entry: entry.unit.position)) or "none"
    return (
        f"The units were changed since you opened this page. Chosen now: {codes}. "
        "What you ticked still stands here: save it again if that is how it shall be."
    )


def _named(codes: list[str]) -> str:
    return f"Unit{'s' if len(codes) > 1 else ''} {', '.join(codes)}"


@transaction.atomic
def allocate(
    *,
    registration: Registration,
    assessor: User | None,
    iqa: User | None,
    units: Iterable[Unit] | None = None,
    by: Actor,
) -> list[UnitEntry]:
    """Allocate an assessor and an IQA to the registration's units, or to those named.

    A unit that has been signed off keeps its assessor, who signed it; only its IQA can still change.
    """
    entries = registration.entries.select_related("unit", "assessor", "registration__learner")
    if units is not None:
        entries = entries.filter(unit__in=list(units))
    entries = list(entries)
    for entry in entries:
        kept = assessor if entry.state == states.OPEN else entry.assessor
        require(rules.refuse_allocate(entry=entry, assessor=kept, iqa=iqa, by=by))
        entry.assessor, entry.iqa, entry.changed_at = kept, iqa, now()
    UnitEntry.objects.bulk_update(entries, ["assessor", "iqa", "changed_at"])
    who = f"assessor {assessor.name if assessor else 'nobody'}, IQA {iqa.name if iqa else 'nobody'}"
    record(
        chain=registration_chain(registration.pk),
        action="allocate",
        about=registration,
        summary=f"{who} for {', '.join(entry.unit.code for entry in entries)}",
        by=by,
    )
    return entries


@transaction.atomic
def allocate_each(
    *, registration: Registration, plan: Mapping[Unit, tuple[User | None, User | None]], by: Actor
) -> None:
    """Allocate by unit, unit → (assessor, IQA), all or none; who is allocated already is not recorded again."""
    teams: dict[tuple[User | None, User | None], list[Unit]] = {}
    for entry in registration.entries.select_related("unit", "assessor", "iqa").filter(unit__in=list(plan)):
        team = plan[entry.unit]
        if team != (entry.assessor, entry.iqa):
            teams.setdefault(team, []).append(entry.unit)
    for (assessor, iqa), units in teams.items():
        allocate(registration=registration, assessor=assessor, iqa=iqa, units=units, by=by)


@transaction.atomic
def withdraw(*, registration: Registration, by: Actor) -> None:
    """End a registration without a claim; everything in it stays readable."""
    require(rules.refuse_withdraw(registration=registration, by=by))
    move(registration, to=states.WITHDRAWN, moves=states.REGISTRATION_MOVES, changed_at=now())
    record(
        chain=registration_chain(registration.pk),
        action="withdraw",
        about=registration,
        summary="Withdrawn",
        by=by,
    )
