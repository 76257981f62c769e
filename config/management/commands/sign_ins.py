"""Print one sign-in for each role of the demonstration centre."""

from django.core.management.base import BaseCommand

from centres.models import Centre
from config.demonstration import CENTRE_NUMBER, SIGN_INS
from config.management.commands.set_up import password_file


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        if not Centre.objects.filter(number=CENTRE_NUMBER).exists() or not password_file().exists():
            return
        for role, name, email in SIGN_INS:
            self.stdout.write(f"  {role:<17} {email:<30} {name}")
        self.stdout.write(f"  Everybody's password: {password_file().read_text().strip()}")
