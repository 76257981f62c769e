"""Look at every live registration: its verdict by the rules of combination, and what changed since last time."""

import json
from collections import Counter

from django.core.management.base import CommandError

from audit.actors import Actor
from certification import actions, queries, states
from quals.management.commands._combining import CombinationCommand, read_qualification

BY = Actor.system("looking at every live registration by command")


class Command(CombinationCommand):
    """Notes what it finds, as the night does, so that a second run says that nothing changed; sends no mail."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("qan", nargs="?", default="", help="only the registrations of this qualification")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, qan, json, **options):
        qan = read_qualification(qan).qan if qan else ""
        printing = (_Json if json else _Words)(self.stdout, qan)
        actions.sweep_combinations(qan=qan, report=printing.report, by=BY)
        printing.end()
        if faults := printing.sums[states.NOT_LOOKED_AT]:
            raise CommandError(f"Not looked at: {faults}. What stood in the way is said beside each.")


class _Words:
    """A line for each registration as it is found, and one for all of them."""

    def __init__(self, out, qan: str) -> None:
        self.out, self.qan, self.sums = out, qan, Counter()

    def report(self, looks: list[queries.Look]) -> None:
        for look in looks:
            self.count(look)
            self.say(look)

    def count(self, look: queries.Look) -> None:
        self.sums["registrations"] += 1
        self.sums["pass"] += look.passes
        self.sums["claimable"] += look.is_claimable
        self.sums[look.change] += 1

    def say(self, look: queries.Look) -> None:
        who = look.registration
        if look.fault:
            self.out.write(f"{who.public_id}  {who.qan}  {who.centre.number}  NOT LOOKED AT: {look.fault}")
            return
        since = f", claimable since {look.claimable_at:%Y-%m-%d}" if look.is_claimable else ""
        verdict = f"{'PASS' if look.passes else 'FAIL'}{since}"
        self.out.write(f"{who.public_id}  {who.qan}  {who.centre.number}  {verdict}: {look.change}")

    def end(self) -> None:
        sums = self.sums
        if not sums["registrations"]:
            self.out.write(f"There is no live registration{f' for {self.qan}' if self.qan else ''}.")
            return
        changes = [f"{sums[change]} {change}" for change in states.CHANGES if sums[change]]
        live = "1 live registration" if sums["registrations"] == 1 else f"{sums['registrations']} live registrations"
        self.out.write(
            f"{live}: {sums['pass']} pass, {sums['claimable']} can be claimed. "
            f"Since last time: {', '.join(changes) or 'nothing changed'}."
        )


class _Json(_Words):
    """The same as one object, written piece by piece, so that a nation is not held in memory."""

    def __init__(self, out, qan: str) -> None:
        super().__init__(out, qan)
        self.out.write('{"registrations": [', ending="")

    def say(self, look: queries.Look) -> None:
        facts = {
            "registration": str(look.registration.public_id),
            "qan": look.registration.qan,
            "centre": look.registration.centre.number,
            "verdict": None if look.fault else "pass" if look.passes else "fail",
            "claimable": look.is_claimable,
            "claimable_since": look.claimable_at and look.claimable_at.isoformat(),
            "change": look.change,
        } | ({"fault": look.fault} if look.fault else {})
        comma = "," if self.sums["registrations"] > 1 else ""
        self.out.write(f"{comma}\n  {json.dumps(facts)}", ending="")

    def end(self) -> None:
        sums = {name: self.sums[name] for name in ("registrations", "pass", "claimable")}
        changes = {change: self.sums[change] for change in states.CHANGES}
        self.out.write(f'\n], "summary": {json.dumps(sums | {"changes": changes})}}}')
