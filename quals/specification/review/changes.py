"""Facts beside each other: which differ, and how each is told to people."""

import re
import unicodedata
from dataclasses import dataclass

NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Change:
    """One fact as the earlier issue has it and as the new one has it; None where one of them has nothing."""

    what: str
    before: object
    after: object

    @property
    def was(self) -> str:
        return told(self.before)

    @property
    def now(self) -> str:
        return told(self.after)


def told(value: object) -> str:
    """A fact as people read it."""
    if isinstance(value, dict):
        return ", ".join(f"{told(each)} {told(name)}" for name, each in value.items()) or "nothing"
    if isinstance(value, list | tuple):
        return ", ".join(told(each) for each in value) or "nothing"
    if value is None or value == "":
        return "nothing"
    return str(value).replace("_", " ")


def changes(names: dict[str, str], old: dict, new: dict) -> list[Change]:
    """The named facts that differ."""
    return [
        Change(label, old.get(name), new.get(name)) for name, label in names.items() if old.get(name) != new.get(name)
    ]


def title_of(text: str) -> str:
    """A title as it is compared: letters and figures only, all small."""
    plain = unicodedata.normalize("NFKC", text).replace("&", " and ").casefold()
    return NOT_LETTERS.sub(" ", plain).strip()
