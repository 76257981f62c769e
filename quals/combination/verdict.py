"""The question that a registration asks: does some choice of these units satisfy every rule?"""

from itertools import product

from . import explain
from .facts import RuleResult, Verdict, distinct
from .search import cheapest, greatest


def check(units, rules) -> Verdict:
    """Whether SOME subset of whole units satisfies every rule (ROC-1 to ROC-3, ROC-5), and how each stands.

    - `passes`: there is such a subset, by the rules as they stand (a disputed one as the pack reads it).
    - `counted`: on a pass the keys of the preferred subset in key order, the same in whatever order the units
      come (ROC-4): fewest credits, then most credit at high levels (greatest sum of credit x level), then of
      two choices the one that does without the last unit, by key, in which they differ. On a fail: empty.
    - `rules`: one RuleResult a rule, in the order given. On a pass `value` is what the counted units give; on
      a fail it is the most that can count for that rule alone while every `at_most` rule is kept (an
      `at_most` rule by itself is always satisfied: nothing forces a unit to count).
    - `disputed`: the verdict rests on a disputed rule (CAT-6): every pass does where there is one; a fail
      does where the other rules alone would pass.
    - `differs`: some other reading of the disputed rules (`alternative`) turns this verdict round.
    - `reason`: the verdict in a sentence or two for people.

    Credits are whole credits. ValueError where one key stands for two different units.
    """
    units, rules = distinct(units), list(rules)
    counted = cheapest(units, rules)
    passes = counted is not None
    if passes:
        results = tuple(_result(rule, sum(map(rule.weight, counted)), units, True) for rule in rules)
    else:
        results = tuple(_result(rule, greatest(rule, units, rules), units, False) for rule in rules)
    disputed = _rests_on_disputed(passes, units, rules)
    differs = disputed and _another_reading_differs(counted, units, rules)
    return Verdict(
        passes=passes,
        counted=tuple(unit.key for unit in counted or ()),
        rules=results,
        disputed=disputed,
        differs=differs,
        reason=explain.reason(passes, results, disputed, differs),
    )


def _result(rule, value, units, counted):
    satisfied = value >= rule.amount if rule.bound == "at_least" else value <= rule.amount
    sentence = explain.standing(rule, value, sum(map(rule.weight, units)), counted)
    return RuleResult(rule.id, satisfied, value, rule.amount, sentence)


def _rests_on_disputed(passes, units, rules):
    settled = [rule for rule in rules if rule.confidence != "disputed"]
    if len(settled) == len(rules):
        return False
    return passes or cheapest(units, settled) is not None


def _another_reading_differs(counted, units, rules):
    readings = [
        (rule, rule.alternative) if rule.confidence == "disputed" and rule.alternative else (rule,) for rule in rules
    ]
    if counted is not None and all(_keeps(counted, reading) for both in readings for reading in both):
        return False
    others = list(product(*readings))[1:]
    return any((cheapest(units, list(other)) is None) != (counted is None) for other in others)


def _keeps(counted, rule):
    value = sum(map(rule.weight, counted))
    return value >= rule.amount if rule.bound == "at_least" else value <= rule.amount
