"""In what a pack differs from facts that people read out of the same document, a line each."""

import hashlib
from collections.abc import Iterator


def differences(pack: dict, facts: dict) -> list[str]:
    """Compare every unit, outcome and criterion; `facts` is one of the hand-checked files."""
    doubts = {finding["subject"] for finding in pack["findings"] if finding["severity"] != "note"}
    units = {unit["key"]: unit for unit in pack["units"] if unit["outcomes"]}
    found = []
    for expected in facts["units"]:
        key = str(expected.get("number") or expected["uan"])
        unit = units.pop(key, None)
        found += [f"unit {key} is not there"] if unit is None else list(_unit(unit, expected, doubts))
    return found + [f"unit {key} is there, but not in the facts" for key in units]


def _unit(unit: dict, expected: dict, doubts: set[str]) -> Iterator[str]:
    name = f"unit {unit['key']}"
    for field in ("uan", "level", "credit", "glh"):
        if expected.get(field) is not None and unit[field] != expected[field]:
            yield f"{name}: {field} {unit[field]}, not {expected[field]}"
    if not _same_title(unit["title"].casefold(), expected):
        yield f"{name}: titled otherwise"
    numbers, wanted = [[o["number"] for o in each["outcomes"]] for each in (unit, expected)]
    if numbers != wanted:
        yield f"{name}: outcomes {numbers}, not {wanted}"
        return
    for outcome, fact in zip(unit["outcomes"], expected["outcomes"], strict=True):
        subject = f"{name}, outcome {outcome['number']}"
        if not _same(outcome["text"], fact, subject in doubts):
            yield f"{subject}: wording differs from the facts of line {fact.get('line')}"
        yield from _criteria(name, outcome, fact, doubts)


def _same_title(title: str, fact: dict) -> bool:
    if "title_sha256" in fact:
        return hashlib.sha256(title.encode()).hexdigest() == fact["title_sha256"]
    return title == fact["title"].casefold()


def _criteria(name: str, outcome: dict, fact: dict, doubts: set[str]) -> Iterator[str]:
    codes, wanted = [[c["code"] for c in each["criteria"]] for each in (outcome, fact)]
    if codes != wanted:
        yield f"{name}, outcome {outcome['number']}: codes {codes}, not {wanted}"
        return
    for criterion, expected in zip(outcome["criteria"], fact["criteria"], strict=True):
        subject = f"{name}, {criterion['code']}"
        if not _same(criterion["text"], expected, subject in doubts):
            yield f"{subject}: wording differs from the facts of line {expected['line']}"
        if criterion["line"] != expected["line"]:
            yield f"{subject}: line {criterion['line']}, not {expected['line']}"


def _same(text: str, fact: dict, doubted: bool) -> bool:
    """Facts hold a hash, or first and last words and their number; a doubted wording may be as it is printed."""
    if "sha256" in fact:
        return hashlib.sha256(text.encode()).hexdigest() == fact["sha256"]
    printed = fact | {
        name: fact[f"{name}_printed"] for name in ("starts", "ends", "words") if f"{name}_printed" in fact
    }
    return _fits(text, fact) or (doubted and (_fits(text, printed) or bool(fact.get("title_damaged"))))


def _fits(text: str, fact: dict) -> bool:
    words = text.split()
    if fact.get("text_lost"):
        return not words
    starts, ends = (fact["starts"] or "").split(), (fact.get("ends") or "").split()
    return len(words) == fact["words"] and words[: len(starts)] == starts and words[len(words) - len(ends) :] == ends
