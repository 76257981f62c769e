"""People who can sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People who can sign in"
    default_auto_field = "django.db.models.BigAutoField"
