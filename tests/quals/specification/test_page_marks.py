"""What stands on every page of a document is no part of its units, and what only looks like it stays."""

import pytest

from .test_criteria import read, said, texts
from .test_requirements import HEAD
from .test_requirements import read as requirements


def test_a_page_s_number_that_is_the_outcome_s_is_no_outcome():
    outcomes, findings = read("Outcome 1: Know paint\n\n- 1.1 Name a paint\n\n1\n\n- 1.2 Mix")
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "Mix"}
    assert findings == []


@pytest.mark.parametrize("bullet", ["- ", ""])
def test_a_line_between_codes_in_the_form_of_its_neighbours_is_the_missing_criterion(bullet):
    lines = [f"{bullet}{words}" for words in ("1.1 Name a paint", "Mix two paints", "1.3 Stir")]
    outcomes, findings = read("Outcome 1: Know paint\n\n" + "\n".join(lines))
    assert texts(outcomes) == {"1.1": "Name a paint", "1.2": "Mix two paints", "1.3": "Stir"}
    assert said(findings) == [("note", "criterion-code-lost", "unit 7, 1.2")]


def test_an_address_at_a_page_s_foot_is_no_part_of_a_requirement():
    text = "- 1 You must show two of these:\n  - a oak\n\nwww.lanterns.example\n\n  - b ash\n  - c elm"
    assert requirements(HEAD + text)[0]["of"] == ["oak", "ash", "elm"]


def test_an_address_that_a_requirement_leads_to_is_part_of_it():
    text = "- 1 You must follow the rules that are printed at\n\nwww.lanterns.example"
    assert requirements(HEAD + text)[0]["text"].endswith("printed at www.lanterns.example")
