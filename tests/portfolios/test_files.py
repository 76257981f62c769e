"""Evidence is served to those who may see it: in ranges, locked up so that nothing in it can run, and page by page."""

import hashlib
import io
import unicodedata
from urllib.parse import quote

import pypdfium2
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portfolios.files import shown_name, sniff
from portfolios.views.files import Unsatisfiable, span_of
from tests import factories as f
from tests.portfolios.sending import JPEG, upload

BYTES = bytes(range(256)) * 5


@pytest.fixture
def submitted(here):
    """A submitted file of Northgate's learner, in unit 101."""
    return f.submit_evidence(here, here.entry()).files.get()


def held(here, name, content):
    return f.add_file(here, f.make_draft(here, here.entry()), name, content)


def url(file, **more):
    return reverse("file", args=[file.public_id]) + ("?download" if more else "")


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def make_pdf(pages: int = 3, size=(595, 842)) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(*size)
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


@pytest.mark.parametrize("who", ["learner", "assessor", "iqa", "eqa"])
def test_those_who_work_on_the_entry_read_its_submitted_file(here, client_for, submitted, who):
    response = client_for(getattr(here, who)).get(url(submitted))
    assert response.status_code == 200
    assert hashlib.sha256(body(response)).hexdigest() == submitted.blob.sha256


@pytest.mark.parametrize("who", ["second_learner", "trainee", "administrator"])
def test_others_at_the_centre_do_not_find_the_file(here, client_for, submitted, who):
    actor = getattr(here, who)
    if who == "trainee":  # approved for the unit, but it is not theirs
        assert here.entry().assessor_id != actor.user_id
    assert client_for(actor).get(url(submitted)).status_code == 404


@pytest.mark.parametrize("who", ["learner", "assessor", "iqa", "administrator"])
def test_another_centre_does_not_find_the_file(cast, client_for, who):
    file = f.submit_evidence(cast.here, cast.here.entry()).files.get()
    assert client_for(getattr(cast.there, who)).get(url(file)).status_code == 404


@pytest.mark.parametrize("who", ["assessor", "iqa", "eqa", "administrator"])
def test_a_drafts_file_is_the_learners_alone(here, client_for, who):
    file = held(here, "notes.txt", b"not yet")
    assert client_for(getattr(here, who)).get(url(file)).status_code == 404
    assert client_for(here.learner).get(url(file)).status_code == 200


def test_somebody_signed_out_is_sent_to_sign_in(client, submitted):
    assert client.get(url(submitted)).status_code == 302


def test_nothing_in_a_file_can_run(here, client_for):
    response = client_for(here.learner).get(url(held(here, "photo.jpg", JPEG)))
    assert response["X-Content-Type-Options"] == "nosniff"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none'")
    assert "script" not in policy
    assert response["Content-Disposition"].startswith("inline")
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("tool.exe", b"MZ\x90\x00 and more"),
        ("letter.docx", b"PK\x03\x04" + b"\x00" * 40),
    ],
)
def test_what_could_run_is_only_ever_an_attachment(here, client_for, name, content):
    response = client_for(here.learner).get(url(held(here, name, content)))
    assert response["Content-Disposition"].startswith("attachment")


def test_a_download_is_an_attachment_with_the_name_the_learner_gave(here, client_for):
    file = held(here, "Größe 🎉 “x”.jpg", JPEG)
    disposition = client_for(here.learner).get(url(file, download=True))["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert f"filename*=utf-8''{quote('Größe 🎉 “x”.jpg')}" in disposition


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(first=st.integers(0, 1400), length=st.integers(0, 1400), form=st.sampled_from(["ab", "a-", "-b"]))
def test_any_range_is_the_slice_that_was_asked_for(ranged, first, length, form):
    last = first + length
    asked = {"ab": f"bytes={first}-{last}", "a-": f"bytes={first}-", "-b": f"bytes=-{length}"}[form]
    expected = {"ab": BYTES[first : last + 1], "a-": BYTES[first:], "-b": BYTES[-length:] if length else b""}[form]
    response = ranged(asked)
    if expected:
        assert response.status_code == 206
        assert body(response) == expected
        assert response["Content-Length"] == str(len(expected))
        start = len(BYTES) - len(expected) if form == "-b" else first
        assert response["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{len(BYTES)}"
    else:
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(BYTES)}"


@pytest.fixture
def ranged(here, client_for):
    """Asks for a range of a film of 1280 bytes."""
    address, client = url(held(here, "sound.bin", BYTES)), client_for(here.learner)
    return lambda asked, **more: client.get(address, HTTP_RANGE=asked, **more)


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=5-2", "bytes=", "bytes=-", "lines=0-1", "bytes=a-b", "0-5", ""]
)
def test_a_range_that_makes_no_sense_or_several_get_the_whole_file(ranged, asked):
    response = ranged(asked)
    assert response.status_code == 200
    assert body(response) == BYTES


