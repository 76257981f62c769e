"""A document is brought, read, corrected, its doubts put to rest, and only then published."""

import json
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from audit.actors import ADMINISTRATOR, EDITOR, EQA, SYSTEM, Actor
from audit.models import Chain, Entry
from audit.queries import broken_links
from audit.rules import Refused
from jobs.actions import LeaseLost
from jobs.models import Job
from quals import actions, files, queries, tasks
from quals.actions import reading
from quals.models import Correction, Criterion, Document, Finding, Resolution, Rule, Specification, Unit
from quals.queries import pack_of, review_of, structure_review, unit_review
from quals.specification import facts_only, read_specification, validate
from tests.quals.builders import LINES, QAN, a_pack, a_unit, an_editor, an_error, load
from tests.quals.case.builders import state_standards

pytestmark = pytest.mark.django_db
DEMONSTRATION = Path(settings.BASE_DIR) / "fixtures" / "specifications" / "demonstration.txt"
ROBOT = Actor.system("tests")
SOIL = "units/1/outcomes/1/criteria/1.1/text"
RULES = f"qualifications/{QAN.replace('/', '-')}/rules"
GROUPS = f"qualifications/{QAN.replace('/', '-')}/groups"


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


def a_draft(**changes):
    return load(a_pack(**changes), publish=False)


def upload(data=b"", name="document.txt"):
    return SimpleUploadedFile(name, data or DEMONSTRATION.read_bytes())


def bring(by, data=b"", name="document.txt"):
    return actions.bring_document(name=name, file=upload(data, name), by=by)


def read(document, steps=None):
    def progress(done, of, message=""):
        if steps is not None:
            steps.append((done, of))

    return actions.read_document(document=document, progress=progress, by=ROBOT)


def refused(deed, **arguments):
    with pytest.raises(Refused) as caught:
        deed(**arguments)
    return caught.value.refusal


def one_again(pack, by=ROBOT):
    return actions.import_pack(pack=pack, lines=LINES, source_name="herbs.txt", publish=False, by=by).specification


# --- Bringing a document ---------------------------------------------------------------------------


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


# --- Correcting ------------------------------------------------------------------------------------


def test_a_correction_changes_the_draft_and_keeps_what_was_read(edda):
    draft = a_draft()
    before = draft.read
    correction = actions.correct(specification=draft, path=SOIL, value="Name four kinds of soil", by=edda)
    assert (correction.read, correction.value) == ("Name three kinds of soil", "Name four kinds of soil")
    assert Criterion.objects.get(unit__key="1", code="1.1").text == "Name four kinds of soil"
    draft.refresh_from_db()
    assert draft.read == before
    entry = Entry.objects.get(action="correct_specification")
    assert entry.rows == {correction.row_name: correction.digest()}
    assert broken_links(Chain.objects.get()) == []


def test_corrections_keep_the_addresses_of_qualifications_and_units(edda):
    draft = a_draft()
    before = dict(Unit.objects.values_list("key", "public_id")), draft.qualifications.get().public_id
    actions.correct(specification=draft, path="units/2/title", value="Grow sage", by=edda)
    assert (dict(Unit.objects.values_list("key", "public_id")), draft.qualifications.get().public_id) == before


