"""A document's parts are put together into the qualification pack, and every pack is checked."""

import copy
import functools
import hashlib
import json
from pathlib import Path

import jsonschema

from .checks import QAN, UAN
from .ending import check_ending, take_imprint
from .findings import Findings
from .profile import document_title, document_version, read_evidence_kinds, read_profile
from .read import Line, numbered_lines, plain
from .refusal import NotASpecification, layout_unknown
from .rules import read_rules, total_credits
from .structure import Group, Place, Structure, read_structure
from .units import Outcome, UnitPages, holds_criteria, read_unit, unit_pages

FORMAT = "qualification-pack/1"
SCHEMA = Path(__file__).with_name("pack.schema.json")


class InvalidPack(ValueError):
    """A pack that does not hold together; the message is one sentence that says where."""


def read_specification(data: bytes, name: str) -> dict:
    lines = numbered_lines(data)
    _refuse_other_texts(lines)
    findings = Findings()
    pages, outside = unit_pages(lines)
    if not pages:
        raise layout_unknown("its units have no headings with their reference numbers")
    profile = read_profile(lines, findings)
    structure = read_structure(lines, findings)
    _read_units(pages, outside, profile["awarding_organisation"], findings)
    _compare(pages, structure, findings)
    qualification = _qualification(profile, structure, lines, findings)
    units = _units(pages, structure)
    source = {"file": name, "sha256": hashlib.sha256(data).hexdigest()}
    source |= {
        "title": document_title(lines, profile["title"]),
        "version": document_version(lines),
        "wording": True,
    }
    pack = {"format": FORMAT, "source": source, "awarding_organisation": profile["awarding_organisation"]}
    pack |= {"qualifications": [qualification], "units": units, "findings": findings.as_list()}
    try:
        validate(pack)
    except InvalidPack as error:
        raise layout_unknown(f"what was read does not hold together: {error}") from error
    return pack


def facts_only(pack: dict) -> dict:
    facts = copy.deepcopy(pack)
    facts["source"]["wording"] = False
    for unit in facts["units"]:
        for outcome in unit["outcomes"]:
            outcome["text"] = ""
            for criterion in outcome["criteria"]:
                criterion["text"] = ""
        for requirement in unit["evidence_requirements"]:
            requirement["text"] = ""
            requirement["of"] = [""] * len(requirement.get("of", []))
    for finding in facts["findings"]:
        finding.pop("printed", None)
        finding.pop("read", None)
    return facts


def as_json(pack: dict) -> str:
    return json.dumps(pack, indent=1, ensure_ascii=False) + "\n"


def validate(pack: dict) -> None:
    problem = jsonschema.exceptions.best_match(_validator().iter_errors(pack))
    if problem is not None:
        raise InvalidPack(f"{problem.json_path}: {problem.message[:200]}")
    _validate_references(pack)


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _validate_references(pack: dict) -> None:
    """What a schema cannot say: that every name in the pack names something in it, once."""
    keys = [unit["key"] for unit in pack["units"]]
    _once(keys, "unit")
    for unit in pack["units"]:
        _once(
            [criterion["code"] for outcome in unit["outcomes"] for criterion in outcome["criteria"]],
            "criterion",
        )
        _once([outcome["number"] for outcome in unit["outcomes"]], f"outcome of unit {unit['key']}")
    for qualification in pack["qualifications"]:
        groups = [group["code"] for group in qualification["groups"]]
        _once(groups, "group")
        for group in qualification["groups"]:
            _known([place["unit"] for place in group["units"]], keys, "unit")
        for rule in qualification["rules"]:
            for of in (rule["of"], (rule.get("alternative") or {}).get("of", {})):
                _known(of.get("groups", []), groups, "group")
                _known(of.get("units", []), keys, "unit")


def _once(names: list, what: str) -> None:
    twice = next((name for i, name in enumerate(names) if name in names[:i]), None)
    if twice is not None:
        raise InvalidPack(f"{what} {twice} stands in the pack twice")


def _known(names: list, known: list, what: str) -> None:
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise InvalidPack(f"{what} {unknown} is named, but is not in the pack")


def _refuse_other_texts(lines: list[Line]) -> None:
    """Anything without the numbers and words that every specification has is some other text."""
    text = "\n".join(line.text for line in lines)
    words = plain(text).lower()
    missing = []
    if not (QAN.search(text) or UAN.search(text)):
        missing.append("no qualification or unit reference number")
    if "learning outcome" not in words and "assessment criteri" not in words:
        missing.append("no learning outcomes or assessment criteria")
    if missing:
        reason = " and ".join(missing)
        raise NotASpecification(f"This text is not a qualification specification ({reason}): nothing was imported.")


