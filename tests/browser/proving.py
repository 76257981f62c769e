"""The record after the journey: it holds, and names exactly what is altered behind the application's back."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.models import Judgement
from portfolios.models import Blob


def the_record_holds_and_names_what_was_altered() -> None:
    assert said_by_verify_audit().startswith("All is as recorded")
    judgement = Judgement.objects.order_by("pk")[3]
    alter_row(judgement)
    (line,) = refused_by_verify_audit()
    assert line.startswith(f"{judgement.row_name} no longer matches its entry")
    blob = Blob.objects.get(files__name="recycling.jpg")
    alter_file(blob)
    lines = refused_by_verify_audit()
    assert len(lines) == 2
    assert f"portfolios.blob:{blob.pk}, “recycling.jpg” of “The walk round our office”" in lines[1]


def said_by_verify_audit() -> str:
    said = io.StringIO()
    call_command("verify_audit", stdout=said)
    return said.getvalue()


def refused_by_verify_audit() -> list[str]:
    said = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=said)
    return said.getvalue().splitlines()


def alter_row(judgement: Judgement) -> None:
    """With the triggers switched off, as only somebody who owns the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE assessments_judgement SET because = 'Bought.' WHERE id = %s", [judgement.pk])
        cursor.execute("SET session_replication_role = DEFAULT")


def alter_file(blob: Blob) -> None:
    with default_storage.open(blob.path, "r+b") as stored:
        first = stored.read(1)
        stored.seek(0)
        stored.write(bytes([first[0] ^ 1]))
