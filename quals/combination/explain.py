"""Plain sentences for people: what a rule asks, and how the units stand against it."""

LONGEST = 10  # units that a list names one by one; of more it names the first eight
NAMED = 8
SINGULAR = {"credits": "credit", "units": "unit", "criteria": "criterion", "hours": "hour"}
MINIMISED = {"glh": "hours"}


def lower(words: str) -> str:
    """As the rest of a sentence."""
    return words[0].lower() + words[1:]


def asks(rule) -> str:
    """What the rule asks, with every unit that it names: "At least 20 credits from group B"."""
    return _asks(rule, None)


def standing(rule, value, chosen, counted) -> str:
    """The rule and how it stands: `value` can count of the `chosen`; `counted`: a subset was found."""
    if rule.bound == "at_most":
        return f"{_brief(rule)}: {_under_a_limit(rule, value, chosen, counted)}."
    if counted:
        return f"{_brief(rule)}: {value} counted."
    missing = f", {rule.amount - value} more needed" if value < rule.amount else ""
    return f"{_brief(rule)}: {_so_far(value, chosen)}{missing}."


def reason(passes, results, disputed, differs) -> str:
    """The verdict in one or two sentences."""
    unmet = sum(not result.satisfied for result in results)
    if passes:
        verdict = "Every rule is met."
    elif unmet:
        verdict = f"{unmet} {'rule is' if unmet == 1 else 'rules are'} not met yet."
    else:
        verdict = "Each rule can be met on its own, but no choice of these units meets them all together."
    doubt = "This rests on a rule that can be read two ways:"
    if differs:
        return f"{verdict} {doubt} read the other way, these units would {'not ' if passes else ''}be enough."
    if disputed:
        return f"{verdict} {doubt} the verdict is the same either way."
    return verdict


def falls_short(rule, most, chosen, limits, lacking) -> str:
    """One rule that cannot be met by itself: by how much, which limits keep units out, and which units share those.

    `limits` are (limit, keys of the chosen units under it); `lacking`: keys of the units that the rule is about and
    that are not chosen. Where it takes all of them, they are named.
    """
    missing = rule.amount - most
    if rule.measure == "units" and most == chosen and len(lacking) == missing:
        so_far = f"{_set('unit', lacking, LONGEST)} still needed"
    else:
        so_far = f"{_so_far(most, chosen)}, {missing} more needed"
    return f"{_brief(rule)}: {so_far}.{_in_the_way(limits)}"


def fall_short_together(first, others, most, limits) -> str:
    """Rules that can be met one by one, but not together."""
    both, rest = ("both", "the other") if len(others) == 1 else ("all", "the others")
    can, missing = _can_count(most, first.measure), first.amount - most
    return (
        f"{_listed((first, *others))}, can be met one by one but not {both} with these units: "
        f"with {rest} met, {can} for the first, {missing} too few.{_in_the_way(limits)}"
    )


def contradict(needs, limits, most, readings=()) -> str:
    """Rules that no choice of units can satisfy; `most` is all that can count for the first beside the others.

    `readings` are those of the rules that clash only as the other reading has them.
    """
    can, missing = _can_count(most, needs[0].measure), needs[0].amount - most
    if len(needs) + len(limits) == 1:
        said = f"{_named(needs[0])} can never be met: of all units together {can}, {missing} too few."
    else:
        rest = "the other" if len(needs) + len(limits) == 2 else "the others"
        together = _listed((*needs, *limits), _named)
        said = f"{together}, contradict each other: with {rest} kept, {can} for the first, {missing} too few."
    if not readings:
        return said
    which = " and ".join(rule.id for rule in readings)
    return f"With the other reading of {which}: {lower(said)}"


def left_out(limit, by, barred) -> str:
    """Why a unit is not counted that a limit has no room for; `by`: the units that have it."""
    if not by:
        return f"It can never count: {lower(_brief(limit))}."
    if barred and len(by) > limit.amount:
        return f"Others are needed in its place: {lower(_brief(limit))}."
    which = f"{_set('unit', by, LONGEST)}, which {'is' if len(by) == 1 else 'are'} counted"
    if barred and limit.amount == 1:
        return f"It may not count beside {which}."
    return f"There is no room for it beside {which}: {lower(_brief(limit))}."


