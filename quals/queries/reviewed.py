"""One unit, or the structure of one qualification, as it was read and corrected, beside the document's own lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from quals import combination
from quals.combination.explain import asks
from quals.models import Qualification, Specification
from quals.queries.reviewing import Corrected, Doubt, Sources, sources_of
from quals.specification.review.corrections import apply
from quals.specification.review.paths import part_of, path_of_qualification, path_of_unit

MOST_LINES = 2000
AROUND = 5
AFTER_THE_LAST = 120
NAMES = re.compile(r"[A-Z]/[0-9]{3}/[0-9]{4}")
UNIT = ("title", "number", "uan", "level", "credit", "glh", "kind")
STRATEGY = ("simulation", "work_placement", "knowledge_evidence", "currency_years")
QUALIFICATION = ("title", "level", "credits", "tqt", "glh", "minimum_age", "first_registration")
QUALIFICATION += ("last_registration", "last_certification")
LABELS = {"uan": "Reference number (UAN)", "glh": "Guided learning hours", "tqt": "Total qualification time"}
LABELS |= {"of": "Choose from", "text": "Wording"}


@dataclass(frozen=True)
class Field:
    """One thing that can be corrected: what stands (`value`), what was `read`, and what is doubted of it."""

    path: str
    label: str
    value: object
    read: object
    correction: Corrected | None
    line: int | None
    doubts: list[Doubt]


@dataclass(frozen=True)
class Row:
    """Something of a unit or a structure that has fields and rows of its own: an outcome, a criterion, a group.

    `kind` is the part of the path that it is one of (“outcomes”, “criteria”, “groups”, “units” …).
    """

    path: str
    kind: str
    name: str
    title: str
    fields: list[Field]
    rows: list["Row"]
    line: int | None
    is_added: bool
    is_left_out: bool
    correction: Corrected | None
    doubts: list[Doubt]

    def field(self, name: str) -> Field | None:
        return next((each for each in self.fields if each.path.endswith(f"/{name}")), None)


@dataclass(frozen=True)
class RuleRow:
    """A rule as it stands, in words, and the other way it can be read."""

    path: str
    name: str
    rule: dict
    read: dict
    sentence: str
    other_sentence: str
    is_disputed: bool
    is_added: bool
    is_left_out: bool
    correction: Corrected | None
    doubts: list[Doubt]
    lines: list[int]


@dataclass(frozen=True)
class DocumentLine:
    number: int
    text: str
    is_cited: bool


@dataclass(frozen=True)
class UnitReview:
    key: str
    part: str
    path: str
    title: str
    fields: list[Field]
    strategy: list[Field]
    outcomes: list[Row]
    requirements: list[Row]
    doubts: list[Doubt]
    lines: list[DocumentLine]
    before: str
    after: str


@dataclass(frozen=True)
class StructureReview:
    path: str
    title: str
    fields: list[Field]
    groups: list[Row]
    rules: list[RuleRow]
    doubts: list[Doubt]
    lines: list[DocumentLine]


def lines_of(specification: Specification, first: int, last: int) -> list[tuple[int, str]]:
    """The document's lines from the first to the last, which count too."""
    lines = specification.lines
    first, last = max(first, 1), min(last, len(lines))
    return [(number, lines[number - 1]) for number in range(first, last + 1)]


