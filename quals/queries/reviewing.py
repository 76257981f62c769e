"""What a catalogue editor reviews: documents that were brought, and of a specification the doubts, the corrections and
what stands in the way of publishing it."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from audit.actors import EDITOR, SYSTEM, Actor
from audit.rules import Refusal
from quals import rules, states
from quals.models import Correction, Document, Finding, Outcome, Qualification, Specification, Unit
from quals.queries.corrections import change_of, pack_read_of, resolutions_of
from quals.specification.review.contradictions import BLOCKING
from quals.specification.review.corrections import Change, latest, with_additions
from quals.specification.review.doubts import dealt_with, identity_of, path_of, where_of
from quals.specification.review.paths import is_at_or_under, label_of, part_of, path_of_unit

HEAVY = ("lines", "read")


@dataclass(frozen=True)
class Corrected:
    """The correction that holds at a path, with what was read there."""

    path: str
    label: str
    kind: str
    read: object
    value: object
    by: str
    on: str
    ground: str
    unit_key: str
    is_taken_back: bool


@dataclass(frozen=True)
class Doubt:
    """One finding. `where` names the page that shows it: “unit”, “structure” or “document”; `path` is what it is about;
    `resolution` is {"by", "on", "ground"}; `corrected` the correction that deals with it."""

    number: int
    finding: Finding
    identity: str
    where: str
    unit_key: str
    path: str | None
    is_open: bool
    resolution: dict | None
    corrected: Corrected | None

    @property
    def needs_correction(self) -> bool:
        """No reason puts it to rest."""
        return self.finding.code in BLOCKING


@dataclass(frozen=True)
class UnitInReview:
    """One unit of the list: `part` is its key as it stands in an address."""

    key: str
    part: str
    code: str
    title: str
    outcomes: int
    criteria: int
    open_errors: int
    open_warnings: int
    corrections: int
    position: int
    public_id: object


@dataclass(frozen=True)
class Review:
    """Everything about a specification under review that one page shows."""

    specification: Specification
    errors: list[Doubt]
    warnings: list[Doubt]
    notes: list[Doubt]
    units: list[UnitInReview]
    qualifications: list[Qualification]
    corrections: list[Corrected]
    may_publish: Refusal | None

    @property
    def open_errors(self) -> list[Doubt]:
        return [doubt for doubt in self.errors if doubt.is_open]

    @property
    def open_warnings(self) -> list[Doubt]:
        return [doubt for doubt in self.warnings if doubt.is_open]


@dataclass
class Sources:
    """What was read of a specification and everything that reviewers did to it, fetched once for one page."""

    specification: Specification
    pack: dict
    changes: dict[str, Change]
    rows: dict[str, Correction]
    doubts: list[Doubt] = field(default_factory=list)

    def corrected(self, path: str) -> Corrected | None:
        row = self.rows.get(path)
        return _corrected(row, self.pack) if row is not None and path in self.changes else None

    def doubts_at(self, path: str) -> list[Doubt]:
        return [doubt for doubt in self.doubts if doubt.path == path]

    def doubts_under(self, path: str) -> list[Doubt]:
        return [doubt for doubt in self.doubts if doubt.path and is_at_or_under(doubt.path, path)]


def documents_for(actor: Actor | None) -> QuerySet[Document]:
    """What was brought in, the newest first; only for editors."""
    found = Document.objects.select_related("specification", "brought_by").order_by("-brought_at", "-pk")
    found = found.defer(*(f"specification__{name}" for name in HEAVY))
    return found if _is_editor(actor) else found.none()


def doubts_for(actor: Actor | None, specification: Specification) -> list[Doubt]:
    """What the importer doubted and what became of it, the gravest first; only for editors."""
    return sources_of(specification).doubts if _is_editor(actor) else []


def document_to_read(document_id: int) -> Document:
    """For the worker that reads it."""
    return Document.objects.get(pk=document_id)


def draft_to_look_at(specification_id: int) -> Specification | None:
    """For the worker; none where it was published meanwhile, or is not there any more."""
    return Specification.objects.defer(*HEAVY).filter(pk=specification_id, state=states.DRAFT).first()


def specifications_for(actor: Actor | None) -> QuerySet[Specification]:
    """Drafts and what is published, the newest first; only for editors."""
    found = Specification.objects.select_related("awarding_organisation").order_by("-imported_at", "-pk")
    return found.defer(*HEAVY) if _is_editor(actor) else found.none()


def _is_editor(actor: Actor | None) -> bool:
    return actor is not None and actor.role in {EDITOR, SYSTEM}


def review_of(specification: Specification) -> Review:
    """The doubts, the gravest first, the units, and what stands in the way; the caller asked who may see it."""
    sources = sources_of(specification)
    by_severity = {severity: [] for severity, _ in states.SEVERITIES}
    for doubt in sources.doubts:
        by_severity[doubt.finding.severity].append(doubt)
    corrections = [_corrected(row, sources.pack) for row in sources.rows.values()]
    return Review(
        specification=specification,
        errors=by_severity[states.ERROR],
        warnings=by_severity[states.WARNING],
        notes=by_severity[states.NOTE],
        units=_units(sources),
        qualifications=list(Qualification.objects.filter(specification=specification).order_by("pk")),
        corrections=sorted(corrections, key=lambda each: each.path),
        may_publish=rules.refuse_publish(specification=specification),
    )


def sources_of(specification: Specification) -> Sources:
    """Four queries, however large the specification is, and one or two for the pack itself."""
    rows: dict[str, Correction] = {}
    found = Correction.objects.filter(specification=specification).select_related("corrected_by").order_by("pk")
    changes = []
    for row in found:
        rows[row.path] = row
        changes.append(change_of(row))
    live = latest(changes)
    sources = Sources(specification, with_additions(pack_read_of(specification), changes), live, rows)
    sources.doubts = _doubts(sources)
    return sources


def _doubts(sources: Sources) -> list[Doubt]:
    """In the order of the gravest first and then of the document, numbered as they are shown."""
    order = [severity for severity, _ in states.SEVERITIES]
    found = Finding.objects.filter(specification=sources.specification)
    rows = sorted(found, key=lambda row: (order.index(row.severity), row.line or 0, row.pk))
    resolutions = resolutions_of(sources.specification)
    return [_doubt(sources, number, row, resolutions) for number, row in enumerate(rows, start=1)]


def _doubt(sources: Sources, number: int, row: Finding, resolutions: dict[str, dict]) -> Doubt:
    facts = {"severity": row.severity, "code": row.code, "subject": row.subject, "line": row.line}
    path, identity = path_of(sources.pack, facts), identity_of(facts)
    change = dealt_with(sources.pack, facts, sources.changes.values())
    resolution = resolutions.get(identity) or row.resolved
    return Doubt(
        number=number,
        finding=row,
        identity=identity,
        where=where_of(path, facts),
        unit_key=_unit_key(sources.pack, path),
        path=path,
        is_open=row.severity != states.NOTE and resolution is None,
        resolution=resolution,
        corrected=sources.corrected(change.path) if change is not None else None,
    )


def _unit_key(pack: dict, path: str | None) -> str:
    if path is None or not path.startswith("units/"):
        return ""
    part = path.split("/")[1]
    return next((unit["key"] for unit in pack["units"] if part_of(unit["key"]) == part), "")


def _corrected(row: Correction, pack: dict) -> Corrected:
    change = change_of(row)
    facts = {name: getattr(change, name) for name in ("path", "kind", "read", "value", "by", "on", "ground")}
    return Corrected(
        label=label_of(row.path), unit_key=_unit_key(pack, row.path), is_taken_back=change.is_taken_back, **facts
    )


def _units(sources: Sources) -> list[UnitInReview]:
    outcomes = Prefetch("outcomes", Outcome.objects.annotate(size=Count("criteria")))
    rows = Unit.objects.filter(specification=sources.specification).order_by("position").prefetch_related(outcomes)
    return [_unit(sources, row) for row in rows]


def _unit(sources: Sources, row: Unit) -> UnitInReview:
    path = path_of_unit(row.key)
    open_ones = [doubt.finding.severity for doubt in sources.doubts if doubt.is_open and doubt.unit_key == row.key]
    outcomes = list(row.outcomes.all())
    return UnitInReview(
        key=row.key,
        part=part_of(row.key),
        code=row.code,
        title=row.title,
        outcomes=len(outcomes),
        criteria=sum(outcome.size for outcome in outcomes),
        open_errors=open_ones.count(states.ERROR),
        open_warnings=open_ones.count(states.WARNING),
        corrections=sum(is_at_or_under(each, path) for each in sources.changes),
        position=row.position,
        public_id=row.public_id,
    )
