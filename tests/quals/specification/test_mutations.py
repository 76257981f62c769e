"""However a document is damaged, what comes out is a pack that holds together and invents nothing, or one sentence.

`MUTATIONS=5000` tries so many damaged documents of each kind instead of a few, others every time.
"""

import copy
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quals.specification import as_json

from .conftest import FIXTURES
from .mutations import ENCODINGS, KINDS, NAMES, Step, damaged
from .promises import broken_in, broken_promises, read

ROOT = Path(__file__).parents[3]
MANY = int(os.environ.get("MUTATIONS", "0"))
RUNS = [1, 1, 1, 2, 3, 5, 12, 40, 100_000]
PLACES = st.floats(0, 1, allow_nan=False)
STEPS = st.builds(
    Step,
    name=st.sampled_from(NAMES),
    kind=st.sampled_from(list(KINDS)),
    at=PLACES,
    other=PLACES,
    run=st.sampled_from(RUNS),
    every=st.sampled_from([1, 1, 2, 3, 7, 50]),
)
DAMAGE = st.tuples(
    st.lists(STEPS, min_size=1, max_size=12),
    st.one_of(st.just("utf-8"), st.sampled_from(list(ENCODINGS))),
    PLACES,
)


def trying(examples):
    return settings(
        max_examples=MANY or examples,
        derandomize=not MANY,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.fixture(scope="session")
def texts(specifications):
    """The real documents' texts, by the first letters of their names."""
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(specifications.glob("*.txt"))}


@trying(80)
@given(DAMAGE)
def test_our_own_document_is_read_or_refused_however_damaged(demonstration, damage):
    assert broken_promises(damaged(demonstration.decode(), *damage)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
@trying(12)
@given(DAMAGE)
def test_a_real_document_is_read_or_refused_however_damaged(name, texts, damage):
    assert broken_promises(damaged(texts[name], *damage)) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("at", [0.3, 0.98])
def test_our_own_document_in_any_encoding(encoding, at, demonstration):
    assert broken_promises(damaged(demonstration.decode(), [], encoding, at)) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["any", "code"])
def test_every_kind_of_damage_everywhere(kind, demonstration):
    for number, name in enumerate(NAMES):
        step = Step(name, kind, 0.1, number / len(NAMES), 100_000, 2)
        assert broken_promises(damaged(demonstration.decode(), [step], "utf-8", 0.5)) == [], name


def test_a_word_that_no_line_has_and_a_line_that_is_not_there_are_noticed(demonstration, demonstration_pack):
    """What the tests above look for can be found."""
    lines = demonstration.decode().split("\n")
    pack = copy.deepcopy(demonstration_pack)
    assert broken_in(pack, lines) == []
    criterion = pack["units"][3]["outcomes"][1]["criteria"][0]
    criterion["text"] += " zeppelins"
    pack["units"][4]["outcomes"][0]["line"] = len(lines) + 1
    invented, missing = sorted(broken_in(pack, lines), key=len, reverse=True)
    assert "zeppelins" in invented
    assert str(len(lines) + 1) in missing


# --- The same bytes give the same pack ------------------------------------------------------------------


def digests():
    """Of what is read of our own document, damaged in every way."""
    text = (FIXTURES / "specifications" / "demonstration.txt").read_text(encoding="utf-8")
    packs = (read(damaged(text, [Step(name, "code", 0.3, 0.6, 12, 3)], "utf-8", 0)) for name in NAMES)
    return [
        hashlib.sha256(str(pack if isinstance(pack, str) else as_json(pack)).encode()).hexdigest() for pack in packs
    ]


def test_the_same_bytes_give_the_same_pack_in_another_process():
    """Another seed for hashes: nothing may hang on the order of a set."""
    say = "from tests.quals.specification.test_mutations import digests; print(*digests())"
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    other = subprocess.run([sys.executable, "-c", say], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert other.stdout.decode().split() == digests()
