"""Setting up centres, the people in them, and what each is approved for."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from accounts import actions as accounts
from accounts.models import User
from audit.actions import INSTALLATION, centre_chain, record
from audit.actors import ADMINISTRATOR, EQA, Actor, today
from audit.rules import require
from centres import rules
from centres.models import Allocation, Approval, Centre, Competence, DirectClaims, Membership
from centres.states import AS_WHAT, KIND_OF, QUALIFIED
from quals.models import Unit


def _one_at_a_time(centre: Centre) -> None:
    """Two people at once, or one who pressed twice: the second waits, and then finds what the first did."""
    Centre.objects.select_for_update().get(pk=centre.pk)


@transaction.atomic
def open_centre(*, name: str, number: str, is_demonstration: bool = False, by: Actor) -> Centre:
    """A new centre. Only the command that builds a demonstration passes `is_demonstration`."""
    require(rules.refuse_edit_installation(by=by), rules.refuse_centre_number(number=number))
    centre = Centre.objects.create(name=name, number=number, is_demonstration=is_demonstration)
    record(chain=centre_chain(centre.pk), action="open_centre", about=centre, summary=f"{name} opened", by=by)
    return centre


@transaction.atomic
def open_centre_with(*, name: str, number: str, administrator: str, email: str, by: Actor) -> Centre:
    """A new centre, and its first administrator invited, who does the rest."""
    centre = open_centre(name=name, number=number, by=by)
    invite_member(centre=centre, email=email, name=administrator, role=ADMINISTRATOR, by=by)
    return centre


@transaction.atomic
def approve_centre(*, centre: Centre, qan: str, from_on: date, until_on: date | None = None, by: Actor) -> Approval:
    """Record the awarding organisation's approval of the centre for a qualification."""
    require(rules.refuse_edit_installation(by=by))
    _one_at_a_time(centre)
    require(rules.refuse_approve_centre(centre=centre, qan=qan, from_on=from_on, until_on=until_on))
    approval = Approval.objects.create(centre=centre, qan=qan, from_on=from_on, until_on=until_on)
    record(
        chain=centre_chain(centre.pk),
        action="approve_centre",
        about=approval,
        summary=f"{centre} approved for {qan}",
        by=by,
    )
    return approval


@transaction.atomic
def end_approval(*, approval: Approval, last_day: date, by: Actor) -> None:
    """The awarding organisation's approval ends with `last_day`."""
    require(
        rules.refuse_edit_installation(by=by),
        rules.refuse_end(row=approval, last_day=last_day),
    )
    _end(approval, last_day=last_day, action="end_approval", by=by)


def _end(row: Approval | Membership | Allocation, *, last_day: date, action: str, by: Actor) -> None:
    row.until_on = last_day
    row.save(update_fields=["until_on"])
    chain, summary = centre_chain(row.centre_id), f"{row}: ends with {last_day}"
    record(chain=chain, action=action, about=row, summary=summary, by=by)


@transaction.atomic
def grant_direct_claims(*, centre: Centre, qan: str, from_on: date, by: Actor) -> DirectClaims:
    """Direct claims status for one centre and one qualification (DCS-1)."""
    require(rules.refuse_edit_installation(by=by))
    _one_at_a_time(centre)
    require(rules.refuse_grant_direct_claims(centre=centre, qan=qan, from_on=from_on))
    granted = DirectClaims.objects.create(centre=centre, qan=qan, from_on=from_on)
    record(
        chain=centre_chain(centre.pk),
        action="grant_direct_claims",
        about=granted,
        summary=f"{centre} may claim {qan} directly",
        by=by,
    )
    return granted


@transaction.atomic
def remove_direct_claims(*, centre: Centre, qan: str, last_day: date, by: Actor) -> None:
    """End direct claims status; claims from the day after `last_day` wait for the EQA."""
    require(
        rules.refuse_edit_installation(by=by),
        rules.refuse_remove_direct_claims(centre=centre, qan=qan, last_day=last_day),
    )
    DirectClaims.objects.filter(centre=centre, qan=qan, until_on__isnull=True).update(until_on=last_day)
    record(
        chain=centre_chain(centre.pk),
        action="remove_direct_claims",
        about=centre,
        summary=f"{centre} no longer claims {qan} directly after {last_day}",
        by=by,
    )


@transaction.atomic
def allocate_eqa(
    *, email: str, name: str, centre: Centre, qan: str, from_on: date, until_on: date | None = None, by: Actor
) -> Allocation:
    """Appoint an EQA, by the awarding organisation, to a centre's qualification."""
    require(rules.refuse_edit_installation(by=by))
    _one_at_a_time(centre)
    require(rules.refuse_allocate(email=email, centre=centre, qan=qan, from_on=from_on, until_on=until_on))
    user = accounts.invite(email=email, name=name, chain=centre_chain(centre.pk), as_what=AS_WHAT[EQA], by=by)
    allocation = Allocation.objects.create(user=user, centre=centre, qan=qan, from_on=from_on, until_on=until_on)
    record(chain=centre_chain(centre.pk), action="allocate_eqa", about=allocation, summary=str(allocation), by=by)
    return allocation


