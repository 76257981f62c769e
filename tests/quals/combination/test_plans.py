"""Rule sets that contradict themselves, found with the rules that clash."""

from dataclasses import replace

from quals.combination import Rule, RuleSet, Unit, clashes
from tests.quals.combination.oracle import catalogue

UNITS = [Unit("a", 6, 3, "B"), Unit("b", 6, 4, "B"), Unit("c", 6, 4, "C")]
TOTAL = Rule("T", "at_least", "credits", 20)
B12 = Rule("B", "at_least", "credits", 12, groups=frozenset("B"))
ONE_OF_B = Rule("P", "at_most", "units", 1, groups=frozenset("B"))


def test_clash_names_the_rules_and_says_why():
    (clash,) = clashes(RuleSet(UNITS, [B12, ONE_OF_B]))
    assert set(clash.rules) == {"B", "P"}
    assert "at most 1 unit of group B" in clash.sentence


def test_each_contradiction_is_named():
    assert [each.rules for each in clashes(RuleSet(UNITS, [TOTAL, B12, ONE_OF_B]))] == [("T",), ("B", "P")]


def test_clash_of_the_other_reading_says_of_which_rule():
    other = replace(B12, amount=13)
    (clash,) = clashes(RuleSet(UNITS, [replace(B12, confidence="disputed", alternative=other)]))
    assert (clash.rules, clash.reading) == (("B",), "B")


def test_no_rule_set_of_the_catalogue_contradicts_itself():
    for rules in catalogue().values():
        assert clashes(rules) == ()
