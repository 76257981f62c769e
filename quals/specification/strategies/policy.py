"""Sentences about how units may be assessed become a policy: simulation, placements, knowledge, currency, staff."""

import re
from dataclasses import dataclass, field

from ..read import BULLET, Line, paragraphs, plain
from ..tables import cells

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBER = rf"(?P<number>[0-9]{{1,3}}|{'|'.join(NUMBERS)}|eighteen|twenty-four)"
LONGEST = 50_000
SENTENCE_END = re.compile(r"(?<=[.;:?!]) (?=[A-Z'‘’“(])")

WORTH_READING = re.compile(r"simulat|realistic|RWE|\breal\b|performance|placement|inferred|years?\b|months?\b", re.I)
SIMULATION = re.compile(r"\bsimulat|\brealistic work(?:ing)? environment|\bRWEs?\b", re.I)
FORBIDS = re.compile(
    r"\b(?:not|never) (?:be |an )?(?:allowed|permitted|permissible|accepted|acceptable|used|simulated)\b"
    r"|\bno simulation\b|\bcannot be (?:used|simulated|accepted)\b",
    re.I,
)
REAL_WORK_ONLY = re.compile(
    r"\bmust (?:only )?be (?:assessed|undertaken|carried out|collected|generated) in a real work(?:ing)? environment"
    r"|\bmust (?:only )?be based on (?:the )?(?:candidate|learner)s?(?:['’]s?)? performance at work",
    re.I,
)
EXCEPTION = re.compile(r"\b(?:except|exception|unless|apart from|other than)\b", re.I)
ALLOWS = re.compile(
    r"\b(?:may|can) be (?:based|assessed|demonstrated|generated)\b.{0,120}\b(?:through|by|or) simulation\b"
    r"|\bis simulated,? it must\b|\bmust be (?:undertaken|carried out|assessed) in a .?realistic work"
    r"|\bsimulation (?:is|may be|can be) (?:allowed|permitted|acceptable|accepted)\b"
    r"|\bsimulation (?:may|can) be used\b"
    r"|\bcan be (?:simulated|assessed in a .?realistic work)",
    re.I,
)
ENVIRONMENT_ALLOWED = re.compile(
    r"\brealistic work(?:ing)? environment\b.{0,80}\bis (?:permissible|permitted|allowed|acceptable|accepted)\b"
    r"|\b(?:may|can) be (?:collected|gathered|generated|obtained)\b.{0,80}\brealistic work",
    re.I,
)
SETTLES = re.compile(r"\b(?:allow|permit|permissib|accept)", re.I)
ONLY_LISTED = re.compile(r"\bsimulation (?:can|may|must) only be (?:applied to|used (?:for|in)) the following\b", re.I)
ONLY_UNITS = re.compile(r"\bUnits? [0-9]", re.I)
ONE_QUALIFICATION = re.compile(r"\bthe Level (?P<level>[0-9]) (?:\w+ ){0,2}(?P<size>Award|Certificate|Diploma)\b", re.I)
PLACEMENT = re.compile(r"\bwork placements?\b", re.I)
NOT_INFERRED = re.compile(
    r"\b(?:cannot|can not|(?:must|may|should) not) be inferred from (?:the )?\w* ?performance\b", re.I
)
CURRENCY = re.compile(
    rf"\b(?:no (?:more|older) than|not (?:more|older) than|within the (?:last|past|previous)) {NUMBER} years?\b", re.I
)
ABOUT_STAFF = re.compile(r"\b(?:assessors?|verifiers?|quality assurers?|staff|experience|CPD)\b", re.I)
WITHIN = re.compile(rf"\bwithin {NUMBER} (?P<unit>months?|years?)\b", re.I)
AWARDS = re.compile(r"\b(?:units?|awards?|qualifications?|qualified|certificates?)\b", re.I)
ROLES = {
    "assessor": re.compile(r"\b[Aa]ssessors?\b"),
    "iqa": re.compile(r"\bIV[sS]?\b|\bIQAs?\b|\b[Ii]nternal (?:[Vv]erifiers?|[Qq]uality [Aa]ssurers?)\b"),
    "eqa": re.compile(r"\bEV[sS]?\b|\bEQAs?\b|\b[Ee]xternal (?:[Vv]erifiers?|[Qq]uality [Aa]ssurers?)\b"),
}


