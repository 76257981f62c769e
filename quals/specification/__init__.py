"""A specification document becomes a qualification pack: pure Python, no Django, imports nothing of ours
but the engine that its rules of combination are tried with.

    pack = read_specification(path.read_bytes(), path.name)
    pack["findings"]            # what a careful person would want to know before publishing
    facts_only(pack)            # the same without the awarding organisation's wording

The format is described by `pack.schema.json` beside this file. Reading the same bytes gives the same pack.
"""

from collections.abc import Callable

from . import pack as _pack
from . import reading as _reading
from .pack import InvalidPack
from .read import document_lines
from .refusal import NotASpecification

__all__ = [
    "InvalidPack",
    "NotASpecification",
    "as_json",
    "document_lines",
    "facts_only",
    "read_specification",
    "validate",
]


def read_specification(data: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> dict:
    """The pack of a specification document, validated.

    `name` is the file's name, kept as the pack's source and used for nothing else. `progress` is told how much of
    how much is done as each stage and each unit is finished. Raises NotASpecification,
    with one sentence for the person who chose the file, where the bytes are no specification or are one in a
    layout that cannot be read yet. What could be read only in part, or in two ways, stands in the findings.
    """
    return _reading.read_specification(data, name, progress)


def facts_only(pack: dict) -> dict:
    """A copy without the wording of outcomes, criteria and evidence requirements; all else in place."""
    return _pack.facts_only(pack)


def as_json(pack: dict) -> str:
    """The pack as it is printed and committed: indented, keys in the format's own order."""
    return _pack.as_json(pack)


def validate(pack: dict) -> None:
    """Raise InvalidPack, saying where, unless the pack fits the schema and everything it names is in it."""
    _pack.validate(pack)
