"""Where something stands in a pack, as a path that stays the same when the document is read again.

    units/6/outcomes/1/criteria/1.1/text        qualifications/601-3478-1/rules/R5

Keys stand in a path with “-” for “/”, so that a QAN or a UAN is one part of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

NAMED_BY = {
    "units": "key",
    "outcomes": "number",
    "criteria": "code",
    "evidence_requirements": "number",
    "qualifications": "qan",
    "groups": "code",
    "rules": "id",
}
# Fields that a pack may leave out: of these, nothing is the same as none.
OPTIONAL = {"choose", "of", "test", "registered_from", "registered_before", "mark", "alternative", "minutes", "marks"}


class NoSuchPlace(LookupError):
    """The pack holds nothing at this path."""


@dataclass(frozen=True)
class Place:
    """A row of a list (`row` is its index) or a field of a row, with what holds it."""

    holder: dict | list
    name: str | int

    @property
    def value(self) -> object:
        return self.holder.get(self.name) if isinstance(self.holder, dict) else self.holder[self.name]

    def put(self, value: object) -> None:
        if isinstance(self.holder, dict) and value is None and self.name in OPTIONAL:
            self.holder.pop(self.name, None)
        else:
            self.holder[self.name] = value


def part_of(name: object) -> str:
    """A key as one part of a path or of an address."""
    return str(name).replace("/", "-")


def parent_of(path: str) -> str:
    return path.rpartition("/")[0]


def is_at_or_under(path: str, above: str) -> bool:
    return path == above or path.startswith(above + "/")


def find(pack: dict, path: str) -> Place:
    """The place that the path names; raises NoSuchPlace."""
    parts, node, place = path.split("/"), pack, None
    while parts:
        part = parts.pop(0)
        rows = node.get(part) if isinstance(node, dict) else None
        if part in NAMED_BY and isinstance(rows, list) and parts:
            place = Place(rows, _index(rows, _name_in(node, part), parts.pop(0), path))
        elif isinstance(node, dict) and place is not None and (part in node or part in OPTIONAL):
            place = Place(node, part)
        else:
            raise NoSuchPlace(path)
        node = place.value
    if place is None:
        raise NoSuchPlace(path)
    return place


def value_at(pack: dict, path: str) -> object:
    """What stands at the path; raises NoSuchPlace."""
    return find(pack, path).value


def has(pack: dict, path: str) -> bool:
    try:
        find(pack, path)
    except NoSuchPlace:
        return False
    return True


def _name_in(node: dict, part: str) -> str:
    """Rows of a group are places, which name their unit."""
    return "unit" if part == "units" and "format" not in node else NAMED_BY[part]


def _index(rows: list[dict], field: str, name: str, path: str) -> int:
    for index, row in enumerate(rows):
        if part_of(row[field]) == name:
            return index
    raise NoSuchPlace(path)


def path_of_unit(key: str) -> str:
    return f"units/{part_of(key)}"


def path_of_criterion(unit: dict, code: str) -> str:
    """Also of a criterion that is not there, where it would stand by its code."""
    for outcome in unit["outcomes"]:
        if any(criterion["code"] == code for criterion in outcome["criteria"]):
            return f"{path_of_unit(unit['key'])}/outcomes/{outcome['number']}/criteria/{code}"
    return f"{path_of_unit(unit['key'])}/outcomes/{code.split('.')[0]}/criteria/{code}"


def path_of_qualification(qan: str) -> str:
    return f"qualifications/{part_of(qan)}"


def pairs(path: str) -> Iterator[tuple[str, str]]:
    """(“units”, “6”), (“criteria”, “1.1”), (“text”, “”) of a path."""
    parts = path.split("/")
    while parts:
        part = parts.pop(0)
        yield part, parts.pop(0) if part in NAMED_BY and parts else ""


NOUNS: dict[str, Callable[[str], str]] = {
    "units": lambda name: f"unit {name}",
    "outcomes": lambda name: f"outcome {name}",
    "criteria": lambda name: name,
    "evidence_requirements": lambda name: f"evidence requirement {name}",
    "qualifications": lambda name: name.replace("-", "/"),
    "groups": lambda name: f"group {name}",
    "rules": lambda name: f"rule {name}",
}


def label_of(path: str) -> str:
    """The path in words: “unit 6, 1.1, text”."""
    steps = list(pairs(path))
    names = [part for part, _ in steps]
    words = [
        NOUNS[part](name) if part in NAMED_BY else part.replace("_", " ")
        for part, name in steps
        if not (part == "outcomes" and "criteria" in names)
    ]
    return ", ".join(words)
