"""Load the catalogue and build the demonstration centre, unless they are there already."""

import io
import secrets
from contextlib import redirect_stdout
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from centres.models import Centre
from config.demonstration import CENTRE_NUMBER, build
from config.management.commands.load_catalogue import load_catalogue

WORDS = [
    *("amber", "anchor", "basket", "beacon", "copper", "corner", "ember", "fathom", "gravel", "harbour"),
    *("kettle", "lantern", "maple", "meadow", "pebble", "saddle", "timber", "willow"),
]


def password_file() -> Path:
    return Path(settings.DATA_DIR) / "demonstration_password"


def make_password() -> str:
    """Four words and a number, new for each installation, kept where only its owner can read it."""
    password = "-".join([*(secrets.choice(WORDS) for _ in range(4)), str(secrets.randbelow(90) + 10)])
    path = password_file()
    path.touch(mode=0o600)
    path.write_text(password)
    return password


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        qualifications = load_catalogue()
        if Centre.objects.filter(number=CENTRE_NUMBER).exists():
            return
        self.stdout.write("Building the demonstration centre, once:")
        with redirect_stdout(io.StringIO()):  # its invitations belong in the centre's mailbox, not on this console
            build(qualifications=qualifications, password=make_password(), say=self.stdout.write)
