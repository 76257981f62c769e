"""What the engine is compared with: every subset there is, and an integer program; and what it is asked about."""

import json
from functools import cache
from itertools import chain, combinations
from pathlib import Path

import highspy
from hypothesis import strategies as st

from quals.combination import Rule, Unit
from quals.specification import read_specification

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
KEYS = "abcdefghij"

keys = st.sampled_from(KEYS)
level_conditions = st.none() | st.tuples(st.sampled_from(["exactly", "at_or_above"]), st.integers(2, 5))
a_unit = st.builds(
    Unit,
    keys,
    st.integers(0, 9),
    st.integers(2, 5),
    st.sampled_from(["A", "B", "C", None]),
    st.integers(0, 40),
    st.integers(0, 9),
)
some_units = st.lists(a_unit, max_size=10, unique_by=lambda unit: unit.key)
few_units = st.lists(a_unit, max_size=7, unique_by=lambda unit: unit.key)
any_rule = st.builds(
    Rule,
    id=st.sampled_from(["r", "s", "t"]),
    bound=st.sampled_from(["at_least", "at_least", "at_most"]),
    measure=st.sampled_from(["credits", "units"]),
    amount=st.integers(0, 3) | st.integers(0, 14),
    groups=st.none() | st.frozensets(st.sampled_from("ABC"), min_size=1),
    units=st.none() | st.frozensets(keys, min_size=1),
    level=level_conditions,
)
some_rules = st.lists(any_rule, max_size=6)


def value(rule, units):
    return sum((unit.credit if rule.measure == "credits" else 1) for unit in units if rule.matches(unit))


def keeps(units, rule):
    return value(rule, units) >= rule.amount if rule.bound == "at_least" else value(rule, units) <= rule.amount


def every_choice(units):
    units = sorted(units, key=lambda unit: unit.key)
    return chain.from_iterable(combinations(units, size) for size in range(len(units) + 1))


def good_choices(units, rules):
    return [choice for choice in every_choice(units) if all(keeps(choice, rule) for rule in rules)]


def preference(choice):
    """Fewest credits; then the choice that does without the last unit, from high levels to low and then by key."""
    last_first = sorted(((-unit.level, unit.key) for unit in choice), reverse=True)
    return sum(unit.credit for unit in choice), last_first


@cache
def catalogue():
    """qan → (units, rules) of every pack that is committed, and of our own specification."""
    packs = [json.loads(path.read_text()) for path in sorted((FIXTURES / "catalogue").glob("*.json"))]
    own = FIXTURES / "specifications" / "demonstration.txt"
    packs.append(read_specification(own.read_bytes(), own.name))
    found = {}
    for pack in packs:
        pages = {unit["key"]: unit for unit in pack["units"]}
        for qualification in pack["qualifications"]:
            found.setdefault(qualification["qan"], _combination(qualification, pages))
    return found


def _combination(qualification, pages):
    units, sizes = [], {}
    for group in qualification["groups"]:
        sizes[group["code"]] = len(group["units"])
        for place in group["units"]:
            page = pages[place["unit"]]
            criteria = sum(len(outcome["criteria"]) for outcome in page["outcomes"])
            units.append(Unit(page["key"], page["credit"], page["level"], group["code"], page["glh"], criteria or None))
    return units, [Rule.from_pack(rule, sizes) for rule in qualification["rules"]]


def selections(units, number, random):
    """Random achieved units: few, some, most or all of the optional ones, the mandatory ones nearly always."""
    for _ in range(number):
        share = random.choice([0.2, 0.4, 0.6, 0.8, 1.0])
        most = random.choice([0.9, 1.0, 1.0])
        yield [unit for unit in units if random.random() < (most if unit.group == "A" else share)]


class IntegerProgram:
    """The rule set as an integer program, and the fewest credits (or another cost) that some of its units need."""

    def __init__(self, units, rules, cost=lambda unit: unit.credit):
        self.units = units
        self.model = highspy.Highs()
        self.model.setOptionValue("output_flag", False)
        self.model.setOptionValue("mip_rel_gap", 0.0)
        self.model.setOptionValue("threads", 1)
        self.columns = [self.model.addBinary(obj=float(cost(unit))) for unit in units]
        for rule in rules:
            terms = [
                (unit.credit if rule.measure == "credits" else 1) * column
                for unit, column in zip(units, self.columns, strict=True)
                if rule.matches(unit)
            ]
            total = sum(terms[1:], terms[0]) if terms else 0 * self.columns[0]
            self.model.addConstr(total >= rule.amount if rule.bound == "at_least" else total <= rule.amount)

    def least(self, achieved):
        """None where no choice of the achieved units keeps every rule."""
        inside = set(achieved)
        for i, unit in enumerate(self.units):
            self.model.changeColBounds(i, 0.0, 1.0 if unit in inside else 0.0)
        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal
        return round(self.model.getInfo().objective_function_value)
