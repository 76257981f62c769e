"""What was claimed and awarded: claims, the EQA's answers, certificates with their documents, and revocations."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.models import Decision
from certification import states
from portfolios.models import is_one_of


class Claim(Decision):
    """The request for a registration's certificate, with the units counted and the release it rests on."""

    digest_fields = (
        "id",
        "public_id",
        "centre_id",
        "registration_id",
        "release_id",
        "units",
        "combination",
        "direct",
        "claimed_by_id",
        "claimed_at",
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="claims")
    registration = models.ForeignKey("portfolios.Registration", on_delete=models.PROTECT, related_name="claims")
    release = models.ForeignKey("verification.Release", on_delete=models.PROTECT, related_name="claims")
    units = models.JSONField(default=list, help_text="The counted units: entry, UAN, title, level, credit.")
    combination = models.JSONField(default=dict)
    direct = models.BooleanField()
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()
    state = models.CharField(max_length=15, choices=states.CLAIM_STATES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=~Q(state=states.RETURNED),
                name="a_registration_is_claimed_once",
                violation_error_message="This registration has already been claimed.",
            ),
            is_one_of("state", states.CLAIM_STATES, "a_claim_is_in_a_known_state"),
        ]
        indexes = [models.Index(fields=["centre", "state"])]

    def __str__(self) -> str:
        return f"Claim for {self.registration}"


class EqaDecision(Decision):
    """The EQA's answer to a claim that waited: released, or returned with a reason (DCS-4)."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="eqa_decision")
    outcome = models.CharField(max_length=10, choices=states.EQA_OUTCOMES)
    note = models.TextField(blank=True)
    eqa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("outcome", states.EQA_OUTCOMES, "an_eqa_decision_has_a_known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=states.RELEASED) | ~Q(note=""), name="a_returned_claim_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.outcome}"


class Certificate(Decision):
    """What was issued for a claim: a certificate, or a record of claim. Never edited: replaced or revoked (CLM-9)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=12, choices=states.KINDS)
    number = models.CharField(max_length=30, unique=True)
    code = models.CharField(max_length=30, unique=True)
    learner_name = models.CharField(max_length=150)
    awarding_organisation = models.CharField(max_length=200)
    centre_name = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    qan = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField()
    credits = models.PositiveIntegerField()
    units = models.JSONField(default=list)
    awarded_on = models.DateField()
    issued_at = models.DateTimeField()
    documents = models.JSONField(default=dict, help_text="For “award” and “units”: SHA-256 and size of the PDF.")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(replaces__isnull=True), name="a_claim_has_one_first_certificate"
            ),
            is_one_of("kind", states.KINDS, "a_certificate_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class Revocation(Decision):
    """The end of a certificate whose result proved false; the certificate itself stays (CLM-9)."""

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="revocation")
    reason = models.TextField()
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_revocation_gives_its_reason")]

    def __str__(self) -> str:
        return f"{self.certificate} revoked"


class Readiness(models.Model):
    """How a live registration stood when it was last looked at: derived, so looking again makes it anew.

    `passes`: its confirmed units satisfy the rules of combination, since `changed_at`; `claimable_at`: since when all
    that a claim rests on holds; `told_at`: when the administrators were told of that.
    """

    registration = models.OneToOneField(
        "portfolios.Registration", on_delete=models.CASCADE, related_name="readiness", primary_key=True
    )
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    passes = models.BooleanField()
    changed_at = models.DateTimeField()
    claimable_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claimable_at__isnull=True) | Q(passes=True), name="what_is_claimable_passes_the_rules"
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(claimable_at__isnull=False),
                name="nobody_is_told_of_what_is_not_claimable",
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre"],
                condition=Q(claimable_at__isnull=False, told_at__isnull=True),
                name="claimable_and_nobody_told",
            )
        ]
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"{self.registration_id}: {'passes' if self.passes else 'fails'}"
