"""The qualification pack as a format: checked, printed, and stripped of its wording."""

import copy
import functools
import json
from pathlib import Path

import jsonschema

FORMAT = "qualification-pack/1"
SCHEMA = Path(__file__).with_name("pack.schema.json")
# What may be left out of a pack without the rest, from the innermost outwards.
PARTS = ("criteria", "evidence_requirements", "outcomes", "rules", "units", "groups", "qualifications", "findings")


class InvalidPack(ValueError):
    """A pack that does not hold together; the message is one sentence that says where."""


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
    validate_references(pack)


def invalid_parts(pack: dict) -> list[tuple[tuple, str]]:
    """The innermost parts that do not fit the schema, as paths into the pack, the last first; () is the whole."""
    found = {}
    doubtful = [finding for finding in pack["findings"] if not _is_finding(finding)]
    for problem in _validator().iter_errors(pack | {"findings": doubtful}):
        found.setdefault(_part(tuple(problem.absolute_path)), f"{problem.json_path}: {problem.message[:200]}")
    return sorted(found.items(), key=lambda entry: [str(name).zfill(9) for name in entry[0]], reverse=True)


def _is_finding(finding: dict) -> bool:
    """What the schema says of findings, in a fraction of the time: a damaged document may have thousands."""
    if finding.keys() - {"printed", "read"} != {"line", "severity", "code", "subject", "message"}:
        return False
    line = finding["line"]
    return (
        (line is None or (type(line) is int and line > 0))
        and finding["severity"] in ("error", "warning", "note")
        and all(type(finding[name]) is str for name in finding.keys() - {"line"})
        and 0 < len(finding["code"]) <= 60
        and len(finding["subject"]) <= 200
        and bool(finding["message"])
    )


def _part(path: tuple) -> tuple:
    """The path to the innermost entry of a list that may be left out."""
    for end in range(len(path), 1, -1):
        if isinstance(path[end - 1], int) and path[end - 2] in PARTS:
            return path[:end]
    return ()


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(_without_references(schema, schema["$defs"]))


def _without_references(schema, definitions: dict):
    """The schema with its definitions written out where they are used, which takes half the time to check."""
    if isinstance(schema, list):
        return [_without_references(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _without_references(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    return {name: _without_references(part, definitions) for name, part in schema.items() if name != "$defs"}


def validate_references(pack: dict) -> None:
    """What a schema cannot say: that every name in the pack names something in it, once."""
    keys = [unit["key"] for unit in pack["units"]]
    _once(keys, "unit")
    known = set(keys)
    for unit in pack["units"]:
        codes = [criterion["code"] for outcome in unit["outcomes"] for criterion in outcome["criteria"]]
        _once(codes, "criterion")
        _once([outcome["number"] for outcome in unit["outcomes"]], f"outcome of unit {unit['key']}")
    _once([qualification["qan"] for qualification in pack["qualifications"]], "qualification")
    for qualification in pack["qualifications"]:
        groups = [group["code"] for group in qualification["groups"]]
        _once(groups, "group")
        _once([rule["id"] for rule in qualification["rules"]], "rule")
        for group in qualification["groups"]:
            _known([place["unit"] for place in group["units"]], known, "unit")
        for rule in qualification["rules"]:
            for of in (rule["of"], (rule.get("alternative") or {}).get("of", {})):
                _known(of.get("groups", []), set(groups), "group")
                _known(of.get("units", []), known, "unit")


def _once(names: list, what: str) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise InvalidPack(f"{what} {name} stands in the pack twice")
        seen.add(name)


def _known(names: list, known: set, what: str) -> None:
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        raise InvalidPack(f"{what} {unknown} is named, but is not in the pack")
