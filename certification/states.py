"""Life cycle of a claim, and kinds of document."""

AWAITING_EQA = "awaiting_eqa"
APPROVED = "approved"
RETURNED = "returned"
ISSUED = "issued"
CLAIM_MOVES = {AWAITING_EQA: (APPROVED, RETURNED), APPROVED: (ISSUED,), RETURNED: (), ISSUED: ()}
CLAIM_STATES = [
    (AWAITING_EQA, "Waiting for the EQA"),
    (APPROVED, "Approved, documents being made"),
    (RETURNED, "Returned by the EQA"),
    (ISSUED, "Issued"),
]

CERTIFICATE = "certificate"
RECORD = "record"
KINDS = [(CERTIFICATE, "Certificate"), (RECORD, "Record of claim")]

RELEASED = "released"
EQA_OUTCOMES = [(RELEASED, "Released"), (RETURNED, "Returned")]

LIVE = "live"
REPLACED = "replaced"
REVOKED = "revoked"
