"""What a verifier sampled and found."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = "What a verifier sampled and found"
    default_auto_field = "django.db.models.BigAutoField"
