"""Load the catalogue that ships: facts of real qualifications, and our own demonstration qualification in full."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from audit.actors import Actor
from quals.actions import import_pack
from quals.models import Qualification
from quals.specification import document_lines, read_specification

FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def load_catalogue() -> list[Qualification]:
    """Every qualification that ships, published; the demonstration qualification first. Safe to run again."""
    by = Actor.system("loading the catalogue that ships")
    document = FIXTURES / "specifications" / "demonstration.txt"
    data = document.read_bytes()
    packs = [(read_specification(data, document.name), document_lines(data), document.name)]
    for path in sorted((FIXTURES / "catalogue").glob("*.json")):
        packs.append((json.loads(path.read_text()), [], path.name))
    qualifications = []
    for pack, lines, name in packs:
        found = Qualification.objects.filter(
            qan__in=[each["qan"] for each in pack["qualifications"]], specification__state="published"
        )
        if not found:
            import_pack(pack=pack, lines=lines, source_name=name, publish=True, by=by)
        qualifications += list(found.all())
    return qualifications


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        for qualification in load_catalogue():
            self.stdout.write(f"{qualification.qan}  {qualification}")
