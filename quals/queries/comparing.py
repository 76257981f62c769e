"""A new issue beside the published one before it; and a specification as the one document that it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from audit.actors import EDITOR, SYSTEM, Actor
from quals import combination, states
from quals.combination.explain import asks
from quals.models import Finding, Qualification, Specification, Unit
from quals.queries.packs import pack_of
from quals.specification.review.changes import Change
from quals.specification.review.compare import (
    ADDED,
    CHANGED,
    NOT_COMPARED,
    REMOVED,
    UNCHANGED,
    Comparison,
    QualificationComparison,
    UnitComparison,
    compare,
)

UNSTATED = {
    "simulation": "unstated",
    "work_placement": "unstated",
    "knowledge_evidence": "unstated",
    "currency_years": None,
    "qualify_within_months": None,
}


@dataclass(frozen=True)
class ComparedUnit:
    """A unit in both issues, and where the catalogue shows it: the new issue's, of one that is gone the old one's."""

    comparison: UnitComparison
    public_id: UUID


@dataclass(frozen=True)
class SinceThen:
    """What a specification changes against the published issue before it."""

    earlier: Specification
    comparison: Comparison
    units: list[ComparedUnit]
    wording: bool

    @property
    def changed_units(self) -> list[ComparedUnit]:
        return self._that(CHANGED)

    @property
    def added_units(self) -> list[ComparedUnit]:
        return self._that(ADDED)

    @property
    def removed_units(self) -> list[ComparedUnit]:
        return self._that(REMOVED)

    @property
    def uncompared_units(self) -> list[ComparedUnit]:
        return self._that(NOT_COMPARED)

    @property
    def same_units(self) -> list[ComparedUnit]:
        return self._that(UNCHANGED)

    def _that(self, state: str) -> list[ComparedUnit]:
        return [each for each in self.units if each.comparison.state == state]


def issues_for(actor: Actor | None) -> QuerySet[Specification]:
    """Specifications as a catalogue editor works on them, drafts included; nobody else is shown any."""
    found = Specification.objects.select_related("awarding_organisation").defer("lines", "read")
    return found if actor is not None and actor.role in {EDITOR, SYSTEM} else found.none()


def published_issues_of(qan: str) -> QuerySet[Qualification]:
    """The published issues of a qualification, the newest first."""
    found = Qualification.objects.filter(qan=qan, specification__state=states.PUBLISHED)
    found = found.select_related("specification__awarding_organisation")
    return found.order_by("-specification__published_at", "-pk")


def earlier_issue_of(specification: Specification) -> Specification | None:
    """The newest published issue before it of one of its qualifications; of a pack of units, the one that shares most
    of its units."""
    found = Specification.objects.filter(
        awarding_organisation=specification.awarding_organisation_id, state=states.PUBLISHED
    )
    found = found.exclude(pk=specification.pk).defer("lines", "read")
    if specification.published_at is not None:
        found = found.filter(published_at__lt=specification.published_at)
    qans = list(specification.qualifications.values_list("qan", flat=True))
    if qans:
        return found.filter(qualifications__qan__in=qans).distinct().order_by("-published_at", "-pk").first()
    uans = specification.units.exclude(uan="").values("uan")
    found = found.filter(qualifications=None, units__uan__in=uans)
    return found.annotate(shared=Count("units")).order_by("-shared", "-published_at", "-pk").first()


def comparison_for(actor: Actor | None, specification: Specification) -> SinceThen | None:
    """What this issue changes against the published one before it; None where there is none, or for others than
    catalogue editors."""
    earlier = earlier_issue_of(specification) if issues_for(actor).filter(pk=specification.pk).exists() else None
    if earlier is None:
        return None
    old, new = own_pack_of(earlier, wording=True), own_pack_of(specification, wording=True)
    comparison = compare(old, new)
    before, after = _sizes(old), _sizes(new)
    for qualification in comparison.qualifications:
        _put_in_words(qualification, before.get(qualification.qan, {}), after.get(qualification.qan, {}))
    both = Unit.objects.filter(specification__in=(earlier, specification))
    ids = {(row[0], row[1]): row[2] for row in both.values_list("specification_id", "key", "public_id")}
    units = [
        ComparedUnit(unit, ids.get((specification.pk, unit.key)) or ids[earlier.pk, unit.key])
        for unit in comparison.units
    ]
    return SinceThen(earlier, comparison, units, old["source"]["wording"] and new["source"]["wording"])


def _sizes(pack: dict) -> dict[str, dict[str, int]]:
    return {
        qualification["qan"]: {group["code"]: len(group["units"]) for group in qualification["groups"]}
        for qualification in pack["qualifications"]
    }


def _put_in_words(qualification: QualificationComparison, before: dict[str, int], after: dict[str, int]) -> None:
    """Rules as the sentences that people read."""
    qualification.rules = [
        Change(change.what, _sentence(change.before, before), _sentence(change.after, after))
        for change in qualification.rules
    ]


def _sentence(rule: dict | None, sizes: dict[str, int]) -> str | None:
    return rule and asks(combination.Rule.from_pack(rule, sizes))


def own_pack_of(
    specification: Specification,
    *,
    wording: bool,
    only: Qualification | None = None,
    findings: Iterable[Finding] = (),
) -> dict:
    """The pack of the specification's own document: where a page came from another one, the unit is listed without
    it, because a pack has one source."""
    pack = pack_of(specification, wording=wording, only=only, findings=findings)
    joined = Unit.objects.filter(specification=specification, page_from__isnull=False)
    keys = set(joined.values_list("key", flat=True))
    if keys:
        read = Specification.objects.values_list("read", flat=True).get(pk=specification.pk) or {"units": []}
        listed = {unit["key"]: unit for unit in read["units"]}
        pack["units"] = [_bare(unit, listed) if unit["key"] in keys else unit for unit in pack["units"]]
    return pack


def _bare(unit: dict, listed: dict[str, dict]) -> dict:
    """The unit as the structure lists it: what came with the page goes with it."""
    names = ("kind", "routes", "test", "strategy")
    plain = {"kind": "competence", "routes": ["portfolio"], "test": None, "strategy": UNSTATED}
    printed = listed.get(unit["key"], plain)
    own = {name: printed.get(name, plain[name]) for name in names}
    bare = unit | own | {"outcomes": [], "evidence_requirements": []}
    return bare if bare["test"] else {name: value for name, value in bare.items() if name != "test"}


def joined_sources(qualification: Qualification) -> list[tuple[str, int]]:
    """From which specifications pages came into this qualification, and how many."""
    units = Unit.objects.filter(~Q(page_from=None), places__group__qualification=qualification)
    rows = units.values("page_from__specification__title").annotate(n=Count("pk", distinct=True))
    rows = rows.order_by("page_from__specification__title")
    return [(row["page_from__specification__title"], row["n"]) for row in rows]
