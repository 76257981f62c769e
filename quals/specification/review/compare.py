"""What a new issue of a specification changes against an earlier one: facts, structure, units, wording."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .changes import Change, changes, title_of
from .differing import Pen, Wording, compare_wordings

UNCHANGED, CHANGED, ADDED, REMOVED, NOT_COMPARED = "unchanged", "changed", "added", "removed", "not_compared"
QUALIFICATION_FACTS = {
    "title": "title",
    "level": "level",
    "credits": "credits",
    "tqt": "total hours (TQT)",
    "glh": "guided hours",
    "minimum_age": "minimum age",
    "first_registration": "first registration",
    "last_registration": "last registration",
    "last_certification": "last certification",
    "evidence_kinds": "kinds of evidence",
}
LISTED_FACTS = {
    "number": "number",
    "uan": "UAN",
    "title": "title",
    "level": "level",
    "credit": "credit",
    "glh": "guided hours",
}
PAGE_FACTS = {"kind": "kind", "routes": "routes", "test": "onscreen test"}
RULE_FACTS = ("bound", "measure", "amount", "of")


@dataclass
class UnitComparison:
    """One unit in both issues, or in one of them."""

    key: str
    title: str
    state: str
    facts: list[Change] = field(default_factory=list)
    outcomes: list[Wording] = field(default_factory=list)
    criteria: list[Wording] = field(default_factory=list)
    requirements: list[Wording] = field(default_factory=list)

    @property
    def counts(self) -> Counter:
        """How many criteria are unchanged, reworded, renumbered, added, removed, not compared."""
        return Counter(each.state for each in self.criteria)

    @property
    def changed_wordings(self) -> list[tuple[str, list[Wording]]]:
        kinds = (
            ("Outcomes", self.outcomes),
            ("Criteria", self.criteria),
            ("Evidence requirements", self.requirements),
        )
        return [(name, [each for each in rows if each.is_change]) for name, rows in kinds]

    def settle(self) -> "UnitComparison":
        """Say whether anything differs, once everything was compared."""
        wordings = [*self.outcomes, *self.criteria, *self.requirements]
        if self.facts or any(each.is_change for each in wordings):
            self.state = CHANGED
        elif any(each.state == NOT_COMPARED for each in wordings):
            self.state = NOT_COMPARED
        return self


@dataclass
class QualificationComparison:
    """One qualification: its facts, its groups, and its rules as the packs hold them."""

    qan: str
    title: str
    state: str
    facts: list[Change] = field(default_factory=list)
    groups: list[Change] = field(default_factory=list)
    rules: list[Change] = field(default_factory=list)


@dataclass
class Comparison:
    """Two issues beside each other; units in the new issue's order, those that are gone at the end."""

    qualifications: list[QualificationComparison]
    units: list[UnitComparison]

    @property
    def unit_counts(self) -> Counter:
        return Counter(unit.state for unit in self.units)

    @property
    def criteria_counts(self) -> Counter:
        return sum((unit.counts for unit in self.units), Counter())

    @property
    def is_same(self) -> bool:
        states = {each.state for each in [*self.qualifications, *self.units]}
        return states <= {UNCHANGED}


def compare(old: dict, new: dict) -> Comparison:
    """What `new` changes against `old`, both packs. Wording is compared where both of them have it."""
    pairs = list(_pairs(old["units"], new["units"]))
    names = {before["key"]: after["key"] for before, after in pairs if before and after}
    pen = Pen(both=old["source"]["wording"] and new["source"]["wording"])
    units = [compare_units(before, after, pen) for before, after in pairs]
    return Comparison(_qualifications(old, new, names), units)


def compare_units(old: dict | None, new: dict | None, pen: Pen) -> UnitComparison:
    """One unit in two packs; None where it is in one of them only. What comes with a page is compared where both have
    one."""
    here = new or old
    if old is None or new is None:
        state = ADDED if old is None else REMOVED
        wordings = [
            Wording(each["code"], state, before=each["text"] if new is None else "", after=each["text"] if new else "")
            for outcome in here["outcomes"]
            for each in outcome["criteria"]
        ]
        return UnitComparison(here["key"], here["title"], state, criteria=wordings)
    if bool(old["outcomes"]) != bool(new["outcomes"]):
        facts = [*changes(LISTED_FACTS, old, new), Change("page", _size(old), _size(new))]
        return UnitComparison(here["key"], here["title"], CHANGED, facts)
    return UnitComparison(
        here["key"],
        here["title"],
        UNCHANGED,
        facts=[*changes(LISTED_FACTS | PAGE_FACTS, old, new), *_strategy(old, new), *_kinds(old, new)],
        outcomes=compare_wordings(_outcomes(old), _outcomes(new), pen),
        criteria=compare_wordings(_criteria(old), _criteria(new), pen),
        requirements=compare_wordings(_requirements(old), _requirements(new), pen),
    ).settle()


def _size(unit: dict) -> str | None:
    """How much the unit's page holds; None where it is listed without one."""
    return f"{len(_criteria(unit))} criteria" if unit["outcomes"] else None


def _strategy(old: dict, new: dict) -> Iterator[Change]:
    before, after = old["strategy"], new["strategy"]
    for name in [*before, *(name for name in after if name not in before)]:
        if before.get(name) != after.get(name):
            yield Change(f"assessment strategy, {name.replace('_', ' ')}", before.get(name), after.get(name))


def _kinds(old: dict, new: dict) -> Iterator[Change]:
    before = {outcome["number"]: outcome["kind"] for outcome in old["outcomes"]}
    for outcome in new["outcomes"]:
        was = before.get(outcome["number"], outcome["kind"])
        if was != outcome["kind"]:
            yield Change(f"kind of outcome {outcome['number']}", was, outcome["kind"])


