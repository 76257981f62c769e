"""Queueing work, taking it under a lease, reporting progress, finishing it, and taking up what was left behind."""

import logging
import uuid
from datetime import timedelta

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jobs import states
from jobs.models import Job

logger = logging.getLogger(__name__)
ATTEMPTS = 5


class LeaseLost(Exception):
    """Another worker has taken this job over; whoever gets this stops without writing anything more."""


class GivenUp(Exception):
    """Trying again would change nothing; the text says why, for whoever looks after the work."""


def queue(*, task: str, about: str, arguments: dict, by) -> Job:
    """Write the job in the caller's transaction; the worker hears of it once that commits."""
    now = timezone.now()
    job = Job.objects.create(
        task=task, about=about, arguments=arguments, owner_id=by.user_id, created_at=now, due_at=now
    )
    transaction.on_commit(lambda: send(job=job))
    return job


def send(*, job: Job) -> None:
    """Tell the broker. If it cannot be reached the job stays in the outbox, and the sweeper tells it later."""
    try:
        current_app.send_task(job.task, kwargs={"job_id": job.pk}, retry=False)
    except Exception:
        logger.exception("The broker could not be told of job %s; the sweeper will try again", job.pk)


def take(*, job_id: int) -> Job | None:
    """Take the job under a fresh lease, or nothing when it is done or somebody else holds it."""
    now, lease = timezone.now(), uuid.uuid4()
    taken = Job.objects.filter(
        pk=job_id, state__in=[states.QUEUED, states.RUNNING], due_at__lte=now, attempts__lt=ATTEMPTS
    ).update(
        state=states.RUNNING,
        lease=lease,
        attempts=F("attempts") + 1,
        due_at=now + timedelta(seconds=settings.LEASE_SECONDS),
    )
    return Job.objects.get(pk=job_id) if taken else None


def progress(*, job: Job, done: int, of: int, message: str) -> None:
    """Say how far the work is and extend the lease; raises LeaseLost when another worker has it."""
    held = Job.objects.filter(pk=job.pk, lease=job.lease, state=states.RUNNING).update(
        done_parts=done,
        all_parts=of,
        message=message[:200],
        due_at=timezone.now() + timedelta(seconds=settings.LEASE_SECONDS),
    )
    if not held:
        raise LeaseLost(job.pk)


def finish(*, job: Job) -> None:
    Job.objects.filter(pk=job.pk, lease=job.lease).update(
        state=states.DONE, done_parts=F("all_parts"), message="", error="", lease=None
    )


def fail(*, job: Job, error: str, for_good: bool = False) -> None:
    """Put the job back for another attempt, later each time; after the last one, or where another would change
    nothing, it stays failed and says why."""
    over = for_good or job.attempts >= ATTEMPTS
    Job.objects.filter(pk=job.pk, lease=job.lease).update(
        state=states.FAILED if over else states.QUEUED,
        error=error,
        lease=None,
        due_at=timezone.now() + timedelta(seconds=settings.SWEEP_SECONDS * job.attempts),
    )


def sweep() -> int:
    """Send again whatever is due and not finished: lost messages, and work whose lease ran out. Returns how many."""
    now = timezone.now()
    due = Job.objects.filter(state__in=[states.QUEUED, states.RUNNING], due_at__lte=now)
    due.filter(attempts__gte=ATTEMPTS).update(state=states.FAILED, error="It was interrupted too often.", lease=None)
    waiting = list(due.filter(attempts__lt=ATTEMPTS).order_by("due_at")[:200])
    for job in waiting:
        send(job=job)
    return len(waiting)
