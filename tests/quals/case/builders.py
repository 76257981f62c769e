"""CASE packages of our own making, as other people's software writes them."""

import copy
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from quals.case import Framework

SHA = "5" * 64
BASE = "https://attest.example/ims/case/v1p1"
DOCUMENT = UUID("3f0c8b52-9d4e-4f38-8a3c-6f2f2a5f7d10")


def uuid_of(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"https://states.example/{name}"))


def framework_of(pack: dict, **changes) -> Framework:
    """What the catalogue would say of the pack's first qualification."""
    facts = pack["qualifications"][0]
    said = {name: facts[name] for name in ("title", "qan", "level", "credits")}
    said |= {"identifier": DOCUMENT, "base": BASE, "creator": pack["awarding_organisation"]}
    said |= {"version": pack["source"]["version"] or "", "changed_at": datetime(2024, 5, 1, 12, tzinfo=UTC)}
    return Framework(**said | {"is_published": True, "has_wording": True, "may_read": True} | changes)


def without_lines(pack: dict) -> dict:
    """The pack but for where it came from."""
    bare = copy.deepcopy(pack)
    bare["source"] = {name: bare["source"][name] for name in ("title", "version", "wording")}
    bare["findings"] = []
    for unit in bare["units"]:
        for row in (unit, *unit["outcomes"], *(each for outcome in unit["outcomes"] for each in outcome["criteria"])):
            row.pop("line", None)
    for qualification in bare["qualifications"]:
        for rule in qualification["rules"]:
            del rule["printed"]
    return bare


def item(name: str, statement: str, code: str = "", **more) -> dict:
    facts = {
        "identifier": uuid_of(name),
        "uri": f"https://states.example/uri/{name}",
        "fullStatement": statement,
        "lastChangeDateTime": "2023-01-01T00:00:00+00:00",
    }
    return facts | ({"humanCodingScheme": code} if code else {}) | more


def child(name: str, parent: str, sequence: int | None = None, kind: str = "isChildOf") -> dict:
    ends = {
        end: {"title": each, "identifier": uuid_of(each), "uri": f"https://states.example/uri/{each}"}
        for end, each in (("originNodeURI", name), ("destinationNodeURI", parent))
    }
    facts = {
        "identifier": uuid_of(f"{kind} {name} {parent}"),
        "associationType": kind,
        "uri": f"https://states.example/uri/{kind}-{name}-{parent}",
        "lastChangeDateTime": "2023-01-01T00:00:00+00:00",
    }
    return facts | ends | ({} if sequence is None else {"sequenceNumber": sequence})


def package(items: list[dict], associations: list[dict], **document) -> dict:
    facts = {
        "identifier": uuid_of("document"),
        "uri": "https://states.example/uri/document",
        "creator": "State of Meadow",
        "title": "Meadow Science Standards",
        "lastChangeDateTime": "2023-01-01T00:00:00+00:00",
        "adoptionStatus": "Adopted",
    }
    return {"CFDocument": facts | document, "CFItems": items, "CFAssociations": associations, "CFDefinitions": {}}


def state_standards() -> dict:
    """Strands, topics and standards, listed out of order, as a state's education department publishes them."""
    items = [
        item("W.1.b", "Draw a cloud and name its kind", "MS.W.1.b", CFItemType="Standard", educationLevel=["03"]),
        item("W", "Weather", "MS.W", CFItemType="Strand", educationLevel=["03"]),
        item("W.1", "Know the kinds of clouds", "MS.W.1", CFItemType="Topic", educationLevel=["03"]),
        item("W.1.a", "List the kinds of clouds", "MS.W.1.a", CFItemType="Standard", educationLevel=["03"]),
        item("P", "Ponds", "MS.P", CFItemType="Strand", notes="See the annexe."),
        item("P.1", "Be able to keep a pond", "MS.P.1", CFItemType="Topic"),
        item("P.1.a", "Clear weed from a pond in spring", "MS.P.1.a", CFItemType="Standard"),
        item("P.2", "Understand who lives in a pond", "MS.P.2", CFItemType="Topic"),
        item("P.2.a", "Tell a newt from a frog", "MS.P.2.a", CFItemType="Standard"),
    ]
    associations = [
        child("P", "document", 2), child("W", "document", 1), child("W.1", "W", 1), child("P.2", "P", 20),
        child("P.1", "P", 10), child("W.1.a", "W.1", 1), child("W.1.b", "W.1", 2), child("P.1.a", "P.1", 1),
        child("P.2.a", "P.2", 1), child("P.1", "W.1", kind="isRelatedTo"),
    ]  # fmt: skip
    return package(items, associations, version="2023")
