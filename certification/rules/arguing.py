"""The argument for a claim: every condition with its state and its proof, and which units are counted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from audit.actors import today
from audit.rules import Refusal
from centres.rules import approval_in_force
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from quals.combination import Unit, Verdict
from verification.models import Release
from verification.rules import (
    TWO_RESULTS,
    WHAT_TO_DO,
    Checked,
    Reading,
    checked_on,
    doubt_of,
    is_current,
    latest_release,
    readings_of,
    what_falls_short,
)

COMBINATION = "Rules of combination"
NOT_ACHIEVED = {
    portfolio.OPEN: "In progress.",
    portfolio.SIGNED_OFF: "Signed off; waits for the learner to confirm it.",
    portfolio.CONFIRMED: "Confirmed; waits for the IQA's release.",
}


@dataclass(frozen=True)
class Condition:
    """One line of the argument for a claim: the rule's code, whether it holds, a sentence with what to do if not, and
    `proof`, the URL name (and registration id) of the page that shows it. Where much can be missing, `missing` says
    each and `todo` what to do."""

    code: str
    title: str
    holds: bool
    sentence: str
    proof: str = ""
    missing: tuple[str, ...] = ()
    todo: str = ""

    @property
    def is_about_combination(self) -> bool:
        return self.title == COMBINATION

    @property
    def refusal(self) -> Refusal:
        return Refusal(self.code, " ".join([self.sentence, *self.missing, self.todo]).strip())


@dataclass(frozen=True)
class Argument:
    """Everything a claim rests on, as computed now."""

    conditions: list[Condition]
    release: Release | None
    checked: Checked
    counted: list[UnitEntry] = field(default_factory=list)
    achieved: list[UnitEntry] = field(default_factory=list)
    waiting: list[UnitEntry] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        return self.checked.verdict

    @property
    def holds(self) -> bool:
        return all(condition.holds for condition in self.conditions)

    @property
    def credits(self) -> int:
        return sum(entry.unit.credit for entry in self.counted)

    @property
    def units(self) -> list[tuple[UnitEntry, Unit]]:
        """Each counted unit with what the engine was told of it: its group too."""
        return [(entry, self.checked.combination.units[entry.unit_id]) for entry in self.counted]

    @cached_property
    def outlook(self) -> Verdict:
        """The verdict; while nothing is achieved, the one that a release of what is confirmed would come to."""
        if self.achieved:
            return self.verdict
        confirmed = [entry.unit_id for entry in self.waiting if entry.state == portfolio.CONFIRMED]
        return self.checked.combination.check(confirmed)

    @cached_property
    def readings(self) -> list[Reading]:
        return readings_of(self.outlook)

    @cached_property
    def not_counted(self) -> list[tuple[UnitEntry, str]]:
        """Every unit of the registration that is not among the counted, and why."""
        why = {each.key: each.sentence for each in self.verdict.uncounted}
        left = [(entry, why[entry.unit.key]) for entry in self.achieved if entry.unit.key in why]
        return left + [(entry, NOT_ACHIEVED[entry.state]) for entry in self.waiting]


def argue(registration: Registration) -> Argument:
    """Check every condition of a claim for this registration (CLM-1 to CLM-4, ROC-1 to ROC-4)."""
    release = latest_release(registration)
    current = release is not None and is_current(release)
    achieved = achieved_units(registration, release if current else None)
    done = {entry.pk for entry in achieved}
    waiting = registration.entries.exclude(pk__in=done).select_related("unit").order_by("unit__position")
    checked = checked_on(registration, achieved)
    counted = [entry for entry in achieved if entry.unit.key in checked.verdict.counted]
    argument = Argument([], release, checked, counted, achieved, list(waiting))
    argument.conditions.extend([
        _registered(registration),
        _approved(registration),
        _in_date(registration),
        _achieved(achieved, argument.waiting),
        _combined(argument),
        _released(release, current),
    ])  # fmt: skip
    return argument


def achieved_units(registration: Registration, release: Release | None) -> list[UnitEntry]:
    """The units that a valid release covers: signed off, countersigned where needed, and confirmed."""
    if release is None:
        return []
    entries = registration.entries.filter(pk__in=release.units, state=portfolio.CONFIRMED)
    return list(entries.select_related("unit", "assessor").order_by("unit__position"))


def _registered(registration: Registration) -> Condition:
    holds = registration.state == portfolio.ACTIVE and registration.registered_on <= today()
    said = (
        f"{registration.learner.name} was registered on {registration.registered_on:%-d %B %Y}."
        if holds
        else f"The registration is {registration.get_state_display().lower()}, so it cannot be claimed."
    )
    return Condition("CLM-1", "Registered", holds, said, "registration")


def _approved(registration: Registration) -> Condition:
    holds = approval_in_force(centre_id=registration.centre_id, qan=registration.qan, day=today())
    said = (
        f"{registration.centre.name} is approved for {registration.qan}."
        if holds
        else f"{registration.centre.name} is not approved for {registration.qan} today. "
        "The awarding organisation has to approve it."
    )
    return Condition("REG-1", "Centre approved", holds, said)


def _in_date(registration: Registration) -> Condition:
    last = registration.qualification.last_certification
    holds = last is None or today() <= last
    said = "The qualification has no last certification date."
    if last is not None:
        said = f"The last day for certification {'is' if holds else 'was'} {last:%-d %B %Y}."
    return Condition("CLM-4", "In date", holds, said, "qualification")


def _achieved(achieved: list[UnitEntry], waiting: Iterable[UnitEntry]) -> Condition:
    said = f"{_units(len(achieved))} signed off, confirmed and covered by the release."
    if not achieved:
        said = (
            "No unit is achieved yet: units count once they are signed off, confirmed by the learner and released by "
            "the IQA."
        )
    elif waiting:
        said += f" Not among them: {', '.join(entry.unit.code for entry in waiting)}."
    return Condition("CLM-3", "Units achieved", bool(achieved), said, "registration")


def _units(number: int) -> str:
    return "1 unit is" if number == 1 else f"{number} units are"


def _combined(argument: Argument) -> Condition:
    """CLM-2; where the two checks disagree the claim stops too, by ROC-4."""
    verdict, outlook = argument.verdict, argument.outlook
    if not verdict.passes:
        whose = "achieved units" if argument.achieved else "units confirmed so far"
        said, todo = f"The {whose} do not make up the qualification yet.", WHAT_TO_DO
        if outlook.passes:
            said, todo = "The confirmed units satisfy every rule; they count once the IQA has released them.", ""
        missing = tuple(what_falls_short(outlook))
        return Condition("CLM-2", COMBINATION, False, said, "qualification", missing, todo)
    if not argument.checked.adds_up:
        return Condition("ROC-4", COMBINATION, False, TWO_RESULTS, "qualification")
    number = len(verdict.counted)
    units = "1 of the achieved units satisfies" if number == 1 else f"{number} of the achieved units satisfy"
    said = f"{units} every rule of combination. {doubt_of(verdict)}".strip()
    return Condition("CLM-2", COMBINATION, True, said, "qualification")


def _released(release: Release | None, current: bool) -> Condition:
    if release is None:
        return Condition(
            "CLM-3", "Released by the IQA", False, "The IQA has not released this registration yet.", "registration"
        )
    when = f"{release.iqa.name} released it on {release.released_at:%-d %B %Y}"
    said = f"{when}, and nothing it rests on has changed since." if current else (
        f"{when}, but something it rests on has changed since then. The IQA has to look again and release it anew."
    )  # fmt: skip
    return Condition("CLM-3", "Released after the last change", current, said, "registration")