def _outcomes(unit: dict) -> list[tuple[str, str]]:
    return [(str(outcome["number"]), outcome["text"]) for outcome in unit["outcomes"]]


def _criteria(unit: dict) -> list[tuple[str, str]]:
    return [(each["code"], each["text"]) for outcome in unit["outcomes"] for each in outcome["criteria"]]


def _requirements(unit: dict) -> list[tuple[str, str]]:
    return [(str(each["number"]), _requirement(each)) for each in unit["evidence_requirements"]]


def _requirement(requirement: dict) -> str:
    """A requirement as one text, so that another number to choose is another wording."""
    of = [item for item in requirement.get("of", []) if item]
    if not of:
        return requirement["text"]
    chosen = requirement.get("choose", "all")
    return f"{requirement['text']} ({'all' if chosen == 'all' else f'at least {chosen}'} of: {'; '.join(of)})"


def _pairs(old: list[dict], new: list[dict]) -> Iterator[tuple[dict | None, dict | None]]:
    """Which unit of the new issue is which of the earlier one: the surest signs first, each unit once."""
    partner: dict[str, dict] = {}
    signs: list[Callable[[dict], tuple | None]] = [
        lambda unit: (unit["key"], unit["uan"]),
        lambda unit: (unit["uan"],) if unit["uan"] else None,
        lambda unit: (unit["key"], title_of(unit["title"])),
        lambda unit: None if unit["uan"] else (unit["key"],),
    ]
    for sign in signs:
        taken = {unit["key"] for unit in partner.values()}
        before = _once(sign, [unit for unit in old if unit["key"] not in taken])
        after = _once(sign, [unit for unit in new if unit["key"] not in partner])
        partner |= {after[name]["key"]: before[name] for name in after if name in before}
    for unit in new:
        yield partner.get(unit["key"]), unit
    taken = {unit["key"] for unit in partner.values()}
    for unit in old:
        if unit["key"] not in taken:
            yield unit, None


def _once(sign: Callable[[dict], tuple | None], units: list[dict]) -> dict[tuple, dict]:
    """The units by a sign that only one of them has."""
    counts = Counter(sign(unit) for unit in units)
    return {sign(unit): unit for unit in units if sign(unit) is not None and counts[sign(unit)] == 1}


def _qualifications(old: dict, new: dict, names: dict[str, str]) -> list[QualificationComparison]:
    before = {qualification["qan"]: qualification for qualification in old["qualifications"]}
    after = {qualification["qan"]: qualification for qualification in new["qualifications"]}
    return [_qualification(before.get(qan), after.get(qan), names) for qan in after | before]


def _qualification(old: dict | None, new: dict | None, names: dict[str, str]) -> QualificationComparison:
    here = new or old
    if old is None or new is None:
        return QualificationComparison(here["qan"], here["title"], ADDED if old is None else REMOVED)
    facts = changes(QUALIFICATION_FACTS, old, new)
    groups, rules = list(_groups(old, new, names)), _rules(old, new, names)
    state = CHANGED if facts or groups or rules else UNCHANGED
    return QualificationComparison(here["qan"], here["title"], state, facts, groups, rules)


def _groups(old: dict, new: dict, names: dict[str, str]) -> Iterator[Change]:
    before = {group["code"]: group for group in old["groups"]}
    after = {group["code"]: group for group in new["groups"]}
    for code in after | before:
        was, now = before.get(code), after.get(code)
        if was is None or now is None:
            yield Change(f"group {code}", was and _whole_group(was, names), now and _whole_group(now, {}))
            continue
        for change in changes({"title": "title", "kind": "kind"}, was, now):
            yield Change(f"group {code}, {change.what}", change.before, change.after)
        yield from _places(code, _by_unit(was, names), _by_unit(now, {}))


def _whole_group(group: dict, names: dict[str, str]) -> str:
    return f"{group['title']}, {group['kind']}: {', '.join(_by_unit(group, names))}"


def _by_unit(group: dict, names: dict[str, str]) -> dict[str, dict]:
    return {names.get(place["unit"], place["unit"]): place for place in group["units"]}


def _places(code: str, before: dict[str, dict], after: dict[str, dict]) -> Iterator[Change]:
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    if gone or come:
        yield Change(f"group {code}, units", ", ".join(gone) or None, ", ".join(come) or None)
    days = {"registered_from": "for registrations from", "registered_before": "for registrations before"}
    for key in after:
        for change in changes(days, before.get(key, after[key]), after[key]):
            yield Change(f"group {code}, unit {key}, {change.what}", change.before, change.after)


def _rules(old: dict, new: dict, names: dict[str, str]) -> list[Change]:
    """Rules by what they ask, not by their labels: one rule more moves the labels of all that follow."""
    before = [_renamed(rule, names) for rule in old["rules"]]
    rules = [_renamed(rule, {}) for rule in new["rules"]]
    twins: dict[str, dict] = {}
    for sign in (RULE_FACTS, ("bound", "measure", "of"), ("bound", "of")):
        for rule in rules:
            twin = next((was for was in before if all(was[name] == rule[name] for name in sign)), None)
            if twin is not None and rule["id"] not in twins:
                before.remove(twin)
                twins[rule["id"]] = twin
    pairs = [(twins.get(rule["id"]), rule) for rule in rules]
    differs = [pair for pair in pairs if not pair[0] or any(pair[0][name] != pair[1][name] for name in RULE_FACTS)]
    found = [Change(rule["id"], was, rule) for was, rule in differs]
    return [*found, *(Change(was["id"], was, None) for was in before)]


def _renamed(rule: dict, names: dict[str, str]) -> dict:
    of = dict(rule["of"])
    if "units" in of:
        of["units"] = sorted(names.get(key, key) for key in of["units"])
    return {**rule, "of": of}
