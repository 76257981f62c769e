"""The question that a registration asks: does some choice of these units satisfy every rule?"""

from dataclasses import dataclass, field
from functools import cached_property

from . import explain, search
from .deadline import in_time
from .facts import Rule, Unit
from .parts import exists_in_parts
from .readings import another_reading_differs, rests_on_disputed
from .reduction import sums_of
from .ruleset import RuleSet
from .shortfall import shortfalls
from .uncounted import Uncounted, uncounted


@dataclass(frozen=True)
class RuleResult:
    """How one rule stands: `value` of the `chosen` counts (or, on a fail, can count), in the rule's own measure."""

    rule: Rule
    value: int
    chosen: int
    counted: bool

    @property
    def rule_id(self) -> str:
        return self.rule.id

    @property
    def amount(self) -> int:
        return self.rule.amount

    @property
    def confidence(self) -> str:
        return self.rule.confidence

    @property
    def satisfied(self) -> bool:
        return self.value >= self.amount if self.rule.bound == "at_least" else self.value <= self.amount

    @property
    def missing(self) -> int:
        """How much more the rule needs; 0 where it is met."""
        return 0 if self.satisfied else self.amount - self.value

    @property
    def sentence(self) -> str:
        """The rule and how it stands, for people."""
        return explain.standing(self.rule, self.value, self.chosen, self.counted)


@dataclass(frozen=True)
class Verdict:
    """The answer: see `check` for what each field means."""

    passes: bool
    counted: tuple[str, ...]
    rules: tuple[RuleResult, ...]
    disputed: bool
    differs: bool
    units: tuple[Unit, ...] = field(repr=False)
    set_aside: tuple[Uncounted, ...]
    offered: RuleSet = field(repr=False, compare=False)

    @cached_property
    def reason(self) -> str:
        """The verdict in a sentence or two for people."""
        return explain.reason(self.passes, self.rules, self.disputed, self.differs)

    @cached_property
    @in_time
    def uncounted(self) -> tuple[Uncounted, ...]:
        """Each unit that is not counted, and why; on a fail those that no best choice has room for."""
        return (*self.set_aside, *uncounted(self.units, self.offered.rules, self.counted if self.passes else None))

    @cached_property
    @in_time
    def shortfalls(self) -> tuple:
        """On a fail the smallest explanation: which rules cannot be met with these units, and by how much."""
        return () if self.passes else shortfalls(self.offered, self.units)

    @cached_property
    @in_time
    def passes_in_parts(self) -> bool:
        """Whether this would pass if a unit over a cap on credits counted in part; the verdict never does."""
        return self.passes or exists_in_parts(self.units, self.offered.rules)

    @cached_property
    @in_time
    def other_readings(self) -> dict[str, bool]:
        """Of each disputed rule with another reading: whether this passes if only that rule is read that way."""
        found, rules = {}, self.offered.rules
        for i, rule in enumerate(rules):
            if rule.confidence == "disputed" and rule.alternative:
                found[rule.id] = search.exists(self.units, [*rules[:i], rule.alternative, *rules[i + 1 :]])
        return found


@in_time
def check(rules, achieved, *, registered_on=None) -> Verdict:
    """Whether SOME subset of whole units satisfies every rule (ROC-1 to ROC-3, ROC-5), and how each stands.

    `rules` is the qualification's `RuleSet`, `achieved` the keys of units, in any order and as often as they come;
    `registered_on` leaves out those that are not open to a registration of that day.

    - `passes`: there is such a subset, by the rules as they stand (a disputed one as the pack reads it).
    - `counted`: on a pass the keys of the preferred subset in key order, the same in whatever order the units
      come (ROC-4): fewest credits; then, of two choices, the one that does without the last unit in which they
      differ, units being taken from high levels to low and then by key. On a fail: empty.
    - `rules`: one RuleResult a rule, in the order given. On a pass `value` is what the counted units give; on
      a fail it is the most that can count for that rule alone while every `at_most` rule is kept (an
      `at_most` rule by itself is always satisfied: nothing forces a unit to count).
    - `disputed`: the verdict rests on a disputed rule (CAT-6): every pass does where there is one; a fail
      does where the other rules alone would pass.
    - `differs`: some other reading of the disputed rules (`alternative`) turns this verdict round;
      `other_readings` says which, one by one.
    - `units`: those achieved that can count, in key order; `set_aside`: why others cannot at all, as they are no units
      of the rule set or not open to that registration; `offered`: the rule set that was asked.
    - `uncounted`, `shortfalls`, `passes_in_parts`, `reason`: worked out when they are asked for.

    Unproved where this cannot be told in time.
    """
    achieved, offered = frozenset(achieved), rules.open_to(registered_on)
    chosen = offered.chosen(achieved)
    counted = search.preferred_of(chosen.problem)
    passes = counted is not None
    disputed = rests_on_disputed(passes, chosen)
    return Verdict(
        passes=passes,
        counted=tuple(unit.key for unit in counted or ()),
        rules=tuple(_results(chosen, counted)),
        disputed=disputed,
        differs=disputed and another_reading_differs(counted, chosen),
        units=tuple(sorted(chosen.units, key=lambda unit: unit.key)),
        set_aside=_set_aside(achieved, rules, offered, registered_on),
        offered=offered,
    )


def _set_aside(achieved, rules, offered, day):
    """The achieved units that cannot count at all, and why."""
    aside = sorted(achieved.difference(offered.by_key))
    return tuple(
        Uncounted(key, "date", explain.not_for(day, rules.by_key[key]))
        if key in rules.by_key
        else Uncounted(key, "elsewhere", "It is not in the qualification.")
        for key in aside
    )


def _results(chosen, counted):
    rules, passes = chosen.rule_set.rules, counted is not None
    values = sums_of(counted, rules) if passes else search.greatest_of_each(rules, chosen.columns)
    return [RuleResult(*facts, passes) for facts in zip(rules, values, map(sum, chosen.columns), strict=True)]
