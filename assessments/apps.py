"""What an assessor decided."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = "What an assessor decided"
    default_auto_field = "django.db.models.BigAutoField"
