"""Invents units for documents with tables of criteria: the truth, and the form in which a conversion printed it."""

from dataclasses import dataclass, field

from quals.specification.checks import uan_check_character

SUBJECTS = ("Clay", "Glazes", "Kilns", "Hand- and Wheel-thrown Pots", "Tiles", "a Pottery", "Café Crockery")
DOINGS = ("Fire", "Sell", "Store and Label", "Design", "Repair", "Test", "Pack", "Understand", "Teach Others About")
ENDINGS = ("", " at a Market", " & Other Wares", " (Part 2)", " – an Introduction", ", Brick and Stone", " for Schools")
KNOWING = ("Understand", "Know", "Know how to choose", "Understand how to fire")
DOING = ("Be able to prepare", "Be able to glaze", "Prepare", "Decorate")
TELLING = ("Explain", "Describe", "Outline", "Compare", "Evaluate")
ACTING = ("Weigh", "Wedge", "Throw", "Record", "Pack", "Use", "Deal with", "Plan", "Agree")
THINGS = (
    "the clay body",
    "three kinds of glaze",
    "a kiln's firing curve",
    "the customers' wishes",
    "an order for 24 mugs",
    "bats, ribs and wires",
    'the so-called "leather-hard" stage',
    "‘biscuit’ and “glost” firings",
    "wax-resist (hot & cold)",
    "the café’s crockery",
    "work-in-progress shelves",
    "salt, soda and/or ash",
    "naïve decoration",
)
TAILS = (
    "",
    " in own workshop",
    " at 1.5 bar",
    " (see 2.1)",
    " as in section 4.2 of the handbook",
    " within 10 minutes",
    ", including when it cracks",
    " (e.g. by hand)",
    " & what it costs",
    " in line with legal, organisational and ethical requirements",
    " to an agreed standard",
    "; and its limits",
)
ODD = (
    "3 kilns are raked out safely",
    "2 glazes are mixed",
    "glaze the rim only",
    "e.g. stack pots",
    "100% of the pots",
)
TITLES = (
    "the raw materials",
    "a studio day",
    "pots, tiles and bricks",
    "wood-fired kilns",
    "others' work & tools",
    "the workshop (indoors)",
    "safe storage of dry powders in shared rooms",
)
GROWTH = (" for others", " in all seasons", " on request", " over time", " at a fair", " with care")


@dataclass
class Unit:
    number: str
    uan: str
    title: str
    level: int
    credit: int
    glh: int
    type: str
    outcomes: list = field(default_factory=list)  # [(text, [criterion, …])]
    amplified: set = field(default_factory=set)  # numbers of outcomes

    def wording(self):
        return [
            (number, text, [(f"{number}.{n}", words) for n, words in enumerate(criteria, start=1)])
            for number, (text, criteria) in enumerate(self.outcomes, start=1)
        ]


@dataclass
class Cell:
    """A criterion as it is printed, with its outcome's number and title where its row begins one."""

    outcome: int
    number: str
    title: str
    code: str
    text: str
    truth: str
    more: tuple = ()
    is_shifted: bool = False

    @property
    def coded(self):
        return f"{self.code} {self.text}".strip()

    @property
    def titled(self):
        return f"{self.number} {self.title}".strip()


def cells_of(unit):
    found = []
    for number, text, criteria in unit.wording():
        for n, (code, words) in enumerate(criteria):
            first = n == 0
            found.append(Cell(number, str(number) if first else "", text if first else "", code, words, code))
    return found


def make_units(random, count):
    titles = []
    while len(titles) < count:
        title = f"{random.choice(DOINGS)} {random.choice(SUBJECTS)}{random.choice(ENDINGS)}"
        if title not in titles:
            titles.append(title)
    first, stem = random.choice([1, 1, 101]), random.randrange(1000, 9900 - count)
    return [_unit(random, str(first + n), f"507/{stem + n:04}", title) for n, title in enumerate(titles)]


def _unit(random, number, body, title):
    kind = random.choice(["Competence", "Competence", "Knowledge"])
    figures = random.randint(1, 8), random.randint(1, 15), random.randint(1, 120)
    unit = Unit(number, f"{uan_check_character(body)}/{body}", title, *figures, kind)
    for _ in range(random.choice([1, 2, 2, 3, 3, 4, random.randint(1, 8)])):
        knows = kind == "Knowledge" or random.random() < 0.4
        text = f"{random.choice(KNOWING if knows else DOING)} {random.choice(TITLES)}"
        if text not in [known for known, _ in unit.outcomes]:
            count = random.choice([1, 2, 3, 4, 5, 7, random.randint(1, 25)])
            unit.outcomes.append((text, _criteria(random, count, knows)))
            if knows:
                unit.amplified.add(len(unit.outcomes))
    return unit


def _criteria(random, count, knows):
    found = []
    while len(found) < count:
        words = f"{random.choice(TELLING if knows else ACTING)} {random.choice(THINGS)}{random.choice(TAILS)}"
        words = random.choice(ODD) if random.random() < 0.05 else words
        if random.random() < 0.3:
            words += random.choice(GROWTH)
        if words not in found:
            found.append(words)
    return found
