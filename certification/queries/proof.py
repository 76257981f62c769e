"""Proving the record: every chain, every immutable row, every evidence file and document against what was recorded.

Read by `manage.py verify_audit` only; no rule reads it.
"""

from collections.abc import Iterator

from django.apps import apps

from assessments.models import Judgement
from assessments.rules import current_sign_off
from audit.models import Chain, Decision, Entry
from audit.queries import broken_links
from centres.models import Centre
from certification.models import Certificate
from portfolios import states as portfolio
from portfolios.actions.evidence import files_of, references_of
from portfolios.files import stored_sha256
from portfolios.models import Blob, Registration, UnitEntry, Version


def faults() -> Iterator[str]:
    """One sentence for each thing that is not as it was recorded; nothing when all is well."""
    for chain in Chain.objects.order_by("key").iterator():
        yield from broken_links(chain)
    yield from _unrecorded_registrations()
    yield from _clock_set_outside_demonstrations()
    yield from _rows()
    yield from _parts_of_versions()
    yield from _evidence_of_judgements()
    yield from _states_of_entries()
    yield from _stored_files()


def _unrecorded_registrations() -> Iterator[str]:
    chains = set(Chain.objects.filter(key__startswith="registration:", length__gt=0).values_list("key", flat=True))
    for pk in Registration.objects.order_by("pk").values_list("pk", flat=True).iterator():
        if f"registration:{pk}" not in chains:
            yield f"registration:{pk} has no audit chain"


def _clock_set_outside_demonstrations() -> Iterator[str]:
    real = set(Centre.objects.filter(is_demonstration=False).values_list("pk", flat=True))
    for entry in Entry.objects.filter(clock_set=True, centre_id__in=real).select_related("chain"):
        yield f"{entry.chain.key}: entry {entry.number} was made with the clock set, in a real centre"


def _rows() -> Iterator[str]:
    vouched: dict[str, tuple[str, str]] = {}
    for entry in Entry.objects.select_related("chain").order_by("pk").iterator():
        for name, digest in entry.rows.items():
            vouched[name] = (digest, f"{entry.chain.key}, entry {entry.number}")
    for model in decision_models():
        rows = model.objects.order_by("pk")
        if model is Version:
            rows = rows.filter(submitted_at__isnull=False)
        for row in rows.iterator():
            digest, where = vouched.pop(row.row_name, ("", ""))
            if not where:
                yield f"{row.row_name} has no entry in the record"
            elif row.digest() != digest:
                yield f"{row.row_name} no longer matches its entry ({where})"
    for name, (_, where) in sorted(vouched.items()):
        yield f"{name} is gone, but the record holds it ({where})"


def decision_models() -> list[type[Decision]]:
    return [model for model in apps.get_models() if issubclass(model, Decision)]


def _parts_of_versions() -> Iterator[str]:
    for version in Version.objects.filter(submitted_at__isnull=False).order_by("pk").iterator():
        if files_of(version) != version.contents["files"]:
            yield f"{version.row_name}: its files are not the ones that were submitted"
        if references_of(version) != version.contents["references"]:
            yield f"{version.row_name}: its references are not the ones that were submitted"


def _evidence_of_judgements() -> Iterator[str]:
    for judgement in Judgement.objects.order_by("pk").prefetch_related("judged_on").iterator(chunk_size=500):
        named = {each["version"] for each in judgement.evidence}
        if named != {each.version_id for each in judgement.judged_on.all()}:
            yield f"{judgement.row_name}: the evidence it names is not the evidence it was made on"


def _states_of_entries() -> Iterator[str]:
    for entry in UnitEntry.objects.order_by("pk").iterator():
        sign_off = current_sign_off(entry)
        state = portfolio.OPEN
        if sign_off is not None:
            state = portfolio.CONFIRMED if hasattr(sign_off, "confirmation") else portfolio.SIGNED_OFF
        if entry.state != state:
            yield f"portfolios.unitentry:{entry.pk} says {entry.state}, its signatures say {state}"


def _stored_files() -> Iterator[str]:
    for blob in Blob.objects.order_by("pk").prefetch_related("files__version__evidence").iterator(chunk_size=500):
        found = stored_sha256(blob.path)
        if found != blob.sha256:
            file = next(iter(blob.files.all()), None)
            name = f"“{file.name}” of “{file.version.evidence}”" if file else "a file of no evidence"
            yield f"portfolios.blob:{blob.pk}, {name}: its bytes {'no longer match' if found else 'are gone'}"
    for certificate in Certificate.objects.order_by("pk").iterator():
        for name, document in certificate.documents.items():
            if stored_sha256(document["path"]) != document["sha256"]:
                yield f"{certificate.row_name}: its document “{name}” no longer matches"
