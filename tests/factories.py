"""The cast of every test, made through the actions: two centres that must not see each other, and what they work on.

A learner, a second learner, an assessor, a trainee assessor, an IQA, an EQA and an administrator at Northgate; a
learner, an assessor, an IQA and an administrator at Southbank; a catalogue editor. Everybody's password is PASSWORD.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from assessments import actions as assessments
from assessments import states as judged
from assessments.models import Judgement
from assessments.rules import Ruling
from audit import actors
from audit.actors import Actor, today
from centres import actions as centres
from centres.models import Centre
from centres.queries import actor_for
from centres.states import ASSESS, QUALIFIED, TRAINEE, VERIFY
from certification import actions as certification
from jobs.models import Job
from portfolios import actions as portfolios
from portfolios.models import Evidence, Learner, Registration, UnitEntry, Version
from quals import actions as quals
from quals.models import Qualification, Unit
from verification import actions as verification
from verification import states as verified

PASSWORD = "a bicycle made for two"
QAN = "900/0009/5"
SYSTEM = Actor.system("setting a test up")
ADULT = date(1995, 4, 12)


def make_pack(*, qan: str = QAN, wording: bool = True, title: str = "Level 3 Diploma in Testing", **facts) -> dict:
    """A small qualification: two mandatory units, three optional; 12 credits, all of A, at least 4 from B."""
    units = [_unit(number, level, credit, wording) for number, level, credit in UNITS]
    qualification = {
        "qan": qan,
        "title": title,
        "level": 3,
        "credits": 12,
        "tqt": 120,
        "glh": 60,
        "minimum_age": 16,
        "first_registration": "2014-09-01",
        "last_registration": None,
        "last_certification": None,
        "evidence_kinds": ["O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL"],
        "groups": [
            {"code": "A", "title": "Group A", "kind": "mandatory", "units": [{"unit": "101"}, {"unit": "102"}]},
            {
                "code": "B",
                "title": "Group B",
                "kind": "optional",
                "units": [{"unit": "201"}, {"unit": "202"}, {"unit": "203"}],
            },
        ],
        "rules": [
            _rule("R1", "at_least", "credits", 12, {}),
            _rule("R2", "at_least", "units", 2, {"groups": ["A"]}),
            _rule("R3", "at_least", "credits", 4, {"groups": ["B"]}),
            _rule("R4", "at_most", "units", 1, {"units": ["202", "203"]}),
        ],
    }
    return {
        "format": "qualification-pack/1",
        "source": {"file": f"{qan}.txt", "sha256": qan.replace("/", "").lower().ljust(64, "0" if wording else "1"),
                   "title": title, "version": "Issue 1", "wording": wording},
        "awarding_organisation": "Testing Awards",
        "qualifications": [qualification | facts],
        "units": units,
        "findings": [],
    }  # fmt: skip


UNITS = [("101", 3, 4), ("102", 3, 4), ("201", 3, 4), ("202", 2, 4), ("203", 4, 5)]


def _unit(number: str, level: int, credit: int, wording: bool) -> dict:
    def criterion(code: str) -> dict:
        return {"code": code, "text": f"Show {code} of unit {number} at work" if wording else "", "line": 10}

    return {
        "key": number, "number": number, "uan": f"A/900/{number}0"[:10], "title": f"Testing unit {number}",
        "level": level, "credit": credit, "glh": 20, "kind": "competence", "routes": ["portfolio"], "line": 9,
        "strategy": {"simulation": "unstated", "work_placement": "unstated", "knowledge_evidence": "unstated",
                     "currency_years": None, "qualify_within_months": None},
        "outcomes": [
            {"number": 1, "text": "Understand the work" if wording else "", "kind": "knowledge",
             "criteria": [criterion("1.1"), criterion("1.2")]},
            {"number": 2, "text": "Be able to do it" if wording else "", "kind": "performance",
             "criteria": [criterion("2.1"), criterion("2.2")]},
        ],
        "evidence_requirements": [],
    }  # fmt: skip


def _rule(label: str, bound: str, measure: str, amount: int, of: dict) -> dict:
    return {"id": label, "bound": bound, "measure": measure, "amount": amount, "of": of, "printed": [5],
            "confidence": "printed", "note": ""}  # fmt: skip


def make_qualification(**facts) -> Qualification:
    pack = make_pack(**facts)
    imported = quals.import_pack(
        pack=pack, lines=[f"line {n}" for n in range(1, 40)], source_name="testing.txt", publish=True, by=SYSTEM
    )
    return imported.specification.qualifications.get()


def set_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def make_staff(centre: Centre, name: str, role: str, units=(), standing: str = QUALIFIED, *, by: Actor) -> Actor:
    """A member of the centre's staff, approved for `units` from long ago."""
    email = f"{name.split()[0].lower()}@{centre.number.lower()}.example"
    user = set_password(centres.invite_member(centre=centre, email=email, name=name, role=role, by=by))
    kind = {actors.ASSESSOR: ASSESS, actors.IQA: VERIFY}.get(role)
    if kind and units:
        centres.approve_staff(
            centre=centre, user=user, units=units, kind=kind, standing=standing, from_on=date(2020, 1, 1), by=by
        )
    return actor_for(user, role, centre)


