"""The unit page: where each criterion stands and why, what is lacking, and what each role can do there."""

import pytest
from django.urls import reverse

from portfolios import actions as portfolios
from tests.factories import allocate, complete_unit, judge, make_draft, submit_evidence


@pytest.fixture
def read(client_for, page_of):
    """The page of an entry as one actor reads it."""
    return lambda actor, entry, **query: client_for(actor).get(page_of("unit", entry), query).content.decode()


def test_unit_shows_each_judgement_with_its_reason_and_author(here, entry, version, read):
    judge(entry, version, ["1.1"], because="I saw it on Monday.", by=here.assessor)
    judge(entry, version, ["1.2"], outcome="not_yet", by=here.assessor)
    text = read(here.learner, entry)
    assert "I saw it on Monday." in text
    assert "Amir Khan, assessor" in text
    assert "Show a second occasion." in text
    assert reverse("evidence_piece", args=[version.evidence.public_id]) in text


def test_unit_lists_what_it_still_lacks(here, entry, read):
    judge(entry, submit_evidence(here, entry, ["1.1", "1.2"]), ["1.1"], by=here.assessor)
    lacking = read(here.learner, entry).split("What it still lacks")[1].split("</section>")[0]
    assert [code for code in ("1.1", "1.2", "2.1", "2.2") if f"#criterion-{code}" in lacking] == ["1.2", "2.1", "2.2"]


def test_unit_keeps_every_judgement_of_a_criterion(here, entry, version, read):
    judge(entry, version, ["1.1"], outcome="not_yet", because="Not on this page.", by=here.assessor)
    judge(entry, version, ["1.1"], because="Now it is.", by=here.assessor)
    text = read(here.iqa, entry)
    assert "1 earlier judgement" in text
    assert text.index("Now it is.") < text.index("Not on this page.")


def test_unit_shows_the_last_earlier_judgement_and_all_of_them_when_asked(here, entry, version, read):
    for number, outcome in enumerate(("not_yet", "met", "not_yet", "met"), start=1):
        judge(entry, version, ["1.1"], outcome=outcome, because=f"Look number {number}.", by=here.assessor)
    said = [f"Look number {number}." for number in (4, 3, 2, 1)]
    brief = read(here.iqa, entry)
    assert "3 earlier judgements" in brief
    assert "and 2 more" in brief
    assert [each in brief for each in said] == [True, True, False, False]
    whole = read(here.iqa, entry, history="1.1")
    assert "3 earlier judgements" in whole
    assert "more</a>" not in whole
    assert [whole.index(each) for each in said] == sorted(whole.index(each) for each in said)
    assert "and 2 more" in read(here.iqa, entry, history="\0")


def test_unit_says_why_it_cannot_be_signed_off_beside_the_button(here, entry, version, read):
    judge(entry, version, ["1.1"], by=here.assessor)
    text = read(here.assessor, entry)
    assert "3 of the unit" in text
    assert reverse("sign_off", args=[entry.public_id]) not in text


def test_unit_that_is_ready_offers_the_sign_off_to_its_assessor_only(here, entry, version, read):
    judge(entry, version, by=here.assessor)
    address = reverse("sign_off", args=[entry.public_id])
    assert address in read(here.assessor, entry)
    for actor in (here.learner, here.iqa, here.administrator, here.eqa):
        assert address not in read(actor, entry)


def test_unit_shows_an_administrator_progress_but_no_evidence(here, entry, version, read):
    judge(entry, version, ["1.1"], because="I saw it on Monday.", by=here.assessor)
    for query in ({}, {"view": "matrix"}):
        text = read(here.administrator, entry, **query)
        assert "A call log" not in text
        assert "I saw it on Monday." not in text
        assert "of 4 criteria met" in text


def test_unit_shows_no_draft_to_the_assessor(here, entry, read):
    make_draft(here, entry, title="Not handed in yet")
    assert "Not handed in yet" not in read(here.assessor, entry)


def test_unit_as_a_matrix_has_evidence_across_and_its_state_in_the_cell(here, entry, read):
    submit_evidence(here, entry, ["1.1"], title="A first piece")
    submit_evidence(here, entry, ["1.1", "2.2"], title="A second piece")
    table = read(here.assessor, entry, view="matrix").split("<table")[1]
    assert table.count('scope="col"') == 4
    assert table.count("claimed, to be judged") == 6  # three cells, each as words and on hover


def test_unit_with_much_evidence_shows_the_newest_and_counts_the_rest(here, entry, read):
    for number in range(8):
        submit_evidence(here, entry, ["1.1"], title=f"Piece {number}")
    text = read(here.assessor, entry)
    assert "and 2 more, in the matrix" in text
    assert "Piece 7" in text
    assert "Piece 0" not in text


def test_unit_matrix_pages_beyond_the_last_show_the_last(here, entry, version, read):
    assert "A call log" in read(here.assessor, entry, view="matrix", page="99")
    assert "A call log" in read(here.assessor, entry, view="matrix", page="-1")


def test_unit_shows_only_the_last_submitted_version_of_a_piece(here, entry, version, read):
    portfolios.new_version(evidence=version.evidence, by=here.learner)
    portfolios.submit(evidence=version.evidence, declared=True, by=here.learner)
    table = read(here.assessor, entry, view="matrix").split("<table")[1]
    assert table.count('scope="col"') == 3


def test_unit_says_who_signed_and_offers_reopening_to_assessor_and_iqa(here, read):
    entry = complete_unit(here)
    address = reverse("reopen", args=[entry.public_id])
    for actor, offered in ((here.assessor, True), (here.iqa, True), (here.learner, False), (here.eqa, False)):
        text = read(actor, entry)
        assert "Signed off" in text
        assert (address in text) is offered


def test_unit_offers_countersigning_to_whoever_may(here, read):
    entry = allocate(here, "101", assessor=here.trainee)
    judge(entry, submit_evidence(here, entry), ["1.1"], by=here.trainee)
    address = reverse("countersign", args=[entry.public_id])
    assert address in read(here.assessor, entry)
    assert address not in read(here.trainee, entry)


def test_unit_of_somebody_else_is_not_found(cast, here, entry, client_for, page_of):
    for actor in (cast.there.assessor, cast.there.learner, here.second_learner, cast.editor, here.trainee):
        assert client_for(actor).get(page_of("unit", entry)).status_code == 404
