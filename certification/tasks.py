"""The worker's side of a claim."""

from audit.actors import Actor
from certification import actions, queries
from jobs.tasks import work


@work("certification.make_documents")
def make_documents(*, claim_id: int, progress) -> None:
    claim = queries.claim_to_make(claim_id)
    actions.make_documents(claim=claim, progress=progress, by=Actor.system("making the documents of an approved claim"))
