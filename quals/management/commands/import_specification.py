"""Read an awarding organisation's document, or a pack, into the catalogue."""

import json
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from audit.actors import Actor
from audit.rules import Refused
from quals.actions import import_pack, publish
from quals.combination import Rule
from quals.combination.explain import asks
from quals.specification import (
    InvalidPack,
    NotASpecification,
    as_json,
    document_lines,
    read_specification,
    validate,
)

UNREADABLE = 2


class Command(BaseCommand):
    """Ends with 0 where the file was read, whatever was found in it; with 2 where it cannot be read; with 1 where
    it was read but may not be published."""

    help = "Read a specification document (or a qualification pack in JSON) into the catalogue."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read it and change nothing")
        parser.add_argument("--json", action="store_true", help="print the qualification pack")
        parser.add_argument("--publish", action="store_true", help="let learners be registered on it")

    def handle(self, *, file, dry_run, json, publish, **options):
        pack, lines = _read(file)
        self.stdout.write(as_json(pack) if json else "\n".join(_summary(pack)), ending="")
        if not json:
            self.stdout.write("")
        if not dry_run:
            told = self.stderr if json else self.stdout
            for line in _load(pack, lines, publish):
                told.write(line)


def _read(file: Path) -> tuple[dict, list[str]]:
    try:
        data = file.read_bytes()
        if data.lstrip().startswith(b"{"):
            return _pack_in(data), []
        return read_specification(data, file.name), document_lines(data)
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.", returncode=UNREADABLE) from None
    except NotASpecification as problem:
        raise CommandError(f"{file.name}: {problem}", returncode=UNREADABLE) from None


def _pack_in(data: bytes) -> dict:
    try:
        pack = json.loads(data)
    except ValueError:
        raise NotASpecification("This file begins like a qualification pack, but is not JSON.") from None
    try:
        validate(pack)
    except InvalidPack as problem:
        raise NotASpecification(f"This is not a qualification pack that can be imported: {problem}.") from None
    return pack


def _load(pack: dict, lines: list[str], wanted: bool) -> list[str]:
    name, by = pack["source"]["file"], Actor.system("import_specification")
    imported = import_pack(pack=pack, lines=lines, source_name=name, publish=False, by=by)
    specification = imported.specification
    told = [f"Differs: {sentence}" for sentence in imported.differences]
    if imported.filled:
        return [f"The wording of “{specification}” was filled in: it was published as facts before."]
    if wanted and specification.state == "draft":
        try:
            publish(specification=specification, by=by)
        except Refused as refused:
            told.append("It stays in the catalogue as a draft.")
            raise CommandError("\n".join([*told, refused.refusal.sentence]), returncode=1) from None
    return [*told, f"“{specification}” is in the catalogue ({specification.state})."]


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
