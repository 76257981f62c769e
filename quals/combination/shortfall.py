"""The smallest explanation of a fail: which rules cannot be met with these units, and by how much."""

from dataclasses import dataclass, replace
from itertools import combinations

from . import explain, search

MOST_TRIED = 10  # needs of which every combination is tried, from the smallest


@dataclass(frozen=True)
class Shortfall:
    """Rules that cannot be met (together, where there are several) and what is missing, in the first one's measure.

    `needs` are the rules that ask, `caps` those that stand in the way.
    """

    needs: tuple[str, ...]
    caps: tuple[str, ...]
    missing: int
    measure: str
    sentence: str


def shortfalls(rule_set, units):
    """What stands between these of its units and a pass: each rule that fails by itself, but for what follows from
    the others; else the fewest that clash."""
    rules = rule_set.rules
    most = {rule: search.greatest(rule, units, rules) for rule in rules if rule.bound == "at_least"}
    failing = _that_do_not_follow([rule for rule in most if most[rule] < rule.amount], rule_set)
    return tuple(_alone(rule, most[rule], rule_set, units) for rule in failing) or (_together(units, rules),)


def clash(units, rules):
    """(needs, caps): a smallest set of rules that no choice of these units satisfies; None where one does."""
    if search.exists(units, rules):
        return None
    limits = [rule for rule in rules if rule.bound == "at_most"]
    needs = _fewest_needs(units, [rule for rule in rules if rule.bound == "at_least"], limits)
    return needs, _those_that_matter(units, needs, limits)


def _fewest_needs(units, needs, limits):
    for size in range(1, len(needs) if len(needs) <= MOST_TRIED else 2):
        for some in combinations(needs, size):
            if not search.exists(units, [*some, *limits]):
                return list(some)
    return _those_that_matter(units, limits, needs)


def _those_that_matter(units, fixed, rules):
    """Rules without which the rest could be met, left after all others have been taken away one by one."""
    kept = list(rules)
    for rule in rules:
        fewer = [other for other in kept if other is not rule]
        if not search.exists(units, [*fixed, *fewer]):
            kept = fewer
    return kept


def _that_do_not_follow(failing, rule_set):
    """Without rules that no choice of units misses once it meets the others; rather a wide one goes than a narrow one.

    One is always left, and where no choice meets all rules, so that anything would follow, all are.
    """
    units, asked, left = rule_set.units, list(rule_set.rules), list(failing)
    if len(left) < 2 or not search.exists(units, asked):
        return left
    for rule in sorted(failing, key=lambda rule: -sum(map(rule.matches, units))):
        others = [other for other in asked if other != rule]
        missed = replace(rule, bound="at_most", amount=rule.amount - 1, whole=False)
        if len(left) > 1 and not search.exists(units, [*others, missed]):
            asked = others
            left.remove(rule)
    return left


def _alone(rule, most, rule_set, units):
    limits = _those_that_hold_back(rule, most, units, [], rule_set.rules)
    about = [unit for unit in units if rule.matches(unit)]
    chosen, keys = sum(map(rule.weight, about)), {unit.key for unit in about}
    lacking = {unit.key for unit in rule_set.units if rule.matches(unit)} - keys
    sentence = explain.falls_short(rule, most, chosen, _with_their_units(limits, about), lacking)
    return _shortfall([rule], limits, most, sentence)


def _together(units, rules):
    needs, _ = clash(units, rules)
    first, *others = needs
    limits = [rule for rule in rules if rule.bound == "at_most"]
    most = search.most_with(first, units, [*others, *limits])
    limits = _those_that_hold_back(first, most, units, others, limits)
    sentence = explain.fall_short_together(first, others, most, _with_their_units(limits, units))
    return _shortfall(needs, limits, most, sentence)


def _with_their_units(limits, units):
    return [(limit, [unit.key for unit in units if limit.weight(unit)]) for limit in limits]


def _those_that_hold_back(rule, most, units, others, rules):
    """The limits without which more than `most` could count for the rule."""
    kept = [limit for limit in rules if limit.bound == "at_most"]
    for limit in tuple(kept):
        fewer = [other for other in kept if other is not limit]
        if search.most_with(rule, units, [*others, *fewer]) == most:
            kept = fewer
    return kept


def _shortfall(needs, limits, most, sentence):
    return Shortfall(
        needs=tuple(rule.id for rule in needs),
        caps=tuple(limit.id for limit in limits),
        missing=needs[0].amount - most,
        measure=needs[0].measure,
        sentence=sentence,
    )
