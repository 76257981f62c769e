"""Reading the record: for those entitled to see it, and for the command that verifies it. No rule reads it."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from audit.models import Chain, Entry, digest_of, seal_of


def entries_of(*, chain: str) -> QuerySet[Entry]:
    """The entries of one chain, oldest first. The caller has already asked who may see its subject."""
    return Entry.objects.filter(chain__key=chain).order_by("number")


@dataclass
class Reading:
    """One chain as it was found: what is wrong with it, and which rows its entries vouch for.

    `vouched`: row → (digest, which entry, what that entry is about). `doubtful`: rows of entries that were altered.
    """

    key: str
    faults: list[str] = field(default_factory=list)
    vouched: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)


def read_chain(chain: Chain) -> Reading:
    """Read one chain from its beginning; each entry altered, dropped or inserted is one fault, and so is a bad seal."""
    reading = Reading(chain.key)
    expected, heads = 1, {""}
    for entry in chain.entries.order_by("number").iterator():
        digest = digest_of(entry.content())
        if entry.number > chain.length:
            reading.faults.append(f"entry {entry.number} was inserted behind the end of the record")
        elif entry.number != expected:
            reading.faults.append(_missing(expected, entry.number - 1))
        elif entry.previous not in heads:
            reading.faults.append(f"entry {entry.number} does not follow the one before it")
        if digest != entry.hash:
            reading.faults.append(f"entry {entry.number} ({entry.action}) was altered")
            reading.doubtful |= set(entry.rows)
        for name, vouched in entry.rows.items():
            reading.vouched[name] = (vouched, f"{chain.key}, entry {entry.number}", entry.about)
        if entry.number <= chain.length:
            expected, heads = entry.number + 1, {entry.hash, digest}
    if expected <= chain.length:
        reading.faults.append(_missing(expected, chain.length))
    elif chain.head not in heads:
        reading.faults.append("its head is not its last entry")
    if seal_of(key=chain.key, length=chain.length, head=chain.head) != chain.seal:
        reading.faults.append("the seal does not fit: somebody without the key wrote it anew")
    return reading


def broken_links(chain: Chain) -> list[str]:
    """One sentence for each fault of a chain."""
    return [f"{chain.key}: {fault}" for fault in read_chain(chain).faults]


def _missing(first: int, last: int) -> str:
    return f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"
