"""One unit of a framework: its facts as far as they are told, its outcomes and criteria with their codes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from quals.specification.criteria.criteria import Criterion, Outcome
from quals.specification.findings import Findings
from quals.specification.review.paths import part_of
from quals.specification.unit_entries import UNSTATED

from .levels import UnitNode
from .tree import Node, own_facts, shortened, text_in
from .writing import UNIT_FACTS

MISSING = ("credits", "tqt", "glh", "minimum_age", "first_registration", "last_registration", "last_certification")
LEVEL = re.compile(r"\blevel ([0-8])\b", re.IGNORECASE)
UAN = re.compile(r"[A-Z]/[0-9]{3}/[0-9]{4}")
CODE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
KEY = re.compile(r"[^\s,]{1,30}")
NUMBER = re.compile(r"[1-9][0-9]{0,3}")
LONGEST_TITLE, LONGEST_NUMBER, MOST = 300, 30, 99


class Reader(Protocol):
    """Where findings go and lines are written."""

    findings: Findings
    line: Callable[..., int]


@dataclass
class Unit:
    """What one unit is read from; `ours` are the facts that we put there ourselves."""

    nodes: UnitNode
    document: dict
    ours: dict
    position: int
    wording: bool

    @property
    def item(self) -> dict:
        return self.nodes.node.item if self.nodes.node is not None else {}

    @property
    def code(self) -> str:
        return text_in(self.item, "humanCodingScheme")


def read_unit(unit: Unit, keys: set[str], read: Reader) -> dict:
    """The unit as a pack has it; `keys` are those that are taken."""
    facts = _names(unit, keys)
    title = _title(unit)
    facts |= {"title": title[:LONGEST_TITLE], "line": read.line(unit.code, title)}
    subject = f"unit {facts['key']}"
    if len(title) > LONGEST_TITLE:
        message = f"The title of {subject} is longer than {LONGEST_TITLE} characters: only its beginning was read."
        read.findings.warning(facts["line"], "title-shortened", subject, message)
    facts |= _worth(unit, subject, facts["line"], read.findings)
    facts |= {"kind": "competence", "routes": ["portfolio"], "strategy": dict(UNSTATED), "evidence_requirements": []}
    own = {name: unit.ours[name] for name in (*UNIT_FACTS, "evidence_requirements") if name in unit.ours}
    return facts | own | {"outcomes": _outcomes(unit, subject, facts["line"], read)}


def _names(unit: Unit, keys: set[str]) -> dict:
    """Key, number and UAN: the framework's own code where it can be one."""
    label = text_in(unit.item, "alternativeLabel")
    uan = next((code for code in (unit.code, label) if UAN.fullmatch(code)), None)
    number = unit.code if unit.code and unit.code != uan and len(unit.code) <= LONGEST_NUMBER else None
    key = unit.ours.get("key") or number or uan or ""
    if not isinstance(key, str) or (not unit.ours and (not KEY.fullmatch(key) or part_of(key) in keys)):
        key = f"item-{unit.position}"
    keys.add(part_of(key))
    return {"key": key, "number": number, "uan": uan}


def _title(unit: Unit) -> str:
    if unit.nodes.node is None:
        return text_in(unit.document, "title")
    names = ("fullStatement", "abbreviatedStatement", "alternativeLabel", "humanCodingScheme", "identifier")
    told = [text_in(unit.item, name) for name in names]
    short = next((text for text in told if text), "")
    return told[1] if len(short) > LONGEST_TITLE and told[1] else " ".join(short.split())


def _worth(unit: Unit, subject: str, line: int, findings: Findings) -> dict:
    """Level and credit, which CASE has no room for and a pack cannot do without: where nobody told them, what stands
    in their place is an error until it is corrected."""
    levels = unit.item.get("educationLevel")
    texts = [text for text in levels if isinstance(text, str)] if isinstance(levels, list) else []
    told = {level for text in texts for level in LEVEL.findall(text)}
    level = int(told.pop()) if len(told) == 1 else None
    if level is None and "level" not in unit.ours:
        message = f"The framework does not tell the level of {subject}: 0 stands in its place until it is corrected."
        findings.error(line, "level-not-stated", subject, message)
    if "credit" not in unit.ours:
        message = f"The framework does not tell the credit of {subject}: 1 stands in its place until it is corrected."
        findings.error(line, "credit-not-stated", subject, message)
    return {"level": level or 0, "credit": 1, "glh": None}


