"""Gathering evidence: a draft, its files and references, the declaration, and new versions."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Q

from audit.actions import move, record, registration_chain
from audit.actors import Actor, now
from audit.rules import refuse, require
from portfolios import files, rules, states
from portfolios.models import Blob, Evidence, File, Learner, Reference, UnitEntry, Version
from portfolios.queries import draft_of
from quals.models import Criterion


def chain_for(evidence: Evidence) -> str:
    """The chain of the first registration that the evidence speaks for, else of the learner's first."""
    first = Reference.objects.filter(version__evidence=evidence).order_by("entry__registration_id").first()
    if first is not None:
        return registration_chain(first.entry.registration_id)
    return registration_chain(evidence.learner.registrations.order_by("pk").values_list("pk", flat=True).first())


def _still_free(learner: Learner, public_id: UUID | None) -> UUID:
    """The id that the page chose, unless it names something else by now than this learner's draft."""
    taken = Evidence.objects.filter(public_id=public_id).exclude(learner=learner, state=states.DRAFT)
    return uuid4() if public_id is None or taken.exists() else public_id


@transaction.atomic
def start_evidence(
    *, learner: Learner, title: str, text: str = "", public_id: UUID | None = None, by: Actor
) -> Evidence:
    """A draft, to which files, criteria and words can be added until it is submitted.

    `public_id` is the one that the page chose: the same page sent twice begins one piece, not two.
    """
    require(rules.refuse_start_evidence(learner=learner, by=by))
    evidence, began = Evidence.objects.get_or_create(
        public_id=_still_free(learner, public_id),
        learner=learner,
        defaults={
            "centre_id": learner.centre_id,
            "title": title.strip()[:200],
            "created_at": now(),
            "changed_at": now(),
        },
    )
    if not began:
        return evidence
    Version.objects.create(evidence=evidence, number=1, text=text, created_at=now())
    record(
        chain=chain_for(evidence),
        action="start_evidence",
        about=evidence,
        summary=f"Began “{evidence}”",
        by=by,
    )
    return evidence


def _own_draft(evidence: Evidence, by: Actor) -> Version:
    """The draft, locked for this transaction; refuses whoever may not change it."""
    version = evidence.versions.select_for_update().filter(submitted_at__isnull=True).first()
    require(rules.refuse_change_evidence(evidence=evidence, version=version, by=by))
    return version


@transaction.atomic
def describe_evidence(
    *,
    evidence: Evidence,
    title: str,
    kind: str,
    happened_from: date | None,
    happened_until: date | None = None,
    text: str | None = None,
    by: Actor,
) -> None:
    """Say what the draft is, when it happened, and (in `text`) what it is about."""
    version = _own_draft(evidence, by)
    evidence.title, evidence.kind = title.strip()[:200] or evidence.title, kind
    evidence.happened_from, evidence.happened_until, evidence.changed_at = (
        happened_from,
        happened_until,
        now(),
    )
    evidence.save(update_fields=["title", "kind", "happened_from", "happened_until", "changed_at"])
    if text is not None:
        version.text = text
        version.save(update_fields=["text"])
    record(
        chain=chain_for(evidence),
        action="describe_evidence",
        about=evidence,
        summary=f"Described “{evidence}”",
        by=by,
    )


def add_file(*, evidence: Evidence, uploaded: UploadedFile, by: Actor) -> File:
    """Keep an uploaded file with the draft: its bytes once for the centre, its type as the bytes say, a safe name.

    The bytes are put into the storage before the transaction, so that no lock is held while they are written.
    """
    require(rules.refuse_change_evidence(evidence=evidence, version=draft_of(evidence), by=by))
    name = files.shown_name(uploaded.name)
    content_type = files.sniff(uploaded) if uploaded.size else ""
    require(rules.refuse_file(name=name, size=uploaded.size, content_type=content_type))
    blob = Blob(
        centre_id=evidence.centre_id,
        sha256=files.sha256_of(uploaded),
        size=uploaded.size,
        content_type=content_type,
    )
    files.keep(uploaded, blob.path)
    return _attach(evidence=evidence, blob=blob, name=name, by=by)


