"""Structures made from known rules: what is read is right, what is not read is an error, and prose is no rule."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.specification.checks import qan_check_character, uan_check_character
from quals.specification.findings import Findings
from quals.specification.read import Line
from quals.specification.structures.qualifications import read_qualifications

from .making_structures import make

SEEDS = st.integers(0, 100_000)


def read(text):
    findings = Findings()
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    (read,) = read_qualifications(lines, None, findings)
    return read, lines, findings.as_list()


def sayings(bounds):
    """Bounds in a form that can be compared, whatever the order of the units they name."""
    return {
        (bound, measure, amount, str({name: sorted(v) if name == "units" else v for name, v in sorted(of.items())}))
        for bound, measure, amount, of in bounds
    }


def bounds_of(qualification):
    return [(r["bound"], r["measure"], r["amount"], r["of"]) for r in qualification.rules]


def usual(text):
    return " ".join(text.replace("*", "").split()).replace(" (", "(").rstrip(".;")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(SEEDS)
def test_every_rule_of_a_made_structure_is_read_as_it_was_meant(seed):
    truth = make(seed)
    qualification, lines, findings = read(truth.text)
    assert sayings(bounds_of(qualification)) == sayings(truth.bounds)
    assert [(p.group, p.number, p.uan, p.level, p.credit, p.glh) for p in qualification.places] == [
        (code, u["number"], u["uan"], u["level"], u["credit"], u["glh"])
        for code, units in truth.groups.items()
        for u in units
    ]
    errors = {f["line"] for f in findings if f["severity"] == "error"}
    assert errors == {line.number for line in lines for words in truth.unread if usual(words) in usual(line.text)}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SEEDS, st.integers(0, 10_000), st.sampled_from(["", "not ", "some ", "fresh ", "other than unit 999 "]))
def test_a_word_that_is_not_understood_never_changes_another_rule(seed, at, word):
    truth = make(seed)
    lines = truth.text.split("\n")
    rules = [i for i, line in enumerate(lines) if " from " in line and "\t" not in line]
    if rules and word:
        i = rules[at % len(rules)]
        lines[i] = lines[i].replace(" from ", f" from {word}", 1)
    qualification, _, findings = read("\n".join(lines))
    extra = sayings(bounds_of(qualification)) - sayings(truth.bounds)
    lost = sayings(truth.bounds) - sayings(bounds_of(qualification))
    assert not extra
    assert not lost or any(f["severity"] == "error" for f in findings)


QAN = "600/7001/" + qan_check_character("600/7001")
HEAD = "Unit reference number\tUnit\tUnit title\tLevel\tCredit value\tGLH"


def row(number, level, credit):
    digits = f"700/0{number}"
    return f"{uan_check_character(digits)}/{digits}\t{number}\tRing bell {number}\t{level}\t{credit}\t{credit * 5}"


A = ["Mandatory Group A", "", HEAD, row(101, 3, 4), row(102, 3, 6), ""]
B = ["Optional Group B", "", HEAD, row(201, 3, 5), row(202, 4, 5), row(203, 3, 4), ""]
C = ["Optional Group C", "", HEAD, row(301, 2, 3), row(302, 4, 6), ""]
TOTAL, WHOLE = ("at_least", "credits", 25, {}), ("at_least", "units", 2, {"groups": ["A"]})


def between(*middle, tables=(A, B, C)):
    top = [
        "# Level 3 Diploma in Bells",
        "",
        f"Qualification number\t{QAN}",
        "Level\t3",
        "",
        "## Qualification structure",
    ]
    lines = [*top, "", "Learners must achieve a minimum of 25 credits.", "", *middle, ""]
    text = "\n".join([*lines, *(line for table in tables for line in table), "", "## Centres", "", "A bell each."])
    qualification, _, findings = read(text)
    rules = [bound for bound in bounds_of(qualification) if bound not in (TOTAL, WHOLE)]
    return rules, [f for f in findings if f["severity"] == "error"]


def least(amount, *codes):
    return ("at_least", "credits", amount, {"groups": list(codes)})


def most(amount, *codes):
    return ("at_most", "credits", amount, {"groups": list(codes)})


@pytest.mark.parametrize(
    ("lines", "rules"),
    [
        (["Group\tMinimum credits\tMaximum credits", "B\t9\t14", "C\t-\t6"],
         [least(9, "B"), most(14, "B"), most(6, "C")]),
        (["Group\tCredits", "Mandatory\t10", "Optional\t15", "Total\t25"], [least(15, "B", "C")]),
        (["Learners must achieve at least", "9 credits from Group B."], [least(9, "B")]),
        (["At least 9 credits from", "Groups B and C. No more than 6 credits from", "Group C."],
         [least(9, "B", "C"), most(6, "C")]),
        (["Only one of the following units may be taken:", "- Unit 201", "- Unit 302 Ring bell 302"],
         [("at_most", "units", 1, {"units": ["201", "302"]})]),
        (["Max. 6 credits from Group C. Min. 9 credits from Group B."], [least(9, "B"), most(6, "C")]),
        (["Group A\tAll units must be completed", "Group B\tAt least 9 credits"], [least(9, "B")]),
    ],
)  # fmt: skip
def test_tables_lists_and_broken_lines(lines, rules):
    read_rules, errors = between(*lines)
    assert sayings(read_rules) == sayings(rules)
    assert errors == []


@pytest.mark.parametrize(
    "lines",
    [
        ["Learners registered before 1 September 2014 must achieve 9 credits from Group B."],
        ["Learners must choose one of these routes:", "- Tower", "- Chamber"],
        ["Pathway 1 – Tower"],
        ["Units\tBarred units", "201\t302"],
        ["No credits may be taken from Group C."],
        ["Either 5 credits from Group B or 6 credits from Group C"],
        ["At least 9 credits from Group B or 6 credits from Group C."],
        ["The remaining credits may come from Group B, at most 5."],
    ],
)
def test_what_no_bound_can_say_is_an_error(lines):
    rules, errors = between(*lines)
    assert rules == []
    assert errors
    assert {f["code"] for f in errors} == {"rule-unread"}


def test_a_title_keeps_its_kind_before_what_is_to_be_achieved():
    tables = (
        ["Group A – Mandatory units (all units must be achieved)", *A[1:]],
        ["Group B – Optional units: a minimum of 9 credits must be achieved from this group", *B[1:]],
        [*C[:-1], "\t\tTotal credits\t\t9\t45", ""],
    )
    rules, errors = between(tables=tables)
    assert (rules, errors) == ([least(9, "B")], [])
