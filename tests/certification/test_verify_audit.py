"""`manage.py verify_audit`: all well, or exactly the one thing that somebody altered behind the application's back."""

from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import DatabaseError

from assessments.models import Feedback, JudgedOn, Judgement, LearnerConfirmation, SignOff
from audit.actors import now
from audit.models import Chain, Entry, canonical, digest_of
from certification.models import Certificate, Claim, EqaDecision
from portfolios.models import Blob, File, Registration, UnitEntry, Version
from tests.certification.builders import answer, run_jobs
from tests.factories import claim, make_cast
from verification.models import Finding, Release

pytestmark = pytest.mark.django_db


def verify() -> list[str]:
    """The lines that the command says when something is wrong; nothing when all is well."""
    said = StringIO()
    try:
        call_command("verify_audit", stdout=said)
    except CommandError:
        return said.getvalue().splitlines()
    return []


def lift_triggers() -> None:
    """What somebody does who can write to the database itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def set_value(row, **changes) -> None:
    for name, value in changes.items():
        run(f"UPDATE {row._meta.db_table} SET {name} = %s WHERE id = %s", value, row.pk)


def delete(row) -> None:
    run(f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk)


def chain() -> Chain:
    return Chain.objects.get(key=f"registration:{Registration.objects.get(state='completed').pk}")


def alter_a_judgement():
    judgement = Judgement.objects.order_by("pk")[3]
    set_value(judgement, because="Somebody else's reason")
    return f"{judgement.row_name} no longer matches its entry"


def alter_a_sign_off():
    sign_off = SignOff.objects.order_by("pk")[1]
    set_value(sign_off, statement="I declare nothing.")
    return f"{sign_off.row_name} no longer matches its entry"


def alter_a_claims_units():
    claim = Claim.objects.get()
    set_value(claim, units=canonical([unit | {"credit": 9} for unit in claim.units]))
    return f"{claim.row_name} no longer matches its entry"


def alter_a_claims_combination():
    claim = Claim.objects.get()
    set_value(claim, combination=canonical(claim.combination | {"differs": True}))
    return f"{claim.row_name} no longer matches its entry"


def alter_an_entry():
    entry = chain().entries.get(action="release")
    set_value(entry, summary="Released with 30 units")
    return f"{chain().key}: entry {entry.number} (release) was altered"


def alter_an_entrys_hash():
    entry = chain().entries.get(action="release")
    set_value(entry, hash="0" * 64)
    return f"{chain().key}: entry {entry.number} (release) was altered"


def alter_what_an_entry_vouches_for():
    entry = chain().entries.get(action="release")
    set_value(entry, rows="{}")
    return f"{chain().key}: entry {entry.number} (release) was altered; nothing vouches for verification.release"


def delete_the_last_entry():
    entry = chain().entries.order_by("-number")[0]
    delete(entry)
    return f"{chain().key}: entry {entry.number} is missing; nothing vouches for certification.certificate"


def delete_an_entry_in_the_middle():
    entry = chain().entries.filter(action="judge").order_by("number")[1]
    delete(entry)
    return f"{chain().key}: entry {entry.number} is missing; nothing vouches for assessments.judgement"


def insert_an_entry():
    last = chain().entries.order_by("-number")[0]
    forged = Entry(
        chain=last.chain,
        number=last.number + 1,
        at=now(),
        actor_name="Nobody",
        role="assessor",
        action="judge",
        about=last.about,
        summary="Judged 101: 1.1 met",
        previous=last.hash,
    )
    forged.hash = digest_of(forged.content())
    forged.save(force_insert=True)
    return f"{chain().key}: entry {forged.number} was inserted behind the end of the record"


def insert_a_decision():
    entry = UnitEntry.objects.order_by("pk")[0]
    feedback = Feedback.objects.create(entry=entry, text="Well done", author_id=entry.assessor_id, given_at=now())
    return f"{feedback.row_name} has no entry in the record"


def delete_a_decision():
    finding = Finding.objects.get()
    delete(finding)
    return f"{finding.row_name} is gone, but the record holds it"


def delete_a_certificate():
    certificate = Certificate.objects.get()
    delete(certificate)
    return f"{certificate.row_name} is gone, but the record holds it"


def delete_the_eqas_answer():
    decision = EqaDecision.objects.get()
    delete(decision)
    return f"{decision.row_name} is gone, but the record holds it"


def delete_a_confirmation():
    confirmation = LearnerConfirmation.objects.order_by("pk")[0]
    delete(confirmation)
    return f"{confirmation.row_name} is gone, but the record holds it"


def rewrite_the_chain():
    """Alter an entry and hash the rest of the chain anew; all but the seal, whose key is not in the database."""
    previous, broken = "", chain()
    for entry in broken.entries.order_by("number"):
        entry.previous = previous
        entry.summary = entry.summary.replace("1.1 met", "1.1 not yet met")
        previous = digest_of(entry.content())
        set_value(entry, previous=entry.previous, summary=entry.summary, hash=previous)
    set_value(broken, head=previous)
    return f"{broken.key}: the seal does not fit"


def alter_evidence_bytes():
    blob = Blob.objects.order_by("pk")[1]
    default_storage.delete(blob.path)
    default_storage.save(blob.path, ContentFile(b"Something else was seen that day."))
    return f"portfolios.blob:{blob.pk}, “notes.txt” of “Evidence for 102”: its bytes no longer match"


def remove_evidence_bytes():
    blob = Blob.objects.order_by("pk")[1]
    default_storage.delete(blob.path)
    return f"portfolios.blob:{blob.pk}, “notes.txt” of “Evidence for 102”: its bytes are gone"


def alter_a_paper():
    certificate = Certificate.objects.get()
    path = certificate.documents["units"]["path"]
    default_storage.delete(path)
    default_storage.save(path, ContentFile(b"%PDF-1.7 more units"))
    return f"{certificate.row_name}: its document “units” no longer matches"


def rename_an_evidence_file():
    file = File.objects.order_by("pk")[0]
    set_value(file, name="signed statement.txt")
    return f"portfolios.version:{file.version_id}: its files are not the ones that were submitted"


def name_other_evidence():
    named = JudgedOn.objects.order_by("pk")[0]
    delete(named)
    return f"assessments.judgement:{named.judgement_id}: the evidence it names is not the evidence it was made on"


def alter_a_unit_entrys_state():
    entry = UnitEntry.objects.filter(registration__state="completed", state="confirmed").order_by("pk")[0]
    set_value(entry, state="signed_off")
    return f"portfolios.unitentry:{entry.pk} says signed_off, its signatures say confirmed"


def alter_a_claims_state():
    claim = Claim.objects.get()
    set_value(claim, state="approved")
    return f"{claim.row_name} says approved, what was decided says issued"


def alter_a_registrations_state():
    registration = Registration.objects.get(state="completed")
    set_value(registration, state="active")
    return f"portfolios.registration:{registration.pk} says active, its claims say completed"


# Those with rows in this registration; tests/test_constraints.py asks for the trigger of every one.
APPEND_ONLY = [
    Version,
    Blob,
    Judgement,
    JudgedOn,
    SignOff,
    LearnerConfirmation,
    Finding,
    Release,
    EqaDecision,
    Certificate,
    Entry,
]

ALTERATIONS = [
    alter_a_judgement,
    alter_a_sign_off,
    alter_a_claims_units,
    alter_a_claims_combination,
    alter_an_entry,
    alter_an_entrys_hash,
    alter_what_an_entry_vouches_for,
    delete_the_last_entry,
    delete_an_entry_in_the_middle,
    insert_an_entry,
    insert_a_decision,
    delete_a_decision,
    delete_a_certificate,
    delete_the_eqas_answer,
    delete_a_confirmation,
    rewrite_the_chain,
    alter_evidence_bytes,
    remove_evidence_bytes,
    alter_a_paper,
    rename_an_evidence_file,
    name_other_evidence,
    alter_a_unit_entrys_state,
    alter_a_claims_state,
    alter_a_registrations_state,
]


@pytest.fixture(scope="module")
def issued(django_db_setup, django_db_blocker):
    """A registration from its evidence to its papers, made once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        here = make_cast().here
        made = claim(here)
        answer(here, made)
        run_jobs()
        yield Certificate.objects.get(claim=made)
        transaction.set_rollback(True)


@pytest.fixture
def behind_our_back(issued):
    """Without the triggers that guard the append-only tables; what a test alters is put back."""
    stored = {path: bytes_at(path) for path in stored_paths(issued)}
    with transaction.atomic():
        lift_triggers()
        yield
        transaction.set_rollback(True)
    for path, content in stored.items():
        default_storage.delete(path)
        default_storage.save(path, ContentFile(content))


def bytes_at(path: str) -> bytes:
    with default_storage.open(path) as stored:
        return stored.read()


def stored_paths(certificate: Certificate) -> list[str]:
    return [blob.path for blob in Blob.objects.all()] + [paper["path"] for paper in certificate.documents.values()]


def test_verify_audit_finds_nothing_on_a_whole_claim(issued):
    assert verify() == []


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_verify_audit_names_exactly_what_was_altered(behind_our_back, alter):
    expected = alter()
    said = verify()
    assert len(said) == 1, said
    assert said[0].startswith(expected)


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"], ids=["update", "delete"])
@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model.__name__)
def test_append_only_tables_refuse_update_and_delete(issued, model, verb):
    assert model._base_manager.exists()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(verb.format(model._meta.db_table))
