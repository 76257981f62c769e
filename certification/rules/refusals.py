"""Who may do what with claims and certificates, and when."""

from assessments.models import SignOff
from audit.actors import ADMINISTRATOR, EDITOR, Actor, today
from audit.rules import Refusal
from centres.rules import has_direct_claims
from certification import states
from certification.models import Certificate, Claim
from certification.rules.arguing import Argument
from certification.rules.proving import refuse_unproved
from jobs import states as job_states
from jobs.queries import jobs_about
from portfolios.models import Registration


def refuse_claim(*, registration: Registration, argument: Argument, by: Actor) -> Refusal | None:
    if not by.is_at(registration.centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can claim.")
    if Claim.objects.filter(registration=registration).exclude(state=states.RETURNED).exists():
        return Refusal("CLM-13", "This registration has been claimed already.")
    for condition in argument.conditions:
        if not condition.holds:
            return condition.refusal
    assessors = SignOff.objects.filter(entry__in=argument.counted, reopening__isnull=True)
    if set(assessors.values_list("assessor_id", flat=True)) == {by.user_id}:
        return Refusal(
            "CLM-8", "You assessed every unit of this claim yourself: another administrator has to claim it."
        )
    return None


def goes_directly(registration: Registration) -> bool:
    """DCS-1, DCS-4: whether a claim made today is approved without the EQA."""
    return has_direct_claims(centre_id=registration.centre_id, qan=registration.qan, day=today())


def refuse_decide(*, claim: Claim, outcome: str, note: str, by: Actor) -> Refusal | None:
    """DCS-4: only the EQA allocated to the centre's qualification answers a waiting claim, while it still holds."""
    if not by.is_allocated(claim.centre_id, claim.registration.qan):
        return Refusal("DCS-4", "Only the EQA allocated to this centre and qualification can answer this claim.")
    if claim.state != states.AWAITING_EQA:
        return Refusal("STATE", "This claim is not waiting for an EQA.")
    if outcome == states.RETURNED and not note.strip():
        return Refusal("INPUT", "Say why you return it: the centre reads it.")
    return refuse_unproved(claim=claim) if outcome == states.RELEASED else None


def refuse_end_certificate(*, certificate: Certificate, reason: str, by: Actor) -> Refusal | None:
    """CLM-9: replaced or revoked, once, with a reason, by those who act for the awarding organisation here."""
    if by.role != EDITOR:
        return Refusal(
            "ROLE", "Only somebody acting for the awarding organisation can replace or revoke a certificate."
        )
    if hasattr(certificate, "revocation"):
        return Refusal("CLM-9", "This certificate has been revoked.")
    if Certificate.objects.filter(replaces=certificate).exists():
        return Refusal("CLM-9", "This certificate has been replaced. Use the one that replaced it.")
    if not reason.strip():
        return Refusal("CLM-9", "Say why: the reason is kept with the certificate.")
    return None


def refuse_replace(*, certificate: Certificate, reason: str, by: Actor) -> Refusal | None:
    """A new paper says what the claim proves, so the claim is proved anew first (CLM-2, ROC-4)."""
    refusal = refuse_end_certificate(certificate=certificate, reason=reason, by=by)
    return refusal or refuse_unproved(claim=certificate.claim)


def refuse_make_again(*, claim: Claim, by: Actor) -> Refusal | None:
    """The papers of an approved claim are asked for again once the work on them was given up."""
    if not by.is_at(claim.centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can ask for the papers again.")
    if claim.state != states.APPROVED:
        return Refusal("STATE", "No papers are being made for this claim.")
    if jobs_about(f"claim:{claim.public_id}").exclude(state=job_states.FAILED).exists():
        return Refusal("STATE", "The papers are being made already.")
    return refuse_unproved(claim=claim)


def refuse_page(*, roles: tuple[str, ...], by: Actor) -> Refusal | None:
    """A home or a list that is made for certain roles only."""
    if by.role not in roles:
        return Refusal("ROLE", "This page is for another role. Your own work is on your home page.")
    return None
