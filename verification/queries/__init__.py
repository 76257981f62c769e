"""Reading verification: what waits for assessor and IQA, the plan, a sample and all it shows, what can be released."""

from verification.queries.homes import (
    Others,
    Progress,
    WaitingRow,
    assessor_waiting_for,
    caseload_for,
    iqa_waiting_for,
    progress_of,
    waiting_for_others,
)
from verification.queries.looking import Look, Shown, look_at
from verification.queries.plan import Cell, Grid, Line, chosen_for, grid_of, planned_qualifications_for
from verification.queries.releasing import Standing, standing_of
from verification.queries.sampling import (
    action_points_for,
    finding_history_of,
    grid_for,
    next_sample_for,
    releasable_for,
    samples_for,
)

__all__ = [
    "Cell",
    "Grid",
    "Line",
    "Look",
    "Others",
    "Progress",
    "Shown",
    "Standing",
    "WaitingRow",
    "action_points_for",
    "assessor_waiting_for",
    "caseload_for",
    "chosen_for",
    "finding_history_of",
    "grid_for",
    "grid_of",
    "iqa_waiting_for",
    "look_at",
    "next_sample_for",
    "planned_qualifications_for",
    "progress_of",
    "releasable_for",
    "samples_for",
    "standing_of",
    "waiting_for_others",
]
