"""What can be achieved: specifications, their qualifications, groups and rules, their units, outcomes and criteria."""

import re
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.models import Decision
from quals import states


def is_one_of(field: str, choices: list[tuple[str, str]], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [value for value, _ in choices]}), name=name)


class AwardingOrganisation(models.Model):
    """Who owns a qualification. `issues_here`: its certificates are issued through this installation."""

    name = models.CharField(max_length=200, unique=True)
    issues_here = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Specification(models.Model):
    """One issue of an awarding organisation's document, as it was read. Published, it is never edited;
    one that was published as facts only has its wording filled in once, by importing the document."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    awarding_organisation = models.ForeignKey(
        AwardingOrganisation, on_delete=models.PROTECT, related_name="specifications"
    )
    title = models.CharField(max_length=300)
    version = models.CharField(max_length=60, blank=True)
    source_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    has_wording = models.BooleanField(default=False)
    lines = models.JSONField(
        default=list, help_text="The document's own lines, so that a rule can be shown beside its line."
    )
    read = models.JSONField(null=True, help_text="The pack as the importer read it, before anybody corrected anything.")
    state = models.CharField(max_length=10, choices=states.SPECIFICATION_STATES, default=states.DRAFT)
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            is_one_of("state", states.SPECIFICATION_STATES, "a_specification_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=states.PUBLISHED, published_at__isnull=False)
                | Q(state=states.DRAFT, published_at__isnull=True),
                name="a_published_specification_knows_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Qualification(models.Model):
    """One qualification of a specification issue. A registration is bound to this row for life (CAT-3)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="qualifications")
    qan = models.CharField(max_length=12, db_index=True)
    title = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()
    credits = models.PositiveIntegerField(null=True)
    tqt = models.PositiveIntegerField(null=True)
    glh = models.PositiveIntegerField(null=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    first_registration = models.DateField(null=True)
    last_registration = models.DateField(null=True)
    last_certification = models.DateField(null=True)
    evidence_kinds = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specification", "qan"], name="a_specification_holds_a_qualification_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Unit(models.Model):
    """One unit as one specification prints it. Its strategy is its own (CAT-4)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="units")
    key = models.CharField(max_length=30)
    number = models.CharField(max_length=30, blank=True)
    uan = models.CharField(max_length=12, blank=True, db_index=True)
    title = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField()
    credit = models.PositiveIntegerField()
    glh = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=20, default="competence")
    criteria_total = models.PositiveIntegerField(default=0)
    routes = models.JSONField(default=list)
    strategy = models.JSONField(default=dict)
    test = models.JSONField(
        null=True, help_text="The onscreen test that may take the portfolio's place: minutes, marks."
    )
    line = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField()
    page_from = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="pages_for",
        help_text="The unit of another specification whose outcomes and criteria were copied here.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specification", "key"], name="a_specification_holds_a_unit_once"),
            models.CheckConstraint(condition=Q(credit__gte=1), name="a_credit_is_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """What people call the unit: the awarding organisation's number, else the UAN."""
        return self.number or self.uan or self.key


class Group(models.Model):
    """A group of a qualification's structure."""

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=states.GROUP_KINDS)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "code"], name="a_qualification_holds_a_group_once"),
            is_one_of("kind", states.GROUP_KINDS, "a_group_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The title, with the code by which the rules call the group where the document does not print it there."""
        called = f"Group {self.code}"
        is_printed = re.search(rf"\b{re.escape(called)}\b", self.title, re.IGNORECASE)
        return self.title if is_printed else f"{called}: {self.title}"


class GroupUnit(models.Model):
    """A unit's place in a group, where the document binds it so for some registration dates only."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="places")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="places")
    registered_from = models.DateField(null=True)
    registered_before = models.DateField(null=True)
    mark = models.CharField(max_length=5, blank=True, help_text="The footnote mark beside it, as printed.")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "unit"], name="a_unit_has_one_place_in_a_group")]

    def __str__(self) -> str:
        return f"{self.unit} in {self.group}"


class Rule(models.Model):
    """One linear bound of the rules of combination: PACK.md, “A rule is one linear bound”."""

    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="rules")
    label = models.CharField(max_length=10)
    bound = models.CharField(max_length=10, choices=[("at_least", "At least"), ("at_most", "At most")])
    measure = models.CharField(max_length=10, choices=[("credits", "Credits"), ("units", "Units")])
    amount = models.PositiveIntegerField()
    of = models.JSONField(default=dict)
    printed = models.JSONField(default=list)
    confidence = models.CharField(max_length=10, choices=states.CONFIDENCES)
    note = models.TextField(blank=True)
    alternative = models.JSONField(null=True)
    confirmed = models.JSONField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["qualification", "label"], name="a_qualification_holds_a_rule_once"),
            is_one_of("bound", [("at_least", ""), ("at_most", "")], "a_rule_has_a_known_bound"),
            is_one_of("measure", [("credits", ""), ("units", "")], "a_rule_has_a_known_measure"),
            is_one_of("confidence", states.CONFIDENCES, "a_rule_has_a_known_confidence"),
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.qualification.qan}"


class Outcome(models.Model):
    """A learning outcome of a unit."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outcomes")
    number = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=15, choices=states.OUTCOME_KINDS)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="a_unit_holds_an_outcome_once"),
            is_one_of("kind", states.OUTCOME_KINDS, "an_outcome_is_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return self.number


class Criterion(models.Model):
    """An assessment criterion. One whose wording is missing cannot be judged (CAT-7)."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="criteria")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="criteria")
    code = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    line = models.PositiveIntegerField(null=True)
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="a_unit_holds_a_criterion_once")]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.code


class EvidenceRequirement(models.Model):
    """A requirement on the evidence of a whole unit, as printed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="evidence_requirements")
    number = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    text = models.TextField(blank=True)
    choose = models.CharField(max_length=10, blank=True)
    of = models.JSONField(default=list)
    position = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.unit} requirement {self.number}"


