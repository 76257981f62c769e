"""What a refusal is: the code of the rule that refuses and a sentence for the person it stops."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """`code` is an invariant's code (PRACTICE.md section 5) or "INPUT"; `sentence` says why and what to do next."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """Raised by an action that a rule refuses; carries the refusal to whoever called."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code}: {refusal.sentence}")
        self.refusal = refusal


def require(*refusals: Refusal | None) -> None:
    """Raise the first refusal, if there is one."""
    for refusal in refusals:
        if refusal is not None:
            raise Refused(refusal)


def refuse(code: str, sentence: str) -> None:
    raise Refused(Refusal(code, sentence))
