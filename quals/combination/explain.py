"""Plain sentences for people: what a rule asks, and how the units stand against it."""


def asks(rule) -> str:
    """What the rule asks: "At least 20 credits from group B"."""
    if rule.whole and rule.units is not None:
        return f"All of {_set('unit', rule.units)}"
    if rule.whole:
        return f"All {_amount(rule.amount, 'units')} of {_set('group', rule.groups)}"
    bound = "At least" if rule.bound == "at_least" else "At most"
    return f"{bound} {_amount(rule.amount, rule.measure)}{_level(rule)}{_origin(rule)}"


def standing(rule, value, chosen, counted) -> str:
    """The rule and how it stands: `value` can count of the `chosen`; `counted`: a subset was found."""
    if rule.bound == "at_most":
        return f"{asks(rule)}: {_under_a_limit(rule, value, chosen, counted)}."
    if counted:
        return f"{asks(rule)}: {value} counted."
    missing = rule.amount - value
    so_far = f"{value} so far" if value == chosen else f"{value} of the {chosen} chosen can count"
    return f"{asks(rule)}: {so_far}{f', {missing} more needed' if missing > 0 else ''}."


def reason(passes, results, disputed, differs) -> str:
    """The verdict in one or two sentences."""
    unmet = sum(not result.satisfied for result in results)
    if passes:
        verdict = "Every rule is met."
    elif unmet:
        verdict = f"{unmet} {'rule is' if unmet == 1 else 'rules are'} not met yet."
    else:
        verdict = "Each rule can be met on its own, but no choice of these units meets them all together."
    doubt = "It rests on a rule that can be read two ways;"
    if differs:
        return f"{verdict} {doubt} the other reading gives another verdict."
    if disputed:
        return f"{verdict} {doubt} the verdict is the same either way."
    return verdict


def falls_short(rule, most, chosen, limits) -> str:
    """One rule that cannot be met by itself: by how much, and which limits keep units out."""
    can = f"of the {chosen} chosen only {most} can count{_because(limits)}" if chosen > most else f"{most} so far"
    return f"{asks(rule)}: {can}; {_amount(rule.amount - most, rule.measure)} missing."


def fall_short_together(first, others, most, limits) -> str:
    """Rules that can be met one by one, but not together."""
    return (
        f"{_listed((first, *others))} cannot be met together with these units{_because(limits)}. "
        f"With the others met, {most} can count for the first; {_amount(first.amount - most, first.measure)} missing."
    )


def contradict(needs, limits) -> str:
    """Rules that no choice of units can satisfy."""
    together = " together" if len(needs) > 1 else ""
    return f"{_listed(needs)} can never be met{together}{_because(limits)}."


def left_out(limit, by, barred) -> str:
    """Why a unit is not counted that a limit has no room for."""
    if barred and limit.amount == 1:
        return f"It may not count beside {_set('unit', by)}, which is counted."
    return f"There is no room for it: {_lower(asks(limit))}."


def prospect(kind, minimise, left, value, extra) -> str:
    """What choosing a unit would do to what is left to do."""
    what = {"glh": "guided learning hours"}.get(minimise, minimise)
    if kind == "wasted":
        return f"It would not shorten the way: {value} {what} would be left as before."
    dearer = f", {extra} more in all than by the shortest way" if extra else ", on a shortest way"
    return f"It would leave {left} {what}{dearer}."


def _because(limits):
    return f", because of: {_lower(_listed(limits))}" if limits else ""


def _listed(rules):
    first, *others = map(asks, rules)
    return " and ".join([first, *map(_lower, others)])


def _lower(sentence):
    return sentence[0].lower() + sentence[1:]


def _under_a_limit(rule, value, chosen, counted):
    if chosen > rule.amount:
        return f"{chosen} chosen, {value} counted" if counted else f"{chosen} chosen; only {value} can count"
    return f"{value} counted" if counted else f"{chosen} chosen"


def _amount(number, measure):
    return f"{number} {measure if number != 1 else measure[:-1]}"


def _level(rule):
    if rule.level is None:
        return ""
    mode, value = rule.level
    return f" at level {value}" if mode == "exactly" else f" at level {value} or above"


def _origin(rule):
    link = "from" if rule.measure == "credits" else "of"
    parts = []
    if rule.groups is not None:
        parts.append(f" {link} {_set('group', rule.groups)}")
    if rule.units is not None:
        parts.append(f"{', among' if parts else ' from'} {_set('unit', rule.units)}")
    return "".join(parts)


def _set(noun, codes):
    *most, last = sorted(codes, key=lambda code: (len(code), code))
    return f"{noun}s {', '.join(most)} and {last}" if most else f"{noun} {last}"
