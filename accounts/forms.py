"""Forms of the door: choosing a password; and the door itself, which nobody opens by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.forms import SetPasswordForm
from django.urls import reverse


class ClosedDoor(DefaultAccountAdapter):
    """Sign-up is closed: people are invited."""

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("home")


class ChoosePassword(SetPasswordForm):
    """The invited person's first password."""
