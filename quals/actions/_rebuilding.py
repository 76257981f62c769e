"""A draft's rows are always made anew from what was read and what was corrected; only actions call this."""

from audit.actors import Actor
from audit.rules import require
from quals import rules
from quals.actions._rows import make_rows
from quals.models import (
    Correction,
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
from quals.queries.corrections import changes_of, pack_read_of, resolutions_of
from quals.specification.review.contradictions import with_contradictions
from quals.specification.review.corrections import Change, apply, latest
from quals.specification.review.doubts import put_to_rest


def draft_for_review(specification: Specification, by: Actor) -> Specification:
    """The draft, locked for this transaction: of two editors at once, one waits. Refuses what is published."""
    require(rules.refuse_review(by=by))
    locked = Specification.objects.select_for_update().get(pk=specification.pk)
    require(rules.refuse_correct_published(specification=locked))
    if locked.read is None:  # imported before packs were kept: what its rows say now is what was read
        locked.read = pack_read_of(locked)
        locked.save(update_fields=["read"])
    return locked


def corrected_pack(specification: Specification, changes: list[Change] | None = None) -> dict:
    """What was read, with what was corrected, every doubt that was put to rest, and what the rules contradict now."""
    changes = changes_of(specification) if changes is None else changes
    read = pack_read_of(specification)
    pack = apply(read, changes).pack
    holding = latest(changes).values()
    resolutions = resolutions_of(specification)
    return with_contradictions(
        pack | {"findings": put_to_rest(pack["findings"], read, holding, resolutions)}, resolutions
    )


def rebuild(specification: Specification, pack: dict | None = None) -> None:
    """Delete the draft's rows and make them from the pack; what addresses name keeps its address."""
    require(rules.refuse_correct_published(specification=specification))
    pack = corrected_pack(specification) if pack is None else pack
    qualifications = Qualification.objects.filter(specification=specification)
    units = Unit.objects.filter(specification=specification)
    kept = dict(qualifications.values_list("qan", "public_id")) | dict(units.values_list("key", "public_id"))
    _delete_rows(specification)
    make_rows(specification, pack, kept)


def _delete_rows(specification: Specification) -> None:
    of_unit = {"unit__specification": specification}
    of_qualification = {"qualification__specification": specification}
    GroupUnit.objects.filter(group__qualification__specification=specification).delete()
    Group.objects.filter(**of_qualification).delete()
    Rule.objects.filter(**of_qualification).delete()
    Qualification.objects.filter(specification=specification).delete()
    Criterion.objects.filter(**of_unit).delete()
    Outcome.objects.filter(**of_unit).delete()
    EvidenceRequirement.objects.filter(**of_unit).delete()
    Unit.objects.filter(specification=specification).delete()
    Finding.objects.filter(specification=specification).delete()


def latest_at(specification: Specification, path: str) -> Correction | None:
    return Correction.objects.filter(specification=specification, path=path).order_by("-pk").first()
