"""The door: sign-in, passwords and invitations. Of allauth's pages only these are reachable."""

from allauth.account import views as door
from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("accounts/login/", door.login, name="account_login"),
    path("accounts/logout/", door.logout, name="account_logout"),
    path("accounts/signup/", views.sign_up_closed, name="account_signup"),
    path("accounts/inactive/", door.account_inactive, name="account_inactive"),
    path("accounts/password/change/", door.password_change, name="account_change_password"),
    path("accounts/password/reset/", door.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", door.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        door.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        door.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
