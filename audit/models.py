"""The tamper-evident record: chains of entries, and the immutable rows that entries vouch for."""

import hashlib
import hmac
import json
import uuid
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import models


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, instants in UTC."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")


def digest_of(value: object) -> str:
    """SHA-256 (hexadecimal) of the canonical form."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def seal_of(*, key: str, length: int, head: str) -> str:
    """HMAC of a chain's head and length, so that neither a recomputed chain nor a dropped tail passes."""
    return hmac.new(settings.SEAL_KEY.encode(), f"{key}|{length}|{head}".encode(), "sha256").hexdigest()


class Decision(models.Model):
    """A row that is written once: corrected by a later row, never edited. Its audit entry holds its digest.

    `digest_fields` names the columns that never change; None means all of them.
    """

    digest_fields: tuple[str, ...] | None = None

    class Meta:
        abstract = True

    def digest(self) -> str:
        fields = [
            field
            for field in self._meta.concrete_fields
            if self.digest_fields is None or field.attname in self.digest_fields
        ]
        return digest_of({field.attname: field.to_python(getattr(self, field.attname)) for field in fields})

    @property
    def row_name(self) -> str:
        return f"{self._meta.label_lower}:{self.pk}"


class Chain(models.Model):
    """One hash chain: a registration's, a centre's, or the installation's; `seal` needs a key outside the database."""

    key = models.CharField(max_length=80, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """One action, as text and ids without foreign keys, so that the trail outlives what it speaks of."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    centre_id = models.BigIntegerField(null=True, db_index=True)
    action = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    rows = models.JSONField(default=dict)
    clock_set = models.BooleanField(default=False)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="an_entry_has_its_own_number_in_its_chain"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.number} {self.action}"

    def content(self) -> dict:
        """Everything the hash is taken over."""
        names = ("number", "at", "actor_id", "actor_name", "role", "centre_id", "action", "about", "summary")
        return {name: getattr(self, name) for name in (*names, "rows", "clock_set", "previous")}
