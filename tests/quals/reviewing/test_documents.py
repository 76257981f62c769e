"""A document is brought by an editor, kept as it came, and read by the worker."""

import json
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.actors import ADMINISTRATOR, EQA, SYSTEM, Actor
from audit.models import Entry
from jobs.actions import LeaseLost
from jobs.models import Job
from quals import actions, files, queries, tasks
from quals.actions import reading
from quals.models import Document, Specification
from quals.queries import pack_of, review_of
from quals.specification import facts_only, read_specification
from tests.quals.builders import load
from tests.quals.case.builders import state_standards
from tests.quals.reviewing.drafts import DEMONSTRATION, ROBOT, bring, read, refused, upload

pytestmark = pytest.mark.django_db


def test_a_document_is_kept_as_it_came_and_queued_to_be_read(edda):
    document = bring(edda, name="../../etc/Herbs\x07 2.txt")
    assert (document.name, document.state) == ("Herbs 2.txt", "waiting")
    with default_storage.open(document.file.name) as kept:
        assert kept.read() == DEMONSTRATION.read_bytes()
    job = Job.objects.get()
    assert (job.task, job.arguments) == ("quals.read_document", {"document_id": document.pk})
    assert job.about == f"document:{document.public_id}"
    entry = Entry.objects.get(action="bring_document")
    assert (entry.chain.key, entry.actor_id) == ("installation", edda.user_id)


def test_the_same_file_sent_twice_is_one_document_while_it_waits(edda):
    assert bring(edda) == bring(edda)
    assert (Document.objects.count(), Job.objects.count()) == (1, 1)


def test_a_document_whose_reading_was_given_up_is_tried_again_when_it_is_brought_again(edda):
    document = bring(edda)
    Job.objects.update(state="failed")
    assert bring(edda) == document
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "queued"]
    assert read(document).state == "read"


@pytest.mark.parametrize("role", [ADMINISTRATOR, EQA, SYSTEM])
def test_only_an_editor_in_person_brings_a_document(role):
    refusal = refused(actions.bring_document, name="a.txt", file=upload(), by=Actor(None, "Somebody", role))
    assert "Only a catalogue editor" in refusal.sentence
    assert not Document.objects.exists()


def test_an_empty_file_and_one_that_is_too_large_are_refused(edda):
    empty = SimpleUploadedFile("a.txt", b"")
    assert "is empty" in refused(actions.bring_document, name="a.txt", file=empty, by=edda).sentence
    large = upload(b"x")
    large.size = 20_000_001
    assert (
        "larger than any specification" in refused(actions.bring_document, name="a.txt", file=large, by=edda).sentence
    )
    assert not Document.objects.exists()
    assert not Job.objects.exists()
    assert not Entry.objects.exists()


def test_a_document_becomes_a_draft_that_holds_its_lines_and_what_was_read(edda, told):
    document = read(bring(edda), told)
    specification = document.specification
    assert (document.state, specification.state) == ("read", "draft")
    text = DEMONSTRATION.read_bytes()
    assert specification.read == read_specification(text, "document.txt")
    assert "\n".join(specification.lines).encode() == text
    assert pack_of(specification, wording=True)["units"] == as_the_catalogue_keeps_it(specification.read)["units"]
    assert told[0] == (0, 100)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert Entry.objects.filter(action="read_document").exists()


def as_the_catalogue_keeps_it(pack):
    """The catalogue keeps no line of an outcome nor a test that is none, and a list with nothing in it."""
    pack = json.loads(json.dumps(pack))
    for unit in pack["units"]:
        for requirement in unit["evidence_requirements"]:
            requirement.setdefault("of", [])
        if not unit.get("test"):
            unit.pop("test", None)
        for outcome in unit["outcomes"]:
            outcome.pop("line", None)
    return pack


def test_the_worker_reads_the_document_once_however_often_it_is_called(edda):
    document = bring(edda)
    for _ in range(2):
        tasks.read_document(job_id=Job.objects.get().pk)
        Job.objects.update(state="queued")
    document.refresh_from_db()
    assert document.state == "read"
    assert Specification.objects.count() == 1
    assert Entry.objects.filter(action="read_document").count() == 1


