"""Print the qualification pack of a qualification in the catalogue."""

from django.core.management.base import BaseCommand, CommandError

from audit.actors import Actor
from quals.queries import findings_for, pack_of
from quals.queries.comparing import joined_sources, own_pack_of, published_issues_of
from quals.specification import InvalidPack, as_json, facts_only, validate
from quals.specification.checks import QAN

UNKNOWN = 2


class Command(BaseCommand):
    """Ends with 0 where a pack was printed, with 2 and one line where there is none. What is printed is the newest
    published issue, as its own document has it: pages that came from another one are left out unless asked for."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("qan", help="the qualification number, as 601/4756/8")
        parser.add_argument("--facts-only", action="store_true", help="without the awarding organisation's wording")
        parser.add_argument("--issue", default="", help="another published issue than the newest, by its version")
        parser.add_argument(
            "--with-pages", action="store_true", help="with the unit pages that came from other documents in place"
        )

    def handle(self, *, qan, facts_only, issue, with_pages, **options):
        qualification = _newest(qan.strip(), issue)
        pack = _pack(qualification, with_pages=with_pages, wording=not facts_only)
        try:
            validate(pack)
        except InvalidPack as problem:
            raise CommandError(f"{qan} makes no valid qualification pack: {problem}.", returncode=1) from None
        self.stdout.write(as_json(pack), ending="")
        if not with_pages:
            for title, count in joined_sources(qualification):
                self.stderr.write(f"Left out: {count} unit pages that came from “{title}” (--with-pages puts them in).")


def _newest(qan: str, issue: str):
    if not QAN.fullmatch(qan.upper()):
        raise CommandError(f"“{qan}” is not a qualification number; one looks like 601/4756/8.", returncode=UNKNOWN)
    found = published_issues_of(qan.upper())
    if issue:
        found = found.filter(specification__version=issue)
    qualification = found.first()
    if qualification is None:
        which = f"in the issue “{issue}”" if issue else "in the catalogue"
        raise CommandError(f"No published qualification {qan} is {which}.", returncode=UNKNOWN)
    return qualification


def _pack(qualification, *, with_pages: bool, wording: bool) -> dict:
    specification = qualification.specification
    found = findings_for(Actor.system("export_pack"), specification)
    findings = sorted(found, key=lambda finding: finding.pk)  # as the document has them
    make = pack_of if with_pages else own_pack_of
    pack = make(specification, wording=wording, only=qualification, findings=findings)
    return pack if pack["source"]["wording"] else facts_only(pack)