def _read_units(pages: list[UnitPages], outside: list[Line], organisation: str, findings: Findings) -> None:
    imprint = take_imprint(pages[-1], organisation)
    for unit in pages:
        read_unit(unit, findings)
        for line in sorted(set(unit.left_over)):
            message = f"This line of {unit.uan} belongs to no outcome or criterion: it was left out."
            findings.error(line, "text-left-over", unit.uan, message)
    for line in filter(holds_criteria, outside):
        message = "This line looks like a criterion, but stands outside the pages of every unit: it was left out."
        findings.error(line.number, "text-left-over", "outside units", message)
    check_ending(imprint, outside, pages[-1], findings)
    _refuse_unreadable(pages, findings)


def _refuse_unreadable(pages: list[UnitPages], findings: Findings) -> None:
    """Where much was left over or empty, the layout is another than it seemed: believe none of it."""
    criteria = sum(len(unit.criteria) for unit in pages)
    if findings.count("text-left-over") > max(5, criteria // 10):
        raise layout_unknown("much of the text in its unit pages is in no table of outcomes and criteria")
    if findings.count("unit-empty") * 2 > len(pages):
        raise layout_unknown("most of its unit pages have no table of outcomes and criteria")


def _compare(pages: list[UnitPages], structure: Structure, findings: Findings) -> None:
    """The structure and the unit pages have to tell of the same units."""
    places = {place.uan: place for place in structure.places}
    seen: dict[str, UnitPages] = {}
    for unit in pages:
        place = places.get(unit.uan)
        if place is None:
            message = f"{unit.uan} has pages, but stands in no group of the structure: it was left out."
            findings.error(unit.line, "unit-not-in-structure", unit.uan, message)
        elif unit.uan in seen:
            message = f"{unit.uan} has pages twice: only the first were read."
            findings.error(unit.line, "unit-pages-twice", unit.uan, message)
        else:
            _compare_titles(unit, place, findings)
        seen.setdefault(unit.uan, unit)
    for place in structure.places:
        if place.uan not in seen:
            message = f"{place.uan} stands in the structure (group {place.group}), but has no pages here."
            findings.error(place.line, "unit-page-missing", place.uan, message)
    if not places.keys() & seen.keys():
        raise layout_unknown("none of its unit pages belongs to a unit of its structure")


def _compare_titles(unit: UnitPages, place: Place, findings: Findings) -> None:
    if unit.title == place.title:
        return
    message = f"The title of {unit.uan} in the structure (line {place.line}) and on its own page are not the same."
    if unit.title.casefold() == place.title.casefold():
        findings.note(unit.line, "title-differs", unit.uan, message)
    else:
        findings.warning(unit.line, "title-differs", unit.uan, message)


def _qualification(profile: dict, structure: Structure, lines: list[Line], findings: Findings) -> dict:
    rules = read_rules(structure, findings)
    facts = {"qan": profile["qan"], "title": profile["title"], "level": profile["level"]}
    facts |= {"credits": total_credits(rules), "tqt": profile["tqt"], "glh": profile["glh"]}
    for name in ("minimum_age", "first_registration", "last_registration", "last_certification"):
        facts[name] = profile[name]
    facts["evidence_kinds"] = read_evidence_kinds(lines, findings)
    facts["groups"] = [_group(group) for group in structure.groups]
    facts["rules"] = rules
    return facts


def _group(group: Group) -> dict:
    kind = "mandatory" if group.mandatory else "optional"
    units = [{"unit": place.uan} for place in group.places]
    return {"code": group.code, "title": group.title, "kind": kind, "units": units}


def _units(pages: list[UnitPages], structure: Structure) -> list[dict]:
    """In the structure's order. Without a number of the awarding organisation's own, the UAN is the key."""
    found: dict[str, UnitPages] = {}
    for unit in pages:
        found.setdefault(unit.uan, unit)
    return [_unit(place, found.get(place.uan)) for place in structure.places]


def _unit(place: Place, pages: UnitPages | None) -> dict:
    outcomes = pages.outcomes if pages else []
    all_known = bool(outcomes) and all(outcome.kind == "knowledge" for outcome in outcomes)
    title = (pages.title if pages else "") or place.title
    facts = {"key": place.uan, "number": None, "uan": place.uan, "title": title}
    facts |= {"level": place.level, "credit": place.credit, "glh": place.glh}
    facts |= {"kind": "knowledge" if all_known else "competence", "routes": ["portfolio"]}
    facts["line"] = pages.line if pages else place.line
    facts["strategy"] = {
        "simulation": "unstated",
        "work_placement": "unstated",
        "knowledge_evidence": "unstated",
        "currency_years": None,
        "qualify_within_months": None,
    }
    facts["outcomes"] = [_outcome(outcome) for outcome in outcomes]
    facts["evidence_requirements"] = []
    return facts


def _outcome(outcome: Outcome) -> dict:
    criteria = [{"code": c.code, "text": c.text, "line": c.line} for c in outcome.criteria]
    return {
        "number": outcome.number,
        "text": outcome.text,
        "kind": outcome.kind,
        "line": outcome.line,
        "criteria": criteria,
    }
