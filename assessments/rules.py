"""Why not: judging, countersigning, signing off, confirming and reopening."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assessments import states
from assessments.models import Countersignature, Judgement, SignOff
from audit.actors import ASSESSOR, IQA, LEARNER, Actor, today
from audit.rules import Refusal
from centres.rules import competence_of, refuse_incompetent
from centres.states import ASSESS, TRAINEE
from portfolios import states as portfolio
from portfolios.models import UnitEntry, Version
from portfolios.rules import is_own
from quals.models import Criterion
from quals.rules import refuse_untracked

CLOSED = "This registration is not active any more, so nothing in it can change."


@dataclass(frozen=True)
class Ruling:
    """What an assessor says of one criterion: the outcome, why, on which submitted versions, and for “not yet met”
    which rules of evidence are lacking and what to do. `supersedes` is the judgement seen as current, if any."""

    criterion: Criterion
    outcome: str
    because: str
    versions: tuple[Version, ...] = ()
    lacking: tuple[str, ...] = ()
    todo: str = ""
    supersedes: Judgement | None = field(default=None)


def counts(judgement: Judgement) -> bool:
    """Whether a judgement counts: by somebody qualified, or countersigned (CTS-1)."""
    if judgement.standing != TRAINEE:
        return True
    countersignature = getattr(judgement, "countersignature", None)
    return countersignature is not None and countersignature.outcome == states.CONFIRMED


def refuse_assess(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    """What judging and signing off have in common: the allocated assessor, approved today, never the learner."""
    if entry.registration.learner.user_id == by.user_id:
        return Refusal("STF-7", "This is your own portfolio: nobody can assess their own work.")
    if not by.is_at(entry.centre_id, ASSESSOR) or entry.assessor_id != by.user_id:
        return Refusal("ROLE", f"Unit {entry.unit.code} is not allocated to you: only its assessor can do this.")
    if refusal := refuse_incompetent(
        user_id=by.user_id, centre=entry.centre, unit=entry.unit, kind=ASSESS, day=today()
    ):
        return refusal
    return refuse_untracked(unit=entry.unit) or refuse_closed(entry=entry)


def refuse_closed(*, entry: UnitEntry) -> Refusal | None:
    if entry.registration.state != portfolio.ACTIVE:
        return Refusal("CLM-1", CLOSED)
    if entry.state != portfolio.OPEN:
        return Refusal(
            "AUD-4", f"Unit {entry.unit.code} has been signed off. Reopen it, with a reason, to judge again."
        )
    return None


def refuse_ruling(*, entry: UnitEntry, ruling: Ruling) -> Refusal | None:
    """ASM-2, ASM-7, EVD-1, EVD-2, EVD-3, EVD-6 and CAT-7 for one criterion."""
    code = ruling.criterion.code
    if ruling.criterion.unit_id != entry.unit_id:
        return Refusal("EVD-6", f"Criterion {code} does not belong to unit {entry.unit.code}.")
    if refusal := refuse_untracked(unit=entry.unit, criterion=ruling.criterion):
        return refusal
    if not ruling.because.strip():
        return Refusal("ASM-4", f"Say why for {code}: the reason is part of the judgement.")
    if ruling.outcome == states.NOT_YET and not (ruling.todo.strip() and ruling.lacking):
        return Refusal("ASM-7", f"For {code}, not yet met: say what is lacking and what the learner should do.")
    if ruling.outcome == states.MET and not ruling.versions:
        return Refusal("ASM-2", f"For {code}, met: name the evidence that shows it.")
    return next((refusal for version in ruling.versions if (refusal := _refuse_version(entry, ruling, version))), None)


def _refuse_version(entry: UnitEntry, ruling: Ruling, version: Version) -> Refusal | None:
    evidence, code = version.evidence, ruling.criterion.code
    if version.submitted_at is None or version.declared_by_id != entry.registration.learner.user_id:
        return Refusal(
            "EVD-1",
            f"“{evidence}” has no declaration by the learner for this version, so it cannot be judged.",
        )
    if not version.references.filter(entry=entry, criterion=ruling.criterion).exists():
        return Refusal(
            "EVD-6",
            f"“{evidence}” is not referenced to {code} of this unit. Ask the learner to reference it.",
        )
    if evidence.versions.filter(submitted_at__isnull=False, number__gt=version.number).exists():
        return Refusal("EVD-2", f"“{evidence}” has a newer version. Open that one and judge it.")
    if ruling.outcome == states.MET and _is_barred_simulation(entry, version):
        return Refusal(
            "EVD-3",
            f"“{evidence}” is a simulation, which unit {entry.unit.code} does not allow: it cannot show that {code} is "
            "met. Ask the learner for evidence from real work.",
        )
    return None


def _is_barred_simulation(entry: UnitEntry, version: Version) -> bool:
    return version.contents.get("kind") == "S" and entry.unit.strategy.get("simulation") == "not_allowed"


def refuse_stale(*, ruling: Ruling, current: Judgement | None) -> Refusal | None:
    """ASM-5: a judgement supersedes the one that was current when it was made, or it is not taken."""
    if current != ruling.supersedes:
        who = f"{current.assessor.name} judged" if current else "The judgement of"
        return Refusal(
            "ASM-5",
            f"{who} {ruling.criterion.code} while you were writing. Nothing of yours was lost: read what is there now, "
            "then send yours again if it still holds.",
        )
    return None


def refuse_learner_home(*, by: Actor) -> Refusal | None:
    if by.role != LEARNER:
        return Refusal("ROLE", "This is a learner's own page. Yours is under Home.")
    return None


def refuse_countersigning(*, by: Actor) -> Refusal | None:
    if by.role != ASSESSOR:
        return Refusal("ROLE", "Only an assessor countersigns what trainees decided.")
    return None


def refuse_countersigner(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    """CTS-2 before there is anything to countersign: whether this person could."""
    return _refuse_countersigner(entry, entry.assessor_id, by)


def refuse_countersign(*, judgement: Judgement, by: Actor) -> Refusal | None:
    """CTS-2: qualified, approved for the unit, not the author, not the learner."""
    if judgement.standing != TRAINEE:
        return Refusal("CTS-1", "This judgement counts already: its author was qualified.")
    if Countersignature.objects.filter(judgement=judgement).exists():
        return Refusal("CTS-1", "This judgement has been countersigned already.")
    if Judgement.objects.filter(supersedes=judgement).exists():
        return Refusal("ASM-5", "A later judgement has taken this one's place. Countersign that one.")
    return _refuse_countersigner(judgement.entry, judgement.assessor_id, by) or refuse_closed(entry=judgement.entry)


def refuse_countersign_sign_off(*, sign_off: SignOff, by: Actor) -> Refusal | None:
    if sign_off.standing != TRAINEE or hasattr(sign_off, "countersignature"):
        return Refusal("CTS-1", "This sign-off needs no countersignature, or has one.")
    if hasattr(sign_off, "reopening"):
        return Refusal("STATE", "This unit has been reopened: the sign-off no longer stands.")
    if sign_off.entry.registration.state != portfolio.ACTIVE:
        return Refusal("CLM-1", CLOSED)
    return _refuse_countersigner(sign_off.entry, sign_off.assessor_id, by)


def _refuse_countersigner(entry: UnitEntry, author_id: int, by: Actor) -> Refusal | None:
    if by.user_id == author_id:
        return Refusal("CTS-2", "You cannot countersign your own decision: somebody else who is qualified has to.")
    if by.user_id == entry.registration.learner.user_id:
        return Refusal("STF-7", "This is your own portfolio: nobody can countersign decisions on their own work.")
    if not by.is_at(entry.centre_id, ASSESSOR):
        return Refusal("CTS-2", "Only an assessor of the centre can countersign.")
    refusal = refuse_incompetent(
        user_id=by.user_id, centre=entry.centre, unit=entry.unit, kind=ASSESS, day=today(), qualified=True
    )
    return refusal and Refusal("CTS-2", refusal.sentence)


def refuse_sign_off(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    if refusal := refuse_assess(entry=entry, by=by):
        return refusal
    current = Judgement.objects.filter(entry=entry, superseded_by__isnull=True).select_related("countersignature")
    return refuse_unmet(current=current, criteria=entry.unit.criteria.count())


def refuse_unmet(*, current: Iterable[Judgement], criteria: int) -> Refusal | None:
    """ASM-1: every criterion has a current judgement of met that counts (CTS-1)."""
    met = [judgement for judgement in current if judgement.outcome == states.MET]
    provisional = [judgement for judgement in met if not counts(judgement)]
    missing = criteria - len(met)
    if missing:
        return Refusal("ASM-1", f"{missing} of the unit's criteria are not met yet. Every criterion has to be.")
    if provisional:
        return Refusal("CTS-1", f"{len(provisional)} judgements wait for a countersignature, so they do not count yet.")
    return None


def standing_of(*, entry: UnitEntry, by: Actor) -> str:
    """The actor's standing for the unit today, to be kept with the decision (STF-4)."""
    return competence_of(
        user_id=by.user_id, centre_id=entry.centre_id, unit_id=entry.unit_id, kind=ASSESS, day=today()
    ).standing


