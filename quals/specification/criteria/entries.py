"""What the lines of a unit say one after another, before its codes are settled."""

from dataclasses import dataclass, field

from .rows import Code


@dataclass
class Entry:
    """One thing that the lines say: an outcome, more of its title, a criterion, wording without a code, or what
    belongs to none of them ("outcome", "title", "criterion", "text", "stray").

    `code` is an outcome's number with 0, or a criterion's; `printed` the form in the document where it is another.
    """

    kind: str
    line: int
    parts: list[str]
    code: Code = (0, 0)
    printed: str = ""
    in_table: bool = False
    is_item: bool = False
    is_scattered: bool = False

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)


@dataclass
class Reading:
    """What was read: entries in their order, the outcomes that the unit lists beforehand, and what was noticed."""

    entries: list[Entry] = field(default_factory=list)
    listed: dict[int, str] = field(default_factory=dict)
    empty_head: int | None = None
    broken_rows: list[int] = field(default_factory=list)
    scraps: list[tuple[int, str]] = field(default_factory=list)
    suspects: list[tuple[int, Code, str]] = field(default_factory=list)
