"""Times as people say them: how long something has waited, and when it happened."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone

from audit.actors import today

register = template.Library()


@register.filter
def age(moment: datetime) -> str:
    """“today”, “1 day”, “6 days”, “3 weeks”: how long it has waited."""
    days = (today() - timezone.localdate(moment)).days
    if days < 1:
        return "today"
    if days < 28:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 7} weeks"


@register.filter
def moment(at: datetime) -> str:
    """“today 14:10”, “yesterday 9:05”, “Tuesday 14:10”, then “3 March 2026 14:10”."""
    local = timezone.localtime(at)
    gone = today() - local.date()
    if gone == timedelta(0):
        day = "today"
    elif gone == timedelta(days=1):
        day = "yesterday"
    else:
        day = f"{local:%A}" if timedelta(0) < gone < timedelta(days=7) else f"{local:%-d %B %Y}"
    return f"{day} {local:%-H:%M}"


@register.filter
def minute(at: datetime) -> str:
    """“3 March 2026, 14:10”: the whole of it, for a title."""
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"
