"""Judging criteria, countersigning a trainee's judgements, and telling the learner."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from assessments import rules, states
from assessments.models import Countersignature, Feedback, JudgedOn, Judgement
from assessments.rules import Ruling
from audit.actions import move, record, registration_chain
from audit.actors import Actor, now
from audit.rules import refuse, require
from portfolios import states as portfolio
from portfolios.actions.evidence import recount_claims
from portfolios.models import Evidence, Reference, Registration, UnitEntry, Version


@transaction.atomic
def judge(*, entry: UnitEntry, rulings: Sequence[Ruling], by: Actor) -> list[Judgement]:
    """Judge one or several criteria of a unit entry: all of them or, when one is refused, none.

    Sent twice (a double click), the second time changes nothing and returns what the first one made.
    """
    entry = lock(entry)
    require(rules.refuse_assess(entry=entry, by=by))
    if not rulings:
        refuse("INPUT", "Choose met or not yet met for at least one criterion.")
    current = current_judgements(entry)
    made, repeated = [], []
    for ruling in rulings:
        standing = current.get(ruling.criterion.pk)
        if _says_the_same(standing, ruling, by):
            repeated.append(standing)
            continue
        require(
            rules.refuse_ruling(entry=entry, ruling=ruling),
            rules.refuse_stale(ruling=ruling, current=standing),
        )
        made.append(_write(entry, ruling, by))
    if made:
        settle(entry=entry, judgements=made)
        summary = f"Judged {entry.unit.code}: " + ", ".join(
            f"{j.criterion.code} {j.get_outcome_display().lower()}" for j in made
        )
        record(
            chain=registration_chain(entry.registration_id),
            action="judge",
            about=entry,
            summary=summary,
            rows=made,
            by=by,
        )
    return made + repeated


def lock(entry: UnitEntry) -> UnitEntry:
    """The entry as it is now, locked with its registration until the transaction ends: two people acting on it, or
    one acting while another claims, queue here."""
    Registration.objects.select_for_update().get(pk=entry.registration_id)
    UnitEntry.objects.select_for_update().get(pk=entry.pk)
    return UnitEntry.objects.select_related("unit", "centre", "registration__learner").get(pk=entry.pk)


def current_judgements(entry: UnitEntry) -> dict[int, Judgement]:
    """Criterion id → the judgement that nothing supersedes."""
    found = Judgement.objects.filter(entry=entry, superseded_by__isnull=True).select_related(
        "countersignature", "assessor"
    )
    return {judgement.criterion_id: judgement for judgement in found}


def _says_the_same(standing: Judgement | None, ruling: Ruling, by: Actor) -> bool:
    return (
        standing is not None
        and standing.assessor_id == by.user_id
        and standing.supersedes == ruling.supersedes
        and (standing.outcome, standing.because) == (ruling.outcome, ruling.because.strip())
        and (standing.lacking, standing.todo) == _asked(ruling)
        and {each["version"] for each in standing.evidence} == {version.pk for version in ruling.versions}
    )


def _asked(ruling: Ruling) -> tuple[list[str], str]:
    """What is lacking and what to do: only said of “not yet met”."""
    return (sorted(ruling.lacking), ruling.todo.strip()) if ruling.outcome == states.NOT_YET else ([], "")


def _write(entry: UnitEntry, ruling: Ruling, by: Actor) -> Judgement:
    lacking, todo = _asked(ruling)
    judgement = Judgement.objects.create(
        entry=entry,
        criterion=ruling.criterion,
        outcome=ruling.outcome,
        because=ruling.because.strip(),
        lacking=lacking,
        todo=todo,
        evidence=[_named(version) for version in ruling.versions],
        assessor_id=by.user_id,
        standing=rules.standing_of(entry=entry, by=by),
        decided_at=now(),
        supersedes=ruling.supersedes,
    )
    JudgedOn.objects.bulk_create(JudgedOn(judgement=judgement, version=version) for version in ruling.versions)
    return judgement


def _named(version: Version) -> dict:
    """A version as a judgement remembers it: which one, its kind and days (ASM-2)."""
    contents = version.contents
    return {
        "version": version.pk,
        "title": contents["title"],
        "number": version.number,
        "kind": contents["kind"],
        "happened_from": contents["happened_from"],
        "happened_until": contents["happened_until"],
    }


def settle(*, entry: UnitEntry, judgements: Iterable[Judgement]) -> None:
    """What follows from judgements: claims are settled, pieces of evidence move on, counters are brought up to date."""
    condition = _settled_by(judgements) | _left_as_met(entry, judgements)
    settled = Reference.objects.filter(condition, entry=entry, version__submitted_at__isnull=False)
    evidence_ids = set(settled.values_list("version__evidence_id", flat=True))
    settled.filter(settled_at__isnull=True).update(settled_at=now())
    _move_pieces(Evidence.objects.filter(pk__in=evidence_ids).exclude(state=portfolio.DRAFT))
    recount_claims(entry_ids=[entry.pk])
    recount(entry=entry)


def _settled_by(judgements: Iterable[Judgement]) -> Q:
    """Met settles every claim to the criterion; not yet met only those of the evidence that was looked at, so that
    another piece for the same criterion goes on waiting."""
    condition = Q(pk__in=[])
    for judgement in judgements:
        claims = Q(criterion=judgement.criterion_id)
        if judgement.outcome == states.NOT_YET and judgement.evidence:
            claims &= Q(version__in=[each["version"] for each in judgement.evidence])
        condition |= claims
    return condition


def _left_as_met(entry: UnitEntry, judgements: Iterable[Judgement]) -> Q:
    """A new version claims everything anew. Whoever judged it and left alone what had been met already has said that it
    stays so; without this the assessor would have to press “met” again for each."""
    looked_at = {each["version"] for judgement in judgements for each in judgement.evidence}
    met = [
        judgement.criterion_id
        for judgement in current_judgements(entry).values()
        if judgement.outcome == states.MET and rules.counts(judgement)
    ]
    return Q(version__in=looked_at, criterion__in=met)


def _wait_again(entry: UnitEntry, judgements: Sequence[Judgement]) -> None:
    """What was returned waits for its assessor again, with the evidence it was judged on."""
    condition = Q(pk__in=[])
    for judgement in judgements:
        versions = [each["version"] for each in judgement.evidence]
        condition |= Q(criterion=judgement.criterion_id, version__in=versions)
    newer = Version.objects.filter(
        evidence=OuterRef("version__evidence"), submitted_at__isnull=False, number__gt=OuterRef("version__number")
    )
    claims = Reference.objects.filter(condition, ~Exists(newer), entry=entry)
    pieces = list(Evidence.objects.filter(pk__in=claims.values("version__evidence")))
    claims.update(settled_at=None)
    _move_pieces(pieces)
    recount_claims(entry_ids=[entry.pk])


def _move_pieces(pieces: Iterable[Evidence]) -> None:
    """Where each last submitted version stands: something asked of the learner, something to judge, or neither. Three
    queries beside the moves, because most of what refers to a criterion stays where it is."""
    pieces = list(pieces)
    submitted = Version.objects.filter(evidence__in=[piece.pk for piece in pieces], submitted_at__isnull=False)
    last = dict(submitted.order_by("number").values_list("evidence_id", "pk"))
    asks = JudgedOn.objects.filter(judgement__outcome=states.NOT_YET, judgement__superseded_by__isnull=True)
    asked = set(asks.filter(version__in=last.values()).values_list("version_id", flat=True))
    open_claims = Reference.objects.filter(version__in=last.values(), settled_at__isnull=True)
    waiting = set(open_claims.values_list("version_id", flat=True))
    for piece in pieces:
        version = last.get(piece.pk)
        if version in asked:
            to = portfolio.ACTION_NEEDED
        else:
            to = portfolio.SUBMITTED if version in waiting else portfolio.JUDGED
        if to != piece.state:
            move(piece, to=to, moves=portfolio.EVIDENCE_MOVES, changed_at=now())


def tallies(entry: UnitEntry) -> dict[str, int]:
    """What the entry's counters of judgements should say (CTS-1: a trainee's counts only once countersigned)."""
    tally = {"criteria_met": 0, "criteria_provisional": 0, "criteria_not_yet": 0}
    for judgement in current_judgements(entry).values():
        if judgement.outcome == states.NOT_YET or (
            hasattr(judgement, "countersignature") and not rules.counts(judgement)
        ):
            tally["criteria_not_yet"] += 1
        elif rules.counts(judgement):
            tally["criteria_met"] += 1
        else:
            tally["criteria_provisional"] += 1
    return tally


def recount(*, entry: UnitEntry) -> None:
    """Bring the counters of judgements up to date; called by the action that changed them, in its transaction."""
    UnitEntry.objects.filter(pk=entry.pk).update(**tallies(entry), changed_at=now())
    Registration.objects.filter(pk=entry.registration_id).update(changed_at=now())


@transaction.atomic
def countersign(
    *, judgements: Sequence[Judgement], outcome: str, comment: str = "", by: Actor
) -> list[Countersignature]:
    """Answer a trainee's judgements of one unit entry: confirmed, they count; returned, with a comment, they do not.

    Sent twice, the second time changes nothing and returns what the first one made.
    """
    if not judgements:
        refuse("INPUT", "Choose at least one judgement.")
    if outcome == states.RETURNED and not comment.strip():
        refuse("INPUT", "Say why you return it: the trainee and the learner read it.")
    entry = lock(judgements[0].entry)
    made, repeated = [], []
    for judgement in judgements:
        if judgement.entry_id != entry.pk:
            refuse("INPUT", "Countersign one unit at a time.")
        judgement.entry = entry
        said = {"outcome": outcome, "comment": comment.strip(), "countersigner_id": by.user_id}
        if standing := Countersignature.objects.filter(judgement=judgement, **said).first():
            repeated.append(standing)
            continue
        require(rules.refuse_countersign(judgement=judgement, by=by))
        made.append(Countersignature.objects.create(judgement=judgement, **said, signed_at=now()))
    if not made:
        return repeated
    if outcome == states.RETURNED:
        _wait_again(entry, [each.judgement for each in made])
    recount(entry=entry)
    codes = ", ".join(each.judgement.criterion.code for each in made)
    summary = f"Countersigned {entry.unit.code} {codes}: {outcome}"
    record(
        chain=registration_chain(entry.registration_id),
        action="countersign",
        about=entry,
        summary=summary,
        rows=made,
        by=by,
    )
    return made + repeated


@transaction.atomic
def give_feedback(*, entry: UnitEntry, text: str, evidence: Evidence | None = None, by: Actor) -> Feedback:
    """Tell the learner something about a piece of evidence or about the unit. Sent twice, it is kept once."""
    entry = lock(entry)
    require(rules.refuse_assess(entry=entry, by=by))
    if not text.strip():
        refuse("INPUT", "Write the feedback first.")
    if said := _said_last(entry, evidence, text, by):
        return said
    feedback = Feedback.objects.create(
        entry=entry, evidence=evidence, text=text.strip(), author_id=by.user_id, given_at=now()
    )
    record(
        chain=registration_chain(entry.registration_id),
        action="give_feedback",
        about=entry,
        summary=f"Feedback on {entry.unit.code}",
        rows=[feedback],
        by=by,
    )
    return feedback


def _said_last(entry: UnitEntry, evidence: Evidence | None, text: str, by: Actor) -> Feedback | None:
    """The last feedback, if it is this one and nothing was handed in since."""
    last = Feedback.objects.filter(entry=entry, evidence=evidence).order_by("-pk").first()
    if last is None or last.author_id != by.user_id or last.text != text.strip():
        return None
    newer = evidence is not None and evidence.versions.filter(submitted_at__gt=last.given_at).exists()
    return None if newer else last


@transaction.atomic
def judge_piece(
    *, entry: UnitEntry, evidence: Evidence, rulings: Sequence[Ruling], feedback: str = "", by: Actor
) -> list[Judgement]:
    """Judge criteria on a piece of evidence and tell the learner about it, both or neither."""
    if not rulings and feedback.strip():
        give_feedback(entry=entry, evidence=evidence, text=feedback, by=by)
        return []
    made = judge(entry=entry, rulings=rulings, by=by)
    if feedback.strip():
        give_feedback(entry=entry, evidence=evidence, text=feedback, by=by)
    return made
