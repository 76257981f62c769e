"""What ticking a unit would do, in a few words for those who choose units, before it is ticked."""

from dataclasses import dataclass

from quals import combination
from quals.combination.explain import asks, lower

SPARE = "Not needed: every rule is met"


@dataclass(frozen=True)
class Hint:
    """`kind`: "needed", "way", "spare", "barred", "full" or "uncounted", the last of a unit that is ticked already."""

    kind: str
    sentence: str


def hints_of(
    rules: combination.RuleSet,
    *,
    ticked: list[combination.Unit],
    verdict: combination.Verdict,
    labels: dict[str, str],
) -> dict[str, Hint]:
    """By key, for the units about which there is something to say; a unit that is simply useful has no hint."""
    found = {each.key: Hint("uncounted", f"Not counted: {lower(_plain(each.sentence))}") for each in verdict.uncounted}
    chosen = {unit.key for unit in ticked}
    way = None if verdict.passes else combination.route(rules, chosen)
    for unit in rules.units:
        if unit.key in chosen:
            continue
        rule = _full(unit, rules.rules, ticked)
        beside = [labels[other.key] for other in ticked if rule and rule.weight(other)]
        if hint := _once_met(rule, beside) if way is None else _on_the_way(unit, way, rule, beside):
            found[unit.key] = hint
    return found


def _full(unit, rules, ticked) -> combination.Rule | None:
    """The limit that has no room for the unit beside those that are ticked; rather a barred pair than a wider one."""
    full = [
        rule
        for rule in rules
        if rule.bound == "at_most"
        and (weight := rule.weight(unit))
        and sum(map(rule.weight, ticked)) + weight > rule.amount
    ]
    return next(filter(_is_barred, full), full[0] if full else None)


def _once_met(rule, beside) -> Hint:
    """Every rule is met by what is ticked, so whatever else is ticked is spare."""
    return _no_room(rule, beside, instead=False) if _is_barred(rule) and beside else Hint("spare", SPARE)


def _on_the_way(unit, way, rule, beside) -> Hint | None:
    prospect = way.prospects[unit.key]
    if prospect.kind == "impossible" or (prospect.kind == "barred" and not beside):
        return Hint("barred", _plain(prospect.sentence))
    if rule and beside:
        return _no_room(rule, beside, instead=prospect.kind in ("useful", "needed"))
    if prospect.kind == "needed":
        return Hint("needed", "Still needed: no way does without it")
    if unit.key in way.units:
        return Hint("way", "On the shortest way")
    if prospect.kind == "wasted":
        return Hint("spare", "Not needed: as much would still be missing")
    return None


def _no_room(rule, beside, *, instead: bool) -> Hint:
    if _is_barred(rule):
        names = " and ".join(beside)
        are = "is" if len(beside) == 1 else "are"
        words = "Can count only in place of" if instead else "Cannot count beside"
        return Hint("barred", f"{words} {names}, which {are} ticked")
    words = "Can count only in place of others" if instead else "No room for it"
    return Hint("full", f"{words}: {lower(asks(rule))}")


def _is_barred(rule) -> bool:
    return rule is not None and (rule.measure, rule.amount) == ("units", 1)


def _plain(sentence: str) -> str:
    """As part of a line that needs no full stop."""
    return sentence.removesuffix(".")
