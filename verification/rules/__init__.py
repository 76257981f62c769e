"""Why not, in verification; and the facts those reasons rest on."""

from verification.rules.parties import parties_of, parties_of_entry
from verification.rules.refusals import (
    refuse_answer,
    refuse_find,
    refuse_finding,
    refuse_plan,
    refuse_release,
    refuse_unsampled,
    refuse_verify,
)
from verification.rules.reliance import is_current, latest_release, released_entries, relied_on, verdict_on
from verification.rules.visiting import refuse_assessing, refuse_reading_plan, refuse_verifying

__all__ = [
    "is_current",
    "latest_release",
    "parties_of",
    "parties_of_entry",
    "refuse_answer",
    "refuse_assessing",
    "refuse_find",
    "refuse_finding",
    "refuse_plan",
    "refuse_reading_plan",
    "refuse_release",
    "refuse_unsampled",
    "refuse_verify",
    "refuse_verifying",
    "released_entries",
    "relied_on",
    "verdict_on",
]
