"""The qualifications of a document: their facts, groups, units' places and rules of combination."""

from dataclasses import dataclass, field

from ..combining.rules import read_rules, total_credits
from ..findings import Findings
from ..profiles.evidence import read_evidence_kinds
from ..profiles.profile import (
    Profile,
    collect_profile,
    document_title,
    find_qan,
    find_title,
    printed_credits,
    read_facts,
)
from ..read import Line
from .listings import words
from .places import Place
from .registration import bind_to_registration
from .sections import STRUCTURE, first_page
from .structure import Group, Structure, read_structures


@dataclass
class QualificationRead:
    """What was read of one qualification; groups and places still know their lines."""

    facts: dict
    groups: list[Group]
    rules: list[dict]
    line: int
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = [place for group in self.groups for place in group.places]

    @property
    def qan(self) -> str:
        return self.facts["qan"]

    def as_dict(self) -> dict:
        """As the pack has it."""
        groups = [
            {
                "code": group.code,
                "title": group.title,
                "kind": group.kind,
                "units": [place.as_dict() for place in group.places],
            }
            for group in self.groups
        ]
        return self.facts | {"groups": groups, "rules": self.rules}


def read_qualifications(lines: list[Line], pages_start: int | None, findings: Findings) -> list[QualificationRead]:
    """Every qualification that has a structure of its own; none where the document is a pack of units.

    `pages_start` is the line at which unit pages begin, if that is known. Raises NotASpecification where a
    structure is there, but not the number or level of its qualification."""
    structures = read_structures(lines, pages_start, findings)
    if not structures:
        _report_missing(lines, pages_start, findings)
        return []
    last = max(place.line for structure in structures for place in structure.places)
    front = lines[: pages_start - 1 if pages_start else first_page(lines, last)]
    profile = collect_profile(front)
    kinds = read_evidence_kinds(front, findings)
    bind_to_registration(lines, [place for structure in structures for place in structure.places], findings)
    read = [_read(structure, structures, profile, front, kinds, findings) for structure in structures]
    _compare_places(read, findings)
    return read


def _read(
    structure: Structure,
    structures: list[Structure],
    profile: Profile,
    front: list[Line],
    kinds: list[str],
    findings: Findings,
) -> QualificationRead:
    only = len(structures) == 1
    qan = find_qan(profile, structure.qan, findings)
    printed = find_title(profile, qan, "") if only or not structure.title else ""
    title = printed or structure.title or document_title(front, "").split(" (")[0]
    _compare_titles(profile, qan, title, findings)
    facts = read_facts(profile, front, qan, title, findings, only)
    structure.title, structure.level = structure.title or title, facts["level"]
    rules = read_rules(structure, findings)
    _settle_kinds(structure, rules, findings)
    credits = _credits(profile, qan, rules, only, findings)
    order = ("qan", "title", "level", "credits", "tqt", "glh", "minimum_age")
    order += ("first_registration", "last_registration", "last_certification")
    facts = {name: (facts | {"credits": credits})[name] for name in order} | {"evidence_kinds": list(kinds)}
    return QualificationRead(facts, structure.groups, rules, structure.line)


def _compare_titles(profile: Profile, qan: str, title: str, findings: Findings) -> None:
    row = profile.summaries.get(qan, {}).get("title")
    if row and row.value.casefold() != title.casefold():
        message = f"The title of {qan} is not the same here and over its structure."
        findings.note(row.line, "title-differs", qan, message, printed=row.value, read=title)


def _credits(profile: Profile, qan: str, rules: list[dict], only: bool, findings: Findings) -> int | None:
    """The total of the rules, else of the profile; a warning where they differ."""
    total, row = total_credits(rules), printed_credits(profile, qan, only)
    printed = int(row.value.split()[0]) if row else None
    if total is not None and printed is not None and total != printed:
        message = f"The profile prints {printed} credits for {qan}, and its structure asks for {total}."
        findings.warning(row.line, "credits-differ", qan, message)
    return printed if total is None else total


def _settle_kinds(structure: Structure, rules: list[dict], findings: Findings) -> None:
    """Groups whose titles do not say so are mandatory where a rule asks for all of their units."""
    for group in structure.groups:
        if group.kind:
            continue
        whole = {"groups": [group.code]}
        all_of = any(r["of"] == whole and r["measure"] == "units" and r["amount"] == len(group.places) for r in rules)
        group.kind = "mandatory" if all_of else "optional"
        message = f"The title of group {group.code} does not say whether it is mandatory: it was read as {group.kind}."
        findings.note(group.line, "group-kind", f"group {group.code}", message)


def _report_missing(lines: list[Line], pages_start: int | None, findings: Findings) -> None:
    """A heading over a structure without a table is no pack of units: something was lost."""
    for line in lines:
        if pages_start and line.number >= pages_start:
            return
        if "\t" not in line.text and len(line.text) < 120 and STRUCTURE.match(words(line.text)):
            message = "Under this heading there is no table of units with number or reference, title, level and credit."
            findings.error(line.number, "structure-unread", "structure", message)
            return


def _compare_places(read: list[QualificationRead], findings: Findings) -> None:
    """A unit that several qualifications list has to be one unit: same reference, level, credit and hours."""
    first: dict[str, Place] = {}
    for qualification in read:
        for place in qualification.places:
            known = first.setdefault(place.key, place)
            facts = [(p.uan, p.level, p.credit, p.glh) for p in (known, place)]
            if facts[0] != facts[1]:
                message = (
                    f"{place.key} is another unit here than in line {known.line}: reference, level, credit or hours."
                )
                findings.warning(place.line, "unit-differs", place.key, message)
            if known.title != place.title:
                message = f"The title of {place.key} is not the same here and in line {known.line}."
                same = known.title.casefold() == place.title.casefold()
                (findings.note if same else findings.warning)(place.line, "title-differs", place.key, message)
