"""How long one question that is put to the engine may take, all that the engine asks of itself for it included."""

from contextvars import ContextVar
from functools import wraps
from time import monotonic

SECONDS = 10.0  # nobody waits longer for a page
_ends: ContextVar[float | None] = ContextVar("_ends", default=None)


class Unproved(ArithmeticError):
    """Nobody can tell in reasonable time, or with numbers of this size; an error and never a verdict."""


def in_time(answer):
    """The function within that time, from the first that is called on; Unproved where it runs out (`seconds_left`)."""

    @wraps(answer)
    def answered(*asked, **more):
        if _ends.get() is not None:
            return answer(*asked, **more)
        before = _ends.set(monotonic() + SECONDS)
        try:
            return answer(*asked, **more)
        finally:
            _ends.reset(before)

    return answered


def seconds_left() -> float:
    """Until the answer has to be there; Unproved where the time has run out."""
    ends = _ends.get()
    left = SECONDS if ends is None else ends - monotonic()
    if left <= 0:
        raise Unproved("This could not be proved in reasonable time.")
    return left
