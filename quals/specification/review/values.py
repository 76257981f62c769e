"""What a reviewer may type in which place of a pack, and what is wrong with it in one sentence."""

import re
from collections.abc import Callable
from datetime import date

from .paths import pairs

UAN = re.compile(r"[A-Z]/[0-9]{3}/[0-9]{4}")
CODE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}")
WHOLE = re.compile(r"[0-9]{1,6}")
LONGEST_WORDING = 20_000


class NotAllowed(ValueError):
    """A value that cannot stand there; the message is one sentence for whoever typed it."""


Check = Callable[[object], object]


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def words(sentence: str, most: int) -> Check:
    def check(value: object) -> str:
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text or len(text) > most:
            raise NotAllowed(sentence)
        return text

    return check


def whole(sentence: str, least: int = 0, most: int = 100_000, *, or_nothing: bool = False) -> Check:
    def check(value: object) -> int | None:
        if or_nothing and _blank(value):
            return None
        if isinstance(value, str) and WHOLE.fullmatch(value.strip()):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise NotAllowed(sentence)
        return value

    return check


def shaped(pattern: re.Pattern, sentence: str, *, or_nothing: bool = False) -> Check:
    def check(value: object) -> str | None:
        if or_nothing and _blank(value):
            return None
        if not isinstance(value, str) or not pattern.fullmatch(value.strip()):
            raise NotAllowed(sentence)
        return value.strip()

    return check


def one_of(*allowed: str) -> Check:
    def check(value: object) -> str:
        if value not in allowed:
            raise NotAllowed(f"Choose one of: {', '.join(word.replace('_', ' ') for word in allowed)}.")
        return value

    return check


def day(value: object) -> str | None:
    if _blank(value):
        return None
    try:
        return (value if isinstance(value, date) else date.fromisoformat(str(value).strip())).isoformat()
    except ValueError:
        raise NotAllowed("A day of the calendar is written like 2026-09-30, or left empty.") from None


def choose(value: object) -> int | str | None:
    if value == "all":
        return value
    return whole("How many to choose is a whole number, 1 or more, or “all”.", 1, 100, or_nothing=True)(value)


def entries(value: object) -> list[str]:
    """One entry a line where it was typed as one text."""
    listed = value.splitlines() if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(entry, str) for entry in listed):
        raise NotAllowed("Write one entry of the list on each line.")
    return [" ".join(entry.split()) for entry in listed if entry.strip()]


READING = ("bound", "measure", "amount", "of")


def reading(value: object) -> dict:
    """A rule as a reviewer reads it; which groups and units there are is checked with the whole pack."""
    if not isinstance(value, dict) or not set(READING) <= set(value):
        raise NotAllowed("A rule says at least or at most, how many, of credits or units, and of which units.")
    one_of("at_least", "at_most")(value["bound"])
    one_of("credits", "units")(value["measure"])
    amount = whole("The amount of a rule is a whole number, 0 or more.")(value["amount"])
    if not isinstance(value["of"], dict):
        raise NotAllowed("Which units a rule counts is a choice of groups, units or a level.")
    return {name: value[name] for name in READING} | {"amount": amount}


