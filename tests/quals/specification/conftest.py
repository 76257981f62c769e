"""The documents that the importer is tried on: our own, and the real ones where a folder of them is named."""

import json
import os
from pathlib import Path

import pytest

from quals.specification import read_specification

FIXTURES = Path(__file__).parents[3] / "fixtures"
PROQUAL_QAN = "601/4756/8"


@pytest.fixture(scope="session")
def specifications():
    """The folder of real specification documents."""
    folder = os.environ.get("ATTEST_SPECIFICATIONS")
    if not folder:
        pytest.skip("ATTEST_SPECIFICATIONS names no folder of specification documents")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def facts(specifications):
    """The hand-checked facts of ProQual's document."""
    path = specifications.parent / "facts" / "proqual-601-4756-8.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def proqual(specifications, facts):
    """ProQual's document, as bytes."""
    return (specifications / facts["source"]).read_bytes()


@pytest.fixture(scope="session")
def proqual_pack(proqual, facts):
    return read_specification(proqual, facts["source"])


@pytest.fixture(scope="session")
def demonstration():
    return (FIXTURES / "specifications" / "demonstration.txt").read_bytes()


@pytest.fixture(scope="session")
def demonstration_pack(demonstration):
    return read_specification(demonstration, "demonstration.txt")
