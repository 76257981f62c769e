"""What the commands about rules of combination read from their arguments, and how they refuse: one line, status 2."""

import re
from argparse import Action
from collections.abc import Callable, Iterable
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.actors import today
from quals.combination import Unproved
from quals.models import Qualification
from quals.queries import Combination, UnknownUnit, combination_of, qualification_named

UNREADABLE = 2
NO_LIST = re.compile(r"[;|\s]")  # between names, these are meant as commas


def refused(sentence: str) -> CommandError:
    return CommandError(sentence, returncode=UNREADABLE)


class CombinationCommand(BaseCommand):
    """A command that answers an option or argument it cannot read in one line too, not with its usage."""

    def create_parser(self, *names, **options) -> CommandParser:
        parser = super().create_parser(*names, **options)
        parser.error = _refusal_of(parser)
        return parser

    def execute(self, *arguments, **options) -> str | None:
        try:
            return super().execute(*arguments, **options)
        except Unproved as reason:
            raise CommandError(f"No proven answer in reasonable time, so none is given. {reason}") from reason


class Once(Action):
    """An option that is refused when it is given again: of two lists of units the first would be passed over."""

    def __call__(self, parser, given, value, option=None):
        if getattr(given, self.dest) is not self.default:
            parser.error(f"{option} is given twice")
        setattr(given, self.dest, value)


def _refusal_of(parser: CommandParser) -> Callable[[str], None]:
    def refuse(problem: str) -> None:
        sentence = f"{' '.join(problem.split())} (--help says what may be asked)"
        if parser.called_from_command_line:
            parser.exit(UNREADABLE, f"CommandError: {sentence}\n")
        raise refused(sentence)

    return refuse


def read_qualification(qan: str) -> Qualification:
    """The qualification of that number, however it is spaced and in whatever case."""
    letters = "".join(letter for letter in qan.upper() if letter.isalnum())
    for spelling in (qan, f"{letters[:3]}/{letters[3:7]}/{letters[7:]}"):
        if qualification := qualification_named(spelling):
            return qualification
    raise refused(f"There is no qualification “{_one_line(qan)}” in the catalogue.")


def read_combination(qan: str, registered: str | None) -> Combination:
    """The qualification as somebody registered on that day meets it; without a day, today."""
    qualification = read_qualification(qan)
    return combination_of(qualification, registered_on=_day(registered))


def read_units(asked: Combination, text: str | None) -> list[str]:
    """The keys of the units in a list such as “7,10,K/506/2169”; of an empty one, none."""
    if text is None or not text.strip():
        return []
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise _no_list(text)
    names = [name if name in asked.names else name.upper() for name in names]
    if any(NO_LIST.search(name) for name in names if name not in asked.names):
        raise _no_list(text)
    try:
        return asked.named(names)
    except UnknownUnit as problem:
        raise refused(str(problem)) from None


def in_words(keys: Iterable[str], labels: dict[str, str]) -> str:
    """The units as people call them, 2 before 10."""
    return ", ".join(sorted((labels[key] for key in keys), key=lambda label: (len(label), label)))


def _no_list(text: str) -> CommandError:
    return refused(f"“{_one_line(text)}” is not a list of units such as 7,10,11.")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(text: str | None) -> date:
    if text is None:
        return today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise refused(f"“{_one_line(text)}” is not a day such as 2024-09-01.")
    return day
