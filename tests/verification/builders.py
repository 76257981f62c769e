"""What verification's tests start from: evidence in numbers, a second learner, a sample with an action point."""

from datetime import timedelta

from audit.actors import today
from portfolios import actions as portfolios
from portfolios import states as portfolio
from portfolios.models import Evidence, Reference, Version
from tests import factories
from verification import actions, states


def many_pieces(house, entry, number):
    """So many submitted pieces that claim the first criterion, put straight into the tables: only reading is tried."""
    criterion = entry.unit.criteria.order_by("position").first()
    at = factories.actors.now()
    pieces = Evidence.objects.bulk_create(
        Evidence(
            centre=house.centre,
            learner=house.registration.learner,
            title=f"Piece {n}",
            kind="P",
            happened_from=today(),
            state=portfolio.SUBMITTED,
            created_at=at,
            changed_at=at,
        )
        for n in range(number)
    )
    versions = Version.objects.bulk_create(
        Version(
            evidence=piece,
            number=1,
            created_at=at,
            submitted_at=at,
            declared_by_id=house.learner.user_id,
            declaration="Mine.",
            contents={"title": piece.title, "kind": "P", "happened_from": None, "happened_until": None},
        )
        for piece in pieces
    )
    Reference.objects.bulk_create(
        Reference(version=version, entry=entry, criterion=criterion, claimed_by_id=house.learner.user_id, claimed_at=at)
        for version in versions
    )
    return versions


def another_learner(cast, name, units=None):
    """One more learner of the centre on the qualification, with the same assessor and IQA, as a house of its own."""
    here = cast.here
    learner = factories.make_learner(here.centre, name, by=here.administrator)
    registration = portfolios.register(
        learner=learner, qualification=cast.qualification, units=units or cast.units[:4], by=here.administrator
    )
    portfolios.allocate(
        registration=registration,
        assessor=factories.user_of(here.assessor),
        iqa=factories.user_of(here.iqa),
        by=here.administrator,
    )
    house = factories.House(**{**here.__dict__, "registration": registration})
    house.learner = factories.actor_for(learner.user, factories.actors.LEARNER, here.centre)
    return house


def raise_point(house, number="101", **changes):
    """A sample that ended in an action point with the assessor."""
    sample = actions.plan_sample(entry=house.entry(number), by=house.iqa)
    asked = {"note": "Nobody else says so.", "todo": "Ask a witness.", "due_on": today() + timedelta(days=7)}
    finding = actions.find(sample=sample, outcome=states.ACTION, by=house.iqa, **(asked | changes))
    return finding.action_point
