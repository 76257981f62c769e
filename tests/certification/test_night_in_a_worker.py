"""A real worker does the night's work, and is killed in the middle of it: everybody is told once."""

import time

import pytest

from audit.models import Entry
from certification import tasks
from certification.models import Readiness
from jobs import states
from jobs.models import Job
from tests.certification.test_worker import until
from tests.factories import make_cast, release

pytestmark = [pytest.mark.worker, pytest.mark.slow]


@pytest.fixture
def released(transactional_db):
    here = make_cast().here
    release(here)
    return here


def mails() -> list[str]:
    return list(Job.objects.filter(task="certification.send_ready").values_list("state", flat=True))


def test_a_worker_killed_in_the_night_finishes_it_after_a_restart(released, worker):
    tasks.every_night.run()
    until(lambda: Job.objects.get(task="certification.sweep_combinations").state != states.QUEUED, 30, every=0.002)
    worker.kill()
    worker.start()
    until(lambda: Job.objects.get(task="certification.sweep_combinations").state == states.DONE, 60)
    assert Readiness.objects.get().told_at is not None
    assert Entry.objects.filter(action="became_claimable").count() == 1
    time.sleep(1)
    assert len(mails()) == 1
