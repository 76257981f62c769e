"""What waits for a countersignature: trainees' judgements and sign-offs, by unit entry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from assessments.models import JudgedOn, Judgement, SignOff
from audit.actors import ASSESSOR, Actor
from centres.states import TRAINEE
from portfolios import states as portfolio
from portfolios.models import UnitEntry, Version
from portfolios.queries import entries_for, may_countersign


def countersignable_for(actor: Actor) -> QuerySet[Judgement]:
    """Trainees' judgements that stand, wait for a countersignature, and that this assessor may countersign."""
    if actor.role != ASSESSOR:
        return Judgement.objects.none()
    entries = UnitEntry.objects.filter(may_countersign(actor), centre_id=actor.centre_id, state=portfolio.OPEN)
    return _judgements_in(entries.values("pk"), actor)


def _judgements_in(entries, actor: Actor) -> QuerySet[Judgement]:
    return (
        Judgement.objects.filter(
            entry__in=entries,
            standing=TRAINEE,
            superseded_by__isnull=True,
            countersignature__isnull=True,
        )
        .exclude(assessor_id=actor.user_id)
        .select_related("criterion__outcome", "entry__unit", "entry__registration__learner", "assessor")
        .order_by("decided_at")
    )


def sign_offs_to_countersign_for(actor: Actor) -> QuerySet[SignOff]:
    """Trainees' sign-offs that stand and wait for a countersignature this assessor may give."""
    if actor.role != ASSESSOR:
        return SignOff.objects.none()
    entries = UnitEntry.objects.filter(may_countersign(actor), centre_id=actor.centre_id, state=portfolio.SIGNED_OFF)
    return _sign_offs_in(entries.values("pk"), actor)


def _sign_offs_in(entries, actor: Actor) -> QuerySet[SignOff]:
    return (
        SignOff.objects.filter(
            entry__in=entries,
            standing=TRAINEE,
            countersignature__isnull=True,
            reopening__isnull=True,
        )
        .exclude(assessor_id=actor.user_id)
        .select_related("entry__unit", "entry__registration__learner", "assessor")
        .order_by("signed_at")
    )


@dataclass
class CountersignGroup:
    """One unit entry with what waits there, and since when."""

    entry: UnitEntry
    since: datetime
    judgements: list[Judgement] = field(default_factory=list)
    sign_off: SignOff | None = None

    @property
    def trainees(self) -> str:
        """Who decided it."""
        decided = [*self.judgements, *([self.sign_off] if self.sign_off else [])]
        return ", ".join(sorted({each.assessor.name for each in decided}))


def countersign_groups_for(actor: Actor) -> list[CountersignGroup]:
    """Everything that waits for this actor's countersignature by unit entry, oldest first: three queries, and one where
    no unit is a trainee's, as in most centres on most days."""
    if actor.role != ASSESSOR:
        return []
    entries: dict[str, list[int]] = {portfolio.OPEN: [], portfolio.SIGNED_OFF: []}
    found = UnitEntry.objects.filter(may_countersign(actor), centre_id=actor.centre_id, state__in=entries)
    for state, entry_id in found.values_list("state", "pk"):
        entries[state].append(entry_id)
    if not any(entries.values()):
        return []
    groups: dict[int, CountersignGroup] = {}
    for judgement in _judgements_in(entries[portfolio.OPEN], actor):
        group = groups.setdefault(judgement.entry_id, CountersignGroup(judgement.entry, judgement.decided_at))
        group.judgements.append(judgement)
    for sign_off in _sign_offs_in(entries[portfolio.SIGNED_OFF], actor):
        group = groups.setdefault(sign_off.entry_id, CountersignGroup(sign_off.entry, sign_off.signed_at))
        group.sign_off = sign_off
    return sorted(groups.values(), key=lambda group: group.since)


def sign_offs_for(actor: Actor) -> QuerySet[SignOff]:
    return SignOff.objects.filter(entry__in=entries_for(actor).values("pk")).select_related("entry__unit", "assessor")


def judged_in(entry: UnitEntry, actor: Actor) -> list[Judgement]:
    """What waits in one entry, in the order of the specification, with the versions each judgement rests on and their
    files."""
    rests_on = JudgedOn.objects.select_related("version__evidence", "version__declared_by").prefetch_related(
        "version__files__blob"
    )
    waiting = countersignable_for(actor).filter(entry=entry).order_by("criterion__position")
    waiting = waiting.select_related(
        "criterion__outcome",
        "entry__unit",
        "entry__registration__learner",
        "assessor",
        "countersignature__countersigner",
    )
    return list(waiting.prefetch_related(Prefetch("judged_on", queryset=rests_on)))


def pieces_of(judgements: Iterable[Judgement]) -> list[Version]:
    """The versions that judgements rest on, each once."""
    return list({each.version_id: each.version for judged in judgements for each in judged.judged_on.all()}.values())
