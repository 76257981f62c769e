"""Of a published issue the doubt about a rule is answered: the rule stays as it is, and somebody stands by it."""

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor, now, today
from audit.rules import require
from quals import rules, states
from quals.actions._rebuilding import latest_at
from quals.models import Correction, Rule, Specification
from quals.queries.packs import pack_of_rule
from quals.specification.review.paths import label_of, pairs, part_of


@transaction.atomic
def confirm_reading(*, specification: Specification, path: str, reading: str, ground: str, by: Actor) -> Correction:
    """The reading that learners are already held to is confirmed by name (CAT-6); what is published is not edited
    (CAT-3), so the other reading needs an issue of its own. Kept as a settlement, which the issue's own document,
    should it come later, finds again."""
    require(rules.refuse_review(by=by))
    issue = Specification.objects.select_for_update().get(pk=specification.pk)
    rule = _rule_at(issue, path)
    before = latest_at(issue, path)
    if rule is not None and before is not None and _is_said_already(before, rule, reading, ground, by):
        return before
    require(
        rules.refuse_confirm_published(rule=rule, reading=reading),
        rules.refuse_without_ground(ground=ground, what="the rule is to be read this way"),
    )
    row = Correction.objects.create(
        specification=issue,
        path=path,
        kind=states.SETTLED,
        read=pack_of_rule(rule),
        value=reading,
        ground=ground.strip(),
        corrected_by_id=by.user_id,
        decided_at=now(),
    )
    rule.confidence = states.CONFIRMED
    rule.confirmed = {"by": by.name, "on": today().isoformat(), "ground": row.ground}
    rule.save(update_fields=["confidence", "confirmed"])
    summary = f"Confirmed {label_of(path)} as it is read: {row.ground}"
    record(chain=INSTALLATION, action="confirm_reading", about=issue, summary=summary, rows=[row], by=by)
    return row


def _is_said_already(before: Correction, rule: Rule, reading: str, ground: str, by: Actor) -> bool:
    """The same form sent twice is one decision."""
    said = (before.kind, before.value, before.ground, before.corrected_by_id)
    return rule.confidence == states.CONFIRMED and said == (states.SETTLED, reading, ground.strip(), by.user_id)


def _rule_at(issue: Specification, path: str) -> Rule | None:
    steps = dict(pairs(path))
    if list(steps) != ["qualifications", "rules"] or issue.state != states.PUBLISHED:
        return None
    found = Rule.objects.filter(qualification__specification=issue, label=steps["rules"])
    found = found.select_related("qualification__specification")
    return next((rule for rule in found if part_of(rule.qualification.qan) == steps["qualifications"]), None)
