"""What happens at night: the sweep from the outbox, the mail to administrators, and what they find at home."""

import random

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from audit import actors
from audit.models import Entry
from centres.models import Membership
from certification import actions, tasks
from certification.models import Readiness
from certification.queries import SWEEP
from jobs import states as jobs
from jobs.models import Job
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from tests.certification.population import populate
from tests.certification.test_verify_audit import lift_triggers
from tests.factories import SYSTEM, make_staff, release, run_jobs, user_of
from verification import actions as verification
from verification.models import Release

pytestmark = pytest.mark.django_db


def night() -> list:
    """One night: beat's message, the worker's sweep, and the mails it queued."""
    mail.outbox.clear()
    tasks.every_night.run()
    run_jobs()
    run_jobs()
    assert not Job.objects.exclude(state=jobs.DONE).exists()
    return mail.outbox


def home_of(actor, client_for) -> str:
    return " ".join(client_for(actor).get(reverse("administrator_home")).content.decode().split())


def test_beat_asks_for_the_sweep_every_night():
    current_app.loader.import_default_modules()
    entry = settings.CELERY_BEAT_SCHEDULE["every night"]
    assert entry["task"] in current_app.tasks
    assert isinstance(entry["schedule"], crontab)
    assert (len(entry["schedule"].hour), len(entry["schedule"].minute)) == (1, 1)


def test_a_night_that_is_still_at_work_is_not_asked_for_again(here):
    tasks.every_night.run()
    tasks.every_night.run()
    assert Job.objects.filter(about=SWEEP).count() == 1
    Job.objects.update(state=jobs.FAILED)
    tasks.every_night.run()
    assert Job.objects.filter(about=SWEEP, state=jobs.QUEUED).count() == 1


def test_a_night_tells_the_administrators_of_a_centre_who_became_claimable(cast, here):
    second = make_staff(here.centre, "Zoe Hall", actors.ADMINISTRATOR, by=here.administrator)
    assert night() == []
    release(here)
    release(cast.there)
    sent = {message.to[0]: message for message in night()}
    assert set(sent) == {"ruth@ng1.example", "zoe@ng1.example", "olga@sb2.example"}
    ours, theirs = sent["zoe@ng1.example"], sent["olga@sb2.example"]
    assert ours.subject == "1 certificate can be claimed"
    assert second.name in ours.body
    assert "Ada Okafor, Level 3 Diploma in Testing" in ours.body
    assert "Lena Park" not in ours.body
    assert "Lena Park" in theirs.body
    assert settings.PUBLIC_URL + reverse("administrator_home") in ours.body


def test_nobody_is_told_twice_of_the_same_and_the_telling_is_in_the_record(here):
    release(here)
    assert len(night()) == 1
    assert night() == []
    told = Entry.objects.get(action="tell_administrators")
    assert told.chain.key == f"centre:{here.centre.pk}"
    assert told.summary == "Administrators told that 1 registration can be claimed"


def test_what_ceases_and_becomes_claimable_again_is_told_again(here):
    release(here)
    assert len(night()) == 1
    sample = verification.plan_sample(entry=here.entry("102"), by=here.iqa)
    assert night() == []
    assert Readiness.objects.get().told_at is None
    verification.find(sample=sample, outcome="agreed", note="Sound.", by=here.iqa)
    verification.release(registration=here.registration, by=here.iqa)
    assert len(night()) == 1


def test_a_night_that_was_cut_off_before_telling_tells_the_next_time(here):
    release(here)
    actions.sweep_combinations(report=lambda looks: None, by=SYSTEM)
    assert not Job.objects.filter(task="certification.send_ready").exists()
    assert len(night()) == 1


def test_a_centre_without_an_administrator_is_told_once_it_has_one(here):
    release(here)
    Membership.objects.filter(centre=here.centre, role=actors.ADMINISTRATOR).delete()
    assert night() == []
    make_staff(here.centre, "Zoe Hall", actors.ADMINISTRATOR, by=SYSTEM)
    assert [message.to for message in night()] == [["zoe@ng1.example"]]


