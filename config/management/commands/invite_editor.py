"""Invite a catalogue editor, who acts for the installation: the first thing to do in production."""

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.actions import invite
from audit.actions import INSTALLATION
from audit.actors import Actor
from centres.actions import open_installation


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *args, email: str, name: str, **options):
        by = Actor.system("opening the installation")
        user = invite(email=email, name=name, chain=INSTALLATION, as_what="a catalogue editor", by=by)
        open_installation(editor=user, by=by)
        self.stdout.write(f"{user.name} edits the catalogue; a link to choose a password goes to {user.email}.")
