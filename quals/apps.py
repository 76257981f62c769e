"""What can be achieved."""

from django.apps import AppConfig


class QualsConfig(AppConfig):
    name = "quals"
    verbose_name = "What can be achieved"
    default_auto_field = "django.db.models.BigAutoField"
