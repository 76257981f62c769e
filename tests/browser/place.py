"""Where the journey happens: ProQual's qualification, a centre with an administrator, its EQA, and what others do."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.management import call_command

from accounts.models import User
from assessments import actions as assessments
from assessments import states as judged
from audit import actors
from audit.actors import today
from centres import actions as centres
from centres.models import Centre
from centres.queries import actor_for
from portfolios import actions as portfolios
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from quals import actions as quals
from quals.models import Qualification
from tests import factories
from tests.factories import SYSTEM, House

QAN = "601/4756/8"
TITLE = "ProQual Level 4 NVQ Diploma in Customer Service"
BY_HAND = "T/506/1820"  # ten criteria, judged on the pages
TRAINEES = "R/506/1954"  # one criterion of it is judged by the trainee
UNITS = [
    *("D/506/2153", "T/506/2952", "M/506/2898"),  # group A
    *("R/506/2960", "R/506/2179", "L/506/2181", "Y/506/2183", "H/506/2963"),  # group B, all level 4
    *(TRAINEES, "T/506/1980"),  # group C
]


@dataclass
class Place:
    centre: Centre
    qualification: Qualification
    elsewhere: Registration

    def user(self, name: str) -> User:
        return User.objects.get(name=name)

    def actor(self, name: str, role: str) -> actors.Actor:
        return actor_for(self.user(name), role, self.centre)

    @property
    def registration(self) -> Registration:
        return Registration.objects.get(qualification=self.qualification)

    def codes(self, unit: str) -> list[str]:
        return list(self.entry(unit).unit.criteria.order_by("position").values_list("code", flat=True))

    def entry(self, code: str) -> UnitEntry:
        return UnitEntry.objects.select_related("unit", "centre", "registration__learner").get(
            registration=self.registration, unit__uan=code
        )


def make_place(document: Path) -> Place:
    """The document read in, the centre approved and its administrator and EQA with a password each."""
    editor = User.objects.create_user("cate@attest.example", name="Cate Lowe", is_catalogue_editor=True)
    seen = ["--acknowledge", "Both readings of the rule are kept", "--by", editor.email]
    call_command("import_specification", str(document), "--publish", *seen)
    qualification = Qualification.objects.get(qan=QAN)
    centre = centres.open_centre(name="Northgate Training", number="NG1", by=SYSTEM)
    centres.approve_centre(centre=centre, qan=QAN, from_on=date(2020, 1, 1), by=SYSTEM)
    administrator = factories.make_staff(centre, "Ruth Bell", actors.ADMINISTRATOR, by=SYSTEM)
    eqa = centres.allocate_eqa(
        email="edith@awards.example", name="Edith Quayle", centre=centre, qan=QAN, from_on=today(), by=SYSTEM
    )
    factories.set_password(eqa.user)
    proqual = qualification.specification.awarding_organisation
    quals.set_issues_here(awarding_organisation=proqual, issues_here=True, by=SYSTEM)
    return Place(centre, qualification, _registered_elsewhere(centre, administrator))


def _registered_elsewhere(centre: Centre, administrator: actors.Actor) -> Registration:
    """Somebody on a qualification that the EQA is not allocated to."""
    other = factories.make_qualification()
    centres.approve_centre(centre=centre, qan=other.qan, from_on=date(2020, 1, 1), by=SYSTEM)
    learner = factories.make_learner(centre, "Tom Reid", by=administrator)
    units = list(other.specification.units.all()[:3])
    return portfolios.register(learner=learner, qualification=other, units=units, by=administrator)


def complete_the_other_units(place: Place) -> None:
    """What the journey did by hand for one unit, done for the others through the same actions."""
    amir, ada = place.actor("Amir Khan", actors.ASSESSOR), place.actor("Ada Okafor", actors.LEARNER)
    house = House(
        centre=place.centre, administrator=place.actor("Ruth Bell", actors.ADMINISTRATOR), assessor=amir,
        trainee=place.actor("Tess Young", actors.ASSESSOR), iqa=place.actor("Ines Vale", actors.IQA), learner=ada,
        second_learner=ada, registration=place.registration,
    )  # fmt: skip
    for entry in place.registration.entries.exclude(state=portfolio.CONFIRMED).select_related("unit"):
        _complete(house, place.entry(entry.unit.uan))


def _complete(house: House, entry: UnitEntry) -> None:
    by_trainee = entry.assessor_id == house.trainee.user_id
    assessor = house.trainee if by_trainee else house.assessor
    met = entry.judgements.filter(superseded_by__isnull=True, outcome=judged.MET)
    codes = list(entry.unit.criteria.exclude(pk__in=met.values("criterion")).values_list("code", flat=True))
    version = factories.submit_evidence(house, entry, codes, title=f"Evidence for {entry.unit.code}")
    made = factories.judge(entry, version, codes, by=assessor)
    if by_trainee:
        assessments.countersign(judgements=made, outcome=judged.CONFIRMED, by=house.assessor)
    signed = assessments.sign_off(entry=entry, by=assessor)
    if by_trainee:
        assessments.countersign_sign_off(sign_off=signed, outcome=judged.CONFIRMED, by=house.assessor)
    assessments.confirm(entry=entry, by=house.learner)
