"""Reading the record: for those entitled to see it, and for the command that verifies it. No rule reads it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from audit.models import Chain, Entry, digest_of, seal_of


def entries_of(*, chain: str) -> QuerySet[Entry]:
    """The entries of one chain, oldest first. The caller has already asked who may see its subject."""
    return Entry.objects.filter(chain__key=chain).order_by("number")


def broken_links(chain: Chain) -> Iterator[str]:
    """One sentence for each fault of a chain: an entry altered, dropped or inserted, or a seal that does not fit."""
    previous, expected = "", 1
    for entry in chain.entries.order_by("number").iterator():
        if entry.number != expected:
            yield f"{chain.key}: entry {expected} is missing (the next one is {entry.number})"
        elif entry.previous != previous:
            yield f"{chain.key}: entry {entry.number} does not follow the one before it"
        if digest_of(entry.content()) != entry.hash:
            yield f"{chain.key}: entry {entry.number} ({entry.action}) was altered"
        previous, expected = entry.hash, entry.number + 1
    if chain.length != expected - 1:
        yield f"{chain.key}: the record says {chain.length} entries, {expected - 1} are there"
    if chain.head != previous or seal_of(key=chain.key, length=chain.length, head=chain.head) != chain.seal:
        yield f"{chain.key}: the seal does not fit its head"
