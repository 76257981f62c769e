"""A CASE package becomes a qualification pack: our own comes back as it went out, any other as far as CASE tells."""

import json
from dataclasses import dataclass, field

from quals.specification import InvalidPack, validate
from quals.specification.checks import QAN
from quals.specification.findings import Findings
from quals.specification.profiles.evidence import EVIDENCE_KINDS

from .levels import UnitNode, units_of
from .page import LEVEL, MISSING, Unit, read_unit
from .tree import Tree, own_facts, refused, shortened, text_in, tree_of

FORMAT = "qualification-pack/1"
LONGEST_TITLE, LONGEST_NAME, LONGEST_VERSION = 300, 200, 60
GROUP = "A"


@dataclass
class _Read:
    """What was read so far, and the lines that its line numbers point at."""

    findings: Findings = field(default_factory=Findings)
    lines: list[str] = field(default_factory=list)

    def line(self, *words: str) -> int:
        """Write a line, and say its number."""
        told = "\t".join(" ".join(word.split()) for word in words if word.strip())
        self.lines.append("".join("\ufffd" if ch == "\0" or "\ud800" <= ch <= "\udfff" else ch for ch in told))
        return len(self.lines)


def is_package(found: object) -> bool:
    """Whether parsed JSON is a CASE package, with or without the wrapper that some servers put around it."""
    return _unwrapped(found) is not None


def pack_from(package: dict, name: str, sha256: str) -> dict:
    """The pack of a CASE package, validated; `name` and `sha256` are those of the file it came in.

    Raises NotASpecification, with one sentence for whoever chose the file, where it holds no framework that hangs
    together. What CASE does not tell and a pack needs is a finding: an error where nobody can go on without it.
    """
    return read_package(package, name, sha256)[0]


def lines_of(package: dict) -> list[str]:
    """The framework as lines of text: what findings, units, criteria and rules of its pack point at."""
    return read_package(package, "", "0" * 64)[1]


def _unwrapped(found: object) -> dict | None:
    if isinstance(found, dict) and isinstance(found.get("CFPackage"), dict):
        found = found["CFPackage"]
    return found if isinstance(found, dict) and isinstance(found.get("CFDocument"), dict) else None


def read_package(package: dict, name: str, sha256: str) -> tuple[dict, list[str]]:
    """The pack and its lines in one reading."""
    found = _unwrapped(package)
    if found is None:
        raise refused("it has no CFDocument")
    try:
        pack, lines = _read_framework(found, name, sha256)
        validate(pack)
    except InvalidPack as problem:
        raise refused(f"what it says does not hold together ({problem})") from None
    except RecursionError:
        raise refused("what it says is nested too deeply") from None
    return pack, lines


def _read_framework(found: dict, name: str, sha256: str) -> tuple[dict, list[str]]:
    read = _Read()
    tree = tree_of(found, read.findings)
    ours = own_facts(found)
    source, creator = _source(tree, ours, read, name, sha256)
    nodes = units_of(tree, read.findings)
    structure = _structure_lines(ours.get("qualification"), read)
    units = _units(nodes, tree, read, source["wording"])
    _say_left(tree, found, bool(ours), read.findings)
    pack = {"format": FORMAT, "source": source, "awarding_organisation": creator}
    pack["qualifications"] = _qualifications(tree, ours, structure, units, read)
    pack |= {"units": _in_order(units, ours), "findings": read.findings.as_list()}
    return pack, read.lines


def _source(tree: Tree, ours: dict, read: _Read, name: str, sha256: str) -> tuple[dict, str]:
    """The source of the pack, and who made the framework."""
    document, own = tree.document, ours.get("source")
    own = own if isinstance(own, dict) else {}
    title, creator = text_in(document, "title"), text_in(document, "creator") or text_in(document, "publisher")
    if not creator:
        raise refused("its CFDocument does not say who made it (creator)")
    if len(title) > LONGEST_TITLE or len(creator) > LONGEST_NAME:
        raise refused(f"the title or the creator of its CFDocument is longer than {LONGEST_NAME} characters")
    version = own.get("version") if own else text_in(document, "version") or None
    if isinstance(version, str) and len(version) > LONGEST_VERSION:
        read.findings.warning(
            1, "version-shortened", "version", "The version of the framework is too long: only its beginning was read."
        )
        version = version[:LONGEST_VERSION]
    for words in (title, creator, text_in(document, "version"), text_in(document, "description")):
        read.line(words)
    wording = own.get("wording") is not False
    title = own.get("title") or title
    return {"file": name, "sha256": sha256, "title": title, "version": version, "wording": wording}, creator


