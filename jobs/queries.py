"""Reading the outbox: the progress of one's own work."""

from django.db.models import QuerySet

from jobs.models import Job


def jobs_about(about: str) -> QuerySet[Job]:
    """The jobs about one object, newest first. The caller has already asked who may see that object."""
    return Job.objects.filter(about=about).order_by("-pk")
