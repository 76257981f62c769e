"""The cheapest further units, against every set there is; alternatives and prospects too."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.combination import Rule, Unit, bits, reachable, route, tables, verify
from tests.quals.combination.oracle import few_units, good_choices, some_rules

MINIMISED = ["credits", "units", "glh", "criteria"]
NARROW = [(bits.WIDEST, tables.MOST_STATES), (0, 0)]


def cost(unit, minimise, achieved):
    value = {"credits": unit.credit, "units": 1, "glh": unit.glh, "criteria": unit.criteria}[minimise]
    return 0 if unit.key in achieved else value


def further(choice, achieved):
    return frozenset(unit.key for unit in choice) - set(achieved)


@pytest.fixture(params=NARROW, ids=["tables", "solver"])
def engine(request, monkeypatch):
    """The same questions, answered by the tables and, where those are thought too wide, by the solver."""
    monkeypatch.setattr(bits, "WIDEST", request.param[0])
    monkeypatch.setattr(tables, "MOST_STATES", request.param[1])


def split(units, data):
    roles = data.draw(st.lists(st.sampled_from("aaoooooe"), min_size=len(units), max_size=len(units)))
    achieved = {unit.key for unit, role in zip(units, roles, strict=True) if role == "a"}
    excluded = {unit.key for unit, role in zip(units, roles, strict=True) if role == "e"}
    return achieved, excluded, [unit for unit in units if unit.key not in excluded]


@pytest.mark.usefixtures("engine")
@settings(max_examples=400, deadline=None)
@given(few_units, some_rules, st.sampled_from(MINIMISED), st.data())
def test_route_agrees_with_every_set(units, rules, minimise, data):
    achieved, excluded, offered = split(units, data)
    found = route(units, rules, achieved=achieved, excluded=excluded, minimise=minimise)
    sets = {further(choice, achieved) for choice in good_choices(offered, rules)}
    assert found.found == bool(sets)
    if not sets:
        assert found.shortfalls
        return
    price = {unit.key: cost(unit, minimise, achieved) for unit in units}
    minimal = sorted(sum(price[key] for key in some) for some in sets if not any(other < some for other in sets))
    values = [found.value, *(each.value for each in found.alternatives)]
    assert found.optimal
    assert found.value == found.bound == minimal[0] == sum(price[key] for key in found.units)
    if all(price[key] for some in sets for key in some):
        assert values == minimal[: len(values)]
        assert len(values) == min(3, len(minimal))
    for some in (found.units, *(each.units for each in found.alternatives)):
        assert any(each <= frozenset(some) for each in sets)
    assert set(found.counted) <= achieved | set(found.units)
    assert verify(found.counted, units, rules)


@pytest.mark.usefixtures("engine")
@settings(max_examples=200, deadline=None)
@given(few_units, some_rules, st.sampled_from(MINIMISED), st.data())
def test_prospects_agree_with_every_set(units, rules, minimise, data):
    achieved, excluded, offered = split(units, data)
    found = route(units, rules, achieved=achieved, excluded=excluded, minimise=minimise)
    good = good_choices(offered, rules)
    prospects = found.prospects
    assert set(prospects) == {unit.key for unit in offered} - achieved
    for unit in offered:
        if unit.key in achieved:
            continue
        told = prospects[unit.key]
        if not any(unit in choice for choice in good):
            assert told.kind in {"barred", "impossible"} or not good
            continue
        left = min(sum(cost(u, minimise, achieved) for u in choice if u is not unit) for choice in good)
        if all(unit in choice for choice in good):
            assert told.kind == "needed"
        else:
            assert told.kind == ("useful" if left < found.value else "wasted")
        assert told.left == left
        assert told.extra == left + cost(unit, minimise, achieved) - found.value


@settings(max_examples=200, deadline=None)
@given(few_units, some_rules, st.data())
def test_reachable_says_whether_a_plan_can_do_and_what_to_add(units, rules, data):
    chosen, _, _ = split(units, data)
    reach = reachable(units, rules, chosen)
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
    assert route(UNITS, rules).units == ("a", "c")
    assert route(UNITS, rules, minimise="glh").units == ("a", "d")
    assert route(UNITS, rules, minimise="units").value == 2
    assert route(UNITS, rules, achieved=["a", "c"]).units == ()


def test_route_counts_what_is_left_of_a_unit_in_progress_and_takes_it_first_on_a_tie():
    rules = [TOTAL, PAIR, ALL_A]
    assert route(UNITS, rules, in_progress={"d": 1}, minimise="criteria").value == 10
    assert route(UNITS, rules, in_progress=["d"], minimise="units").units == ("a", "d")
    assert route(UNITS, rules, in_progress=["c"], minimise="units").units == ("a", "c")


def test_prospects_say_what_choosing_each_unit_would_do():
    found = route(UNITS, [TOTAL, PAIR, ALL_A])
    kinds = {key: each.kind for key, each in found.prospects.items()}
    assert kinds == {"a": "needed", "b": "barred", "c": "useful", "d": "useful", "e": "wasted"}
    assert found.prospects["b"].sentence == "It may not count beside unit a, which is counted."
    assert found.prospects["d"].sentence == "It would leave 5 credits, 1 more in all than by the shortest way."
    assert found.prospects["e"].sentence == "It would not shorten the way: 10 credits would be left as before."


def test_route_that_does_not_exist_says_what_stands_in_the_way():
    found = route(UNITS, [Rule("T", "at_least", "credits", 30)], excluded=["d"])
    assert (found.found, found.value, found.optimal, found.alternatives) == (False, None, False, ())
    assert found.shortfalls[0].missing == 14


def test_route_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="no unit z"):
        route(UNITS, [TOTAL], achieved=["z"])
    with pytest.raises(ValueError, match="must be one of"):
        route(UNITS, [TOTAL], minimise="effort")
    with pytest.raises(ValueError, match="Unit x has no guided learning hours"):
        route([Unit("x", 5, 3)], [TOTAL], minimise="glh")
