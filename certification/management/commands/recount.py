"""Recount the counters that actions keep and compare; with --repair, put right what differs."""

from django.core.management.base import BaseCommand, CommandError

from assessments.actions import judging
from portfolios.actions.evidence import claims_of
from portfolios.models import UnitEntry


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args, repair: bool, **options):
        wrong = 0
        for entry in UnitEntry.objects.select_related("unit").order_by("pk").iterator():
            claimed, waiting = claims_of([entry.pk])[entry.pk]
            should = judging.tallies(entry) | {"criteria_claimed": claimed, "references_waiting": waiting}
            should["criteria_total"] = entry.unit.criteria.count()
            differs = {name: value for name, value in should.items() if getattr(entry, name) != value}
            if differs:
                wrong += 1
                self.stdout.write(f"portfolios.unitentry:{entry.pk}: {differs}")
                if repair:
                    UnitEntry.objects.filter(pk=entry.pk).update(**differs)
        if wrong and not repair:
            raise CommandError(f"{wrong} unit entries differ from a recount.", returncode=1)
        self.stdout.write(f"{wrong} unit entries put right." if wrong else "Every counter is right.")
