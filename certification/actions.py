"""The only writers of certification: claiming, the EQA's answer, making the documents, replacing and revoking."""

import secrets
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from audit.actions import centre_chain, move, record, registration_chain
from audit.actors import Actor, now, today
from audit.rules import refuse, require
from centres.models import Centre
from certification import documents, queries, rules, states
from certification.models import Certificate, Claim, EqaDecision, Readiness, Revocation
from jobs.actions import queue
from portfolios import states as portfolio
from portfolios.models import Registration
from verification.rules import doubt_of

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_of_authenticity() -> str:
    """Sixteen characters nobody can guess or misread: 80 bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


@transaction.atomic
def claim(*, registration: Registration, by: Actor) -> Claim:
    """Claim the registration's certificate. With direct claims status it is approved at once, else it waits (DCS-4)."""
    Registration.objects.select_for_update().get(pk=registration.pk)
    registration = Registration.objects.select_related("learner", "qualification", "centre").get(pk=registration.pk)
    argument = rules.argue(registration)
    require(rules.refuse_claim(registration=registration, argument=argument, by=by))
    direct = rules.goes_directly(registration)
    made = Claim.objects.create(
        centre_id=registration.centre_id,
        registration=registration,
        release=argument.release,
        units=[rules.counted_unit(entry, told) for entry, told in argument.units],
        combination=rules.kept_with(argument),
        direct=direct,
        claimed_by_id=by.user_id,
        claimed_at=now(),
        state=states.APPROVED if direct else states.AWAITING_EQA,
    )
    move(registration, to=portfolio.CLAIMED, moves=portfolio.REGISTRATION_MOVES, changed_at=now())
    how = "directly" if direct else "waiting for the EQA"
    summary = f"Claimed {registration.qan} with {len(made.units)} units, {how}. {doubt_of(argument.verdict)}"
    _record(made, "claim", summary.removesuffix(". "), [made], by)
    if direct:
        _queue_documents(made, by)
    return made


def _record(claim: Claim, action: str, summary: str, rows: list, by: Actor) -> None:
    record(
        chain=registration_chain(claim.registration_id), action=action, about=claim, summary=summary, rows=rows, by=by
    )


def _queue_documents(claim: Claim, by: Actor) -> None:
    about = f"claim:{claim.public_id}"
    queue(task="certification.make_documents", about=about, arguments={"claim_id": claim.pk}, by=by)


@transaction.atomic
def decide_claim(*, claim: Claim, outcome: str, note: str = "", by: Actor) -> EqaDecision:
    """The EQA's answer to a waiting claim: released, its documents are made; returned, the registration is open again.

    Sent twice, the second time changes nothing and returns what the first one made.
    """
    Registration.objects.select_for_update().get(pk=claim.registration_id)
    claim = Claim.objects.select_related(
        "registration__learner", "registration__qualification", "release__registration"
    ).get(pk=claim.pk)
    said = {"outcome": outcome, "note": note.strip(), "eqa_id": by.user_id}
    if standing := EqaDecision.objects.filter(claim=claim, **said).first():
        return standing
    require(rules.refuse_decide(claim=claim, outcome=outcome, note=note, by=by))
    decision = EqaDecision.objects.create(claim=claim, **said, decided_at=now())
    if outcome == states.RELEASED:
        move(claim, to=states.APPROVED, moves=states.CLAIM_MOVES)
        _queue_documents(claim, by)
    else:
        move(claim, to=states.RETURNED, moves=states.CLAIM_MOVES)
        move(claim.registration, to=portfolio.ACTIVE, moves=portfolio.REGISTRATION_MOVES, changed_at=now())
    _record(claim, "decide_claim", f"EQA: {decision.get_outcome_display().lower()}", [decision], by)
    return decision


@transaction.atomic
def make_again(*, claim: Claim, by: Actor) -> None:
    """Ask for the papers again, after the work on them failed too often."""
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    require(rules.refuse_make_again(claim=claim, by=by))
    _queue_documents(claim, by)
    _record(claim, "make_again", "Asked for the papers again", [], by)


def make_documents(*, claim: Claim, progress: Callable[[int, int, str], None], by: Actor) -> Certificate:
    """Make the certificate (or record of claim) and the list of units of an approved claim: once, however often called.

    The papers are made outside the transaction; whoever writes the certificate's row first has made it.
    """
    if made := Certificate.objects.filter(claim=claim, replaces__isnull=True).first():
        return made
    if claim.state != states.APPROVED:
        refuse("DCS-4", "This claim has not been approved, so no certificate is made for it.")
    require(rules.refuse_unproved(claim=claim))
    certificate = draft_certificate(claim)
    certificate.documents = documents.make(certificate, progress)
    try:
        return _issue(certificate=certificate, claim=claim, by=by)
    except IntegrityError:
        return Certificate.objects.get(claim=claim, replaces__isnull=True)


def draft_certificate(claim: Claim, replaces: Certificate | None = None) -> Certificate:
    """What the certificate will say, not yet saved: names and titles exactly as registered (CLM-10)."""
    registration = claim.registration
    qualification = registration.qualification
    organisation = qualification.specification.awarding_organisation
    return Certificate(
        claim=claim,
        kind=states.CERTIFICATE if organisation.issues_here else states.RECORD,
        number=f"{today():%y}-{claim.pk:07d}" + (f"-R{replaces.claim.certificates.count()}" if replaces else ""),
        code=code_of_authenticity(),
        learner_name=registration.learner.name,
        awarding_organisation=organisation.name,
        centre_name=registration.centre.name,
        title=qualification.title,
        qan=qualification.qan,
        level=qualification.level,
        credits=sum(unit["credit"] for unit in claim.units),
        units=claim.units,
        awarded_on=localdate(claim.claimed_at if claim.direct else claim.eqa_decision.decided_at),
        issued_at=now(),
        replaces=replaces,
    )


