"""The five documents, held against facts that people read out of them."""

import json
from pathlib import Path

import pytest

from quals.specification import read_specification, validate
from tests.quals.specification.differences import differences

OURS = Path(__file__).parent / "facts"
# document → (facts, qualifications, units with a page, outcomes, criteria)
DOCUMENTS = {
    "000": (OURS / "cg-3412-imported.json", 0, 20, 75, 293),
    "001": ("pearson-601-3478-1.json", 1, 45, 130, 617),
    "002": ("proqual-601-4756-8.json", 1, 34, 108, 514),
    "003": (OURS / "cg-4430.json", 1, 17, 57, 364),
    "004": ("cg-3412.json", 5, 43, 153, 655),
}


@pytest.fixture(scope="session")
def read_once(specifications):
    """Each document's pack, read when first asked for."""
    packs = {}

    def read(name):
        if name not in packs:
            path = next(specifications.glob(f"{name}_*"))
            packs[name] = read_specification(path.read_bytes(), path.name)
        return packs[name]

    return read


def facts_of(name, specifications):
    path = DOCUMENTS[name][0]
    path = path if isinstance(path, Path) else specifications.parent / "facts" / path
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_unit_outcome_and_criterion_is_as_people_read_it(name, read_once, specifications):
    assert differences(read_once(name), facts_of(name, specifications)) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_counts_are_those_of_the_document(name, read_once):
    pack = read_once(name)
    paged = [unit for unit in pack["units"] if unit["outcomes"]]
    outcomes = [outcome for unit in paged for outcome in unit["outcomes"]]
    criteria = sum(len(outcome["criteria"]) for outcome in outcomes)
    counted = (len(pack["qualifications"]), len(paged), len(outcomes), criteria)
    assert counted == DOCUMENTS[name][1:]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_leaves_the_importer_is_a_valid_pack(name, read_once):
    validate(read_once(name))
