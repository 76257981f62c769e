"""Mails to people, and the mailbox that keeps them where no mail server is set up."""

import contextlib
import logging

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation, SentMail, User
from audit.actors import Actor, now
from jobs.actions import queue

logger = logging.getLogger(__name__)
SALT = "accounts.invitation"
ADDED = "You have been added on Attest"
CENTRE_HEADER = "X-Attest-Centre"


class KeptMail(EmailBackend):
    """Prints each mail on the console; keeps those that a centre, or the installation itself, sent.

    A mail that somebody asked for themselves (a forgotten password) carries no such mark and is never kept.
    """

    def send_messages(self, messages) -> int:
        for message in messages:
            sender = message.extra_headers.pop(CENTRE_HEADER, None)
            if sender is not None:
                SentMail.objects.create(
                    centre_id=int(sender) if sender else None,
                    sent_at=now(),
                    to=", ".join(message.to),
                    subject=message.subject,
                    body=message.body,
                )
        return super().send_messages(messages)


def invitation_link(invitation: Invitation) -> str:
    token = signing.dumps(invitation.pk, salt=SALT)
    return settings.PUBLIC_URL + reverse("invitation", args=[token])


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link names; nothing when the link was altered. Whether it may be used a rule says."""
    with contextlib.suppress(signing.BadSignature):
        return Invitation.objects.select_related("user").filter(pk=signing.loads(token, salt=SALT)).first()
    return None


def send_invitation(*, invitation: Invitation, as_what: str, by: Actor) -> None:
    """Send the link; a mail server that does not answer is tried again from the outbox."""
    _deliver(user=invitation.user, invitation=invitation, as_what=as_what, by=by)


def send_added(*, user: User, as_what: str, by: Actor) -> None:
    """Tell somebody who has a password already; tried again as an invitation is."""
    _deliver(user=user, invitation=None, as_what=as_what, by=by)


def _deliver(*, user: User, invitation: Invitation | None, as_what: str, by: Actor) -> None:
    facts = {
        "user_id": user.pk,
        "invitation_id": invitation and invitation.pk,
        "as_what": as_what,
        "by_name": by.name,
        "centre_id": by.centre_id,
        "centre_name": by.centre_name,
    }
    try:
        send(**facts)
    except OSError:  # what the mail library raises when the server is away or refuses
        logger.exception("A mail to user %s could not be sent; it waits in the outbox", user.pk)
        queue(task="accounts.send_mail", about=f"user:{user.public_id}", arguments=facts, by=by)


def send(
    *,
    user_id: int,
    invitation_id: int | None,
    as_what: str,
    by_name: str,
    centre_id: int | None,
    centre_name: str,
) -> None:
    """Write and send one mail from plain facts, so that the outbox can hold them."""
    user = User.objects.get(pk=user_id)
    invitation = Invitation.objects.select_related("user").filter(pk=invitation_id).first()
    facts = {"user": user, "invitation": invitation, "as_what": as_what, "by_name": by_name, "centre_name": centre_name}
    facts["link"] = invitation_link(invitation) if invitation else settings.PUBLIC_URL
    subject, template = ("Your Attest invitation", "invitation") if invitation else (ADDED, "added")
    headers = {CENTRE_HEADER: str(centre_id or "")} if settings.SHOW_MAIL else {}
    body = render_to_string(f"accounts/mail/{template}.txt", facts)
    EmailMessage(subject, body, to=[user.email], headers=headers).send()
