"""A sample with what it rests on, the finding, and the action point that goes to the assessor and back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import actions as assessments
from audit.actors import today
from tests import factories
from tests.verification.builders import many_pieces, raise_point
from verification import actions, queries, states
from verification.models import ActionPoint, Answer, Finding, Sample

SAMPLE_QUERIES = 19


@pytest.fixture
def sample(here):
    factories.complete_unit(here, "101")
    return actions.plan_sample(entry=here.entry("101"), by=here.iqa)


def open_sample(client, sample, **asked):
    return client.get(reverse("sample", args=[sample.public_id]), asked)


def find(client, sample, **said):
    return client.post(reverse("sample", args=[sample.public_id]), {"outcome": "agreed", "note": "Sound."} | said)


def answer(client, point, text="Asked her."):
    return client.post(reverse("action_point", args=[point.public_id]), {"text": text})


def test_a_sample_shows_each_judgement_as_it_was_made(sample, here, client_for):
    page = open_sample(client_for(here.iqa), sample)
    words = page.content.decode()
    look = page.context["look"]
    assert [row.criterion.code for row, _ in look.rows] == ["1.1", "1.2", "2.1", "2.2"]
    assert all(row.state == "met" and len(proofs) == 1 for row, proofs in look.rows)
    for said in ("Show 1.1 of unit 101 at work", "The notes show it.", "Amir Khan", "Evidence for 101", "Signed off"):
        assert said in words


def test_a_sample_shows_the_judged_version_with_its_pointer_not_a_later_one(here, client_for):
    entry = here.entry("101")
    evidence = factories.make_draft(here, entry)
    criteria = {(entry, each): "page 3" for each in entry.unit.criteria.all()}
    factories.portfolios.refer(evidence=evidence, chosen=criteria, by=here.learner)
    first = factories.portfolios.submit(evidence=evidence, declared=True, by=here.learner)
    factories.judge(entry, first, by=here.assessor)
    factories.portfolios.new_version(evidence=evidence, by=here.learner)
    factories.portfolios.submit(evidence=evidence, declared=True, by=here.learner)
    sample = actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    look = open_sample(client_for(here.iqa), sample).context["look"]
    assert {proof.version for _, proofs in look.rows for proof in proofs} == {first}
    assert {proof.pointer for _, proofs in look.rows for proof in proofs} == {"page 3"}


def test_a_sample_opens_the_piece_asked_for_and_walks_from_one_to_the_next(here, client_for):
    entry = here.entry("101")
    one = factories.submit_evidence(here, entry, ["1.1"], title="First piece")
    two = factories.submit_evidence(here, entry, ["1.2"], title="Second piece")
    factories.judge(entry, one, codes=["1.1"], by=here.assessor)
    factories.judge(entry, two, codes=["1.2"], by=here.assessor)
    sample = actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    client = client_for(here.iqa)
    look = open_sample(client, sample).context["look"]
    assert (look.version, look.previous, look.next, look.place) == (one, None, two, 1)
    look = open_sample(client, sample, version=str(two.public_id)).context["look"]
    assert (look.version, look.previous, look.next, look.place) == (two, one, None, 2)
    assert open_sample(client, sample, version=str(sample.public_id)).status_code == 404


def test_a_unit_that_nobody_has_judged_can_be_sampled_on_the_way(here, client_for):
    sample = actions.plan_sample(entry=here.entry("102"), by=here.iqa)
    page = open_sample(client_for(here.iqa), sample)
    assert "Nothing in this unit has been judged yet" in page.content.decode()
    assert page.context["look"].place == 0


def test_a_sample_shows_countersignatures_and_earlier_judgements(here, client_for):
    entry = factories.allocate(here, "101", assessor=here.trainee)
    version = factories.submit_evidence(here, entry)
    factories.judge(entry, version, because="First thoughts.", by=here.trainee)
    made = factories.judge(entry, version, because="Second thoughts.", by=here.trainee)
    assessments.countersign(judgements=made, outcome="confirmed", comment="So do I.", by=here.assessor)
    sample = actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    words = open_sample(client_for(here.iqa), sample).content.decode()
    for said in ("First thoughts.", "Second thoughts.", "Confirmed by Amir Khan", "So do I.", "assessor in training"):
        assert said in words


def test_agreeing_closes_the_sample_and_clears_what_was_kept(sample, here, client_for):
    client = client_for(here.iqa)
    page = client.post(reverse("sample", args=[sample.public_id]), {"outcome": "agreed", "note": "Sound."}, follow=True)
    sample.refresh_from_db()
    assert sample.state == states.AGREED
    assert f"sample-{sample.public_id}" in page.content.decode()
    assert "Save finding" not in page.content.decode()


def test_an_action_point_goes_to_the_assessor_and_back_and_is_closed(sample, here, client_for):
    due = today() + timedelta(days=5)
    iqa = client_for(here.iqa)
    find(iqa, sample, outcome="action", note="Thin.", todo="Ask a witness.", due_on=due.isoformat())
    point = ActionPoint.objects.get()
    assert (point.text, point.due_on, point.assessor_id) == ("Ask a witness.", due, here.assessor.user_id)
    assert "has not answered your action point yet" in open_sample(iqa, sample).content.decode()
    assessor = client_for(here.assessor)
    page = assessor.get(reverse("action_point", args=[point.public_id])).content.decode()
    assert "Ask a witness." in page
    assert "Thin." in page
    assert answer(assessor, point).url == reverse("assessor_home")
    iqa = client_for(here.iqa)
    assert "Asked her." in open_sample(iqa, sample).content.decode()
    find(iqa, sample, note="Better.")
    point.refresh_from_db()
    assert point.state == states.CLOSED


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"outcome": ""}, "Choose agree or action point."),
        ({"note": " "}, "Say what you looked at"),
        ({"outcome": "action", "todo": "", "due_on": "2030-01-01"}, "says what must be done"),
        ({"outcome": "action", "todo": "Ask.", "due_on": ""}, "says by when"),
        ({"outcome": "action", "todo": "Ask.", "due_on": "soon"}, "Give a day, month and year"),
        ({"outcome": "action", "todo": "Ask.", "due_on": "2020-01-01"}, "has passed already"),
    ],
)
def test_a_finding_that_lacks_something_says_so_and_keeps_what_was_typed(sample, here, client_for, said, word):
    typed = {"note": "A long note, typed with care.", "todo": "Something to do."} | said
    page = find(client_for(here.iqa), sample, **typed)
    assert page.status_code == 422
    words = page.content.decode()
    assert word in words
    assert all(each in words for each in typed.values() if each.strip() and each not in {"soon"})
    assert not Finding.objects.exists()


def test_agreeing_needs_neither_something_to_do_nor_a_day(sample, here, client_for):
    assert find(client_for(here.iqa), sample, todo="", due_on="").status_code == 302


def test_a_finding_sent_twice_is_made_once(sample, here, client_for):
    client = client_for(here.iqa)
    asked = {"outcome": "action", "note": "Thin.", "todo": "Ask.", "due_on": today().isoformat()}
    assert find(client, sample, **asked).status_code == 302
    assert find(client, sample, **asked).status_code == 302
    assert (Finding.objects.count(), ActionPoint.objects.count()) == (1, 1)
    answer(client_for(here.assessor), ActionPoint.objects.get())
    client = client_for(here.iqa)
    assert find(client, sample).status_code == 302
    assert find(client, sample).status_code == 302
    assert Finding.objects.count() == 2


def test_the_same_words_again_after_an_answer_are_a_new_action_point(sample, here):
    said = {"note": "Thin.", "todo": "Ask.", "due_on": today()}
    first = actions.find(sample=sample, outcome=states.ACTION, by=here.iqa, **said)
    actions.answer_action_point(action_point=first.action_point, text="Done.", by=here.assessor)
    second = actions.find(sample=sample, outcome=states.ACTION, by=here.iqa, **said)
    assert second != first
    assert list(ActionPoint.objects.order_by("pk").values_list("state", flat=True)) == [states.CLOSED, states.OPEN]


def test_another_finding_while_the_point_is_open_is_refused_with_everything_typed(sample, here, client_for):
    client = client_for(here.iqa)
    find(client, sample, outcome="action", note="Thin.", todo="Ask.", due_on=today().isoformat())
    page = find(client, sample, note="I changed my mind.")
    assert page.status_code == 409
    assert "I changed my mind." in page.content.decode()
    assert Finding.objects.count() == 1


def test_a_sample_says_when_judgements_changed_after_the_finding(sample, here, client_for):
    client = client_for(here.iqa)
    find(client, sample, outcome="action", note="Thin.", todo="Ask.", due_on=today().isoformat())
    assert not open_sample(client, sample).context["changed"]
    entry = here.entry("101")
    assessments.reopen(entry=entry, reason="Asked by the IQA.", by=here.assessor)
    version = entry.judgements.first().judged_on.get().version
    factories.judge(entry, version, codes=["1.1"], because="Looked again.", by=here.assessor)
    assert "Judgements have changed since the last finding" in open_sample(client, sample).content.decode()


def test_a_sample_leads_to_the_next_one_that_is_planned(sample, here, client_for):
    following = actions.plan_sample(entry=here.entry("102"), by=here.iqa)
    assert open_sample(client_for(here.iqa), sample).context["next"] == following
    assert open_sample(client_for(here.iqa), following).context["next"] == sample
    assert queries.next_sample_for(here.eqa, sample) is None


def test_a_sample_taken_over_by_another_iqa_is_theirs_to_conclude(cast, here, client_for):
    sample = actions.plan_sample(entry=here.entry("102"), by=here.iqa)
    other = factories.make_staff(here.centre, "Ida Moss", factories.actors.IQA, cast.units, by=here.administrator)
    factories.allocate(here, "102", iqa=other)
    assert open_sample(client_for(here.iqa), sample).status_code == 404
    assert find(client_for(other), sample).status_code == 302


def test_an_eqa_reads_a_sample_of_their_allocation_and_concludes_nothing(sample, here, client_for):
    client = client_for(here.eqa)
    page = open_sample(client, sample)
    assert page.status_code == 200
    assert "Save finding" not in page.content.decode()
    assert find(client, sample).status_code == 403
    assert not Finding.objects.exists()


def test_iqa_9_an_assessor_sees_their_action_point_but_no_sample(sample, here, client_for):
    point = raise_point(here, "102")
    client = client_for(here.assessor)
    assert open_sample(client, sample).status_code == 404
    page = client.get(reverse("action_point", args=[point.public_id]))
    assert page.status_code == 200
    assert reverse("sample", args=[point.finding.sample.public_id]) not in page.content.decode()


@pytest.mark.parametrize("who", ["learner", "administrator", "trainee", "second_learner"])
def test_a_sample_and_its_action_point_are_not_there_for_others_of_the_centre(who, here, client_for):
    point = raise_point(here)
    client = client_for(getattr(here, who))
    assert open_sample(client, point.finding.sample).status_code == 404
    assert answer(client, point).status_code == 404
    assert not Answer.objects.exists()


@pytest.mark.parametrize("who", ["assessor", "iqa", "administrator"])
def test_everything_of_the_other_centre_is_not_there(who, cast, here, client_for):
    point = raise_point(cast.there)
    sample = point.finding.sample
    client = client_for(getattr(here, who))
    assert open_sample(client, sample).status_code == 404
    assert find(client, sample).status_code == 404
    assert client.get(reverse("action_point", args=[point.public_id])).status_code == 404
    assert answer(client, point).status_code == 404
    eqa = client_for(here.eqa)
    assert open_sample(eqa, sample).status_code == 404
    assert (Finding.objects.count(), Answer.objects.count()) == (1, 0)


@pytest.mark.parametrize("who", ["iqa", "eqa"])
def test_an_action_point_is_read_not_answered_by_iqa_and_eqa(who, here, client_for):
    point = raise_point(here)
    client = client_for(getattr(here, who))
    page = client.get(reverse("action_point", args=[point.public_id])).content.decode()
    assert "Ask a witness." in page
    assert "Send answer" not in page
    assert answer(client, point).status_code == 403
    assert not Answer.objects.exists()


def test_an_empty_answer_is_refused_and_one_sent_twice_is_kept_once(here, client_for):
    point = raise_point(here)
    client = client_for(here.assessor)
    page = answer(client, point, " ")
    assert page.status_code == 422
    assert "Say what you did" in page.content.decode()
    assert answer(client, point).status_code == 302
    assert answer(client, point).status_code == 302
    assert Answer.objects.count() == 1
    late = answer(client, point, "Something else, typed with care.")
    assert late.status_code == 409
    assert "Something else, typed with care." in late.content.decode()


def test_a_sample_takes_the_same_queries_at_10_and_200_pieces(here, client_for, django_assert_num_queries):
    entry = here.entry("101")
    factories.judge(entry, factories.submit_evidence(here, entry), by=here.assessor)
    many_pieces(here, entry, 10)
    sample = actions.plan_sample(entry=here.entry("101"), by=here.iqa)
    client = client_for(here.iqa)
    with django_assert_num_queries(SAMPLE_QUERIES):
        open_sample(client, sample)
    factories.judge(entry, many_pieces(here, entry, 190)[0], codes=["1.1"], by=here.assessor)
    with django_assert_num_queries(SAMPLE_QUERIES):
        open_sample(client, sample)


def test_a_sample_of_a_claimed_registration_stays_as_it_is(here, client_for):
    factories.claim(here)
    sample = Sample.objects.get()
    page = find(client_for(here.iqa), sample)
    assert page.status_code == 409
    assert Finding.objects.count() == 1
