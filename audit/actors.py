"""Who acts, in which role, and when: the actor and the one clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

LEARNER = "learner"
ASSESSOR = "assessor"
IQA = "iqa"
EQA = "eqa"
ADMINISTRATOR = "administrator"
EDITOR = "editor"
SYSTEM = "system"

ROLE_NAMES = {
    LEARNER: "Learner",
    ASSESSOR: "Assessor",
    IQA: "IQA",
    EQA: "EQA",
    ADMINISTRATOR: "Administrator",
    EDITOR: "Catalogue editor",
    SYSTEM: "System",
}


@dataclass(frozen=True)
class Actor:
    """One person in one role: what they may see and do follows from this and from nothing else.

    `centre_id` is the centre where the role is held (None for an EQA, a catalogue editor and the system).
    `allocations` are the (centre id, QAN) pairs that an EQA is allocated to today.
    """

    user_id: int | None
    name: str
    role: str
    centre_id: int | None = None
    centre_name: str = ""
    allocations: frozenset[tuple[int, str]] = frozenset()

    @classmethod
    def system(cls, why: str) -> "Actor":
        """The installation itself, with the reason for acting; used by background tasks and commands."""
        return cls(user_id=None, name=f"Attest ({why})", role=SYSTEM)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset({self.role})

    @property
    def role_name(self) -> str:
        return ROLE_NAMES[self.role]

    @property
    def is_catalogue_editor(self) -> bool:
        return self.role == EDITOR

    def is_at(self, centre_id: int, *roles: str) -> bool:
        """Whether this actor holds one of `roles` at that centre."""
        return self.role in roles and self.centre_id == centre_id

    def is_allocated(self, centre_id: int, qan: str) -> bool:
        return self.role == EQA and (centre_id, qan) in self.allocations


_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The time of an action: the server's, never a form's (AUD-2)."""
    return _set_to.get() or timezone.now()


def today() -> date:
    return timezone.localdate(now())


def clock_is_set() -> bool:
    """True while tests or the demonstration centre's set-up have set the clock; entries remember it."""
    return _set_to.get() is not None


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Set the clock; only for tests and for the command that builds a demonstration centre."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
