"""The judging page: what the assessor sees, what saving does, and that nothing typed is ever lost."""

import pytest
from django.urls import reverse

from assessments.models import Feedback, Judgement
from portfolios import actions as portfolios
from tests.factories import allocate, judge, submit_evidence

CODES = ("1.1", "1.2", "2.1", "2.2")


def current(entry, code):
    return Judgement.objects.get(entry=entry, criterion__code=code, superseded_by__isnull=True)


def test_judge_shows_the_evidence_beside_the_criteria_it_claims(here, entry, client_for, page_of):
    submit_evidence(here, entry, ["1.2", "2.1"], title="A call log")
    shown = client_for(here.assessor).get(page_of("judge", entry))
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "A call log" in text
    assert "Show 1.2 of unit 101 at work" in text
    assert "Show 1.1 of unit 101 at work" not in text
    assert "0 of 4 criteria of unit 101 are met. If all 2 open here are met, 2 remain." in text


def test_judge_says_when_the_page_completes_the_unit(here, entry, version, client_for, page_of):
    text = client_for(here.assessor).get(page_of("judge", entry)).content.decode()
    assert "If all 4 open here are met, the unit is ready to sign off." in text


def test_judge_takes_a_shared_reason_for_rows_without_their_own(here, entry, version, client_for, page_of, filled):
    sent = filled(
        version,
        {"1.1": {"outcome": "met"}, "1.2": {"outcome": "met", "because": "Page two shows it."}},
        because="The whole log shows it.",
    )
    answer = client_for(here.assessor).post(page_of("judge", entry), sent)
    assert answer.status_code == 302
    assert current(entry, "1.1").because == "The whole log shows it."
    assert current(entry, "1.2").because == "Page two shows it."


def test_judge_leads_to_the_next_waiting_piece_of_the_unit_then_to_the_unit(
    here, entry, version, client_for, page_of, filled
):
    second = submit_evidence(here, entry, ["1.1"], title="A second piece")
    met = {code: {"outcome": "met"} for code in ("1.2", "2.1", "2.2")}
    client = client_for(here.assessor)
    answer = client.post(page_of("judge", entry), filled(version, met, because="It shows."))
    assert answer.url == f"{page_of('judge', entry)}?evidence={version.evidence.public_id}"
    answer = client.post(page_of("judge", entry), filled(second, {"1.1": {"outcome": "met"}}, because="It shows."))
    assert answer.url == page_of("unit", entry)
    assert here.entry("101").is_ready


