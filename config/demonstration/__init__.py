"""The demonstration centre that a newcomer sees first: made through the same actions as everything else, with the clock
set back so that it has a history of some months. Such a centre is marked as a demonstration for good."""

from config.demonstration.cast import CENTRE_NUMBER, SIGN_INS
from config.demonstration.story import build

__all__ = ["CENTRE_NUMBER", "SIGN_INS", "build"]