def test_a_correction_is_written_once_in_the_database_too(edda):
    correction = actions.correct(specification=a_draft(), path=SOIL, value="Name four kinds of soil", by=edda)
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(value="Nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        correction.delete()


def test_the_later_of_two_corrections_holds_and_both_are_kept(edda):
    draft = a_draft()
    for title in ("First", "Second", "Second"):
        actions.correct(specification=draft, path="units/1/title", value=title, by=edda)
    assert Unit.objects.get(key="1").title == "Second"
    assert [row.value for row in Correction.objects.order_by("pk")] == ["First", "Second"]


def test_importing_the_same_document_again_keeps_corrections_and_resolutions(edda):
    draft = a_draft(findings=[an_error(severity="warning", subject="unit 2")])
    actions.correct(specification=draft, path=SOIL, value="Name four kinds of soil", by=edda)
    actions.acknowledge_warnings(specification=draft, ground="Seen on paper", by=edda)
    better = a_pack(findings=[an_error(severity="warning", subject="unit 2", message="Said better")])
    better["units"][1]["title"] = "Grow sage"
    assert one_again(better) == draft
    assert Criterion.objects.get(unit__key="1", code="1.1").text == "Name four kinds of soil"
    assert Unit.objects.get(key="2").title == "Grow sage"
    (finding,) = Finding.objects.all()
    assert (finding.message, finding.resolved["ground"]) == ("Said better", "Seen on paper")
    assert review_of(draft).may_publish is None


def test_bringing_the_document_of_a_draft_again_reads_it_again(edda):
    draft = read(bring(edda)).specification
    unit = draft.units.order_by("position").first()
    path = f"units/{unit.key.replace('/', '-')}/title"
    actions.correct(specification=draft, path=path, value="Another title", by=edda)
    again = read(bring(edda))
    assert (again.specification, Document.objects.count()) == (draft, 2)
    assert draft.units.get(key=unit.key).title == "Another title"


def test_a_correction_of_what_is_read_otherwise_by_now_has_to_be_seen_before_publishing(edda):
    draft = a_draft()
    actions.correct(specification=draft, path="units/1/title", value="Grow thyme", by=edda)
    other = a_pack()
    other["units"][0]["title"] = "Grow dill"
    one_again(other)
    assert Unit.objects.get(key="1").title == "Grow thyme"
    (doubt,) = review_of(draft).open_warnings
    assert doubt.finding.code == "correction-of-something-else"
    assert refused(actions.publish, specification=draft, by=edda).code == "INPUT"
    actions.correct(specification=draft, path="units/1/title", value="Grow thyme!", by=edda)
    assert review_of(draft).open_warnings == []


def test_a_correction_whose_place_is_gone_is_kept_and_reported(edda):
    draft = a_draft()
    actions.correct(specification=draft, path="units/1/outcomes/2/criteria/2.1/text", value="Sow two rows", by=edda)
    other = a_pack()
    del other["units"][0]["outcomes"][1]
    one_again(other)
    (doubt,) = review_of(draft).open_warnings
    assert doubt.finding.code == "correction-without-place"
    assert Correction.objects.count() == 1
    one_again(a_pack())
    assert review_of(draft).open_warnings == []
    assert Criterion.objects.get(unit__key="1", code="2.1").text == "Sow two rows"


def test_cat_1_a_credit_that_is_no_whole_number_of_1_or_more_is_refused(edda):
    draft = a_draft()
    for value in ("0", "", "2.5", "two"):
        refusal = refused(actions.correct, specification=draft, path="units/1/credit", value=value, by=edda)
        assert (refusal.code, refusal.sentence) == ("CAT-1", "A credit is a whole number, 1 or more.")
    assert Unit.objects.get(key="1").credit == 2
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("units/1/outcomes/1/criteria/1.1/code", "1.2", "criterion 1.2 stands in the pack twice"),
        ("units/77/title", "Dig", "is not read to have this"),
        ("units/1/key", "9", "cannot be corrected here"),
        ("findings", [], "is not read to have this"),
        (f"{GROUPS}/B", {}, "cannot be corrected here"),
    ],
)
def test_a_correction_that_would_break_the_draft_is_refused_and_changes_nothing(edda, path, value, told):
    draft = a_draft()
    before = pack_of(draft, wording=True)
    refusal = refused(actions.correct, specification=draft, path=path, value=value, by=edda)
    assert told in refusal.sentence
    assert pack_of(draft, wording=True) == before
    assert not Correction.objects.exists()


@pytest.mark.parametrize("role", [ADMINISTRATOR, EQA, SYSTEM])
def test_only_an_editor_in_person_reviews(role):
    draft, other = a_draft(), Actor(None, "Somebody", role)
    for deed, arguments in deeds(draft):
        assert "Only a catalogue editor" in refused(deed, **arguments, by=other).sentence
    assert not Correction.objects.exists()


def deeds(specification):
    facts = {"specification": specification, "ground": "Because"}
    return [
        (actions.correct, facts | {"path": SOIL, "value": "Dig"}),
        (actions.add, facts | {"path": "units/1/outcomes/1/criteria/1.3", "value": {"text": "Dig"}}),
        (actions.leave_out, facts | {"path": "units/1/outcomes/1/criteria/1.1"}),
        (actions.take_back, {"specification": specification, "path": SOIL}),
        (actions.settle, facts | {"path": f"{RULES}/R3", "reading": "read"}),
        (actions.resolve, facts | {"finding": "0" * 64}),
        (actions.acknowledge_warnings, facts),
    ]


def test_cat_3_what_is_published_is_never_edited(edda):
    specification = load(a_pack())
    before = pack_of(specification, wording=True)
    for deed, arguments in deeds(specification):
        refusal = refused(deed, **arguments, by=edda)
        assert refusal.code == "CAT-3"
        assert "published" in refusal.sentence
    assert pack_of(specification, wording=True) == before
    assert not Correction.objects.exists()


