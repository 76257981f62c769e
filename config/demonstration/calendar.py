"""The demonstration centre's past: the clock, set to a working day so many days ago."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from audit.actors import clock_at


@contextmanager
def days_ago(days: float, hour: int = 10) -> Iterator[None]:
    """The clock on a working day that long ago."""
    moment = timezone.localtime() - timedelta(days=days)
    moment = moment.replace(hour=hour, minute=int(days * 7) % 60, second=0, microsecond=0)
    moment -= timedelta(days=max(0, moment.weekday() - 4))
    with clock_at(min(moment, datetime.now(tz=moment.tzinfo) - timedelta(minutes=5))):
        yield
