"""Why not, in verification; and the facts those reasons rest on."""

from verification.rules.parties import parties_of, parties_of_entry
from verification.rules.refusals import refuse_answer, refuse_find, refuse_plan, refuse_release, refuse_verify
from verification.rules.reliance import is_current, latest_release, released_entries, relied_on, verdict_on

__all__ = [
    "is_current",
    "latest_release",
    "parties_of",
    "parties_of_entry",
    "refuse_answer",
    "refuse_find",
    "refuse_plan",
    "refuse_release",
    "refuse_verify",
    "released_entries",
    "relied_on",
    "verdict_on",
]
