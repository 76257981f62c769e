"""Words of the catalogue: the life of a specification, kinds of outcome, evidence and group."""

DRAFT = "draft"
PUBLISHED = "published"
MOVES = {DRAFT: (PUBLISHED,), PUBLISHED: ()}
SPECIFICATION_STATES = [(DRAFT, "Draft"), (PUBLISHED, "Published")]

MANDATORY = "mandatory"
OPTIONAL = "optional"
GROUP_KINDS = [(MANDATORY, "Mandatory"), (OPTIONAL, "Optional")]

KNOWLEDGE = "knowledge"
PERFORMANCE = "performance"
OUTCOME_KINDS = [(KNOWLEDGE, "Knowledge"), (PERFORMANCE, "Performance")]

PRINTED = "printed"
DISPUTED = "disputed"
CONFIRMED = "confirmed"
CONFIDENCES = [(PRINTED, "Printed"), (DISPUTED, "Disputed"), (CONFIRMED, "Confirmed")]

ERROR = "error"
WARNING = "warning"
NOTE = "note"
SEVERITIES = [(ERROR, "Error"), (WARNING, "Warning"), (NOTE, "Note")]

WAITING = "waiting"
READ = "read"
REFUSED = "refused"
DOCUMENT_MOVES = {WAITING: (READ, REFUSED), READ: (), REFUSED: ()}
DOCUMENT_STATES = [(WAITING, "Waiting to be read"), (READ, "Read"), (REFUSED, "Refused")]

CORRECTED = "corrected"
ADDED = "added"
LEFT_OUT = "left_out"
SETTLED = "settled"
CORRECTION_KINDS = [(CORRECTED, "Corrected"), (ADDED, "Added"), (LEFT_OUT, "Left out"), (SETTLED, "Settled")]

EVIDENCE_KINDS = [
    ("O", "Observation"),
    ("Q&A", "Questions and answers"),
    ("P", "Product of work"),
    ("RA", "Reflective account"),
    ("PD", "Professional discussion"),
    ("WT", "Witness testimony"),
    ("EWT", "Expert witness testimony"),
    ("RPL", "Recognition of prior learning"),
    ("S", "Simulation"),
]

UNIT_KINDS = [("competence", "Competence"), ("knowledge", "Knowledge"), ("combined", "Combined")]
REQUIREMENT_KINDS = [
    ("context", "Context: where it has to come from"),
    ("coverage", "Coverage: so many of a list"),
    ("period", "Period"),
    ("occasions", "Occasions"),
    ("prohibition", "Prohibition"),
    ("other", "Other"),
]
SIMULATION = [
    ("not_allowed", "Not allowed"),
    ("realistic_working_environment", "Only in a realistic working environment"),
    ("unstated", "Not said"),
]
WORK_PLACEMENT = [("not_allowed", "Not allowed"), ("unstated", "Not said")]
KNOWLEDGE_EVIDENCE = [("explicit", "Shown by itself, not inferred"), ("unstated", "Not said")]
