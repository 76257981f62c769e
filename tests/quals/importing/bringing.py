"""How a pack is brought in."""

from quals.actions import import_pack
from tests.quals.builders import (
    EDITOR_ACTOR,
    LINES,
    a_pack,
)

SETTLED = {"by": "Edda Itor", "on": "2026-01-02", "ground": "Seen on paper"}


def bring(pack, *, wanted=False, by=EDITOR_ACTOR):
    lines = [*LINES, "One more line"]
    return import_pack(pack=pack, lines=lines, source_name="second.txt", publish=wanted, by=by)


def without_qualifications(**changes):
    return a_pack(qualifications=[], **changes)
