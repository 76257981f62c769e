"""The life of a piece of background work."""

QUEUED = "queued"
RUNNING = "running"
DONE = "done"
FAILED = "failed"

# Running to running: a worker takes over a lease that ran out. Queued to failed: the sweeper found it tried too often.
MOVES = {QUEUED: (RUNNING, FAILED), RUNNING: (RUNNING, DONE, QUEUED, FAILED), FAILED: (), DONE: ()}
CHOICES = [(QUEUED, "waiting"), (RUNNING, "running"), (DONE, "done"), (FAILED, "failed")]
