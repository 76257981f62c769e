"""Who may act, and where."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    name = "centres"
    verbose_name = "Who may act, and where"
    default_auto_field = "django.db.models.BigAutoField"
