"""The only writers of verification: planning and carrying out samples, action points there and back, the release."""

from datetime import date

from django.db import transaction

from assessments.actions.judging import current_judgements, lock
from audit.actions import move, record, registration_chain
from audit.actors import IQA, Actor, now
from audit.models import digest_of
from audit.rules import require
from portfolios.models import Registration, UnitEntry
from verification import rules, states
from verification.models import ActionPoint, Answer, Finding, Release, Sample
from verification.rules import doubt_of, is_current, latest_release, released_entries, relied_on, verdict_on

STATEMENT = (
    "I have sampled this registration as planned, I am satisfied that the assessment decisions in it are sound, fair "
    "and properly recorded, and I release it to be claimed."
)


@transaction.atomic
def plan_sample(*, entry: UnitEntry, reason: str = "plan", by: Actor) -> Sample:
    """Choose a unit entry to look at, and say why. Sent twice, the second time returns what the first one made."""
    entry = lock(entry)
    standing = entry.samples.filter(state=states.PLANNED, iqa_id=by.user_id, reason=reason).first()
    if standing is not None and by.is_at(entry.centre_id, IQA):
        return standing
    require(rules.refuse_plan(entry=entry, by=by))
    sample = Sample.objects.create(
        centre_id=entry.centre_id, entry=entry, iqa_id=by.user_id, reason=reason, planned_at=now()
    )
    _record(entry, "plan_sample", sample, f"Sample of {entry.unit.code} planned: {sample.get_reason_display()}", (), by)
    return sample


def _record(entry: UnitEntry, action: str, about, summary: str, rows, by: Actor) -> None:
    record(
        chain=registration_chain(entry.registration_id), action=action, about=about, summary=summary, rows=rows, by=by
    )


@transaction.atomic
def find(*, sample: Sample, outcome: str, note: str, todo: str = "", due_on: date | None = None, by: Actor) -> Finding:
    """Record what one look at the sample found: agree, or an action point with what to do by when (IQA-2).

    An action point that the assessor has answered is closed by it: agreed, or followed by a new one. Sent twice, the
    second time changes nothing and returns what the first one made.
    """
    entry = lock(sample.entry)
    sample = Sample.objects.select_related("entry__unit", "entry__registration__learner", "entry__centre").get(
        pk=sample.pk
    )
    if said := _found_already(sample, outcome=outcome, note=note, todo=todo, by=by):
        return said
    require(rules.refuse_find(sample=sample, outcome=outcome, note=note, todo=todo, due_on=due_on, by=by))
    judgements = current_judgements(entry).values()
    finding = Finding.objects.create(
        sample=sample,
        number=sample.findings.count() + 1,
        outcome=outcome,
        note=note.strip(),
        looked_at={
            "judgements": sorted(judgement.pk for judgement in judgements),
            "versions": sorted({each["version"] for judgement in judgements for each in judgement.evidence}),
        },
        iqa_id=by.user_id,
        found_at=now(),
    )
    for point in ActionPoint.objects.filter(finding__sample=sample, state=states.ANSWERED):
        move(point, to=states.CLOSED, moves=states.ACTION_MOVES)
    if outcome == states.ACTION:
        ActionPoint.objects.create(
            finding=finding,
            entry=entry,
            assessor_id=entry.assessor_id,
            text=todo.strip(),
            due_on=due_on,
            raised_at=now(),
        )
    move(sample, to=outcome, moves=states.SAMPLE_MOVES)
    _record(
        entry, "find", sample, f"Sample of {entry.unit.code}: {finding.get_outcome_display().lower()}", [finding], by
    )
    return finding


def _found_already(sample: Sample, *, outcome: str, note: str, todo: str, by: Actor) -> Finding | None:
    """The last finding, if it is this one and nothing has happened since that could be answered by it."""
    last = sample.findings.select_related("action_point").order_by("-number").first()
    if last is None or not by.is_at(sample.centre_id, IQA) or sample.state != outcome:
        return None
    point = getattr(last, "action_point", None)
    said = (last.iqa_id, last.outcome, last.note, point.text if point else "")
    asked = todo.strip() if outcome == states.ACTION else ""
    if said != (by.user_id, outcome, note.strip(), asked) or (point and point.state != states.OPEN):
        return None
    return last


@transaction.atomic
def answer_action_point(*, action_point: ActionPoint, text: str, by: Actor) -> Answer:
    """The assessor says what was done; the action point goes back to the IQA. Sent twice, it is kept once."""
    action_point = (
        ActionPoint.objects.select_for_update(of=("self",))
        .select_related("entry__unit", "entry__registration__learner")
        .get(pk=action_point.pk)
    )
    said = action_point.answers.filter(text=text.strip(), author_id=by.user_id).order_by("-pk").first()
    if said is not None and action_point.state == states.ANSWERED:
        return said
    require(rules.refuse_answer(action_point=action_point, text=text, by=by))
    answer = Answer.objects.create(
        action_point=action_point, text=text.strip(), author_id=by.user_id, answered_at=now()
    )
    move(action_point, to=states.ANSWERED, moves=states.ACTION_MOVES)
    entry = action_point.entry
    _record(entry, "answer", action_point, f"Answered the action point on {entry.unit.code}", [answer], by)
    return answer


@transaction.atomic
def release(*, registration: Registration, by: Actor) -> Release:
    """The IQA's statement that the registration may be claimed, bound by digest to all it relied on (IQA-3, CLM-3).

    Sent twice, or again while nothing has changed, it returns the release that stands.
    """
    Registration.objects.select_for_update().get(pk=registration.pk)
    registration = Registration.objects.select_related("learner", "qualification", "centre").get(pk=registration.pk)
    require(rules.refuse_release(registration=registration, by=by))
    standing = latest_release(registration)
    if standing is not None and standing.iqa_id == by.user_id and is_current(standing):
        return standing
    entries = released_entries(registration)
    verdict = verdict_on(registration, entries)
    released = Release.objects.create(
        registration=registration,
        number=registration.releases.count() + 1,
        iqa_id=by.user_id,
        statement=STATEMENT,
        units=[entry.pk for entry in entries],
        combination={
            "passes": verdict.passes,
            "counted": list(verdict.counted),
            "disputed": verdict.disputed,
            "differs": verdict.differs,
            "other_readings": verdict.other_readings if verdict.disputed else {},
        },
        relied_on=digest_of(relied_on(registration)),
        released_at=now(),
    )
    record(
        chain=registration_chain(registration.pk),
        action="release",
        about=registration,
        summary=f"Released with {len(entries)} units. {doubt_of(verdict)}".removesuffix(". "),
        rows=[released],
        by=by,
    )
    return released
