"""The catalogue as qualification packs again, and in what two packs differ."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch

from audit.models import canonical
from quals import states
from quals.models import (
    Criterion,
    EvidenceRequirement,
    Finding,
    Group,
    GroupUnit,
    Outcome,
    Qualification,
    Rule,
    Specification,
    Unit,
)
from quals.specification.review.doubts import identity_of

FACTS = ("level", "credits", "minimum_age", "first_registration", "last_registration", "last_certification")
READING = ("bound", "measure", "amount", "of")


def pack_of(
    specification: Specification,
    *,
    wording: bool,
    only: Qualification | None = None,
    findings: Iterable[Finding] = (),
) -> dict:
    """The specification as a qualification pack: all of it or one qualification, with or without wording."""
    qualifications = Qualification.objects.filter(specification=specification).order_by("pk")
    units = Unit.objects.filter(specification=specification).order_by("position")
    if only is not None:
        qualifications = qualifications.filter(pk=only.pk)
        units = units.filter(pk__in=GroupUnit.objects.filter(group__qualification=only).values("unit"))
    places = Prefetch("groups__places", GroupUnit.objects.select_related("unit").order_by("position"))
    qualifications = qualifications.prefetch_related(
        Prefetch("groups", Group.objects.order_by("position")),
        places,
        Prefetch("rules", Rule.objects.order_by("position")),
    )
    units = units.prefetch_related(
        Prefetch("outcomes", Outcome.objects.order_by("position")),
        Prefetch("outcomes__criteria", Criterion.objects.order_by("position")),
        Prefetch("evidence_requirements", EvidenceRequirement.objects.order_by("position")),
    )
    return {
        "format": "qualification-pack/1",
        "source": _pack_of_source(specification, wording),
        "awarding_organisation": specification.awarding_organisation.name,
        "qualifications": [_pack_of_qualification(qualification) for qualification in qualifications],
        "units": [_pack_of_unit(unit, wording) for unit in units],
        "findings": [_pack_of_finding(finding, wording) for finding in findings],
    }


def printed_pack_of(specification: Specification) -> dict:
    """What the specification's own document says, without wording: a page that came from another document is left
    out again."""
    pack = pack_of(specification, wording=False, findings=Finding.objects.filter(specification=specification))
    joined = specification.units.filter(page_from__isnull=False).values_list("key", flat=True)
    keys = set(joined)
    units = [unit | ({"outcomes": []} if unit["key"] in keys else {}) for unit in pack["units"]]
    return pack | {"units": units}


def _named(row: object, names: str) -> dict:
    return {name: getattr(row, name) for name in names.split()}


def _pack_of_source(specification: Specification, wording: bool) -> dict:
    return {
        "file": specification.source_name,
        "sha256": specification.sha256,
        "title": specification.title,
        "version": specification.version or None,
        "wording": wording and specification.has_wording,
    }


def _iso(day: date | None) -> str | None:
    return day and day.isoformat()


def _pack_of_qualification(qualification: Qualification) -> dict:
    facts = _named(qualification, "qan title level credits tqt glh minimum_age")
    for name in ("first_registration", "last_registration", "last_certification"):
        facts[name] = _iso(getattr(qualification, name))
    facts["evidence_kinds"] = qualification.evidence_kinds
    facts["groups"] = [
        _named(group, "code title kind") | {"units": [_pack_of_place(place) for place in group.places.all()]}
        for group in qualification.groups.all()
    ]
    return facts | {"rules": [pack_of_rule(rule) for rule in qualification.rules.all()]}


def _pack_of_place(place: GroupUnit) -> dict:
    facts = {name: _iso(getattr(place, name)) for name in ("registered_from", "registered_before")}
    facts["mark"] = place.mark
    return {"unit": place.unit.key} | {name: fact for name, fact in facts.items() if fact}


def _pack_of_finding(finding: Finding, wording: bool) -> dict:
    """What is printed and what it was read as is wording."""
    facts = _named(finding, "line severity code subject message")
    facts |= {name: words for name in ("printed", "read") if wording and (words := getattr(finding, name))}
    return facts | ({"resolved": finding.resolved} if finding.resolved else {})


def _pack_of_unit(unit: Unit, wording: bool) -> dict:
    facts = _named(unit, "key title level credit glh kind routes line strategy")
    facts |= {"number": unit.number or None, "uan": unit.uan or None}
    facts |= {"test": unit.test} if unit.test else {}
    facts["outcomes"] = [
        {
            "number": int(outcome.number),
            "text": outcome.text if wording else "",
            "kind": outcome.kind,
            "criteria": [
                {"code": criterion.code, "text": criterion.text if wording else "", "line": criterion.line}
                for criterion in outcome.criteria.all()
            ],
        }
        for outcome in unit.outcomes.all()
    ]
    requirements = unit.evidence_requirements.all()
    return facts | {"evidence_requirements": [_pack_of_requirement(row, wording) for row in requirements]}


def _pack_of_requirement(requirement: EvidenceRequirement, wording: bool) -> dict:
    facts = {"number": int(requirement.number), "kind": requirement.kind}
    facts |= {
        "text": requirement.text if wording else "",
        "of": requirement.of if wording else [""] * len(requirement.of),
    }
    if requirement.choose:
        facts["choose"] = "all" if requirement.choose == "all" else int(requirement.choose)
    return facts


def pack_of_rule(rule: Rule) -> dict:
    """The rule in the shape of the qualification pack."""
    facts = {"id": rule.label} | _named(rule, "bound measure amount of printed confidence note confirmed")
    return facts | ({"alternative": rule.alternative} if rule.alternative else {})


def differences_between(old: dict, new: dict) -> list[str]:
    """In what facts two packs differ, a sentence each; and what only the new one was read with doubts in that
    somebody has to put to rest."""
    before, after = dict(_facts(old)), dict(_facts(_as_settled(old, new)))
    names = list(before) + [name for name in after if name not in before]
    found = [_difference(name, before.get(name), after.get(name)) for name in names]
    return [sentence for sentence in found if sentence] + _new_doubts(old, new)


def minor_differences_between(old: dict, new: dict) -> list[str]:
    """In what facts two packs differ that nobody is held to and that wording is filled in beside."""
    before, after = dict(_minor_facts(old)), dict(_minor_facts(new))
    found = [_difference(name, before[name], after[name]) for name in before if name in after]
    return [sentence for sentence in found if sentence]


def _minor_facts(pack: dict) -> Iterator[tuple[str, str]]:
    for qualification in pack["qualifications"]:
        qan = qualification["qan"]
        for name in ("title", "tqt", "glh"):
            yield f"{qan}, {name}", str(qualification[name])
        yield f"{qan}, kinds of evidence", ", ".join(qualification["evidence_kinds"])
        for group in qualification["groups"]:
            yield f"{qan}, group {group['code']}, title", group["title"]
            marks = [f"{place['unit']}{place['mark']}" for place in group["units"] if place.get("mark")]
            yield f"{qan}, group {group['code']}, marks", ", ".join(marks) or "none"
    for unit in pack["units"]:
        for name in ("number", "title", "glh"):
            yield f"unit {unit['key']}, {name}", str(unit[name])
        if unit["outcomes"]:
            yield from _minor_facts_of_page(f"unit {unit['key']}", unit)


def _minor_facts_of_page(name: str, unit: dict) -> Iterator[tuple[str, str]]:
    yield f"{name}, kind", unit["kind"]
    yield f"{name}, routes", ", ".join(unit["routes"])
    yield f"{name}, test", canonical(unit.get("test"))
    yield f"{name}, strategy", canonical(unit["strategy"])
    yield f"{name}, kinds of outcome", ", ".join(f"{each['number']} {each['kind']}" for each in unit["outcomes"])
    asked = [f"{each['number']} {each['kind']}" for each in unit["evidence_requirements"]]
    yield f"{name}, evidence requirements", ", ".join(asked) or "none"


def _difference(name: str, before: object, after: object) -> str:
    if before == after:
        return ""
    if after is None:
        return f"{name}: only in what is published."
    if before is None:
        return f"{name}: only in the document."
    return f"{name}: {before} is published, {after} is in the document."


def _facts(pack: dict) -> Iterator[tuple[str, str]]:
    for qualification in pack["qualifications"]:
        yield from _facts_of_qualification(qualification)
    for unit in pack["units"]:
        name = f"unit {unit['key']}"
        yield name, f"{unit['uan']}, level {unit['level']}, credit {unit['credit']}"
        for outcome in unit["outcomes"]:
            codes = " ".join(criterion["code"] for criterion in outcome["criteria"])
            yield f"{name}, outcome {outcome['number']}", f"criteria {codes}"


def _facts_of_qualification(qualification: dict) -> Iterator[tuple[str, str]]:
    qan = qualification["qan"]
    for name in FACTS:
        yield f"{qan}, {name.replace('_', ' ')}", str(qualification[name])
    for group in qualification["groups"]:
        yield f"{qan}, group {group['code']}", f"{group['kind']}: {', '.join(map(_place, group['units']))}"
    for rule in qualification["rules"]:
        yield f"{qan}, rule {rule['id']}", canonical(_reading(rule))
        if rule.get("alternative"):
            yield f"{qan}, rule {rule['id']} read the other way", canonical(_reading(rule | rule["alternative"]))


def _reading(rule: dict) -> dict:
    return {name: rule[name] for name in READING}


def _as_settled(old: dict, new: dict) -> dict:
    """The new pack with its rules read as somebody confirmed them in the old one, where they can be read so."""
    confirmed = {
        (qualification["qan"], rule["id"]): rule
        for qualification in old["qualifications"]
        for rule in qualification["rules"]
        if rule["confidence"] == states.CONFIRMED
    }

    def settled(qan: str, rule: dict) -> dict:
        held = confirmed.get((qan, rule["id"]))
        ways = [_reading(rule), _reading(rule | (rule.get("alternative") or {}))]
        return held if held and _reading(held) in ways else rule

    qualifications = [
        each | {"rules": [settled(each["qan"], rule) for rule in each["rules"]]} for each in new["qualifications"]
    ]
    return new | {"qualifications": qualifications}


def _new_doubts(old: dict, new: dict) -> list[str]:
    known = {identity_of(finding) for finding in old["findings"]}
    return [
        f"{finding['severity']}{_in_line(finding)}, {finding['subject']}: only in the document. {finding['message']}"
        for finding in new["findings"]
        if finding["severity"] != states.NOTE and not finding.get("resolved") and identity_of(finding) not in known
    ]


def _in_line(finding: dict) -> str:
    return f" in line {finding['line']}" if finding["line"] else ""


def _place(place: dict) -> str:
    days = [place.get("registered_from"), place.get("registered_before")]
    return place["unit"] + (f" ({days[0] or ''} to {days[1] or ''})" if any(days) else "")
