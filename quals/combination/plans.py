"""Plans and rule sets: whether a choice of units can ever do, and whether the rules contradict themselves."""

from dataclasses import dataclass
from functools import cached_property

from . import explain
from .facts import distinct
from .routes import Route, route
from .shortfall import Shortfall, clash
from .verdict import Verdict, check


@dataclass(frozen=True)
class Reach:
    """`possible`: the plan satisfies the rules once it is achieved. Otherwise `shortfalls` says what is missing and
    `change` is the cheapest set of units to add; where that is not `found` either, no choice of units will do."""

    possible: bool
    verdict: Verdict
    change: Route | None

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        return self.verdict.shortfalls

    @cached_property
    def wasted(self) -> tuple[str, ...]:
        """Keys of planned units that the plan does without."""
        return tuple(unit.key for unit in self.verdict.uncounted) if self.possible else ()


@dataclass(frozen=True)
class Clash:
    """Rules that no choice of units can satisfy together; `reading` is the disputed rule whose other reading it
    takes to bring them about, or empty."""

    rules: tuple[str, ...]
    reading: str
    sentence: str


def reachable(units, rules, chosen, *, excluded=(), minimise="credits") -> Reach:
    """Whether the units with the keys `chosen` (achieved or planned) can ever satisfy the rules, and if not, what
    has to change. More units never hurt, so the answer is always what to add; what is `excluded` is not proposed."""
    units, chosen = distinct(units), frozenset(chosen)
    verdict = check([unit for unit in units if unit.key in chosen], rules)
    if verdict.passes:
        return Reach(True, verdict, None)
    return Reach(False, verdict, route(units, rules, achieved=chosen, excluded=excluded, minimise=minimise))


def clashes(units, rules) -> tuple[Clash, ...]:
    """Rules that can never be met, even with all `units`: each a smallest set. Empty for a sound rule set.

    The rules are tried as they stand, and with each disputed one read the other way.
    """
    units, rules = distinct(units), list(rules)
    found = _clashes(units, rules, "")
    known = {frozenset(clash.rules) for clash in found}
    for i, rule in enumerate(rules):
        if rule.confidence == "disputed" and rule.alternative:
            other = [*rules[:i], rule.alternative, *rules[i + 1 :]]
            found += [each for each in _clashes(units, other, rule.id) if frozenset(each.rules) not in known]
    return tuple(found)


def _clashes(units, rules, reading):
    found = []
    while (those := clash(units, rules)) is not None:
        needs, limits = those
        ids = tuple(rule.id for rule in (*needs, *limits))
        found.append(Clash(ids, reading, explain.contradict(needs, limits)))
        rules = [rule for rule in rules if rule not in needs]
    return found
