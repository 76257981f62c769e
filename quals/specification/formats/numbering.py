"""The numbers that Word prints before paragraphs: they are nowhere in the text, and are counted again here."""

from dataclasses import dataclass, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass
class Numbering:
    """`lists` says which abstract list a list is; those that share one go on counting together."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str | None:
        """What stands before the next paragraph of that list and level; "-" for a bullet, None for nothing."""
        abstract = self.lists.get(number)
        if abstract is None or not 0 <= level < LEVELS:
            return None
        levels = {**self.levels.get(abstract, {}), **self.own.get(number, {})}
        counted = self.counted.setdefault(abstract, {})
        for at, start in self.restarts.pop(number, {}).items():
            counted[at] = start - 1
        self._count(counted, levels, level)
        here = levels.get(level, Level(text=f"%{level + 1}."))
        if here.form == "bullet":
            return "-"
        return _printed(here, levels, counted) or None

    def _count(self, counted: dict[int, int], levels: dict[int, Level], level: int) -> None:
        start = levels.get(level, Level()).start
        counted[level] = counted.get(level, start - 1) + 1
        for above in range(level):
            counted.setdefault(above, levels.get(above, Level()).start)
        for below in range(level + 1, LEVELS):
            restart = levels.get(below, Level()).restart
            if restart is None or restart > level:
                counted.pop(below, None)


def _printed(here: Level, levels: dict[int, Level], counted: dict[int, int]) -> str:
    text = here.text
    for at in range(LEVELS):
        if f"%{at + 1}" in text:
            form = "decimal" if here.legal else levels.get(at, Level()).form
            text = text.replace(f"%{at + 1}", in_form(counted.get(at, 1), form))
    return text.strip()


def in_form(number: int, form: str) -> str:
    if not 0 < number < 10_000:
        return str(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    if form == "none":
        return ""
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


def read_numbering(root) -> Numbering:
    """`root` is the numbering part, None where the document has none."""
    numbering = Numbering()
    if root is None:
        return numbering
    linked = {}
    for abstract in root.iterfind(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId", "")
        numbering.levels[name] = _levels(abstract)
        for tag in ("styleLink", "numStyleLink"):
            if (style := value(abstract, tag)) is not None:
                linked.setdefault(style, {})[tag] = name
    same = {both["numStyleLink"]: both["styleLink"] for both in linked.values() if len(both) == 2}
    for number in root.iterfind(f"{W}num"):
        name, abstract = number.get(f"{W}numId", ""), value(number, "abstractNumId") or ""
        numbering.lists[name] = same.get(abstract, abstract)
        _overrides(numbering, name, number)
    return numbering


def _overrides(numbering: Numbering, name: str, number) -> None:
    for override in number.iterfind(f"{W}lvlOverride"):
        at = whole(override.get(f"{W}ilvl"), 0)
        numbering.own.setdefault(name, {}).update(_levels(override))
        if (start := value(override, "startOverride")) is not None:
            numbering.restarts.setdefault(name, {})[at] = whole(start, 1)


def _levels(parent) -> dict[int, Level]:
    levels = {}
    for level in parent.iterfind(f"{W}lvl"):
        restart = value(level, "lvlRestart")
        levels[whole(level.get(f"{W}ilvl"), 0)] = Level(
            start=whole(value(level, "start"), 1),
            form=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            restart=None if restart is None else whole(restart, 0),
            legal=level.find(f"{W}isLgl") is not None,
        )
    return levels


def value(element, tag: str) -> str | None:
    """The w:val of a child element, or of a path of them."""
    child = element.find("/".join(W + part for part in tag.split("/")))
    return None if child is None else child.get(f"{W}val")


def whole(printed: str | None, otherwise: int) -> int:
    try:
        return int(printed or "") if len(printed or "") < 7 else otherwise
    except ValueError:
        return otherwise
