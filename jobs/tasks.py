"""How a Celery task becomes leased work from the outbox, and the sweeper that leaves nothing behind."""

import logging
import traceback
from collections.abc import Callable
from functools import wraps

from celery import shared_task

from jobs import actions

logger = logging.getLogger(__name__)


def work(name: str) -> Callable:
    """Register `function(*, progress, **arguments)` as the task `name`, run under the job's lease.

    `progress(done, of, message)` reports and extends the lease. The function must be safe to run twice; it
    raises `GivenUp` where running it again would change nothing.
    """

    def register(function: Callable) -> Callable:
        @shared_task(name=name)
        @wraps(function)
        def run(job_id: int) -> None:
            job = actions.take(job_id=job_id)
            if job is None:
                return
            try:
                function(
                    progress=lambda done, of, message="": actions.progress(job=job, done=done, of=of, message=message),
                    **job.arguments,
                )
            except actions.LeaseLost:
                logger.warning("Job %s was taken over by another worker", job_id)
            except actions.GivenUp as reason:
                logger.error("Job %s (%s) was given up: %s", job_id, name, reason)
                actions.fail(job=job, error=str(reason), for_good=True)
            except Exception:
                logger.exception("Job %s (%s) failed", job_id, name)
                actions.fail(job=job, error=traceback.format_exc(limit=5))
            else:
                actions.finish(job=job)

        return run

    return register


@shared_task(name="jobs.sweep")
def sweep() -> int:
    return actions.sweep()
