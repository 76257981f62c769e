"""The centre that is measured: thirty learners on ten units of sixteen criteria, made through the actions."""

from copy import deepcopy
from dataclasses import dataclass, replace

from django.db import connection, transaction

from assessments import actions as assessments
from assessments import states as judged
from audit.actors import LEARNER
from centres.queries import actor_for
from portfolios import actions as portfolios
from portfolios.models import Registration, UnitEntry
from quals import actions as quals
from quals.models import Qualification, Unit
from tests.factories import SYSTEM, House, judge, make_house, make_learner, make_pack, submit_evidence, user_of
from verification import actions as verification
from verification import states as verified

PIECES = 200
LEARNERS = 30
UNITS = 10
OUTCOMES = 4
CRITERIA = 4
SIGNED_OFF = 8
JUDGED_EVERY = 10

PEOPLE = {
    "administrator": "Ruth Bell", "assessor": "Amir Khan", "trainee": "Tess Young", "iqa": "Ines Vale",
    "learner": "Ada Okafor", "second_learner": "Tom Reid",
}  # fmt: skip
FIRST = ["Bea", "Cal", "Dora", "Eli", "Fay", "Gus", "Hana"]
LAST = ["Adams", "Brook", "Chen", "Dale"]


@dataclass(frozen=True)
class Centre:
    """Who is measured at what: the unit with 200 pieces of evidence, and a registration that could be claimed."""

    house: House
    entry: UnitEntry
    to_claim: Registration


def make_centre() -> Centre:
    qualification = make_wide_qualification()
    units = list(Unit.objects.filter(specification=qualification.specification).order_by("position"))
    first = make_house("Northgate Training", "NG1", qualification, PEOPLE)
    names = [f"{name}{number} {last}" for number, last in enumerate(LAST) for name in FIRST]
    others = [_with_learner(first, name, qualification, units) for name in ["Ada0 Stone", *names][: LEARNERS - 1]]
    to_claim, busy, *rest = others
    for number, house in enumerate(rest):
        _begin(house, units, complete=number < SIGNED_OFF)
    _release(to_claim, units)
    _fill(busy, units)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum would have done by the time anybody looks
    return Centre(busy, busy.entry(units[0].number), to_claim.registration)


def make_wide_qualification() -> Qualification:
    """The factories' qualification with as many units and criteria as real ones have."""
    pack = make_pack()
    pack["units"] += [_like(pack["units"][2], f"30{number}") for number in range(UNITS - 4)]
    for unit in pack["units"]:
        unit["outcomes"] = [_outcome(unit["number"], number) for number in range(1, OUTCOMES + 1)]
    group = pack["qualifications"][0]["groups"][1]["units"]
    group += [{"unit": unit["key"]} for unit in pack["units"][5:]]
    lines = [f"line {number}" for number in range(1, 40)]
    imported = quals.import_pack(pack=pack, lines=lines, source_name="bench.txt", publish=True, by=SYSTEM)
    return imported.specification.qualifications.get()


def _like(unit: dict, number: str) -> dict:
    facts = {"key": number, "number": number, "uan": f"A/900/{number}0", "title": f"Testing unit {number}"}
    return deepcopy(unit) | facts


def _outcome(unit: str, number: int) -> dict:
    said = "at work, at the usual pace and to the standard that the centre has agreed with those it serves"
    criteria = [
        {"code": f"{number}.{each}", "text": f"Show {number}.{each} of unit {unit} {said}", "line": 10}
        for each in range(1, CRITERIA + 1)
    ]
    return {"number": number, "text": f"Be able to do part {number}", "kind": "performance", "criteria": criteria}


def _with_learner(house: House, name: str, qualification: Qualification, units: list[Unit]) -> House:
    """The same centre, with another learner on ten units."""
    by = house.administrator
    learner = make_learner(house.centre, name, by=by)
    chosen = [unit for unit in units if unit.number != "203"]
    registration = portfolios.register(learner=learner, qualification=qualification, units=chosen, by=by)
    team = {"assessor": user_of(house.assessor), "iqa": user_of(house.iqa)}
    portfolios.allocate(registration=registration, **team, by=by)
    return replace(house, registration=registration, learner=actor_for(learner.user, LEARNER, house.centre))


def _begin(house: House, units: list[Unit], *, complete: bool) -> None:
    """A learner on the way: one piece waits; of some, a unit is signed off and waits to be sampled."""
    submit_evidence(house, house.entry(units[1].number), title="Begun")
    if complete:
        _complete(house, units[0].number)


def _complete(house: House, number: str) -> None:
    entry = house.entry(number)
    version = submit_evidence(house, entry, title=f"Evidence for {number}")
    judge(entry, version, list(entry.unit.criteria.values_list("code", flat=True)), by=house.assessor)
    assessments.sign_off(entry=entry, by=house.assessor)
    assessments.confirm(entry=entry, by=house.learner)


def _release(house: House, units: list[Unit]) -> None:
    for unit in units:
        if unit.number != "203":
            _complete(house, unit.number)
    sample = verification.plan_sample(entry=house.entry(units[0].number), by=house.iqa)
    verification.find(sample=sample, outcome=verified.AGREED, note="Sound and well recorded.", by=house.iqa)
    verification.release(registration=house.registration, by=house.iqa)


def _fill(house: House, units: list[Unit]) -> None:
    """200 pieces on one unit, four criteria each; some are judged, a few as not yet met."""
    codes = list(units[0].criteria.order_by("position").values_list("code", flat=True))
    with transaction.atomic():
        for number in range(PIECES):
            named = [codes[(number * 3 + step) % len(codes)] for step in range(4)]
            entry = house.entry(units[0].number)
            version = submit_evidence(house, entry, named, title=f"A day at work, {number + 1}")
            if number % JUDGED_EVERY == 0:
                outcome = judged.NOT_YET if number % (JUDGED_EVERY * 4) == 0 else judged.MET
                judge(entry, version, named, by=house.assessor, outcome=outcome)
    assessments.give_feedback(entry=house.entry(units[0].number), evidence=None, text="Good work.", by=house.assessor)
