"""What goes wrong in a browser: sessions end, buttons are pressed twice, lines break; nothing is lost or done twice."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from playwright.sync_api import expect

from assessments.models import Judgement
from audit.models import Entry
from certification.models import Claim
from portfolios.models import Evidence, File
from tests import factories
from tests.browser.people import Administrator, Assessor, Learner
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "What I saw, step by step, and why it is enough. " * 40
WITH_AND_WITHOUT_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture
def here(live_server, cast):
    return cast.here


@pytest.fixture
def amir(here, signed_in):
    return signed_in(Assessor, here.assessor)


@pytest.fixture
def ada(here, signed_in):
    return signed_in(Learner, here.learner, width=360)


def judge_page(house) -> str:
    """A piece of evidence on the first unit waits there."""
    entry = house.entry()
    factories.submit_evidence(house, entry)
    return f"/entries/{entry.public_id}/judge/"


def end_every_session() -> None:
    Session.objects.all().delete()
    cache.clear()


def test_long_text_is_there_again_after_the_session_ended_while_it_was_typed(here, amir):
    amir.opens(judge_page(here))
    amir.gives_one_reason(LONG)
    amir.says_met("1.1", "1.2")
    end_every_session()
    amir.presses("Save judgement")
    amir.signs_in(PASSWORD)
    amir.sees("We kept what you had typed.")
    expect(amir.page.get_by_label("Reason for several at once")).to_have_value(LONG)
    expect(amir.row("1.1").get_by_role("radio", name="Met", exact=True)).to_be_checked()
    amir.presses("Save judgement")
    amir.sees("2 met")
    assert {judgement.because for judgement in Judgement.objects.all()} == {LONG.strip()}
    amir.page.reload()
    expect(amir.page.get_by_label("Reason for several at once")).to_have_value("")


@WITH_AND_WITHOUT_SCRIPT
def test_judgement_saved_by_a_double_click_is_made_once(here, signed_in, script):
    amir = signed_in(Assessor, here.assessor, java_script_enabled=script)
    amir.opens(judge_page(here))
    amir.gives_one_reason("The notes show it.")
    amir.says_met("1.1", "1.2")
    amir.page.get_by_label("Feedback to the learner").fill("Well kept notes.")
    amir.presses_twice("Save judgement")
    amir.sees("Unit 101")
    amir.opens(f"/entries/{here.entry().public_id}/")
    assert Judgement.objects.count() == 2
    expect(amir.page.get_by_text("Well kept notes.")).to_have_count(1)


@WITH_AND_WITHOUT_SCRIPT
def test_evidence_submitted_by_a_double_click_is_submitted_once(here, signed_in, script):
    evidence = factories.make_draft(here, here.entry())
    ada = signed_in(Learner, here.learner, width=360, java_script_enabled=script)
    ada.opens(f"/evidence/{evidence.public_id}/submit/")
    ada.page.get_by_role("checkbox").check()
    ada.presses_twice("Submit")
    ada.sees_heading("My evidence")
    ada.sees("with your assessor")
    assert Entry.objects.filter(action="submit").count() == 1
    assert evidence.versions.count() == 1


@WITH_AND_WITHOUT_SCRIPT
def test_claim_sent_by_a_double_click_is_made_once(here, signed_in, script):
    factories.release(here)
    ruth = signed_in(Administrator, here.administrator, java_script_enabled=script)
    ruth.opens(f"/registrations/{here.registration.public_id}/claim/")
    ruth.presses_twice("Claim the certificate")
    ruth.sees_heading("Claim for Ada Okafor")
    assert Claim.objects.count() == 1


def test_file_over_the_limit_is_refused_before_it_is_sent(ada, settings, tmp_path):
    settings.UPLOAD_LIMIT_BYTES = 2000
    long_film = tmp_path / "long-film.mp4"
    long_film.write_bytes(b"0" * 5000)
    ada.opens("/evidence/add/")
    ada.chooses_files(long_film)
    ada.sees("“long-film.mp4” is 4.9 KB; the most that can be sent is 2.0 KB.")
    ada.looks("a file over the limit")
    assert not Evidence.objects.exists()


def test_empty_file_is_refused_before_it_is_sent(ada, tmp_path):
    empty = tmp_path / "empty.jpg"
    empty.touch()
    ada.opens("/evidence/add/")
    ada.chooses_files(empty)
    ada.sees("“empty.jpg” is empty (0 bytes).")
    assert not Evidence.objects.exists()


def test_upload_that_was_cut_off_is_tried_again_and_nothing_is_lost(here, ada, tmp_path):
    evidence = factories.make_draft(here, here.entry())
    report = tmp_path / "report.txt"
    report.write_bytes(b"A line of a report.\n" * 200)
    ada.opens(f"/evidence/{evidence.public_id}/files/")
    with ada.looked.expecting("ERR_CONNECTION_RESET"):
        ada.page.route("**/files/", lambda route: route.abort("connectionreset"), times=1)
        ada.chooses_files(report)
        ada.sees("The upload was cut off. Nothing you wrote is lost: choose Try again.")
        ada.looks("an upload that was cut off")
        assert not File.objects.exists()
        assert evidence.versions.get().text == "What I did that day, and why."
    ada.presses("Try again")
    ada.sees(re.compile("Take out"))
    assert [file.name for file in File.objects.all()] == ["report.txt"]
