"""What every page does alike: the status with which a refused form comes back, and ids in an address."""

from uuid import UUID

from django.http import Http404

from audit.rules import Refusal

# Somebody or something was quicker: what the person saw is no longer so.
LOST_RACES = {"ASM-5", "AUD-4", "CLM-3", "CTS-1", "EVD-2", "IQA-3", "STATE"}
# Something on the form can be put right and sent again.
TO_CORRECT = {
    "ASM-2",
    "ASM-4",
    "ASM-7",
    "CAT-3",
    "EVD-1",
    "EVD-6",
    "INPUT",
    "IQA-2",
    "REG-1",
    "REG-2",
    "REG-3",
    "REG-4",
}


def status_of(refusal: Refusal | None) -> int:
    """409 where something changed meanwhile, 422 where something is to be corrected, 403 where it is not for them."""
    if refusal is None:
        return 200
    if refusal.code in LOST_RACES:
        return 409
    return 422 if refusal.code in TO_CORRECT else 403


def uuid_in(value: str) -> UUID | None:
    """The id in an address: nothing where there is none, not found where it is none."""
    if not value:
        return None
    try:
        return UUID(value)
    except ValueError:
        raise Http404 from None
