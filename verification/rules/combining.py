"""The rules of combination on a registration's units: found by the engine, added up again, and said in sentences."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from portfolios.models import Registration, UnitEntry
from quals.combination import Verdict, verify
from quals.combination.explain import asks
from quals.queries import Combination, combination_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """A verdict, what it was asked of, and whether a second function that shares no code with the first agrees."""

    combination: Combination
    verdict: Verdict
    adds_up: bool


@dataclass(frozen=True)
class Reading:
    """A rule that can be read two ways: what it asks as it is read here and otherwise, and the outcome of each."""

    rule_id: str
    here: str
    otherwise: str
    passes_here: bool
    passes_otherwise: bool


def checked_on(registration: Registration, entries: Iterable[UnitEntry]) -> Checked:
    """The rules of combination checked on these entries, and the counted ones added up again (ROC-3, ROC-4)."""
    combination = combination_of(registration.qualification, registered_on=registration.registered_on)
    ids = [entry.unit_id for entry in entries]
    verdict = combination.check(ids)
    keys = [unit.key for pk, unit in combination.offered.items() if pk in ids]
    adds_up = not verdict.passes or verify(combination.offered_rules, keys, verdict.counted)
    if not adds_up:
        logger.error("Registration %s: the two checks of the rules of combination disagree", registration.public_id)
    return Checked(combination, verdict, adds_up)


def verdict_on(registration: Registration, entries: Iterable[UnitEntry]) -> Verdict:
    """The rules of combination checked on these entries (ROC-3)."""
    return checked_on(registration, entries).verdict


def readings_of(verdict: Verdict) -> list[Reading]:
    """Of a verdict that rests on disputed rules, each of them with both outcomes (CAT-6)."""
    if not verdict.disputed:
        return []
    rules = {result.rule_id: result.rule for result in verdict.rules}
    return [
        Reading(rule_id, asks(rules[rule_id]), asks(rules[rule_id].alternative), verdict.passes, otherwise)
        for rule_id, otherwise in verdict.other_readings.items()
    ]


def doubt_of(verdict: Verdict) -> str:
    """CAT-6 in a sentence, or "": a verdict that depends on how a disputed rule is read says so."""
    if not verdict.disputed:
        return ""
    if not verdict.differs:
        return f"A rule that can be read two ways is among them; by either reading this {_does(verdict.passes)}."
    return f"It rests on one reading of a rule that can be read two ways: by the other it would {_do(verdict.passes)}."


def _does(passes: bool) -> str:
    return "passes" if passes else "does not pass"


def _do(passes: bool) -> str:
    return "not pass" if passes else "pass"


def what_falls_short(verdict: Verdict) -> list[str]:
    """On a fail the smallest explanation, a sentence each, and what else there is to know of it."""
    if verdict.passes:
        return []
    said = [shortfall.sentence for shortfall in verdict.shortfalls]
    if verdict.passes_in_parts:
        said.append("It would pass if a unit over a cap counted in part; units count whole or not at all.")
    return said + ([doubt_of(verdict)] if verdict.disputed else [])
