"""What the tests of claims and certificates have in common."""

import pytest

from audit.models import Entry
from audit.rules import Refusal, Refused
from certification import actions as certification
from certification import tasks
from certification.models import Certificate, Claim, EqaDecision, Revocation
from jobs.models import Job
from portfolios.models import Registration, UnitEntry
from tests.factories import House, grant_direct_claims
from tests.factories import claim as make_claim


def run_jobs() -> None:
    """What a worker would do now with every claim whose documents are queued."""
    for job in Job.objects.filter(state="queued", task="certification.make_documents").order_by("pk"):
        tasks.make_documents.run(job_id=job.pk)


def issue(house: House) -> Certificate:
    """From nothing to the papers of a directly claimed certificate."""
    grant_direct_claims(house)
    claim = make_claim(house)
    run_jobs()
    return Certificate.objects.get(claim=claim)


def waiting_claim(house: House) -> Claim:
    """A claim of a centre without direct claims status: it waits for the EQA."""
    return make_claim(house)


def answer(house: House, claim: Claim, outcome: str = "released", note: str = ""):
    return certification.decide_claim(claim=claim, outcome=outcome, note=note, by=house.eqa)


WATCHED = (Claim, EqaDecision, Certificate, Revocation, Registration, UnitEntry, Job, Entry)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in WATCHED]


def refusal_of(act, **arguments) -> Refusal:
    """The refusal of an action that must not change a single row."""
    before = everything()
    with pytest.raises(Refused) as caught:
        act(**arguments)
    assert everything() == before
    return caught.value.refusal
