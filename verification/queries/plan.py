"""The sampling plan: units across, learners down, in each cell the sample and why it was chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from audit.actors import EQA, IQA, Actor
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from portfolios.queries import entries_for, registrations_for
from quals.models import Qualification, Unit
from verification import states
from verification.models import Sample


@dataclass(frozen=True)
class Cell:
    """One learner's unit in the plan, with its last sample, if there is one."""

    entry: UnitEntry
    sample: Sample | None

    @property
    def state(self) -> str:
        """planned · action · agreed, or how far the unit itself is: in_progress · signed_off."""
        if self.sample is not None:
            return self.sample.state
        return "in_progress" if self.entry.state == portfolio.OPEN else "signed_off"

    @property
    def why(self) -> str:
        return self.sample.get_reason_display() if self.sample else ""


@dataclass(frozen=True)
class Line:
    """One learner's registration: who assesses in it, and a cell or nothing for each unit across."""

    registration: Registration
    assessors: str
    cells: list[Cell | None]


@dataclass(frozen=True)
class Grid:
    """The plan of the registrations on one page."""

    units: list[Unit]
    lines: list[Line]

    @property
    def sums(self) -> list[tuple[str, int]]:
        """How many cells of each state the page holds, those that wait first."""
        found = [cell.state for line in self.lines for cell in line.cells if cell]
        order = (states.ACTION, states.PLANNED, states.AGREED, "signed_off", "in_progress")
        return [(state, found.count(state)) for state in order]


def grid_of(registrations: Iterable[Registration]) -> Grid:
    """The plan of registrations from `grid_for`: one more query, for the samples."""
    registrations = list(registrations)
    entries = [entry.pk for each in registrations for entry in each.entries.all()]
    last = {sample.entry_id: sample for sample in Sample.objects.filter(entry__in=entries).order_by("pk")}
    units = {entry.unit_id: entry.unit for each in registrations for entry in each.entries.all()}
    across = sorted(units.values(), key=lambda unit: (unit.position, unit.pk))
    return Grid(across, [_line(registration, across, last) for registration in registrations])


def _line(registration: Registration, across: list[Unit], last: dict[int, Sample]) -> Line:
    entries = {entry.unit_id: entry for entry in registration.entries.all()}
    assessors = {entry.assessed_by for entry in entries.values() if entry.assessed_by}
    found = [entries.get(unit.pk) for unit in across]
    cells = [Cell(entry, last.get(entry.pk)) if entry else None for entry in found]
    return Line(registration, ", ".join(sorted(assessors)) or "no assessor yet", cells)


def planned_qualifications_for(actor: Actor) -> QuerySet[Qualification]:
    """The qualifications in which this IQA or EQA has registrations, by title."""
    if actor.role not in {IQA, EQA}:
        return Qualification.objects.none()
    mine = registrations_for(actor).values("qualification")
    return Qualification.objects.filter(pk__in=mine).order_by("title", "pk")


def chosen_for(actor: Actor, entry_id: UUID) -> UnitEntry | None:
    """The cell that somebody chose in the plan, with its samples, the latest first."""
    if actor.role not in {IQA, EQA}:
        return None
    samples = Prefetch("samples", queryset=Sample.objects.select_related("iqa").order_by("-pk"))
    found = entries_for(actor).select_related("unit", "centre", "assessor", "registration__learner")
    return found.filter(public_id=entry_id).prefetch_related(samples).first()
