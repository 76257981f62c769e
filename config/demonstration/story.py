"""What happened at the demonstration centre: eight learners, each at another stage, over some months."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assessments import actions as assessments
from assessments import states as judged
from centres.models import Centre
from certification import actions as certification
from certification import states as claimed
from config.demonstration.calendar import days_ago
from config.demonstration.cast import CENTRE_NUMBER, SYSTEM, People, gather
from config.demonstration.work import Work, rulings
from portfolios import actions as portfolios
from portfolios.models import Registration, UnitEntry
from quals.models import Qualification
from verification import actions as verification
from verification import states as verified

MONTHS_BACK = 150  # days


def build(*, qualifications: list[Qualification], password: str, say: Callable[[str], None]) -> Centre:
    """Build the centre, all of it or nothing; returns the one that is there already, if it is."""
    if existing := Centre.objects.filter(number=CENTRE_NUMBER).first():
        return existing
    with transaction.atomic():
        with days_ago(MONTHS_BACK):
            people = gather(qualifications, password)
        story = Story(people)
        for name, chapter in story.chapters().items():
            say(f"  {name}")
            chapter(name)
    return people.centre


class Story:
    """Each method is one learner's way so far."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.work = Work(people)

    def chapters(self) -> dict[str, Callable[[str], None]]:
        return {
            "Maya Lindqvist": self.certificated,
            "Owen Pryce": self.waiting_for_the_eqa,
            "Sofia Marsh": self.ready_to_claim,
            "Bea Holt": self.with_an_action_point,
            "Ada Okafor": self.in_the_middle,
            "Tom Reid": self.ready_to_sign_off,
            "Priya Nair": self.with_the_trainee,
            "Callum Fraser": self.just_begun,
        }

    def register(self, name: str, days: float, keys: int = 9, *, trainee: bool = False) -> Registration:
        """Register on the first `keys` units that satisfy the rules, and allocate."""
        units = self.work.units[:keys]
        with days_ago(days, 9):
            registration = portfolios.register(
                learner=self.people.learners[name],
                qualification=self.people.qualification,
                units=units,
                by=self.people.administrator,
            )
            portfolios.allocate(
                registration=registration,
                assessor=User.objects.get(pk=(self.people.trainee if trainee else self.people.assessor).user_id),
                iqa=User.objects.get(pk=self.people.iqa.user_id),
                by=self.people.administrator,
            )
        return registration

    def entries(self, registration: Registration) -> list[UnitEntry]:
        found = registration.entries.select_related("unit", "centre", "registration__learner")
        return list(found.order_by("unit__position"))

    def complete(self, registration: Registration, first: float, last: float) -> None:
        """Every unit from evidence to the learner's confirmation, spread over the days between."""
        entries = self.entries(registration)
        for number, entry in enumerate(entries):
            self.achieve(entry, first - (first - last) * number / len(entries))

    def achieve(self, entry: UnitEntry, days: float) -> None:
        versions = self.work.gather(entry, days)
        with days_ago(days - 2, 14):
            assessments.judge(entry=entry, rulings=rulings(entry, versions), by=self.people.assessor)
            assessments.sign_off(entry=entry, by=self.people.assessor)
        with days_ago(days - 3, 18):
            assessments.confirm(entry=entry, by=self.people.learner(entry.registration.learner.name))

    def agree(self, entry: UnitEntry, days: float, note: str) -> None:
        with days_ago(days, 11):
            sample = verification.plan_sample(entry=entry, by=self.people.iqa)
            verification.find(sample=sample, outcome=verified.AGREED, note=note, by=self.people.iqa)

    def release(self, registration: Registration, days: float) -> None:
        entries = self.entries(registration)
        self.agree(entries[1], days + 2, "Read every reason against the photographs. Sound, fair, and the dates fit.")
        self.agree(
            entries[3], days + 1, "Listened to the account of the group session; the assessor's questions were good."
        )
        with days_ago(days, 15):
            verification.release(registration=registration, by=self.people.iqa)

    def certificated(self, name: str) -> None:
        registration = self.register(name, 148)
        self.complete(registration, 140, 70)
        self.release(registration, 60)
        with days_ago(58):
            claim = certification.claim(registration=registration, by=self.people.administrator)
        with days_ago(52, 16):
            certification.decide_claim(
                claim=claim,
                outcome=claimed.RELEASED,
                note="Looked at three units in full. Well assessed, and the IQA's notes are specific.",
                by=self.people.eqa,
            )
            claim.refresh_from_db()
            certification.make_documents(claim=claim, progress=lambda done, of, message: None, by=SYSTEM)

    def waiting_for_the_eqa(self, name: str) -> None:
        registration = self.register(name, 145)
        self.complete(registration, 130, 25)
        self.release(registration, 9)
        with days_ago(6):
            certification.claim(registration=registration, by=self.people.administrator)

    def ready_to_claim(self, name: str) -> None:
        registration = self.register(name, 130)
        self.complete(registration, 120, 18)
        self.release(registration, 3)

    def with_an_action_point(self, name: str) -> None:
        registration = self.register(name, 110)
        entries = self.entries(registration)
        for number, entry in enumerate(entries[:4]):
            self.achieve(entry, 100 - 18 * number)
        with days_ago(4, 11):
            sample = verification.plan_sample(entry=entries[2], reason="risk", by=self.people.iqa)
            verification.find(
                sample=sample,
                outcome=verified.ACTION,
                note="The account of the session is good, but nobody who was there has said so.",
                todo="Ask somebody who came to the session for a short witness statement.",
                due_on=timezone.localdate() + timedelta(days=10),
                by=self.people.iqa,
            )
        with days_ago(2):
            verification.plan_sample(entry=entries[0], by=self.people.iqa)

    def in_the_middle(self, name: str) -> None:
        registration = self.register(name, 90)
        entries = self.entries(registration)
        for number, entry in enumerate(entries[:2]):
            self.achieve(entry, 80 - 20 * number)
        self.work.across_units(entries[2:4], 8)
        versions = self.work.gather(entries[4], 12)
        with days_ago(5, 15):
            some = rulings(entries[4], versions)[:5]
            not_yet = rulings(entries[4], versions, judged.NOT_YET)[5:6]
            assessments.judge(entry=entries[4], rulings=[*some, *not_yet], by=self.people.assessor)
            assessments.give_feedback(
                entry=entries[4],
                text="Clear notes, and the photographs show what you did. One criterion needs a second occasion.",
                by=self.people.assessor,
            )
        self.work.gather(entries[5], 3)

    def ready_to_sign_off(self, name: str) -> None:
        registration = self.register(name, 70)
        entries = self.entries(registration)
        self.achieve(entries[0], 50)
        versions = self.work.gather(entries[1], 14)
        with days_ago(4, 13):
            assessments.judge(entry=entries[1], rulings=rulings(entries[1], versions), by=self.people.assessor)
        self.work.gather(entries[2], 2)

    def with_the_trainee(self, name: str) -> None:
        registration = self.register(name, 60, trainee=True)
        entries = self.entries(registration)
        versions = self.work.gather(entries[0], 20)
        with days_ago(15, 13):
            made = assessments.judge(entry=entries[0], rulings=rulings(entries[0], versions), by=self.people.trainee)
        with days_ago(11, 9):
            assessments.countersign(
                judgements=made[: len(made) // 2],
                outcome=judged.CONFIRMED,
                comment="I read the same evidence and agree.",
                by=self.people.assessor,
            )
        self.work.gather(entries[1], 4)

    def just_begun(self, name: str) -> None:
        registration = self.register(name, 5)
        self.work.draft(self.entries(registration)[0], 1)
