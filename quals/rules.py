"""Why something may not be tracked, registered on, imported or published."""

from datetime import date

from audit.actors import EDITOR, SYSTEM, Actor
from audit.rules import Refusal
from quals import states
from quals.models import Criterion, Qualification, Specification, Unit
from quals.specification import InvalidPack, validate


def refuse_edit_catalogue(*, by: Actor) -> Refusal | None:
    if by.role not in {EDITOR, SYSTEM}:
        return Refusal("ROLE", "Only a catalogue editor, who acts for the installation, can do this.")
    return None


def refuse_untracked(*, unit: Unit, criterion: Criterion | None = None) -> Refusal | None:
    """CAT-7: without criteria, or without their wording, nothing is judged or signed off."""
    if criterion is not None:
        lost = [] if criterion.text else [criterion.code]
    else:
        criteria = list(unit.criteria.order_by("position").values_list("code", "text"))
        if not criteria:
            return Refusal(
                "CAT-7",
                f"Unit {unit.code} has no assessment criteria here yet. "
                "A catalogue editor has to import the document that holds its page first.",
            )
        lost = [code for code, text in criteria if not text]
    if not lost:
        return None
    return Refusal(
        "CAT-7",
        f"The wording of {_criteria(lost)} of unit {unit.code} is missing. "
        "A catalogue editor has to import the awarding organisation's document first.",
    )


def _criteria(codes: list[str]) -> str:
    if len(codes) == 1:
        return f"criterion {codes[0]}"
    return f"criteria {', '.join(codes[:3])}{' and more' if len(codes) > 3 else ''}"


def refuse_register_on(*, qualification: Qualification, born_on: date, day: date) -> Refusal | None:
    """REG-1, the dates, and REG-2, the age; the centre's approval is asked where centres are known."""
    if qualification.specification.state != states.PUBLISHED:
        return Refusal("REG-1", "This issue of the specification is a draft: nobody can be registered on it.")
    first, last = qualification.first_registration, qualification.last_registration
    if first is not None and day < first:
        return Refusal("REG-1", f"Nobody can be registered on {qualification} before {_day(first)}.")
    if last is not None and day > last:
        return Refusal(
            "REG-1",
            f"The last day to register on {qualification} was {_day(last)}. "
            "Look in the catalogue for the qualification that took its place.",
        )
    minimum = qualification.minimum_age
    if minimum is not None and age_on(born_on=born_on, day=day) < minimum:
        return Refusal(
            "REG-2",
            f"A learner on {qualification} has to be {minimum} or older on the day of registration; "
            f"this one is {age_on(born_on=born_on, day=day)}. Check the date of birth.",
        )
    return None


def age_on(*, born_on: date, day: date) -> int:
    """Completed years; who was born on 29 February is a year older on 1 March where there is no 29th."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def refuse_pack(pack: dict) -> Refusal | None:
    """A pack that does not hold together is not imported."""
    try:
        validate(pack)
    except InvalidPack as problem:
        return Refusal("INPUT", f"This is not a qualification pack that can be imported: {problem}.")
    return None


def refuse_publish(*, specification: Specification) -> Refusal | None:
    """An error that the importer found keeps a specification from being published."""
    errors = specification.findings.filter(severity=states.ERROR).order_by("line", "pk")
    first = errors.first()
    if first is None:
        return None
    count = errors.count()
    standing = "an error stands" if count == 1 else f"{count} errors stand"
    where = f" (line {first.line})" if first.line else ""
    return Refusal("INPUT", f"{specification} cannot be published while {standing}. The first{where}: {first.message}")
