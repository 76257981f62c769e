"""The words that fill in an issue that was published as facts only; only actions call this."""

from quals.actions._rows import make_findings, make_requirements
from quals.models import Criterion, EvidenceRequirement, Finding, Outcome, Rule, Specification, Unit
from quals.specification.review.contradictions import with_contradictions
from quals.specification.review.doubts import identity_of


def fill_in(specification: Specification, *, read: dict, pack: dict, lines: list[str], source_name: str) -> None:
    """The one change that a published issue ever sees: the words, and the line numbers that point at them. `pack` is
    what was `read`, with the issue's corrections.

    Doubts that were put to rest before the facts were published stay so, and a page that came from another
    specification is left as it is.
    """
    specification.lines, specification.source_name, specification.read = lines, source_name, read
    specification.sha256, specification.has_wording = pack["source"]["sha256"], True
    specification.save(update_fields=["lines", "source_name", "read", "sha256", "has_wording"])
    facts = {unit["key"]: unit for unit in pack["units"]}
    units = list(Unit.objects.filter(specification=specification))
    for unit in units:
        unit.line = facts[unit.key]["line"]
    Unit.objects.bulk_update(units, ["line"], batch_size=200)
    own = [unit for unit in units if unit.page_from_id is None]
    _fill_in_outcomes(own, facts)
    _fill_in_criteria(own, facts)
    EvidenceRequirement.objects.filter(unit__in=own).delete()
    make_requirements(own, pack)
    _fill_in_rules(specification, pack)
    _fill_in_findings(specification, pack)


def _fill_in_outcomes(units: list[Unit], facts: dict[str, dict]) -> None:
    words = {
        (key, str(outcome["number"])): outcome["text"] for key, unit in facts.items() for outcome in unit["outcomes"]
    }
    rows = list(Outcome.objects.filter(unit__in=units).select_related("unit"))
    for row in rows:
        row.text = words[row.unit.key, row.number]
    Outcome.objects.bulk_update(rows, ["text"], batch_size=200)


def _fill_in_criteria(units: list[Unit], facts: dict[str, dict]) -> None:
    read = {
        (key, criterion["code"]): criterion
        for key, unit in facts.items()
        for outcome in unit["outcomes"]
        for criterion in outcome["criteria"]
    }
    rows = list(Criterion.objects.filter(unit__in=units).select_related("unit"))
    for row in rows:
        criterion = read[row.unit.key, row.code]
        row.text, row.line = criterion["text"], criterion["line"]
    Criterion.objects.bulk_update(rows, ["text", "line"], batch_size=200)


def _fill_in_rules(specification: Specification, pack: dict) -> None:
    printed = {
        (qualification["qan"], rule["id"]): rule["printed"]
        for qualification in pack["qualifications"]
        for rule in qualification["rules"]
    }
    rows = list(Rule.objects.filter(qualification__specification=specification).select_related("qualification"))
    for row in rows:
        row.printed = printed[row.qualification.qan, row.label]
    Rule.objects.bulk_update(rows, ["printed"])


def _fill_in_findings(specification: Specification, pack: dict) -> None:
    before = Finding.objects.filter(specification=specification, resolved__isnull=False)
    names = ("severity", "code", "subject", "line")
    resolved = {identity_of({name: getattr(row, name) for name in names}): row.resolved for row in before}
    Finding.objects.filter(specification=specification).delete()
    findings = [finding | {"resolved": resolved.get(identity_of(finding))} for finding in pack["findings"]]
    make_findings(specification, with_contradictions(pack | {"findings": findings}, resolved))
