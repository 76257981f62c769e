"""Life cycles of a registration, a unit entry and a piece of evidence."""

# A registration
ACTIVE = "active"
WITHDRAWN = "withdrawn"
CLAIMED = "claimed"
COMPLETED = "completed"
REGISTRATION_MOVES = {
    ACTIVE: (WITHDRAWN, CLAIMED),
    WITHDRAWN: (),
    CLAIMED: (ACTIVE, COMPLETED),
    COMPLETED: (),
}
REGISTRATION_STATES = [
    (ACTIVE, "Active"),
    (WITHDRAWN, "Withdrawn"),
    (CLAIMED, "Claimed"),
    (COMPLETED, "Completed"),
]

# A unit entry
OPEN = "open"
SIGNED_OFF = "signed_off"
CONFIRMED = "confirmed"
ENTRY_MOVES = {OPEN: (SIGNED_OFF,), SIGNED_OFF: (CONFIRMED, OPEN), CONFIRMED: (OPEN,)}
ENTRY_STATES = [(OPEN, "In progress"), (SIGNED_OFF, "Signed off"), (CONFIRMED, "Confirmed by the learner")]

PORTFOLIO = "portfolio"
ROUTES = [(PORTFOLIO, "Portfolio")]

# A piece of evidence
DRAFT = "draft"
SUBMITTED = "submitted"
JUDGED = "judged"
ACTION_NEEDED = "action_needed"
DISCARDED = "discarded"
EVIDENCE_MOVES = {
    DRAFT: (SUBMITTED, DISCARDED),
    SUBMITTED: (JUDGED, ACTION_NEEDED, SUBMITTED),
    JUDGED: (SUBMITTED, ACTION_NEEDED, JUDGED),
    ACTION_NEEDED: (SUBMITTED, JUDGED, ACTION_NEEDED),
    DISCARDED: (),
}
EVIDENCE_STATES = [
    (DRAFT, "Draft"),
    (SUBMITTED, "Submitted"),
    (JUDGED, "Judged"),
    (ACTION_NEEDED, "Needs a new version"),
    (DISCARDED, "Discarded"),
]