@transaction.atomic
def end_allocation(*, allocation: Allocation, last_day: date, by: Actor) -> None:
    """The EQA's appointment ends with `last_day`; what they decided stays."""
    require(
        rules.refuse_edit_installation(by=by),
        rules.refuse_end(row=allocation, last_day=last_day),
    )
    _end(allocation, last_day=last_day, action="end_allocation", by=by)


@transaction.atomic
def invite_member(*, centre: Centre, email: str, name: str, role: str, by: Actor) -> User:
    """Invite a person to a role at the centre. The installation invites a centre's first administrator."""
    if rules.refuse_edit_installation(by=by):
        require(rules.refuse_administer(centre_id=centre.pk, by=by))
    user = accounts.invite(email=email, name=name, chain=centre_chain(centre.pk), as_what=AS_WHAT[role], by=by)
    membership, made = Membership.objects.get_or_create(
        centre=centre, user=user, role=role, until_on=None, defaults={"from_on": today()}
    )
    if made:
        record(
            chain=centre_chain(centre.pk),
            action="give_role",
            about=membership,
            summary=str(membership),
            by=by,
        )
    return user


@transaction.atomic
def invite_staff(
    *,
    centre: Centre,
    email: str,
    name: str,
    role: str,
    units: Iterable[Unit] = (),
    standing: str = QUALIFIED,
    by: Actor,
) -> User:
    """Invite a colleague and approve an assessor or IQA for units at once; no role is given twice."""
    require(rules.refuse_administer(centre_id=centre.pk, by=by))
    _one_at_a_time(centre)
    require(rules.refuse_role_twice(centre=centre, email=email, role=role))
    user = invite_member(centre=centre, email=email, name=name, role=role, by=by)
    units = list(units)
    if units and role in KIND_OF:
        kind = KIND_OF[role]
        approve_staff(centre=centre, user=user, units=units, kind=kind, standing=standing, from_on=today(), by=by)
    return user


@transaction.atomic
def invite_again(*, centre: Centre, user: User, by: Actor) -> None:
    """Send the invitation, with a new link, once more to somebody who has not chosen a password."""
    require(
        rules.refuse_administer(centre_id=centre.pk, by=by),
        rules.refuse_invite_again(centre=centre, user=user),
    )
    held = Membership.objects.in_force(today()).filter(centre=centre, user=user).order_by("pk")
    as_what = " and ".join(AS_WHAT[role] for role in held.values_list("role", flat=True))
    accounts.invite(email=user.email, name=user.name, chain=centre_chain(centre.pk), as_what=as_what, by=by)


@transaction.atomic
def end_membership(*, membership: Membership, last_day: date, by: Actor) -> None:
    """The role ends with `last_day`; what the person decided stays."""
    require(rules.refuse_administer(centre_id=membership.centre_id, by=by))
    _one_at_a_time(membership.centre)
    require(rules.refuse_leave(membership=membership), rules.refuse_end(row=membership, last_day=last_day))
    _end(membership, last_day=last_day, action="end_role", by=by)


@transaction.atomic
def approve_staff(
    *,
    centre: Centre,
    user: User,
    units: Iterable[Unit],
    kind: str,
    standing: str = QUALIFIED,
    from_on: date,
    by: Actor,
) -> list[Competence]:
    """Approve a person to assess or verify units from a day on; what they held for a unit before ends (STF-1)."""
    require(rules.refuse_administer(centre_id=centre.pk, by=by))
    _one_at_a_time(centre)
    require(rules.refuse_approve_staff(centre=centre, user=user, kind=kind))
    units = list(units)
    held = Competence.objects.filter(centre=centre, user=user, unit__in=units, kind=kind)
    held.filter(from_on__gte=from_on).delete()
    held.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).update(until_on=from_on - timedelta(days=1))
    made = Competence.objects.bulk_create(
        Competence(centre=centre, user=user, unit=unit, kind=kind, standing=standing, from_on=from_on) for unit in units
    )
    codes = ", ".join(unit.code for unit in units)
    summary = f"{user} approved to {kind} ({standing}): {codes}"
    record(chain=centre_chain(centre.pk), action="approve_staff", about=user, summary=summary, by=by)
    return made


@transaction.atomic
def end_staff_approval(
    *, centre: Centre, user: User, competences: Iterable[Competence], last_day: date, by: Actor
) -> None:
    """A person's approvals end with `last_day`; what they decided while they held stays."""
    competences = list(competences)
    require(
        rules.refuse_administer(centre_id=centre.pk, by=by),
        *(rules.refuse_end(row=competence, last_day=last_day) for competence in competences),
    )
    held = Competence.objects.filter(centre=centre, user=user, pk__in=[row.pk for row in competences])
    held.update(until_on=last_day)
    codes = ", ".join(f"{competence.kind} {competence.unit.code}" for competence in competences)
    summary = f"{user} no longer approved after {last_day}: {codes}"
    record(chain=centre_chain(centre.pk), action="end_staff_approval", about=user, summary=summary, by=by)


@transaction.atomic
def open_installation(*, editor: User, by: Actor) -> None:
    """Make a person a catalogue editor; only the installation itself does that."""
    require(rules.refuse_edit_installation(by=by))
    editor.is_catalogue_editor = True
    editor.save(update_fields=["is_catalogue_editor"])
    record(chain=INSTALLATION, action="make_editor", about=editor, summary=f"{editor} edits the catalogue", by=by)
