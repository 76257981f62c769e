"""What a journey starts from: a kept mailbox, eyes on every page, and browsers for people."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.looking import Looked

PROQUAL_QAN = "601/4756/8"


@pytest.fixture
def looked():
    """Fails the test at its end for every fault of every page that was looked at."""
    looked = Looked()
    yield looked
    assert not looked.faults, "\n".join(["", *dict.fromkeys(looked.faults)])


@pytest.fixture
def mail_kept(settings, live_server):
    """As in an installation without a mail server: mail stands on a page, and its links lead to this server."""
    settings.SHOW_MAIL = True
    settings.EMAIL_BACKEND = "accounts.notices.KeptMail"
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def somebody(new_page, looked):
    """`somebody(Learner, "ada@…", width=360)`: that person with a browser of their own, listened to."""

    def come(role, email: str, **window):
        page = new_page(**window)
        looked.listen(page)
        return role(page, email, looked)

    return come


@pytest.fixture
def signed_in(somebody, client_for, live_server):
    """`signed_in(Assessor, actor)`: somebody of the cast, through the door already."""

    from tests.factories import user_of

    def enter(role, actor, **window):
        person = somebody(role, user_of(actor).email, **window)
        cookie = client_for(actor).cookies[settings.SESSION_COOKIE_NAME]
        person.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return person

    return enter


@pytest.fixture
def proqual_document() -> Path:
    """The document of ProQual's Level 4 NVQ Diploma in Customer Service."""
    from quals.specification import NotASpecification, read_specification

    folder = os.environ.get("ATTEST_SPECIFICATIONS")
    if not folder:
        pytest.skip("ATTEST_SPECIFICATIONS names no folder of specification documents")
    for path in sorted(Path(folder).resolve().glob("002_*.txt")):
        try:
            pack = read_specification(path.read_bytes(), path.name)
        except NotASpecification:
            continue
        if PROQUAL_QAN in {qualification["qan"] for qualification in pack["qualifications"]}:
            return path
    pytest.skip(f"ATTEST_SPECIFICATIONS holds no document of {PROQUAL_QAN}")
