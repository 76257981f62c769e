"""Every life cycle: each pair of states is allowed or refused as its table says."""

import pytest

from certification import states as certification
from jobs import states as jobs
from portfolios import states as portfolios
from quals import states as quals
from verification import states as verification

LIFE_CYCLES = {
    "registration": (portfolios.REGISTRATION_MOVES, portfolios.REGISTRATION_STATES),
    "unit entry": (portfolios.ENTRY_MOVES, portfolios.ENTRY_STATES),
    "evidence": (portfolios.EVIDENCE_MOVES, portfolios.EVIDENCE_STATES),
    "specification": (quals.MOVES, quals.SPECIFICATION_STATES),
    "document": (quals.DOCUMENT_MOVES, quals.DOCUMENT_STATES),
    "sample": (verification.SAMPLE_MOVES, verification.SAMPLE_STATES),
    "action point": (verification.ACTION_MOVES, verification.ACTION_STATES),
    "claim": (certification.CLAIM_MOVES, certification.CLAIM_STATES),
    "job": (jobs.MOVES, jobs.CHOICES),
}


@pytest.mark.parametrize("name", LIFE_CYCLES)
def test_a_table_of_moves_speaks_of_every_state_and_of_no_other(name):
    moves, states = LIFE_CYCLES[name]
    known = {state for state, _ in states}
    assert set(moves) == known
    assert {to for targets in moves.values() for to in targets} <= known


@pytest.mark.parametrize("name", LIFE_CYCLES)
def test_every_state_can_be_reached_from_the_first(name):
    moves, states = LIFE_CYCLES[name]
    starts = {states[0][0]} | ({certification.APPROVED} if name == "claim" else set())
    reached, todo = set(), list(starts)
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo.extend(moves[state])
    assert reached == {state for state, _ in states}


PAIRS = [
    pytest.param(was, to, id=f"{was}-{to}") for was, _ in portfolios.ENTRY_STATES for to, _ in portfolios.ENTRY_STATES
]


@pytest.mark.parametrize(("was", "to"), PAIRS)
def test_a_unit_entry_moves_only_as_the_table_says(here, was, to):
    from audit.actions import move
    from audit.actors import now
    from audit.rules import Refused
    from portfolios.models import UnitEntry

    entry = here.entry()
    UnitEntry.objects.filter(pk=entry.pk).update(state=was)
    entry.state = was
    if to in portfolios.ENTRY_MOVES[was]:
        move(entry, to=to, moves=portfolios.ENTRY_MOVES, changed_at=now())
        assert UnitEntry.objects.get(pk=entry.pk).state == to
    else:
        with pytest.raises(Refused):
            move(entry, to=to, moves=portfolios.ENTRY_MOVES)
        assert UnitEntry.objects.get(pk=entry.pk).state == was


def test_of_two_moves_from_one_state_one_succeeds(here):
    from audit.actions import move
    from audit.rules import Refused

    first, second = here.entry(), here.entry()
    move(first, to=portfolios.SIGNED_OFF, moves=portfolios.ENTRY_MOVES)
    with pytest.raises(Refused, match="Somebody else changed this"):
        move(second, to=portfolios.SIGNED_OFF, moves=portfolios.ENTRY_MOVES)
