"""Pages from another specification: a unit that is listed without a page gets the one of the same unit elsewhere."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from audit.actions import INSTALLATION, record
from audit.actors import Actor
from audit.rules import require
from quals import rules, states
from quals.models import AwardingOrganisation, Criterion, EvidenceRequirement, Outcome, Specification, Unit
from quals.queries.sameness import pages_to_join


@transaction.atomic
def join_pages(*, specification: Specification, by: Actor) -> int:
    """Bring the pages of the awarding organisation's units together, now that this specification was published or
    filled in: its own bare units take theirs from others, and others take theirs from it. How many units changed.

    Registrations are bound to an issue, so a page comes once, where there was none; after that only words come,
    where there were none, once the page that was copied has them. A draft neither gives nor takes.
    """
    require(rules.refuse_edit_catalogue(by=by))
    if specification.state != states.PUBLISHED:
        return 0
    organisation = AwardingOrganisation.objects.select_for_update().get(pk=specification.awarding_organisation_id)
    pairs = pages_to_join(organisation)
    _copy_pages(pairs)
    told = [(unit, unit.page_from) for unit in _fill_in_words(organisation)]
    _record("join_pages", "Pages of", pairs, by)
    _record("fill_in_pages", "Wording of the pages of", told, by)
    return len(pairs) + len(told)


def _record(action: str, what: str, pairs: list[tuple[Unit, Unit]], by: Actor) -> None:
    """An entry for each specification that received something: for how many units, and from where."""
    issues = {unit.specification_id: unit.specification for unit, _ in pairs}
    for pk, issue in issues.items():
        sources = Counter(_named(page.specification) for unit, page in pairs if unit.specification_id == pk)
        count = sum(sources.values())
        origin = ", ".join(f"{title} ({n})" for title, n in sources.most_common())
        summary = f"{what} {count} unit{'s' if count != 1 else ''} of {issue} taken from {origin}"
        record(chain=INSTALLATION, action=action, about=issue, summary=summary, by=by)


def _named(issue: Specification) -> str:
    return f"{issue}, {issue.version}" if issue.version else str(issue)


def _copy_pages(pairs: list[tuple[Unit, Unit]]) -> None:
    """Outcomes, criteria and evidence requirements, and what comes with a page: kind, routes, test, strategy (CAT-4).

    Lines are not copied: they count another document's lines.
    """
    for unit, page in pairs:
        unit.page_from, unit.kind, unit.routes, unit.test = page, page.kind, page.routes, page.test
        unit.strategy, unit.criteria_total = page.strategy, page.criteria_total
    names = ["page_from", "kind", "routes", "test", "strategy", "criteria_total"]
    Unit.objects.bulk_update([unit for unit, _ in pairs], names)
    pages = {page.pk for _, page in pairs}
    outcomes, requirements = _outcomes_of(pages), _requirements_of(pages)
    copies, criteria, asked = [], [], []
    for unit, page in pairs:
        for outcome in outcomes.get(page.pk, []):
            copy = Outcome(unit=unit, **_taken(outcome, "number text kind position"))
            copies.append(copy)
            criteria += [
                Criterion(outcome=copy, unit=unit, **_taken(each, "code text position"))
                for each in outcome.criteria.all()
            ]
        for each in requirements.get(page.pk, []):
            asked.append(EvidenceRequirement(unit=unit, **_taken(each, "number kind text choose of position")))
    Outcome.objects.bulk_create(copies, batch_size=200)
    Criterion.objects.bulk_create(criteria, batch_size=200)
    EvidenceRequirement.objects.bulk_create(asked, batch_size=200)


def _taken(row: object, names: str) -> dict:
    return {name: getattr(row, name) for name in names.split()}


def _outcomes_of(units: Iterable[int]) -> dict[int, list[Outcome]]:
    criteria = Prefetch("criteria", Criterion.objects.order_by("position"))
    return _by_unit(Outcome.objects.filter(unit__in=units).prefetch_related(criteria))


def _requirements_of(units: Iterable[int]) -> dict[int, list[EvidenceRequirement]]:
    return _by_unit(EvidenceRequirement.objects.filter(unit__in=units))


def _by_unit(rows: QuerySet) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows.order_by("position"):
        found.setdefault(row.unit_id, []).append(row)
    return found


def _fill_in_words(organisation: AwardingOrganisation) -> list[Unit]:
    """The units whose copied page was without words, and whose page has them now."""
    units = Unit.objects.filter(
        specification__awarding_organisation=organisation,
        specification__state=states.PUBLISHED,
        page_from__specification__has_wording=True,
    )
    heavy = [f"{path}specification__{name}" for path in ("", "page_from__") for name in ("lines", "read")]
    units = units.select_related("specification", "page_from__specification").defer(*heavy)
    filled = set()
    for model, name in ((Outcome, "number"), (Criterion, "code"), (EvidenceRequirement, "number")):
        filled |= _fill_in(model, name, units)
    return [unit for unit in units.order_by("specification_id", "position") if unit.pk in filled]


def _fill_in(model: type, name: str, units: QuerySet[Unit]) -> set[int]:
    """Fill in the empty texts of the rows of these units from those of their pages; which units that changed."""
    empty = list(model.objects.filter(unit__in=units.values("pk"), text="").select_related("unit"))
    pages = {row.unit.page_from_id for row in empty}
    words = {(row.unit_id, getattr(row, name)): row for row in model.objects.filter(unit__in=pages).exclude(text="")}
    changed = []
    for row in empty:
        source = words.get((row.unit.page_from_id, getattr(row, name)))
        if source is not None:
            row.text = source.text
            if model is EvidenceRequirement:
                row.of = source.of
            changed.append(row)
    model.objects.bulk_update(changed, ["text", *(["of"] if model is EvidenceRequirement else [])], batch_size=200)
    return {row.unit_id for row in changed}
