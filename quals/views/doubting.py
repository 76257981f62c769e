"""What the importer doubted of one qualification, as its page tells an editor: folded by how grave it is."""

from dataclasses import dataclass

from quals import queries, states
from quals.queries.standing import first_lines_of
from quals.templatetags.reviewing import counted
from quals.views.panes import Addresses

NOUNS = dict(states.SEVERITIES)


@dataclass(frozen=True)
class Told:
    """One doubt, where a review shows it, and whether whoever settled the one above settled it in the same words."""

    doubt: object
    url: str
    as_above: bool


@dataclass(frozen=True)
class Fold:
    """All doubts of one gravity, in the order of the document."""

    severity: str
    rows: list[Told]

    @property
    def told(self) -> str:
        return counted(len(self.rows), NOUNS[self.severity].lower())

    @property
    def open(self) -> int:
        return sum(row.doubt.is_open for row in self.rows)

    @property
    def open_told(self) -> str:
        return f"{self.open} open"


@dataclass(frozen=True)
class Findings:
    """What concerns the qualification; `elsewhere` counts what is said of the others in its document."""

    folds: list[Fold]
    elsewhere: int

    @property
    def total(self) -> int:
        return sum(len(fold.rows) for fold in self.folds)

    @property
    def grave(self) -> str:
        """“1 error and 11 warnings”, or nothing."""
        return " and ".join(fold.told for fold in self.folds if fold.severity != states.NOTE)

    @property
    def open_told(self) -> str:
        """“1 error and 2 warnings open”, or nothing."""
        waiting = [counted(fold.open, NOUNS[fold.severity].lower()) for fold in self.folds if fold.open]
        return f"{' and '.join(waiting)} open" if waiting else ""


def findings_on(request, qualification, groups) -> Findings | None:
    """None for whoever is no editor, and where nothing was doubted."""
    specification = qualification.specification
    doubts = queries.doubts_for(request.actor, specification)
    if not doubts:
        return None
    every = list(queries.qualifications_for(request.actor).filter(specification=specification).order_by("pk"))
    addresses = Addresses(specification, every, first_lines_of(specification))
    keys = {place.unit.key for group in groups for place in group.places.all()}
    mine = [doubt for doubt in doubts if _is_about(doubt, qualification, keys, addresses)]
    folds = [Fold(severity, _rows(severity, mine, addresses)) for severity, _ in states.SEVERITIES]
    return Findings([fold for fold in folds if fold.rows], elsewhere=len(doubts) - len(mine))


def _is_about(doubt, qualification, keys: set[str], addresses: Addresses) -> bool:
    """A doubt about the document as a whole is about each of its qualifications."""
    if doubt.where == "unit":
        return doubt.unit_key in keys
    return doubt.where != "structure" or addresses.home_of(doubt) == qualification


def _rows(severity: str, doubts: list, addresses: Addresses) -> list[Told]:
    these = [doubt for doubt in doubts if doubt.finding.severity == severity]
    above = [None, *(doubt.resolution for doubt in these)]
    return [
        Told(doubt, addresses.of_doubt(doubt), bool(doubt.resolution) and doubt.resolution == before)
        for doubt, before in zip(these, above, strict=False)
    ]