def test_a_correction_that_comes_after_publishing_is_refused_though_the_page_was_older(edda):
    draft = a_draft()
    older = Specification.objects.get(pk=draft.pk)
    actions.publish(specification=draft, by=edda)
    assert refused(actions.correct, specification=older, path=SOIL, value="Dig", by=edda).code == "CAT-3"


def test_a_criterion_that_was_not_read_is_added_in_its_place(edda):
    draft = a_draft()
    path = "units/1/outcomes/1/criteria/1.3"
    actions.add(specification=draft, path=path, value={"text": "Say what a worm does"}, ground="On page 4", by=edda)
    assert list(Criterion.objects.filter(unit__key="1").order_by("position").values_list("code", flat=True)) == [
        "1.1",
        "1.2",
        "1.3",
        "2.1",
    ]
    actions.correct(specification=draft, path=f"{path}/text", value="Say what two worms do", by=edda)
    assert Criterion.objects.get(unit__key="1", code="1.3").text == "Say what two worms do"
    actions.take_back(specification=draft, path=path, by=edda)
    assert pack_of(draft, wording=True) == a_pack()
    assert review_of(draft).open_warnings == []


def test_what_is_there_is_not_added_and_nothing_is_added_without_a_reason(edda):
    draft = a_draft()
    facts = {"specification": draft, "value": {"text": "Dig"}, "by": edda}
    there = refused(actions.add, path="units/1/outcomes/1/criteria/1.1", ground="Because", **facts)
    assert "correct it instead" in there.sentence
    why = refused(actions.add, path="units/1/outcomes/1/criteria/1.3", ground=" ", **facts)
    assert why.sentence.startswith("Say why")


def test_a_criterion_is_left_out_and_taken_back(edda):
    draft = a_draft()
    path = "units/1/outcomes/1/criteria/1.2"
    actions.leave_out(specification=draft, path=path, ground="A heading, no criterion", by=edda)
    assert not Criterion.objects.filter(unit__key="1", code="1.2").exists()
    actions.take_back(specification=draft, path=path, by=edda)
    assert pack_of(draft, wording=True) == a_pack()
    assert [row.kind for row in Correction.objects.order_by("pk")] == ["left_out", "corrected"]
    assert "Nothing was corrected here" in refused(actions.take_back, specification=draft, path=path, by=edda).sentence


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("units/1", "can be left out"),
        ("units/1/title", "can be left out"),
        (f"{GROUPS}/A", "can be left out"),
        (f"{GROUPS}/A/units/1", "leave a group"),
    ],
)
def test_what_the_draft_cannot_do_without_is_not_left_out(edda, path, told):
    draft = a_draft()
    refusal = refused(actions.leave_out, specification=draft, path=path, ground="Because", by=edda)
    assert told in refusal.sentence
    assert pack_of(draft, wording=True) == a_pack()


# --- Rules -----------------------------------------------------------------------------------------


def test_cat_6_a_disputed_rule_is_settled_by_name_day_and_ground(edda):
    draft = a_draft()
    path = f"{RULES}/R3"
    actions.settle(specification=draft, path=path, reading="other", ground="The organisation said so", by=edda)
    rule = Rule.objects.get(label="R3")
    assert (rule.confidence, rule.of) == ("confirmed", {"level": {"mode": "at_or_above", "value": 2}})
    assert (rule.confirmed["by"], rule.confirmed["ground"]) == ("Edda Itor", "The organisation said so")
    validate(pack_of(draft, wording=True))
    actions.settle(specification=draft, path=path, reading="read", ground="They changed their mind", by=edda)
    assert Rule.objects.get(label="R3").of == {"level": {"mode": "exactly", "value": 2}}
    actions.take_back(specification=draft, path=path, by=edda)
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_cat_6_a_rule_is_not_settled_without_ground_nor_where_it_reads_one_way(edda):
    draft = a_draft()
    facts = {"specification": draft, "reading": "other", "by": edda}
    assert refused(actions.settle, path=f"{RULES}/R3", ground="  ", **facts).sentence.startswith("Say why")
    assert refused(actions.settle, path=f"{RULES}/R1", ground="Because", **facts).code == "CAT-6"
    assert refused(actions.settle, path=SOIL, ground="Because", **facts | {"reading": "read"}).code == "CAT-6"
    assert refused(actions.settle, path=f"{RULES}/R3", ground="Because", **facts | {"reading": "both"}).code == "INPUT"
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_a_corrected_rule_is_confirmed_by_whoever_corrected_it(edda):
    draft = a_draft()
    reading = {"bound": "at_least", "measure": "credits", "amount": "6", "of": {}}
    path = f"{RULES}/R1"
    assert "Say why" in refused(actions.correct, specification=draft, path=path, value=reading, by=edda).sentence
    actions.correct(specification=draft, path=path, value=reading, ground="Line 2 says six", by=edda)
    rule = Rule.objects.get(label="R1")
    assert (rule.amount, rule.confidence, rule.confirmed["ground"]) == (6, "confirmed", "Line 2 says six")


