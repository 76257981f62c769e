"""The outbox: what an action queued is done once in the end, whatever becomes of messages and workers."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.actors import Actor
from jobs import actions, states
from jobs.models import Job
from jobs.queries import jobs_about
from jobs.tasks import work

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("testing the outbox")
done: list[int] = []


@work("tests.count_to")
def count_to(*, number: int, progress) -> None:
    for so_far in range(number):
        progress(so_far, number, f"Counted to {so_far}")
    done.append(number)


@work("tests.stumble")
def stumble(*, progress) -> None:
    raise ValueError("fell over")


@work("tests.hopeless")
def hopeless(*, progress) -> None:
    raise actions.GivenUp("The rules have changed.")


@work("tests.lose_the_lease")
def lose_the_lease(*, progress) -> None:
    overdue(Job.objects.get(task="tests.lose_the_lease"))
    actions.take(job_id=Job.objects.get(task="tests.lose_the_lease").pk)
    progress(1, 2, "Still here")
    done.append(-1)


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def a_job(task: str = "tests.count_to", **arguments) -> Job:
    return actions.queue(task=task, about="test:1", arguments=arguments, by=SYSTEM)


def overdue(job: Job, seconds: int = 1) -> None:
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(seconds=seconds))


def sent_by(act, monkeypatch) -> list[int]:
    """The jobs that the broker is told of while `act` runs."""
    told = []
    monkeypatch.setattr(actions, "send", lambda *, job: told.append(job.pk))
    act()
    return told


def test_a_job_is_told_of_only_when_its_transaction_commits(django_capture_on_commit_callbacks, monkeypatch):
    def queue_and_commit():
        with django_capture_on_commit_callbacks(execute=True):
            a_job(number=1)

    assert sent_by(queue_and_commit, monkeypatch) == [Job.objects.get().pk]


def test_a_job_of_an_action_that_failed_does_not_exist():
    with transaction.atomic():
        a_job(number=1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_a_job_is_done_once_however_often_the_message_arrives():
    job = a_job(number=3)
    for _ in range(3):
        count_to.run(job_id=job.pk)
    job.refresh_from_db()
    assert done == [3]
    assert (job.state, job.attempts, job.done_parts, job.all_parts) == (states.DONE, 1, 3, 3)


def test_a_job_that_somebody_holds_is_not_taken_by_another():
    job = a_job(number=1)
    assert actions.take(job_id=job.pk)
    assert actions.take(job_id=job.pk) is None


def test_a_job_whose_lease_ran_out_is_taken_again():
    job = a_job(number=1)
    first = actions.take(job_id=job.pk)
    overdue(job)
    second = actions.take(job_id=job.pk)
    assert (second.attempts, second.lease != first.lease) == (2, True)


def test_progress_extends_the_lease_and_says_how_far():
    job = actions.take(job_id=a_job(number=1).pk)
    overdue(job, seconds=-1)
    actions.progress(job=job, done=1, of=3, message="Making the list of units")
    kept = jobs_about("test:1").get()
    assert (kept.done_parts, kept.all_parts, kept.message) == (1, 3, "Making the list of units")
    assert kept.due_at > timezone.now() + timedelta(seconds=3)


def test_who_lost_the_lease_stops_and_cannot_finish_or_fail_the_job():
    first = actions.take(job_id=a_job(number=1).pk)
    overdue(first)
    second = actions.take(job_id=first.pk)
    with pytest.raises(actions.LeaseLost):
        actions.progress(job=first, done=1, of=2, message="")
    actions.finish(job=first)
    actions.fail(job=first, error="too late")
    kept = Job.objects.get()
    assert (kept.state, kept.lease, kept.error) == (states.RUNNING, second.lease, "")


def test_a_task_that_loses_its_lease_leaves_the_job_to_the_other():
    job = a_job("tests.lose_the_lease")
    lose_the_lease.run(job_id=job.pk)
    job.refresh_from_db()
    assert done == []
    assert (job.state, job.attempts) == (states.RUNNING, 2)


def test_a_job_that_fails_waits_longer_each_time_and_in_the_end_says_why():
    job, waits = a_job("tests.stumble"), []
    for _ in range(actions.ATTEMPTS):
        stumble.run(job_id=job.pk)
        job.refresh_from_db()
        waits.append(job.due_at - timezone.now())
        assert "fell over" in job.error
        overdue(job)
    assert job.state == states.FAILED
    assert waits == sorted(waits)
    stumble.run(job_id=job.pk)
    job.refresh_from_db()
    assert job.attempts == actions.ATTEMPTS


def test_the_sweeper_sends_what_was_lost_or_left_behind_and_nothing_else(monkeypatch):
    lost, left, held, later, finished = (a_job(number=1) for _ in range(5))
    actions.take(job_id=left.pk)
    overdue(lost)
    overdue(left)
    actions.take(job_id=held.pk)
    overdue(later, seconds=-60)
    count_to.run(job_id=finished.pk)
    overdue(finished)
    assert sent_by(actions.sweep, monkeypatch) == [lost.pk, left.pk]


def test_the_sweeper_gives_up_what_was_interrupted_too_often(monkeypatch):
    job = a_job(number=1)
    Job.objects.update(state=states.RUNNING, attempts=actions.ATTEMPTS)
    overdue(job)
    assert sent_by(actions.sweep, monkeypatch) == []
    job.refresh_from_db()
    assert (job.state, job.error) == (states.FAILED, "It was interrupted too often.")


def test_a_broker_that_cannot_be_reached_loses_nothing(settings, monkeypatch, caplog):
    job = a_job(number=2)

    def unreachable(*arguments, **options):
        raise ConnectionError("no broker")

    monkeypatch.setattr("celery.app.base.Celery.send_task", unreachable)
    actions.send(job=job)
    assert "the sweeper will try again" in caplog.text
    job.refresh_from_db()
    assert job.state == states.QUEUED
    count_to.run(job_id=job.pk)
    assert done == [2]


def test_a_job_that_is_given_up_is_not_tried_again_and_says_why():
    job = a_job("tests.hopeless")
    hopeless.run(job_id=job.pk)
    hopeless.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.lease) == ("failed", 1, "The rules have changed.", None)
