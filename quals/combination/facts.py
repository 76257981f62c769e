"""What the engine is told and what it answers: units, rules and verdicts, as values that never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

BOUNDS = ("at_least", "at_most")
MEASURES = ("credits", "units")
LEVEL_MODES = ("exactly", "at_or_above")
CONFIDENCES = ("printed", "disputed", "confirmed")
CONDITIONS = {"groups", "units", "level"}
LARGEST = 2**31 - 1  # as the database holds them; sums of so many as there can be are exact in floating point


@dataclass(frozen=True)
class Unit:
    """An achieved (or chosen) unit: `credit` in whole credits, `group` the code of its group or None.

    `exempted`: it was not taken but excused, so it satisfies unit rules and its credit counts only for a rule that
    `counts_exempted`. `glh` and `criteria` are what a route may minimise; a registration may count the unit from
    the day `registered_from` and until the day before `registered_before`.
    """

    key: str
    credit: int
    level: int
    group: str | None = None
    glh: int | None = None
    criteria: int | None = None
    exempted: bool = False
    registered_from: date | None = None
    registered_before: date | None = None

    def __post_init__(self):
        whole_number(self.credit, f"the credit of unit {self.key}")
        for name in ("glh", "criteria"):
            if getattr(self, name) is not None:
                whole_number(getattr(self, name), f"the {name} of unit {self.key}")

    def __hash__(self):
        return hash(self.key)

    def is_open_to(self, day: date | None) -> bool:
        """Whether somebody registered on that day may count it; without a day everybody may."""
        if day is None:
            return True
        begun = self.registered_from is None or self.registered_from <= day
        return begun and (self.registered_before is None or day < self.registered_before)


@dataclass(frozen=True)
class Rule:
    """One linear bound: at least or at most `amount` credits or units, over the units that match.

    `groups`, `units` (keys) and `level` ("exactly" or "at_or_above", number) are the conditions; None means
    that the rule does not ask. `whole` says that `amount` is the size of the set ("all 3 units of group A");
    it changes the sentence, never the verdict. `alternative` is the other reading of a disputed rule.
    `counts_exempted` says that credit of exempted units counts too.
    """

    id: str
    bound: str
    measure: str
    amount: int
    groups: frozenset[str] | None = None
    units: frozenset[str] | None = None
    level: tuple[str, int] | None = None
    confidence: str = "printed"
    note: str = ""
    alternative: "Rule | None" = None
    whole: bool = False
    counts_exempted: bool = False

    def __hash__(self):
        return hash((self.id, self.amount))

    def __post_init__(self):
        _one_of(self.bound, BOUNDS, f"the bound of rule {self.id}")
        _one_of(self.measure, MEASURES, f"the measure of rule {self.id}")
        _one_of(self.confidence, CONFIDENCES, f"the confidence of rule {self.id}")
        whole_number(self.amount, f"the amount of rule {self.id}")
        if self.level is not None:
            _one_of(self.level[0], LEVEL_MODES, f"the level mode of rule {self.id}")
        if self.groups == frozenset() or self.units == frozenset():
            raise ValueError(f"Rule {self.id} asks for a group or unit but names none.")

    @classmethod
    def from_pack(cls, data: Mapping, group_sizes: Mapping[str, int] | None = None) -> "Rule":
        """The rule that a qualification pack holds; ValueError where a part is missing or unknown.

        `group_sizes` (group code -> number of its units) lets "at least 3 units of group A" be told to people
        as "all 3 units of group A".
        """
        for part in ("id", "bound", "measure", "amount"):
            if part not in data:
                raise ValueError(f"The rule {data.get('id', '(no id)')} has no {part}.")
        of = data.get("of") or {}
        if unknown := set(of) - CONDITIONS:
            raise ValueError(f"Rule {data['id']} has a condition this engine does not know: {sorted(unknown)}.")
        other = data.get("alternative")
        return cls(
            id=data["id"],
            bound=data["bound"],
            measure=data["measure"],
            amount=data["amount"],
            groups=frozenset(of["groups"]) if of.get("groups") is not None else None,
            units=frozenset(of["units"]) if of.get("units") is not None else None,
            level=(of["level"]["mode"], of["level"]["value"]) if of.get("level") else None,
            confidence=data.get("confidence") or "printed",
            note=data.get("note") or "",
            alternative=cls.from_pack({**data, **other, "alternative": None}, group_sizes) if other else None,
            whole=_is_whole(data, of, group_sizes or {}),
            counts_exempted=data.get("counts_exempted") or False,
        )

    def matches(self, unit: Unit) -> bool:
        """Whether the unit is one that this rule counts: it meets every condition."""
        if self.groups is not None and unit.group not in self.groups:
            return False
        if self.units is not None and unit.key not in self.units:
            return False
        if self.level is None:
            return True
        mode, value = self.level
        return unit.level == value if mode == "exactly" else unit.level >= value

    def weight(self, unit: Unit) -> int:
        """What the unit adds to this rule's sum: its credits, or 1, or 0 where it does not match."""
        if not self.matches(unit):
            return 0
        if self.measure == "units":
            return 1
        return 0 if unit.exempted and not self.counts_exempted else unit.credit


@dataclass(frozen=True)
class Totals:
    """Sums over units: credits and number in all, credits by level, credits and numbers by group; of an exempted
    unit no credit."""

    credits: int
    units: int
    by_level: dict[int, int]
    by_group: dict[str | None, int]
    units_by_group: dict[str | None, int]


def whole_number(value, what) -> None:
    """ValueError where it is not one that the engine, and the database, can hold."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST:
        raise ValueError(f"{what[0].upper()}{what[1:]} must be a whole number from 0 to {LARGEST}, not {value!r}.")


def distinct(units) -> list[Unit]:
    """The units in key order, each once (ROC-2); ValueError where one key stands for two different units."""
    by_key: dict[str, Unit] = {}
    for unit in units:
        known = by_key.setdefault(unit.key, unit)
        if known is not unit and known != unit:
            raise ValueError(f"Unit {unit.key} is given twice, with different credit, level or group.")
    return [by_key[key] for key in sorted(by_key)]


def credit_of(unit) -> int:
    """The credit that the unit brings: none where it was exempted."""
    return 0 if unit.exempted else unit.credit


def totals(units) -> Totals:
    """Credits, and how they fall by level and by group, each unit once; keys ascending, None last."""
    units = distinct(units)
    groups = sorted({unit.group for unit in units}, key=lambda code: (code is None, code or ""))
    return Totals(
        credits=sum(credit_of(unit) for unit in units),
        units=len(units),
        by_level={n: sum(credit_of(u) for u in units if u.level == n) for n in sorted({u.level for u in units})},
        by_group={code: sum(credit_of(u) for u in units if u.group == code) for code in groups},
        units_by_group={code: sum(u.group == code for u in units) for code in groups},
    )


def _is_whole(data, of, group_sizes) -> bool:
    if data["bound"] != "at_least" or data["measure"] != "units" or of.get("level"):
        return False
    if of.get("units"):
        return not of.get("groups") and data["amount"] == len(set(of["units"]))
    codes = set(of.get("groups") or ())
    return bool(codes) and codes <= set(group_sizes) and data["amount"] == sum(group_sizes[c] for c in codes)


def _one_of(value, allowed, what):
    if value not in allowed:
        raise ValueError(f"{what[0].upper()}{what[1:]} must be one of {', '.join(allowed)}, not {value!r}.")
