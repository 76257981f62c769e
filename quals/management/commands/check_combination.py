"""Say whether achieved units make up a qualification by its rules of combination."""

import json

from quals.combination import Verdict, verify
from quals.management.commands._combining import (
    CombinationCommand,
    Once,
    in_words,
    read_combination,
    read_units,
    refused,
)

HOW_TO_ASK = "Name the achieved units, such as --units 7,10,11; --units= where there is none yet."


class Command(CombinationCommand):
    """Ends with 0 whatever the verdict; with 2 where what was asked cannot be understood."""

    help = (
        "Check achieved units against the rules of combination of a qualification: the issue that was published last, "
        "or the draft that was imported last where none is published."
    )

    def add_arguments(self, parser):
        parser.add_argument("qan", help="the qualification's number, such as 601/3478/1")
        parser.add_argument("--units", action=Once, help="the achieved units by number or UAN, with commas between")
        parser.add_argument("--registered", action=Once, metavar="YYYY-MM-DD", help="the day of registration (today)")
        parser.add_argument("--json", action="store_true", help="print the verdict as JSON")

    def handle(self, *, qan, units, registered, json, **options):
        asked = read_combination(qan, registered)
        if units is None:
            raise refused(HOW_TO_ASK)
        achieved = read_units(asked, units)
        verdict = asked.check_keys(achieved)
        if verdict.passes and not verify(asked.offered_rules, achieved, verdict.counted):
            raise ArithmeticError("The verdict does not stand up to being added up again.")
        self.stdout.write(_as_json(verdict) if json else "\n".join(_in_words(verdict, asked.labels)))


def _as_json(verdict: Verdict) -> str:
    facts = {
        "verdict": "pass" if verdict.passes else "fail",
        "counted": list(verdict.counted),
        "rules": [
            {
                "id": result.rule_id,
                "needed": result.amount,
                "counted": result.value,
                "met": result.satisfied,
                "confidence": result.confidence,
            }
            for result in verdict.rules
        ],
        "uncounted": [{"unit": each.key, "reason": each.sentence} for each in verdict.uncounted],
        "depends_on_reading": verdict.differs,
        "passes_if_clipped": verdict.passes_in_parts,
        "explanation": [each.sentence for each in verdict.shortfalls],
    }
    return json.dumps(facts, indent=2, ensure_ascii=False)


def _in_words(verdict: Verdict, labels: dict[str, str]) -> list[str]:
    lines = ["PASS" if verdict.passes else "FAIL", verdict.reason]
    lines += [f"  {result.rule_id} {result.sentence}" for result in verdict.rules]
    if verdict.passes:
        lines.append(f"Counted: {in_words(verdict.counted, labels) or 'none'}")
    said = {result.sentence for result in verdict.rules}
    lines += [f"Missing: {each.sentence}" for each in verdict.shortfalls if each.sentence not in said]
    lines += [f"Not counted: {labels[each.key]}. {each.sentence}" for each in verdict.uncounted]
    if verdict.passes_in_parts and not verdict.passes:
        lines.append("It would pass if a unit over a cap on credits counted in part.")
    return lines
