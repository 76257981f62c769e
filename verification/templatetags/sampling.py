"""How a unit stands in the sampling plan, as shape and word."""

from django import template
from django.utils.safestring import SafeString

from centres.templatetags.frame import state
from verification import states

register = template.Library()

SHAPES = {
    states.PLANNED: ("wait", "planned"),
    states.ACTION: ("not_yet", "action point"),
    states.AGREED: ("sampled", "agreed"),
    "signed_off": ("done", "signed off, not sampled"),
    "in_progress": ("nothing", "in progress, not sampled"),
}


@register.simple_tag
def sample_state(kind: str, bare: bool = False) -> SafeString:
    """The state of a sample; without one, how far the unit itself is."""
    return state(*SHAPES[kind], bare)
