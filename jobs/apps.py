"""Work for later."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Work for later"
    default_auto_field = "django.db.models.BigAutoField"
