"""A small qualification pack of our own, people who read the catalogue, and what they see it through."""

import copy
from datetime import date

from accounts.models import User
from audit.actors import ADMINISTRATOR, EDITOR, Actor
from centres.models import Approval, Centre, Membership
from quals.actions import import_pack
from quals.models import Qualification, Specification
from quals.specification import facts_only

QAN = "999/0001/5"
EDITOR_ACTOR = Actor(1, "Edda Itor", EDITOR)
SYSTEM = Actor.system("tests")
LINES = ["Growing herbs", "Learners need 4 credits.", "One unit comes from group A."]
STRATEGY = {
    "simulation": "unstated",
    "work_placement": "unstated",
    "knowledge_evidence": "unstated",
    "currency_years": None,
    "qualify_within_months": None,
}


def a_unit(number: int, **changes) -> dict:
    """A unit with two outcomes and three criteria, in words of our own."""
    unit = {
        "key": str(number),
        "number": str(number),
        "uan": f"A/500/{number:04}",
        "title": f"Grow herb {number}",
        "level": 2 + number % 2,
        "credit": 2,
        "glh": 10,
        "kind": "competence",
        "routes": ["portfolio"],
        "line": 10,
        "strategy": STRATEGY,
        "outcomes": [
            {
                "number": 1,
                "text": "Know the soil",
                "kind": "knowledge",
                "criteria": [
                    {"code": "1.1", "text": "Name three kinds of soil", "line": 11},
                    {"code": "1.2", "text": "Say which soil drains well", "line": 12},
                ],
            },
            {
                "number": 2,
                "text": "Be able to sow",
                "kind": "performance",
                "criteria": [{"code": "2.1", "text": "Sow a row in the open", "line": 13}],
            },
        ],
        "evidence_requirements": [
            {
                "number": 1,
                "kind": "coverage",
                "text": "Cover these herbs",
                "choose": 2,
                "of": ["thyme", "sage", "dill"],
            },
            {"number": 2, "kind": "period", "text": "Over one season", "of": []},
        ],
    }
    return copy.deepcopy(unit) | changes


def a_pack(*, units: int = 3, sha: str = "a", **changes) -> dict:
    """One qualification: unit 1 in group A, the others in group B."""
    pack = {
        "format": "qualification-pack/1",
        "source": {
            "file": "herbs.txt",
            "sha256": sha * 64,
            "title": "Herb growing",
            "version": "Issue 1",
            "wording": True,
        },
        "awarding_organisation": "Garden Awards",
        "qualifications": [a_qualification(units)],
        "units": [a_unit(number) for number in range(1, units + 1)],
        "findings": [],
    }
    return copy.deepcopy(pack) | changes


def a_qualification(units: int) -> dict:
    facts = {"qan": QAN, "title": "Certificate in Herb Growing", "level": 2, "credits": 4, "tqt": 40, "glh": 20}
    facts |= {"minimum_age": 16, "first_registration": "2020-09-01", "last_registration": "2030-08-31"}
    facts |= {"last_certification": None, "evidence_kinds": ["O", "P"]}
    others = [{"unit": str(number)} for number in range(2, units + 1)]
    facts["groups"] = [
        {"code": "A", "title": "Group A Mandatory", "kind": "mandatory", "units": [{"unit": "1"}]},
        {"code": "B", "title": "Group B Optional", "kind": "optional", "units": others},
    ]
    facts["rules"] = [
        a_rule("R1", measure="credits", amount=4, printed=[2]),
        a_rule("R2", measure="units", amount=1, of={"groups": ["A"]}, printed=[3]),
        a_rule(
            "R3",
            measure="credits",
            amount=2,
            of={"level": {"mode": "exactly", "value": 2}},
            printed=[2, 3],
            confidence="disputed",
            note="read as exactly level 2",
            alternative={"of": {"level": {"mode": "at_or_above", "value": 2}}},
        ),
    ]
    return facts


def a_rule(label: str, **changes) -> dict:
    rule = {"id": label, "bound": "at_least", "of": {}, "confidence": "printed", "note": "", "confirmed": None}
    return rule | changes


def an_error(**changes) -> dict:
    finding = {"line": 7, "severity": "error", "code": "criterion-text-missing", "subject": "unit 1, 1.1"}
    return finding | {"message": "The words of 1.1 are missing."} | changes


def load(pack: dict, *, publish: bool = True) -> Specification:
    """The pack, imported by the system; where it has wording, with lines of our own."""
    lines = LINES if pack["source"]["wording"] else []
    return import_pack(
        pack=pack, lines=lines, source_name=pack["source"]["file"], publish=publish, by=SYSTEM
    ).specification


def load_facts(**changes) -> Specification:
    return load(facts_only(a_pack(**changes)))


def the_qualification(specification: Specification) -> Qualification:
    return specification.qualifications.get()


def an_editor() -> User:
    return User.objects.create_user("editor@example.org", name="Edda Itor", is_catalogue_editor=True)


def an_administrator(*, approved: tuple[str, ...] = ()) -> User:
    """Administrator of a centre of their own, approved for these QANs."""
    person = User.objects.create_user("admin@example.org", name="Adam Inis")
    centre = Centre.objects.create(name="Northgate", number="C1")
    day = date(2020, 1, 1)
    Membership.objects.create(centre=centre, user=person, role=ADMINISTRATOR, from_on=day)
    for qan in approved:
        Approval.objects.create(centre=centre, qan=qan, from_on=day)
    return person
