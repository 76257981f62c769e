"""Reading certification, and proving the record."""

from certification.queries.claims import (
    certificate_with,
    certificates_for,
    claim_to_make,
    claims_for,
    claims_waiting_for,
)
from certification.queries.proof import faults

__all__ = ["certificate_with", "certificates_for", "claim_to_make", "claims_for", "claims_waiting_for", "faults"]
