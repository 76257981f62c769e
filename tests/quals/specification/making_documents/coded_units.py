"""Invents units with all that a document may say of them: the truth that a made document is held against."""

from dataclasses import dataclass, field

from quals.specification.checks import uan_check_character

VERBS = ("Repair", "Plan", "Keep", "Carry out", "Understand how to repair", "Supervise", "Paint", "Advise on")
THINGS = ("canal boats", "locks", "a lantern store", "tow paths", "small harbours", "bee hives", "old hulls", "ropes")
TAILS = (
    "",
    " in winter",
    " (out-board)",
    " and/or moorings",
    ", jetties and piers",
    " under Part 2 rules",
    " on your own & with others",
    " at 12 volts",
    " for the café trade",
    " in a boatyard",
)
KNOWING = ("Understand", "Know", "Know how to look after")
DOING = ("Be able to look after", "Be able to set up", "Prepare", "Be able to weigh")
TELLING = ("Describe", "Explain", "Outline", "State")
ACTING = ("Lift", "Fasten", "Check", "Set out", "Label", "Weigh", "Clean")
OBJECTS = (
    "the mooring lines",
    "a hull that leaks",
    "24 hours of tides",
    "the bilge pump (manual and electric)",
    "lamps & lanterns",
    "“soft” and 'hard' woods",
    "the log at www.lanterns.example/log",
    "the keeper’s stores",
    "oils, waxes and/or tars",
    "résumés of the crew",
)
ENDS = (
    "",
    " in line with section 4.2 of the yard's rules",
    " before dusk",
    " within 2.5 metres of the quay",
    ", including when it freezes",
    " (e.g. by hand)",
    " and record what was done.",
    " for at least 3 boats",
    " to an agreed standard",
)
NUMBERED = ("24 hours of watch are kept", "3 knots are tied without help", "2 lamps are trimmed each day")
ITEMS = ("oak", "a spare rope", "tarred cloth", "brass fittings", "paint that lasts", "deck tools", "an oar", "oil")
LEADS = {
    1: "Your evidence must show that you have used at least one of the following:",
    4: "You must provide evidence of work with any four from:",
    "all": "Your evidence must show that you have taken care of:",
    2: "You must provide evidence that you have dealt with two of these groups of things:",
    3: "Your evidence must show that you have used three of these:",
}
SENTENCES = (
    "You must provide evidence that you have done this on more than one boat.",
    "The 'yard' from which you draw your evidence must be one that you work in.",
    "Your evidence must be collected in a real yard. Simulation is not allowed for any evidence within this Unit.",
)


@dataclass
class Unit:
    number: str
    uan: str
    title: str
    level: int
    credit: int
    glh: int
    outcomes: list = field(default_factory=list)  # [(text, [criterion, …])]
    requirements: list = field(default_factory=list)  # [(text, choose, [item, …])]
    mark: str = ""

    def facts(self):
        return (self.number, self.uan, self.title, self.level, self.credit, self.glh)

    def wording(self):
        """As a pack has it: outcomes with their numbers, criteria with their codes."""
        return [
            (number, text, [(f"{number}.{n}", words) for n, words in enumerate(criteria, start=1)])
            for number, (text, criteria) in enumerate(self.outcomes, start=1)
        ]


def sentence_case(small, text):
    return text[0].lower() + text[1:] if small else text


def make_units(random, count, longest=12):
    letter, front = random.choice(["", "", "", "A"]), random.choice(["", "", "", "B", "CS"])
    first = random.choice([1, 21, 101, 401, 1001])
    numbers = [f"{front}{n}{letter if random.random() < 0.2 else ''}" for n in range(first, first + count)]
    stem = random.randrange(1000, 9000 - count)
    titles = []
    while len(titles) < count:
        title = f"{random.choice(VERBS)} {random.choice(THINGS)}{random.choice(TAILS)}"
        if title not in titles:
            titles.append(title)
    if random.random() < 0.3:
        titles[-1] = titles[0]
    return [_unit(random, number, stem + n, titles[n], longest) for n, number in enumerate(numbers)]


def _unit(random, number, serial, title, longest):
    body = f"601/{serial:04}"
    figures = random.randint(1, 5), random.randint(1, 15), random.randint(5, 120)
    unit = Unit(number, f"{uan_check_character(body)}/{body}", title, *figures)
    small = random.random() < 0.4
    for _ in range(random.randint(1, 8 if longest > 3 else 3)):
        knows = random.random() < 0.4
        text = f"{random.choice(KNOWING if knows else DOING)} {random.choice(THINGS)}{random.choice(TAILS)}"
        if text not in [known for known, _ in unit.outcomes]:
            count = random.choice([1, 2, 3, 4, random.randint(1, longest)])
            unit.outcomes.append((text, _criteria(random, count, knows, small)))
    unit.requirements = [_requirement(random, n) for n in range(random.randint(0, 6))]
    return unit


def _criteria(random, count, knows, small):
    found = []
    while len(found) < count:
        words = f"{random.choice(TELLING if knows else ACTING)} {random.choice(OBJECTS)}{random.choice(ENDS)}"
        if random.random() < 0.05:
            words = random.choice(NUMBERED)
        words = sentence_case(small, words)
        if words not in found:
            found.append(words)
    return found


def _requirement(random, n):
    if random.random() < 0.5:
        return (SENTENCES[n % len(SENTENCES)], None, [])
    choose = random.choice(list(LEADS))
    fewest = 2 if choose == "all" else choose + 1
    return (LEADS[choose], choose, random.sample(ITEMS, random.randint(fewest, len(ITEMS))))
