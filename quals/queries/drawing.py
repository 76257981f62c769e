"""Where each part of the picture of a structure is drawn, reckoned without a browser.

Groups are blocks of tiles, a tile as wide as its unit has credits; a rule is a bar of what is on offer, filled as far
as is asked for or hatched from where a limit ends; a rule about single units is a mark on their tiles.
"""

from dataclasses import dataclass, field

from quals import combination
from quals.combination.explain import asks

WIDE, NARROW = 1080, 340
SIDE, GAP, PAD = 340, 6, 12
LETTER, BOLD, TINY = 6.4, 9, 6.2  # of one letter at 12, 14 and 11 px, rather too much than too little
LINE, BAR, TILE, MARK = 16, 12, 46, 7.8
CREDIT, BESIDE = 5, 112
DATED = "†"


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Gauge:
    """One rule: its words, a bar of what is on `offer`, `amount` of it asked for or, with `is_limit`, allowed."""

    rule: combination.Rule
    words: list[Text]
    offer: Box
    amount: Box
    told: Text
    is_limit: bool


@dataclass(frozen=True)
class Tile:
    """One unit. `tone` counts the levels from the lowest; `pips`: a path with a square for each credit."""

    box: Box
    name: Text
    facts: Text
    marks: Text | None
    pips: str
    tone: int
    words: str


@dataclass(frozen=True)
class Block:
    box: Box
    head: list[Text]
    offered: Text
    gauges: list[Gauge]
    tiles: list[Tile]
    is_mandatory: bool = False


@dataclass(frozen=True)
class Note:
    """A line under the picture, or a level with the `swatch` of its tone."""

    texts: list[Text]
    swatch: Box | None = None
    tone: int = 0


@dataclass(frozen=True)
class Picture:
    width: float
    height: float
    blocks: list[Block]
    notes: list[Note]
    words: list[str] = field(repr=False)


def picture_of(structure, width: float) -> Picture:
    """The picture of a `Structure` at that width."""
    blocks, y = [], 0.5
    if whole := structure.rules_of(None):
        blocks.append(_whole(structure, whole, y, width))
        y = blocks[-1].box.y + blocks[-1].box.height + PAD
    for group, members in structure.groups:
        blocks.append(_block(structure, group, members, y, width))
        y = blocks[-1].box.y + blocks[-1].box.height + PAD
    notes, y = _notes(structure, y + PAD / 2, width)
    return Picture(width, y + PAD, blocks, notes, structure.words)


