"""An editor, and an outbox that tells no broker."""

import pytest

from audit.actors import EDITOR, Actor
from tests.quals.builders import an_editor


@pytest.fixture
def edda():
    user = an_editor()
    return Actor(user.pk, user.name, EDITOR)


@pytest.fixture
def told():
    steps = []
    return steps


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Jobs stay in the outbox; each test runs the one that it means."""
    monkeypatch.setattr("jobs.actions.send", lambda *, job: None)
