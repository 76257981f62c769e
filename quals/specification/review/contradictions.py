"""Rules of combination in a pack that can never be met: found whenever a pack is brought in or corrected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quals.combination import Clash, Rule, RuleSet, Unit, Unproved, clashes
from quals.combination.deadline import in_time

from .doubts import identity_of

NEVER, OTHERWISE, FOR_SOME_DAYS = "rules-contradict", "other-reading-contradicts", "rules-contradict-for-some-days"
UNPROVED = "rules-too-entangled"
BLOCKING = {NEVER, UNPROVED}
CODES = {NEVER, OTHERWISE, FOR_SOME_DAYS, UNPROVED}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Days of registration on which the same units may be chosen; an end that is open is None."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        if self.first is None:
            return f"until {_day(self.last)}"
        return f"from {_day(self.first)}" + (f" to {_day(self.last)}" if self.last else " on")


def with_contradictions(pack: dict, resolutions: dict[str, dict] | None = None) -> dict:
    """The pack with these findings as its rules are now, in place of those from before. A warning that was put to
    rest stays so; an error is gone only when the rules are put right."""
    resolutions = resolutions or {}
    kept = [finding for finding in pack["findings"] if finding["code"] not in CODES]
    before = {identity_of(finding): finding.get("resolved") for finding in pack["findings"]}
    found = []
    for finding in contradictions(pack):
        known = identity_of(finding)
        settled = finding["severity"] != "error" and (resolutions.get(known) or before.get(known))
        found.append(finding | ({"resolved": settled} if settled else {}))
    return pack | {"findings": kept + found}


def contradictions(pack: dict) -> list[dict]:
    """A finding for each set of rules that clash: an error where nobody could ever pass, else a warning."""
    units = {unit["key"]: unit for unit in pack["units"]}
    found = {}
    for qualification in pack["qualifications"]:
        for finding in _of(qualification, units):
            found.setdefault(identity_of(finding), finding)
    return list(found.values())


def never_met(qualification: dict, units: dict[str, dict]) -> list[str]:
    """Why nobody could ever be awarded the qualification, or nobody can tell, in sentences; empty where it is known
    that somebody could."""
    return [each["message"] for each in _of(qualification, units) if each["code"] in BLOCKING]


@in_time
def _of(qualification: dict, units: dict[str, dict]) -> list[dict]:
    try:
        return list(_clashing(qualification, units))
    except Unproved:
        message = (
            "Whether these rules can be met at all could not be proved in reasonable time. A rule set of a real "
            "document is far simpler: look for rules that were read wrongly."
        )
        return [_finding(qualification, qualification["rules"][0]["id"], UNPROVED, message)]


def _clashing(qualification: dict, units: dict[str, dict]) -> Iterator[dict]:
    sizes = {group["code"]: len(group["units"]) for group in qualification["groups"]}
    rules = [Rule.from_pack(rule, sizes) for rule in qualification["rules"]]
    windows = list(_windows(qualification, units))
    met = {window: clashes(RuleSet(open_ones, rules)) for window, open_ones in windows}
    never = all(any(not clash.reading for clash in found) for found in met.values())
    when: dict[Clash, list[Window]] = {}
    for window, found in met.items():
        for clash in found:
            when.setdefault(clash, []).append(window)
    for clash, those in when.items():
        days = f" This is so for registrations {' and '.join(map(str, those))}." if len(those) < len(windows) else ""
        code = OTHERWISE if clash.reading else NEVER if never else FOR_SOME_DAYS
        yield _finding(qualification, clash.reading or clash.rules[0], code, clash.sentence + days)


def _windows(qualification: dict, units: dict[str, dict]) -> Iterator[tuple[Window, list[Unit]]]:
    """The stretches of days on which a registration may be made, each with the units it meets. A unit in two groups
    stands in the first that is open."""
    places = [(group["code"], place) for group in qualification["groups"] for place in group["units"]]
    begin, end = _date(qualification["first_registration"]), _date(qualification["last_registration"])
    starts = {_date(place.get(name)) for _, place in places for name in ("registered_from", "registered_before")}
    starts = sorted(day for day in starts - {None} if (not begin or day > begin) and (not end or day <= end))
    for first, after in zip([begin, *starts], [*starts, None], strict=True):
        window = Window(first, after - DAY if after else end)
        day = first or window.last or date.max
        open_ones: dict[str, Unit] = {}
        for code, place in places:
            told = _unit(code, place, units[place["unit"]])
            if told.is_open_to(day):
                open_ones.setdefault(told.key, told)
        yield window, list(open_ones.values())


def _unit(code: str, place: dict, unit: dict) -> Unit:
    days = {name: _date(place.get(name)) for name in ("registered_from", "registered_before")}
    return Unit(unit["key"], unit["credit"], unit["level"], code, **days)


def _finding(qualification: dict, rule_id: str, code: str, message: str) -> dict:
    lines = [line for rule in qualification["rules"] if rule["id"] == rule_id for line in rule.get("printed", [])]
    severity = "error" if code in BLOCKING else "warning"
    subject = f"{qualification['qan']}, {rule_id}"
    return {
        "line": min(lines, default=None),
        "severity": severity,
        "code": code,
        "subject": subject,
        "message": message,
    }


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
