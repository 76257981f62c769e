"""Find the cheapest units that lead to a qualification by its rules of combination."""

import json

from quals.combination import Route, route
from quals.management.commands._combining import (
    CombinationCommand,
    Once,
    in_words,
    read_combination,
    read_units,
    refused,
)
from quals.queries import Combination

MEASURES = {"credits": "credits", "units": "units", "glh": "guided learning hours", "criteria": "criteria"}
SINGULAR = {"credits": "credit", "units": "unit", "glh": "guided learning hour", "criteria": "criterion"}
OTHER_DATES = "It is not for registrations of this date."


class Command(CombinationCommand):
    """Ends with 0 whether there is a route or not; with 2 where what was asked cannot be understood."""

    help = (
        "Find the cheapest further units with which a qualification is achieved: of the issue that was published last, "
        "or of the draft that was imported last where none is published."
    )

    def add_arguments(self, parser):
        parser.add_argument("qan", help="the qualification's number, such as 601/3478/1")
        parser.add_argument("--achieved", action=Once, help="units achieved, by number or UAN, with commas between")
        parser.add_argument("--exclude", action=Once, help="units that must not be proposed")
        parser.add_argument(
            "--minimise", action=Once, default="credits", help="credits (usual), units, glh or criteria"
        )
        parser.add_argument("--registered", action=Once, metavar="YYYY-MM-DD", help="the day of registration (today)")
        parser.add_argument("--json", action="store_true", help="print the route as JSON")

    def handle(self, *, qan, achieved, exclude, minimise, registered, json, **options):
        if minimise not in MEASURES:
            raise refused(f"“{minimise}” cannot be minimised: name one of {', '.join(MEASURES)}.")
        asked = read_combination(qan, registered)
        done, left_out = read_units(asked, achieved), read_units(asked, exclude)
        if both := set(done) & set(left_out):
            raise refused(f"Unit {asked.labels[min(both)]} cannot be achieved and excluded.")
        offered = asked.offered_rules.by_key
        other = [key for key in done if key not in offered]
        done, left_out = [key for key in done if key in offered], [key for key in left_out if key in offered]
        try:
            found = route(asked.offered_rules, done, excluded=left_out, minimise=minimise)
        except ValueError as problem:
            raise refused(str(problem)) from None
        said = _as_json(found, other) if json else "\n".join(_in_words(found, asked, other))
        self.stdout.write(said)


def _as_json(found: Route, other: list[str]) -> str:
    facts = {
        "units": list(found.units),
        "value": found.value,
        "optimal": found.optimal,
        "alternatives": [{"units": list(each.units), "value": each.value} for each in found.alternatives],
        "not_counted": [{"unit": key, "reason": OTHER_DATES} for key in other],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _in_words(found: Route, asked: Combination, other: list[str]) -> list[str]:
    labels, what = asked.labels, (SINGULAR if found.value == 1 else MEASURES)[found.minimise]
    lines = [f"Not counted: {labels[key]}. {OTHER_DATES}" for key in other]
    if not found.found:
        return ["There is no route.", *(each.sentence for each in found.shortfalls), *lines]
    ways = [
        f"{found.value} {what} left to do; no route takes fewer.",
        f"Units: {in_words(found.units, labels) or 'none'}",
    ]
    ways += [f"Or {each.value}: {in_words(each.units, labels)}" for each in found.alternatives]
    return ways + lines