def not_for(day, unit) -> str:
    """Why a unit does not count for a registration of that day."""
    if unit.registered_from is not None and day < unit.registered_from:
        return f"It counts only for registrations from {_day(unit.registered_from)} on."
    return f"It counts only for registrations before {_day(unit.registered_before)}."


def prospect(kind, minimise, left, value, extra) -> str:
    """What choosing a unit would do to what is left to do."""
    what = MINIMISED.get(minimise, minimise)
    if kind == "wasted":
        return f"Not needed: {_amount(value, what)} would be left with it as without it."
    if extra:
        return f"With it {_amount(left, what)} would be left: {extra} more in all than by the shortest way."
    return f"It is on a shortest way: {_amount(left, what)} would be left after it."


def _so_far(value, chosen):
    if value != chosen:
        return f"{value or 'none'} of {chosen} can count"
    return f"{value or 'none'} so far"


def _under_a_limit(rule, value, chosen, counted):
    if chosen > rule.amount:
        only = f"only {value}" if value else "none"
        return f"{value or 'none'} of {chosen} counted" if counted else f"{only} of {chosen} can count"
    return f"{value or 'none'} counted" if counted else f"{chosen or 'none'} so far"


def _can_count(most, measure):
    return f"{_amount(most, measure)} can count" if most else "nothing can count"


def _in_the_way(limits):
    if not limits:
        return ""
    told = [lower(_brief(limit)) + _shared(limit, keys) for limit, keys in limits]
    return f" In the way: {'; '.join(told)}."


def _shared(limit, keys):
    if limit.units == frozenset(keys):
        return ""
    if len(keys) == 1:
        return f" ({_set('unit', keys)} is larger)"
    return f" ({_set('unit', keys, LONGEST)} share it)"


def _listed(rules, told=None):
    first, *others = map(told or _brief, rules)
    others = [lower(each) for each in others]
    return f"{', '.join([first, *others[:-1]])}, and {others[-1]}"


def _named(rule):
    """With its number in the catalogue, for those who edit it."""
    return f"{_brief(rule)} ({rule.id})"


def _brief(rule):
    return _asks(rule, LONGEST)


def _asks(rule, longest):
    units = _set("unit", rule.units, longest) if rule.units is not None else ""
    groups = _set("group", rule.groups) if rule.groups is not None else ""
    if rule.whole:
        return _all_of(rule, units, groups)
    inside = f" in {groups}" if groups and units else ""
    if rule.measure == "credits":
        source = units or groups
        return f"{_bound(rule)}{_level(rule)}{f' from {source}' if source else ''}{inside}"
    if units:
        return f"{_bound(rule, named=True)} of {units}{inside}{_level(rule)}"
    return f"{_bound(rule)}{f' of {groups}' if groups else ''}{_level(rule)}"


def _bound(rule, named=False):
    if rule.bound == "at_most" and rule.amount == 0:
        return "None" if named else f"No {rule.measure}"
    bound = "At least" if rule.bound == "at_least" else "At most"
    return f"{bound} {rule.amount if named else _amount(rule.amount, rule.measure)}"


def _all_of(rule, units, groups):
    if units:
        return {1: _upper(units), 2: f"Both of {units}"}.get(rule.amount, f"All of {units}")
    number = {1: "The unit", 2: "Both units"}.get(rule.amount, f"All {rule.amount} units")
    return f"{number} of {groups}"


def _upper(words):
    return words[0].upper() + words[1:]


def _day(day):
    return f"{day.day} {day:%B %Y}"


def _amount(number, measure):
    return f"{number} {SINGULAR[measure] if number == 1 else measure}"


def _level(rule):
    if rule.level is None:
        return ""
    mode, value = rule.level
    return f" at level {value}" if mode == "exactly" else f" at level {value} or above"


def _set(noun, codes, longest=None):
    *most, last = sorted(codes, key=lambda code: (len(code), code))
    if not most:
        return f"{noun} {last}"
    if longest and len(most) >= longest:
        most, last = most[:NAMED], f"{len(most) + 1 - NAMED} others"
    return f"{noun}s {', '.join(most)} and {last}"
