"""A pack of one qualification becomes a CASE package: document, items, associations and the types of item."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from quals.specification.review.paths import path_of_unit

from .identifiers import identifier_of, type_identifier

VERSION = "1.1"
EXTENSION = "attest"
UNIT, OUTCOME, CRITERION = "Unit", "Learning outcome", "Assessment criterion"
TYPES = {
    UNIT: ("1", "A unit of a qualification, which is signed off and earns its credit as a whole."),
    OUTCOME: ("1.1", "What a learner will know, understand or be able to do, within a unit."),
    CRITERION: ("1.1.1", "What a learner has to show for a learning outcome to be met."),
}
TYPES_CHANGED_AT = "2024-01-01T00:00:00Z"
UNIT_FACTS = ("key", "number", "uan", "level", "credit", "glh", "kind", "routes", "test", "strategy")
WITHHELD = (
    "The wording is not shown: it belongs to {creator} and is shown to those who work at a centre that is approved "
    "for the qualification. Codes stand in its place."
)
ABSENT = "The wording is not in this catalogue: codes stand in its place."


@dataclass(frozen=True)
class Framework:
    """What a CFDocument says of a qualification. `may_read`: whether whoever asks is shown the wording."""

    identifier: UUID
    base: str
    title: str
    creator: str
    version: str
    qan: str
    level: int
    credits: int | None
    changed_at: datetime
    is_published: bool
    has_wording: bool
    may_read: bool
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def changed(self) -> str:
        return self.changed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def link(self, kind: str, identifier: UUID, title: str) -> dict:
        return {"title": title, "identifier": str(identifier), "uri": f"{self.base}/{kind}/{identifier}"}

    @property
    def without_words(self) -> str:
        return ABSENT if self.may_read else WITHHELD.format(creator=self.creator)


@dataclass(frozen=True)
class Match:
    """The same unit in another document: the key of ours, and where and what the other is."""

    key: str
    document: UUID
    other_key: str
    title: str


@dataclass
class _Package:
    framework: Framework
    items: list[dict] = field(default_factory=list)
    associations: list[dict] = field(default_factory=list)


def document_of(framework: Framework) -> dict:
    """The CFDocument as it stands by itself."""
    return _document(framework) | {"CFPackageURI": framework.link("CFPackages", framework.identifier, framework.title)}


def package_of(framework: Framework, pack: dict, matches: Iterable[Match] = ()) -> dict:
    """The CFPackage of the pack's one qualification; `matches` are its units in other documents."""
    qualification = pack["qualifications"][0]
    package = _Package(framework)
    by_key = {unit["key"]: unit for unit in pack["units"]}
    for sequence, key in enumerate(_structure_order(qualification, by_key), start=1):
        _add_unit(package, by_key[key], sequence)
    package.associations += [_match(framework, match, by_key[match.key]) for match in matches]
    source = {name: pack["source"][name] for name in ("title", "version", "wording")}
    ours = {"format": pack["format"], "source": source, "qualification": qualification, "units": list(by_key)}
    return {
        "CFDocument": _document(framework),
        "CFItems": package.items,
        "CFAssociations": package.associations,
        "CFDefinitions": {"CFItemTypes": item_types(framework.base)},
        "extensions": {EXTENSION: ours},
    }


def item_types(base: str) -> list[dict]:
    return [
        {
            "identifier": str(type_identifier(title)),
            "uri": f"{base}/CFItemTypes/{type_identifier(title)}",
            "title": title,
            "description": description,
            "hierarchyCode": code,
            "lastChangeDateTime": TYPES_CHANGED_AT,
        }
        for title, (code, description) in TYPES.items()
    ]


def _document(framework: Framework) -> dict:
    worth = f", {framework.credits} credits" if framework.credits is not None else ""
    facts = {
        "identifier": str(framework.identifier),
        "uri": f"{framework.base}/CFDocuments/{framework.identifier}",
        "caseVersion": VERSION,
        "creator": framework.creator,
        "title": framework.title,
        "lastChangeDateTime": framework.changed,
        "description": f"Qualification {framework.qan}, level {framework.level}{worth}.",
        "adoptionStatus": "Adopted" if framework.is_published else "Draft",
    }
    optional = {
        "version": framework.version,
        "statusStartDate": framework.starts_on and framework.starts_on.isoformat(),
        "statusEndDate": framework.ends_on and framework.ends_on.isoformat(),
        "notes": "" if framework.may_read and framework.has_wording else framework.without_words,
    }
    return facts | {name: value for name, value in optional.items() if value}


