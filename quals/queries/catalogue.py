"""Reading the catalogue: facts in an actor's name, and whether the actor may read the wording too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from audit.actors import EDITOR, EQA, SYSTEM, Actor
from quals import combination, states
from quals.combination.explain import asks
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
from quals.queries.packs import pack_of_rule
from quals.specification.read import plain


@dataclass(frozen=True)
class PrintedLine:
    """One line of the document; `text` is None where it is not here or not for this reader."""

    number: int
    text: str | None


@dataclass(frozen=True)
class PrintedRule:
    """A rule as people read it and as the engine is told it, beside the lines that it came from."""

    rule: Rule
    told: combination.Rule
    sentence: str
    other_sentence: str
    lines: list[PrintedLine]

    @property
    def bare_lines(self) -> list[int]:
        """Those of which only the number can be shown."""
        return [line.number for line in self.lines if not line.text]


def qualifications_for(actor: Actor | None) -> QuerySet[Qualification]:
    """What is published, for an editor the drafts too; of one qualification the newest issue first."""
    found = Qualification.objects.select_related("specification__awarding_organisation")
    found = found.defer("specification__lines").order_by("title", "qan", "-specification__imported_at", "-pk")
    return found.filter(_in_catalogue(actor, "specification__"))


def units_for(actor: Actor | None) -> QuerySet[Unit]:
    """Units of the specifications that the actor sees."""
    found = Unit.objects.select_related("specification__awarding_organisation").defer("specification__lines")
    return found.filter(_in_catalogue(actor, "specification__")).order_by("specification_id", "position")


def _in_catalogue(actor: Actor | None, path: str) -> Q:
    if actor is None:
        return Q(pk__in=[])
    if actor.role in {EDITOR, SYSTEM}:
        return Q()
    return Q(**{f"{path}state": states.PUBLISHED})


def wording_for(actor: Actor | None, qualification: Qualification, approved_qans: Iterable[str]) -> bool:
    """Whether the actor may read the awarding organisation's wording of this qualification, where it is here.

    `approved_qans` are those of the actor's centre; for an EQA the allocations decide.
    """
    if actor is None:
        return False
    if actor.role in {EDITOR, SYSTEM}:
        return True
    qans = {qan for _, qan in actor.allocations} if actor.role == EQA else approved_qans
    return qualification.qan in qans


def qualifications_of(unit: Unit, actor: Actor | None) -> QuerySet[Qualification]:
    """The qualifications that the unit has a place in."""
    return qualifications_for(actor).filter(groups__places__unit=unit).distinct()


def printed_rules(qualification: Qualification, *, with_lines: bool) -> list[PrintedRule]:
    """Each rule as a sentence, with the lines of the document that say so; their text only `with_lines`."""
    rules = list(Rule.objects.filter(qualification=qualification).order_by("position"))
    places = GroupUnit.objects.filter(group__qualification=qualification).values("group__code")
    sizes = {row["group__code"]: row["size"] for row in places.annotate(size=Count("pk")).order_by()}
    lines = _lines_of(qualification.specification_id) if with_lines and rules else []
    return [_printed(rule, sizes, lines) for rule in rules]


def _printed(rule: Rule, sizes: dict[str, int], lines: list[str]) -> PrintedRule:
    read = combination.Rule.from_pack(pack_of_rule(rule), sizes)
    other = asks(read.alternative) if read.alternative else ""
    numbers = [number for number in rule.printed if isinstance(number, int)]
    return PrintedRule(rule, read, asks(read), other, [PrintedLine(n, _line(lines, n)) for n in numbers])


def _lines_of(specification_id: int) -> list[str]:
    return Specification.objects.values_list("lines", flat=True).get(pk=specification_id)


def _line(lines: list[str], number: int) -> str | None:
    return plain(lines[number - 1]) or None if 0 < number <= len(lines) else None


def quotes_of(specification: Specification, numbers: Iterable[int]) -> dict[int, str]:
    """Lines of the document by their numbers, for editors; those that are not here are left out."""
    lines = specification.lines
    return {number: words for number in numbers if (words := _line(lines, number))}


def structure_of(qualification: Qualification) -> list[Group]:
    """Groups → places → units, in order, without their criteria."""
    places = GroupUnit.objects.select_related("unit").order_by("position")
    groups = Group.objects.filter(qualification=qualification).order_by("position")
    return list(groups.prefetch_related(Prefetch("places", places)))


def tree_of(qualification: Qualification) -> list[Group]:
    """Groups → places → units → outcomes → criteria, in order, in a constant number of queries."""
    places = GroupUnit.objects.order_by("position").prefetch_related(
        "unit",
        Prefetch("unit__outcomes", Outcome.objects.order_by("position")),
        Prefetch("unit__outcomes__criteria", Criterion.objects.order_by("position")),
        Prefetch("unit__evidence_requirements", EvidenceRequirement.objects.order_by("position")),
    )
    groups = Group.objects.filter(qualification=qualification).order_by("position")
    return list(groups.prefetch_related(Prefetch("places", places)))


def outcomes_of(unit: Unit) -> QuerySet[Outcome]:
    """The unit's outcomes in order, each with its criteria."""
    criteria = Prefetch("criteria", Criterion.objects.order_by("position"))
    return Outcome.objects.filter(unit=unit).order_by("position").prefetch_related(criteria)


def criteria_of(unit: Unit) -> QuerySet[Criterion]:
    """The unit's criteria in order, each with its outcome."""
    return Criterion.objects.filter(unit=unit).select_related("outcome").order_by("position")


def evidence_requirements_of(unit: Unit) -> QuerySet[EvidenceRequirement]:
    return EvidenceRequirement.objects.filter(unit=unit).order_by("position")


def findings_for(actor: Actor | None, specification: Specification) -> list[Finding]:
    """What the importer doubted, the gravest first; only editors are shown it."""
    if actor is None or actor.role not in {EDITOR, SYSTEM}:
        return []
    found = Finding.objects.filter(specification=specification).order_by("line", "pk")
    order = [severity for severity, _ in states.SEVERITIES]
    return sorted(found, key=lambda finding: order.index(finding.severity))
