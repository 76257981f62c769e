"""Proving the record: every chain, every immutable row, every evidence file and document against what was recorded.

Read by `manage.py verify_audit` only; no rule reads it. One thing altered is one line.
"""

from collections.abc import Iterator

from django.apps import apps

from assessments.models import Judgement, SignOff
from audit.models import Chain, Decision, Entry
from audit.queries import Reading, read_chain
from centres.models import Centre
from certification import states
from certification.models import Certificate, Claim
from portfolios import states as portfolio
from portfolios.actions.evidence import chain_for, files_of, references_of
from portfolios.files import stored_sha256
from portfolios.models import Blob, Registration, UnitEntry, Version

# How to get from a decision row to the registration in whose chain it was recorded.
LEADS_UP = ("entry", "sign_off", "judgement", "sample", "action_point", "claim", "certificate")


def faults() -> Iterator[str]:
    """One sentence for each thing that is not as it was recorded; nothing when all is well."""
    readings = {chain.key: read_chain(chain) for chain in Chain.objects.order_by("key").iterator()}
    rows = _Rows(readings)
    found = [*rows.check()]
    for reading in readings.values():
        unvouched = rows.unvouched.get(reading.key, [])
        for number, fault in enumerate(reading.faults):
            beside = f"; nothing vouches for {', '.join(unvouched)}" if unvouched and number == 0 else ""
            yield f"{reading.key}: {fault}{beside}"
    yield from found
    yield from _unrecorded_registrations(readings)
    yield from _clock_set_outside_demonstrations()
    yield from _parts_of_versions(rows.faulty)
    yield from _evidence_of_judgements(rows.faulty)
    yield from _states_of_entries(rows.faulty)
    yield from _states_of_claims(rows.faulty)
    yield from _stored_files()


class _Rows:
    """The immutable rows beside what the entries vouch for.

    `faulty` names every row that is not as recorded and what it belongs to, so that nothing is reported twice over;
    `unvouched` the rows without an entry by their chain, where that chain is broken: its line names them.
    """

    def __init__(self, readings: dict[str, Reading]) -> None:
        self.readings = readings
        self.vouched = {name: said for reading in readings.values() for name, said in reading.vouched.items()}
        self.doubtful = {name for reading in readings.values() for name in reading.doubtful}
        self.faulty: set[str] = set()
        self.unvouched: dict[str, list[str]] = {}

    def check(self) -> Iterator[str]:
        for model in decision_models():
            rows = model.objects.order_by("pk")
            if model is Version:
                rows = rows.filter(submitted_at__isnull=False)
            for row in rows.iterator():
                yield from self._check_row(row)
        for name, (_, where, about) in sorted(self.vouched.items()):
            if name not in self.doubtful:
                self.faulty |= {name, about}
                yield f"{name} is gone, but the record holds it ({where})"

    def _check_row(self, row: Decision) -> Iterator[str]:
        digest, where, about = self.vouched.pop(row.row_name, ("", "", ""))
        if not where:
            self.faulty |= {row.row_name, *_belongs_to(row)}
            chain = _chain_of(row)
            if chain in self.readings and self.readings[chain].faults:
                self.unvouched.setdefault(chain, []).append(row.row_name)
            else:
                yield f"{row.row_name} has no entry in the record"
        elif row.digest() != digest and row.row_name not in self.doubtful:
            self.faulty |= {row.row_name, about}
            yield f"{row.row_name} no longer matches its entry ({where})"


def decision_models() -> list[type[Decision]]:
    return [model for model in apps.get_models() if issubclass(model, Decision)]


def _belongs_to(row) -> Iterator[str]:
    """The names of what a decision row is about: its unit entry, its claim and so on upwards."""
    for name in LEADS_UP:
        if hasattr(row, f"{name}_id"):
            parent = getattr(row, name)
            yield f"{parent._meta.label_lower}:{parent.pk}"
            yield from _belongs_to(parent)


def _chain_of(row) -> str:
    if isinstance(row, Version):
        return chain_for(row.evidence)
    if hasattr(row, "registration_id"):
        return f"registration:{row.registration_id}"
    parent = next((getattr(row, name) for name in LEADS_UP if hasattr(row, f"{name}_id")), None)
    return _chain_of(parent) if parent is not None else ""


