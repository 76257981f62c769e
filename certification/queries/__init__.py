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
from certification.queries.sweeping import (
    SWEEP,
    Look,
    administrators_of,
    centres_to_tell,
    is_sweep_queued,
    live_registrations,
    look_at_live,
    still_claimable,
    untold,
)

__all__ = [
    "SWEEP",
    "WHOLE_TRAIL",
    "Look",
    "administrators_of",
    "centres_to_tell",
    "certificate_with",
    "certificates_for",
    "claim_of",
    "claim_to_make",
    "claims_for",
    "claims_of",
    "claims_waiting_for",
    "faults",
    "is_sweep_queued",
    "live_registrations",
    "look_at_live",
    "overview_of",
    "registrations_list_for",
    "status_of",
    "still_claimable",
    "trail_of",
    "under_way_for",
    "untold",
    "waiting_for_administrator",
]
