"""What was claimed and awarded."""

from django.apps import AppConfig


class CertificationConfig(AppConfig):
    name = "certification"
    verbose_name = "What was claimed and awarded"
    default_auto_field = "django.db.models.BigAutoField"
