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

FACTS = ("level", "credits", "minimum_age", "first_registration", "last_registration", "last_certification")
READING = ("bound", "measure", "amount", "of")
MOST_DIFFERENCES = 100


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
        "findings": [_named(finding, "line severity code subject message") for finding in findings],
    }


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
    days = {name: _iso(getattr(place, name)) for name in ("registered_from", "registered_before")}
    return {"unit": place.unit.key} | {name: day for name, day in days.items() if day}


def _pack_of_unit(unit: Unit, wording: bool) -> dict:
    facts = _named(unit, "key title level credit glh kind routes line strategy")
    facts |= {"number": unit.number or None, "uan": unit.uan or None}
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
    """In what facts two packs differ, a sentence each; and what only the new one was read with errors in."""
    before, after = dict(_facts(old)), dict(_facts(new))
    names = list(before) + [name for name in after if name not in before]
    found = [_difference(name, before.get(name), after.get(name)) for name in names]
    return [sentence for sentence in found if sentence][:MOST_DIFFERENCES]


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
        qan = qualification["qan"]
        for name in FACTS:
            yield f"{qan}, {name.replace('_', ' ')}", str(qualification[name])
        for group in qualification["groups"]:
            yield (
                f"{qan}, group {group['code']}",
                f"{group['kind']}: {', '.join(map(_place, group['units']))}",
            )
        for rule in qualification["rules"]:
            yield f"{qan}, rule {rule['id']}", canonical({name: rule[name] for name in READING})
    for unit in pack["units"]:
        name = f"unit {unit['key']}"
        yield name, f"{unit['uan']}, level {unit['level']}, credit {unit['credit']}"
        for outcome in unit["outcomes"]:
            codes = " ".join(criterion["code"] for criterion in outcome["criteria"])
            yield f"{name}, outcome {outcome['number']}", f"criteria {codes}"
    for finding in pack["findings"]:
        if finding["severity"] == states.ERROR:
            yield f"error in line {finding['line']}, {finding['subject']}", finding["message"]


def _place(place: dict) -> str:
    days = [place.get("registered_from"), place.get("registered_before")]
    return place["unit"] + (f" ({days[0] or ''} to {days[1] or ''})" if any(days) else "")
