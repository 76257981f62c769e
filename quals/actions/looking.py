"""Drafts that an older version brought in are looked at for what was not looked for then."""

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor
from audit.rules import require
from quals import rules, states
from quals.actions._rebuilding import corrected_pack
from quals.actions._rows import make_findings
from quals.models import Finding, Specification
from quals.specification.review.contradictions import CODES
from quals.specification.review.doubts import identity_of


@transaction.atomic
def look_for_contradictions(*, specification: Specification, by: Actor) -> bool:
    """Whether the draft now says otherwise than before which of its rules contradict each other. Safe to run twice;
    what was published meanwhile stays as it is."""
    require(rules.refuse_edit_catalogue(by=by))
    locked = Specification.objects.select_for_update().get(pk=specification.pk)
    if locked.state != states.DRAFT:
        return False
    found = [finding for finding in corrected_pack(locked)["findings"] if finding["code"] in CODES]
    said = Finding.objects.filter(specification=locked, code__in=CODES)
    before = {identity_of(facts) for facts in said.values("severity", "code", "subject", "line")}
    if before == {identity_of(finding) for finding in found}:
        return False
    said.delete()
    make_findings(locked, {"findings": found})
    summary = f"Looked at {locked} for rules that contradict each other: {len(found) or 'none'} found"
    record(chain=INSTALLATION, action="look_for_contradictions", about=locked, summary=summary, by=by)
    return True
