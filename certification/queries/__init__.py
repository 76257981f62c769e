"""Reading certification, and proving the record."""

from certification.queries.claims import (
    certificate_with,
    certificates_for,
    claim_to_make,
    claims_for,
    claims_of,
    claims_waiting_for,
)
from certification.queries.overview import (
    WHOLE_TRAIL,
    claim_of,
    overview_of,
    registrations_list_for,
    status_of,
    trail_of,
    under_way_for,
    waiting_for_administrator,
)
from certification.queries.proof import faults

__all__ = [
    "WHOLE_TRAIL",
    "certificate_with",
    "certificates_for",
    "claim_of",
    "claim_to_make",
    "claims_for",
    "claims_of",
    "claims_waiting_for",
    "faults",
    "overview_of",
    "registrations_list_for",
    "status_of",
    "trail_of",
    "under_way_for",
    "waiting_for_administrator",
]
