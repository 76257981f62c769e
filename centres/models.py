"""Who may act, and where: centres, memberships, approvals, allocations and competence, each with its days."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from centres import states


class InForceQuerySet(models.QuerySet):
    """Rows that hold from a day, and until a day where one is set; both days count."""

    def in_force(self, day):
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day)


class Period(models.Model):
    """Something that holds from a day until a day (both count), or until further notice."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
        name=name,
        violation_error_message="The last day is before the first one.",
    )


class Centre(models.Model):
    """A training centre. One that a demonstration built is marked as such for good."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    number = models.CharField(max_length=30, unique=True)
    is_demonstration = models.BooleanField(default=False, editable=False)

    def __str__(self) -> str:
        return self.name

    @property
    def centre_id(self) -> int:
        return self.pk


class Membership(Period):
    """One role of one person at one centre."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=states.MEMBER_ROLES)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "user", "role"],
                condition=Q(until_on__isnull=True),
                name="a_person_holds_a_role_at_a_centre_once",
                violation_error_message="This person already holds that role here.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role for role, _ in states.MEMBER_ROLES]),
                name="a_membership_has_a_known_role",
            ),
            ends_after_it_begins("a_membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.centre}"


class Approval(Period):
    """The awarding organisation's approval of a centre to deliver a qualification, by its number (QAN)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="approvals")
    qan = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [ends_after_it_begins("an_approval_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.centre} for {self.qan}"


class DirectClaims(Period):
    """Direct claims status: for one centre and one qualification (DCS-1), granted by the awarding organisation."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="direct_claims")
    qan = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [ends_after_it_begins("direct_claims_end_after_they_begin")]
        verbose_name_plural = "direct claims"

    def __str__(self) -> str:
        return f"Direct claims of {self.centre} for {self.qan}"


class Allocation(Period):
    """An EQA appointed to a centre's qualification for a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="allocations")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="allocations")
    qan = models.CharField(max_length=12, db_index=True)

    class Meta:
        constraints = [ends_after_it_begins("an_allocation_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.user} for {self.qan} at {self.centre}"


class Competence(Period):
    """A person approved by a centre to assess, or to verify, one unit; qualified or in training (STF-1)."""

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="competences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="competences")
    unit = models.ForeignKey("quals.Unit", on_delete=models.PROTECT, related_name="competences")
    kind = models.CharField(max_length=10, choices=states.COMPETENCES)
    standing = models.CharField(max_length=10, choices=states.STANDINGS, default=states.QUALIFIED)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "user", "unit", "kind"],
                condition=Q(until_on__isnull=True),
                name="a_person_is_approved_once_for_a_unit_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in states.COMPETENCES]),
                name="a_competence_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[standing for standing, _ in states.STANDINGS]),
                name="a_competence_has_a_known_standing",
            ),
            ends_after_it_begins("a_competence_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.user} may {self.kind} {self.unit}"
