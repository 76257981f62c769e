"""Recount the counters that actions keep and compare; with --repair, put right what differs."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, F

from assessments.actions import judging
from portfolios.actions.evidence import claims_of
from portfolios.models import UnitEntry
from quals.models import Unit


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true")

    def handle(self, *args, repair: bool, **options):
        wrong = 0
        for entry in UnitEntry.objects.select_related("unit").order_by("pk").iterator():
            claimed, waiting = claims_of([entry.pk])[entry.pk]
            should = judging.tallies(entry) | {"criteria_claimed": claimed, "references_waiting": waiting}
            differs = {name: value for name, value in should.items() if getattr(entry, name) != value}
            if differs:
                wrong += 1
                self.stdout.write(f"portfolios.unitentry:{entry.pk}: {differs}")
                if repair:
                    UnitEntry.objects.filter(pk=entry.pk).update(**differs)
        for unit in Unit.objects.annotate(criteria_here=Count("criteria")).exclude(criteria_total=F("criteria_here")):
            wrong += 1
            self.stdout.write(f"quals.unit:{unit.pk}: {{'criteria_total': {unit.criteria_here}}}")
            if repair:
                Unit.objects.filter(pk=unit.pk).update(criteria_total=unit.criteria_here)
        if wrong and not repair:
            raise CommandError(f"{wrong} counters differ from a recount.", returncode=1)
        self.stdout.write(f"{wrong} counters put right." if wrong else "Every counter is right.")
