"""Mails that could not be sent at once."""

from accounts import notices
from jobs.tasks import work


@work("accounts.send_mail")
def send_mail(*, progress, **facts) -> None:
    notices.send(**facts)
