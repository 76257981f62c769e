"""The rows that a pack becomes; only actions call this."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from audit.actors import now
from quals.models import (
    AwardingOrganisation,
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
from quals.specification.review.contradictions import with_contradictions

DAYS = ("first_registration", "last_registration", "last_certification")


def make_specification(
    organisation: AwardingOrganisation, pack: dict, lines: list[str], source_name: str
) -> Specification:
    source = pack["source"]
    specification = Specification.objects.create(
        awarding_organisation=organisation,
        title=source["title"],
        version=source["version"] or "",
        source_name=source_name,
        sha256=source["sha256"],
        has_wording=source["wording"],
        lines=lines,
        read=pack,
        imported_at=now(),
    )
    make_rows(specification, with_contradictions(pack), {})
    return specification


def make_rows(specification: Specification, pack: dict, kept: dict[str, UUID]) -> None:
    """All that the pack says; `kept` are the public ids of qualifications (by QAN) and units (by key) before."""
    units = Unit.objects.bulk_create(
        _unit(specification, position, unit, kept) for position, unit in enumerate(pack["units"], start=1)
    )
    _make_outcomes(units, pack)
    make_requirements(units, pack)
    make_findings(specification, pack)
    by_key = {unit.key: unit for unit in units}
    for qualification in pack["qualifications"]:
        _make_qualification(specification, qualification, by_key, kept)


def _unit(specification: Specification, position: int, unit: dict, kept: dict[str, UUID]) -> Unit:
    names = "key title level credit glh kind routes strategy line"
    return Unit(
        public_id=kept.get(unit["key"]) or uuid4(),
        specification=specification,
        position=position,
        number=unit["number"] or "",
        uan=unit["uan"] or "",
        criteria_total=sum(len(outcome["criteria"]) for outcome in unit["outcomes"]),
        test=unit.get("test"),
        **_taken(unit, names),
    )


def _taken(facts: dict, names: str) -> dict:
    return {name: facts[name] for name in names.split()}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _make_outcomes(units: list[Unit], pack: dict) -> None:
    pairs = [
        (Outcome(unit=unit, position=position, **_taken(outcome, "number text kind")), outcome["criteria"])
        for unit, facts in zip(units, pack["units"], strict=True)
        for position, outcome in enumerate(facts["outcomes"], start=1)
    ]
    Outcome.objects.bulk_create(outcome for outcome, _ in pairs)
    positions: dict[int, int] = {}
    criteria = []
    for outcome, listed in pairs:
        for criterion in listed:
            position = positions[outcome.unit_id] = positions.get(outcome.unit_id, 0) + 1
            facts = _taken(criterion, "code text line")
            criteria.append(Criterion(outcome=outcome, unit_id=outcome.unit_id, position=position, **facts))
    Criterion.objects.bulk_create(criteria)


def make_requirements(units: Iterable[Unit], pack: dict) -> None:
    by_key = {unit["key"]: unit for unit in pack["units"]}
    EvidenceRequirement.objects.bulk_create(
        EvidenceRequirement(
            unit=unit,
            position=position,
            choose=str(requirement.get("choose", "")),
            of=requirement.get("of", []),
            **_taken(requirement, "number kind text"),
        )
        for unit in units
        for position, requirement in enumerate(by_key[unit.key]["evidence_requirements"], start=1)
    )


def make_findings(specification: Specification, pack: dict) -> None:
    names = "line severity code subject message"
    Finding.objects.bulk_create(
        Finding(
            specification=specification,
            printed=finding.get("printed", ""),
            read=finding.get("read", ""),
            resolved=finding.get("resolved"),
            **_taken(finding, names),
        )
        for finding in pack["findings"]
    )


def _make_qualification(
    specification: Specification, facts: dict, units: dict[str, Unit], kept: dict[str, UUID]
) -> None:
    days = {name: _day(facts[name]) for name in DAYS}
    names = "qan title level credits tqt glh minimum_age evidence_kinds"
    qualification = Qualification.objects.create(
        public_id=kept.get(facts["qan"]) or uuid4(), specification=specification, **days, **_taken(facts, names)
    )
    groups = Group.objects.bulk_create(
        Group(qualification=qualification, position=position, **_taken(group, "code title kind"))
        for position, group in enumerate(facts["groups"], start=1)
    )
    GroupUnit.objects.bulk_create(
        GroupUnit(
            group=group,
            unit=units[place["unit"]],
            registered_from=_day(place.get("registered_from")),
            registered_before=_day(place.get("registered_before")),
            mark=place.get("mark", ""),
            position=position,
        )
        for group, listed in zip(groups, facts["groups"], strict=True)
        for position, place in enumerate(listed["units"], start=1)
    )
    Rule.objects.bulk_create(
        _rule(qualification, position, rule) for position, rule in enumerate(facts["rules"], start=1)
    )


def _rule(qualification: Qualification, position: int, rule: dict) -> Rule:
    return Rule(
        qualification=qualification,
        label=rule["id"],
        position=position,
        note=rule.get("note", ""),
        alternative=rule.get("alternative"),
        confirmed=rule.get("confirmed"),
        **_taken(rule, "bound measure amount of printed confidence"),
    )
