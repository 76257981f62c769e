"""Claims and certificates: the administrator's, the EQA's, the learner's, and the public's one question."""

from django.db.models import QuerySet

from audit.actors import ADMINISTRATOR, EDITOR, EQA, LEARNER, Actor
from certification import states
from certification.models import Certificate, Claim
from portfolios.models import Registration
from portfolios.queries import registrations_for


def claims_for(actor: Actor) -> QuerySet[Claim]:
    """Claims of the registrations this actor may read; newest first."""
    claims = Claim.objects.select_related(
        "registration__learner", "registration__qualification", "centre", "eqa_decision", "claimed_by"
    ).order_by("-claimed_at")
    if actor.role in {ADMINISTRATOR, EQA, LEARNER}:
        return claims.filter(registration__in=registrations_for(actor).values("pk"))
    if actor.role == EDITOR:
        return claims.filter(state=states.ISSUED)
    return claims.none()


def claims_waiting_for(actor: Actor) -> QuerySet[Claim]:
    """Claims that an EQA has to answer, oldest first."""
    if actor.role != EQA:
        return Claim.objects.none()
    return claims_for(actor).filter(state=states.AWAITING_EQA).order_by("claimed_at")


def claims_of(registration: Registration, actor: Actor) -> tuple[Claim | None, Claim | None]:
    """Of this registration the claim that stands and the last one an EQA returned, for those who may read claims."""
    made = list(claims_for(actor).filter(registration=registration))
    standing = next((claim for claim in made if claim.state != states.RETURNED), None)
    return standing, next((claim for claim in made if claim.state == states.RETURNED), None)


def claim_to_make(claim_id: int) -> Claim:
    """The claim whose documents the worker makes."""
    return Claim.objects.select_related(
        "centre",
        "registration__learner",
        "registration__centre",
        "registration__qualification__specification__awarding_organisation",
        "eqa_decision",
    ).get(pk=claim_id)


def certificates_for(actor: Actor) -> QuerySet[Certificate]:
    found = Certificate.objects.select_related(
        "claim__registration__learner", "claim__centre", "revocation", "replaced_by", "replaces"
    )
    return found.filter(claim__in=claims_for(actor).values("pk")).order_by("-issued_at")


def certificate_with(code: str) -> Certificate | None:
    """The certificate with this code, for anybody who holds the paper: spaces, dashes and case do not matter."""
    letters = "".join(ch for ch in code.upper() if ch.isalnum())
    wanted = "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))
    found = Certificate.objects.select_related("revocation", "replaced_by", "claim__centre")
    return found.filter(code=wanted).first()
