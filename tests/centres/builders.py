"""Centres, people and a small catalogue for these tests, made as the installation and its administrators make them."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from accounts import actions as accounts
from accounts.models import User
from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, Actor, now, today
from audit.models import Entry
from centres import actions
from centres.models import Allocation, Approval, Centre, Competence, DirectClaims, Membership
from centres.queries import actor_for
from quals.models import AwardingOrganisation, Group, GroupUnit, Qualification, Specification, Unit
from quals.states import MANDATORY, OPTIONAL, PUBLISHED

SYSTEM = Actor.system("tests")
PASSWORD = "a long password of theirs"
QAN = "601/0001/1"
OTHER_QAN = "601/0002/2"


@dataclass
class Place:
    """A centre and its first administrator."""

    centre: Centre
    user: User
    admin: Actor


def accept(user: User) -> User:
    """The person follows the link and chooses a password."""
    accounts.accept_invitation(invitation=user.invitations.latest("pk"), password=PASSWORD)
    user.refresh_from_db()
    return user


def signed_in(user: User, **headers) -> Client:
    client = Client(**headers)
    client.force_login(user)
    return client


def an_editor(email="editor@example.org") -> User:
    if there := User.objects.filter(email=email).first():
        return there
    user = accounts.invite(email=email, name="Edith Orr", chain="installation", as_what="a catalogue editor", by=SYSTEM)
    actions.open_installation(editor=user, by=SYSTEM)
    return accept(user)


def editor_actor() -> Actor:
    return actor_for(an_editor(), EDITOR)


def a_qualification(qan=QAN, *, title="Diploma in Lamps", units=3, state=PUBLISHED) -> Qualification:
    """A published qualification; the first unit is mandatory, the others are optional."""
    owner, _ = AwardingOrganisation.objects.get_or_create(name="Board")
    specification = Specification.objects.create(
        awarding_organisation=owner,
        title=f"{title}, issue 1",
        source_name="lamps.txt",
        sha256="0" * 64,
        state=state,
        imported_at=now(),
        published_at=now() if state == PUBLISHED else None,
    )
    made = Qualification.objects.create(specification=specification, qan=qan, title=title, level=3)
    groups = [
        Group.objects.create(qualification=made, code=code, title=f"Group {code}", kind=kind, position=position)
        for position, (code, kind) in enumerate([("A", MANDATORY), ("B", OPTIONAL)])
    ]
    for number in range(1, units + 1):
        unit = Unit.objects.create(
            specification=specification,
            key=str(number),
            number=f"{qan[-1]}0{number}",
            title=f"Keep lamp {number}",
            level=3,
            credit=5,
            position=number,
        )
        GroupUnit.objects.create(group=groups[min(number - 1, 1)], unit=unit, position=number)
    return made


def units_of(qualification: Qualification) -> list[Unit]:
    return list(qualification.specification.units.order_by("position"))


def a_centre(name="Northgate", *, approved_for=()) -> Place:
    number, email = f"C-{name}", f"head@{name.lower()}.example.org"
    centre = actions.open_centre_with(
        name=name, number=number, administrator=f"{name} Head", email=email, by=editor_actor()
    )
    for qan in approved_for:
        actions.approve_centre(centre=centre, qan=qan, from_on=today() - timedelta(days=400), by=editor_actor())
    user = accept(User.objects.get(email=email))
    return Place(centre, user, actor_for(user, ADMINISTRATOR, centre))


def a_colleague(place: Place, name="Ada Okafor", role=ASSESSOR, **options) -> User:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    user = actions.invite_staff(centre=place.centre, email=email, name=name, role=role, by=place.admin, **options)
    return accept(user) if user.invitations.filter(accepted_at=None).exists() else user


def everything() -> dict[str, list]:
    """Every row that an action of `accounts` or `centres` can write, to prove that a refusal wrote none."""
    kinds = [User, Centre, Membership, Approval, DirectClaims, Allocation, Competence, Entry]
    return {kind.__name__: list(kind.objects.order_by("pk").values()) for kind in kinds}
