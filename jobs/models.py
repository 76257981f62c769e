"""The outbox: work that an action asked for, written in the same transaction as the action itself."""

import uuid

from django.db import models

from jobs import states


class Job(models.Model):
    """One piece of work. Taken under a lease; a lease that ran out is taken up again by the sweeper."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=dict)
    about = models.CharField(max_length=120, db_index=True)
    owner_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=states.CHOICES, default=states.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    lease = models.UUIDField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    done_parts = models.PositiveIntegerField(default=0)
    all_parts = models.PositiveIntegerField(default=1)
    message = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[value for value, _ in states.CHOICES]),
                name="a_job_is_in_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"
