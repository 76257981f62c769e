"""Verify the audit chains, every decision row and every evidence file; say exactly what does not fit."""

from django.core.management.base import BaseCommand, CommandError

from audit.models import Chain, Entry
from certification.queries import faults


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        found = list(faults())
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"{len(found)} thing(s) are not as they were recorded.", returncode=1)
        self.stdout.write(f"All is as recorded: {Entry.objects.count()} entries in {Chain.objects.count()} chains.")
