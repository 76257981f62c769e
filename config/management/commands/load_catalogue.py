"""Load the catalogue that ships: facts of real qualifications, and our own demonstration qualification in full."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q, QuerySet

from audit.actors import Actor
from audit.rules import Refused
from quals.actions import import_pack
from quals.models import Qualification, Specification
from quals.specification import document_lines, read_specification

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def load_catalogue() -> list[Qualification]:
    """Every qualification that ships, published; the demonstration qualification first. Safe to run again.

    A pack with a doubt that nobody put to rest does not ship: it ends the command.
    """
    by = Actor.system("loading the catalogue that ships")
    qualifications = []
    for pack, lines, name in _shipped():
        if not _is_here(pack):
            try:
                import_pack(pack=pack, lines=lines, source_name=name, publish=True, by=by)
            except Refused as refused:
                raise CommandError(f"{name}: {refused.refusal.sentence}") from None
        qualifications += _published(pack)
    return qualifications


def _shipped() -> Iterator[tuple[dict, list[str], str]]:
    document = FIXTURES / "specifications" / "demonstration.txt"
    data = document.read_bytes()
    yield read_specification(data, document.name), document_lines(data), document.name
    for path in sorted((FIXTURES / "catalogue").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8")), [], path.name


def _published(pack: dict) -> QuerySet[Qualification]:
    qans = [qualification["qan"] for qualification in pack["qualifications"]]
    return Qualification.objects.filter(qan__in=qans, specification__state="published")


def _is_here(pack: dict) -> bool:
    """Units without a qualification of their own are known by their document."""
    if pack["qualifications"]:
        return _published(pack).exists()
    source = pack["source"]
    same = Q(sha256=source["sha256"]) | Q(
        title=source["title"], awarding_organisation__name=pack["awarding_organisation"], qualifications=None
    )
    return Specification.objects.filter(same, state="published").exists()


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        for qualification in load_catalogue():
            self.stdout.write(f"{qualification.qan}  {qualification}")