def test_a_rule_of_a_group_that_does_not_exist_is_refused(edda):
    reading = {"bound": "at_least", "measure": "credits", "amount": 6, "of": {"groups": ["Z"]}}
    refusal = refused(
        actions.correct, specification=a_draft(), path=f"{RULES}/R1", value=reading, ground="Because", by=edda
    )
    assert "group Z is named" in refusal.sentence


# --- Doubts and publishing -------------------------------------------------------------------------


def a_doubtful_draft():
    findings = [
        an_error(),
        an_error(code="unit-odd", subject="unit 2", line=9),
        an_error(severity="warning", subject="unit 3", line=4),
        an_error(severity="note", subject="unit 3", line=5),
    ]
    pack = a_pack(findings=findings)
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    return load(pack, publish=False)


def test_publishing_waits_for_every_error_and_every_warning(edda):
    draft = a_doubtful_draft()
    assert "2 errors stand" in refused(actions.publish, specification=draft, by=edda).sentence
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", by=edda)
    refusal = refused(actions.publish, specification=draft, by=edda)
    assert "an error stands" in refusal.sentence
    assert "line 9" in refusal.sentence
    (error,) = review_of(draft).open_errors
    actions.resolve(specification=draft, finding=error.identity, ground="Asked the organisation", by=edda)
    refusal = refused(actions.publish, specification=draft, by=edda)
    assert "a warning is not acknowledged" in refusal.sentence
    actions.acknowledge_warnings(specification=draft, ground="", by=edda)
    assert actions.publish(specification=draft, by=edda).state == "published"
    validate(pack_of(draft, wording=True, findings=draft.findings.all()))


def test_typing_the_missing_wording_puts_its_error_to_rest_until_it_is_taken_back(edda):
    draft = a_doubtful_draft()
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", ground="Page 3", by=edda)
    doubt = review_of(draft).errors[0]
    assert (doubt.is_open, doubt.corrected.path, doubt.resolution["ground"]) == (False, SOIL, "Page 3")
    assert (doubt.where, doubt.unit_key) == ("unit", "1")
    actions.take_back(specification=draft, path=SOIL, by=edda)
    assert review_of(draft).errors[0].is_open
    assert not Resolution.objects.exists()


def test_an_error_is_resolved_for_a_reason_only_and_once(edda):
    draft = a_doubtful_draft()
    identity = review_of(draft).errors[1].identity
    facts = {"specification": draft, "finding": identity, "by": edda}
    assert "Say why" in refused(actions.resolve, ground=" ", **facts).sentence
    first = actions.resolve(ground="Asked the organisation", **facts)
    assert actions.resolve(ground="Asked again", **facts) == first
    assert Finding.objects.get(code="unit-odd").resolved["ground"] == "Asked the organisation"
    assert "not there any more" in refused(actions.resolve, **facts | {"finding": "0" * 64}, ground="x").sentence
    assert Entry.objects.filter(action="resolve_finding").count() == 1


def test_warnings_that_nobody_has_to_see_make_no_entry(edda):
    assert actions.acknowledge_warnings(specification=a_draft(), ground="", by=edda) == []
    assert not Entry.objects.filter(action="acknowledge_warnings").exists()


def test_a_resolved_error_stays_resolved_when_something_else_is_corrected(edda):
    draft = a_doubtful_draft()
    identity = review_of(draft).errors[1].identity
    actions.resolve(specification=draft, finding=identity, ground="Asked the organisation", by=edda)
    actions.correct(specification=draft, path="units/3/title", value="Grow dill", by=edda)
    assert not review_of(draft).errors[1].is_open


# --- What the pages are told -----------------------------------------------------------------------