def _structure_order(qualification: dict, by_key: dict[str, dict]) -> Iterator[str]:
    """As the groups list them; a unit that stands in two groups once, and one that stands in none last."""
    placed = [place["unit"] for group in qualification["groups"] for place in group["units"]]
    yield from dict.fromkeys([*placed, *by_key])


def _add_unit(package: _Package, unit: dict, sequence: int) -> None:
    path, code = path_of_unit(unit["key"]), unit["uan"] or unit["number"] or unit["key"]
    ours = {name: unit[name] for name in UNIT_FACTS if name in unit}
    ours["evidence_requirements"] = unit["evidence_requirements"]
    hours = f", {unit['glh']} guided learning hours" if unit["glh"] is not None else ""
    credits = "1 credit" if unit["credit"] == 1 else f"{unit['credit']} credits"
    item = _item(package, path, UNIT, code, unit["title"]) | {
        "listEnumeration": unit["number"] or unit["key"],
        "educationLevel": [f"Level {unit['level']}"],
        "notes": f"Level {unit['level']}, {credits}{hours}.",
        "extensions": {EXTENSION: ours},
    }
    package.items.append(item)
    _add_child(package, path, f"{code} {unit['title']}", None, sequence)
    for place, outcome in enumerate(unit["outcomes"], start=1):
        _add_outcome(package, path, item, outcome, place)


def _add_outcome(package: _Package, unit_path: str, unit: dict, outcome: dict, sequence: int) -> None:
    path, number = f"{unit_path}/outcomes/{outcome['number']}", str(outcome["number"])
    level = {"educationLevel": unit["educationLevel"]}
    item = _worded(package, path, OUTCOME, number, f"Outcome {number}", outcome["text"]) | level
    item.setdefault("extensions", {}).setdefault(EXTENSION, {})["kind"] = outcome["kind"]
    package.items.append(item)
    above = (unit_path, f"{unit['humanCodingScheme']} {unit['fullStatement']}")
    _add_child(package, path, f"Outcome {number}", above, sequence)
    for place, criterion in enumerate(outcome["criteria"], start=1):
        code, below = criterion["code"], f"{path}/criteria/{criterion['code']}"
        package.items.append(_worded(package, below, CRITERION, code, f"Criterion {code}", criterion["text"]) | level)
        _add_child(package, below, f"Criterion {code}", (path, f"Outcome {number}"), place)


def _item(package: _Package, path: str, kind: str, code: str, statement: str) -> dict:
    framework = package.framework
    identifier = identifier_of(framework.identifier, path)
    return {
        "identifier": str(identifier),
        "uri": f"{framework.base}/CFItems/{identifier}",
        "fullStatement": statement,
        "humanCodingScheme": code,
        "CFItemType": kind,
        "CFItemTypeURI": framework.link("CFItemTypes", type_identifier(kind), kind),
        "lastChangeDateTime": framework.changed,
    }


def _worded(package: _Package, path: str, kind: str, code: str, name: str, text: str) -> dict:
    """An item whose statement is the awarding organisation's; where it is not to be had, its name stands there."""
    item = _item(package, path, kind, code, text or name) | {"listEnumeration": code}
    if text:
        return item
    return item | {"notes": package.framework.without_words, "extensions": {EXTENSION: {"wording": False}}}


def _add_child(package: _Package, path: str, title: str, above: tuple[str, str] | None, sequence: int) -> None:
    """`above` is the path and the title of the item that it is a child of; None: of the document."""
    framework = package.framework
    parent = framework.link("CFDocuments", framework.identifier, framework.title)
    if above is not None:
        parent = framework.link("CFItems", identifier_of(framework.identifier, above[0]), above[1])
    package.associations.append(
        _association(framework, "isChildOf", f"isChildOf/{path}", path, title, parent) | {"sequenceNumber": sequence}
    )


def _match(framework: Framework, match: Match, unit: dict) -> dict:
    path, other = path_of_unit(match.key), identifier_of(match.document, path_of_unit(match.other_key))
    title = f"{unit['uan'] or unit['number'] or unit['key']} {unit['title']}"
    there = framework.link("CFItems", other, match.title)
    return _association(framework, "exactMatchOf", f"exactMatchOf/{path}/{other}", path, title, there)


def _association(framework: Framework, kind: str, name: str, origin: str, title: str, destination: dict) -> dict:
    identifier = identifier_of(framework.identifier, name)
    here = framework.link("CFItems", identifier_of(framework.identifier, origin), title)
    return {
        "identifier": str(identifier),
        "associationType": kind,
        "uri": f"{framework.base}/CFAssociations/{identifier}",
        "originNodeURI": here | {"targetType": "CASE"},
        "destinationNodeURI": destination | {"targetType": "CASE"},
        "lastChangeDateTime": framework.changed,
    }