def _structure_lines(qualification: object, read: _Read) -> object:
    """Groups and rules stand in lines of their own, which the rules of the copy point at."""
    if not isinstance(qualification, dict):
        return None
    for group in _objects(qualification.get("groups")):
        keys = ", ".join(str(place.get("unit", "")) for place in _objects(group.get("units")))
        read.line(str(group.get("code", "")), str(group.get("title", "")), keys)
    rules = qualification.get("rules")
    return qualification | {"rules": [_rule(rule, read) for rule in rules] if isinstance(rules, list) else rules}


def _rule(rule: object, read: _Read) -> object:
    if not isinstance(rule, dict):
        return rule  # which no pack holds: it is refused as a whole
    bound, of = str(rule.get("bound", "")).replace("_", " "), json.dumps(rule.get("of") or "all units")
    told = f"{bound} {rule.get('amount', '')} {rule.get('measure', '')} of {of}"
    return rule | {"printed": [read.line(str(rule.get("id", "")), told)]}


def _objects(rows: object) -> list[dict]:
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _units(nodes: list[UnitNode], tree: Tree, read: _Read, wording: bool) -> list[dict]:
    keys: set[str] = set()
    units = []
    for position, each in enumerate(nodes, start=1):
        facts = own_facts(each.node.item) if each.node is not None else {}
        units.append(read_unit(Unit(each, tree.document, facts, position, wording), keys, read))
    return units


def _in_order(units: list[dict], ours: dict) -> list[dict]:
    """As the pack had them that the package was made of."""
    keys = ours.get("units")
    order = {key: place for place, key in enumerate(keys) if isinstance(key, str)} if isinstance(keys, list) else {}
    return sorted(units, key=lambda unit: order.get(str(unit["key"]), len(order)))


def _say_left(tree: Tree, package: dict, ours: bool, findings: Findings) -> None:
    """What a framework holds and a pack has no place for."""
    if tree.others:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(tree.others.items())[:12])
        message = f"Associations other than of parents and children have no place in a pack and were left out: {told}."
        findings.note(None, "associations-left-out", "framework", message)
    if package.get("CFRubrics"):
        findings.note(None, "rubrics-left-out", "framework", "The rubrics of the framework have no place in a pack.")
    noted = sum(bool(text_in(node.item, "notes")) and not own_facts(node.item) for node in tree.nodes)
    if noted and not ours:
        message = f"Notes beside statements have no place in a pack and were left out: those of {noted} items."
        findings.note(None, "notes-left-out", "framework", message)


def _qualifications(tree: Tree, ours: dict, structure: object, units: list[dict], read: _Read) -> list[dict]:
    if structure is not None:
        return [structure]
    told = " ".join(text_in(tree.document, name) for name in ("title", "description", "notes", "version"))
    qans = sorted(set(QAN.findall(told)))
    if len(qans) == 1:
        return [_bare_qualification(qans[0], text_in(tree.document, "title"), told, units, read.findings)]
    message = "The framework names no qualification number, so no qualification was made of it, only its units."
    if qans:
        several = shortened(", ".join(qans))
        message = f"The framework names several qualification numbers ({several}): only its units were read."
    read.findings.warning(1, "qan-not-stated", "framework", message)
    return []


def _bare_qualification(qan: str, title: str, told: str, units: list[dict], findings: Findings) -> dict:
    """A qualification of which CASE tells the number and the units alone."""
    levels = set(LEVEL.findall(told))
    level = int(levels.pop()) if len(levels) == 1 else None
    if level is None:
        findings.error(1, "level-not-stated", qan, f"CASE does not tell the level of {qan}: 0 stands in its place.")
    findings.error(
        1, "rules-not-stated", qan, f"CASE does not tell the rules of combination of {qan}: add them, or say why none."
    )
    findings.warning(
        1, "group-not-stated", qan, f"CASE does not tell the groups of {qan}: all units stand in one optional group."
    )
    facts = {"qan": qan, "title": title, "level": level or 0, "evidence_kinds": list(EVIDENCE_KINDS), "rules": []}
    facts |= dict.fromkeys(MISSING)
    places = [{"unit": unit["key"]} for unit in units]
    return facts | {"groups": [{"code": GROUP, "title": "Units", "kind": "optional", "units": places}]}
