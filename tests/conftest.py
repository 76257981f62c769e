"""What every test may ask for."""

import pytest

pytest_plugins = ["tests.stack.fixtures"]


@pytest.fixture
def files_of_its_own(settings, tmp_path):
    """For a test that alters stored files: equal bytes are stored once, so another test would find them altered."""
    default = settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": default}


@pytest.fixture(scope="session")
def remembered_cast(django_db_setup, django_db_blocker):
    from tests.remembered import remember_the_cast

    with django_db_blocker.unblock():
        return remember_the_cast()


@pytest.fixture
def cast(remembered_cast, db):
    """Two centres, their people and a registration in each: see tests/factories.py."""
    from django.db import connection

    from tests.factories import make_cast

    return remembered_cast.put_back() if connection.in_atomic_block else make_cast()


@pytest.fixture
def here(cast):
    """Northgate, where most tests happen."""
    return cast.here


@pytest.fixture
def client_for(client):
    """`client_for(actor)`: a browser in which that actor is signed in and acting in that role."""
    from centres.queries import value_of
    from tests.factories import user_of

    def sign_in(actor):
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["acting_as"] = value_of(actor)
        session.save()
        return client

    return sign_in
