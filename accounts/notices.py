"""Mails to people, and the mailbox that keeps them where no mail server is set up."""

import contextlib

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation, SentMail, User
from audit.actors import Actor, now

SALT = "accounts.invitation"
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
    facts = {"invitation": invitation, "as_what": as_what, "by": by, "link": invitation_link(invitation)}
    _send(
        user=invitation.user,
        subject="Your Attest invitation",
        template="accounts/mail/invitation.txt",
        facts=facts,
        by=by,
    )


def send_added(*, user: User, as_what: str, by: Actor) -> None:
    facts = {"user": user, "as_what": as_what, "by": by, "link": settings.PUBLIC_URL}
    _send(
        user=user,
        subject="You have been added on Attest",
        template="accounts/mail/added.txt",
        facts=facts,
        by=by,
    )


def _send(*, user: User, subject: str, template: str, facts: dict, by: Actor) -> None:
    headers = {CENTRE_HEADER: str(by.centre_id or "")} if settings.SHOW_MAIL else {}
    EmailMessage(subject, render_to_string(template, facts), to=[user.email], headers=headers).send()
