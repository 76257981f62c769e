"""Many learners at once, with units confirmed at random: what a sweep looks at."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from accounts.models import User
from audit.actors import now
from centres.models import Centre
from portfolios import states
from portfolios.models import Learner, Registration, UnitEntry
from quals.actions import import_pack
from quals.models import Qualification, Unit
from tests.factories import ADULT, SYSTEM

FIRST, LAST = date(2015, 1, 1), date(2024, 12, 31)


def of_catalogue(name: str) -> list[Qualification]:
    """The qualifications of a pack that ships."""
    pack = json.loads((Path(settings.BASE_DIR) / "fixtures" / "catalogue" / f"{name}.json").read_text())
    imported = import_pack(pack=pack, lines=[], source_name=name, publish=True, by=SYSTEM)
    return list(imported.specification.qualifications.order_by("qan"))


def populate(qualification: Qualification, centre: Centre, number: int, chance: random.Random) -> list[Registration]:
    """So many live registrations of any day, each with some units, most of them confirmed."""
    start, days = Learner.objects.count(), (LAST - FIRST).days
    people = User.objects.bulk_create(
        User(email=f"learner-{start + n}@example.org", name=f"Learner {start + n}") for n in range(number)
    )
    learners = Learner.objects.bulk_create(
        Learner(centre=centre, user=user, name=user.name, born_on=ADULT) for user in people
    )
    made = Registration.objects.bulk_create(
        Registration(
            centre=centre,
            learner=learner,
            qualification=qualification,
            qan=qualification.qan,
            registered_on=FIRST + timedelta(days=chance.randint(0, days)),
            changed_at=now(),
        )
        for learner in learners
    )
    units = list(Unit.objects.filter(places__group__qualification=qualification).distinct().order_by("position"))
    for registration in made:
        confirm(registration, [unit for unit in units if chance.random() < 0.75], chance)
    return made


def confirm(registration: Registration, units: list[Unit], chance: random.Random | None = None) -> None:
    """These units chosen and confirmed; given chance, one in ten is only signed off."""
    UnitEntry.objects.bulk_create(
        UnitEntry(
            centre_id=registration.centre_id,
            registration=registration,
            unit=unit,
            state=states.SIGNED_OFF if chance and chance.random() < 0.1 else states.CONFIRMED,
            changed_at=now(),
        )
        for unit in units
    )
