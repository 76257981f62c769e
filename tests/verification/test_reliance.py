"""A release stands while nothing that it rests on has changed (CLM-3); nobody has to withdraw it."""

import pytest

from assessments import actions as assessments
from tests import factories as f
from verification import actions as verification
from verification import states
from verification.rules import is_current


def reopen(here):
    assessments.reopen(entry=here.entry("102"), reason="One photograph is of another day.", by=here.assessor)


def reopen_and_sign_off_again(here):
    reopen(here)
    assessments.sign_off(entry=here.entry("102"), by=here.assessor)
    assessments.confirm(entry=here.entry("102"), by=here.learner)


def complete_another_unit(here):
    f.complete_unit(here, "202")


def plan_another_sample(here):
    verification.plan_sample(entry=here.entry("102"), by=here.iqa)


def find_an_action_point(here):
    sample = verification.plan_sample(entry=here.entry("102"), by=here.iqa)
    verification.find(
        sample=sample, outcome=states.ACTION, note="Nobody who was there has said so.", todo="Ask a witness.",
        due_on=f.today() + f.timedelta(days=7), by=here.iqa,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [reopen, reopen_and_sign_off_again, complete_another_unit, plan_another_sample, find_an_action_point]
)
def test_a_release_is_current_until_something_it_rests_on_changes(here, change):
    release = f.release(here)
    assert is_current(release)
    change(here)
    assert not is_current(release)


def test_a_release_stays_current_while_other_things_happen(here):
    release = f.release(here)
    f.submit_evidence(here, here.entry("202"), title="Work on another unit")
    f.make_draft(here, here.entry("202"))
    assert is_current(release)