@given(st.text(alphabet="bytes=0123456789-, ٣", max_size=40), st.integers(1, 5000))
def test_no_range_header_leads_outside_the_file(asked, size):
    try:
        span = span_of(asked, size)
    except Unsatisfiable:
        return
    assert span is None or 0 <= span[0] <= span[1] < size


def test_head_says_the_size_and_sends_nothing(here, client_for, submitted):
    response = client_for(here.learner).head(url(submitted))
    assert response["Content-Length"] == str(submitted.blob.size)
    assert response["Accept-Ranges"] == "bytes"
    assert response.content == b""


def test_a_browser_that_has_it_is_told_so_and_one_with_another_gets_it_whole(ranged):
    etag = ranged("")["ETag"]
    assert ranged("", HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert ranged("bytes=0-3", HTTP_IF_RANGE=etag).status_code == 206
    assert ranged("bytes=0-3", HTTP_IF_RANGE='"another"').status_code == 200


def test_a_page_of_a_pdf_is_a_picture_of_bounded_size(here, client_for):
    file = held(here, "log.pdf", make_pdf(pages=2, size=(5000, 200)))
    response = client_for(here.learner).get(reverse("file_page", args=[file.public_id, 2]))
    assert response["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(response.content))
    assert picture.width == 1600
    assert picture.height <= 2400
    again = client_for(here.learner).get(
        reverse("file_page", args=[file.public_id, 2]), HTTP_IF_NONE_MATCH=response["ETag"]
    )
    assert again.status_code == 304


@pytest.mark.parametrize("number", [0, 3, 99999])
def test_a_page_that_is_not_there_is_not_found(here, client_for, number):
    file = held(here, "log.pdf", make_pdf(pages=2))
    assert client_for(here.learner).get(reverse("file_page", args=[file.public_id, number])).status_code == 404


@pytest.mark.parametrize(("name", "content"), [("broken.pdf", b"%PDF-1.7 and then nothing"), ("photo.jpg", JPEG)])
def test_what_is_no_pdf_has_no_pages(here, client_for, name, content):
    file = held(here, name, content)
    assert client_for(here.learner).get(reverse("file_page", args=[file.public_id, 1])).status_code == 404


def test_a_broken_pdf_says_so_where_it_would_be_shown(here, client_for):
    file = held(here, "broken.pdf", b"%PDF-1.7 and then nothing")
    page = client_for(here.learner).get(reverse("evidence_refer", args=[file.version.evidence.public_id]) + "?where")
    assert "broken or locked" in page.text


def test_a_page_of_a_pdf_is_for_those_who_may_see_the_file(here, client_for):
    file = held(here, "log.pdf", make_pdf())
    assert client_for(here.assessor).get(reverse("file_page", args=[file.public_id, 1])).status_code == 404


@given(st.text(max_size=400))
def test_a_name_is_always_fit_to_keep(name):
    shown = shown_name(name)
    assert shown
    assert len(shown) <= 150
    assert not set(shown) & {"/", "\\"}
    assert not any(unicodedata.category(ch) in {"Cc", "Cs"} for ch in shown)
    assert shown not in {".", ".."}
    assert shown_name(shown) == shown


@given(st.text(max_size=300), st.sampled_from([".jpg", ".pdf", ".mp4"]))
def test_a_long_name_keeps_its_ending(stem, ending):
    assert shown_name("a" + stem.replace("/", "").replace("\\", "") + ending).endswith(ending)


@pytest.mark.parametrize("letter", ["a", "é", "€", "🎉"])
def test_text_is_text_wherever_the_first_bytes_end(letter):
    for shift in range(4):
        assert sniff(upload("notes.txt", ("x" * shift + letter * 9000).encode())) == "text/plain"