@transaction.atomic
def _attach(*, evidence: Evidence, blob: Blob, name: str, by: Actor) -> File:
    version = _own_draft(evidence, by)
    blob, _ = Blob.objects.get_or_create(
        centre_id=blob.centre_id,
        sha256=blob.sha256,
        defaults={"size": blob.size, "content_type": blob.content_type},
    )
    if existing := version.files.filter(blob=blob, name=name).first():
        return existing  # the same file sent twice: a double click, or a retry after a lost answer
    file = File.objects.create(version=version, blob=blob, name=name, position=version.files.count())
    Evidence.objects.filter(pk=evidence.pk).update(changed_at=now())
    record(
        chain=chain_for(evidence),
        action="add_file",
        about=file,
        summary=f"Added {name} ({blob.sha256[:12]})",
        by=by,
    )
    return file


@transaction.atomic
def remove_file(*, file: File, by: Actor) -> None:
    """Take a file out of the draft. The bytes stay in the storage; other pieces may hold them too."""
    evidence = file.version.evidence
    if _own_draft(evidence, by).pk != file.version_id:
        refuse("EVD-2", "This file has been submitted and stays as it is. Add a new version to change it.")
    record(chain=chain_for(evidence), action="remove_file", about=file, summary=f"Took out {file.name}", by=by)
    file.delete()


@transaction.atomic
def refer(*, evidence: Evidence, chosen: Mapping[tuple[UnitEntry, Criterion], str], by: Actor) -> None:
    """Make the draft's references exactly these: (unit entry, criterion) → pointer (page, time, words; may be "")."""
    version = _own_draft(evidence, by)
    for entry, criterion in chosen:
        require(rules.refuse_refer(evidence=evidence, entry=entry, criterion=criterion))
    version.references.all().delete()
    Reference.objects.bulk_create(
        Reference(
            version=version,
            entry=entry,
            criterion=criterion,
            pointer=pointer.strip()[:200],
            claimed_by_id=by.user_id,
            claimed_at=now(),
        )
        for (entry, criterion), pointer in chosen.items()
    )
    Evidence.objects.filter(pk=evidence.pk).update(changed_at=now())
    summary = f"“{evidence}” claims {len(chosen)} criteria"
    record(chain=chain_for(evidence), action="refer", about=evidence, summary=summary, by=by)


@transaction.atomic
def submit(*, evidence: Evidence, declared: bool, by: Actor) -> Version:
    """Hand the draft in with the authenticity declaration (EVD-1). From now on this version never changes (EVD-2)."""
    evidence = Evidence.objects.select_for_update().select_related("learner").get(pk=evidence.pk)
    version = evidence.versions.select_for_update().filter(submitted_at__isnull=True).first()
    require(rules.refuse_submit(evidence=evidence, version=version, declared=declared, by=by))
    references = list(version.references.select_related("entry__unit", "entry__registration", "criterion"))
    for reference in references:
        require(rules.refuse_refer(evidence=evidence, entry=reference.entry, criterion=reference.criterion))
    version.submitted_at, version.declared_by_id, version.declaration = now(), by.user_id, rules.DECLARATION
    version.contents = contents_of(evidence, version)
    version.save(update_fields=["submitted_at", "declared_by", "declaration", "contents"])
    move(evidence, to=states.SUBMITTED, moves=states.EVIDENCE_MOVES, changed_at=now())
    earlier = Reference.objects.filter(version__evidence=evidence, settled_at__isnull=True).exclude(version=version)
    touched = {reference.entry_id for reference in references} | set(earlier.values_list("entry_id", flat=True))
    earlier.update(settled_at=now())
    recount_claims(entry_ids=touched)
    summary = f"Submitted “{evidence}”, version {version.number}, for {len(references)} criteria"
    record(chain=chain_for(evidence), action="submit", about=evidence, summary=summary, rows=[version], by=by)
    return version


