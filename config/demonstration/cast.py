"""Who is at the demonstration centre, and how each of them signs in."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from audit import actors
from audit.actors import Actor, today
from centres import actions as centres
from centres.models import Centre
from centres.queries import actor_for
from centres.states import ASSESS, QUALIFIED, TRAINEE, VERIFY
from portfolios import actions as portfolios
from portfolios.models import Learner
from quals import actions as quals
from quals.models import Qualification

CENTRE_NUMBER = "DEMO-1"
CENTRE_NAME = "Harbourside Community Workshop"
QAN = "900/0001/8"
SYSTEM = Actor.system("building the demonstration centre")

SIGN_INS = [
    ("Learner", "Ada Okafor", "ada@harbourside.example"),
    ("Assessor", "Amir Khan", "amir@harbourside.example"),
    ("Trainee assessor", "Tess Young", "tess@harbourside.example"),
    ("IQA", "Ines Vale", "ines@harbourside.example"),
    ("EQA", "Edith Quayle", "edith@harbour-awards.example"),
    ("Administrator", "Ruth Bell", "ruth@harbourside.example"),
    ("Catalogue editor", "Cate Lowe", "cate@attest.example"),
]
EMAILS = {role: email for role, _, email in SIGN_INS}
NAMES = {role: name for role, name, _ in SIGN_INS}

LEARNERS = [
    ("Ada Okafor", "ada@harbourside.example", date(2001, 3, 14), "1234567899"),
    ("Tom Reid", "tom@harbourside.example", date(1998, 11, 2), ""),
    ("Bea Holt", "bea@harbourside.example", date(1987, 6, 21), ""),
    ("Priya Nair", "priya@harbourside.example", date(2004, 1, 9), ""),
    ("Callum Fraser", "callum@harbourside.example", date(2006, 8, 30), ""),
    ("Maya Lindqvist", "maya@harbourside.example", date(1993, 4, 17), ""),
    ("Owen Pryce", "owen@harbourside.example", date(1979, 12, 5), ""),
    ("Sofia Marsh", "sofia@harbourside.example", date(1999, 9, 26), ""),
]


@dataclass
class People:
    """The centre and everybody in it, as actors."""

    centre: Centre
    qualification: Qualification
    administrator: Actor
    assessor: Actor
    trainee: Actor
    iqa: Actor
    eqa: Actor
    learners: dict[str, Learner]

    def learner(self, name: str) -> Actor:
        return actor_for(self.learners[name].user, actors.LEARNER, self.centre)


def gather(qualifications: list[Qualification], password: str) -> People:
    """The centre, approved for every qualification given; the first is the one its learners are on."""
    own = qualifications[0]
    quals.set_issues_here(awarding_organisation=own.specification.awarding_organisation, issues_here=True, by=SYSTEM)
    centre = centres.open_centre(name=CENTRE_NAME, number=CENTRE_NUMBER, is_demonstration=True, by=SYSTEM)
    for qualification in qualifications:
        centres.approve_centre(centre=centre, qan=qualification.qan, from_on=today(), by=SYSTEM)
    administrator = _member(centre, "Administrator", actors.ADMINISTRATOR, password, SYSTEM)
    people = People(
        centre=centre,
        qualification=own,
        administrator=administrator,
        assessor=_member(centre, "Assessor", actors.ASSESSOR, password, administrator),
        trainee=_member(centre, "Trainee assessor", actors.ASSESSOR, password, administrator),
        iqa=_member(centre, "IQA", actors.IQA, password, administrator),
        eqa=_eqa(centre, password),
        learners={},
    )
    for qualification in qualifications:
        _approve(people, qualification)
    for name, email, born_on, uln in LEARNERS:
        learner = portfolios.add_learner(
            centre=centre, name=name, email=email, born_on=born_on, uln=uln, by=administrator
        )
        _set_password(learner.user, password)
        people.learners[name] = learner
    editor = User.objects.create_user(EMAILS["Catalogue editor"], name=NAMES["Catalogue editor"])
    centres.open_installation(editor=_set_password(editor, password), by=SYSTEM)
    return people


def _member(centre: Centre, role_name: str, role: str, password: str, by: Actor) -> Actor:
    user = centres.invite_member(centre=centre, email=EMAILS[role_name], name=NAMES[role_name], role=role, by=by)
    return actor_for(_set_password(user, password), role, centre)


def _eqa(centre: Centre, password: str) -> Actor:
    allocation = centres.allocate_eqa(
        email=EMAILS["EQA"], name=NAMES["EQA"], centre=centre, qan=QAN, from_on=today(), by=SYSTEM
    )
    return actor_for(_set_password(allocation.user, password), actors.EQA)


def _approve(people: People, qualification: Qualification) -> None:
    units = list(qualification.specification.units.order_by("position"))
    for actor, kind, standing in (
        (people.assessor, ASSESS, QUALIFIED),
        (people.trainee, ASSESS, TRAINEE),
        (people.iqa, VERIFY, QUALIFIED),
    ):
        centres.approve_staff(
            centre=people.centre,
            user=User.objects.get(pk=actor.user_id),
            units=units,
            kind=kind,
            standing=standing,
            from_on=today(),
            by=people.administrator,
        )


def _set_password(user: User, password: str) -> User:
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
