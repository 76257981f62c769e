"""Who may run a centre and the installation; whether a person is approved for a unit and role on a day."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.formats import date_format

from accounts.models import User
from audit.actors import ADMINISTRATOR, EDITOR, Actor, today
from audit.rules import Refusal
from centres.models import Allocation, Approval, Centre, Competence, DirectClaims, Membership, Period
from centres.states import AS_WHAT, ASSESS, QUALIFIED, ROLE_FOR, VERIFY
from quals.models import Unit

DEEDS = {ASSESS: "assess", VERIFY: "verify internally"}


def refuse_administer(*, centre_id: int | None, by: Actor | None) -> Refusal | None:
    if by is None or centre_id is None or not by.is_at(centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can do this.")
    return None


def refuse_edit_installation(*, by: Actor | None) -> Refusal | None:
    if by is None or by.role not in {EDITOR, "system"}:
        return Refusal("ROLE", "Only a catalogue editor, who acts for the installation, can do this.")
    return None


# --- Days ------------------------------------------------------------------------------------------


def _on(day: date) -> str:
    return date_format(day, "j F Y")


def _overlapping(rows: QuerySet, *, from_on: date, until_on: date | None) -> Period | None:
    """One of `rows` that shares a day with the period from `from_on` until `until_on`, or nothing."""
    begun = rows if until_on is None else rows.filter(from_on__lte=until_on)
    return begun.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).order_by("from_on").first()


def _days(row: Period) -> str:
    return f"from {_on(row.from_on)}" + (f" until {_on(row.until_on)}" if row.until_on else "")


def refuse_days(*, from_on: date, until_on: date | None) -> Refusal | None:
    if until_on is not None and until_on < from_on:
        return Refusal("INPUT", "The last day is before the first one.")
    return None


def refuse_end(*, row: Period, last_day: date) -> Refusal | None:
    """A period cannot end before it began, nor be made longer by ending it."""
    if last_day < row.from_on:
        return Refusal("INPUT", f"This began on {_on(row.from_on)}: choose that day or a later one.")
    if row.until_on is not None and row.until_on <= last_day:
        return Refusal("INPUT", f"This already ends on {_on(row.until_on)}.")
    return None


# --- Centres ---------------------------------------------------------------------------------------


def refuse_centre_number(*, number: str) -> Refusal | None:
    if taken := Centre.objects.filter(number__iexact=number.strip()).first():
        return Refusal("INPUT", f"{taken.name} already has the centre number {taken.number}.")
    return None


def refuse_approve_centre(*, centre: Centre, qan: str, from_on: date, until_on: date | None) -> Refusal | None:
    held = _overlapping(Approval.objects.filter(centre=centre, qan=qan), from_on=from_on, until_on=until_on)
    if held is not None:
        return Refusal("INPUT", f"{centre} is already approved for {qan} {_days(held)}.")
    return refuse_days(from_on=from_on, until_on=until_on)


def refuse_grant_direct_claims(*, centre: Centre, qan: str, from_on: date) -> Refusal | None:
    """DCS-1: status is for one centre and one qualification, which the centre is approved for."""
    if not approval_in_force(centre_id=centre.pk, qan=qan, day=from_on):
        return Refusal("DCS-1", f"{centre} is not approved for {qan} on {_on(from_on)}.")
    held = _overlapping(DirectClaims.objects.filter(centre=centre, qan=qan), from_on=from_on, until_on=None)
    if held is not None:
        return Refusal("INPUT", f"{centre} already claims {qan} directly {_days(held)}.")
    return None


def refuse_remove_direct_claims(*, centre: Centre, qan: str, last_day: date) -> Refusal | None:
    granted = DirectClaims.objects.filter(centre=centre, qan=qan, until_on__isnull=True).first()
    if granted is None:
        return Refusal("INPUT", f"{centre} does not claim {qan} directly, or the last day is already set.")
    return refuse_end(row=granted, last_day=last_day)


def refuse_allocate(*, email: str, centre: Centre, qan: str, from_on: date, until_on: date | None) -> Refusal | None:
    held = _overlapping(
        Allocation.objects.filter(user__email=email.strip().lower(), centre=centre, qan=qan),
        from_on=from_on,
        until_on=until_on,
    )
    if held is not None:
        return Refusal("INPUT", f"{held.user} is already the EQA for {qan} at {centre} {_days(held)}.")
    return refuse_days(from_on=from_on, until_on=until_on)


# --- People ----------------------------------------------------------------------------------------


def refuse_role_twice(*, centre: Centre, email: str, role: str) -> Refusal | None:
    held = Membership.objects.filter(
        centre=centre, role=role, user__email=email.strip().lower(), until_on__isnull=True
    ).first()
    if held is None:
        return None
    return Refusal("INPUT", f"{held.user} is already {AS_WHAT[role]} here. Nothing was sent; open them under People.")


def refuse_invite_again(*, centre: Centre, user: User) -> Refusal | None:
    if not Membership.objects.in_force(today()).filter(centre=centre, user=user).exists():
        return Refusal("INPUT", f"{user} holds no role here today. Invite them anew.")
    if user.has_usable_password():
        return Refusal(
            "INPUT",
            f"{user} has chosen a password already. A forgotten one is set again from the sign-in page.",
        )
    return None


def refuse_leave(*, membership: Membership) -> Refusal | None:
    """A centre always keeps somebody who can run it."""
    if membership.role != ADMINISTRATOR:
        return None
    staying = Membership.objects.in_force(today()).filter(
        centre_id=membership.centre_id, role=ADMINISTRATOR, until_on__isnull=True
    )
    if staying.exclude(user_id=membership.user_id).exists():
        return None
    return Refusal("INPUT", f"{membership.user} is the only administrator here. Invite another one first.")


def refuse_approve_staff(*, centre: Centre, user: User, kind: str) -> Refusal | None:
    """STF-1: approved for the unit *and the role*; so the role comes first."""
    role = ROLE_FOR[kind]
    if Membership.objects.in_force(today()).filter(centre=centre, user=user, role=role).exists():
        return None
    return Refusal("STF-1", f"{user} is not {AS_WHAT[role]} here. Give them that role first, under People.")


def competence_of(*, user_id: int | None, centre_id: int, unit_id: int, kind: str, day: date) -> Competence | None:
    """The approval in force on `day` of a person for a unit and a kind of work (STF-1), or nothing."""
    found = Competence.objects.in_force(day).filter(user_id=user_id, centre_id=centre_id, unit_id=unit_id, kind=kind)
    return found.order_by("standing").first()  # "qualified" sorts before "trainee"


def refuse_incompetent(
    *, user_id: int | None, centre: Centre, unit: Unit, kind: str, day: date, qualified: bool = False
) -> Refusal | None:
    """STF-1: approved for the unit and the role on the day; with `qualified`, not in training either."""
    held = competence_of(user_id=user_id, centre_id=centre.pk, unit_id=unit.pk, kind=kind, day=day)
    if held is None:
        return Refusal(
            "STF-1",
            f"You are not approved to {DEEDS[kind]} unit {unit.code} today. "
            "The administrator of your centre can approve you under People.",
        )
    if qualified and held.standing != QUALIFIED:
        return Refusal("STF-1", f"You are in training for unit {unit.code}: somebody qualified has to do this.")
    return None


def approval_in_force(*, centre_id: int, qan: str, day: date) -> bool:
    return Approval.objects.in_force(day).filter(centre_id=centre_id, qan=qan).exists()


def has_direct_claims(*, centre_id: int, qan: str, day: date) -> bool:
    """DCS-1: direct claims status of this centre for this very qualification on that day."""
    return DirectClaims.objects.in_force(day).filter(centre_id=centre_id, qan=qan).exists()
