"""People who can sign in: one identity each, whatever they do and wherever (STF-7)."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    """Makes users by email address."""

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        user = self.model(email=email.strip().lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> "User":
        return self.create_user(email, password, is_superuser=True, is_catalogue_editor=True, **extra)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do at a centre is a membership there; see `centres`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_catalogue_editor = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_account_for_one_email_address",
                violation_error_message="Somebody with this email address already has an account.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        return self.is_superuser


class Invitation(models.Model):
    """One invitation sent to one person; its signed link sets a password once and expires."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    chain = models.CharField(max_length=80)
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.sent_at:%Y-%m-%d}"


class SentMail(models.Model):
    """A mail kept so that a centre's administrator can read it where no mail server is set up (SHOW_MAIL)."""

    centre_id = models.BigIntegerField(null=True, db_index=True)
    sent_at = models.DateTimeField()
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    body = models.TextField()

    def __str__(self) -> str:
        return self.subject
