"""What a learner has gathered."""

from django.apps import AppConfig


class PortfoliosConfig(AppConfig):
    name = "portfolios"
    verbose_name = "What a learner has gathered"
    default_auto_field = "django.db.models.BigAutoField"
