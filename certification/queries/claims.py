"""Claims and certificates: the administrator's, the EQA's, the learner's, and the public's one question."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from audit.actors import ADMINISTRATOR, EDITOR, EQA, LEARNER, Actor
from certification import states
from certification.models import Certificate, Claim
from certification.rules import UNREADABLE
from portfolios.models import Registration
from portfolios.queries import registrations_for
from quals.combination import Rule
from quals.combination.explain import asks
from verification.rules import Reading


@dataclass(frozen=True)
class KeptRule:
    """A rule of combination as it stood when the claim was made."""

    rule: Rule
    sentence: str
    value: int
    amount: int
    confidence: str
    satisfied: bool


@dataclass(frozen=True)
class Proof:
    """What a claim kept of why it passed; claims made before that was kept have no rules."""

    credits: int = 0
    rules: list[KeptRule] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    uncounted: list[dict] = field(default_factory=list)
    disputed: bool = False


def proof_of(claim: Claim) -> Proof:
    """Read from the claim alone; nothing where somebody made it unreadable, so that its page can still say so."""
    try:
        return _proof_of(claim)
    except UNREADABLE:
        return Proof()


def _proof_of(claim: Claim) -> Proof:
    kept = claim.combination
    rules = {rule["id"]: Rule.from_pack(rule) for rule in kept.get("rule_set", ())}
    return Proof(
        sum(unit["credit"] for unit in claim.units),
        [_kept_rule(rules[said["id"]], said) for said in kept.get("rules", ())],
        [_reading(rules[rule_id], passes) for rule_id, passes in kept.get("other_readings", {}).items()],
        kept.get("uncounted", []),
        kept.get("disputed", False),
    )


def _kept_rule(rule: Rule, said: dict) -> KeptRule:
    satisfied = said["slack"] >= 0
    return KeptRule(rule, said["sentence"], said["counted"], said["needed"], said["confidence"], satisfied)


def _reading(rule: Rule, passes: bool) -> Reading:
    return Reading(rule.id, asks(rule), asks(rule.alternative), True, passes)


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
