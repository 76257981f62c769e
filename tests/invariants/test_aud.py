"""AUD-1: every action writes one entry of a chain; AUD-2: nothing is back-dated; AUD-5: nobody signs for another.

tests/test_house_rules.py asks every action in the source for its entry; here the entries are counted.
"""

from datetime import UTC, datetime, timedelta
from inspect import signature

import pytest
from django import forms

from assessments import actions as assessments
from assessments.models import Judgement, LearnerConfirmation, SignOff
from audit.actors import clock_at, now, today
from audit.models import Chain, Entry
from audit.queries import broken_links
from certification import actions as certification
from certification.models import Certificate, Claim
from portfolios import actions as portfolios
from portfolios.models import Version
from tests.certification.builders import answer, refusal_of, run_jobs
from tests.factories import add_file, judge, make_draft, release, submit_evidence
from tests.test_house_rules import ACTIONS, modules
from verification import actions as verification
from verification import states as verified
from verification.models import Finding, Release

LONG_AGO = datetime(2024, 3, 4, 9, 30, tzinfo=UTC)


# AUD-1


def test_aud_1_every_step_from_evidence_to_certificate_writes_one_entry(here):
    entry, by = here.entry("101"), here.assessor
    made = {}

    def one_entry(act):
        before = Entry.objects.count()
        result = act()
        made[Entry.objects.order_by("-pk")[0].action] = Entry.objects.count() - before
        return result

    draft = make_draft(here, entry)
    one_entry(lambda: add_file(here, draft))
    version = one_entry(lambda: portfolios.submit(evidence=draft, declared=True, by=here.learner))
    one_entry(lambda: judge(entry, version, by=by))
    one_entry(lambda: assessments.give_feedback(entry=entry, text="Clear and complete.", by=by))
    one_entry(lambda: assessments.sign_off(entry=entry, by=by))
    one_entry(lambda: assessments.reopen(entry=entry, reason="Too soon.", by=by))
    one_entry(lambda: assessments.sign_off(entry=here.entry("101"), by=by))
    one_entry(lambda: assessments.confirm(entry=entry, by=here.learner))
    sample = one_entry(lambda: verification.plan_sample(entry=entry, by=here.iqa))
    finding = one_entry(
        lambda: verification.find(
            sample=sample, outcome=verified.ACTION, note="Unclear.", todo="Clarify.", due_on=today(), by=here.iqa
        )
    )
    one_entry(lambda: verification.answer_action_point(action_point=finding.action_point, text="Done.", by=by))
    one_entry(lambda: verification.find(sample=sample, outcome=verified.AGREED, note="Sound.", by=here.iqa))
    release(here, ("102", "201"))
    here.registration.refresh_from_db()
    claim = one_entry(lambda: certification.claim(registration=here.registration, by=here.administrator))
    one_entry(lambda: answer(here, claim))
    one_entry(run_jobs)
    assert set(made.values()) == {1}, made
    assert len(made) == 13


def test_aud_1_entries_are_chained_and_say_who_acted_in_which_role(here):
    release(here)
    chain = Chain.objects.get(key=f"registration:{here.registration.pk}")
    entries = list(chain.entries.order_by("number"))
    assert broken_links(chain) == []
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    judged = chain.entries.filter(action="judge").first()
    assert (judged.actor_id, judged.actor_name, judged.role) == (here.assessor.user_id, "Amir Khan", "assessor")


