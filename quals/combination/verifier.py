"""The second look at a result: adds the counted units up again, sharing no code with the search (ROC-4)."""


def verify(rules, achieved, counted) -> bool:
    """Whether the units with the keys `counted` are whole, distinct, among the `achieved` ones, and keep every rule.

    Callers ask this before they store a verdict, and ask it of `rules.open_to(day)` where the day of registration
    matters. It reads the rules as they stand (not their alternatives).
    """
    units, counted = {unit.key: unit for unit in rules.units}, list(counted)
    if len(set(counted)) != len(counted) or not set(counted) <= set(achieved) & set(units):
        return False
    return all(_holds(rule, [units[key] for key in counted]) for rule in rules.rules)


def _holds(rule, units):
    total = 0
    for unit in units:
        in_group = rule.groups is None or unit.group in rule.groups
        in_list = rule.units is None or unit.key in rule.units
        if in_group and in_list and _at_level(rule.level, unit.level):
            total += 1 if rule.measure == "units" else _credit(rule, unit)
    return {"at_least": total >= rule.amount, "at_most": total <= rule.amount}[rule.bound]


def _credit(rule, unit):
    return unit.credit if rule.counts_exempted or not unit.exempted else 0


def _at_level(asked, level):
    if asked is None:
        return True
    return {"exactly": level == asked[1], "at_or_above": level >= asked[1]}[asked[0]]
