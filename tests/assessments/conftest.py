"""A unit with a piece to judge, and how a page's form is filled in."""

import pytest
from django.urls import reverse

from tests.factories import submit_evidence


@pytest.fixture
def entry(here):
    return here.entry("101")


@pytest.fixture
def version(here, entry):
    return submit_evidence(here, entry, title="A call log")


@pytest.fixture
def page_of():
    """`page_of("judge", entry)`: the address of a page about an entry."""
    return lambda name, entry: reverse(name, args=[entry.public_id])


@pytest.fixture
def filled():
    """`filled(version, {"1.1": {"outcome": "met"}}, because="Shown.")`: what the judging page sends."""

    def fill(version, rulings, **rest):
        sent = {"version": str(version.public_id), **rest}
        for code, said in rulings.items():
            sent |= {f"c{code}-{name}": value for name, value in said.items()}
        return sent

    return fill
