"""The documents that are written as CASE and read back, and whoever asks for them."""

import pytest

from tests.quals.builders import QAN, an_administrator
from tests.quals.specification.conftest import demonstration, demonstration_pack, specifications

__all__ = ["demonstration", "demonstration_pack", "specifications"]


@pytest.fixture
def approved(client):
    client.force_login(an_administrator(approved=(QAN,)))
    return client
