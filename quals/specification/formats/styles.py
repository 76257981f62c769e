"""What a Word paragraph is: a heading or not, in which list and at which level; said by itself or by its style."""

from dataclasses import dataclass, replace

from .numbering import W, value, whole

BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True)
class Style:
    heading: int = 0
    number: str = ""
    level: int = 0


class Styles:
    def __init__(self, elements: dict):
        self.elements = elements
        self.known: dict[str, Style] = {}
        self.default = next((name for name, style in elements.items() if _is_default(style)), "")

    def of(self, paragraph) -> Style:
        name = value(paragraph, "pPr/pStyle")
        return _changed(self._named(self.default if name is None else name), paragraph)

    def _named(self, name: str) -> Style:
        """What this style says, and the styles that it is based on."""
        if name not in self.known:
            self.known[name] = Style()  # also the end of a circle of styles
            chain = self._chain(name)
            style = Style()
            for element in reversed(chain):
                style = _changed(style, element)
            headings = [heading for element in chain if (heading := _heading_by_name(element))]
            self.known[name] = replace(style, heading=headings[0]) if headings else style
        return self.known[name]

    def _chain(self, name: str) -> list:
        chain, seen = [], set()
        while name in self.elements and name not in seen and len(chain) < 50:
            seen.add(name)
            chain.append(self.elements[name])
            name = value(chain[-1], "basedOn") or ""
        return chain


def read_styles(root) -> Styles:
    """`root` is the part with the styles, None where the document has none."""
    styles = () if root is None else root.iterfind(f"{W}style")
    return Styles({style.get(f"{W}styleId", ""): style for style in styles})


def _is_default(style) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _heading_by_name(style) -> int:
    name = (value(style, "name") or "").lower()
    if name.startswith("heading ") and name[8:].isdecimal():
        return min(whole(name[8:], 0), 6)
    return 1 if name == "title" else 0


def _changed(style: Style, element) -> Style:
    outline = value(element, "pPr/outlineLvl")
    if outline is not None:
        at = whole(outline, BODY_TEXT)
        style = replace(style, heading=min(at + 1, 6) if 0 <= at < BODY_TEXT else 0)
    number, level = value(element, "pPr/numPr/numId"), value(element, "pPr/numPr/ilvl")
    if number is not None:
        style = replace(style, number="" if number == "0" else number)
    return style if level is None else replace(style, level=whole(level, 0))
