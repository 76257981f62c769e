"""Evidence requirements are read whole, whatever the conversion made of their list."""

import hashlib
import json
from pathlib import Path

import pytest

from quals.specification.findings import Findings
from quals.specification.read import Line, numbered_lines
from quals.specification.requirements.requirements import read_requirements

FACTS = json.loads((Path(__file__).parent / "facts" / "requirements.json").read_text(encoding="utf-8"))
HEAD = "Evidence requirements\n\n"


def read(text, findings=None):
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    return read_requirements(lines, "unit 7", findings if findings is not None else Findings())


def shapes(requirements):
    return [(each["number"], each["kind"], each.get("choose"), each.get("of", [])) for each in requirements]


BAKING = [
    (1, "context", None, []),
    (2, "coverage", 2, ["rye loaves", "a plain bun", "cakes."]),
    (3, "other", None, []),
]


@pytest.mark.parametrize(
    "text",
    [
        """- 1 Your evidence should come from a real job.
- 2 Your evidence must show two of these bakes:
 - a rye loaves
 - b a plain bun
 - c cakes.
- 3 The oven may be gas or electric.""",
        """- 1        Your evidence should come from a real job.
- 2        Your evidence must show two of these bakes:
  - a          rye loaves

  - b          a plain bun
  - c          cakes.

- 3        The oven may be gas or electric.""",
        """1. Your evidence should come from a real job.
2. Your evidence must show two of these bakes:
(a) rye loaves
(b) a plain bun
(c) cakes.
3. The oven may be gas or electric.""",
        """1        Your evidence should come from a real job.
2        Your evidence must show two of these bakes:
a  rye loaves
b  a plain bun
c  cakes.
3        The oven may be gas or electric.""",
        """1\tYour evidence should come from a real job.
2\tYour evidence must show two of these bakes:
\ta\trye loaves
\tb\ta plain bun
\tc\tcakes.
3\tThe oven may be gas or electric.""",
        """| No. | Evidence requirement |
|-----|----------------------|
| 1 | Your evidence should come from a real job. |
| 2 | <p>Your evidence must show two of these bakes:</p> <p>a rye loaves</p> <p>b a plain bun</p> <p>c cakes.</p> |
| 3 | The oven may be gas or electric. |""",
        """- 1 Your evidence should come from a real job.
- 2 Your evidence must show two of these bakes:
- rye loaves
- a plain bun
- cakes.
- 3 The oven may be gas or electric.""",
        """1 Your evidence should come from a real job.
2 Your evidence must show two of these bakes: a rye loaves b a plain bun
 - c cakes. 3 The oven may be gas or electric.""",
        """1

Your evidence should come from a real job.

2

Your evidence must show two of these bakes:

a

rye loaves

b

a plain bun

c

cakes.

3

The oven may be gas or electric.""",
        """<b>1</b> Your evidence should come from a real job.
**2** Your evidence must show two of these bakes:
• a) rye loaves
• b) a plain bun
• c) cakes.
(3) The oven may be gas or electric.""",
    ],
    ids=["bullets", "wide", "stops", "bare", "cells", "pipes", "unlettered", "run-in", "marks alone", "tags"],
)
def test_list_in_every_form_is_read_alike(text):
    findings = Findings()
    requirements = read(HEAD + text, findings)
    assert shapes(requirements) == BAKING
    assert requirements[1]["text"] == "Your evidence must show two of these bakes:"
    assert findings.entries == []


def test_doubtful_choice_is_a_warning():
    findings = Findings()
    (requirement,) = read(HEAD + "- 1 You must show in two kitchens:\n - a buns\n - b cakes\n - c pies", findings)
    assert requirement["choose"] == "all"
    assert [(entry["line"], entry["code"], entry["severity"]) for entry in findings.entries] == [
        (3, "choice-unclear", "warning")
    ]


def test_sentence_that_asks_for_nothing_more_is_neither_requirement_nor_finding():
    findings = Findings()
    text = "- 1 You must bake.\n\nThere are no further evidence requirements in this bakery."
    assert len(read(HEAD + text, findings)) == 1
    assert findings.entries == []