@dataclass
class Policy:
    """What one source says, each with the line that says it; None where it says nothing."""

    forbids: int | None = None
    allows: int | None = None
    environment: int | None = None  # a realistic working environment is allowed where simulation may not be
    unread: int | None = None
    except_at: int | None = None
    only_in: tuple[int, int, str] | None = None  # line, level and size of the one qualification that may be simulated
    only_titles: tuple[int, frozenset[str]] | None = None
    only_units: tuple[int, frozenset[str]] | None = None
    no_placement: int | None = None
    explicit_knowledge: int | None = None
    competence_only: bool = False
    currency_years: int | None = None
    months: dict[str, int] = field(default_factory=dict)


def read_policy(lines: list[Line]) -> Policy:
    policy, titles = Policy(), None
    for line in lines:
        if titles is not None:
            titles.update(normal(plain(cell)) for cell in cells(line.text))
        for sentence in sentences(line.text) if WORTH_READING.search(line.text) else ():
            _simulation(policy, line.number, sentence)
            _other(policy, line.number, sentence)
            if titles is None and ONLY_LISTED.search(sentence):
                titles, listed_at = set(), line.number
    if titles:
        policy.only_titles = (listed_at, frozenset(titles))
    return policy


def sentences(text: str) -> list[str]:
    """The sentences of a line; a line longer than any paragraph of a specification has none."""
    if len(text) > LONGEST:
        return []
    text = BULLET.sub("", text)
    return [
        sentence
        for cell in cells(text)
        for words in paragraphs(cell)
        for sentence in SENTENCE_END.split(words.replace("*", ""))
    ]


def normal(title: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", title.lower()))


def figure(text: str) -> int:
    others = {"eighteen": 18, "twenty-four": 24}
    text = text.lower()
    return int(text) if text.isdigit() else others.get(text) or NUMBERS.index(text) + 1


def _simulation(policy: Policy, line: int, sentence: str) -> None:
    about = SIMULATION.search(sentence)
    if about and "only" in sentence.lower() and ONLY_UNITS.search(sentence):
        numbers = re.findall(r"\bUnits? ([0-9][\w-]*)", sentence, re.I)
        policy.only_units = (line, frozenset(numbers))
        return
    one = ONE_QUALIFICATION.search(sentence)
    if REAL_WORK_ONLY.search(sentence) or (about and FORBIDS.search(sentence)):
        policy.forbids = policy.forbids or line
        if EXCEPTION.search(sentence):
            policy.except_at = policy.except_at or line
        if one and EXCEPTION.search(sentence):
            policy.only_in = policy.only_in or (line, int(one["level"]), one["size"].lower())
    elif about and ENVIRONMENT_ALLOWED.search(sentence):
        policy.environment = policy.environment or line
    elif about and ALLOWS.search(sentence):
        if one:
            policy.only_in = policy.only_in or (line, int(one["level"]), one["size"].lower())
        else:
            policy.allows = policy.allows or line
    elif about and SETTLES.search(sentence):
        policy.unread = policy.unread or line


def _other(policy: Policy, line: int, sentence: str) -> None:
    if PLACEMENT.search(sentence) and FORBIDS.search(sentence):
        policy.no_placement = policy.no_placement or line
    if "knowledge" in sentence.lower() and NOT_INFERRED.search(sentence):
        policy.explicit_knowledge = policy.explicit_knowledge or line
        policy.competence_only = "competence unit" in sentence.lower()
    currency = CURRENCY.search(sentence)
    if currency and not ABOUT_STAFF.search(sentence):
        policy.currency_years = policy.currency_years or figure(currency["number"])
    if AWARDS.search(sentence):
        for role, months in _months(sentence).items():
            policy.months.setdefault(role, months)


def _months(sentence: str) -> dict[str, int]:
    """Who has to qualify within how many months: the roles named after each limit, or before the only one."""
    limits = list(WITHIN.finditer(sentence))
    ends = [limit.start() for limit in limits[1:]] + [len(sentence)]
    found: dict[str, int] = {}
    for limit, end in zip(limits, ends, strict=False):
        months = figure(limit["number"]) * (12 if limit["unit"].lower().startswith("year") else 1)
        scope = sentence[limit.end() : end]
        if len(limits) == 1 and not any(role.search(scope) for role in ROLES.values()):
            scope = sentence
        for name, role in ROLES.items():
            if role.search(scope):
                found.setdefault(name, months)
    return found
