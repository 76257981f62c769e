"""Why an achieved unit is not among those counted."""

from dataclasses import dataclass, replace

from . import explain, search
from .facts import Rule


@dataclass(frozen=True)
class Uncounted:
    """`why`: "barred", "cap", "spare", "date" or "elsewhere"; `rule` and `by` say by which rule and which units."""

    key: str
    why: str
    sentence: str
    rule: str = ""
    by: tuple[str, ...] = ()


def uncounted(units, rules, counted):
    """An entry for each unit that `counted` (keys) does without; None on a fail: of the most that can count."""
    failed = counted is None
    limits = [rule for rule in rules if rule.bound == "at_most"]
    if failed:
        counted = _largest(units, limits)
    taken = [unit for unit in units if unit.key in set(counted)]
    return tuple(_entry(unit, taken, limits, failed) for unit in units if unit.key not in set(counted))


def _largest(units, limits):
    """The keys of a choice that loses as few credits to the limits as can be."""
    units = [replace(unit, exempted=False, credit=max(unit.credit, 1)) for unit in units]
    everything = Rule("everything", "at_least", "credits", 0)
    most = search.greatest(everything, units, limits)
    return [unit.key for unit in search.cheapest(units, [replace(everything, amount=most), *limits])]


def _entry(unit, taken, limits, failed):
    for limit in limits:
        weight = limit.weight(unit)
        if weight and sum(map(limit.weight, taken)) + weight > limit.amount:
            by = tuple(other.key for other in taken if limit.weight(other))
            barred = limit.measure == "units" and bool(by)
            sentence = explain.left_out(limit, by, barred)
            return Uncounted(unit.key, "barred" if barred else "cap", sentence, limit.id, by)
    sentence = "It does not fit in beside the others." if failed else "Every rule is met without it."
    return Uncounted(unit.key, "spare", sentence)