@pytest.mark.parametrize("how", ["not of the centre", "signed out for good"])
def test_who_ceased_to_administer_the_centre_before_the_mail_went_out_gets_none(here, how):
    release(here)
    mail.outbox.clear()
    tasks.every_night.run()
    run_jobs()
    if how == "not of the centre":
        Membership.objects.filter(centre=here.centre, role=actors.ADMINISTRATOR).delete()
    else:
        User.objects.filter(pk=here.administrator.user_id).update(is_active=False)
    run_jobs()
    assert mail.outbox == []


def test_what_was_claimed_before_the_mail_went_out_is_not_in_it(here):
    release(here)
    mail.outbox.clear()
    tasks.every_night.run()
    run_jobs()
    Registration.objects.filter(pk=here.registration.pk).update(state=portfolio.CLAIMED)
    run_jobs()
    assert mail.outbox == []


def test_a_night_that_could_not_look_at_one_ends_failed_with_its_name_and_tells_of_the_others(cast, here):
    release(here)
    release(cast.there)
    lift_triggers()
    Release.objects.filter(registration=cast.there.registration).update(units=[{"entry": 1}])
    mail.outbox.clear()
    tasks.every_night.run()
    run_jobs()
    run_jobs()
    job = Job.objects.get(about=SWEEP)
    assert (job.state, job.attempts) == (jobs.FAILED, 1)
    assert job.error.startswith(f"1 of 2 could not be looked at: {cast.there.registration.public_id} (TypeError")
    assert [message.to for message in mail.outbox] == [["ruth@ng1.example"]]
    tasks.every_night.run()
    assert Job.objects.filter(about=SWEEP, state=jobs.QUEUED).count() == 1


# --- At home ---------------------------------------------------------------------------------------


def test_home_says_who_is_ready_to_claim_until_something_moves(here, client_for):
    release(here)
    assert "released by the IQA" in home_of(here.administrator, client_for)
    night()
    page = home_of(here.administrator, client_for)
    assert "ready to claim" in page
    assert reverse("claim", args=[here.registration.public_id]) in page
    here.registration.entries.update(changed_at=actors.now())
    assert "ready to claim" not in home_of(here.administrator, client_for)


def test_home_says_that_a_released_one_is_not_ready(here, client_for):
    release(here)
    verification.plan_sample(entry=here.entry("102"), by=here.iqa)
    night()
    assert "released, but not ready to claim" in home_of(here.administrator, client_for)


def test_home_puts_a_claim_before_a_unit_that_is_not_needed_for_it(here, client_for):
    release(here)
    night()
    here.registration.entries.filter(unit__number="202").update(assessor=None)
    page = home_of(here.administrator, client_for)
    assert "ready to claim" in page
    assert "without an assessor" not in page


def add_ready(cast, number: int) -> None:
    """So many more that were released and found ready to claim, in bulk."""
    made = populate(cast.qualification, cast.here.centre, number, random.Random(number))
    user = user_of(cast.here.iqa)
    UnitEntry.objects.filter(registration__in=made).update(assessor=user_of(cast.here.assessor), iqa=user)
    Release.objects.bulk_create(
        Release(registration=each, number=1, iqa=user, statement="Sound.", released_at=actors.now()) for each in made
    )
    at = {"changed_at": actors.now(), "claimable_at": actors.now(), "checked_at": actors.now()}
    Readiness.objects.bulk_create(Readiness(registration=each, centre=each.centre, passes=True, **at) for each in made)


def test_home_asks_as_often_with_10_ready_to_claim_as_with_200(cast, here, client_for):
    client, url, counts = client_for(here.administrator), reverse("administrator_home"), []
    for more, rows in ((10, 10), (190, 200)):
        add_ready(cast, more)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url).content.decode()
        assert page.count("data-row") == rows
        counts.append(len(captured))
    assert counts == [5, 5]
