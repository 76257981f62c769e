"""The life of a piece of background work."""

QUEUED = "queued"
RUNNING = "running"
DONE = "done"
FAILED = "failed"

MOVES = {QUEUED: (RUNNING,), RUNNING: (DONE, QUEUED, FAILED), FAILED: (QUEUED,), DONE: ()}
CHOICES = [(QUEUED, "waiting"), (RUNNING, "running"), (DONE, "done"), (FAILED, "failed")]
