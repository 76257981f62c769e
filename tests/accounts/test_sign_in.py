"""The door: only for the invited, not for guessers, and it does not say who lives here."""

import re
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import SentMail, User
from tests.centres.builders import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ada():
    return User.objects.create_user("ada@example.org", PASSWORD, name="Ada Okafor")


def try_to_sign_in(client, password, email="ada@example.org"):
    return client.post(LOGIN, {"login": email, "password": password})


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_opens_whatever_the_case_of_the_address(client, ada):
    try_to_sign_in(client, PASSWORD, "ADA@example.org")
    assert is_signed_in(client)


def test_after_signing_in_one_is_where_one_wanted_to_be(client, ada):
    response = client.post(LOGIN, {"login": ada.email, "password": PASSWORD, "next": "/people/"})
    assert response.url == "/people/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_after_signing_in_one_is_never_sent_elsewhere(client, ada, elsewhere):
    response = client.post(LOGIN, {"login": ada.email, "password": PASSWORD, "next": elsewhere})
    assert response.url == reverse("home")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, ada):
    wrong = try_to_sign_in(client, "wrong").context["form"].errors
    unknown = try_to_sign_in(client, "wrong", "nobody@example.org").context["form"].errors
    assert wrong == unknown
    assert not is_signed_in(client)


def test_the_sixth_try_after_five_wrong_passwords_is_refused_even_with_the_right_one(client, ada):
    for _ in range(5):
        assert "Too many" not in try_to_sign_in(client, "wrong").content.decode()
    response = try_to_sign_in(client, PASSWORD)
    assert "Too many failed login attempts. Try again later." in response.content.decode()
    assert not is_signed_in(client)


def test_the_fifth_try_after_four_wrong_passwords_is_let_in(client, ada):
    for _ in range(4):
        try_to_sign_in(client, "wrong")
    try_to_sign_in(client, PASSWORD)
    assert is_signed_in(client)


def test_wrong_passwords_for_one_person_do_not_lock_another_out(client, ada):
    User.objects.create_user("bea@example.org", PASSWORD, name="Bea Holt")
    for _ in range(6):
        try_to_sign_in(client, "wrong")
    try_to_sign_in(client, PASSWORD, "bea@example.org")
    assert is_signed_in(client)


def test_a_closed_account_does_not_open(client, ada):
    ada.is_active = False
    ada.save()
    try_to_sign_in(client, PASSWORD)
    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    typed = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.get("/accounts/signup/").status_code == 403
    response = client.post("/accounts/signup/", typed)
    assert response.status_code == 403
    assert "Ask your centre" in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_set_password", "account_reauthenticate", "account_email_verification_sent"],
)
def test_what_nobody_needs_is_not_reachable(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_takes_a_button_not_a_link(client, ada):
    client.force_login(ada)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    client.post("/accounts/logout/")
    assert not is_signed_in(client)


# --- A forgotten password --------------------------------------------------------------------------


def test_a_forgotten_password_is_set_again_by_mail(client, ada, mailoutbox):
    client.post("/accounts/password/reset/", {"email": ada.email})
    link = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    assert page.status_code == 200
    new = "another long password"
    client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    ada.refresh_from_db()
    assert ada.check_password(new)
    assert "The link no longer works" in client.get(link, follow=True).content.decode()


def test_asking_for_a_password_does_not_say_who_lives_here(client, ada, mailoutbox):
    known = client.post("/accounts/password/reset/", {"email": ada.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = [client.get(answer.url).content.decode() for answer in (known, unknown)]
    assert "nobody@example.org" not in pages[1]


def test_a_mail_that_sets_a_password_is_not_kept_for_an_administrator(client, ada, settings, capsys):
    settings.EMAIL_BACKEND = "accounts.notices.KeptMail"
    client.post("/accounts/password/reset/", {"email": ada.email})
    assert "/accounts/password/reset/key/" in capsys.readouterr().out
    assert not SentMail.objects.exists()


def test_changing_ones_password_ends_the_sessions_elsewhere(client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    client.force_login(ada)
    new = "another long password"
    asked = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    response = client.post("/accounts/password/change/", asked)
    assert response.url == reverse("home")
    assert client.get("/accounts/password/change/").status_code == 200
    assert elsewhere.get("/accounts/password/change/").status_code == 302


# --- Cookies ---------------------------------------------------------------------------------------


def test_the_session_cookie_is_hidden_from_scripts_and_stays_on_this_site(client, ada):
    try_to_sign_in(client, PASSWORD)
    cookie = client.cookies["attest_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.slow
@pytest.mark.parametrize(("insecure", "secure", "prefix"), [("true", False, ""), ("false", True, "__Host-")])
def test_cookies_travel_over_https_alone_unless_the_installation_says_otherwise(tmp_path, insecure, secure, prefix):
    """The settings read the environment once, so each answer needs a process of its own."""
    asked = (
        "import config.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS > 0)"
    )
    environment = {"SECRET_KEY": "x", "SEAL_KEY": "x", "DATA_DIR": str(tmp_path), "INSECURE_HTTP": insecure}
    said = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(secure), str(secure), f"{prefix}attest_session", str(secure)]
