"""The cheapest further units, against every set there is; alternatives and prospects too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quals.combination import Rule, RuleSet, Unit, reachable, route, verify
from tests.quals.combination.oracle import examples, few_cases, good_choices, keys_of

MINIMISED = ["credits", "units", "glh", "criteria"]


def cost(unit, minimise, achieved):
    value = {"credits": unit.credit, "units": 1, "glh": unit.glh, "criteria": unit.criteria}[minimise]
    return 0 if unit.key in achieved else value


class Question:
    """A route that is asked for, and every set of further units that would do."""

    def __init__(self, units, rules, minimise, data):
        draw = st.lists(st.sampled_from("aaoooooe"), min_size=len(units), max_size=len(units))
        roles = dict(zip([unit.key for unit in units], data.draw(draw), strict=True))
        self.units, self.rules, self.minimise = units, rules, minimise
        self.achieved = {key for key, role in roles.items() if role == "a"}
        self.excluded = {key for key, role in roles.items() if role == "e"}
        self.offered = [unit for unit in units if unit.key not in self.excluded]
        self.price = {unit.key: cost(unit, minimise, self.achieved) for unit in units}
        self.good = good_choices(self.offered, rules)
        self.sets = {frozenset(unit.key for unit in choice) - self.achieved for choice in self.good}
        self.smallest = [some for some in self.sets if not any(other < some for other in self.sets)]

    def ask(self, **more):
        asked = {"achieved": self.achieved, "excluded": self.excluded, "minimise": self.minimise}
        return route(RuleSet(self.units, self.rules), **asked, **more)

    def price_of(self, keys):
        return sum(self.price[key] for key in keys)


@pytest.mark.usefixtures("engine")
@examples(60)
@given(few_cases, st.sampled_from(MINIMISED), st.data())
def test_route_agrees_with_every_set(case, minimise, data):
    units, rules = case
    question = Question(units, rules, minimise, data)
    found = question.ask()
    assert found.found == bool(question.sets)
    if not question.sets:
        assert found.shortfalls
        assert (found.units, found.value, found.bound, found.optimal) == ((), None, None, False)
        return
    assert found.optimal
    assert frozenset(found.units) in question.smallest
    assert found.value == found.bound == question.price_of(found.units)
    assert found.value == min(map(question.price_of, question.sets))
    assert set(found.counted) <= question.achieved | set(found.units)
    assert verify(RuleSet(units, rules), keys_of(units), found.counted)


@pytest.mark.usefixtures("engine")
@examples(60)
@given(few_cases, st.sampled_from(MINIMISED), st.data())
def test_alternatives_are_the_next_cheapest_that_lack_a_unit_of_each_before(case, minimise, data):
    units, rules = case
    question = Question(units, rules, minimise, data)
    found = question.ask()
    before = [frozenset(found.units)] if found.found else []
    for other in found.alternatives:
        differing = [some for some in question.smallest if not any(each <= some for each in before)]
        assert frozenset(other.units) in differing
        assert other.value == question.price_of(other.units) == min(map(question.price_of, differing))
        before.append(frozenset(other.units))
    differing = [some for some in question.smallest if not any(each <= some for each in before)]
    assert len(before) == 3 or not differing


@pytest.mark.usefixtures("engine")
@examples(60)
@given(few_cases, st.sampled_from(MINIMISED), st.data())
def test_of_equally_cheap_routes_the_one_with_fewest_credits_not_begun_is_taken(case, minimise, data):
    units, rules = case
    question = Question(units, rules, minimise, data)
    begun = {key for key in sorted(question.price) if data.draw(st.booleans())} - question.excluded
    found = question.ask(in_progress=begun)
    fresh = {unit.key: 0 if unit.key in begun | question.achieved else unit.credit for unit in units}
    if found.found:
        cheapest = [some for some in question.sets if question.price_of(some) == found.value]
        assert sum(fresh[key] for key in found.units) == min(sum(fresh[key] for key in some) for some in cheapest)


@examples(60)
@given(few_cases, st.data())
def test_route_in_criteria_counts_what_is_left_of_units_in_progress(case, data):
    units, rules = case
    question = Question(units, rules, "criteria", data)
    offered = [unit.key for unit in question.offered]
    left = {key: data.draw(st.integers(0, 3)) for key in offered if data.draw(st.booleans())}
    question.price |= {key: count for key, count in left.items() if key not in question.achieved}
    found = question.ask(in_progress=left)
    assert found.value == min(map(question.price_of, question.sets), default=None)


@pytest.mark.usefixtures("engine")
@examples(60)
@given(few_cases, st.sampled_from(MINIMISED), st.data())
def test_prospects_agree_with_every_set(case, minimise, data):
    units, rules = case
    question = Question(units, rules, minimise, data)
    found = question.ask()
    assert set(found.prospects) == {unit.key for unit in question.offered} - question.achieved
    for key, told in found.prospects.items():
        (unit,) = [unit for unit in units if unit.key == key]
        assert told.kind == kind_of(unit, question)
        assert told.sentence.endswith(".")
        if told.kind in {"needed", "useful", "wasted"} and question.good:
            assert told.left == min(question.price_of(some - {key}) for some in question.sets)
            assert told.extra == told.left + question.price[key] - found.value


def kind_of(unit, question):
    """What choosing the unit does, by the definition of each word."""
    if any(unit in choice for choice in question.good):
        if all(unit in choice for choice in question.good):
            return "needed"
        left = min(question.price_of(some - {unit.key}) for some in question.sets)
        return "useful" if left < min(map(question.price_of, question.sets)) else "wasted"
    for rule in question.rules:
        if rule.bound == "at_most" and rule.measure == "units" and rule.matches(unit):
            without = [other for other in question.rules if other is not rule]
            if any(unit in choice for choice in good_choices(question.offered, without)):
                return "barred"
    return "impossible"


@examples(60)
@given(few_cases, st.data())
def test_reachable_says_whether_a_plan_can_do_and_what_to_add(case, data):
    units, rules = case
    chosen = Question(units, rules, "credits", data).achieved
    reach = reachable(RuleSet(units, rules), chosen)
    planned = [unit for unit in units if unit.key in chosen]
    assert reach.possible == bool(good_choices(planned, rules))
    if reach.possible:
        assert set(reach.wasted) == chosen - set(reach.verdict.counted)
        return
    assert reach.shortfalls
    assert reach.change.found == bool(good_choices(units, rules))
    if reach.change.found:
        assert good_choices([unit for unit in units if unit.key in chosen | set(reach.change.units)], rules)


TOTAL = Rule("T", "at_least", "credits", 10)
PAIR = Rule("P", "at_most", "units", 1, units=frozenset({"a", "b"}))
ALL_A = Rule("A", "at_least", "units", 1, groups=frozenset("A"))
UNITS = [
    Unit("a", 5, 3, "A", glh=50, criteria=9),
    Unit("b", 5, 3, "B", glh=5, criteria=2),
    Unit("c", 5, 3, "B", glh=20, criteria=8),
    Unit("d", 6, 3, "B", glh=10, criteria=8),
    Unit("e", 1, 3, "B", glh=10, criteria=1),
]


def test_route_minimises_what_it_is_asked_to():
    rules = [TOTAL, PAIR, ALL_A]
    assert route(RuleSet(UNITS, rules)).units == ("a", "c")
    assert route(RuleSet(UNITS, rules), minimise="glh").units == ("a", "d")
    assert route(RuleSet(UNITS, rules), minimise="units").value == 2
    assert route(RuleSet(UNITS, rules), achieved=["a", "c"]).units == ()


def test_route_counts_what_is_left_of_a_unit_in_progress_and_takes_it_first_on_a_tie():
    rules = [TOTAL, PAIR, ALL_A]
    assert route(RuleSet(UNITS, rules), in_progress={"d": 1}, minimise="criteria").value == 10
    assert route(RuleSet(UNITS, rules), in_progress=["d"], minimise="units").units == ("a", "d")
    assert route(RuleSet(UNITS, rules), in_progress=["c"], minimise="units").units == ("a", "c")


def test_prospects_say_what_choosing_each_unit_would_do():
    found = route(RuleSet(UNITS, [TOTAL, PAIR, ALL_A]))
    kinds = {key: each.kind for key, each in found.prospects.items()}
    assert kinds == {"a": "needed", "b": "barred", "c": "useful", "d": "useful", "e": "wasted"}
    assert found.prospects["b"].sentence == "It may not count beside unit a, which is counted."
    assert found.prospects["d"].sentence == "With it 5 credits would be left: 1 more in all than by the shortest way."
    assert found.prospects["e"].sentence == "Not needed: 10 credits would be left with it as without it."


def test_a_unit_of_the_route_that_costs_nothing_more_is_not_told_as_not_needed():
    found = route(RuleSet(UNITS[1:3], [Rule("U", "at_least", "units", 1)]), in_progress={"b": 0}, minimise="criteria")
    assert (found.units, found.value) == (("b",), 0)
    assert found.prospects["b"].sentence == "It is on a shortest way: 0 criteria would be left after it."
    free = route(RuleSet(UNITS[1:3], [Rule("U", "at_least", "units", 1)]), in_progress={"b": 0, "c": 0},
                 minimise="criteria")  # fmt: skip
    told = {key: each.sentence.split(":")[0] for key, each in free.prospects.items()}
    assert told == {key: "It is on a shortest way" if key in free.units else "Not needed" for key in "bc"}


def test_route_that_does_not_exist_says_what_stands_in_the_way():
    found = route(RuleSet(UNITS, [Rule("T", "at_least", "credits", 30)]), excluded=["d"])
    assert (found.found, found.value, found.optimal, found.alternatives) == (False, None, False, ())
    assert found.shortfalls[0].missing == 14


def test_route_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="no unit z"):
        route(RuleSet(UNITS, [TOTAL]), achieved=["z"])
    with pytest.raises(ValueError, match="criteria left of unit a must be a whole number"):
        route(RuleSet(UNITS, [TOTAL]), in_progress={"a": -1}, minimise="criteria")
    with pytest.raises(ValueError, match="must be one of"):
        route(RuleSet(UNITS, [TOTAL]), minimise="effort")
    with pytest.raises(ValueError, match="Unit x has no guided learning hours"):
        route(RuleSet([Unit("x", 5, 3)], [TOTAL]), minimise="glh")


@examples(60)
@given(few_cases, st.data())
def test_prospects_name_only_other_units_that_count_as_counted(case, data):
    units, rules = case
    question = Question(units, rules, "credits", data)
    found = question.ask()
    for told in found.prospects.values():
        named = re.search(r"beside units? (.+), which (?:is|are) counted", told.sentence)
        if named:
            by = set(re.split(", | and ", named[1]))
            assert told.key not in by
            assert by <= question.achieved | set(found.counted)


def test_prospect_of_a_barred_unit_does_not_name_one_that_is_not_counted():
    units = [Unit("a", 5, 3, "G"), Unit("b", 5, 3, "G"), Unit("c", 10, 3, "G")]
    ten_of_g = Rule("G", "at_most", "credits", 10, groups=frozenset("G"))
    prospects = route(RuleSet(units, [TOTAL, ten_of_g, PAIR])).prospects
    assert (prospects["a"].kind, prospects["b"].kind) == ("barred", "barred")
    assert "is counted" not in prospects["a"].sentence + prospects["b"].sentence
