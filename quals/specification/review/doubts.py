"""What a finding is about, as a path; whether a correction deals with it; how it is known when read again."""

import hashlib
import json
import re
from collections.abc import Iterable

from .paths import is_at_or_under, pairs, part_of, path_of_criterion, path_of_qualification, path_of_unit

UNIT = re.compile(r"^(?:unit )?([^\s,]{1,30})(?:, ?(.{1,150}))?$")
CODE = re.compile(r"^(?:criterion )?([0-9]{1,2}\.[0-9]{1,2})$")
OUTCOME = re.compile(r"^outcome ([0-9]{1,2})$")
REQUIREMENT = re.compile(r"^(?:evidence )?requirement ([0-9]{1,2})$")
RULE = re.compile(r"^(?:([^\s,]{1,30}), ?)?(?:rule )?([A-Za-z][0-9]{1,3})$")
GROUP = re.compile(r"^(?:([^\s,]{1,30}), ?)?group (\S{1,20})$")
# What a finding's code may say that it is about.
FIELDS = {name: name for name in ("title", "text", "code", "level", "credit", "glh", "uan", "kind", "number")}
FIELDS |= {"simulation": "strategy/simulation", "placement": "strategy/work_placement"}
FIELDS |= {"wording": "text", "hours": "glh", "credits": "credits", "age": "minimum_age", "tqt": "tqt"}
STRUCTURE = {"rule", "rules", "group", "structure", "mandatory", "place", "total"}
# A change anywhere in a whole unit or qualification says nothing of what is doubted of it as a whole.
PARTS = {"criteria", "evidence_requirements", "rules", "outcomes"}


def identity_of(finding: dict) -> str:
    """The same for the same doubt, however often the document is read."""
    facts = [finding["severity"], finding["code"], finding["subject"], finding["line"]]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()


def path_of(pack: dict, finding: dict) -> str | None:
    """The path that the finding's subject names, where it names one thing of the pack."""
    subject = finding["subject"].strip()
    return _in_unit(pack, subject) or _in_qualification(pack, subject, finding["line"])


def _in_unit(pack: dict, subject: str) -> str | None:
    match = UNIT.match(subject)
    units = _units(pack, match.group(1)) if match else []
    if len(units) != 1:
        return None
    unit, rest = units[0], match.group(2) or ""
    if code := CODE.match(rest):
        return path_of_criterion(unit, code.group(1))
    if outcome := OUTCOME.match(rest):
        return f"{path_of_unit(unit['key'])}/outcomes/{outcome.group(1)}"
    if requirement := REQUIREMENT.match(rest):
        return f"{path_of_unit(unit['key'])}/evidence_requirements/{requirement.group(1)}"
    return path_of_unit(unit["key"])


def _units(pack: dict, name: str) -> list[dict]:
    found = [unit for unit in pack["units"] if unit["key"] == name]
    return found or [unit for unit in pack["units"] if name in (unit["number"], unit["uan"])]


def _in_qualification(pack: dict, subject: str, line: int | None) -> str | None:
    """Of several qualifications it is the one that is named, or whose rule is printed in that line."""
    for pattern, part, field in ((RULE, "rules", "id"), (GROUP, "groups", "code")):
        if match := pattern.match(subject):
            found = [
                (qualification["qan"], row)
                for qualification in pack["qualifications"]
                if match.group(1) in (None, qualification["qan"])
                for row in qualification[part]
                if row[field] == match.group(2)
            ]
            if len(found) > 1:
                found = [(qan, row) for qan, row in found if line in row.get("printed", [])]
            if len(found) == 1:
                return f"{path_of_qualification(found[0][0])}/{part}/{part_of(match.group(2))}"
    qans = [qualification["qan"] for qualification in pack["qualifications"]]
    return path_of_qualification(subject) if subject in qans else None


def where_of(path: str | None, finding: dict) -> str:
    """Which page shows it: a unit's, the structure's or the document's."""
    if path is not None:
        return "unit" if path.startswith("units/") else "structure"
    about = {finding["code"].split("-")[0], finding["subject"].split(" ")[0]}
    return "structure" if about & STRUCTURE else "document"


def deals_with(path: str, code: str, changed: str, kind: str) -> bool:
    """Whether a change at `changed` settles what a finding with this code doubts of `path`.

    Where the code names a field of it, only that field does; a whole unit or qualification is never put right by
    what changed somewhere inside it.
    """
    if not is_at_or_under(changed, path):
        return False
    if changed == path:
        return True
    field = changed.removeprefix(path + "/")
    named = {FIELDS[word] for word in code.split("-") if word in FIELDS}
    part = list(pairs(path))[-1][0]
    if part == "outcomes" and "title" in named:
        named.add("text")  # what an outcome says is its title
    if part in PARTS:
        inside = kind in {"added", "left_out"} and not named
        return inside or (field in named if named else "/" not in field)
    return field in named


def dealt_with(pack: dict, finding: dict, changes: Iterable) -> object | None:
    """The change that deals with the finding, the latest of several."""
    path = path_of(pack, finding)
    if path is None:
        return None
    found = [change for change in changes if deals_with(path, finding["code"], change.path, change.kind)]
    return found[-1] if found else None


def put_to_rest(findings: list[dict], read: dict, changes: Iterable, resolutions: dict[str, dict]) -> list[dict]:
    """The findings, with `resolved` on each that a reviewer resolved or that a correction deals with.

    `read` is the pack as it was read, which paths speak of. `changes` are those that hold, each with `path`, `kind`
    and `settled`; what the pack brings resolved stays so.
    """
    changes = list(changes)
    done = []
    for finding in findings:
        settled = resolutions.get(identity_of(finding)) or finding.get("resolved")
        if not settled and (change := dealt_with(read, finding, changes)) is not None:
            settled = change.settled
        done.append(finding | ({"resolved": settled} if settled else {}))
    return done
