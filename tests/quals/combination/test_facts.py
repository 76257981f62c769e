"""What the engine is told: rules from packs, units, and their sums."""

import pytest

from quals.combination import Rule, Unit, totals
from tests.quals.combination.oracle import group

EXACTLY_4 = {"level": {"mode": "exactly", "value": 4}}
FROM_4_UP = {"level": {"mode": "at_or_above", "value": 4}}


def test_from_pack_reads_every_part():
    data = {"id": "R5", "bound": "at_least", "measure": "credits", "amount": 38, "note": "read as exactly",
            "of": {"groups": ["A", "B"], "units": ["1", "2"], **EXACTLY_4}, "printed": [58],
            "confidence": "disputed", "alternative": {"amount": 40, "of": FROM_4_UP}}  # fmt: skip
    rule = Rule.from_pack(data)
    assert (rule.id, rule.groups, rule.units, rule.level) == (
        "R5", frozenset({"A", "B"}), frozenset({"1", "2"}), ("exactly", 4)
    )  # fmt: skip
    assert (rule.amount, rule.confidence, rule.note) == (38, "disputed", "read as exactly")
    assert (rule.alternative.amount, rule.alternative.groups, rule.alternative.level) == (
        40, None, ("at_or_above", 4)
    )  # fmt: skip


def test_from_pack_knows_all_of_a_group_by_its_size():
    data = {"id": "R2", "bound": "at_least", "measure": "units", "amount": 3, "of": {"groups": ["A"]}}
    assert Rule.from_pack(data, {"A": 3, "B": 9}).whole
    assert not Rule.from_pack(data, {"A": 4}).whole
    assert not Rule.from_pack(data).whole
    assert Rule.from_pack({**data, "of": {"units": ["1", "2", "3"]}}).whole


@pytest.mark.parametrize(
    "fault",
    [
        {"bound": "exactly"},
        {"measure": "hours"},
        {"amount": -1},
        {"amount": 2.5},
        {"amount": None},
        {"confidence": "likely"},
        {"of": {"route": "portfolio"}},
        {"of": {"groups": []}},
        {"of": {"level": {"mode": "below", "value": 3}}},
    ],
)
def test_from_pack_refuses_what_it_does_not_know(fault):
    good = {"id": "R1", "bound": "at_least", "measure": "credits", "amount": 5, "of": {}}
    assert Rule.from_pack(good).amount == 5
    with pytest.raises(ValueError, match="ule R1"):
        Rule.from_pack({**good, **fault})


def test_from_pack_refuses_a_rule_with_a_part_missing():
    with pytest.raises(ValueError, match="has no amount"):
        Rule.from_pack({"id": "R1", "bound": "at_least", "measure": "credits"})


def test_unit_refuses_part_of_a_credit():
    with pytest.raises(ValueError, match="whole number"):
        Unit("a", 2.5, 4)


def test_totals_by_level_and_group():
    units = [*group("B", 4, 6), *group("A", 3, level=3), Unit("x", 5, 5), Unit("x", 5, 5)]
    sums = totals(units)
    assert (sums.credits, sums.units) == (18, 4)
    assert list(sums.by_level.items()) == [(3, 3), (4, 10), (5, 5)]
    assert list(sums.by_group.items()) == [("A", 3), ("B", 10), (None, 5)]
    assert sums.units_by_group == {"A": 1, "B": 2, None: 1}
