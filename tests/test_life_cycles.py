"""The page of life cycles says what the tables of moves say."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from config.management.commands.life_cycles import PAGE, life_cycles
from tests.test_states import LIFE_CYCLES


def printed() -> str:
    out = StringIO()
    call_command("life_cycles", stdout=out)
    return out.getvalue()


def test_the_page_is_what_the_command_prints():
    assert PAGE.read_text(encoding="utf-8") == printed(), "run ./attest manage life_cycles --write"


def test_every_table_of_moves_is_drawn_once():
    drawn = [id(moves) for _, moves in life_cycles()]
    assert sorted(drawn) == sorted(id(moves) for moves, _ in LIFE_CYCLES.values())


@pytest.mark.parametrize(("model", "moves"), list(life_cycles()), ids=lambda each: getattr(each, "__name__", ""))
def test_a_drawing_shows_every_move_and_no_other(model, moves):
    drawing = re.search(rf"`{model._meta.label}`.*?```mermaid(.*?)```", printed(), re.DOTALL).group(1)
    drawn = set(re.findall(r"^    (\w+) --> (\w+)$", drawing, re.MULTILINE))
    assert drawn == {(state, to) for state, targets in moves.items() for to in targets}
    assert set(re.findall(r"^    (\w+): ", drawing, re.MULTILINE)) == set(moves)
    assert re.search(r"^    \[\*\] --> \w+$", drawing, re.MULTILINE)
