"""The only writers of assessment: judging and countersigning, feedback, signing off and reopening."""

from assessments.actions.judging import countersign, give_feedback, judge, judge_piece, recount
from assessments.actions.signing import (
    CONFIRMATION,
    STATEMENT,
    confirm,
    countersign_sign_off,
    reopen,
    sign_off,
)

__all__ = [
    "CONFIRMATION",
    "STATEMENT",
    "confirm",
    "countersign",
    "countersign_sign_off",
    "give_feedback",
    "judge",
    "judge_piece",
    "recount",
    "reopen",
    "sign_off",
]
