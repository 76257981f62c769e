"""The outbox: work is held by one worker at a time, and what was left behind is taken up again."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.actors import Actor
from jobs import actions, states
from jobs.models import Job

BY = Actor.system("testing the outbox")


@pytest.fixture(autouse=True)
def sent(monkeypatch):
    """What the broker was told of."""
    told = []
    monkeypatch.setattr(actions.current_app, "send_task", lambda name, kwargs, retry: told.append(kwargs["job_id"]))
    return told


@pytest.fixture
def job(db):
    return actions.queue(task="testing.work", about="test:1", arguments={"claim_id": 1}, by=BY)


def let_the_lease_run_out(job):
    Job.objects.filter(pk=job.pk).update(due_at=timezone.now() - timedelta(seconds=1))


def state_of(job) -> str:
    return Job.objects.get(pk=job.pk).state


def test_the_broker_hears_of_a_job_once_its_transaction_commits(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.queue(task="testing.work", about="test:1", arguments={}, by=BY)
        assert sent == []
    assert sent == [job.pk]


def test_a_job_goes_with_the_action_that_queued_it(db, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        actions.queue(task="testing.work", about="test:1", arguments={}, by=BY)
        transaction.set_rollback(True)
    assert sent == []
    assert not Job.objects.exists()


def test_a_broker_that_cannot_be_reached_leaves_the_job_for_the_sweeper(job, sent, monkeypatch, caplog):
    def unreachable(*args, **kwargs):
        raise ConnectionError

    with monkeypatch.context() as patched:
        patched.setattr(actions.current_app, "send_task", unreachable)
        actions.send(job=job)
    assert "the sweeper will try again" in caplog.text
    assert actions.sweep() == 1
    assert sent == [job.pk]


def test_a_job_is_held_by_one_worker_at_a_time(job):
    assert actions.take(job_id=job.pk).state == states.RUNNING
    assert actions.take(job_id=job.pk) is None
    let_the_lease_run_out(job)
    assert actions.take(job_id=job.pk).attempts == 2


def test_a_worker_whose_lease_was_taken_over_can_no_longer_report_or_finish(job):
    first = actions.take(job_id=job.pk)
    let_the_lease_run_out(job)
    second = actions.take(job_id=job.pk)
    with pytest.raises(actions.LeaseLost):
        actions.progress(job=first, done=1, of=2, message="half")
    actions.finish(job=first)
    assert state_of(job) == states.RUNNING
    actions.fail(job=first, error="too late")
    assert state_of(job) == states.RUNNING
    actions.finish(job=second)
    assert state_of(job) == states.DONE


def test_reporting_extends_the_lease(job):
    held = actions.take(job_id=job.pk)
    let_the_lease_run_out(job)
    actions.progress(job=held, done=1, of=2, message="half")
    assert actions.take(job_id=job.pk) is None


def test_work_that_is_done_is_not_done_again(job, sent):
    actions.finish(job=actions.take(job_id=job.pk))
    let_the_lease_run_out(job)
    assert actions.take(job_id=job.pk) is None
    assert actions.sweep() == 0
    assert sent == []


def test_a_job_that_fails_is_tried_again_later_and_stays_failed_after_the_last_attempt(job):
    for attempt in range(1, actions.ATTEMPTS + 1):
        let_the_lease_run_out(job)
        actions.fail(job=actions.take(job_id=job.pk), error=f"attempt {attempt}")
        if attempt < actions.ATTEMPTS:
            assert state_of(job) == states.QUEUED
            assert actions.take(job_id=job.pk) is None, "not before its time"
    assert state_of(job) == states.FAILED
    assert Job.objects.get(pk=job.pk).error == f"attempt {actions.ATTEMPTS}"


def test_the_sweeper_sends_what_was_left_behind_and_gives_up_in_the_end(job, sent):
    for _ in range(actions.ATTEMPTS):
        let_the_lease_run_out(job)
        actions.take(job_id=job.pk)
        assert actions.sweep() == 0, "somebody holds it"
        let_the_lease_run_out(job)
        actions.sweep()
    assert sent == [job.pk] * (actions.ATTEMPTS - 1)
    assert state_of(job) == states.FAILED
