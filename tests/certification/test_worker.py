"""A real worker, killed while it makes a certificate, and two workers at once: one certificate in the end."""

import time

import pytest

from certification import actions as certification
from certification.models import Certificate, Claim
from jobs.actions import send
from jobs.models import Job
from portfolios.models import Registration
from tests.factories import grant_direct_claims, make_cast, release
from tests.stack.worker import Worker

pytestmark = [pytest.mark.worker, pytest.mark.slow]
ROUNDS = 3


@pytest.fixture
def released(transactional_db):
    """A released registration of a centre with direct claims status: the next click makes a certificate."""
    here = make_cast().here
    release(here)
    grant_direct_claims(here)
    here.registration = Registration.objects.get(pk=here.registration.pk)
    return here


def claim(house) -> Claim:
    return certification.claim(registration=house.registration, by=house.administrator)


def until(done, seconds: float, every: float = 0.2) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, list(Job.objects.values("state", "attempts", "message", "error"))
        time.sleep(every)


def job() -> Job:
    return Job.objects.get(task="certification.make_documents")


def made_once(made: Claim) -> None:
    until(lambda: job().state == "done", 60)
    certificate = Certificate.objects.get(claim=made)
    assert set(certificate.documents) == {"award", "units"}
    made.refresh_from_db()
    assert made.state == "issued"


def test_a_claim_becomes_a_certificate(released, worker):
    made_once(claim(released))
    assert job().attempts == 1


@pytest.mark.parametrize("kill_at", range(ROUNDS))
def test_a_worker_killed_while_it_makes_a_certificate_makes_it_once_after_a_restart(released, worker, kill_at):
    """Killed as soon as the work is seen to run, and a little later in each round."""
    made = claim(released)
    until(lambda: job().state == "running", 30, every=0.002)
    time.sleep(kill_at * 0.15)
    worker.kill()
    interrupted = job()
    worker.start()
    made_once(made)
    if interrupted.state == "running":
        assert job().attempts >= 2
    else:
        assert kill_at, "the first round kills in the middle"


def test_two_workers_at_once_make_one_certificate(released, worker, tmp_path):
    second = Worker(directory=tmp_path / "second", environment=worker.environment)
    second.directory.mkdir()
    second.start()
    try:
        made = claim(released)
        for _ in range(5):
            send(job=job())
        made_once(made)
        time.sleep(1)
        assert Certificate.objects.count() == 1
    finally:
        second.stop()
