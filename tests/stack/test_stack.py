"""What the other tests lean on does what it says: the worker works and dies, the browser browses."""

import pytest
from django.db import connection

from config.celery import app


def who_answers() -> int:
    return len(app.control.ping(timeout=2))


@pytest.mark.worker
def test_worker_answers_until_it_is_killed_and_again_when_started(worker):
    assert who_answers() == 1
    worker.kill()
    assert who_answers() == 0
    worker.start()
    assert who_answers() == 1


@pytest.mark.postgres
@pytest.mark.django_db
def test_tests_marked_postgres_run_on_postgresql():
    assert connection.vendor == "postgresql"


@pytest.mark.browser
def test_browser_shows_a_page_at_the_width_of_a_phone(new_page):
    page = new_page(width=360)
    page.goto("/accounts/login/")
    assert page.evaluate("window.innerWidth") == 360
