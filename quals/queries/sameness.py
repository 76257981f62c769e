"""The same unit in several specifications: an equal UAN says so; who may supply a page, and what differs."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from audit.actors import EDITOR, SYSTEM, Actor
from quals import states
from quals.models import (
    AwardingOrganisation,
    Criterion,
    EvidenceRequirement,
    GroupUnit,
    Outcome,
    Qualification,
    Specification,
    Unit,
)
from quals.queries.catalogue import qualifications_for, units_for, wording_for
from quals.specification.checks import uan_holds
from quals.specification.review.changes import Change, changes, title_of
from quals.specification.review.compare import LISTED_FACTS, UnitComparison, compare_units
from quals.specification.review.differing import ADDED, NOT_COMPARED, REMOVED, RENUMBERED, REWORDED, UNCHANGED, Pen

MOST_ELSEWHERE = 30
MOST_WRONG_CHARACTERS = 2
TOLD = {
    UNCHANGED: "the same",
    NOT_COMPARED: "under the same number, wording not compared",
    REWORDED: "reworded",
    RENUMBERED: "under another number",
    REMOVED: "only here",
    ADDED: "only there",
}
_HEAVY = [f"{path}specification__{name}" for path in ("", "page_from__") for name in ("lines", "read")]


@dataclass(frozen=True)
class SameUnit:
    """The same unit as another specification prints it; `comparison.facts` are differences as (here, there)."""

    unit: Unit
    specification: Specification
    comparison: UnitComparison
    reads_both: bool

    @property
    def criteria(self) -> str:
        """How the criteria of the two compare."""
        counts, total = self.comparison.counts, len(self.comparison.criteria)
        if not total:
            return f"Listed without a page {'here' if self.unit.page_outcomes else 'there'}"
        if counts[UNCHANGED] == total:
            return f"All {total} the same"
        told = [f"{counts[state]} {words}" for state, words in TOLD.items() if counts[state]]
        return ", ".join(told)


def same_units(unit: Unit, actor: Actor | None, approved_qans: Iterable[str] = ()) -> list[SameUnit]:
    """The unit in the other specifications that the actor sees, the newest issue first."""
    if not unit.uan:
        return []
    others = units_for(actor).filter(uan=unit.uan).exclude(specification=unit.specification_id)
    others = others.select_related("page_from__specification").defer(*_HEAVY)
    others = list(others.order_by("-specification__imported_at", "-pk")[:MOST_ELSEWHERE])
    doubtful = doubtful_uans({unit.uan})
    others = [other for other in others if is_same_unit(unit, other, doubtful)]
    prefetch_related_objects([unit, *others], *_page())
    holders = _holders([unit, *others], actor)
    return [_beside(unit, other, holders, actor, approved_qans) for other in others]


def same_unit_ids(unit: Unit) -> set[int]:
    """Every published row of this unit, whichever awarding organisation prints it: what a credit transfer may name
    (ROC-7)."""
    if not unit.uan:
        return {unit.pk}
    others = Unit.objects.filter(uan=unit.uan, specification__state=states.PUBLISHED)
    others = others.exclude(specification=unit.specification_id)
    doubtful = doubtful_uans({unit.uan})
    return {unit.pk} | {other.pk for other in others if is_same_unit(unit, other, doubtful)}


def is_same_unit(one: Unit, other: Unit, doubtful: Container[tuple[int, str]]) -> bool:
    """Whether two rows of two specifications are one unit. An equal UAN says so; one that a specification prints for
    several units (`doubtful`) only with the number or the title. Where a UAN is missing or misprinted, number and
    title have to agree, within one awarding organisation: numbers of one are not those of another."""
    if one.specification_id == other.specification_id:
        return False
    number = bool(one.number) and one.number.casefold() == other.number.casefold()
    title = title_of(one.title) == title_of(other.title)
    if one.uan and one.uan == other.uan:
        in_doubt = any((unit.specification_id, unit.uan) in doubtful for unit in (one, other))
        return number or title or not in_doubt
    if one.uan and other.uan and not _is_misprint(one.uan, other.uan):
        return False
    home = one.specification.awarding_organisation_id == other.specification.awarding_organisation_id
    return home and number and title


def doubtful_uans(uans: Iterable[str]) -> set[tuple[int, str]]:
    """(specification, UAN) where the specification prints the UAN for several of its units."""
    rows = Unit.objects.filter(uan__in=uans).order_by().values("specification_id", "uan").annotate(n=Count("pk"))
    return {(row["specification_id"], row["uan"]) for row in rows if row["n"] > 1}


def _is_misprint(one: str, other: str) -> bool:
    """Whether one of two UANs fails its check character and differs from the other by a slip only."""
    wrong = sum(a != b for a, b in zip(one, other, strict=False))
    return wrong <= MOST_WRONG_CHARACTERS and not (uan_holds(one) and uan_holds(other))


def pages_to_join(organisation: AwardingOrganisation) -> list[tuple[Unit, Unit]]:
    """Each published unit without a page, with the unit that can supply it. Of several: one whose wording is here,
    then the one with the same number, then the newest issue."""
    units = Unit.objects.filter(
        specification__awarding_organisation=organisation, specification__state=states.PUBLISHED, page_from=None
    )
    units = units.select_related("specification").defer("specification__lines", "specification__read")
    bare = list(units.filter(outcomes=None, evidence_requirements=None).order_by("specification_id", "position"))
    if not bare:
        return []
    named = Q(uan__in={unit.uan for unit in bare if unit.uan})
    named |= Q(number__in={unit.number for unit in bare if unit.number})
    full = list(units.filter(named, criteria__isnull=False).distinct())
    doubtful = doubtful_uans({unit.uan for unit in [*bare, *full] if unit.uan})
    pairs = [(unit, [page for page in full if is_same_unit(unit, page, doubtful)]) for unit in bare]
    return [(unit, max(pages, key=lambda page: _merit(unit, page))) for unit, pages in pairs if pages]


def _merit(unit: Unit, page: Unit) -> tuple:
    issue = page.specification
    return issue.has_wording, page.number == unit.number, issue.published_at, issue.pk, page.pk


def page_of(unit: Unit) -> Unit | None:
    """The unit of another specification whose page was copied here."""
    return unit.page_from if unit.page_from_id else None


def page_words_are_here(unit: Unit) -> bool:
    """Whether the wording of the unit's own page, or of the page that was copied, is here."""
    source = unit.page_from if unit.page_from_id else unit
    return source.specification.has_wording


