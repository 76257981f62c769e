"""What a learner has gathered: registrations, unit entries, evidence in versions, files, and references to criteria."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.models import Decision
from portfolios import states
from quals.states import EVIDENCE_KINDS


def is_one_of(field: str, choices: list[tuple[str, str]], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [value for value, _ in choices]}), name=name)


class Learner(models.Model):
    """A person as a learner at one centre: the name as registered, date of birth, and ULN where there is one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="learners")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="learners")
    name = models.CharField(max_length=150)
    born_on = models.DateField()
    uln = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "user"], name="a_person_is_a_learner_at_a_centre_once"),
            models.UniqueConstraint(
                fields=["centre", "uln"],
                condition=~Q(uln=""),
                name="a_uln_belongs_to_one_learner_of_a_centre",
                violation_error_message="Another learner of this centre has this ULN.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """One learner on one qualification at one centre; bound for life to the specification issue it began on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="registrations")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="registrations")
    qualification = models.ForeignKey("quals.Qualification", on_delete=models.PROTECT, related_name="registrations")
    qan = models.CharField(max_length=12)
    registered_on = models.DateField()
    state = models.CharField(max_length=10, choices=states.REGISTRATION_STATES, default=states.ACTIVE)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "qan"],
                name="a_learner_is_registered_for_a_qualification_once",
                violation_error_message="This learner is already registered for this qualification.",
            ),
            is_one_of("state", states.REGISTRATION_STATES, "a_registration_is_in_a_known_state"),
        ]
        indexes = [models.Index(fields=["centre", "qan", "state"])]

    def __str__(self) -> str:
        return f"{self.learner}, {self.qualification}"


class UnitEntry(models.Model):
    """One unit that a registration chose, who assesses and verifies it, and how far it is: counters kept by actions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="entries")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey("quals.Unit", on_delete=models.PROTECT, related_name="entries")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="assessing"
    )
    iqa = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="verifying")
    route = models.CharField(max_length=15, choices=states.ROUTES, default=states.PORTFOLIO)
    state = models.CharField(max_length=12, choices=states.ENTRY_STATES, default=states.OPEN)
    changed_at = models.DateTimeField()
    criteria_met = models.PositiveIntegerField(default=0)
    criteria_provisional = models.PositiveIntegerField(default=0)
    criteria_not_yet = models.PositiveIntegerField(default=0)
    criteria_claimed = models.PositiveIntegerField(default=0)
    references_waiting = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "unit"], name="a_registration_holds_a_unit_once"),
            is_one_of("state", states.ENTRY_STATES, "a_unit_entry_is_in_a_known_state"),
            is_one_of("route", states.ROUTES, "a_unit_entry_has_a_known_route"),
            models.CheckConstraint(
                condition=Q(assessor__isnull=True) | Q(iqa__isnull=True) | ~Q(assessor=F("iqa")),
                name="nobody_is_both_assessor_and_iqa_of_a_unit_entry",
                violation_error_message="The assessor and the IQA of a unit are two different people.",
            ),
        ]
        indexes = [models.Index(fields=["assessor", "state"]), models.Index(fields=["iqa", "state"])]
        verbose_name_plural = "unit entries"

    def __str__(self) -> str:
        return f"{self.unit} of {self.registration.learner}"

    @property
    def criteria_total(self) -> int:
        """Its unit's, so that a unit whose page came later counts at once."""
        return self.unit.criteria_total

    @property
    def is_ready(self) -> bool:
        """Whether every criterion is met and counts (ASM-1)."""
        return self.state == states.OPEN and 0 < self.criteria_total == self.criteria_met


class Evidence(models.Model):
    """One piece of evidence of one learner at one centre; what it shows lives in its versions."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="evidence")
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=EVIDENCE_KINDS, blank=True)
    happened_from = models.DateField(null=True)
    happened_until = models.DateField(null=True)
    state = models.CharField(max_length=15, choices=states.EVIDENCE_STATES, default=states.DRAFT)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("state", states.EVIDENCE_STATES, "evidence_is_in_a_known_state"),
            is_one_of("kind", [("", ""), *EVIDENCE_KINDS], "evidence_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(happened_until__isnull=True) | Q(happened_until__gte=F("happened_from")),
                name="evidence_ends_after_it_begins",
                violation_error_message="The last day is before the first one.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[states.DRAFT, states.DISCARDED])
                | (~Q(kind="") & Q(happened_from__isnull=False)),
                name="submitted_evidence_has_a_kind_and_a_day",
            ),
        ]
        indexes = [models.Index(fields=["learner", "-changed_at"])]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.title


class Version(Decision):
    """One version of a piece of evidence: a draft until it is submitted, from then on immutable (EVD-2)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    declaration = models.TextField(blank=True)
    contents = models.JSONField(default=dict, help_text="At submission: title, kind, days and files as they were.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_holds_a_version_once"),
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(submitted_at__isnull=True),
                name="evidence_has_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, declared_by__isnull=True, declaration="")
                | (Q(submitted_at__isnull=False, declared_by__isnull=False) & ~Q(declaration="")),
                name="a_submitted_version_carries_its_declaration",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} v{self.number}"


class Blob(models.Model):
    """The bytes of a file, once for a centre, addressed by their SHA-256."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="blobs")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "sha256"], name="a_centre_holds_the_same_bytes_once"),
            models.CheckConstraint(condition=Q(size__gte=1), name="a_file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return f"{self.centre_id}/{self.sha256[:2]}/{self.sha256}"


class File(models.Model):
    """A file of a version, under the name the learner gave it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Reference(models.Model):
    """A version of evidence named for a criterion of a unit entry (EVD-6); `pointer` says where in it to look."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="references")
    entry = models.ForeignKey(UnitEntry, on_delete=models.PROTECT, related_name="references")
    criterion = models.ForeignKey("quals.Criterion", on_delete=models.PROTECT, related_name="references")
    pointer = models.CharField(max_length=200, blank=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "entry", "criterion"], name="a_version_names_a_criterion_of_an_entry_once"
            ),
        ]
        indexes = [models.Index(fields=["entry", "settled_at"])]

    def __str__(self) -> str:
        return f"{self.version} → {self.criterion}"
