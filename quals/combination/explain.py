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