def contents_of(evidence: Evidence, version: Version) -> dict:
    """What a version holds, as plain values: its own column keeps this at submission, and the verifier compares it."""
    return {
        "title": evidence.title,
        "kind": evidence.kind,
        "happened_from": evidence.happened_from.isoformat() if evidence.happened_from else None,
        "happened_until": evidence.happened_until.isoformat() if evidence.happened_until else None,
        "files": files_of(version),
        "references": references_of(version),
    }


def references_of(version: Version) -> list[list]:
    """Unit entry, criterion and pointer of each reference, as plain values."""
    named = version.references.order_by("entry_id", "criterion_id")
    return [list(each) for each in named.values_list("entry_id", "criterion_id", "pointer")]


def files_of(version: Version) -> list[dict]:
    return [
        {
            "name": file.name,
            "sha256": file.blob.sha256,
            "size": file.blob.size,
            "type": file.blob.content_type,
        }
        for file in version.files.select_related("blob").order_by("position", "pk")
    ]


@transaction.atomic
def new_version(*, evidence: Evidence, by: Actor) -> Version:
    """Begin a new version as a copy of the last one: its words, files, and its references to units still open."""
    evidence = Evidence.objects.select_for_update().select_related("learner").get(pk=evidence.pk)
    require(rules.refuse_new_version(evidence=evidence, by=by))
    last = evidence.versions.order_by("-number").first()
    version = Version.objects.create(evidence=evidence, number=last.number + 1, text=last.text, created_at=now())
    File.objects.bulk_create(
        File(version=version, blob_id=file.blob_id, name=file.name, position=file.position)
        for file in last.files.order_by("position", "pk")
    )
    Reference.objects.bulk_create(
        Reference(
            version=version,
            entry_id=reference.entry_id,
            criterion_id=reference.criterion_id,
            pointer=reference.pointer,
            claimed_by_id=by.user_id,
            claimed_at=now(),
        )
        for reference in last.references.filter(entry__state=states.OPEN)
    )
    Evidence.objects.filter(pk=evidence.pk).update(changed_at=now())
    summary = f"Began version {version.number} of “{evidence}”"
    record(chain=chain_for(evidence), action="new_version", about=evidence, summary=summary, by=by)
    return version


@transaction.atomic
def discard_evidence(*, evidence: Evidence, by: Actor) -> None:
    """Put a draft that was never submitted out of sight."""
    require(rules.refuse_discard(evidence=evidence, by=by))
    move(evidence, to=states.DISCARDED, moves=states.EVIDENCE_MOVES, changed_at=now())
    record(
        chain=chain_for(evidence),
        action="discard_evidence",
        about=evidence,
        summary=f"Discarded “{evidence}”",
        by=by,
    )


def claims_of(entry_ids) -> dict[int, tuple[int, int]]:
    """Entry id → (criteria claimed, references waiting): what the counters should say."""
    waiting = Q(references__settled_at__isnull=True, references__version__submitted_at__isnull=False)
    counted = UnitEntry.objects.filter(pk__in=entry_ids).annotate(
        claimed=Count("references__criterion", filter=waiting, distinct=True),
        waiting=Count("references", filter=waiting, distinct=True),
    )
    return {entry.pk: (entry.claimed, entry.waiting) for entry in counted}


def recount_claims(*, entry_ids) -> None:
    """Bring the counters of claims up to date; called by the action that changed them, in its transaction."""
    for entry_id, (claimed, waiting) in claims_of(entry_ids).items():
        UnitEntry.objects.filter(pk=entry_id).update(
            criteria_claimed=claimed, references_waiting=waiting, changed_at=now()
        )
