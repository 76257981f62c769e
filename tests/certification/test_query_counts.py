"""How often each page asks the database: fixed, and the same however much there is."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import JudgedOn, Judgement
from audit.actors import now, today
from certification import actions as certification
from certification import rules
from portfolios import actions as portfolios
from portfolios.models import Evidence, Reference, UnitEntry, Version
from portfolios.rules import DECLARATION
from tests.certification.builders import waiting_claim
from tests.factories import agree_sample, complete_unit, make_learner
from verification import actions as verification

UNITS = ("101", "102", "201")


def add_evidence(house, number: int) -> None:
    """So many more pieces of submitted evidence that the judgements of the first unit rest on, in bulk."""
    entry, learner = house.entry("101"), house.registration.learner
    pieces = Evidence.objects.bulk_create(
        Evidence(
            centre=house.centre, learner=learner, title=f"Piece {n}", kind="P", happened_from=today(),
            state="judged", created_at=now(), changed_at=now(),
        )
        for n in range(number)
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(
            evidence=piece, number=1, created_at=now(), submitted_at=now(), declared_by=learner.user,
            declaration=DECLARATION, contents={"title": piece.title, "kind": "P", "files": [], "references": []},
        )
        for piece in pieces
    )  # fmt: skip
    judgement = Judgement.objects.filter(entry=entry).order_by("pk")[0]
    Reference.objects.bulk_create(
        Reference(
            version=version, entry=entry, criterion=judgement.criterion, claimed_by=learner.user, claimed_at=now(),
            settled_at=now(),
        )
        for version in versions
    )  # fmt: skip
    JudgedOn.objects.bulk_create(JudgedOn(judgement=judgement, version=version) for version in versions)


def register(cast, name: str) -> None:
    """One more learner of the centre, whose units nobody is allocated to."""
    by = cast.here.administrator
    learner = make_learner(cast.here.centre, name, by=by)
    portfolios.register(learner=learner, qualification=cast.qualification, units=cast.units[:3], by=by)


def queries_of(client, url) -> int:
    client.get(url)  # whatever is remembered from the first time
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def made(here):
    """Three confirmed units, one of them sampled."""
    for number in UNITS:
        complete_unit(here, number)
    agree_sample(here)
    return here


@pytest.mark.parametrize(("name", "who", "exactly"), [
    ("claim", "administrator", 21),
    ("release", "iqa", 32),
    ("registration", "administrator", 11),
    ("registration", "eqa", 11),
    ("registration", "learner", 11),
])  # fmt: skip
def test_a_registrations_pages_ask_as_often_with_10_pieces_as_with_200(made, client_for, name, who, exactly):
    url = reverse(name, args=[made.registration.public_id])
    counts = []
    for more in (7, 190):
        add_evidence(made, more)
        verification.release(registration=made.registration, by=made.iqa)
        counts.append(queries_of(client_for(getattr(made, who)), url))
    assert counts == [exactly, exactly]


@pytest.mark.parametrize("name", ["claim", "registration"])
def test_a_registrations_pages_ask_as_often_with_1_unit_as_with_3(here, client_for, name):
    url = reverse(name, args=[here.registration.public_id])
    counts = []
    for number in UNITS:
        complete_unit(here, number)
        if number != "201":
            counts.append(queries_of(client_for(here.administrator), url))
    counts.append(queries_of(client_for(here.administrator), url))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize(
    ("name", "who", "exactly"), [("administrator_home", "administrator", 5), ("eqa_home", "eqa", 6)]
)
def test_a_home_asks_as_often_with_1_row_as_with_3(cast, here, client_for, name, who, exactly):
    register(cast, "First Extra")
    with_one = queries_of(client_for(getattr(here, who)), reverse(name))
    register(cast, "Second Extra")
    register(cast, "Third Extra")
    assert queries_of(client_for(getattr(here, who)), reverse(name)) == with_one
    assert with_one == exactly


def test_the_list_of_claims_and_one_claim_ask_a_fixed_number_of_times(here, client_for):
    made = waiting_claim(here)
    client = client_for(here.administrator)
    assert queries_of(client, reverse("claims")) == 5
    assert queries_of(client, reverse("claim_status", args=[made.public_id])) == 6


def test_the_claim_that_an_eqa_answers_is_proved_in_as_many_queries_with_3_units_as_with_4(cast, here, client_for):
    url = reverse("claim_status", args=[waiting_claim(here).public_id])
    assert queries_of(client_for(here.eqa), url) == 17
    there = cast.there
    for number in ("102", "201", "202"):
        complete_unit(there, number)
    complete_unit(there, "101")
    agree_sample(there)
    verification.release(registration=there.registration, by=there.iqa)
    there.registration.refresh_from_db()
    made = certification.claim(registration=there.registration, by=there.administrator)
    assert len(made.release.units) == 4
    assert queries_of(client_for(there.administrator), reverse("claim_status", args=[made.public_id])) == 6
    smaller = here.registration.claims.get()
    with CaptureQueriesContext(connection) as captured:
        assert rules.refuse_unproved(claim=made) is None
    with CaptureQueriesContext(connection) as fewer:
        assert rules.refuse_unproved(claim=smaller) is None
    assert len(captured) == len(fewer) == 11


def test_counters_agree_with_a_recount(made):
    call_command("recount", verbosity=0)
    UnitEntry.objects.update(criteria_met=1)
    with pytest.raises(CommandError, match="differ from a recount"):
        call_command("recount")
    call_command("recount", repair=True)
    mine = UnitEntry.objects.filter(unit__number__in=UNITS, centre=made.centre)
    assert set(mine.values_list("criteria_met", flat=True)) == {4}
