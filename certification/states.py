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

# What a look at a live registration changes; the first that fits is said.
NEW = "new"
BECAME_FAIL = "became fail"
BECAME_CLAIMABLE = "became claimable"
NOT_CLAIMABLE_NOW = "not claimable any more"
BECAME_PASS = "became pass"
UNCHANGED = "unchanged"
NOT_LOOKED_AT = "not looked at"  # something in the way; it stays as last noted
CHANGES = (NEW, BECAME_FAIL, BECAME_CLAIMABLE, NOT_CLAIMABLE_NOW, BECAME_PASS)