def make_learner(centre: Centre, name: str, *, born_on: date = ADULT, uln: str = "", by: Actor) -> Learner:
    email = f"{name.split()[0].lower()}@{centre.number.lower()}.example"
    learner = portfolios.add_learner(centre=centre, name=name, email=email, born_on=born_on, uln=uln, by=by)
    set_password(learner.user)
    return learner


@dataclass
class House:
    """One centre with its people and one registration."""

    centre: Centre
    administrator: Actor
    assessor: Actor
    trainee: Actor
    iqa: Actor
    learner: Actor
    second_learner: Actor
    registration: Registration
    eqa: Actor | None = None

    def entry(self, number: str = "101") -> UnitEntry:
        return entry_of(self.registration, number)


@dataclass
class Cast:
    """Everybody, and the qualification they work on. The other centre is built when a test first asks for it."""

    qualification: Qualification
    units: list[Unit]
    here: House
    editor: Actor

    @cached_property
    def there(self) -> House:
        return make_house("Southbank Skills", "SB2", self.qualification, {
            "administrator": "Olga Frost", "assessor": "Abel Stone", "trainee": "Tara Finch", "iqa": "Ivo Marsh",
            "learner": "Lena Park", "second_learner": "Leo Hart"})  # fmt: skip


def make_house(name: str, number: str, qualification: Qualification, people: dict[str, str]) -> House:
    units = list(Unit.objects.filter(specification=qualification.specification).order_by("position"))
    centre = centres.open_centre(name=name, number=number, by=SYSTEM)
    centres.approve_centre(centre=centre, qan=qualification.qan, from_on=date(2020, 1, 1), by=SYSTEM)
    admin = make_staff(centre, people["administrator"], actors.ADMINISTRATOR, by=SYSTEM)
    assessor = make_staff(centre, people["assessor"], actors.ASSESSOR, units, by=admin)
    trainee = make_staff(centre, people["trainee"], actors.ASSESSOR, units, TRAINEE, by=admin)
    iqa = make_staff(centre, people["iqa"], actors.IQA, units, by=admin)
    learner = make_learner(centre, people["learner"], by=admin)
    second = make_learner(centre, people["second_learner"], by=admin)
    registration = portfolios.register(learner=learner, qualification=qualification, units=units[:4], by=admin)
    portfolios.allocate(
        registration=registration,
        assessor=User.objects.get(pk=assessor.user_id),
        iqa=User.objects.get(pk=iqa.user_id),
        by=admin,
    )
    return House(
        centre=centre,
        administrator=admin,
        assessor=assessor,
        trainee=trainee,
        iqa=iqa,
        learner=actor_for(learner.user, actors.LEARNER, centre),
        second_learner=actor_for(second.user, actors.LEARNER, centre),
        registration=registration,
    )


def make_cast() -> Cast:
    qualification = make_qualification()
    here = make_house("Northgate Training", "NG1", qualification, {
        "administrator": "Ruth Bell", "assessor": "Amir Khan", "trainee": "Tess Young", "iqa": "Ines Vale",
        "learner": "Ada Okafor", "second_learner": "Tom Reid"})  # fmt: skip
    allocation = centres.allocate_eqa(
        email="eqa@testing.example", name="Edith Quayle", centre=here.centre, qan=QAN, from_on=today(), by=SYSTEM
    )
    here.eqa = actor_for(set_password(allocation.user), actors.EQA)
    editor = set_password(User.objects.create_user("editor@attest.example", name="Cate Lowe"))
    centres.open_installation(editor=editor, by=SYSTEM)
    units = list(Unit.objects.filter(specification=qualification.specification).order_by("position"))
    return Cast(qualification, units, here, actor_for(editor, actors.EDITOR))


