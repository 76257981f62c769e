"""Mail that cannot be sent at once is not lost."""

from django.core import mail

from audit import actors
from centres import actions as centres
from jobs.models import Job
from tests import factories


def test_a_mail_server_that_is_away_costs_nothing_but_time(here, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    with django_capture_on_commit_callbacks(execute=True):
        user = centres.invite_member(
            centre=here.centre, email="new@ng1.example", name="Nia New", role=actors.IQA, by=here.administrator
        )
    job = Job.objects.get(task="accounts.send_mail")
    assert (user.name, job.state) == ("Nia New", "queued")

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    factories.run_jobs()
    assert [sent.to for sent in mail.outbox] == [["new@ng1.example"]]
    job.refresh_from_db()
    assert job.state == "done"
