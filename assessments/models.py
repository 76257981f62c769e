"""What an assessor decided: judgements, countersignatures, feedback, sign-offs and their ends. All append-only."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from assessments import states
from audit.models import Decision
from centres.states import STANDINGS
from portfolios.models import is_one_of


class Judgement(Decision):
    """An assessor's decision on one criterion of one unit entry. A later one names the one it supersedes (ASM-5)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey("portfolios.UnitEntry", on_delete=models.PROTECT, related_name="judgements")
    criterion = models.ForeignKey("quals.Criterion", on_delete=models.PROTECT, related_name="judgements")
    outcome = models.CharField(max_length=10, choices=states.OUTCOMES)
    because = models.TextField()
    lacking = models.JSONField(default=list)
    todo = models.TextField(blank=True)
    evidence = models.JSONField(default=list, help_text="The versions it rests on: id, kind and days, as they were.")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="judgements")
    standing = models.CharField(max_length=10, choices=STANDINGS)
    decided_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "criterion"],
                condition=Q(supersedes__isnull=True),
                name="a_criterion_of_an_entry_has_one_first_judgement",
            ),
            is_one_of("outcome", states.OUTCOMES, "a_judgement_has_a_known_outcome"),
            is_one_of("standing", STANDINGS, "a_judgement_remembers_a_known_standing"),
            models.CheckConstraint(condition=~Q(because=""), name="a_judgement_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(outcome=states.MET) | (~Q(todo="") & ~Q(lacking=[])),
                name="not_yet_met_says_what_is_lacking_and_what_to_do",
            ),
        ]
        indexes = [models.Index(fields=["assessor", "decided_at"])]

    @property
    def signed(self) -> "Countersignature | None":
        """Its countersignature, or nothing: a page asks dozens of times, and a missing relation answers slowly."""
        return getattr(self, "countersignature", None)

    def __str__(self) -> str:
        return f"{self.criterion} {self.get_outcome_display()}"


class JudgedOn(models.Model):
    """A version of evidence that a judgement rests on (its own `evidence` column is what is vouched for)."""

    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="judged_on")
    version = models.ForeignKey("portfolios.Version", on_delete=models.PROTECT, related_name="judged_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judgement", "version"], name="a_judgement_names_a_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.judgement} on {self.version}"


class Countersignature(Decision):
    """A qualified assessor's answer to a trainee's judgement: confirmed, it counts; returned, it never will (CTS-1)."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="countersignature")
    outcome = models.CharField(max_length=10, choices=states.COUNTERSIGNED)
    comment = models.TextField(blank=True)
    countersigner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="countersignatures"
    )
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("outcome", states.COUNTERSIGNED, "a_countersignature_has_a_known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=states.CONFIRMED) | ~Q(comment=""), name="a_returned_judgement_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judgement} {self.outcome}"


class Feedback(Decision):
    """What an assessor told the learner about a piece of evidence or a unit."""

    entry = models.ForeignKey("portfolios.UnitEntry", on_delete=models.PROTECT, related_name="feedback")
    evidence = models.ForeignKey("portfolios.Evidence", null=True, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="feedback_given")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="feedback_says_something")]
        verbose_name_plural = "feedback"

    def __str__(self) -> str:
        return self.text[:60]


class SignOff(Decision):
    """The assessor's declaration that every criterion of a unit is met, with a digest of the judgements it rests on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey("portfolios.UnitEntry", on_delete=models.PROTECT, related_name="sign_offs")
    number = models.PositiveIntegerField()
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_offs")
    standing = models.CharField(max_length=10, choices=STANDINGS)
    statement = models.TextField()
    relied_on = models.CharField(max_length=64)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="a_unit_entry_is_signed_off_once_at_a_time"),
            is_one_of("standing", STANDINGS, "a_sign_off_remembers_a_known_standing"),
        ]

    def __str__(self) -> str:
        return f"{self.entry} signed off"


class SignOffCountersignature(Decision):
    """A qualified assessor's answer to a trainee's sign-off. Without a confirmed one the sign-off does not count."""

    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="countersignature")
    outcome = models.CharField(max_length=10, choices=states.COUNTERSIGNED)
    comment = models.TextField(blank=True)
    countersigner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("outcome", states.COUNTERSIGNED, "a_sign_off_is_countersigned_with_a_known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome=states.CONFIRMED) | ~Q(comment=""), name="a_returned_sign_off_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_off} {self.outcome}"


class LearnerConfirmation(Decision):
    """The learner's statement that the signed-off unit is their own work."""

    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="confirmation")
    statement = models.TextField()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sign_off} confirmed"


class Reopening(Decision):
    """The end of a sign-off, with its reason; every signature that depended on it ends with it (AUD-4)."""

    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="reopening")
    reason = models.TextField()
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_reopening_gives_its_reason")]

    def __str__(self) -> str:
        return f"{self.sign_off} reopened"
