"""An invited person chooses a password with the link they were sent: once, in time, and only with the whole link."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing

from accounts import actions, notices
from accounts.models import Invitation, User
from audit.actors import clock_at, now
from audit.models import Entry
from audit.rules import Refused
from tests.centres.builders import PASSWORD, SYSTEM, accept

pytestmark = pytest.mark.django_db
CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def invite(email="ada@example.org", name="Ada Okafor", **options):
    facts = {"chain": "installation", "as_what": "an assessor", "by": SYSTEM} | options
    return actions.invite(email=email, name=name, **facts)


def link_of(user) -> str:
    return urlsplit(notices.invitation_link(user.invitations.latest("pk"))).path


def test_the_mail_holds_the_link_that_sets_a_password(client, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        user = invite()
    assert mailoutbox[0].to == ["ada@example.org"]
    link = re.search(r"http://testserver(/invitation/\S+)", mailoutbox[0].body)[1]
    assert user.name in client.get(link).content.decode()
    assert "invites you to Attest as an assessor" in mailoutbox[0].body


def test_accepting_signs_the_person_in_and_uses_the_invitation_up(client):
    user = invite()
    response = client.post(link_of(user), CHOSEN)
    user.refresh_from_db()
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.check_password(PASSWORD)
    assert user.invitations.get().accepted_at is not None
    assert Entry.objects.filter(action="accept_invitation", actor_id=user.pk).count() == 1


def test_a_link_used_a_second_time_is_refused_and_the_password_stays(client):
    user = invite()
    client.post(link_of(user), CHOSEN)
    client.logout()
    response = client.post(link_of(user), {"new_password1": "another long one", "new_password2": "another long one"})
    user.refresh_from_db()
    assert response.status_code == 410
    assert "has been used" in response.content.decode()
    assert user.check_password(PASSWORD)


def test_an_older_link_is_used_up_with_the_newer_one(client):
    user = invite()
    older = link_of(user)
    invite()
    accept(user)
    assert client.get(older).status_code == 410


def test_a_link_is_used_up_by_a_password_set_in_another_way(client):
    user = invite()
    user.set_password(PASSWORD)
    user.save()
    assert client.get(link_of(user)).status_code == 410


@pytest.mark.parametrize(("late", "status"), [(-1, 200), (0, 410), (1, 410)])
def test_a_link_works_until_it_expires(client, settings, late, status):
    user = invite()
    with clock_at(user.invitations.get().expires_at + timedelta(seconds=late)):
        assert client.get(link_of(user)).status_code == status
        client.post(link_of(user), CHOSEN)
    user.refresh_from_db()
    assert user.has_usable_password() is (status == 200)


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: "9" + token, lambda token: "x"])
def test_an_altered_link_is_refused_and_sets_nothing(client, change):
    user = invite()
    token = link_of(user).split("/")[2]
    response = client.post(f"/invitation/{change(token)}/", CHOSEN)
    user.refresh_from_db()
    assert response.status_code == 404
    assert "not complete" in response.content.decode()
    assert not user.has_usable_password()


def test_a_link_signed_for_something_else_is_refused(client):
    user = invite()
    token = signing.dumps(user.invitations.get().pk, salt="something.else")
    assert client.get(f"/invitation/{token}/").status_code == 404


@pytest.mark.parametrize(
    ("one", "two"), [("short", "short"), ("ada okafor 1", "ada okafor 1"), (PASSWORD, PASSWORD + "x")]
)
def test_a_password_that_will_not_do_is_said_to_and_the_link_still_works(client, one, two):
    user = invite()
    response = client.post(link_of(user), {"new_password1": one, "new_password2": two})
    user.refresh_from_db()
    assert response.status_code == 422
    assert not user.has_usable_password()
    assert client.get(link_of(user)).status_code == 200


def test_the_page_of_a_link_is_kept_by_no_browser(client):
    assert "no-store" in client.get(link_of(invite()))["Cache-Control"]


def test_the_action_refuses_what_the_page_refuses():
    user = accept(invite())
    before = list(User.objects.values()), Entry.objects.count()
    with pytest.raises(Refused):
        actions.accept_invitation(invitation=user.invitations.get(), password="another long one")
    assert (list(User.objects.values()), Entry.objects.count()) == before


def test_one_address_is_one_person_however_it_is_written():
    first, second = invite("Ada@Example.org"), invite(" ada@example.ORG ", name="Somebody Else")
    assert first == second
    assert User.objects.get().name == "Ada Okafor"
    assert Invitation.objects.count() == 2


def test_somebody_with_a_password_is_told_and_needs_no_link(mailoutbox, django_capture_on_commit_callbacks):
    user = accept(invite())
    with django_capture_on_commit_callbacks(execute=True):
        invite()
    assert "has added you" in mailoutbox[0].body
    assert "/invitation/" not in mailoutbox[0].body
    assert user.invitations.count() == 1


def test_each_invitation_is_in_the_record():
    invite(), invite()
    assert Entry.objects.filter(action="invite").count() == 2


def test_an_invitation_lasts_as_long_as_the_setting_says(settings):
    settings.INVITATION_DAYS = 3
    with clock_at(now()):
        made = invite().invitations.get()
    assert made.expires_at - made.sent_at == timedelta(days=3)
