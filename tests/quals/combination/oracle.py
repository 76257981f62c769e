"""What the engine is compared with: every subset there is, and an integer program; and what it is asked about."""

import json
import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import highspy
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from quals.combination import Rule, RuleSet, Unit, check
from quals.specification import read_specification

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
KEYS = "abcdefghij"
EXAMPLES = int(os.environ.get("ATTEST_EXAMPLES", "0"))


def examples(number):
    """As many examples as said, or as many as are asked for at night."""
    return settings(max_examples=max(number, EXAMPLES), deadline=None)


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
    st.sampled_from([False, False, False, False, True]),
)
a_small_unit = st.builds(
    Unit,
    st.sampled_from("abcde"),
    st.integers(0, 4),
    st.integers(2, 4),
    st.sampled_from("BC"),
    exempted=st.sampled_from([False, False, False, True]),
)


@st.composite
def units_of(draw, a_unit, most):
    """Units with keys of their own, of which some are alike in all else."""
    units = draw(st.lists(a_unit, max_size=most, unique_by=lambda unit: unit.key))
    for i in range(1, len(units)):
        if draw(st.integers(0, 3)) == 0:
            units[i] = replace(units[draw(st.integers(0, i - 1))], key=units[i].key)
    return units


few_units, some_units, small_units = units_of(a_unit, 7), units_of(a_unit, 9), units_of(a_small_unit, 5)
any_rule = st.builds(
    Rule,
    id=st.sampled_from(["r", "s", "t"]),
    bound=st.sampled_from(["at_least", "at_least", "at_most"]),
    measure=st.sampled_from(["credits", "units"]),
    amount=st.integers(0, 3) | st.integers(0, 14),
    groups=st.none() | st.frozensets(st.sampled_from("ABC"), min_size=1),
    units=st.none() | st.frozensets(keys, min_size=1),
    level=level_conditions,
    counts_exempted=st.sampled_from([False, False, True]),
)
some_rules = st.lists(any_rule, max_size=6)


@st.composite
def tight(draw, units):
    """Rules that some choice of the units keeps just so, or misses by one; or that two choices keep between them, so
    that they may fail together and not one by one."""
    units = draw(units.filter(bool))
    choices = [[unit for unit in units if draw(st.booleans())] for _ in range(draw(st.sampled_from([1, 2, 2])))]
    rules = draw(st.lists(any_rule, min_size=2, max_size=6))
    pairs = draw(st.lists(st.sets(st.sampled_from([unit.key for unit in units]), min_size=1, max_size=3), max_size=2))
    rules += [Rule("p", "at_most", "units", 1, units=frozenset(pair)) for pair in pairs]
    slack = st.sampled_from(draw(st.sampled_from([[0], [0], [0, 0, 0, 1, 2, -1], [0, -1, -2]])))
    return units, [_tightened(rule, choices, draw(slack), draw) for rule in rules]


def _tightened(rule, choices, slack, draw):
    if rule.bound == "at_most":
        return replace(rule, amount=max(0, slack + max(value(rule, choice) for choice in choices)))
    return replace(rule, amount=max(0, value(rule, draw(st.sampled_from(choices))) - max(slack, -1)))


@st.composite
def doubtful(draw):
    """A case where up to four of the rules can be read another way, which may be a little or quite another rule."""
    units, rules = draw(few_cases)
    for place in draw(st.sets(st.integers(0, max(len(rules) - 1, 0)), max_size=4)) if rules else ():
        other = replace(rules[place], amount=max(rules[place].amount + draw(st.sampled_from([-2, -1, 1, 2])), 0))
        other = draw(st.sampled_from([other, replace(other, level=draw(level_conditions)), draw(any_rule)]))
        rules = [*rules[:place], replace(rules[place], confidence="disputed", alternative=other), *rules[place + 1 :]]
    return units, named(rules)


def named(rules):
    """The rules told apart by their ids, their other readings too."""
    named = [replace(rule, id=f"R{n}") for n, rule in enumerate(rules, 1)]
    return [replace(r, alternative=r.alternative and replace(r.alternative, id=r.id)) for r in named]


def group(code, *credits, level=4):
    """Units of a group that are worth so much."""
    return [Unit(f"{code}{n:02}", worth, level, code) for n, worth in enumerate(credits)]


def credit(unit, rule=None):
    """An exempted unit brings its credit only where the rule says so."""
    return unit.credit if not unit.exempted or (rule and rule.counts_exempted) else 0


def value(rule, units):
    return sum((credit(unit, rule) if rule.measure == "credits" else 1) for unit in units if rule.matches(unit))


few_cases, some_cases, small_cases = (
    st.tuples(units, some_rules) | tight(units) | tight(units) for units in (few_units, some_units, small_units)
)


def keeps(units, rule):
    return value(rule, units) >= rule.amount if rule.bound == "at_least" else value(rule, units) <= rule.amount


@cache
def _subsets(number):
    """Every subset of so many places; each place doubles their number."""
    found = [()]
    for place in range(number):
        found += [(*some, place) for some in found]
    return found


def keys_of(units):
    return [unit.key for unit in units]


def check_all(units, rules, **more):
    """The verdict where all units that there are have been achieved."""
    return check(RuleSet(units, rules), keys_of(units), **more)


def every_choice(units):
    units = sorted(units, key=lambda unit: unit.key)
    return [tuple(units[place] for place in some) for some in _subsets(len(units))]


def good_choices(units, rules):
    """The choices that keep every rule: the sums of all subsets, added up in the order of `_subsets`."""
    units, good = sorted(units, key=lambda unit: unit.key), True
    for rule in rules:
        sums = np.zeros(1, dtype=np.int64)
        for unit in units:
            sums = np.concatenate([sums, sums + value(rule, [unit])])
        good &= sums >= rule.amount if rule.bound == "at_least" else sums <= rule.amount
    kept = range(2 ** len(units)) if good is True else np.flatnonzero(good)
    return [tuple(units[place] for place in _subsets(len(units))[i]) for i in kept]


def preference(choice):
    """Fewest credits; then the choice that does without the last unit, from high levels to low and then by key."""
    last_first = sorted(((-unit.level, unit.key) for unit in choice), reverse=True)
    return sum(map(credit, choice)), last_first


@cache
def catalogue():
    """qan → the rule set of every pack that is committed, and of our own specification."""
    packs = [json.loads(path.read_text()) for path in sorted((FIXTURES / "catalogue").glob("*.json"))]
    own = FIXTURES / "specifications" / "demonstration.txt"
    packs.append(read_specification(own.read_bytes(), own.name))
    found = {}
    for pack in packs:
        pages = {unit["key"]: unit for unit in pack["units"]}
        for qualification in pack["qualifications"]:
            found.setdefault(qualification["qan"], _rule_set(qualification, pages))
    return found


def _rule_set(qualification, pages):
    units, sizes = [], {}
    for group in qualification["groups"]:
        sizes[group["code"]] = len(group["units"])
        for place in group["units"]:
            page = pages[place["unit"]]
            criteria = sum(len(outcome["criteria"]) for outcome in page["outcomes"])
            units.append(Unit(page["key"], page["credit"], page["level"], group["code"], page["glh"], criteria or None))
    return RuleSet(units, [Rule.from_pack(rule, sizes) for rule in qualification["rules"]])


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
        places, inside = np.arange(len(self.units), dtype=np.int32), set(achieved)
        most = np.array([float(unit in inside) for unit in self.units])
        self.model.changeColsBounds(len(places), places, np.zeros(len(places)), most)
        self.model.run()
        status = self.model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal
        return round(self.model.getInfo().objective_function_value)