def test_aud_1_an_action_that_fails_leaves_neither_row_nor_entry(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    refusal_of(assessments.sign_off, entry=entry, by=here.assessor)
    refusal_of(assessments.confirm, entry=entry, by=here.learner)
    assert judge(entry, version, by=here.assessor)


def test_aud_1_centres_do_not_share_a_chain(cast, here):
    release(here)
    release(cast.there)
    for house in (here, cast.there):
        chain = Chain.objects.get(key=f"registration:{house.registration.pk}")
        assert set(chain.entries.values_list("centre_id", flat=True)) == {house.centre.pk}


# AUD-2


def test_aud_2_the_time_of_a_decision_is_the_servers(here):
    before = now()
    release(here)
    after = now()
    for model, name in [
        (Version, "submitted_at"),
        (Judgement, "decided_at"),
        (SignOff, "signed_at"),
        (LearnerConfirmation, "confirmed_at"),
        (Finding, "found_at"),
        (Release, "released_at"),
        (Entry, "at"),
    ]:
        times = [at for at in model.objects.values_list(name, flat=True) if at > before]
        assert times, model
        assert max(times) <= after


@pytest.mark.parametrize("action", ACTIONS)
def test_aud_2_no_action_takes_the_time_it_happens_at(action):
    assert not [name for name in signature(action).parameters if name == "at" or name.endswith(("_at", "when"))]


def test_aud_2_no_form_asks_for_the_time_of_an_action():
    asked = [
        f"{form.__name__}.{name}"
        for module in modules("forms")
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if name.endswith("_at") or isinstance(field, forms.DateTimeField)
    ]
    assert asked == []


def test_aud_2_when_it_happened_is_a_day_of_its_own_and_never_the_future(here):
    entry = here.entry("101")
    draft = make_draft(here, entry)
    add_file(here, draft)
    tomorrow = today() + timedelta(days=1)
    describe = {"title": "A day at work", "kind": "P", "text": "What I did.", "by": here.learner}
    portfolios.describe_evidence(evidence=draft, happened_from=today() - timedelta(days=30), **describe)
    version = portfolios.submit(evidence=draft, declared=True, by=here.learner)
    assert version.contents["happened_from"] == (today() - timedelta(days=30)).isoformat()
    assert version.submitted_at.date() >= today() - timedelta(days=1)
    other = make_draft(here, entry, title="Tomorrow")
    add_file(here, other, content=b"Something else")
    with_future = type(other).objects.filter(pk=other.pk)
    with_future.update(happened_from=tomorrow)
    assert refusal_of(portfolios.submit, evidence=with_future.get(), declared=True, by=here.learner).code == "AUD-2"


def test_aud_2_an_entry_made_with_the_clock_set_back_says_so(here):
    with clock_at(LONG_AGO):
        assert now() == LONG_AGO
        portfolios.start_evidence(learner=here.registration.learner, title="Back then", by=here.learner)
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.at, entry.clock_set) == (LONG_AGO, True)


# AUD-5


@pytest.mark.parametrize("who", ["second_learner", "assessor", "iqa", "administrator", "eqa"])
def test_aud_5_nobody_declares_for_the_learner(here, who):
    draft = make_draft(here, here.entry("101"))
    add_file(here, draft)
    refusal_of(portfolios.submit, evidence=draft, declared=True, by=getattr(here, who))
    assert not Version.objects.filter(evidence=draft, submitted_at__isnull=False).exists()
    assert portfolios.submit(evidence=draft, declared=True, by=here.learner).declared_by_id == here.learner.user_id


@pytest.mark.parametrize("who", ["second_learner", "assessor", "iqa", "administrator", "eqa"])
def test_aud_5_nobody_confirms_for_the_learner(here, who):
    entry = here.entry("101")
    judge(entry, submit_evidence(here, entry), by=here.assessor)
    assessments.sign_off(entry=entry, by=here.assessor)
    assert refusal_of(assessments.confirm, entry=entry, by=getattr(here, who)).code == "AUD-5"
    assert assessments.confirm(entry=entry, by=here.learner).learner_id == here.learner.user_id


def test_aud_5_what_the_system_makes_is_signed_by_the_system(here):
    release(here)
    here.registration.refresh_from_db()
    claim = certification.claim(registration=here.registration, by=here.administrator)
    answer(here, claim)
    run_jobs()
    issued = Entry.objects.get(action="issue")
    assert (issued.actor_id, issued.role) == (None, "system")
    assert Certificate.objects.get().claim == Claim.objects.get()
