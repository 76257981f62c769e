"""An editor's browser, and a draft to review."""

import pytest

from tests.quals.builders import an_editor
from tests.quals.review_pages.drafts import make_draft


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


@pytest.fixture
def draft(editor):
    return make_draft()
