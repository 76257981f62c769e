"""The catalogue as CASE sees it: documents and packages in an actor's name."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from audit.actors import Actor
from quals import states
from quals.case import Framework, Match, document_of, package_of
from quals.case.identifiers import document_between
from quals.models import GroupUnit, Qualification, Specification, Unit
from quals.queries.catalogue import qualifications_for, wording_for
from quals.queries.packs import pack_of
from quals.queries.sameness import doubtful_uans, is_same_unit

_HEAVY = ("specification__lines", "specification__read")


def case_documents_for(actor: Actor | None, *, approved_qans: Iterable[str], base: str) -> list[dict]:
    """The CFDocuments of all qualifications that the actor sees, in the order of the catalogue."""
    found = qualifications_for(actor).defer(*_HEAVY)
    return [document_of(_framework(each, actor, approved_qans, base)) for each in found]


def case_document_for(actor: Actor | None, document: UUID, *, approved_qans: Iterable[str], base: str) -> dict | None:
    qualification = _qualification(qualifications_for(actor).filter(public_id=document))
    return qualification and document_of(_framework(qualification, actor, approved_qans, base))


def case_package_for(actor: Actor | None, document: UUID, *, approved_qans: Iterable[str], base: str) -> dict | None:
    qualification = _qualification(qualifications_for(actor).filter(public_id=document))
    return qualification and _package(qualification, actor, approved_qans, base)


def case_packages_near(
    actor: Actor | None, identifier: UUID, *, approved_qans: Iterable[str], base: str
) -> Iterable[dict]:
    """The packages that can hold what has this identifier: hardly ever more than one."""
    first, last = document_between(identifier)
    for found in qualifications_for(actor).filter(public_id__gte=first, public_id__lte=last).defer(*_HEAVY):
        yield _package(found, actor, approved_qans, base)


def _qualification(found: QuerySet[Qualification]) -> Qualification | None:
    return found.defer(*_HEAVY).first()


def _framework(qualification: Qualification, actor: Actor | None, approved_qans: Iterable[str], base: str) -> Framework:
    specification: Specification = qualification.specification
    return Framework(
        identifier=qualification.public_id,
        base=base,
        title=qualification.title,
        creator=specification.awarding_organisation.name,
        version=specification.version,
        qan=qualification.qan,
        level=qualification.level,
        credits=qualification.credits,
        changed_at=specification.published_at or specification.imported_at,
        is_published=specification.state == states.PUBLISHED,
        has_wording=specification.has_wording,
        may_read=wording_for(actor, qualification, approved_qans),
        starts_on=qualification.first_registration,
        ends_on=qualification.last_registration,
    )


def _package(qualification: Qualification, actor: Actor | None, approved_qans: Iterable[str], base: str) -> dict:
    framework = _framework(qualification, actor, approved_qans, base)
    pack = pack_of(qualification.specification, only=qualification, wording=framework.may_read)
    return package_of(framework, pack, _matches(qualification, actor))


def _matches(qualification: Qualification, actor: Actor | None) -> list[Match]:
    """The same units in the other published qualifications that the actor sees."""
    own = Unit.objects.filter(places__group__qualification=qualification).exclude(uan="").distinct()
    by_uan: dict[str, list[Unit]] = {}
    for unit in own.order_by("position"):
        by_uan.setdefault(unit.uan, []).append(unit)
    visible = qualifications_for(actor).filter(specification__state=states.PUBLISHED).exclude(pk=qualification.pk)
    others = GroupUnit.objects.filter(unit__uan__in=by_uan, group__qualification__in=visible.order_by().values("pk"))
    others = others.select_related("unit", "group__qualification").order_by("group__qualification", "unit")
    doubtful = doubtful_uans(by_uan)
    found = {
        (unit.key, place.group.qualification.public_id, place.unit.key): _match(unit, place)
        for place in others
        for unit in by_uan[place.unit.uan]
        if unit.pk == place.unit_id or is_same_unit(unit, place.unit, doubtful)
    }
    return list(found.values())


def _match(unit: Unit, place: GroupUnit) -> Match:
    other = place.unit
    title = f"{other.uan} {other.title} ({place.group.qualification.title})"
    return Match(unit.key, place.group.qualification.public_id, other.key, title)