def test_a_text_that_is_no_specification_is_refused_with_the_sentence_kept(edda):
    document = read(bring(edda, b"Nobody had told the cat.\n" * 50))
    assert document.state == "refused"
    assert "not a qualification specification" in document.refusal
    assert not Specification.objects.exists()
    assert Entry.objects.filter(action="refuse_document").exists()
    assert read(document).state == "refused"


def test_a_reader_that_stumbles_ends_in_a_refusal_and_a_line_of_the_log(edda, monkeypatch, caplog):
    def stumble(*arguments, **others):
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr(files, "read_specification", stumble)
    document = read(bring(edda))
    assert document.state == "refused"
    assert "fault of Attest" in document.refusal
    assert "secret" not in document.refusal
    assert "stumbled over document" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_a_file_that_is_gone_or_altered_is_a_refusal(edda):
    document = bring(edda)
    path = Path(default_storage.path(document.file.name))
    path.write_bytes(b"something else")
    assert "Bring the document again" in read(document).refusal
    path.unlink()
    other = bring(edda)
    Path(default_storage.path(other.file.name)).unlink()
    assert "Bring the document again" in read(other).refusal


def test_a_worker_that_lost_its_lease_writes_nothing(edda):
    def lost(*arguments):
        raise LeaseLost

    document = bring(edda)
    with pytest.raises(LeaseLost):
        actions.read_document(document=document, progress=lost, by=ROBOT)
    document.refresh_from_db()
    assert document.state == "waiting"
    assert not Specification.objects.exists()


def test_a_long_reading_goes_on_reporting_so_that_its_lease_is_kept(edda, monkeypatch, told):
    def slowly(data, name, tell):
        tell(1, 2)
        sleep(0.3)
        return read_specification(data, name)

    monkeypatch.setattr(reading, "BEAT", 0.05)
    monkeypatch.setattr(files, "read_specification", slowly)
    assert read(bring(edda), told).state == "read"
    assert told.count((45, 100)) >= 2


def test_a_reading_that_lost_its_lease_on_the_way_stops(edda, monkeypatch):
    stopped = Event()

    def endlessly(data, name, tell):
        try:
            while True:
                tell(1, 2)
                sleep(0.01)
        except LeaseLost:
            stopped.set()
            raise

    def lost(done, of, message=""):
        if done:
            raise LeaseLost

    monkeypatch.setattr(reading, "BEAT", 0.05)
    monkeypatch.setattr(files, "read_specification", endlessly)
    document = bring(edda)
    with pytest.raises(LeaseLost):
        actions.read_document(document=document, progress=lost, by=ROBOT)
    assert stopped.wait(timeout=5)
    document.refresh_from_db()
    assert document.state == "waiting"


def test_a_document_that_differs_from_the_published_facts_says_in_what(edda):
    pack = facts_only(read_specification(DEMONSTRATION.read_bytes(), "document.txt"))
    pack["source"]["sha256"] = "a" * 64
    pack["units"][0]["credit"] += 1
    load(pack)
    document = read(bring(edda))
    assert document.specification.state == "draft"
    assert len(document.differences) == 1
    assert document.differences[0].startswith(f"unit {pack['units'][0]['key']}:")


def test_documents_and_specifications_under_review_are_for_editors(edda):
    document = read(bring(edda))
    assert list(queries.documents_for(edda)) == [document]
    assert list(queries.specifications_for(edda)) == [document.specification]
    for actor in (None, Actor(3, "Adam", ADMINISTRATOR, centre_id=1), Actor(4, "Eqa", EQA)):
        assert not queries.documents_for(actor).exists()
        assert not queries.specifications_for(actor).exists()


def test_a_case_package_can_be_brought_like_any_document(edda):
    document = read(bring(edda, json.dumps(state_standards()).encode(), "standards.json"))
    assert document.state == "read"
    assert document.specification.lines
    assert review_of(document.specification).errors
