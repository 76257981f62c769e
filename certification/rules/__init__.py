"""Why not, in certification: the argument for a claim, its proof looked at again, and who may do what."""

from certification.rules.arguing import Argument, Condition, achieved_units, argue
from certification.rules.proving import UNREADABLE, counted_unit, kept_with, refuse_unproved
from certification.rules.refusals import (
    goes_directly,
    refuse_claim,
    refuse_decide,
    refuse_end_certificate,
    refuse_make_again,
    refuse_page,
    refuse_replace,
)

__all__ = [
    "UNREADABLE",
    "Argument",
    "Condition",
    "achieved_units",
    "argue",
    "counted_unit",
    "goes_directly",
    "kept_with",
    "refuse_claim",
    "refuse_decide",
    "refuse_end_certificate",
    "refuse_make_again",
    "refuse_page",
    "refuse_replace",
    "refuse_unproved",
]
