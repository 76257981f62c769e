"""The worker's side of claims, and what it looks at every night."""

from celery import shared_task

from audit.actors import Actor
from audit.rules import Refused
from certification import actions, notices, queries
from jobs.actions import GivenUp, queue
from jobs.tasks import work

NIGHT = Actor.system("looking at every live registration at night")
NAMED = 20  # of those that could not be looked at; the log has them all


@work("certification.make_documents")
def make_documents(*, claim_id: int, progress) -> None:
    claim, by = queries.claim_to_make(claim_id), Actor.system("making the documents of an approved claim")
    try:
        actions.make_documents(claim=claim, progress=progress, by=by)
    except Refused as refused:
        raise GivenUp(str(refused)) from refused


@shared_task(name="certification.every_night")
def every_night() -> None:
    """Put the sweep into the outbox, unless the last one is still there."""
    if not queries.is_sweep_queued():
        queue(task="certification.sweep_combinations", about=queries.SWEEP, arguments={}, by=NIGHT)


@work("certification.sweep_combinations")
def sweep_combinations(*, progress) -> None:
    """Note how every live registration stands, tell the administrators who became claimable, and end failed with the
    names of those that could not be looked at."""
    seen, of, faults = 0, queries.live_registrations().count(), []

    def report(looks: list) -> None:
        nonlocal seen
        seen += len(looks)
        faults.extend(f"{look.registration.public_id} ({look.fault})" for look in looks if look.fault)
        progress(seen, max(seen, of), f"{seen} of {of} registrations looked at")

    actions.sweep_combinations(report=report, by=NIGHT)
    actions.tell_administrators(by=NIGHT)
    if faults:
        more = f", and {len(faults) - NAMED} more" if len(faults) > NAMED else ""
        raise GivenUp(f"{len(faults)} of {seen} could not be looked at: {', '.join(faults[:NAMED])}{more}")


@work("certification.send_ready")
def send_ready(*, progress, **facts) -> None:
    notices.send_ready(**facts)
