"""The question that a registration asks: does some choice of these units satisfy every rule?"""

from dataclasses import dataclass, field
from functools import cached_property

from . import explain, search
from .deadline import in_time
from .facts import Rule, Unit, distinct
from .parts import exists_in_parts
from .readings import another_reading_differs, rests_on_disputed
from .reduction import columns_of, problem_of, ranked, sums_of
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
    set_aside: tuple[Uncounted, ...] = ()

    @cached_property
    def reason(self) -> str:
        """The verdict in a sentence or two for people."""
        return explain.reason(self.passes, self.rules, self.disputed, self.differs)

    @cached_property
    @in_time
    def uncounted(self) -> tuple[Uncounted, ...]:
        """Each unit that is not counted, and why; on a fail those that no best choice has room for."""
        return (*self.set_aside, *uncounted(self.units, self._rules, self.counted if self.passes else None))

    @cached_property
    @in_time
    def shortfalls(self) -> tuple:
        """On a fail the smallest explanation: which rules cannot be met with these units, and by how much."""
        return () if self.passes else shortfalls(self.units, self._rules)

    @cached_property
    @in_time
    def passes_in_parts(self) -> bool:
        """Whether this would pass if a unit over a cap on credits counted in part; the verdict never does."""
        return self.passes or exists_in_parts(self.units, self._rules)

    @cached_property
    @in_time
    def other_readings(self) -> dict[str, bool]:
        """Of each disputed rule with another reading: whether this passes if only that rule is read that way."""
        found = {}
        for i, rule in enumerate(self._rules):
            if rule.confidence == "disputed" and rule.alternative:
                other = [*self._rules[:i], rule.alternative, *self._rules[i + 1 :]]
                found[rule.id] = search.exists(self.units, other)
        return found

    @property
    def _rules(self):
        return [result.rule for result in self.rules]


@in_time
def check(units, rules, *, registered_on=None, structure=None) -> Verdict:
    """Whether SOME subset of whole units satisfies every rule (ROC-1 to ROC-3, ROC-5), and how each stands.

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
    - `uncounted`, `shortfalls`, `passes_in_parts`, `reason`: worked out when they are asked for.

    `registered_on` leaves out the units that are not open to a registration of that day, `structure` (keys) those
    that are not in the qualification. ValueError where one key stands for two different units;
    Unproved where this cannot be told in time.
    """
    units, set_aside = _set_aside(distinct(units), registered_on, structure)
    rules = tuple(rules)
    in_order = ranked(units)
    columns = columns_of(in_order, rules)
    counted = search.preferred_of(problem_of(in_order, rules, columns))
    passes = counted is not None
    disputed = rests_on_disputed(passes, units, rules)
    return Verdict(
        passes=passes,
        counted=tuple(unit.key for unit in counted or ()),
        rules=tuple(_results(rules, columns, counted)),
        disputed=disputed,
        differs=disputed and another_reading_differs(counted, units, rules),
        units=tuple(units),
        set_aside=tuple(set_aside),
    )


def _set_aside(units, day, structure):
    """(the units that may count, the others with the reason)."""
    if day is None and structure is None:
        return units, []
    kept, aside = [], []
    for unit in units:
        if structure is not None and unit.key not in structure:
            aside.append(Uncounted(unit.key, "elsewhere", "It is not in the qualification."))
        elif not unit.is_open_to(day):
            aside.append(Uncounted(unit.key, "date", explain.not_for(day, unit)))
        else:
            kept.append(unit)
    return kept, aside


def _results(rules, columns, counted):
    passes = counted is not None
    values = sums_of(counted, rules) if passes else search.greatest_of_each(rules, columns)
    return [RuleResult(*facts, passes) for facts in zip(rules, values, map(sum, columns), strict=True)]
