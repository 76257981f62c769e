"""A document is brought, kept as it came, and read into the catalogue."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

from django.core.files.base import File
from django.db import transaction

from audit.actions import INSTALLATION, move, record
from audit.actors import Actor, now
from audit.rules import Refused, require
from jobs.actions import LeaseLost, queue
from jobs.queries import jobs_about
from jobs.states import FAILED
from quals import files, rules, states
from quals.actions.importing import Imported, import_pack
from quals.models import Document
from quals.specification import NotASpecification

logger = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]
STEPS = 100
READING_STEPS = 90  # the rest is for writing what was read
BEAT = 1  # seconds between two reports

FAULT = (
    "Attest stumbled over this document: that is a fault of Attest, not of your file. The document is kept and nothing "
    "in the catalogue was changed. Tell whoever runs this installation; until then, save the document's text as a "
    ".txt file and bring that."
)
GONE = "The file can no longer be read from the storage as it was brought. Bring the document again."


def bring_document(*, name: str, file: File, by: Actor) -> Document:
    """Keep the file as it came and have it read in the background.

    The bytes are put into the storage before the transaction, so that no lock is held while they are written. The
    same file sent twice while the first still waits is one document.
    """
    name = files.shown_name(name)
    require(rules.refuse_bring(name=name, size=file.size, by=by))
    sha256 = files.sha256_of(file)
    path = files.keep(file, sha256)
    return _bring(name=name, sha256=sha256, size=file.size, path=path, by=by)


@transaction.atomic
def _bring(*, name: str, sha256: str, size: int, path: str, by: Actor) -> Document:
    waiting = Document.objects.filter(sha256=sha256, name=name, brought_by_id=by.user_id, state=states.WAITING).first()
    if waiting is not None and not _is_given_up(waiting):
        return waiting
    document = waiting or Document.objects.create(
        name=name, sha256=sha256, size=size, file=path, brought_by_id=by.user_id, brought_at=now()
    )
    queue(task="quals.read_document", about=_about(document), arguments={"document_id": document.pk}, by=by)
    _record("bring_document", document, f"Brought {name} ({sha256[:12]})", by)
    return document


def _about(document: Document) -> str:
    return f"document:{document.public_id}"


def _is_given_up(document: Document) -> bool:
    """Its work was interrupted too often: brought again, it is tried again."""
    return all(job.state == FAILED for job in jobs_about(_about(document)))


def read_document(*, document: Document, progress: Progress, by: Actor) -> Document:
    """Read it into the catalogue, or store in one sentence why it cannot be. Safe to run twice.

    Whatever the reader stumbles over ends as a refusal too: a document never waits for ever.
    """
    if document.state != states.WAITING:
        return document
    try:
        data = files.bytes_of(document.file.name, document.sha256)
        pack, lines = _read(data, document.name, progress)
        progress(READING_STEPS, STEPS, "Writing what was read")
        return _enter(document=document, pack=pack, lines=lines, by=by)
    except LeaseLost:
        raise
    except NotASpecification as refusal:
        return _refuse(document, str(refusal), by)
    except Refused as refused:
        return _refuse_unless_settled(document, refused, by)
    except (files.Altered, OSError):
        logger.exception("The file of document %s cannot be read", document.pk)
        return _refuse(document, GONE, by)
    except Exception:
        logger.exception("The reader stumbled over document %s (%s)", document.pk, document.sha256)
        return _refuse(document, FAULT, by)


def _read(data: bytes, name: str, progress: Progress) -> tuple[dict, list[str]]:
    """The pack and the document's lines, read in a thread of its own: a conversion may take longer than a lease, and
    only whoever reports keeps it. The reader's own steps are a part of all steps."""
    step, stopped = 0, Event()

    def tell(done: int, of: int) -> None:
        nonlocal step
        step = READING_STEPS * done // max(of, 1)
        if stopped.is_set():
            raise LeaseLost

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
    try:
        progress(step, STEPS, "Reading the document")
        future = pool.submit(files.pack_in, data, name, tell)
        while not wait([future], timeout=BEAT).done:
            progress(step, STEPS, "Reading the document")
        return future.result()
    finally:
        stopped.set()
        pool.shutdown(wait=False)


@transaction.atomic
def _enter(*, document: Document, pack: dict, lines: list[str], by: Actor) -> Document:
    imported: Imported = import_pack(pack=pack, lines=lines, source_name=document.name, publish=False, by=by)
    move(
        document,
        to=states.READ,
        moves=states.DOCUMENT_MOVES,
        specification=imported.specification,
        differences=imported.differences,
    )
    _record("read_document", document, f"Read {document.name}: {imported.specification}", by)
    return document


@transaction.atomic
def _refuse(document: Document, sentence: str, by: Actor) -> Document:
    document.refresh_from_db()
    if document.state == states.WAITING:
        move(document, to=states.REFUSED, moves=states.DOCUMENT_MOVES, refusal=sentence)
        _record("refuse_document", document, f"{document.name} was not read: {sentence}", by)
    return document


def _refuse_unless_settled(document: Document, refused: Refused, by: Actor) -> Document:
    """Of two workers that read at once, the second finds the document read: that is no refusal of it."""
    document.refresh_from_db()
    return document if document.state != states.WAITING else _refuse(document, refused.refusal.sentence, by)


def _record(action: str, document: Document, summary: str, by: Actor) -> None:
    record(chain=INSTALLATION, action=action, about=document, summary=summary, by=by)