@transaction.atomic
def _issue(*, certificate: Certificate, claim: Claim, by: Actor) -> Certificate:
    Registration.objects.select_for_update().get(pk=claim.registration_id)
    require(rules.refuse_unproved(claim=claim))
    certificate.save(force_insert=True)
    move(claim, to=states.ISSUED, moves=states.CLAIM_MOVES)
    move(claim.registration, to=portfolio.COMPLETED, moves=portfolio.REGISTRATION_MOVES, changed_at=now())
    _record(claim, "issue", f"{certificate.get_kind_display()} {certificate.number} made", [certificate], by)
    return certificate


def replace_certificate(*, certificate: Certificate, reason: str, by: Actor) -> Certificate:
    """A new paper for an old one, marked as a replacement (CLM-9, CLM-10). The old row stays as it was."""
    require(rules.refuse_replace(certificate=certificate, reason=reason, by=by))
    replacement = draft_certificate(certificate.claim, replaces=certificate)
    for said in ("kind", "learner_name", "awarding_organisation", "centre_name", "title", "qan", "level", "awarded_on"):
        setattr(replacement, said, getattr(certificate, said))
    replacement.documents = documents.make(replacement, lambda done, of, message: None)
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=certificate.claim.registration_id)
        require(rules.refuse_replace(certificate=certificate, reason=reason, by=by))
        replacement.save(force_insert=True)
        summary = f"{certificate.number} replaced by {replacement.number}: {reason.strip()}"
        _record(certificate.claim, "replace_certificate", summary, [replacement], by)
    return replacement


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by: Actor) -> Revocation:
    """End a certificate whose result proved false (CLM-9). It stays in the record, and the check page says so."""
    Registration.objects.select_for_update().get(pk=certificate.claim.registration_id)
    require(rules.refuse_end_certificate(certificate=certificate, reason=reason, by=by))
    revocation = Revocation.objects.create(
        certificate=certificate, reason=reason.strip(), revoked_by_id=by.user_id, revoked_at=now()
    )
    _record(
        certificate.claim, "revoke_certificate", f"{certificate.number} revoked: {reason.strip()}", [revocation], by
    )
    return revocation


def sweep_combinations(*, qan: str = "", report: Callable[[list[queries.Look]], None], by: Actor) -> None:
    """Look at every live registration (of one qualification, if named), note how it stands, and report chunk by chunk.

    Safe to run again, and two at once: what another run noted in the meantime stays as that one noted it. What could
    not be looked at is reported, and stays as it was noted last.
    """
    for looks in queries.look_at_live(qan):
        if sound := [look for look in looks if not look.fault]:
            _note(sound, by)
        report(looks)


@transaction.atomic
def _note(looks: list[queries.Look], by: Actor) -> None:
    changed = [look.registration.pk for look in looks if look.change != states.UNCHANGED]
    live = Registration.objects.select_for_update().filter(pk__in=changed, state=portfolio.ACTIVE).order_by("pk")
    live = {registration.pk for registration in live}
    standing = Readiness.objects.in_bulk([look.registration.pk for look in looks])
    seen = [look for look in looks if _as_it_was(look.before, standing.get(look.registration.pk))]
    meant = [look for look in seen if look.registration.pk in live]
    Readiness.objects.bulk_create(
        [_readiness(look) for look in meant],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["passes", "changed_at", "claimable_at", "told_at", "checked_at"],
    )
    for look in meant:
        if look.became_claimable:
            _note_claimable(look.registration, by)
    Readiness.objects.filter(pk__in=[look.registration.pk for look in seen]).update(checked_at=looks[0].at)


def _as_it_was(before: Readiness | None, standing: Readiness | None) -> bool:
    if before is None or standing is None:
        return before is standing
    return (before.passes, before.claimable_at) == (standing.passes, standing.claimable_at)


def _readiness(look: queries.Look) -> Readiness:
    before, told_at = look.before, None
    if before is not None and look.is_claimable:
        told_at = before.told_at
    return Readiness(
        registration=look.registration,
        centre_id=look.registration.centre_id,
        passes=look.passes,
        changed_at=before.changed_at if before is not None and before.passes == look.passes else look.at,
        claimable_at=look.claimable_at,
        told_at=told_at,
        checked_at=look.at,
    )


def _note_claimable(registration: Registration, by: Actor) -> None:
    record(
        chain=registration_chain(registration.pk),
        action="became_claimable",
        about=registration,
        summary=f"Everything a claim of {registration.qan} rests on was found to hold",
        by=by,
    )


def tell_administrators(*, by: Actor) -> None:
    """One mail a centre, to each who administers it, about all that became claimable since the last one."""
    for centre in queries.centres_to_tell():
        _tell(centre, by)


@transaction.atomic
def _tell(centre: Centre, by: Actor) -> None:
    """Nobody to tell: it is told once there is somebody."""
    administrators = queries.administrators_of(centre)
    untold = [each.pk for each in queries.untold(centre).select_for_update(of=("self",)).order_by("pk")]
    if not administrators or not untold:
        return
    Readiness.objects.filter(pk__in=untold).update(told_at=now())
    for user in administrators:
        arguments = {"user_id": user.pk, "registration_ids": untold}
        queue(task="certification.send_ready", about=f"centre:{centre.public_id}", arguments=arguments, by=by)
    how_many = "1 registration" if len(untold) == 1 else f"{len(untold)} registrations"
    summary = f"Administrators told that {how_many} can be claimed"
    record(chain=centre_chain(centre.pk), action="tell_administrators", about=centre, summary=summary, by=by)
