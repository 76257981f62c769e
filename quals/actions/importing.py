"""Importing specifications, and filling in the wording of one that was published as facts only."""

from dataclasses import dataclass

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor
from audit.rules import require
from quals import rules, states
from quals.actions._rows import fill_in, make_specification
from quals.actions.publishing import publish as publish_specification
from quals.models import AwardingOrganisation, Specification
from quals.queries import differences_between, pack_of


@dataclass(frozen=True)
class Imported:
    """What came of a pack: a published issue `filled`, or a draft kept apart for its `differences`."""

    specification: Specification
    filled: bool
    differences: list[str]


@transaction.atomic
def import_pack(*, pack: dict, lines: list[str], source_name: str, publish: bool, by: Actor) -> Imported:
    """Bring a qualification pack into the catalogue; `lines` are the document's own, where it is here."""
    require(rules.refuse_edit_catalogue(by=by), rules.refuse_pack(pack))
    organisation, _ = AwardingOrganisation.objects.get_or_create(name=pack["awarding_organisation"])
    AwardingOrganisation.objects.select_for_update().get(pk=organisation.pk)  # of two imports, one waits
    known = _already_here(organisation, pack)
    if known is not None:
        if publish and known.state == states.DRAFT:
            publish_specification(specification=known, by=by)
        return Imported(known, filled=False, differences=[])
    differences: list[str] = []
    for waiting in _waiting_for_wording(organisation, pack):
        found = differences_between(pack_of(waiting, wording=False), pack)
        if not found:
            fill_in(waiting, pack, lines, source_name)
            _record("fill_in_wording", waiting, f"Wording of {waiting} filled in from {source_name}", by)
            return Imported(waiting, filled=True, differences=[])
        differences = differences or found
    specification = make_specification(organisation, pack, lines, source_name)
    _record("import_specification", specification, f"{specification} imported from {source_name}", by)
    if publish:
        publish_specification(specification=specification, by=by)
    return Imported(specification, filled=False, differences=differences)


def _already_here(organisation: AwardingOrganisation, pack: dict) -> Specification | None:
    """The issue that was made of these very bytes, unless the pack brings the wording that it still lacks."""
    found = organisation.specifications.filter(sha256=pack["source"]["sha256"])
    if pack["source"]["wording"]:
        found = found.filter(has_wording=True)
    return found.order_by("-has_wording", "-published_at", "-pk").first()


def _waiting_for_wording(organisation: AwardingOrganisation, pack: dict) -> list[Specification]:
    """Issues published as facts only, of the same qualifications; those of the same document first."""
    if not pack["source"]["wording"]:
        return []
    qans = {qualification["qan"] for qualification in pack["qualifications"]}
    found = organisation.specifications.filter(state=states.PUBLISHED, has_wording=False)
    found = found.order_by("-published_at", "-pk").prefetch_related("qualifications")
    waiting = [row for row in found if {qualification.qan for qualification in row.qualifications.all()} == qans]
    return sorted(waiting, key=lambda row: row.sha256 != pack["source"]["sha256"])


def _record(action: str, specification: Specification, summary: str, by: Actor) -> None:
    record(chain=INSTALLATION, action=action, about=specification, summary=summary, by=by)
