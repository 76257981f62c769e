"""Draw every life cycle as its table in states.py says; docs/life-cycles.md holds what this prints."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models

from certification.models import Claim
from certification.states import APPROVED, AWAITING_EQA

PAGE = Path(settings.BASE_DIR) / "docs" / "life-cycles.md"
HEAD = """\
# Life cycles

Which state may follow which, drawn from the tables in every app's `states.py` by
`./attest manage life_cycles --write`; `tests/test_life_cycles.py` fails while this page and those tables differ.
Everything but a job changes its state through `audit.actions.move`, which refuses what its table does not hold. A job
lies below `audit/`: `jobs/actions.py` updates it where its state and its lease are what they were.
"""
# A row without a default begins where the action that makes it says.
BEGINNINGS = {Claim: (AWAITING_EQA, APPROVED)}  # approved at once with direct claims status


def life_cycles() -> Iterator[tuple[type[models.Model], dict]]:
    """Every model of ours with a state, and the table of its moves, lowest app first."""
    for name in settings.HOUSE_APPS:
        for model in apps.get_app_config(name).get_models():
            if any(field.name == "state" for field in model._meta.concrete_fields):
                yield model, moves_of(model)


def words_of(model: type[models.Model]) -> dict[str, str]:
    return dict(model._meta.get_field("state").choices)


def moves_of(model: type[models.Model]) -> dict:
    """The table in the app's states.py that speaks of exactly this model's states."""
    words = import_module(f"{model._meta.app_label}.states")
    tables = [
        table for name, table in vars(words).items() if name.endswith("MOVES") and set(table) == set(words_of(model))
    ]
    if len(tables) != 1:
        raise CommandError(
            f"{model._meta.label} needs one table of moves in {words.__name__}: there are {len(tables)}."
        )
    return tables[0]


def beginnings_of(model: type[models.Model]) -> tuple[str, ...]:
    field = model._meta.get_field("state")
    return BEGINNINGS.get(model) or (field.default,)


def drawing_of(model: type[models.Model], moves: dict) -> Iterator[str]:
    yield f"\n## {model._meta.verbose_name.capitalize()}\n"
    yield f"`{model._meta.label}`: {' '.join(model.__doc__.split())}\n"
    yield "```mermaid\nstateDiagram-v2"
    yield from (f"    {state}: {word}" for state, word in words_of(model).items())
    yield from (f"    [*] --> {state}" for state in beginnings_of(model))
    yield from (f"    {state} --> {to}" for state, targets in moves.items() for to in targets)
    yield from (f"    {state} --> [*]" for state, targets in moves.items() if not targets)
    yield "```"


def page() -> str:
    """The whole page."""
    drawings = [line for model, moves in life_cycles() for line in drawing_of(model, moves)]
    return "\n".join([HEAD.rstrip("\n"), *drawings, ""])


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help="write the page into docs/ instead of printing it")

    def handle(self, *args, write: bool, **options):
        if write:
            PAGE.write_text(page(), encoding="utf-8")
            self.stdout.write(f"Written: {PAGE.relative_to(settings.BASE_DIR)}")
        else:
            self.stdout.write(page(), ending="")
