"""Plans and rule sets: whether a choice of units can ever do, and whether the rules contradict themselves."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from . import explain, search
from .deadline import in_time
from .readings import readings_of
from .routes import Route, route
from .shortfall import Shortfall, clash
from .verdict import Verdict, check

MOST_TRIED = 6  # disputed rules of which every combination of readings is tried


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
    """Rules that no choice of units can satisfy together; `reading` names those of them ("R4 and R10") that have to
    be read the other way for it, or is empty."""

    rules: tuple[str, ...]
    reading: str
    sentence: str


@in_time
def reachable(rules, chosen, *, excluded=(), minimise="credits") -> Reach:
    """Whether the units with the keys `chosen` (achieved or planned) can ever satisfy the `RuleSet`, and if not, what
    has to change. More units never hurt, so the answer is always what to add; what is `excluded` is not proposed.
    ValueError for a key that is not a unit's."""
    chosen, excluded = frozenset(chosen), frozenset(excluded)
    rules.refuse_unknown(chosen, excluded)
    verdict = check(rules, chosen)
    if verdict.passes:
        return Reach(True, verdict, None)
    return Reach(False, verdict, route(rules, chosen, excluded=excluded, minimise=minimise))


@in_time
def clashes(rules) -> tuple[Clash, ...]:
    """Rules that can never be met, even with all units of the `RuleSet`: each a smallest set. Empty for a sound one.

    The rules are tried as they stand, then with ever more of the disputed ones read the other way.
    """
    units, found = rules.units, []
    for other in _ways_to_read(rules.rules):
        rules_read = [rule.alternative if rule in other else rule for rule in rules.rules]
        told = {frozenset(clash.rules) for clash in found}
        found += [clash for clash in _clashes(units, rules_read, other) if frozenset(clash.rules) not in told]
    return tuple(found)


def _ways_to_read(rules):
    """The rules that are read the other way: none, one, then more together."""
    open_to_doubt = [rule for rule in rules if len(readings_of(rule)) == 2]
    most = len(open_to_doubt) if len(open_to_doubt) <= MOST_TRIED else 1
    return chain.from_iterable(combinations(open_to_doubt, size) for size in range(most + 1))


def _clashes(units, rules, other):
    found = []
    while (those := clash(units, rules)) is not None:
        needs, limits = those
        most = search.most_with(needs[0], units, [*needs[1:], *limits])
        readings = [rule for rule in (*needs, *limits) if any(rule is each.alternative for each in other)]
        found.append(
            Clash(
                rules=tuple(rule.id for rule in (*needs, *limits)),
                reading=" and ".join(rule.id for rule in readings),
                sentence=explain.contradict(needs, limits, most, readings),
            )
        )
        rules = [rule for rule in rules if rule not in needs]
    return found
