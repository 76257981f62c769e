"""Disputed rules: whether a verdict would be another one if they were read the other way (CAT-6)."""

from itertools import product
from operator import ge, le

from . import search
from .reduction import problem_of, sums_of


def rests_on_disputed(passes, chosen):
    """Every pass does where a rule is disputed; a fail does where the other rules alone would pass."""
    rules = chosen.rule_set
    if not rules.is_disputed:
        return False
    return passes or search.solvable(chosen.under(rules.settled).problem)


def another_reading_differs(counted, chosen):
    """Whether some way to read the disputed rules turns the verdict round; `counted` is None on a fail.

    Of two readings of which one asks no less of these units than the other, only that one can turn a pass, and only
    the other a fail: so readings multiply only where neither is the stricter.
    """
    passes, otherwise = counted is not None, chosen.rule_set.read_otherwise
    pairs = zip(chosen.rule_set.rules, otherwise.rules, strict=True)
    others = [other for rule, other in pairs if other is not rule]
    if not others or (passes and all(keeps(counted, other) for other in others)):
        return False
    here, there = (
        tuple(zip(some.rule_set.rules, some.columns, strict=True)) for some in (chosen, chosen.under(otherwise))
    )
    worth_trying = [_worth_trying(*readings, passes) for readings in zip(here, there, strict=True)]
    for readings in product(*worth_trying):
        if readings != here:
            rules, columns = zip(*readings, strict=True)
            if search.solvable(problem_of(chosen.units, rules, columns)) != passes:
                return True
    return False


def readings_of(rule):
    """The rule as the pack reads it, and the other way where it is disputed and there is one."""
    if rule.confidence == "disputed" and rule.alternative:
        return (rule, rule.alternative)
    return (rule,)


def keeps(units, rule):
    """Whether these units together keep the rule."""
    (value,) = sums_of(units, (rule,))
    return value >= rule.amount if rule.bound == "at_least" else value <= rule.amount


def _worth_trying(here, there, passes):
    """Of the two readings, each a rule and what every unit adds to it, those that could turn the verdict round."""
    if here[0] is there[0]:
        return (here,)
    for one, other in ((here, there), (there, here)):
        if _asks_no_less(*one, *other):
            return (one,) if passes else (other,)
    return here, there


def _asks_no_less(rule, mine, other, theirs):
    if rule.bound != other.bound:
        return False
    if rule.bound == "at_least":
        return rule.amount >= other.amount and all(map(le, mine, theirs))
    return rule.amount <= other.amount and all(map(ge, mine, theirs))
