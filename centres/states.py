"""Words for roles at a centre and for a person's standing in a unit."""

from audit.actors import ADMINISTRATOR, ASSESSOR, EQA, IQA, LEARNER, ROLE_NAMES

MEMBER_ROLES = [(role, ROLE_NAMES[role]) for role in (LEARNER, ASSESSOR, IQA, ADMINISTRATOR)]
STAFF_ROLES = [(role, ROLE_NAMES[role]) for role in (ASSESSOR, IQA, ADMINISTRATOR)]
AS_WHAT = {
    LEARNER: "a learner",
    ASSESSOR: "an assessor",
    IQA: "an IQA",
    EQA: "an EQA",
    ADMINISTRATOR: "an administrator",
}

ASSESS = "assess"
VERIFY = "verify"
COMPETENCES = [(ASSESS, "Assess"), (VERIFY, "Verify internally")]
KIND_OF = {ASSESSOR: ASSESS, IQA: VERIFY}
ROLE_FOR = {kind: role for role, kind in KIND_OF.items()}

QUALIFIED = "qualified"
TRAINEE = "trainee"
STANDINGS = [(QUALIFIED, "Qualified"), (TRAINEE, "In training")]
