"""Whether a registration may be claimed, condition by condition, and who may do what with claims and certificates."""

from dataclasses import dataclass, field

from assessments.models import SignOff
from audit.actors import ADMINISTRATOR, EDITOR, Actor, today
from audit.rules import Refusal
from centres.rules import approval_in_force, has_direct_claims
from certification import states
from certification.models import Certificate, Claim
from jobs import states as job_states
from jobs.queries import jobs_about
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from verification.models import Release
from verification.rules import is_current, latest_release, verdict_on


@dataclass(frozen=True)
class Condition:
    """One line of the argument for a claim: the rule's code, whether it holds, a sentence with what to do if not, and
    `proof`, the URL name (and registration id) of the page that shows it."""

    code: str
    title: str
    holds: bool
    sentence: str
    proof: str = ""


@dataclass(frozen=True)
class Argument:
    """Everything a claim rests on, as computed now."""

    conditions: list[Condition]
    release: Release | None
    verdict: object | None
    counted: list[UnitEntry] = field(default_factory=list)
    achieved: list[UnitEntry] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return all(condition.holds for condition in self.conditions)

    @property
    def credits(self) -> int:
        return sum(entry.unit.credit for entry in self.counted)


def argue(registration: Registration) -> Argument:
    """Check every condition of a claim for this registration (CLM-1, CLM-2, CLM-3, CLM-4, ROC-1 to ROC-3)."""
    release = latest_release(registration)
    current = release is not None and is_current(release)
    achieved = achieved_units(registration, release if current else None)
    verdict = verdict_on(registration, achieved)
    counted = [entry for entry in achieved if entry.unit.key in verdict.counted]
    conditions = [
        _registered(registration),
        _approved(registration),
        _in_date(registration),
        _achieved(registration, achieved),
        _combined(verdict),
        _released(release, current),
    ]
    return Argument(conditions, release, verdict, counted, achieved)


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


def _achieved(registration: Registration, achieved: list[UnitEntry]) -> Condition:
    waiting = registration.entries.exclude(pk__in=[entry.pk for entry in achieved]).select_related("unit")
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


def _combined(verdict) -> Condition:
    if verdict.passes:
        said = f"{len(verdict.counted)} of the achieved units satisfy every rule of combination."
        if verdict.disputed:
            said += " One of the rules can be read in two ways: " + (
                "the other reading would not pass." if verdict.differs else "both readings pass."
            )
    else:
        missing = [result.sentence for result in verdict.rules if not result.satisfied]
        said = " ".join(missing) or verdict.reason
    return Condition("CLM-2", "Rules of combination", verdict.passes, said, "qualification")


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


def refuse_claim(*, registration: Registration, argument: Argument, by: Actor) -> Refusal | None:
    if not by.is_at(registration.centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can claim.")
    if Claim.objects.filter(registration=registration).exclude(state=states.RETURNED).exists():
        return Refusal("CLM-13", "This registration has been claimed already.")
    for condition in argument.conditions:
        if not condition.holds:
            return Refusal(condition.code, condition.sentence)
    assessors = SignOff.objects.filter(entry__in=argument.counted, reopening__isnull=True)
    if set(assessors.values_list("assessor_id", flat=True)) == {by.user_id}:
        return Refusal(
            "CLM-8", "You assessed every unit of this claim yourself: another administrator has to claim it."
        )
    return None


def goes_directly(registration: Registration) -> bool:
    """DCS-1, DCS-4: whether a claim made today is approved without the EQA."""
    return has_direct_claims(centre_id=registration.centre_id, qan=registration.qan, day=today())


def refuse_decide(*, claim: Claim, outcome: str, note: str, by: Actor) -> Refusal | None:
    """DCS-4: only the EQA allocated to the centre's qualification answers a waiting claim, while it still holds."""
    if not by.is_allocated(claim.centre_id, claim.registration.qan):
        return Refusal("DCS-4", "Only the EQA allocated to this centre and qualification can answer this claim.")
    if claim.state != states.AWAITING_EQA:
        return Refusal("STATE", "This claim is not waiting for an EQA.")
    if outcome == states.RETURNED and not note.strip():
        return Refusal("INPUT", "Say why you return it: the centre reads it.")
    if outcome == states.RELEASED and not is_current(claim.release):
        return Refusal(
            "CLM-3", "Something this claim rests on has changed since the IQA's release. Return it to the centre."
        )
    return None


def refuse_end_certificate(*, certificate: Certificate, reason: str, by: Actor) -> Refusal | None:
    """CLM-9: replaced or revoked, once, with a reason, by those who act for the awarding organisation here."""
    if by.role != EDITOR:
        return Refusal(
            "ROLE", "Only somebody acting for the awarding organisation can replace or revoke a certificate."
        )
    if hasattr(certificate, "revocation"):
        return Refusal("CLM-9", "This certificate has been revoked.")
    if Certificate.objects.filter(replaces=certificate).exists():
        return Refusal("CLM-9", "This certificate has been replaced. Use the one that replaced it.")
    if not reason.strip():
        return Refusal("CLM-9", "Say why: the reason is kept with the certificate.")
    return None


def refuse_make_again(*, claim: Claim, by: Actor) -> Refusal | None:
    """The papers of an approved claim are asked for again once the work on them was given up."""
    if not by.is_at(claim.centre_id, ADMINISTRATOR):
        return Refusal("ROLE", "Only an administrator of the centre can ask for the papers again.")
    if claim.state != states.APPROVED:
        return Refusal("STATE", "No papers are being made for this claim.")
    if jobs_about(f"claim:{claim.public_id}").exclude(state=job_states.FAILED).exists():
        return Refusal("STATE", "The papers are being made already.")
    return None


def refuse_page(*, roles: tuple[str, ...], by: Actor) -> Refusal | None:
    """A home or a list that is made for certain roles only."""
    if by.role not in roles:
        return Refusal("ROLE", "This page is for another role. Your own work is on your home page.")
    return None
