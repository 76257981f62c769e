"""Why not: the pages that belong to one role."""

from audit.actors import ASSESSOR, EQA, IQA, Actor
from audit.rules import Refusal


def refuse_assessing(*, by: Actor) -> Refusal | None:
    if by.role != ASSESSOR:
        return Refusal("ROLE", "This is an assessor's own page. Yours is under Home.")
    return None


def refuse_verifying(*, by: Actor) -> Refusal | None:
    if by.role != IQA:
        return Refusal("ROLE", "Only an IQA can do this. What you can do stands under Home.")
    return None


def refuse_reading_plan(*, by: Actor) -> Refusal | None:
    """IQA-9 and IQA-11: an assessor does not see what will be sampled; the EQA does."""
    if by.role not in {IQA, EQA}:
        return Refusal(
            "ROLE", "The sampling plan is for IQAs and the EQA. What was found reaches you on your home page."
        )
    return None
