"""The one way anything changes state: compare-and-swap moves, and the entry that records each action."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction

from audit.actors import Actor, clock_is_set, now
from audit.models import Chain, Decision, Entry, digest_of, seal_of
from audit.rules import refuse

INSTALLATION = "installation"


def registration_chain(registration_id: int) -> str:
    return f"registration:{registration_id}"


def centre_chain(centre_id: int) -> str:
    return f"centre:{centre_id}"


@transaction.atomic
def record(
    *, chain: str, action: str, about: models.Model, summary: str, rows: Iterable[Decision] = (), by: Actor
) -> Entry:
    """Append one entry to `chain`, in the transaction of the action that calls it.

    `about` is the object acted on; `rows` the immutable rows made or relied on, whose digests the entry keeps.
    """
    Chain.objects.get_or_create(key=chain)
    link = Chain.objects.select_for_update().get(key=chain)
    entry = Entry(
        chain=link,
        number=link.length + 1,
        at=now(),
        actor_id=by.user_id,
        actor_name=by.name,
        role=by.role,
        centre_id=by.centre_id if by.centre_id is not None else getattr(about, "centre_id", None),
        action=action,
        about=f"{about._meta.label_lower}:{about.pk}",
        summary=summary[:300],
        rows={row.row_name: row.digest() for row in rows},
        clock_set=clock_is_set(),
        previous=link.head,
    )
    entry.hash = digest_of(entry.content())
    entry.save(force_insert=True)
    link.length, link.head = entry.number, entry.hash
    link.seal = seal_of(key=chain, length=link.length, head=link.head)
    link.save(update_fields=["length", "head", "seal"])
    return entry


def move(row: models.Model, *, to: str, moves: Mapping[str, Iterable[str]], **changes: object) -> None:
    """Move `row.state` to `to` if its state is still what was read, else refuse: of two at once, one succeeds.

    `moves` is the life cycle's table (state → states it may move to); `changes` are written with the move.
    """
    was = row.state
    if to not in moves.get(was, ()):
        refuse(
            "STATE",
            f"This cannot be done now: it is {was.replace('_', ' ')}. Open it again to see where it stands.",
        )
    updated = type(row)._default_manager.filter(pk=row.pk, state=was).update(state=to, **changes)
    if updated != 1:
        refuse("STATE", "Somebody else changed this at the same moment. Open it again to see where it stands.")
    row.state = to
    for name, value in changes.items():
        setattr(row, name, value)
