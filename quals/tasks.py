"""The worker's side of a document that was brought, and of drafts that an older version read."""

from audit.actors import Actor
from jobs.tasks import work
from quals import actions, queries


@work("quals.read_document")
def read_document(*, document_id: int, progress) -> None:
    document = queries.document_to_read(document_id)
    actions.read_document(document=document, progress=progress, by=Actor.system("reading a document that was brought"))


@work("quals.look_for_contradictions")
def look_for_contradictions(*, specification_id: int, progress) -> None:
    specification = queries.draft_to_look_at(specification_id)
    if specification is not None:
        by = Actor.system("looking at drafts from before contradictions were looked for")
        actions.look_for_contradictions(specification=specification, by=by)