def current_sign_off(entry: UnitEntry) -> SignOff | None:
    """The sign-off that stands: the last one, unless it was reopened."""
    sign_off = (
        entry.sign_offs.select_related("countersignature", "confirmation", "reopening").order_by("-number").first()
    )
    return None if sign_off is None or hasattr(sign_off, "reopening") else sign_off


def refuse_confirm(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    if not is_own(entry.registration.learner, by):
        return Refusal("AUD-5", "Only the learner can confirm their own unit; nobody can do it for them.")
    if entry.registration.state != portfolio.ACTIVE:
        return Refusal("CLM-1", CLOSED)
    sign_off = current_sign_off(entry)
    if sign_off is None or entry.state != portfolio.SIGNED_OFF:
        return Refusal("STATE", "This unit is not waiting for your confirmation.")
    if not counts(sign_off):
        return Refusal("CTS-1", "The assessor's sign-off waits for a countersignature. You will be asked after that.")
    return None


def refuse_reopen(*, entry: UnitEntry, reason: str, by: Actor) -> Refusal | None:
    """AUD-4: with a reason, by the unit's assessor or IQA, while nothing is claimed."""
    if entry.registration.state != portfolio.ACTIVE:
        return Refusal("CLM-9", "This registration has been claimed. What a certificate rests on is not reopened.")
    mine = (by.role == ASSESSOR and entry.assessor_id == by.user_id) or (by.role == IQA and entry.iqa_id == by.user_id)
    if not mine or by.centre_id != entry.centre_id:
        return Refusal("ROLE", "Only the unit's assessor or IQA can reopen it.")
    if current_sign_off(entry) is None:
        return Refusal("STATE", "This unit has not been signed off, so there is nothing to reopen.")
    if not reason.strip():
        return Refusal("AUD-4", "Say why the unit is reopened: the signatures on it end with that.")
    return None
