"""A claim's state as shape and word, and roles by their names."""

from django import template
from django.utils.safestring import SafeString

from audit.actors import ROLE_NAMES
from centres.templatetags.frame import state
from certification import states

register = template.Library()

SHAPES = {
    states.AWAITING_EQA: ("wait", "waiting for the EQA"),
    states.APPROVED: ("claimed", "approved, papers being made"),
    states.RETURNED: ("not_yet", "returned by the EQA"),
    states.ISSUED: ("done", "issued"),
}


@register.simple_tag
def claim_state(claim) -> SafeString:
    return state(*SHAPES[claim.state])


@register.filter
def role_name(role: str) -> str:
    return ROLE_NAMES.get(role, role)
