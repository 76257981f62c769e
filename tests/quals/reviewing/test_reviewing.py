"""What was read is corrected, added to and taken back, and stays so when it is read again."""

import pytest
from django.db import DatabaseError, transaction

from audit.actors import ADMINISTRATOR, EQA, SYSTEM, Actor
from audit.models import Chain, Entry
from audit.queries import broken_links
from quals import actions
from quals.models import Correction, Criterion, Document, Finding, Specification, Unit
from quals.queries import pack_of, review_of
from tests.quals.builders import LINES, a_pack, an_error, load
from tests.quals.reviewing.drafts import GROUPS, ROBOT, RULES, SOIL, a_draft, bring, read, refused

pytestmark = pytest.mark.django_db


def one_again(pack, by=ROBOT):
    return actions.import_pack(pack=pack, lines=LINES, source_name="herbs.txt", publish=False, by=by).specification


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
