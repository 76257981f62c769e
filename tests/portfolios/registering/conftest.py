"""The browser of an administrator, a learner to register and one to allocate staff to."""

import pytest

from portfolios import actions
from portfolios.models import Learner
from tests import factories


@pytest.fixture
def desk(client, cast):
    """The browser of Northgate's administrator."""
    client.force_login(factories.user_of(cast.here.administrator))
    return client


@pytest.fixture
def tom(cast):
    """A learner who is not registered for anything yet."""
    return Learner.objects.get(user_id=cast.here.second_learner.user_id)


@pytest.fixture
def bea(cast):
    """A learner with three units and nobody to assess them."""
    learner = factories.make_learner(cast.here.centre, "Bea Holt", by=cast.here.administrator)
    return actions.register(
        learner=learner, qualification=cast.qualification, units=cast.units[:3], by=cast.here.administrator
    )
