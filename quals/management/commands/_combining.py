"""What the commands about rules of combination read from their arguments, and how they refuse."""

from datetime import date

from django.core.management.base import CommandError

from audit.actors import today
from quals.queries import Combination, UnknownUnit, combination_of, qualification_named

UNREADABLE = 2


def refused(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=UNREADABLE)


def read_combination(qan: str, registered: str | None) -> Combination:
    """The qualification as somebody registered on that day meets it; without a day, today."""
    qualification = qualification_named(qan)
    if qualification is None:
        raise refused(f"There is no qualification “{qan}” in the catalogue.")
    return combination_of(qualification, registered_on=_day(registered))


def read_units(asked: Combination, text: str | None) -> list[str]:
    """The keys of the units in a list such as “7,10,K/506/2169”."""
    if text is None or not text.strip():
        return []
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise refused(f"“{text}” is not a list of units such as 7,10,11.")
    try:
        return asked.named(names)
    except UnknownUnit as problem:
        raise refused(str(problem)) from None


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise refused(f"“{text}” is not a day such as 2024-09-01.") from None
