"""The rules of a qualification together with the units they are about, and some of those units chosen."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain, compress

from .facts import Rule, Unit, distinct
from .readings import readings_of
from .reduction import columns_of, problem_of, ranked


class RuleSet:
    """What every question to the engine is about: `units` in the order given and `rules` in theirs, both for good.

    What follows from both is worked out once, so one rule set should serve many questions. ValueError where one key
    stands for two different units (ROC-2).
    """

    def __init__(self, units, rules):
        self.units: tuple[Unit, ...] = tuple(dict.fromkeys(units))
        self.rules: tuple[Rule, ...] = tuple(rules)
        distinct(self.units)
        self._open: dict[date, RuleSet] = {}

    @cached_property
    def by_key(self) -> dict[str, Unit]:
        return {unit.key: unit for unit in self.units}

    def refuse_unknown(self, *some_keys) -> None:
        """ValueError for a key that is not a unit's."""
        for key in chain(*some_keys):
            if key not in self.by_key:
                raise ValueError(f"There is no unit {key} in this qualification.")

    def open_to(self, day: date | None) -> "RuleSet":
        """The same with only the units that somebody registered on that day may count; without a day, all."""
        if day is None or not self._is_dated:
            return self
        found = self._open.get(day)
        if found is None:
            found = RuleSet((unit for unit in self.units if unit.is_open_to(day)), self.rules)
            self._open = {day: found}
        return found

    def under(self, rules) -> "RuleSet":
        """The same units under these rules."""
        return RuleSet(self.units, rules)

    def chosen(self, keys) -> "Chosen":
        """The units with these keys, as a choice; keys of no unit are passed over."""
        places = [key in keys for key in self._keys]
        columns = [tuple(compress(column, places)) for column in self._columns]
        return Chosen(self, places, list(compress(self._ranked, places)), columns)

    @cached_property
    def is_disputed(self) -> bool:
        """Whether some rule can be read two ways and nobody has settled it (CAT-6)."""
        return any(rule.confidence == "disputed" for rule in self.rules)

    @cached_property
    def settled(self) -> "RuleSet":
        """Without the disputed rules."""
        return self.under(rule for rule in self.rules if rule.confidence != "disputed")

    @cached_property
    def read_otherwise(self) -> "RuleSet":
        """With the other reading of every rule that has one; the rules keep their places."""
        return self.under(readings_of(rule)[-1] for rule in self.rules)

    @cached_property
    def _is_dated(self):
        return any(unit.registered_from or unit.registered_before for unit in self.units)

    @cached_property
    def _ranked(self):
        return ranked(self.units)

    @cached_property
    def _keys(self):
        return [unit.key for unit in self._ranked]

    @cached_property
    def _columns(self):
        return columns_of(self._ranked, self.rules)


@dataclass(frozen=True)
class Chosen:
    """Some `units` of a rule set in order of preference, and for each rule what each of them adds to it."""

    rule_set: RuleSet
    places: list[bool]
    units: list[Unit]
    columns: list[tuple[int, ...]]

    @property
    def problem(self):
        """What is left to decide; None where it is plain that nothing satisfies the rules."""
        return problem_of(self.units, self.rule_set.rules, self.columns)

    def under(self, other: RuleSet) -> "Chosen":
        """The same units under the rules of another set of the same units."""
        columns = [tuple(compress(column, self.places)) for column in other._columns]
        return Chosen(other, self.places, self.units, columns)
