"""Life cycles of a sample and of an action point."""

PLANNED = "planned"
AGREED = "agreed"
ACTION = "action"
CANCELLED = "cancelled"
SAMPLE_MOVES = {PLANNED: (AGREED, ACTION), ACTION: (AGREED, ACTION), AGREED: ()}
SAMPLE_STATES = [(PLANNED, "Planned"), (ACTION, "Action point open"), (AGREED, "Agreed")]

FINDINGS = [(AGREED, "Agree"), (ACTION, "Action point")]

REASONS = [
    ("plan", "Sampling plan"),
    ("new_assessor", "New or trainee assessor"),
    ("risk", "Risk"),
    ("random", "Chosen at random"),
    ("theme", "Theme"),
]

OPEN = "open"
ANSWERED = "answered"
CLOSED = "closed"
ACTION_MOVES = {OPEN: (ANSWERED,), ANSWERED: (CLOSED, OPEN), CLOSED: ()}
ACTION_STATES = [(OPEN, "With the assessor"), (ANSWERED, "Back with the IQA"), (CLOSED, "Closed")]
