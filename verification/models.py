"""What a verifier sampled and found: samples, findings, action points with their answers, and the release."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.models import Decision
from portfolios.models import is_one_of
from verification import states


class Sample(models.Model):
    """A unit entry that an IQA chose to look at, why, and where that stands."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="samples")
    entry = models.ForeignKey("portfolios.UnitEntry", on_delete=models.PROTECT, related_name="samples")
    iqa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="samples")
    reason = models.CharField(max_length=15, choices=states.REASONS, default="plan")
    state = models.CharField(max_length=10, choices=states.SAMPLE_STATES, default=states.PLANNED)
    planned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=~Q(state=states.AGREED), name="a_unit_entry_has_one_open_sample"
            ),
            is_one_of("state", states.SAMPLE_STATES, "a_sample_is_in_a_known_state"),
            is_one_of("reason", states.REASONS, "a_sample_has_a_known_reason"),
        ]
        indexes = [models.Index(fields=["iqa", "state"])]

    def __str__(self) -> str:
        return f"Sample of {self.entry}"


class Finding(Decision):
    """What the IQA concluded from one look: which judgements and versions were read, agree or action point, and why."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=states.FINDINGS)
    note = models.TextField()
    looked_at = models.JSONField(default=dict, help_text="Judgements and versions that were there to read.")
    iqa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="findings")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="a_sample_holds_a_finding_once"),
            is_one_of("outcome", states.FINDINGS, "a_finding_has_a_known_outcome"),
            models.CheckConstraint(condition=~Q(note=""), name="a_finding_says_what_was_found"),
        ]

    def __str__(self) -> str:
        return f"{self.sample}: {self.outcome}"


class ActionPoint(models.Model):
    """What must be done by when, because of a finding; it goes to the assessor and back."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="action_point")
    entry = models.ForeignKey("portfolios.UnitEntry", on_delete=models.PROTECT, related_name="action_points")
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="action_points")
    text = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=states.ACTION_STATES, default=states.OPEN)
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [is_one_of("state", states.ACTION_STATES, "an_action_point_is_in_a_known_state")]

    def __str__(self) -> str:
        return self.text[:60]


class Answer(Decision):
    """The assessor's answer to an action point: what was done."""

    action_point = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_says_what_was_done")]

    def __str__(self) -> str:
        return self.text[:60]


class Release(Decision):
    """The IQA's statement that a registration may be claimed, with a digest of everything it relied on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey("portfolios.Registration", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    iqa = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="releases")
    statement = models.TextField()
    units = models.JSONField(default=list)
    combination = models.JSONField(default=dict)
    relied_on = models.CharField(max_length=64)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "number"], name="a_release_has_its_own_number")]

    def __str__(self) -> str:
        return f"Release {self.number} of {self.registration}"
