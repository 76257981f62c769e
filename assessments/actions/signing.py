"""Signing a unit off, the learner's confirmation, and reopening, which ends every signature that came after."""

from django.db import transaction

from assessments import rules, states
from assessments.actions.judging import current_judgements, lock
from assessments.models import LearnerConfirmation, Reopening, SignOff, SignOffCountersignature
from audit.actions import move, record, registration_chain
from audit.actors import ASSESSOR, Actor, now
from audit.models import digest_of
from audit.rules import refuse, require
from portfolios import states as portfolio
from portfolios.actions.evidence import recount_claims
from portfolios.models import Reference, UnitEntry
from portfolios.rules import is_own

STATEMENT = (
    "I declare that the learner has met every criterion of this unit, on evidence that is valid, authentic, current, "
    "reliable and sufficient."
)
CONFIRMATION = "I confirm that the evidence for this unit is my own work."


@transaction.atomic
def sign_off(*, entry: UnitEntry, by: Actor) -> SignOff:
    """The assessor's declaration that every criterion is met (ASM-1). A trainee's waits for a countersignature.

    Sent twice, the second time changes nothing and returns what the first one made.
    """
    entry = lock(entry)
    standing = rules.current_sign_off(entry)
    if standing is not None and by.is_at(entry.centre_id, ASSESSOR) and standing.assessor_id == by.user_id:
        return standing
    require(rules.refuse_sign_off(entry=entry, by=by))
    judgements = current_judgements(entry).values()
    signed = SignOff.objects.create(
        entry=entry,
        number=entry.sign_offs.count() + 1,
        assessor_id=by.user_id,
        standing=rules.standing_of(entry=entry, by=by),
        statement=STATEMENT,
        relied_on=digest_of(sorted(judgement.digest() for judgement in judgements)),
        signed_at=now(),
    )
    Reference.objects.filter(entry=entry, version__submitted_at__isnull=False, settled_at__isnull=True).update(
        settled_at=now()
    )
    move(entry, to=portfolio.SIGNED_OFF, moves=portfolio.ENTRY_MOVES, changed_at=now())
    recount_claims(entry_ids=[entry.pk])
    _record(entry, "sign_off", f"Signed off {entry.unit.code}", [signed], by)
    return signed


def _record(entry: UnitEntry, action: str, summary: str, rows: list, by: Actor) -> None:
    record(
        chain=registration_chain(entry.registration_id),
        action=action,
        about=entry,
        summary=summary,
        rows=rows,
        by=by,
    )


@transaction.atomic
def countersign_sign_off(*, sign_off: SignOff, outcome: str, comment: str = "", by: Actor) -> SignOffCountersignature:
    """Answer a trainee's sign-off (CTS-1, CTS-2). Returned, it opens the unit again."""
    if outcome == states.RETURNED and not comment.strip():
        refuse("INPUT", "Say why you return it: the trainee reads it.")
    entry = lock(sign_off.entry)
    sign_off = SignOff.objects.select_related("entry__unit", "entry__centre", "entry__registration__learner").get(
        pk=sign_off.pk
    )
    require(rules.refuse_countersign_sign_off(sign_off=sign_off, by=by))
    signed = SignOffCountersignature.objects.create(
        sign_off=sign_off,
        outcome=outcome,
        comment=comment.strip(),
        countersigner_id=by.user_id,
        signed_at=now(),
    )
    rows = [signed]
    if outcome == states.RETURNED:
        rows.append(_end(entry, sign_off, comment, by))
    _record(entry, "countersign_sign_off", f"Countersigned the sign-off of {entry.unit.code}: {outcome}", rows, by)
    return signed


def _end(entry: UnitEntry, sign_off: SignOff, reason: str, by: Actor) -> Reopening:
    ended = Reopening.objects.create(
        sign_off=sign_off, reason=reason.strip(), reopened_by_id=by.user_id, reopened_at=now()
    )
    move(entry, to=portfolio.OPEN, moves=portfolio.ENTRY_MOVES, changed_at=now())
    return ended


@transaction.atomic
def confirm(*, entry: UnitEntry, by: Actor) -> LearnerConfirmation:
    """The learner's word that the unit's evidence is their own work. Sent twice, it is kept once."""
    entry = lock(entry)
    if entry.state == portfolio.CONFIRMED and is_own(entry.registration.learner, by):
        return rules.current_sign_off(entry).confirmation
    require(rules.refuse_confirm(entry=entry, by=by))
    confirmed = LearnerConfirmation.objects.create(
        sign_off=rules.current_sign_off(entry),
        statement=CONFIRMATION,
        learner_id=by.user_id,
        confirmed_at=now(),
    )
    move(entry, to=portfolio.CONFIRMED, moves=portfolio.ENTRY_MOVES, changed_at=now())
    _record(entry, "confirm", f"Confirmed {entry.unit.code}", [confirmed], by)
    return confirmed


@transaction.atomic
def reopen(*, entry: UnitEntry, reason: str, by: Actor) -> Reopening:
    """Take a sign-off back, with a reason; what rests on it (countersignature, confirmation, release) falls with it.

    Sent twice, the second time changes nothing and returns what the first one made.
    """
    entry = lock(entry)
    last = entry.sign_offs.select_related("reopening").order_by("-number").first()
    ended = getattr(last, "reopening", None)
    if ended is not None and (ended.reopened_by_id, ended.reason) == (by.user_id, reason.strip()):
        return ended
    require(rules.refuse_reopen(entry=entry, reason=reason, by=by))
    ended = _end(entry, rules.current_sign_off(entry), reason, by)
    _record(entry, "reopen", f"Reopened {entry.unit.code}: {reason.strip()}", [ended], by)
    return ended