def _whole(structure, rules: list[combination.Rule], y: float, width: float) -> Block:
    """The rules of the whole, in as many columns as there is room for."""
    top, columns = y + PAD + LINE, max(int(width // SIDE), 1)
    gauges, bottom = [], top
    for start in range(0, len(rules), columns):
        row = []
        for column, rule in enumerate(rules[start : start + columns]):
            row.append(_gauge(structure, rule, PAD + column * SIDE, bottom + 4))
        gauges += row
        bottom = max(_bottom(gauge) for gauge in row)
    head = [Text(PAD, y + PAD + 8, "The whole qualification")]
    return Block(Box(0.5, y, width - 1, bottom + PAD - y), head, _offered(structure.units, y, width), gauges, [])


def _offered(units: list[combination.Unit], y: float, width: float) -> Text:
    """What there is to choose from, at the right end of the head."""
    told = f"{len(units)} unit{'' if len(units) == 1 else 's'}, {combination.totals(units).credits} credits"
    return Text(width - PAD, y + PAD + 8, told)


def _block(structure, group, members: list, y: float, width: float) -> Block:
    """A group: on paper what is asked stands left and the units right, on a phone one under the other."""
    beside = width > SIDE * 2
    units = [member.unit for member in members]
    told = _offered(units, y, SIDE if beside else width)
    head = [Text(PAD, y + PAD + 8, f"Group {group.code}, {group.get_kind_display().lower()}")]
    bottom, gauges = y + PAD + LINE, []
    for rule in structure.rules_of(group.code):
        gauges.append(_gauge(structure, rule, PAD, bottom + 4))
        bottom = _bottom(gauges[-1])
    left, top = (SIDE + PAD, y + PAD) if beside else (PAD, bottom + PAD)
    tiles = _tiles(structure, members, left, top, width - PAD)
    bottom = max([bottom, *(tile.box.y + tile.box.height for tile in tiles)])
    return Block(
        Box(0.5, y, width - 1, bottom + PAD - y), head, told, gauges, tiles, is_mandatory=group.kind == "mandatory"
    )


def _gauge(structure, rule: combination.Rule, x: float, y: float) -> Gauge:
    room = SIDE - PAD * 2
    words = [
        Text(x, y + LINE * (row + 0.8), words)
        for row, words in enumerate(wrapped(f"{rule.id} {asks(rule)}", room, LETTER))
    ]
    y += LINE * len(words) + 3
    offered = sum(map(rule.weight, structure.units))
    scale = _scale(structure)
    if rule.measure == "units":
        scale = min(14, (room - BESIDE) / max(offered, rule.amount, 1))
    asked = min(rule.amount, offered) if rule.bound == "at_most" else rule.amount
    told = f"{rule.amount} of {offered}" if rule.bound == "at_least" else f"up to {rule.amount} of {offered}"
    longest = max(offered, asked) * scale
    return Gauge(
        rule,
        words,
        Box(x, y, round(offered * scale, 1), BAR),
        Box(x, y, round(asked * scale, 1), BAR),
        Text(round(x + longest + 6, 1), y + BAR - 2, told),
        rule.bound == "at_most",
    )


def _bottom(gauge: Gauge) -> float:
    return gauge.offer.y + gauge.offer.height


def _scale(structure) -> float:
    """Pixels of a credit, the same in all bars."""
    credits = [rule for rule in structure.rules if rule.measure == "credits" and rule.units is None]
    offered = [sum(map(rule.weight, structure.units)) for rule in credits]
    return (SIDE - PAD * 2 - BESIDE) / max([*offered, *(rule.amount for rule in credits), 1])


def _base(structure) -> float:
    """How wide a tile is before its credits: as its longest name or its facts."""
    longest = max(len(member.name) for _, members in structure.groups for member in members)
    return max(longest * BOLD, 10 * TINY) + PAD


def _tiles(structure, members: list, left: float, top: float, right: float) -> list[Tile]:
    """The units in their order, row by row."""
    tiles, x, y, base = [], left, top, _base(structure)
    for member in members:
        marks = structure.marks_on(member)
        name = len(member.name) * BOLD + (len(marks) + 1) * MARK * bool(marks)
        width = min(max(base + CREDIT * member.unit.credit, name + PAD), right - left)
        if x > left and x + width > right:
            x, y = left, y + TILE + GAP
        tiles.append(_tile(structure, member, marks, Box(x, y, round(width, 1), TILE)))
        x = round(x + width + GAP, 1)
    return tiles


def _tile(structure, member, marks: str, box: Box) -> Tile:
    unit, x, end = member.unit, box.x + PAD / 2, box.x + box.width - PAD / 2
    step = min(CREDIT, (box.width - PAD) / unit.credit)
    wide, y = round(step - 1, 1), box.y + TILE - 10
    pips = " ".join(f"M{round(x + i * step, 1)} {y}h{wide}v5h-{wide}z" for i in range(unit.credit))
    return Tile(
        box,
        Text(x, box.y + 16, member.name),
        Text(x, box.y + 31, f"L{unit.level} · {unit.credit} cr"),
        Text(round(end, 1), box.y + 15, marks) if marks else None,
        pips,
        structure.levels.index(unit.level),
        member.words,
    )


def _notes(structure, y: float, width: float) -> tuple[list[Note], float]:
    """What the marks and the tones say."""
    notes, x = [], PAD
    for tone, level in enumerate(structure.levels):
        told = f"level {level}"
        if x + 18 + len(told) * LETTER > width:
            x, y = PAD, y + LINE
        notes.append(Note([Text(x + 18, y + 11, told)], Box(x, y, 13, 13), tone))
        x = round(x + 18 + len(told) * LETTER + PAD, 1)
    y += LINE + 2
    told = [f"{rule.id} {asks(rule)}" for rule in structure.listed]
    told += [
        f"{DATED} Unit {member.name}{member.days}"
        for _, members in structure.groups
        for member in members
        if member.days
    ]
    for words in told:
        rows = wrapped(words, width - PAD * 2, LETTER)
        notes.append(Note([Text(PAD, y + LINE * (row + 0.7), each) for row, each in enumerate(rows)]))
        y += LINE * len(rows) + 2
    return notes, y


def wrapped(words: str, room: float, letter: float) -> list[str]:
    """The words in lines that fit."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) * letter > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