def _outcomes(unit: Unit, subject: str, line: int, read: Reader) -> list[dict]:
    pairs = _limited(unit, subject, line, read.findings)
    numbers = _numbers([node for node, _ in pairs])
    kept = _codes_kept([node for _, nodes in pairs for node in nodes])
    outcomes = []
    for number, (node, below) in zip(numbers, pairs, strict=True):
        about = f"{subject}, outcome {number}"
        outcome = {"number": number, "text": _outcome_text(unit, node, about, line, read.findings)}
        outcome["line"] = read.line(node.code, node.statement) if node is not None else line
        if node is not None and node.code and node.code != str(number):
            _renumbered(about, outcome["line"], node.code, str(number), read.findings)
        if not below:
            message = f"There are no criteria in {about}, so there is nothing to judge in it."
            read.findings.warning(outcome["line"], "outcome-without-criteria", about, message)
        codes = [each.code if kept else f"{number}.{place}" for place, each in enumerate(below, start=1)]
        criteria = [_criterion(unit, each, code, subject, read) for each, code in zip(below, codes, strict=True)]
        outcomes.append(outcome | {"kind": _kind(node, outcome, criteria), "criteria": criteria})
    return outcomes


def _limited(unit: Unit, subject: str, line: int, findings: Findings) -> list[tuple[Node | None, list[Node]]]:
    """As many as codes of two figures can tell apart; what is more is an error, never a loss in silence."""
    pairs = unit.nodes.outcomes
    over = max(len(pairs) - MOST, 0) + sum(max(len(below) - MOST, 0) for _, below in pairs[:MOST])
    if over:
        message = (
            f"{subject[0].upper()}{subject[1:]} has more than {MOST} items side by side: {over} of them were left out."
        )
        findings.error(line, "too-many-items", subject, message)
    return [(node, below[:MOST]) for node, below in pairs[:MOST]]


def _numbers(nodes: list[Node | None]) -> list[int]:
    """The framework's own where all are whole numbers and different, else their places."""
    codes = [node.code if node is not None else "" for node in nodes]
    own = len(set(codes)) == len(codes) and all(NUMBER.fullmatch(code) for code in codes)
    return [int(code) for code in codes] if own else list(range(1, len(nodes) + 1))


def _codes_kept(nodes: list[Node]) -> bool:
    codes = [node.code for node in nodes]
    return len(set(codes)) == len(codes) and all(CODE.fullmatch(code) for code in codes)


def _outcome_text(unit: Unit, node: Node | None, about: str, line: int, findings: Findings) -> str:
    if node is None:
        message = "The framework is one list without outcomes: its criteria stand under one outcome, named as it is."
        findings.note(line, "outcome-not-stated", about, message)
        return text_in(unit.document, "title")
    text = _words(node)
    if not text and unit.wording:
        message = f"The wording of {about} is not in the framework."
        findings.warning(line, "outcome-text-missing", about, message)
    return text if unit.wording else ""


def _criterion(unit: Unit, node: Node, code: str, subject: str, read: Reader) -> dict:
    about, line = f"{subject}, {code}", read.line(node.code, node.statement)
    text = _words(node) if unit.wording else ""
    if not text and unit.wording:
        message = f"The wording of criterion {code} of {subject} is not in the framework."
        read.findings.error(line, "criterion-text-missing", about, message)
    if node.code and node.code != code:
        _renumbered(about, line, node.code, code, read.findings)
    if node.children:
        message = f"Items under {code} of {subject} have become criteria of their own, which follow it."
        read.findings.warning(line, "items-under-a-criterion", about, message)
    return {"code": code, "text": text, "line": line}


def _words(node: Node) -> str:
    """Our own packages put a name where the wording is not to be had, and say so."""
    return "" if own_facts(node.item).get("wording") is False else node.statement


def _renumbered(about: str, line: int, printed: str, read_as: str, findings: Findings) -> None:
    message = f"The framework's own code is not of the form that a pack has: it is numbered {read_as} by its place."
    findings.note(line, "code-by-place", about, message, printed=shortened(printed), read=read_as)


def _kind(node: Node | None, outcome: dict, criteria: list[dict]) -> str:
    ours = own_facts(node.item) if node is not None else {}
    if "kind" in ours:
        return ours["kind"]
    listed = [Criterion(each["code"], each["text"], each["line"]) for each in criteria]
    return Outcome(outcome["number"], outcome["text"], outcome["line"], listed).kind
