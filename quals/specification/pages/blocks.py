"""The labels under a unit's heading ("Level: 4", "Credit value: 10") that stand together are one block of facts."""

from dataclasses import dataclass, field

from ..read import Line
from .headings import labels, value_alone

OF_A_UNIT = frozenset({"uan", "level", "credit", "glh", "type", "title", "number"})


@dataclass
class Block:
    """`first` and `last` are indexes of lines."""

    first: int
    last: int
    facts: dict[str, str] = field(default_factory=dict)
    closed: bool = False

    def take(self, kind: str, value: str, index: int) -> bool:
        """Whether the label belongs to this block: a second value of one kind begins another."""
        if self.facts.get(kind, value) != value:
            return False
        self.facts[kind] = value
        self.last = index
        return True


def read_blocks(lines: list[Line]) -> list[Block]:
    blocks: list[Block] = []
    strangers, awaited = 0, None
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        pairs = labels(line)
        if not pairs and awaited and (value := value_alone(awaited[0], line)):
            _take(blocks, awaited[0], value, awaited[1], index)
            strangers, awaited = 0, None
            continue
        strangers = 0 if pairs else strangers + 1
        if strangers > 1 and blocks:
            blocks[-1].closed = True
        awaited = (pairs[-1][0], index) if pairs and not pairs[-1][1] else None
        for kind, value in pairs:
            if value:
                _take(blocks, kind, value, index, index)
    return [block for block in blocks if len(block.facts.keys() & OF_A_UNIT) > 1 or "uan" in block.facts]


def _take(blocks: list[Block], kind: str, value: str, first: int, last: int) -> None:
    if not blocks or blocks[-1].closed or not blocks[-1].take(kind, value, last):
        blocks.append(Block(first, last, {kind: value}))
