"""Inviting people, and what they do with the invitation. Nobody signs up by themselves."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import notices, rules
from accounts.models import Invitation, User
from audit.actions import record
from audit.actors import SYSTEM, Actor, now
from audit.rules import require


@transaction.atomic
def invite(*, email: str, name: str, chain: str, as_what: str, by: Actor) -> User:
    """The person with this email address, made if need be; who has no password yet is sent a link to set one.

    `chain` is the audit chain of the centre that invites (or the installation); `as_what` is read out in the mail.
    """
    user, _ = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "password": make_password(None)}
    )
    if user.has_usable_password():
        record(chain=chain, action="invite", about=user, summary=f"{user.name} added as {as_what}", by=by)
        transaction.on_commit(lambda: notices.send_added(user=user, as_what=as_what, by=by))
        return user
    sent_at = now()
    invitation = Invitation.objects.create(
        user=user, chain=chain, sent_at=sent_at, expires_at=sent_at + timedelta(days=settings.INVITATION_DAYS)
    )
    record(chain=chain, action="invite", about=user, summary=f"{user.name} invited as {as_what}", by=by)
    transaction.on_commit(lambda: notices.send_invitation(invitation=invitation, as_what=as_what, by=by))
    return user


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, by: Actor | None = None) -> User:
    """Set the password and use the invitation up. `by` is the invited person, who holds the signed link."""
    invitation = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    require(rules.refuse_accept(invitation=invitation))
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(user=user, accepted_at__isnull=True).update(accepted_at=now())
    by = by or Actor(user_id=user.pk, name=user.name, role=SYSTEM)
    record(
        chain=invitation.chain,
        action="accept_invitation",
        about=user,
        summary=f"{user.name} set a password",
        by=by,
    )
    return user
