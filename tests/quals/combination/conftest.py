"""The ways in which the engine may answer: small questions would else all be answered in the first."""

import pytest

from quals.combination import bits, subsets, tables

WAYS = {
    "subsets": (),
    "sums": ((subsets, "MOST"),),
    "sums in another order": ((subsets, "MOST"), (bits, "NARROW"), (bits, "CUT")),
    "solver": ((bits, "WIDEST"), (tables, "MOST_STATES")),
}


@pytest.fixture(params=WAYS)
def engine(request, monkeypatch):
    """Nothing fits into the ways that come before this one, so that it has to answer."""
    for module, limit in WAYS[request.param]:
        monkeypatch.setattr(module, limit, 0)
    return request.param
