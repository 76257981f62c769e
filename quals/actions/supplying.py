"""The wording that a published issue's own document has lost, supplied by somebody who has it from elsewhere."""

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor, now
from audit.rules import refuse, require
from quals import rules, states
from quals.actions.joining import join_pages
from quals.models import AwardingOrganisation, Correction, Criterion, Specification
from quals.specification.review.paths import label_of, pairs, part_of
from quals.specification.review.values import NotAllowed, corrected_value


@transaction.atomic
def supply_wording(*, specification: Specification, path: str, value: object, ground: str, by: Actor) -> Correction:
    """A criterion without wording gets it, once; until then it cannot be judged (CAT-7). It is no edit of what was
    published: where there are words, they stay (CAT-3)."""
    require(rules.refuse_review(by=by))
    # in the order in which publishing takes these locks
    AwardingOrganisation.objects.select_for_update().get(pk=specification.awarding_organisation_id)
    issue = Specification.objects.select_for_update().get(pk=specification.pk)
    criterion = _criterion_at(issue, path)
    require(
        rules.refuse_supply_wording(specification=issue, criterion=criterion),
        rules.refuse_without_ground(ground=ground, what="the criterion reads like this, and where the words are from"),
    )
    try:
        criterion.text = corrected_value(path, value)
    except NotAllowed as problem:
        refuse("INPUT", str(problem))
    criterion.save(update_fields=["text"])
    row = Correction.objects.create(
        specification=issue,
        path=path,
        kind=states.CORRECTED,
        read="",
        value=criterion.text,
        ground=ground.strip(),
        corrected_by_id=by.user_id,
        decided_at=now(),
    )
    summary = f"Supplied the wording of {label_of(path)}"
    record(chain=INSTALLATION, action="supply_wording", about=issue, summary=summary, rows=[row], by=by)
    join_pages(specification=issue, by=by)
    return row


def _criterion_at(issue: Specification, path: str) -> Criterion | None:
    steps = dict(pairs(path))
    if list(steps) != ["units", "outcomes", "criteria", "text"]:
        return None
    found = Criterion.objects.filter(unit__specification=issue, code=steps["criteria"]).select_related("unit")
    return next((each for each in found if part_of(each.unit.key) == steps["units"]), None)