def _unrecorded_registrations(readings: dict[str, Reading]) -> Iterator[str]:
    for pk in Registration.objects.order_by("pk").values_list("pk", flat=True).iterator():
        if f"registration:{pk}" not in readings:
            yield f"portfolios.registration:{pk} has no audit chain"


def _clock_set_outside_demonstrations() -> Iterator[str]:
    real = set(Centre.objects.filter(is_demonstration=False).values_list("pk", flat=True))
    for entry in Entry.objects.filter(clock_set=True, centre_id__in=real).select_related("chain"):
        yield f"{entry.chain.key}: entry {entry.number} was made with the clock set, in a real centre"


def _parts_of_versions(faulty: set[str]) -> Iterator[str]:
    for version in Version.objects.filter(submitted_at__isnull=False).order_by("pk").iterator():
        if version.row_name in faulty:
            continue
        if files_of(version) != version.contents["files"]:
            yield f"{version.row_name}: its files are not the ones that were submitted"
        if references_of(version) != version.contents["references"]:
            yield f"{version.row_name}: its references are not the ones that were submitted"


def _evidence_of_judgements(faulty: set[str]) -> Iterator[str]:
    for judgement in Judgement.objects.order_by("pk").prefetch_related("judged_on").iterator(chunk_size=500):
        named = {each["version"] for each in judgement.evidence}
        if judgement.row_name not in faulty and named != {each.version_id for each in judgement.judged_on.all()}:
            yield f"{judgement.row_name}: the evidence it names is not the evidence it was made on"


def _states_of_entries(faulty: set[str]) -> Iterator[str]:
    signed = SignOff.objects.filter(reopening__isnull=True).select_related("confirmation").order_by("number")
    standing = {sign_off.entry_id: sign_off for sign_off in signed.iterator()}
    for entry in UnitEntry.objects.order_by("pk").iterator():
        sign_off, state = standing.get(entry.pk), portfolio.OPEN
        if sign_off is not None:
            state = portfolio.CONFIRMED if hasattr(sign_off, "confirmation") else portfolio.SIGNED_OFF
        name = f"portfolios.unitentry:{entry.pk}"
        if entry.state != state and name not in faulty:
            yield f"{name} says {entry.state}, its signatures say {state}"


def _states_of_claims(faulty: set[str]) -> Iterator[str]:
    """Each claim, and its registration, beside what was decided about it."""
    standing = {}
    found = Claim.objects.select_related("eqa_decision").prefetch_related("certificates").order_by("pk")
    for claim in found.iterator(chunk_size=500):
        state = _as_decided(claim)
        if claim.state != state and claim.row_name not in faulty:
            yield f"{claim.row_name} says {claim.state}, what was decided says {state}"
        if state != states.RETURNED:
            standing[claim.registration_id] = portfolio.COMPLETED if state == states.ISSUED else portfolio.CLAIMED
    for pk, state in Registration.objects.order_by("pk").values_list("pk", "state").iterator():
        claimed = standing.get(pk)
        fits = state == claimed if claimed else state in {portfolio.ACTIVE, portfolio.WITHDRAWN}
        if not fits and not faulty & {f"portfolios.registration:{pk}", *_claims_of(pk, faulty)}:
            yield f"portfolios.registration:{pk} says {state}, its claims say {claimed or portfolio.ACTIVE}"


def _as_decided(claim: Claim) -> str:
    decision = getattr(claim, "eqa_decision", None)
    if claim.certificates.all():
        return states.ISSUED
    if decision is not None:
        return states.APPROVED if decision.outcome == states.RELEASED else states.RETURNED
    return states.APPROVED if claim.direct else states.AWAITING_EQA


def _claims_of(registration_id: int, faulty: set[str]) -> set[str]:
    """The names of a registration's claims: one of them at fault explains the registration."""
    if not any(name.startswith("certification.claim:") for name in faulty):
        return set()
    claims = Claim.objects.filter(registration_id=registration_id)
    return {f"certification.claim:{pk}" for pk in claims.values_list("pk", flat=True)}


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