def test_repeated_number_is_repaired_and_noted():
    findings = Findings()
    requirements = read(HEAD + "- 1 You must bake.\n- 2 You must sell.\n2. You may taste.\n3. You may rest.", findings)
    assert [each["number"] for each in requirements] == [1, 2, 3, 4]
    assert [(entry["line"], entry["severity"], entry["printed"], entry["read"]) for entry in findings.entries] == [
        (5, "note", "2", "3"),
        (6, "note", "3", "4"),
    ]


def test_misprinted_number_between_two_right_ones_is_repaired():
    findings = Findings()
    requirements = read(HEAD + "- 1 You must bake.\n- 8 You must sell.\n- 3 You may taste.", findings)
    assert [each["number"] for each in requirements] == [1, 2, 3]
    assert [entry["severity"] for entry in findings.entries] == ["note"]


def test_lost_number_is_certain_where_the_sequence_has_a_gap():
    findings = Findings()
    requirements = read(HEAD + "- 1 You must bake.\n- You must sell.\n- 3 You may taste.", findings)
    assert [(each["number"], each["text"]) for each in requirements] == [
        (1, "You must bake."),
        (2, "You must sell."),
        (3, "You may taste."),
    ]
    assert [(entry["code"], entry["severity"]) for entry in findings.entries] == [("requirement-number", "note")]


def test_paragraph_without_a_number_belongs_to_the_requirement_before_it_where_there_is_no_gap():
    requirements = read(HEAD + "- 1 You must bake.\n\nThe oven must be hot.\n\n- 2 You must sell.")
    assert [each["text"] for each in requirements] == ["You must bake. The oven must be hot.", "You must sell."]


def test_missing_requirement_blocks_publishing():
    findings = Findings()
    requirements = read(HEAD + "- 1 You must bake.\n- 2 You must sell.\n- 4 You may taste.", findings)
    assert [each["number"] for each in requirements] == [1, 2, 4]
    assert [(entry["line"], entry["severity"], entry["code"]) for entry in findings.entries] == [
        (5, "error", "requirement-missing")
    ]


def test_part_without_any_number_is_numbered_in_order():
    findings = Findings()
    requirements = read(HEAD + "You must bake.\n\nYou must sell:\n- buns\n- cakes\n\nYou may taste.", findings)
    assert [(each["number"], each.get("of")) for each in requirements] == [(1, None), (2, ["buns", "cakes"]), (3, None)]
    assert [entry["severity"] for entry in findings.entries] == ["note"]


def test_sentence_and_item_cut_by_a_page_break_go_on():
    text = """- 1 You must show that you have baked for

12

guests of the house who:
 - a eat slowly
 - b eat with their

own spoons."""
    findings = Findings()
    (requirement,) = read(HEAD + text, findings)
    assert requirement["text"] == "You must show that you have baked for guests of the house who:"
    assert requirement["of"] == ["eat slowly", "eat with their own spoons."]
    assert findings.entries == []


def test_page_number_is_not_the_next_requirement():
    findings = Findings()
    requirements = read(HEAD + "- 1 You must bake for\n\n2\n\nguests.\n\n2\n\n- 2 You must sell.", findings)
    assert [each["text"] for each in requirements] == ["You must bake for guests.", "You must sell."]
    assert findings.entries == []


def test_line_that_begins_with_the_word_a_is_no_item():
    (requirement,) = read(HEAD + "- 1 You must show that you have baked\n\na cake for guests.")
    assert requirement == {
        "number": 1,
        "kind": "other",
        "text": "You must show that you have baked a cake for guests.",
    }


def test_part_goes_on_after_the_repeated_heading_of_the_unit():
    text = """- 1 You must show two of these bakes:
 - a buns

## Unit 7 Bake for guests

  - b cakes
  - c pies

Unit 7

- 2 You must sell.

## Unit 7 Bake for guests

### Evidence requirements (continued)

- 3 You may taste."""
    findings = Findings()
    requirements = read("### Evidence requirements\n\n" + text, findings)
    assert shapes(requirements) == [
        (1, "coverage", 2, ["buns", "cakes", "pies"]),
        (2, "other", None, []),
        (3, "other", None, []),
    ]
    assert findings.entries == []


@pytest.mark.parametrize(
    "end",
    ["Level: 4\nCredit value: 3", "Unit 8\n\nServe the guests", "## Teaching guidance", "Appendix 2 Where to ask"],
)
def test_part_ends_at_the_next_section(end):
    findings = Findings()
    assert len(read(f"{HEAD}- 1 You must bake.\n\n{end}\n\n- 1 Bake your own bread\n- 5 Sell it", findings)) == 1
    assert findings.entries == []


