"""Disputed rules: whether a verdict would be another one if they were read the other way (CAT-6)."""

from itertools import product

from . import search
from .reduction import effects_of, sums_of


def rests_on_disputed(passes, units, rules):
    """Every pass does where a rule is disputed; a fail does where the other rules alone would pass."""
    settled = [rule for rule in rules if rule.confidence != "disputed"]
    if len(settled) == len(rules):
        return False
    return passes or search.exists(units, settled)


def another_reading_differs(counted, units, rules):
    """Whether some way to read the disputed rules turns the verdict round; `counted` is None on a fail.

    Of two readings of which one asks no less of these units than the other, only that one can turn a pass, and only
    the other a fail: so readings multiply only where neither is the stricter.
    """
    passes = counted is not None
    others = [rule.alternative for rule in rules if len(readings_of(rule)) == 2]
    if not others or (passes and all(keeps(counted, other) for other in others)):
        return False
    worth_trying = [_worth_trying(rule, units, passes) for rule in rules]
    return any(search.exists(units, other) != passes for other in product(*worth_trying))


def readings_of(rule):
    """The rule as the pack reads it, and the other way where it is disputed and there is one."""
    if rule.confidence == "disputed" and rule.alternative:
        return (rule, rule.alternative)
    return (rule,)


def keeps(units, rule):
    """Whether these units together keep the rule."""
    (value,) = sums_of(units, (rule,))
    return value >= rule.amount if rule.bound == "at_least" else value <= rule.amount


def _worth_trying(rule, units, passes):
    readings = readings_of(rule)
    if len(readings) == 2:
        for one, other in (readings, readings[::-1]):
            if _asks_no_less(one, other, units):
                return (one,) if passes else (other,)
    return readings


def _asks_no_less(rule, other, units):
    if rule.bound != other.bound:
        return False
    effects = effects_of((rule, other))
    pairs = [effects[unit] for unit in units]
    if rule.bound == "at_least":
        return rule.amount >= other.amount and all(mine <= theirs for mine, theirs in pairs)
    return rule.amount <= other.amount and all(mine >= theirs for mine, theirs in pairs)
