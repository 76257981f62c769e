"""Why not: sampling, answering and closing action points, and releasing."""

from datetime import date

from audit.actors import ASSESSOR, IQA, Actor, today
from audit.rules import Refusal
from centres.rules import refuse_incompetent
from centres.states import VERIFY
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from verification import states
from verification.models import ActionPoint, Sample
from verification.rules.combining import checked_on, what_falls_short
from verification.rules.parties import parties_of, parties_of_entry
from verification.rules.reliance import released_entries

WHAT_TO_DO = (
    "What to do: the learner and the assessors finish further units that help; where too few are chosen, the "
    "administrator chooses more."
)
TWO_RESULTS = (
    "The rules of combination were checked twice, in two ways, and the two results differ, so this stops here. "
    "Nothing is wrong with the portfolio: tell whoever runs this installation."
)


def refuse_verify(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    """IQA-1 and STF-1: the allocated IQA, approved today, and no party to anything in it."""
    if not by.is_at(entry.centre_id, IQA) or entry.iqa_id != by.user_id:
        return Refusal("ROLE", f"Unit {entry.unit.code} is not allocated to you: only its IQA can do this.")
    if by.user_id in parties_of_entry(entry):
        return Refusal(
            "IQA-1",
            "You assessed or countersigned something in this unit, or it is your own portfolio: nobody verifies their "
            "own decisions. Ask the administrator to allocate another IQA.",
        )
    return refuse_incompetent(user_id=by.user_id, centre=entry.centre, unit=entry.unit, kind=VERIFY, day=today())


def refuse_plan(*, entry: UnitEntry, by: Actor) -> Refusal | None:
    if refusal := refuse_verify(entry=entry, by=by):
        return refusal
    if entry.registration.state != portfolio.ACTIVE:
        return Refusal("STATE", "This registration is not active any more.")
    if entry.samples.exclude(state=states.AGREED).exists():
        return Refusal("STATE", "This unit is being sampled already. Open that sample.")
    return None


def refuse_finding(*, sample: Sample, by: Actor) -> Refusal | None:
    """Whether there is anything to find now, before anything is written."""
    if refusal := refuse_verify(entry=sample.entry, by=by):
        return refusal
    if sample.entry.registration.state != portfolio.ACTIVE:
        return Refusal("STATE", "This registration has been claimed or withdrawn: its samples stay as they are.")
    if sample.state == states.AGREED:
        return Refusal("STATE", "This sample is closed. Plan a new one to look again.")
    if ActionPoint.objects.filter(finding__sample=sample, state=states.OPEN).exists():
        return Refusal(
            "IQA-3", "The assessor has not answered your action point yet. You will see it here when they have."
        )
    return None


def refuse_find(
    *, sample: Sample, outcome: str, note: str, todo: str, due_on: date | None, by: Actor
) -> Refusal | None:
    """IQA-2: a finding says what was found; an action point says what must be done by when."""
    if refusal := refuse_finding(sample=sample, by=by):
        return refusal
    if not note.strip():
        return Refusal("IQA-2", "Say what you looked at and what you found: the assessor and the EQA read it.")
    if outcome == states.ACTION and (not todo.strip() or due_on is None):
        return Refusal("IQA-2", "An action point says what must be done and by when.")
    if outcome == states.ACTION and due_on < today():
        return Refusal("IQA-2", "The day by which it must be done has passed already. Choose a later one.")
    return None


def refuse_answer(*, action_point: ActionPoint, text: str, by: Actor) -> Refusal | None:
    entry = action_point.entry
    mine = by.user_id in {action_point.assessor_id, entry.assessor_id}
    if not by.is_at(entry.centre_id, ASSESSOR) or not mine:
        return Refusal("ROLE", "Only the assessor it was raised with can answer this action point.")
    if action_point.state != states.OPEN:
        return Refusal("STATE", "This action point has been answered already.")
    if not text.strip():
        return Refusal("INPUT", "Say what you did: the IQA reads it.")
    return None


def refuse_release(*, registration: Registration, by: Actor) -> Refusal | None:
    """IQA-1, IQA-3, ROC: everything that must hold before a registration can be claimed."""
    if not by.is_at(registration.centre_id, IQA) or not registration.entries.filter(iqa_id=by.user_id).exists():
        return Refusal("ROLE", "Only an IQA of this registration can release it.")
    if by.user_id in parties_of(registration):
        return Refusal(
            "IQA-1", "You assessed or countersigned something in this registration, so somebody else has to release it."
        )
    if registration.state != portfolio.ACTIVE:
        return Refusal("STATE", "This registration is not active: it has been claimed or withdrawn.")
    entries = released_entries(registration)
    if not entries:
        return Refusal("ASM-1", "No unit has been signed off and confirmed by the learner yet.")
    for entry in entries:
        if refusal := refuse_incompetent(
            user_id=by.user_id, centre=registration.centre, unit=entry.unit, kind=VERIFY, day=today()
        ):
            return refusal
    return _refuse_unsampled(registration) or _refuse_combination(registration, entries)


def _refuse_unsampled(registration: Registration) -> Refusal | None:
    samples = Sample.objects.filter(entry__registration=registration).select_related("entry__unit")
    points = ActionPoint.objects.filter(entry__registration=registration).exclude(state=states.CLOSED)
    return refuse_unsampled(samples=list(samples), points_open=points.exists())


def refuse_unsampled(*, samples: list[Sample], points_open: bool) -> Refusal | None:
    """IQA-3 and IQA-6 from all samples of one registration, with their units, and whether an action point is open."""
    unfinished = [sample.entry.unit.code for sample in samples if sample.state != states.AGREED]
    if unfinished:
        what, it = ("sample of unit", "it") if len(unfinished) == 1 else ("samples of units", "them")
        return Refusal("IQA-3", f"Not finished yet: the {what} {', '.join(unfinished)}. Finish {it}, then release.")
    if points_open:
        return Refusal("IQA-3", "An action point is still open. It has to be answered and closed first.")
    if not samples:
        return Refusal("IQA-6", "Nothing in this registration has been sampled yet. Sample at least one unit first.")
    return None


def _refuse_combination(registration: Registration, entries: list[UnitEntry]) -> Refusal | None:
    checked = checked_on(registration, entries)
    if not checked.verdict.passes:
        return Refusal(
            "ROC-3",
            "The signed-off units do not make up the qualification yet. "
            f"{' '.join(what_falls_short(checked.verdict))} {WHAT_TO_DO}",
        )
    if not checked.adds_up:
        return Refusal("ROC-4", TWO_RESULTS)
    return None
