"""Files arrive: what is good is kept once, what is bad is refused with a sentence, and nothing else is lost."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from portfolios import states
from portfolios.models import Blob, Evidence, File
from portfolios.queries import draft_of
from tests import factories as f
from tests.portfolios.sending import ADD, JPEG, at, multipart, post_to, real_server, send, upload


@pytest.fixture
def learner(here, client_for):
    return client_for(here.learner)


@pytest.fixture
def draft(here):
    return f.make_draft(here, here.entry(), ["1.1"])


def test_a_photo_becomes_a_draft_that_goes_on_to_its_description(learner):
    response = send(learner, upload())
    evidence = Evidence.objects.get()
    assert response.url == at("evidence_describe", evidence, "?ask=kind")
    assert (evidence.title, evidence.state) == ("photo.jpg", states.DRAFT)
    assert File.objects.get().blob.content_type == "image/jpeg"


def test_several_files_sent_one_by_one_from_one_page_are_one_piece(learner):
    piece = uuid4()
    for name in ("one.jpg", "two.jpg"):
        answer = send(learner, upload(name, JPEG + name.encode()), piece=piece, json=True)
        assert answer.json() == {"redirect": at("evidence_describe", Evidence.objects.get(), "?ask=kind")}
    assert [file.name for file in draft_of(Evidence.objects.get()).files.order_by("position")] == ["one.jpg", "two.jpg"]


def test_a_page_sent_twice_makes_one_piece_with_one_file(learner):
    piece = uuid4()
    send(learner, upload(), piece=piece)
    send(learner, upload(), piece=piece)
    assert Evidence.objects.count() == File.objects.count() == 1


def test_an_old_page_begins_a_new_piece_once_the_first_was_submitted(here, learner):
    submitted = f.submit_evidence(here, here.entry()).evidence
    send(learner, upload(), piece=submitted.public_id)
    assert Evidence.objects.filter(state=states.DRAFT).count() == 1
    assert submitted.versions.get().files.count() == 1


def test_a_piece_of_somebody_else_cannot_be_taken_over_by_its_id(cast, client_for):
    theirs = f.make_draft(cast.there, cast.there.entry())
    send(client_for(cast.here.learner), upload(), piece=theirs.public_id)
    assert draft_of(theirs).files.count() == 0
    assert Evidence.objects.exclude(pk=theirs.pk).get().learner == cast.here.registration.learner


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([upload("empty.jpg", b"")], "“empty.jpg” is empty"),
        ([upload("photo.jpg", b"<!doctype html><script>alert(1)</script>")], "it is a web page or a script"),
        ([upload("photo.jpg", b"#!/bin/sh\nrm -rf /")], "it is a web page or a script"),
        ([upload("film.mp4", b"\x00\x01\x02 nothing known")], "it is something else"),
        ([], "Choose a file first."),
    ],
)
@pytest.mark.parametrize("json", [False, True])
def test_a_bad_file_is_refused_with_a_sentence_and_begins_nothing(learner, files, sentence, json):
    for file in files:
        file.seek(0)
    response = send(learner, *files, json=json)
    assert response.status_code == 422
    assert sentence in (response.json()["error"] if json else response.text)
    assert not Evidence.objects.exists()
    assert not Blob.objects.exists()


def test_a_good_file_is_kept_though_another_was_bad(learner):
    response = send(learner, upload(), upload("empty.pdf", b""))
    assert File.objects.get().name == "photo.jpg"
    assert "“empty.pdf” is empty" in learner.get(response.url).text


@pytest.mark.parametrize("json", [False, True])
def test_a_file_over_the_limit_is_refused_with_the_limit(learner, settings, json):
    settings.UPLOAD_LIMIT_BYTES = 2000
    response = send(learner, upload("long.mp4", b"x" * 2001), json=json)
    assert response.status_code == 422
    said = response.json()["error"] if json else response.text
    assert "“long.mp4” is more than 2.0" in said.replace("\xa0", " ")
    assert not File.objects.exists()


def test_a_file_exactly_at_the_limit_is_kept(learner, settings):
    settings.UPLOAD_LIMIT_BYTES = len(JPEG)
    send(learner, upload())
    assert File.objects.get().blob.size == len(JPEG)


def test_an_upload_cut_off_keeps_no_part_of_the_file(learner, here, draft):
    response = send(learner, upload(), url=at("evidence_files", draft), json=True, whole="leave out")
    assert response.status_code == 422
    assert "The upload was cut off" in response.json()["error"]
    assert not File.objects.exists()
    assert draft_of(draft).text, "the draft is as it was"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\Users\\Ada\\photo.jpg", "photo.jpg"),
        ("🎉 party 👩‍🚀.jpg", None),
        ("x" * 300 + ".jpg", "x" * 146 + ".jpg"),
    ],
)
def test_a_strange_name_is_made_fit_and_the_file_is_kept(learner, sent, kept):
    send(learner, upload(sent))
    name = File.objects.get().name
    assert name == kept if kept else (name.startswith("🎉 party 👩") and name.endswith(".jpg"))


def test_a_file_can_be_taken_out_of_the_draft(here, learner, draft):
    file = f.add_file(here, draft)
    response = learner.post(reverse("remove_file", args=[file.public_id]))
    assert response.url == at("evidence_files", draft)
    assert not File.objects.exists()


@pytest.fixture
def cookies(learner):
    """What the learner's browser sends with every request, and the token that its forms carry."""
    token = learner.get(ADD).context["csrf_token"]
    named = {name: morsel.value for name, morsel in learner.cookies.items()}
    return str(token), "; ".join(f"{name}={value}" for name, value in named.items())


@pytest.mark.parametrize("part", [0.3, 0.6, 0.999])
def test_a_line_that_breaks_in_mid_upload_keeps_nothing(learner, draft, cookies, part):
    token, sent_along = cookies
    body = multipart({"csrfmiddlewaretoken": token}, "film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"x" * 900_000)
    with real_server() as address:
        path = at("evidence_files", draft)
        answer = post_to(address, path, body, cookies=sent_along, sent=int(len(body) * part))
        assert " 422 " in answer.splitlines()[0]
        assert "cut off" in answer
        assert not File.objects.exists()
        assert not Blob.objects.exists()
        answer = post_to(address, path, body, cookies=sent_along, sent=len(body))
    assert " 200 " in answer.splitlines()[0]
    assert File.objects.get().blob.size == 900_012
    assert not list(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()), "no part of the broken one is left behind"


def test_a_line_that_breaks_while_adding_begins_no_piece(cookies):
    token, sent_along = cookies
    body = multipart({"csrfmiddlewaretoken": token, "piece": uuid4()}, "film.mp4", b"x" * 500_000)
    with real_server() as address:
        answer = post_to(address, ADD, body, cookies=sent_along, sent=len(body) // 2)
    assert "cut off" in answer
    assert not Evidence.objects.exists()


def test_the_same_film_twice_in_a_centre_is_stored_once(here, learner):
    send(learner, upload("one.jpg"))
    send(learner, upload("two.jpg"))
    assert Blob.objects.count() == 1
    assert sorted(File.objects.values_list("name", flat=True)) == ["one.jpg", "two.jpg"]


def test_an_upload_of_somebody_signed_out_is_not_kept_on_disk(client, db, monkeypatch):
    kept = []
    monkeypatch.setattr("portfolios.files.HashingUploadHandler.receive_data_chunk", lambda *chunk: kept.append(chunk))
    assert send(client, upload()).status_code == 302
    assert kept == []
