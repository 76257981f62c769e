"""Why an achieved unit is not among those counted."""

from dataclasses import dataclass

from . import explain, search


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
    limits = [rule for rule in rules if rule.bound == "at_most"]
    counted = _largest(units, limits) if counted is None else set(counted)
    taken = [unit for unit in units if unit.key in counted]
    return tuple(_entry(unit, taken, limits) for unit in units if unit.key not in counted)


def _largest(units, limits):
    """The keys of a choice that loses as few credits to the limits as can be, and that no unit could join."""
    taken = search.largest(units, limits)
    room = {limit: limit.amount - sum(map(limit.weight, taken)) for limit in limits}
    keys = {unit.key for unit in taken}
    for unit in units:
        if unit.key not in keys and all(limit.weight(unit) <= left for limit, left in room.items()):
            keys.add(unit.key)
            room = {limit: left - limit.weight(unit) for limit, left in room.items()}
    return keys


def _entry(unit, taken, limits):
    for limit in limits:
        weight = limit.weight(unit)
        if weight and sum(map(limit.weight, taken)) + weight > limit.amount:
            too_large = weight > limit.amount
            by = () if too_large else tuple(other.key for other in taken if limit.weight(other))
            barred = limit.measure == "units" and not too_large
            return Uncounted(unit.key, "barred" if barred else "cap", explain.left_out(limit, by, barred), limit.id, by)
    return Uncounted(unit.key, "spare", "Every rule is met without it.")