class Finding(models.Model):
    """A doubt that the importer wants a person to see before the specification is published."""

    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="findings")
    line = models.PositiveIntegerField(null=True)
    severity = models.CharField(max_length=10, choices=states.SEVERITIES)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    message = models.TextField()
    printed = models.TextField(blank=True)
    read = models.TextField(blank=True)
    resolved = models.JSONField(null=True, help_text="Who put the doubt to rest, on which day, on what ground.")

    class Meta:
        constraints = [is_one_of("severity", states.SEVERITIES, "a_finding_has_a_known_severity")]

    def __str__(self) -> str:
        return f"{self.severity}: {self.message}"


class Document(models.Model):
    """A file that a catalogue editor brought in, kept as it came, and what reading it led to."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="specifications/")
    state = models.CharField(max_length=10, choices=states.DOCUMENT_STATES, default=states.WAITING)
    refusal = models.TextField(blank=True)
    differences = models.JSONField(default=list)
    specification = models.ForeignKey(Specification, null=True, on_delete=models.PROTECT, related_name="documents")
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("state", states.DOCUMENT_STATES, "a_document_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=states.REFUSED) | ~Q(refusal=""), name="a_refused_document_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=states.READ) | Q(specification__isnull=False),
                name="a_read_document_became_a_specification",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Correction(Decision):
    """What a reviewer changed in what was read, kept apart from it: of one path the latest holds."""

    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="corrections")
    path = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=states.CORRECTION_KINDS)
    read = models.JSONField(null=True)
    value = models.JSONField(null=True)
    ground = models.TextField(blank=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_one_of("kind", states.CORRECTION_KINDS, "a_correction_is_of_a_known_kind"),
            models.CheckConstraint(
                condition=~Q(kind=states.SETTLED) | ~Q(ground=""), name="a_settled_rule_has_its_ground"
            ),
        ]
        indexes = [models.Index(fields=["specification", "path"])]

    def __str__(self) -> str:
        return f"{self.path} {self.get_kind_display().lower()}"


class Resolution(Decision):
    """A doubt put to rest: a warning acknowledged, or an error resolved for a reason. `finding` is its identity,
    so that importing the same document again finds it resolved."""

    specification = models.ForeignKey(Specification, on_delete=models.PROTECT, related_name="resolutions")
    finding = models.CharField(max_length=64)
    severity = models.CharField(max_length=10, choices=states.SEVERITIES)
    code = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    line = models.PositiveIntegerField(null=True)
    ground = models.TextField(blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["specification", "finding"], name="a_doubt_is_put_to_rest_once"),
            is_one_of("severity", states.SEVERITIES, "a_resolution_is_of_a_known_severity"),
            models.CheckConstraint(
                condition=~Q(severity=states.ERROR) | ~Q(ground=""), name="a_resolved_error_has_its_ground"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.subject}"
