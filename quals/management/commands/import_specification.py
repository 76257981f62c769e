"""Read an awarding organisation's document, a pack or a CASE package into the catalogue."""

import logging
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from audit.actors import EDITOR, Actor
from audit.rules import Refused
from quals.actions import acknowledge_warnings, import_pack, publish
from quals.combination import Rule
from quals.combination.explain import asks
from quals.files import pack_in
from quals.specification import NotASpecification, as_json
from quals.specification.formats import LARGEST

logger = logging.getLogger(__name__)
UNREADABLE = 2


class Command(BaseCommand):
    """Ends with 0 where the file was read, whatever was found in it; with 2 where it cannot be read; with 1 where
    it was read but may not be published."""

    help = "Read a specification document (or a qualification pack, or a CASE package) into the catalogue."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read it and change nothing")
        parser.add_argument("--json", action="store_true", help="print the qualification pack")
        parser.add_argument("--publish", action="store_true", help="let learners be registered on it")
        parser.add_argument("--acknowledge", metavar="GROUND", default="", help="acknowledge its warnings, and why")
        parser.add_argument("--by", metavar="EMAIL", default="", help="the catalogue editor who acknowledges them")

    def handle(self, *, file, dry_run, json, publish, acknowledge, by, **options):
        editor = _editor(by, acknowledge)
        pack, lines = _read(file)
        self.stdout.write(as_json(pack) if json else "\n".join(_summary(pack)), ending="")
        if not json:
            self.stdout.write("")
        if not dry_run:
            told = self.stderr if json else self.stdout
            for line in _load(pack, lines, publish, acknowledge, editor):
                told.write(line)


def _editor(email: str, ground: str) -> Actor | None:
    """Whoever acknowledges a warning does so by name."""
    if not email and not ground:
        return None
    user = User.objects.filter(email=email.strip().lower(), is_active=True, is_catalogue_editor=True).first()
    if user is None:
        raise CommandError("Name the catalogue editor who acknowledges the warnings: --by EMAIL.")
    return Actor(user.pk, user.name, EDITOR)


def _read(file: Path) -> tuple[dict, list[str]]:
    """One clear line for whatever cannot be read."""
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        return pack_in(data, file.name)
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.", returncode=UNREADABLE) from None
    except NotASpecification as problem:
        raise CommandError(f"{file.name}: {_one_line(problem)}", returncode=UNREADABLE) from None
    except Exception as fault:
        logger.debug("Reading %s", file, exc_info=True)
        told = f"{file.name}: Attest stumbled over this file ({type(fault).__name__}). Nothing was imported."
        raise CommandError(told, returncode=UNREADABLE) from None


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())


def _load(pack: dict, lines: list[str], wanted: bool, ground: str, editor: Actor | None) -> list[str]:
    name, by = pack["source"]["file"], editor or Actor.system("import_specification")
    imported = import_pack(pack=pack, lines=lines, source_name=name, publish=False, by=by)
    specification = imported.specification
    told = [f"Differs: {sentence}" for sentence in imported.differences]
    if imported.filled:
        return [*told, f"The wording of “{specification}” was filled in: it was published as facts before."]
    if specification.state == "draft":
        told += _finish(specification, wanted, ground, by, told)
    return [*told, f"“{specification}” is in the catalogue ({specification.state})."]


def _finish(specification, wanted: bool, ground: str, by: Actor, told: list[str]) -> list[str]:
    """Acknowledge and publish the draft, as far as that was asked for."""
    acknowledged = []
    try:
        if ground:
            done = acknowledge_warnings(specification=specification, ground=ground, by=by)
            acknowledged = [f"Acknowledged by {by.name}: {resolution.code}." for resolution in done]
        if wanted:
            publish(specification=specification, by=by)
    except Refused as refused:
        lines = [*told, *acknowledged, "It stays in the catalogue as a draft.", refused.refusal.sentence]
        raise CommandError("\n".join(lines), returncode=1) from None
    return acknowledged


def _summary(pack: dict) -> list[str]:
    lines = []
    for qualification in pack["qualifications"]:
        lines += _qualification(qualification)
    outcomes = [outcome for unit in pack["units"] for outcome in unit["outcomes"]]
    criteria = sum(len(outcome["criteria"]) for outcome in outcomes)
    lines.append(f"{len(pack['units'])} units, {len(outcomes)} outcomes, {criteria} criteria")
    counts = Counter(finding["severity"] for finding in pack["findings"])
    lines.append(f"Findings: {', '.join(f'{n} {name}' for name, n in counts.items()) or 'none'}")
    for finding in pack["findings"]:
        where = f", line {finding['line']}" if finding["line"] else ""
        lines.append(f"  {finding['severity']}{where}: {finding['message']}")
    return lines


def _qualification(qualification: dict) -> list[str]:
    lines = [
        f"{qualification['title']} ({qualification['qan']})",
        f"  level {qualification['level']}, {qualification['credits']} credits",
    ]
    sizes = {group["code"]: len(group["units"]) for group in qualification["groups"]}
    for group in qualification["groups"]:
        lines.append(f"  group {group['code']}, {group['kind']}: {sizes[group['code']]} units")
    for rule in qualification["rules"]:
        doubt = " (can be read two ways)" if rule["confidence"] == "disputed" else ""
        printed = ", ".join(map(str, rule["printed"]))
        lines.append(f"  {rule['id']} {asks(Rule.from_pack(rule, sizes))}{doubt}: line {printed}")
    return lines
