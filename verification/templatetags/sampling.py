"""How a unit stands in the sampling plan, as shape and word."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from centres.templatetags.frame import state
from verification import states
from verification.queries import Cell

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


@register.simple_tag
def plan_cells(cells: Iterable[Cell | None], here: str) -> SafeString:
    """One learner's cells: links that choose a unit; `here`: the address of the page with its filters. Not a template,
    because a page of the plan holds hundreds."""
    address = conditional_escape(here)
    return SafeString("".join(_plan_cell(cell, address) if cell else '<td class="cell"></td>' for cell in cells))


def _plan_cell(cell: Cell, here: SafeString) -> SafeString:
    entry_id = cell.entry.public_id
    why = format_html('<span class="why">{}</span>', cell.why) if cell.sample else SafeString()
    address = here + SafeString(f"&amp;choose={entry_id}")
    return format_html(
        '<td class="cell" id="cell-{}"><a href="{}#chosen" hx-get="{}">'
        '<span class="unseen">Unit {}: </span>{}{}</a></td>',
        entry_id,
        address,
        address,
        cell.entry.unit.code,
        sample_state(cell.state, not cell.sample),
        why,
    )