TITLE = words("A title has 1 to 300 characters.", 300)
TEXT = words("The wording cannot be empty: leave it out instead, with your reason.", LONGEST_WORDING)
LEVEL = whole("A level is a whole number from 0 to 8.", 0, 8)
HOURS = whole("Hours are a whole number, or left empty.", or_nothing=True)
AGE = whole("An age is a whole number of years, or left empty.", 0, 99, or_nothing=True)
TOTAL = whole("Total credits are a whole number, or left empty.", or_nothing=True)
CREDIT = whole("A credit is a whole number, 1 or more.", 1, 1000)
REFERENCE = shaped(UAN, "A unit's reference number is written like A/123/4567.", or_nothing=True)
NUMBER = shaped(re.compile(r"\S.{0,29}"), "A unit's number has 1 to 30 characters, or is left empty.", or_nothing=True)
OUTCOME_KIND = one_of("knowledge", "performance")
STATED = {
    "simulation": one_of("not_allowed", "realistic_working_environment", "unstated"),
    "work_placement": one_of("not_allowed", "unstated"),
    "knowledge_evidence": one_of("explicit", "unstated"),
    "currency_years": whole("Years are a whole number, or left empty.", 0, 99, or_nothing=True),
}
REQUIREMENT_KIND = one_of("context", "coverage", "period", "occasions", "prohibition", "other")
QUALIFICATION = {"title": TITLE, "level": LEVEL, "credits": TOTAL, "tqt": HOURS, "glh": HOURS, "minimum_age": AGE}
QUALIFICATION |= dict.fromkeys(("first_registration", "last_registration", "last_certification"), day)
UNIT = {"title": TITLE, "number": NUMBER, "uan": REFERENCE, "level": LEVEL, "credit": CREDIT, "glh": HOURS}
UNIT |= {"kind": one_of("competence", "knowledge", "combined")}
PLACES: dict[tuple[str, ...], Check] = {
    **{("units", name): check for name, check in UNIT.items()},
    **{("units", "strategy", name): check for name, check in STATED.items()},
    ("units", "outcomes", "text"): TEXT,
    ("units", "outcomes", "kind"): OUTCOME_KIND,
    ("units", "outcomes", "criteria", "text"): TEXT,
    ("units", "outcomes", "criteria", "code"): shaped(CODE, "A criterion's code is written like 1.2."),
    ("units", "evidence_requirements", "text"): TEXT,
    ("units", "evidence_requirements", "kind"): REQUIREMENT_KIND,
    ("units", "evidence_requirements", "choose"): choose,
    ("units", "evidence_requirements", "of"): entries,
    **{("qualifications", name): check for name, check in QUALIFICATION.items()},
    ("qualifications", "groups", "title"): TITLE,
    ("qualifications", "groups", "kind"): one_of("mandatory", "optional"),
    ("qualifications", "groups", "units", "registered_from"): day,
    ("qualifications", "groups", "units", "registered_before"): day,
    ("qualifications", "rules"): reading,
}


def _lines_named(value: object) -> list[int]:
    if not isinstance(value, list) or not value or not all(isinstance(n, int) and n >= 1 for n in value):
        raise NotAllowed("Name the line of the document that prints this rule.")
    return value


ADDED: dict[tuple[str, ...], dict[str, Check]] = {
    ("units", "outcomes"): {"text": TEXT, "kind": OUTCOME_KIND},
    ("units", "outcomes", "criteria"): {"text": TEXT},
    ("units", "evidence_requirements"): {"text": TEXT, "kind": REQUIREMENT_KIND},
    ("qualifications", "groups", "units"): {},
    ("qualifications", "rules"): {"printed": _lines_named},
}
LEFT_OUT = {*ADDED}
WHOLE_NUMBER = re.compile(r"[1-9][0-9]?")
NAMES = {
    "outcomes": (WHOLE_NUMBER, "An outcome's number is a whole number, 1 or more."),
    "evidence_requirements": (WHOLE_NUMBER, "A requirement's number is a whole number, 1 or more."),
    "criteria": (CODE, "A criterion's code is written like 1.2."),
    "rules": (re.compile(r"[A-Za-z0-9]{1,10}"), "A rule's name has up to 10 letters and digits, like R9."),
    "units": (re.compile(r"\S{1,30}"), "A unit is named by its number or reference number."),
}
NOT_HERE = "This part of a document cannot be corrected here."


def shape_of(path: str) -> tuple[str, ...]:
    return tuple(part for part, _ in pairs(path))


def corrected_value(path: str, value: object) -> object:
    """The value as it stands in a pack; raises NotAllowed."""
    check = PLACES.get(shape_of(path))
    if check is None:
        raise NotAllowed(NOT_HERE)
    return check(value)


def added_value(path: str, value: object) -> dict:
    """What is added at a path that names it; raises NotAllowed."""
    checks = ADDED.get(shape_of(path))
    part, name = list(pairs(path))[-1]
    if checks is None or not isinstance(value, dict):
        raise NotAllowed(NOT_HERE)
    pattern, sentence = NAMES[part]
    if not pattern.fullmatch(name):
        raise NotAllowed(sentence)
    facts = reading(value) if part == "rules" else {}
    return facts | {field: check(value.get(field)) for field, check in checks.items()}


def may_be_left_out(path: str) -> bool:
    return shape_of(path) in LEFT_OUT