def unit_review(specification: Specification, key: str) -> UnitReview | None:
    """The unit with this key (also as it stands in an address), or nothing."""
    sources = sources_of(specification)
    keys = [unit["key"] for unit in sources.pack["units"]]
    found = next((unit for unit in sources.pack["units"] if part_of(unit["key"]) == part_of(key)), None)
    if found is None:
        return None
    path, index = path_of_unit(found["key"]), keys.index(found["key"])
    doubts = [doubt for doubt in sources.doubts if doubt.unit_key == found["key"]]
    outcomes = [_outcome(sources, path, outcome) for outcome in found["outcomes"]]
    cited = {doubt.finding.line for doubt in doubts} | {row.line for outcome in outcomes for row in outcome.rows}
    return UnitReview(
        key=found["key"],
        part=part_of(found["key"]),
        path=path,
        title=found["title"],
        fields=[_field(sources, path, found, name) for name in UNIT],
        strategy=[_field(sources, f"{path}/strategy", found["strategy"], name) for name in STRATEGY],
        outcomes=outcomes,
        requirements=[_requirement(sources, path, each) for each in found["evidence_requirements"]],
        doubts=doubts,
        lines=_cited_lines(specification, *_page(sources.pack, found, specification), cited | {found["line"]}),
        before=part_of(keys[index - 1]) if index else "",
        after=part_of(keys[index + 1]) if index + 1 < len(keys) else "",
    )


def _page(pack: dict, unit: dict, specification: Specification) -> tuple[int, int]:
    """From the unit's first line to the line before the next unit's; one that is only listed has the line that
    lists it."""
    if unit["line"] is None:
        return 1, 0
    if not unit["outcomes"]:
        return unit["line"] - AROUND, unit["line"] + AROUND
    starts = [other["line"] for other in pack["units"] if other["outcomes"] and (other["line"] or 0) > unit["line"]]
    named = [criterion["line"] or 0 for outcome in unit["outcomes"] for criterion in outcome["criteria"]]
    end = max([unit["line"], *named]) + AFTER_THE_LAST  # behind the last unit come annexes
    last = min(starts, default=min(len(specification.lines), end) + 1) - 1
    return unit["line"], min(last, unit["line"] + MOST_LINES)


def _cited_lines(specification: Specification, first: int, last: int, cited: Iterable[int | None]) -> list:
    cited = set(cited)
    return [DocumentLine(number, text, number in cited) for number, text in lines_of(specification, first, last)]


def _field(sources: Sources, above: str, facts: dict, name: str, line: int | None = None) -> Field:
    path = f"{above}/{name}"
    read, change = facts.get(name), sources.changes.get(path)
    return Field(
        path=path,
        label=LABELS.get(name, name.replace("_", " ").capitalize()),
        value=read if change is None else change.value,
        read=read,
        correction=sources.corrected(path),
        line=line,
        doubts=sources.doubts_at(path),
    )


def _row(sources: Sources, path: str, title: str, fields: list[Field], rows: list[Row], line: int | None) -> Row:
    change = sources.changes.get(path)
    kind, name = path.split("/")[-2:]
    return Row(
        path=path,
        kind=kind,
        name=name,
        title=title,
        fields=fields,
        rows=rows,
        line=line,
        is_added=change is not None and change.kind == "added",
        is_left_out=change is not None and change.kind == "left_out",
        correction=sources.corrected(path),
        doubts=sources.doubts_at(path),
    )


def _outcome(sources: Sources, above: str, outcome: dict) -> Row:
    path = f"{above}/outcomes/{outcome['number']}"
    line = outcome.get("line")
    fields = [_field(sources, path, outcome, name, line) for name in ("text", "kind")]
    criteria = [_criterion(sources, path, criterion) for criterion in outcome["criteria"]]
    return _row(sources, path, f"Outcome {outcome['number']}", fields, criteria, line)


def _criterion(sources: Sources, above: str, criterion: dict) -> Row:
    path, line = f"{above}/criteria/{criterion['code']}", criterion["line"]
    fields = [_field(sources, path, criterion, name, line) for name in ("code", "text")]
    return _row(sources, path, criterion["code"], fields, [], line)


def _requirement(sources: Sources, above: str, requirement: dict) -> Row:
    path = f"{above}/evidence_requirements/{requirement['number']}"
    names = ("text", "kind") + (("choose", "of") if requirement.get("of") else ())
    fields = [_field(sources, path, requirement, name) for name in names]
    return _row(sources, path, f"Evidence requirement {requirement['number']}", fields, [], None)


