"""Importing specifications, and filling in the wording of one that was published as facts only."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from audit.actions import INSTALLATION, record
from audit.actors import Actor
from audit.rules import require
from quals import rules, states
from quals.actions._filling import fill_in
from quals.actions._rebuilding import rebuild
from quals.actions._rows import make_specification
from quals.actions.joining import join_pages
from quals.actions.publishing import publish as publish_specification
from quals.models import AwardingOrganisation, Specification
from quals.queries import differences_between, minor_differences_between, printed_pack_of
from quals.queries.corrections import changes_of
from quals.specification.review.corrections import apply


@dataclass(frozen=True)
class Imported:
    """What came of a pack: a published issue `filled`, or a draft kept apart for its `differences`; where it was
    filled, they are in facts that nobody is held to: titles, hours, kinds."""

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
    differences: list[str] = []
    if known is None:
        filled, differences = _fill_in(organisation, pack, lines, source_name, by)
        if filled is not None:
            return Imported(filled, filled=True, differences=differences)
        known = make_specification(organisation, pack, lines, source_name)
        _record("import_specification", known, f"{known} imported from {source_name}", by)
    elif known.state == states.DRAFT:
        known = _read_again(known, organisation, pack, lines, by)
    if publish and known.state == states.DRAFT:
        publish_specification(specification=known, by=by)
    return Imported(known, filled=False, differences=differences)


def _already_here(organisation: AwardingOrganisation, pack: dict) -> Specification | None:
    """The issue that was made of these very bytes, unless the pack brings the wording that it still lacks. A draft
    with wording is somebody's work, which a pack of facts leaves alone; it is known by its bytes even where its
    organisation was read otherwise before."""
    own = Q(awarding_organisation=organisation) | Q(state=states.DRAFT)
    found = Specification.objects.filter(own, sha256=pack["source"]["sha256"])
    if pack["source"]["wording"]:
        found = found.filter(has_wording=True)
    else:
        found = found.exclude(has_wording=True, state=states.DRAFT)
    return found.order_by("-has_wording", "-published_at", "-pk").first()


def _read_again(
    draft: Specification, organisation: AwardingOrganisation, pack: dict, lines: list[str], by: Actor
) -> Specification:
    """A draft of the same bytes takes what was read now, and keeps what its reviewers corrected and resolved."""
    locked = Specification.objects.select_for_update().get(pk=draft.pk)
    lines = lines or locked.lines
    if locked.state != states.DRAFT or (locked.read, locked.lines) == (pack, lines):
        return locked
    locked.read, locked.lines, locked.awarding_organisation = pack, lines, organisation
    locked.title, locked.version = pack["source"]["title"], pack["source"]["version"] or ""
    locked.save(update_fields=["read", "lines", "awarding_organisation", "title", "version"])
    rebuild(locked)
    _record("read_specification_again", locked, f"{locked} read again", by)
    return locked


def _fill_in(
    organisation: AwardingOrganisation, pack: dict, lines: list[str], source_name: str, by: Actor
) -> tuple[Specification | None, list[str]]:
    """The published issue whose wording the pack brought, or else in what it differs from the one that is nearest."""
    differences: list[str] = []
    for waiting in _waiting_for_wording(organisation, pack):
        corrected = apply(pack, changes_of(waiting)).pack
        published = printed_pack_of(waiting)
        found = differences_between(published, corrected)
        if not found:
            fill_in(waiting, read=pack, pack=corrected, lines=lines, source_name=source_name)
            _record("fill_in_wording", waiting, f"Wording of {waiting} filled in from {source_name}", by)
            join_pages(specification=waiting, by=by)
            return waiting, minor_differences_between(published, corrected)
        differences = differences or found
    return None, differences


def _waiting_for_wording(organisation: AwardingOrganisation, pack: dict) -> list[Specification]:
    """Issues published as facts only, of the same qualifications or, where those have none, of the same units: those
    of the same document first, then those that have most in common."""
    if not pack["source"]["wording"]:
        return []
    found = organisation.specifications.filter(state=states.PUBLISHED, has_wording=False)
    found = found.defer("lines", "read").order_by("-published_at", "-pk").prefetch_related("qualifications", "units")
    shared = {row: _in_common(row, pack) for row in found}
    same_document = {row: row.sha256 == pack["source"]["sha256"] for row in shared}
    return sorted((row for row in shared if shared[row]), key=lambda row: (not same_document[row], -shared[row]))


def _in_common(row: Specification, pack: dict) -> float:
    """What share of the names is the same, from 0 to 1; units are compared where there are no qualifications, and
    fewer than half of them in common say nothing."""
    qans = {qualification.qan for qualification in row.qualifications.all()}
    names = {qualification["qan"] for qualification in pack["qualifications"]}
    if qans or names:
        return len(qans & names) / len(qans | names)
    keys = {unit.uan or unit.key for unit in row.units.all()}
    names = {unit["uan"] or unit["key"] for unit in pack["units"]}
    share = len(keys & names) / len(keys | names)
    return share if share >= 0.5 else 0.0


def _record(action: str, specification: Specification, summary: str, by: Actor) -> None:
    record(chain=INSTALLATION, action=action, about=specification, summary=summary, by=by)
