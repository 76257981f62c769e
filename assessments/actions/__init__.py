"""The only writers of assessment: judging and countersigning, feedback, signing off and reopening."""

from assessments.actions.judging import countersign, give_feedback, judge, recount
from assessments.actions.signing import confirm, countersign_sign_off, reopen, sign_off

__all__ = [
    "confirm",
    "countersign",
    "countersign_sign_off",
    "give_feedback",
    "judge",
    "recount",
    "reopen",
    "sign_off",
]