def structure_review(specification: Specification, qualification: Qualification) -> StructureReview | None:
    """Groups, places and rules of one qualification, with the document's lines that they came from."""
    sources = sources_of(specification)
    found = next((each for each in sources.pack["qualifications"] if each["qan"] == qualification.qan), None)
    if found is None:
        return None
    path = path_of_qualification(found["qan"])
    titles = {unit["key"]: unit["title"] for unit in sources.pack["units"]}
    doubts = sources.doubts_under(path) + [
        doubt for doubt in sources.doubts if doubt.where == "structure" and doubt.path is None
    ]
    cited = {line for rule in found["rules"] for line in rule["printed"]} | {doubt.finding.line for doubt in doubts}
    return StructureReview(
        path=path,
        title=found["title"],
        fields=[_field(sources, path, found, name) for name in QUALIFICATION],
        groups=[_group(sources, path, group, titles) for group in found["groups"]],
        rules=_rules(sources, path, found),
        doubts=doubts,
        lines=_structure_lines(specification, sources.pack, found, cited),
    )


def _group(sources: Sources, above: str, group: dict, titles: dict[str, str]) -> Row:
    path = f"{above}/groups/{part_of(group['code'])}"
    fields = [_field(sources, path, group, name) for name in ("title", "kind")]
    places = [_place(sources, path, place, titles) for place in group["units"]]
    return _row(sources, path, f"Group {group['code']}", fields, places, None)


def _place(sources: Sources, above: str, place: dict, titles: dict[str, str]) -> Row:
    path = f"{above}/units/{part_of(place['unit'])}"
    fields = [_field(sources, path, place, name) for name in ("registered_from", "registered_before")]
    return _row(sources, path, titles[place["unit"]], fields, [], None)


def _rule(sources: Sources, above: str, qualification: dict, rule: dict, stands: dict) -> RuleRow:
    """`stands` is the rule with what was corrected or settled; one that is left out is shown as it was read."""
    path = f"{above}/rules/{rule['id']}"
    change = sources.changes.get(path)
    sizes = {group["code"]: len(group["units"]) for group in qualification["groups"]}
    told = combination.Rule.from_pack(stands, sizes)
    return RuleRow(
        path=path,
        name=rule["id"],
        rule=stands,
        read=rule,
        sentence=asks(told),
        other_sentence=asks(told.alternative) if told.alternative else "",
        is_disputed=stands["confidence"] == "disputed",
        is_added=change is not None and change.kind == "added",
        is_left_out=change is not None and change.kind == "left_out",
        correction=sources.corrected(path),
        doubts=sources.doubts_at(path),
        lines=rule["printed"],
    )


def _rules(sources: Sources, path: str, qualification: dict) -> list[RuleRow]:
    corrected = apply(sources.pack, sources.changes.values()).pack
    now = next(each for each in corrected["qualifications"] if each["qan"] == qualification["qan"])
    stands = {rule["id"]: rule for rule in now["rules"]}
    return [_rule(sources, path, qualification, rule, stands.get(rule["id"], rule)) for rule in qualification["rules"]]


def _structure_lines(specification: Specification, pack: dict, qualification: dict, cited: set) -> list[DocumentLine]:
    """From the first line that names one of its units or prints one of its rules to the last, before the pages."""
    starts = [unit["line"] for unit in pack["units"] if unit["outcomes"] and unit["line"]]
    pages = min(starts, default=len(specification.lines) + 1)
    keys = {place["unit"] for group in qualification["groups"] for place in group["units"]}
    uans = {unit["uan"] for unit in pack["units"] if unit["key"] in keys and unit["uan"]}
    named = {number for number, text in lines_of(specification, 1, pages - 1) if uans & set(NAMES.findall(text))}
    numbers = sorted({line for line in cited if line} | named)
    if not numbers:
        return []
    last = min(numbers[-1] + AROUND, numbers[0] + MOST_LINES)
    return _cited_lines(specification, numbers[0] - AROUND, last, cited)
