"""The only writers of portfolios: registering, and gathering evidence."""

from portfolios.actions.evidence import (
    add_file,
    describe_evidence,
    discard_evidence,
    new_version,
    refer,
    remove_file,
    start_evidence,
    submit,
)
from portfolios.actions.registering import (
    add_learner,
    allocate,
    allocate_each,
    choose_units,
    register,
    withdraw,
)

__all__ = [
    "add_file",
    "add_learner",
    "allocate",
    "allocate_each",
    "choose_units",
    "describe_evidence",
    "discard_evidence",
    "new_version",
    "refer",
    "register",
    "remove_file",
    "start_evidence",
    "submit",
    "withdraw",
]
