"""Why not, in verification; and the facts those reasons rest on."""

from verification.rules.combining import (
    Checked,
    Reading,
    checked_on,
    doubt_of,
    readings_of,
    verdict_on,
    what_falls_short,
)
from verification.rules.parties import parties_of, parties_of_entry
from verification.rules.refusals import (
    TWO_RESULTS,
    WHAT_TO_DO,
    refuse_answer,
    refuse_find,
    refuse_finding,
    refuse_plan,
    refuse_release,
    refuse_unsampled,
    refuse_verify,
)
from verification.rules.reliance import is_current, latest_release, released_entries, relied_on, still_stands
from verification.rules.visiting import refuse_assessing, refuse_reading_plan, refuse_verifying

__all__ = [
    "TWO_RESULTS",
    "WHAT_TO_DO",
    "Checked",
    "Reading",
    "checked_on",
    "doubt_of",
    "is_current",
    "latest_release",
    "parties_of",
    "parties_of_entry",
    "readings_of",
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
    "still_stands",
    "verdict_on",
    "what_falls_short",
]
