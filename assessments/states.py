"""Words of assessment: outcomes of a judgement, the rules of evidence, what a countersigner says."""

MET = "met"
NOT_YET = "not_yet"
OUTCOMES = [(MET, "Met"), (NOT_YET, "Not yet met")]

LACKING = [
    ("valid", "Valid: it does not show what the criterion asks"),
    ("authentic", "Authentic: it is not clear that it is the learner's own"),
    ("current", "Current: it is too old to show the skill today"),
    ("reliable", "Reliable: it does not show that they do it consistently"),
    ("sufficient", "Sufficient: there is not enough of it"),
]

CONFIRMED = "confirmed"
RETURNED = "returned"
COUNTERSIGNED = [(CONFIRMED, "Confirmed"), (RETURNED, "Returned")]