def test_review_counts_what_is_open_of_each_unit(edda):
    draft = a_doubtful_draft()
    review = review_of(draft)
    assert [(unit.key, unit.outcomes, unit.criteria) for unit in review.units] == [(n, 2, 3) for n in "123"]
    assert [(unit.open_errors, unit.open_warnings) for unit in review.units] == [(1, 0), (1, 0), (0, 1)]
    assert [doubt.number for doubt in review.errors + review.warnings + review.notes] == [1, 2, 3, 4]
    assert not review.notes[0].is_open
    assert "2 errors stand" in review.may_publish.sentence
    actions.correct(specification=draft, path="units/2/title", value="Grow sage", by=edda)
    review = review_of(draft)
    assert [unit.corrections for unit in review.units] == [0, 1, 0]
    (correction,) = review.corrections
    assert (correction.label, correction.by, correction.read) == ("unit 2, title", "Edda Itor", "Grow herb 2")


@pytest.mark.parametrize("units", [3, 30])
def test_review_is_told_in_the_same_queries_however_large_it_is(edda, units, django_assert_num_queries):
    findings = [an_error(subject=f"unit {n}", line=n, severity="warning") for n in range(1, units + 1)]
    draft = load(a_pack(units=units, findings=findings), publish=False)
    for number in range(1, units + 1):
        if number % 3 == 0:
            actions.correct(specification=draft, path=f"units/{number}/title", value="Grow more", by=edda)
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(9):
        review = review_of(draft)
    assert len(review.warnings) == units
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(5):
        unit_review(draft, "3")
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(5):
        structure_review(draft, draft.qualifications.model(qan=QAN))


def test_a_unit_is_shown_with_what_was_read_beside_what_stands(edda):
    draft = a_doubtful_draft()
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", by=edda)
    actions.leave_out(
        specification=draft, path="units/1/outcomes/1/criteria/1.2", ground="A heading, no criterion", by=edda
    )
    unit = unit_review(Specification.objects.get(), "1")
    assert (unit.before, unit.after) == ("", "2")
    first, second = unit.outcomes[0].rows
    assert (first.field("text").value, first.field("text").read) == ("Name three kinds of soil", "")
    assert first.field("text").correction.by == "Edda Itor"
    assert [doubt.finding.code for doubt in first.doubts] == ["criterion-text-missing"]
    assert (second.is_left_out, second.correction.ground) == (True, "A heading, no criterion")
    assert [field.path for field in unit.fields][:2] == ["units/1/title", "units/1/number"]
    assert unit_review(draft, "77") is None


def test_a_unit_is_shown_with_the_lines_of_its_page(edda):
    specification = read(bring(edda)).specification
    units = list(specification.units.order_by("position"))
    shown = unit_review(specification, units[0].key.replace("/", "-"))
    first = shown.lines[0]
    assert (first.number, first.is_cited) == (units[0].line, True)
    assert units[0].uan in first.text
    assert not any(units[1].uan in line.text for line in shown.lines)
    cited = {line.number for line in shown.lines if line.is_cited}
    assert set(units[0].criteria.values_list("line", flat=True)) <= cited


def test_the_structure_is_shown_with_its_rules_as_they_stand(edda):
    draft = a_draft()
    actions.settle(specification=draft, path=f"{RULES}/R3", reading="other", ground="They said so", by=edda)
    actions.leave_out(specification=draft, path=f"{GROUPS}/B/units/3", ground="Struck out", by=edda)
    shown = structure_review(Specification.objects.get(), draft.qualifications.get())
    assert [rule.sentence for rule in shown.rules] == [
        "At least 4 credits",
        "The unit of group A",
        "At least 2 credits at level 2 or above",
    ]
    assert (shown.rules[2].is_disputed, shown.rules[2].correction.ground) == (False, "They said so")
    assert [place.is_left_out for group in shown.groups for place in group.rows] == [False, False, True]
    assert [line.number for line in shown.lines if line.is_cited] == [2, 3]


def test_lines_are_given_from_the_first_to_the_last(edda):
    draft = a_draft()
    assert queries.lines_of(draft, 2, 9) == [(2, LINES[1]), (3, LINES[2])]
    assert queries.lines_of(draft, -4, 1) == [(1, LINES[0])]
    assert queries.lines_of(draft, 5, 4) == []


def test_a_unit_without_a_page_is_shown_too(edda):
    pack = a_pack()
    pack["units"].append(a_unit(9, outcomes=[], evidence_requirements=[], line=None))
    shown = unit_review(load(pack, publish=False), "9")
    assert (shown.outcomes, shown.lines) == ([], [])


def test_a_case_package_can_be_brought_like_any_document(edda):
    document = read(bring(edda, json.dumps(state_standards()).encode(), "standards.json"))
    assert document.state == "read"
    assert document.specification.lines
    assert review_of(document.specification).errors
