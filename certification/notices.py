"""Mails about what can be claimed."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.notices import CENTRE_HEADER
from certification import queries

NAMED = 50  # by name in one mail; the rest are counted


def send_ready(*, user_id: int, registration_ids: list[int]) -> None:
    """Tell an administrator who can be claimed; nothing is sent where none of them can be any more, and nothing to
    somebody who does not administer the centre any more."""
    ready = queries.still_claimable(registration_ids)
    user = User.objects.get(pk=user_id)
    if not ready or user not in queries.administrators_of(ready[0].centre):
        return
    centre = ready[0].centre
    link = settings.PUBLIC_URL + reverse("administrator_home")
    facts = {"user": user, "centre": centre, "ready": ready[:NAMED], "more": len(ready[NAMED:]), "link": link}
    how_many = "1 certificate" if len(ready) == 1 else f"{len(ready)} certificates"
    headers = {CENTRE_HEADER: str(centre.pk)} if settings.SHOW_MAIL else {}
    body = render_to_string("certification/mail/ready.txt", facts)
    EmailMessage(f"{how_many} can be claimed", body, to=[user.email], headers=headers).send()
