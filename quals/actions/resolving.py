"""Doubts of the importer are put to rest: an error resolved for a reason, warnings acknowledged."""

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor, now, today
from audit.rules import refuse, require
from quals import rules, states
from quals.actions._rebuilding import draft_for_review
from quals.models import Finding, Resolution, Specification
from quals.specification.review.doubts import identity_of


@transaction.atomic
def resolve(*, specification: Specification, finding: str, ground: str, by: Actor) -> Resolution:
    """Put one doubt to rest, named by its identity (`identity_of`); an error only with a reason."""
    draft = draft_for_review(specification, by)
    before = Resolution.objects.filter(specification=draft, finding=finding).first()
    if before is not None:
        return before
    same = [row for row in _doubts(draft) if identity_of(_facts(row)) == finding]
    if not same:
        refuse("INPUT", "This doubt is not there any more. Open the page again to see what is.")
    if same[0].severity == states.ERROR:
        require(rules.refuse_resolve_contradiction(finding=same[0]))
        require(rules.refuse_without_ground(ground=ground, what="this error need not keep it from being published"))
    resolution = _rest(draft, same, ground, by)
    summary = f"Resolved {resolution.code} of {resolution.subject or draft}: {resolution.ground}"
    record(chain=INSTALLATION, action="resolve_finding", about=draft, summary=summary, rows=[resolution], by=by)
    return resolution


@transaction.atomic
def acknowledge_warnings(*, specification: Specification, ground: str, by: Actor) -> list[Resolution]:
    """Somebody has seen every warning that still stands."""
    draft = draft_for_review(specification, by)
    open_ones: dict[str, list[Finding]] = {}
    for row in _doubts(draft):
        if row.severity == states.WARNING and row.resolved is None:
            open_ones.setdefault(identity_of(_facts(row)), []).append(row)
    resolutions = [_rest(draft, same, ground, by) for same in open_ones.values()]
    if resolutions:
        summary = f"Acknowledged {len(resolutions)} warnings of {draft}: {ground.strip()}"
        record(chain=INSTALLATION, action="acknowledge_warnings", about=draft, summary=summary, rows=resolutions, by=by)
    return resolutions


def _doubts(draft: Specification) -> list[Finding]:
    return list(Finding.objects.filter(specification=draft).order_by("pk"))


def _facts(row: Finding) -> dict:
    return {"severity": row.severity, "code": row.code, "subject": row.subject, "line": row.line}


def _rest(draft: Specification, same: list[Finding], ground: str, by: Actor) -> Resolution:
    """One resolution for the findings of one identity, shown on each of them."""
    facts = _facts(same[0])
    resolution = Resolution.objects.create(
        specification=draft,
        finding=identity_of(facts),
        ground=ground.strip(),
        resolved_by_id=by.user_id,
        decided_at=now(),
        **facts,
    )
    settled = {"by": by.name, "on": today().isoformat(), "ground": ground.strip() or "Acknowledged."}
    Finding.objects.filter(pk__in=[row.pk for row in same]).update(resolved=settled)
    return resolution