def page_differences(unit: Unit) -> list[Change]:
    """In what the page that was copied says something else than the listing of it here: shown, never changed."""
    if not unit.page_from_id:
        return []
    page, listing = ({name: getattr(row, name) for name in LISTED_FACTS} for row in (unit.page_from, unit))
    return changes(LISTED_FACTS, page, listing)


def holders_of(unit: Unit, actor: Actor | None) -> list[Qualification]:
    """The qualifications that let a reader of theirs read the unit: those it has a place in, and those with a unit
    whose page was copied from it."""
    return _holders([unit], actor)[unit.pk]


def _holders(units: list[Unit], actor: Actor | None) -> dict[int, list[Qualification]]:
    """The qualifications of several units in two queries."""
    ids = [unit.pk for unit in units]
    places = GroupUnit.objects.filter(Q(unit__in=ids) | Q(unit__page_from__in=ids)).order_by()
    rows = places.values_list("unit_id", "unit__page_from_id", "group__qualification_id").distinct()
    rows = list(rows)
    found = {each.pk: each for each in qualifications_for(actor).filter(pk__in={row[2] for row in rows})}
    holders: dict[int, list[Qualification]] = {}
    for unit in units:
        mine = {qualification for own, source, qualification in rows if unit.pk in {own, source}}
        holders[unit.pk] = [each for pk, each in found.items() if pk in mine]
    return holders


def may_read_unit(actor: Actor | None, holders: Iterable[Qualification], approved_qans: Iterable[str]) -> bool:
    """Whether the actor may read the words of a unit with these holders, where they are here."""
    if actor is not None and actor.role in {EDITOR, SYSTEM}:
        return True
    return any(wording_for(actor, held, approved_qans) for held in holders)


def _beside(
    unit: Unit, other: Unit, holders: dict[int, list[Qualification]], actor: Actor | None, qans: Iterable[str]
) -> SameUnit:
    both = (unit, other)
    reads = all(page_words_are_here(each) and may_read_unit(actor, holders[each.pk], qans) for each in both)
    comparison = compare_units(_facts(unit, wording=reads), _facts(other, wording=reads), Pen(both=reads))
    return SameUnit(other, other.specification, comparison, reads)


def _page() -> list[Prefetch]:
    return [
        Prefetch("outcomes", Outcome.objects.order_by("position"), to_attr="page_outcomes"),
        Prefetch("page_outcomes__criteria", Criterion.objects.order_by("position"), to_attr="page_criteria"),
        Prefetch("evidence_requirements", EvidenceRequirement.objects.order_by("position"), to_attr="page_asks"),
    ]


def _facts(unit: Unit, *, wording: bool) -> dict:
    """The unit as a pack holds it, as far as two of them are compared."""
    names = "key title level credit glh kind routes test strategy"
    facts = {name: getattr(unit, name) for name in names.split()}
    facts |= {"number": unit.number or None, "uan": unit.uan or None}
    facts["outcomes"] = [
        {
            "number": outcome.number,
            "kind": outcome.kind,
            "text": outcome.text if wording else "",
            "criteria": [{"code": each.code, "text": each.text if wording else ""} for each in outcome.page_criteria],
        }
        for outcome in unit.page_outcomes
    ]
    facts["evidence_requirements"] = [
        {
            "number": each.number,
            "text": each.text if wording else "",
            "of": each.of if wording else [],
            "choose": each.choose,
        }
        for each in unit.page_asks
    ]
    return facts