def user_of(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def entry_of(registration: Registration, number: str = "101") -> UnitEntry:
    return UnitEntry.objects.select_related("unit", "centre", "registration__learner").get(
        registration=registration, unit__number=number
    )


def allocate(house: House, number: str, *, assessor: Actor | None = None, iqa: Actor | None = None) -> UnitEntry:
    """Give one unit to another assessor or IQA."""
    entry = house.entry(number)
    portfolios.allocate(
        registration=entry.registration,
        assessor=user_of(assessor) if assessor else entry.assessor,
        iqa=user_of(iqa) if iqa else entry.iqa,
        units=[entry.unit],
        by=house.administrator,
    )
    return house.entry(number)


def make_draft(
    house: House, entry: UnitEntry, codes=None, *, title: str = "A day at work", kind: str = "P"
) -> Evidence:
    """A draft of the house's learner that names criteria of the entry (all of them unless `codes` says which)."""
    evidence = portfolios.start_evidence(learner=house.registration.learner, title=title, by=house.learner)
    portfolios.describe_evidence(
        evidence=evidence, title=title, kind=kind, happened_from=today() - timedelta(days=2),
        text="What I did that day, and why.", by=house.learner,
    )  # fmt: skip
    criteria = entry.unit.criteria.order_by("position")
    criteria = criteria.filter(code__in=codes) if codes is not None else criteria
    portfolios.refer(evidence=evidence, chosen={(entry, each): "" for each in criteria}, by=house.learner)
    return evidence


def add_file(house: House, evidence: Evidence, name: str = "notes.txt", content: bytes = b"What I saw that day."):
    return portfolios.add_file(evidence=evidence, uploaded=SimpleUploadedFile(name, content), by=house.learner)


def submit_evidence(house: House, entry: UnitEntry, codes=None, **draft) -> Version:
    evidence = make_draft(house, entry, codes, **draft)
    add_file(house, evidence, content=f"Notes for {evidence.title} {evidence.pk}".encode())
    return portfolios.submit(evidence=evidence, declared=True, by=house.learner)


def ruling(entry: UnitEntry, code: str, version: Version | None, outcome: str = judged.MET, **changes) -> Ruling:
    """A ruling that supersedes whatever stands now."""
    criterion = entry.unit.criteria.get(code=code)
    facts = {
        "criterion": criterion,
        "outcome": outcome,
        "because": "The notes show it.",
        "versions": (version,) if version else (),
        "supersedes": Judgement.objects.filter(entry=entry, criterion=criterion, superseded_by__isnull=True).first(),
    }
    if outcome == judged.NOT_YET:
        facts |= {"lacking": ("sufficient",), "todo": "Show a second occasion."}
    return Ruling(**facts | changes)


def judge(entry: UnitEntry, version: Version, codes=("1.1", "1.2", "2.1", "2.2"), *, by: Actor, **changes):
    rulings = [ruling(entry, code, version, **changes) for code in codes]
    return assessments.judge(entry=entry, rulings=rulings, by=by)


def complete_unit(house: House, number: str = "101") -> UnitEntry:
    """From evidence to the learner's confirmation."""
    entry = house.entry(number)
    judge(entry, submit_evidence(house, entry, title=f"Evidence for {number}"), by=house.assessor)
    assessments.sign_off(entry=entry, by=house.assessor)
    assessments.confirm(entry=entry, by=house.learner)
    return house.entry(number)


def agree_sample(house: House, number: str = "101"):
    sample = verification.plan_sample(entry=house.entry(number), by=house.iqa)
    verification.find(sample=sample, outcome=verified.AGREED, note="Sound and well recorded.", by=house.iqa)
    return sample


def release(house: House, numbers=("101", "102", "201")):
    """Complete the units, sample one, and release the registration."""
    for number in numbers:
        complete_unit(house, number)
    agree_sample(house, numbers[0])
    return verification.release(registration=house.registration, by=house.iqa)


def claim(house: House):
    release(house)
    house.registration.refresh_from_db()
    return certification.claim(registration=house.registration, by=house.administrator)


def grant_direct_claims(house: House) -> None:
    centres.grant_direct_claims(centre=house.centre, qan=QAN, from_on=date(2020, 1, 1), by=SYSTEM)


def run_jobs() -> None:
    """Do what is in the outbox, here and now, as a worker would."""
    from celery import current_app

    current_app.loader.import_default_modules()
    for job in Job.objects.filter(state="queued").order_by("pk"):
        current_app.tasks[job.task].run(job_id=job.pk)
