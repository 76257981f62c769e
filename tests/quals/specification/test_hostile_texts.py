"""Texts made to be slow: each of these would hang if what it has many of were looked through once for each of them."""

import pytest

from .promises import read

MANY = 15_000
HEADS = "<b>Group A"
FIRST_CRITERION = "<p>1 "


def uan(number):
    return f"A/{number // 10_000:03}/{number % 10_000:04}"


def unit(number):
    return (
        f"## Unit {number}\n\n### Lamp keeping {number}\nUAN: {uan(number)}\nLevel: 3\nCredit value: 4\n"
        f"Learning outcomes\tAssessment criteria\n1 Understand lamps\t1.1 Say what lamps are\n\t1.2 Trim them"
    )


# name → (behind which line of our own document they stand, or at its end; the line with this number)
LINES = {
    "lines that go on": (FIRST_CRITERION, lambda n: "and so it goes on"),
    "bare codes": (FIRST_CRITERION, lambda n: f"{n % 99}.{n % 97}"),
    "criteria": (FIRST_CRITERION, lambda n: f"\t1.{n % 99 + 1} Trim the lamp"),
    "outcomes": (FIRST_CRITERION, lambda n: f"{n % 99 + 1} Understand lamps\t{n % 99 + 1}.1 Trim"),
    "outcome headings": (FIRST_CRITERION, lambda n: f"Learning outcome {n % 99 + 1}: Lamps"),
    "amplification": (FIRST_CRITERION, lambda n: f"AC1.{n % 99 + 1}: Trim the lamp"),
    "items": (FIRST_CRITERION, lambda n: "- lamps"),
    "group titles": (HEADS, lambda n: "Group B"),
    "rows of groups": (HEADS, lambda n: f"\tOptional group C{n % 10}\t\t"),
    "rows of units": (HEADS, lambda n: f"{uan(n)}\tLamps {n}\t3\t4\t30"),
    "rules": (HEADS, lambda n: f"Learners must achieve {n} credits from Group A."),
    "contents": (HEADS, lambda n: f"Unit {n}\tLamps {n}\t{n % 900}"),
    "headings of units": (None, lambda n: f"## Unit {n} Lamps"),
    "references": (None, lambda n: f"UAN: {uan(n)}"),
    "whole units": (None, lambda n: unit(n) if n % 9 == 0 else ""),
    "one unit's pages": (None, lambda n: unit(1) if n % 9 == 0 else ""),
    "tables": (None, lambda n: f"Unit number\tTitle\n{n}\tLamps" if n % 2 else "Appendix 1"),
    "requirements": (None, lambda n: f"Evidence requirements\n{n % 99 + 1} Your evidence must show lamps."),
}


def with_many(demonstration, place, line):
    lines = demonstration.decode().split("\n")
    at = next(i for i, text in enumerate(lines) if text.startswith(place)) + 1 if place else len(lines)
    return "\n".join([*lines[:at], *map(line, range(MANY)), *lines[at:]]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_many_of_one_kind_end_in_a_pack_or_a_refusal(name, demonstration):
    assert read(with_many(demonstration, *LINES[name]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", ["1.2 Trim ", "1.2 Trim 1.3 trim ", "<p>lamp", "<", "registered ", "Unit 5 ", "(", "| "]
)
def test_many_words_of_one_kind_end_in_a_pack_or_a_refusal(words, demonstration):
    longest = (words * 39_000)[:39_000]
    lines = demonstration.decode().split("\n")
    for place in (FIRST_CRITERION, HEADS):
        at = next(i for i, text in enumerate(lines) if text.startswith(place)) + 1
        assert read("\n".join([*lines[:at], *[longest] * 10, *lines[at:]]).encode())


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("and so it goes on\n" * 61_000, "more text than any specification"),
        (("lamp " * 1_000 + "\n") * 3_000, "more text than any specification"),
        ("1.2 Trim the lamp " * 3_000, "longer lines than any specification"),
    ],
    ids=["lines", "characters", "one line"],
)
def test_far_more_than_any_specification_is_refused_at_once(more, words, demonstration):
    assert words in read(demonstration + more.encode())


@pytest.mark.parametrize("entity", ["&#" + "9" * 5000 + ";", "&#x" + "f" * 5000 + ";", "&#0;", "&" + "a" * 5000])
def test_entities_that_cannot_be_resolved_stay_as_they_are(entity, demonstration):
    criterion = demonstration.replace(b"Explain who", f"Explain {entity} who".encode(), 1)
    assert isinstance(read(criterion), dict)
