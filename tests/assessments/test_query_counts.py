"""The heavy pages ask the database as often with 200 pieces of evidence as with 10."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import now
from portfolios import actions as portfolios
from portfolios.actions.evidence import recount_claims
from portfolios.models import Evidence, Reference, Version
from tests.factories import add_file, allocate, judge, make_draft, submit_evidence

pytestmark = pytest.mark.slow


def copies(entry, version, count: int) -> None:
    """Submitted pieces like this one, written straight into the tables: only their number matters here."""
    evidence, references = version.evidence, list(version.references.all())
    for number in range(count):
        moment = now() - timedelta(minutes=number)
        twin = Evidence.objects.create(
            centre_id=evidence.centre_id, learner_id=evidence.learner_id, title=f"Piece {number}", kind="P",
            happened_from=evidence.happened_from, state="submitted", created_at=moment, changed_at=moment,
        )  # fmt: skip
        made = Version.objects.create(
            evidence=twin, number=1, text="Words", created_at=moment, submitted_at=moment,
            declared_by_id=version.declared_by_id, declaration="Mine", contents=version.contents,
        )  # fmt: skip
        Reference.objects.bulk_create(
            Reference(version=made, entry=entry, criterion_id=each.criterion_id, claimed_by_id=each.claimed_by_id,
                      claimed_at=moment)
            for each in references
        )  # fmt: skip
    recount_claims(entry_ids=[entry.pk])


@pytest.fixture
def asked(client_for):
    """How many questions a page asks the database."""

    def count(actor, address) -> int:
        client = client_for(actor)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return count


def pages(here, entry, version) -> dict:
    judging = reverse("judge", args=[entry.public_id])
    unit = reverse("unit", args=[entry.public_id])
    return {
        "learner_home": (here.learner, reverse("learner_home")),
        "unit of the learner": (here.learner, unit),
        "unit of the assessor": (here.assessor, unit),
        "unit of the IQA": (here.iqa, unit),
        "unit of the EQA": (here.eqa, unit),
        "matrix": (here.assessor, unit + "?view=matrix"),
        "judge": (here.assessor, f"{judging}?evidence={version.evidence.public_id}"),
        "judge the oldest": (here.assessor, judging),
        "evidence_piece": (here.assessor, reverse("evidence_piece", args=[version.evidence.public_id])),
    }


AT_MOST = {
    "learner_home": 10,
    "unit of the learner": 9,
    "unit of the assessor": 11,
    "unit of the IQA": 9,
    "unit of the EQA": 9,
    "matrix": 11,
    "judge": 14,
    "judge the oldest": 14,
    "evidence_piece": 10,
}


def test_pages_ask_as_often_with_200_pieces_as_with_10(here, asked):
    entry = here.entry("101")
    version = submit_evidence(here, entry, title="The first")
    judge(entry, version, ["1.1"], by=here.assessor)
    judge(entry, version, ["1.2"], outcome="not_yet", by=here.assessor)
    copies(entry, version, 9)
    few = {name: asked(*page) for name, page in pages(here, entry, version).items()}
    copies(entry, version, 190)
    assert Evidence.objects.count() == 200
    many = {name: asked(*page) for name, page in pages(here, entry, version).items()}
    assert many == few
    assert {name: count for name, count in few.items() if count > AT_MOST[name]} == {}


def test_judging_asks_as_often_with_3_pieces_that_claim_the_criterion_as_with_30(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry, title="The first")
    counts = []
    for number, code in ((2, "1.1"), (27, "1.2")):
        copies(entry, version, number)
        with CaptureQueriesContext(connection) as queries:
            judge(entry, version, [code], by=here.assessor)
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_learner_home_asks_as_often_with_one_draft_as_with_three(here, asked):
    make_draft(here, here.entry("101"), title="One")
    one = asked(here.learner, reverse("learner_home"))
    for number in range(2):
        add_file(here, make_draft(here, here.entry("101"), title=f"Another {number}"))
    assert asked(here.learner, reverse("learner_home")) == one


def test_countersigning_asks_as_often_with_one_unit_as_with_three(here, asked):
    counts = []
    for number in ("101", "102", "201"):
        entry = allocate(here, number, assessor=here.trainee)
        judge(entry, submit_evidence(here, entry, title=f"For {number}"), by=here.trainee)
        counts.append(asked(here.assessor, reverse("countersigning")))
    assert len(set(counts)) == 1


def test_countersign_asks_as_often_with_one_piece_as_with_three(here, asked):
    entry = allocate(here, "101", assessor=here.trainee)
    counts = []
    for code in ("1.1", "1.2", "2.1"):
        judge(entry, submit_evidence(here, entry, [code], title=f"For {code}"), [code], by=here.trainee)
        counts.append(asked(here.assessor, reverse("countersign", args=[entry.public_id])))
    assert len(set(counts)) == 1


def test_evidence_piece_asks_as_often_with_one_version_as_with_three(here, asked):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    address, counts = reverse("evidence_piece", args=[version.evidence.public_id]), []
    for _ in range(3):
        counts.append(asked(here.learner, address))
        portfolios.new_version(evidence=version.evidence, by=here.learner)
        portfolios.submit(evidence=version.evidence, declared=True, by=here.learner)
    assert len(set(counts)) == 1
