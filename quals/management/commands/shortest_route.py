"""Find the cheapest units that lead to a qualification by its rules of combination."""

import json

from django.core.management.base import BaseCommand

from quals.combination import Route, route
from quals.management.commands._combining import read_combination, read_units, refused

MEASURES = {"credits": "credits", "units": "units", "glh": "guided learning hours", "criteria": "criteria"}


class Command(BaseCommand):
    """Ends with 0 whether there is a route or not; with 2 where what was asked cannot be understood."""

    help = "Find the cheapest further units with which a qualification is achieved."

    def add_arguments(self, parser):
        parser.add_argument("qan", help="the qualification's number, such as 601/3478/1")
        parser.add_argument("--achieved", help="units that are achieved, by number or UAN, with commas between them")
        parser.add_argument("--exclude", help="units that must not be proposed")
        parser.add_argument("--minimise", default="credits", help="credits (as it is), units, glh or criteria")
        parser.add_argument("--registered", metavar="YYYY-MM-DD", help="the day of registration (today)")
        parser.add_argument("--json", action="store_true", help="print the route as JSON")

    def handle(self, *, qan, achieved, exclude, minimise, registered, json, **options):
        if minimise not in MEASURES:
            raise refused(f"“{minimise}” cannot be minimised: name one of {', '.join(MEASURES)}.")
        asked = read_combination(qan, registered)
        done, left_out = read_units(asked, achieved), read_units(asked, exclude)
        offered = list(asked.offered.values())
        for key in {unit.key for unit in asked.units.values()} - {unit.key for unit in offered}:
            if key in done:
                raise refused(f"Unit {asked.labels[key]} is not for registrations of {asked.day}.")
            left_out = [other for other in left_out if other != key]
        if both := set(done) & set(left_out):
            raise refused(f"Unit {asked.labels[min(both)]} cannot be achieved and excluded.")
        try:
            found = route(offered, asked.rules, achieved=done, excluded=left_out, minimise=minimise)
        except ValueError as problem:
            raise refused(str(problem)) from None
        self.stdout.write(_as_json(found) if json else "\n".join(_in_words(found, asked.labels)))


def _as_json(found: Route) -> str:
    facts = {
        "units": list(found.units),
        "value": found.value,
        "optimal": found.optimal,
        "alternatives": [{"units": list(each.units), "value": each.value} for each in found.alternatives],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _in_words(found: Route, labels: dict[str, str]) -> list[str]:
    if not found.found:
        return ["There is no route.", *(each.sentence for each in found.shortfalls)]
    what = MEASURES[found.minimise]
    lines = [f"{found.value} {what} left to do; no route takes fewer."]
    lines.append(f"Units: {_listed(found.units, labels)}")
    lines += [f"Or {each.value}: {_listed(each.units, labels)}" for each in found.alternatives]
    return lines


def _listed(keys: tuple[str, ...], labels: dict[str, str]) -> str:
    return ", ".join(labels[key] for key in keys) or "none"
