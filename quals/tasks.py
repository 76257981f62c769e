"""The worker's side of a document that was brought."""

from audit.actors import Actor
from jobs.tasks import work
from quals import actions, queries


@work("quals.read_document")
def read_document(*, document_id: int, progress) -> None:
    document = queries.document_to_read(document_id)
    actions.read_document(document=document, progress=progress, by=Actor.system("reading a document that was brought"))