def test_judge_not_yet_met_without_an_action_keeps_everything_typed(here, entry, version, client_for, page_of, filled):
    sent = filled(
        version,
        {
            "1.1": {"outcome": "met", "because": "A reason worth keeping."},
            "1.2": {"outcome": "not_yet", "because": "Too thin.", "lacking": ["sufficient"], "todo": ""},
        },
        feedback="Words for the learner.",
    )
    answer = client_for(here.assessor).post(page_of("judge", entry), sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    for typed in ("A reason worth keeping.", "Too thin.", "Words for the learner.", 'value="sufficient" checked'):
        assert typed in text
    assert "say what is lacking and what the learner should do" in text
    assert not Judgement.objects.exists()
    assert not Feedback.objects.exists()


def test_judge_with_nothing_chosen_says_so(here, entry, version, client_for, page_of, filled):
    answer = client_for(here.assessor).post(page_of("judge", entry), filled(version, {}, because="A reason"))
    assert answer.status_code == 422
    assert "Choose met or not yet met" in answer.content.decode()


def test_judge_with_feedback_only_sends_the_feedback(here, entry, version, client_for, page_of, filled):
    sent = filled(version, {}, feedback="Tell me more about the second call.")
    assert client_for(here.assessor).post(page_of("judge", entry), sent).status_code == 302
    assert Feedback.objects.get().evidence == version.evidence
    assert not Judgement.objects.exists()


def test_judge_sent_twice_changes_nothing_the_second_time(here, entry, version, client_for, page_of, filled):
    rulings = {
        "1.1": {"outcome": "met"},
        "1.2": {"outcome": "not_yet", "lacking": ["current"], "todo": "Show a newer one."},
    }
    sent = filled(version, rulings, because="Seen on page 1.", feedback="Good.")
    client = client_for(here.assessor)
    for _ in range(2):
        assert client.post(page_of("judge", entry), sent).status_code == 302
    assert Judgement.objects.count() == 2
    assert Feedback.objects.count() == 1


def test_judge_the_same_words_with_another_action_are_not_taken_for_a_double_click(
    here, entry, version, client_for, page_of, filled
):
    said = {"outcome": "not_yet", "because": "Too thin.", "lacking": ["sufficient"], "todo": "Show a second one."}
    client = client_for(here.assessor)
    client.post(page_of("judge", entry), filled(version, {"1.1": said}))
    answer = client.post(page_of("judge", entry), filled(version, {"1.1": said | {"todo": "Show a third one."}}))
    assert answer.status_code == 409
    assert current(entry, "1.1").todo == "Show a second one."
    assert "Show a third one." in answer.content.decode()


def test_judge_after_a_lost_race_shows_the_other_judgement_and_can_be_sent_again(
    here, entry, version, client_for, page_of, filled
):
    (first,) = judge(entry, version, ["1.1"], because="I saw it happen.", by=here.assessor)
    client = client_for(here.assessor)
    mine = {"outcome": "not_yet", "because": "I do not see it.", "lacking": ["valid"], "todo": "Say where."}
    answer = client.post(page_of("judge", entry), filled(version, {"1.1": mine}))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "I saw it happen." in text
    assert "I do not see it." in text
    assert f'name="c1.1-seen" value="{first.public_id}"' in text
    again = filled(version, {"1.1": mine | {"seen": str(first.public_id)}})
    assert client.post(page_of("judge", entry), again).status_code == 302
    assert current(entry, "1.1").supersedes == first


def test_judge_on_a_version_that_was_replaced_while_writing_is_told(here, entry, version, client_for, page_of, filled):
    portfolios.new_version(evidence=version.evidence, by=here.learner)
    portfolios.submit(evidence=version.evidence, declared=True, by=here.learner)
    sent = filled(version, {"1.1": {"outcome": "met", "because": "I wrote this on version one."}})
    answer = client_for(here.assessor).post(page_of("judge", entry), sent)
    assert answer.status_code == 409
    assert "I wrote this on version one." in answer.content.decode()
    assert not Judgement.objects.exists()


def test_judge_rests_on_other_evidence_that_was_ticked(here, entry, version, client_for, page_of, filled):
    other = submit_evidence(here, entry, ["1.1"], title="A photo of the desk")
    said = {"outcome": "met", "because": "Together they show it.", "also": [other.pk]}
    assert client_for(here.assessor).post(page_of("judge", entry), filled(version, {"1.1": said})).status_code == 302
    assert {each["version"] for each in current(entry, "1.1").evidence} == {version.pk, other.pk}


def test_judge_names_only_evidence_of_the_criterion(here, entry, version, client_for, page_of, filled):
    other = submit_evidence(here, entry, ["2.2"], title="Something else")
    said = {"outcome": "met", "because": "Shown.", "also": [other.pk]}
    answer = client_for(here.assessor).post(page_of("judge", entry), filled(version, {"1.1": said}))
    assert answer.status_code == 422
    assert not Judgement.objects.exists()


def test_judge_not_yet_met_leaves_another_piece_for_the_same_criterion_waiting(here, entry, version):
    other = submit_evidence(here, entry, ["1.1"], title="A second piece")
    judge(entry, version, ["1.1"], outcome="not_yet", by=here.assessor)
    other.evidence.refresh_from_db()
    assert other.evidence.state == "submitted"
    assert other.references.get().settled_at is None


def test_judge_met_by_another_piece_asks_nothing_more_of_the_first(here, entry):
    first = submit_evidence(here, entry, ["1.1"], title="A first piece")
    judge(entry, first, ["1.1"], outcome="not_yet", by=here.assessor)
    first.evidence.refresh_from_db()
    assert first.evidence.state == "action_needed"
    second = submit_evidence(here, entry, ["1.1"], title="A second piece")
    judge(entry, second, ["1.1"], by=here.assessor)
    first.evidence.refresh_from_db()
    assert first.evidence.state == "judged"


def test_judge_is_refused_in_words_to_whoever_may_read_but_not_judge(here, cast, entry, version, client_for, page_of):
    for actor in (here.learner, here.iqa, here.administrator, here.eqa):
        answer = client_for(actor).get(page_of("judge", entry))
        assert answer.status_code == 403
        assert "is not allocated to you" in answer.content.decode() or actor is here.learner
    assert client_for(cast.there.assessor).get(page_of("judge", entry)).status_code == 404
    assert client_for(cast.editor).get(page_of("judge", entry)).status_code == 404


def test_judge_without_wording_is_refused_by_cat_7(here, entry, version, client_for, page_of):
    entry.unit.criteria.filter(code="1.1").update(text="")
    answer = client_for(here.assessor).get(page_of("judge", entry))
    assert answer.status_code == 403
    assert "wording of criterion 1.1" in answer.content.decode()


def test_judge_of_evidence_of_another_unit_is_not_found(here, entry, client_for, page_of):
    other = submit_evidence(here, here.entry("102"), title="For another unit")
    address = f"{page_of('judge', entry)}?evidence={other.evidence.public_id}"
    assert client_for(here.assessor).get(address).status_code == 404
    assert client_for(here.assessor).get(f"{page_of('judge', entry)}?evidence=nonsense").status_code == 404


def test_judge_without_any_evidence_says_what_will_stand_there(here, entry, client_for, page_of):
    shown = client_for(here.assessor).get(page_of("judge", entry))
    assert "No evidence has been submitted for this unit" in shown.content.decode()


def test_judge_by_a_trainee_says_that_it_waits_for_a_countersignature(here, version, client_for, page_of):
    entry = allocate(here, "101", assessor=here.trainee)
    assert "You are in training" in client_for(here.trainee).get(page_of("judge", entry)).content.decode()


def test_judge_links_the_pieces_that_wait_in_both_directions(here, entry, version, client_for, page_of):
    second = submit_evidence(here, here.entry("102"), title="For unit 102")
    client = client_for(here.assessor)
    first_page = client.get(page_of("judge", entry)).content.decode()
    address = f"{reverse('judge', args=[here.entry('102').public_id])}?evidence={second.evidence.public_id}"
    assert "1 of 2 waiting" in first_page
    assert f'href="{address}" rel="next"' in first_page
    second_page = client.get(address).content.decode()
    assert 'rel="prev"' in second_page
    assert 'rel="next"' not in second_page


@pytest.mark.parametrize("sent", [{}, {"version": "nonsense"}, {"version": "00000000-0000-4000-8000-000000000000"}])
def test_judge_of_no_version_is_not_found(here, entry, version, client_for, page_of, sent):
    assert client_for(here.assessor).post(page_of("judge", entry), sent).status_code == 404


def test_judge_that_cannot_be_read_is_shown_again_with_everything_typed(
    here, entry, version, client_for, page_of, filled
):
    sent = filled(version, {"1.1": {"outcome": "perhaps", "because": "A reason worth keeping."}})
    answer = client_for(here.assessor).post(page_of("judge", entry), sent)
    assert answer.status_code == 422
    assert "A reason worth keeping." in answer.content.decode()