def test_nested_items_stay_with_the_item_above_them():
    text = "- 1 You must serve guests:\n - a noisy because of:\n   - (i) their age\n   - (ii) their number\n - b calm."
    (requirement,) = read(HEAD + text)
    assert requirement["of"] == ["noisy because of: (i) their age (ii) their number", "calm."]


def test_items_numbered_like_requirements_are_items():
    text = "- 1 You must bake.\n- 2 You must serve:\n  - 1 Buns\n  - 2 Cakes\n  - 3 Pies\n- 3 You may taste."
    assert shapes(read(HEAD + text))[1:] == [
        (2, "coverage", "all", ["Buns", "Cakes", "Pies"]),
        (3, "other", None, []),
    ]


def test_lost_item_is_a_warning_and_a_misprinted_letter_a_note():
    findings = Findings()
    text = "- 1 You must serve:\n - a buns\n - c pies\n - d tarts\n- 2 You must sell:\n - a buns\n - a cakes\n - c pies"
    requirements = read(HEAD + text, findings)
    assert [each["of"] for each in requirements] == [["buns", "pies", "tarts"], ["buns", "a cakes", "pies"]]
    assert [(entry["line"], entry["severity"], entry["code"]) for entry in findings.entries] == [
        (5, "warning", "item-missing"),
        (9, "note", "item-letter"),
    ]


def test_what_cannot_be_placed_is_a_finding_with_its_line():
    findings = Findings()
    assert len(read(HEAD + "- 1 You must bake.\n\nBread is better fresh.\n\n- 2 You must sell.", findings)) == 2
    assert [(entry["line"], entry["severity"], entry["code"]) for entry in findings.entries] == [
        (5, "warning", "text-left-over")
    ]


def test_lost_heading_is_found_by_the_first_sentence():
    findings = Findings()
    requirements = read("- 3.9 explain the crust\n\n- 1 Your evidence must be fresh.\n- 2 You must sell.", findings)
    assert [each["number"] for each in requirements] == [1, 2]
    assert [entry["code"] for entry in findings.entries] == ["evidence-heading-lost"]


def test_unit_without_the_part_has_no_requirements():
    findings = Findings()
    assert read("Learning outcomes\n\n- 1 Bake bread\n- evidence requirements.\n- 1.1 bake", findings) == []
    assert findings.entries == []


def test_heading_in_a_table_row_opens_the_part():
    assert shapes(read("Aim:\tBaking\nEvidence requirements:\t<p>1 You must bake.</p> <p>2 You must sell.</p>")) == [
        (1, "other", None, []),
        (2, "other", None, []),
    ]


def stand_in_units(data, keys):
    """The lines of each unit, cut where its level and credit value are printed."""
    lines = numbered_lines(data)
    starts = [
        index
        for index, line in enumerate(lines)
        if line.text.strip("*# ").startswith("Level")
        and any("redit value" in near.text for near in lines[index : index + 3])
    ]
    ends = [*starts[1:], len(lines)]
    return dict(zip(keys, (lines[start:end] for start, end in zip(starts, ends, strict=True)), strict=False))


@pytest.mark.parametrize("digest", sorted(FACTS))
def test_every_requirement_of_a_real_document(specifications, digest):
    files = (path.read_bytes() for path in sorted(specifications.iterdir()))
    data = next((each for each in files if hashlib.sha256(each).hexdigest() == digest), None)
    if data is None:
        pytest.skip("the document that these facts were made from is not in the folder")
    findings = Findings()
    for key, lines in stand_in_units(data, FACTS[digest]).items():
        found = read_requirements(lines, f"unit {key}", findings)
        assert [as_fact(requirement) for requirement in found] == FACTS[digest][key], key
    assert findings.count("text-left-over") == 0


def as_fact(requirement):
    wording = "\n".join([requirement["text"], *requirement.get("of", [])])
    return {
        "number": requirement["number"],
        "kind": requirement["kind"],
        "choose": requirement.get("choose"),
        "of": len(requirement.get("of", [])),
        "sha256": hashlib.sha256(wording.encode()).hexdigest(),
    }
