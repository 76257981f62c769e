"""Prints what stands around the units: front matter, contents, structure tables with their rules, the end."""

from dataclasses import dataclass, field

from quals.specification.checks import qan_check_character

ENDING = ["", "Appendix 1 Sources of general information", "", "The offices are open daily.", "www.lanterns.example"]
ORGANISATIONS = ("Lantern & Lock Awards", "Quayside Examinations Board", "Gas & Lamp")


@dataclass
class Qualification:
    qan: str
    title: str
    level: int
    credits: int
    groups: list = field(default_factory=list)  # [(title, kind, [unit, …])]
    rules: list = field(default_factory=list)  # [(bound, measure, amount, of)]
    barred: list = field(default_factory=list)  # [(number, number)]


def make_qualification(random, n, units, code):
    body = f"500/{random.randrange(1000, 9999)}"
    level = random.randint(1, 5)
    qan = f"{body}/{qan_check_character(body)}"
    subject = random.choice(["Keeping", "and Lock Care", "Craft (Inland)"])
    title = f"Level {level} NVQ Diploma in Boat {subject} {code}{n}"
    return Qualification(qan, title, level, 0)


def credits_of(units):
    return sum(unit.credit for unit in units)


def front(random, organisation, title, code):
    name = organisation
    lines = ["", "", f"{title} ({code})", "", "Qualification handbook for centres", "", "www.lanterns.example"]
    lines += ["August 2011", "Version 2.0", "", f"About {name}", ""]
    lines += [f"{name} is a provider of qualifications for people who work on boats.", ""]
    lines += [f"Publications of {name} can be bought at www.lanterns.example.", "", f"Published by {name}", ""]
    return lines


def contents(random, units):
    if random.random() < 0.2:
        return []
    lines = ["Contents", "", "1\tIntroduction\t5", "2\tUnits\t13"]
    lines += [f"Unit {unit.number}{unit.mark}\t{unit.title}\t{14 + n}" for n, unit in enumerate(units)]
    return [*lines, "Appendix 1\tSources of general information\t99", ""]


def paragraphs_and_groups(random, qualification, units, organisation, code):
    """A structure whose tables have one heading row for each group, and credits in sentences."""
    cut = random.randint(1, max(1, len(units) // 3))
    parts, rest = [units[:cut]], units[cut:]
    while rest:
        size = random.randint(1, len(rest))
        parts, rest = [*parts, rest[:size]], rest[size:]
    names = ["Foundations", "Impression", "Water", "Winter and Frost", "Trade", "Own Work"] + [
        f"Part {n}" for n in range(len(parts))
    ]
    kinds = ["Mandatory", *["Optional"] * (len(parts) - 1)]
    qualification.groups = [
        (f"{kind} Units - {name}", kind.lower(), part) for kind, name, part in zip(kinds, names, parts, strict=False)
    ]
    mandatory, optional = credits_of(parts[0]), credits_of(units[cut:])
    wanted = random.randint(1, optional) if optional else 0
    qualification.credits = mandatory + wanted
    lines = [f"To achieve the **{qualification.title}**, learners must achieve:", ""]
    lines += [f"Minimum Credit Value: {qualification.credits}", ""]
    lines += [f"The learner must achieve **{mandatory} credits** from the **Mandatory Units**.", ""]
    qualification.rules = [("at_least", "credits", qualification.credits, {})]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    qualification.rules.append(("at_least", "units", cut, {"groups": ["A"]}))
    if wanted:
        lines += [
            f"A further **{wanted} credits** have to be gained by completing a **minimum of one unit** from each "
            "**Optional Group**.",
            "",
        ]
        others = list(letters[1 : len(parts)])
        qualification.rules.append(("at_least", "credits", wanted, {"groups": others}))
        qualification.rules += [("at_least", "units", 1, {"groups": [letter]}) for letter in others]
    at_level = credits_of(unit for unit in units if unit.level == qualification.level)
    if at_level and random.random() < 0.6:
        at_level = random.randint(1, at_level)
        lines += [f"A minimum of **{at_level} credits** must be at **level {qualification.level}**", ""]
        level = {"level": {"mode": "exactly", "value": qualification.level}}
        qualification.rules.append(("at_least", "credits", at_level, level))
    columns = ["number", "title", "level", "credit", "glh"]
    if random.random() < 0.4:
        columns = random.choice([["number", "title", "level", "glh", "credit"], ["number", "title", "credit", "level"]])
    rank = random.choice(["QCF ", "Unit ", ""])
    with_prefix = random.random() < 0.5
    for title, _, part in qualification.groups:
        heads = {"number": f"{organisation} unit number", "title": title, "level": f"{rank}Level"}
        heads |= {"credit": f"{rank}Credit", "glh": "GLH"}
        lines.append("\t".join(heads[column] for column in columns))
        for n, unit in enumerate(part):
            if n and random.random() < 0.03:
                lines += ["", "\t".join(heads[column] for column in columns)]
            lines.append("\t".join(str(_cell(unit, column, code if with_prefix else "")) for column in columns))
        if random.random() < 0.2:
            lines.append("")
    return lines


def _cell(unit, column, code):
    if column == "number":
        return f"{code}-{unit.number}" if code else f"{unit.number}{unit.mark}"
    return getattr(unit, column)


def lettered_groups(random, qualification, units, organisation):
    """A structure of one table with rows for its groups, which page breaks cut."""
    a = random.randint(1, max(1, len(units) // 3))
    b = random.randint(a + 1, len(units) - 1) if len(units) - 1 >= a + 1 else len(units)
    parts = [part for part in (units[:a], units[a:b], units[b:]) if part]
    kinds = ["Mandatory", "Optional", "Optional"][: len(parts)]
    qualification.groups = [
        (f"{kind} Group {letter}", kind.lower(), part) for kind, letter, part in zip(kinds, "ABC", parts, strict=True)
    ]
    mandatory = credits_of(parts[0])
    floor = random.randint(1, credits_of(parts[1]))
    rest = random.randint(1, 9)
    rest = min(rest, credits_of(units[a:]) - floor)
    qualification.credits = mandatory + floor + rest
    how_many = "Both mandatory units" if a == 2 else "All mandatory units"
    at_level = credits_of(unit for unit in units if unit.level == qualification.level)
    at_level = random.randint(1, at_level) if at_level else 0
    said = f" of which at least {at_level} credits must be at level {qualification.level}" if at_level else ""
    lines = [f"{qualification.title} (QAN {qualification.qan})", ""]
    lines += [f"To achieve the {qualification.title} learners must achieve **{qualification.credits}** credits{said}."]
    lines += ["", f"Candidates must achieve{random.choice(':;')}", ""]
    lines += [f"- {how_many} from Group A ({mandatory} credits)", f"- A minimum of {floor} credits from Group B"]
    qualification.rules = [
        ("at_least", "credits", qualification.credits, {}),
        ("at_least", "units", a, {"groups": ["A"]}),
        ("at_least", "credits", floor, {"groups": ["B"]}),
    ]
    groups = "Group B or C" if len(parts) > 2 else "Group B"
    if rest:
        lines.append(f"- The remaining {rest} credits from any other units from {groups}")
    if at_level:
        level = {"level": {"mode": "exactly", "value": qualification.level}}
        qualification.rules.append(("at_least", "credits", at_level, level))
    optional = [unit.number for unit in units[a:]]
    if len(optional) > 3 and random.random() < 0.5:
        named = sorted(random.sample(optional, random.randint(3, min(6, len(optional)))), key=optional.index)
        lines.append(f"- No more than two units may be taken from units {', '.join(named[:-1])} and {named[-1]}")
        qualification.rules.append(("at_most", "units", 2, {"units": named}))
    if len(optional) > 1 and random.random() < 0.5:
        pair = tuple(sorted(random.sample(optional, 2), key=optional.index))
        qualification.barred.append(pair)
        qualification.rules.append(("at_most", "units", 1, {"units": list(pair)}))
    return [*lines, "", *_one_table(random, qualification, organisation)]


def _one_table(random, qualification, organisation):
    columns = ["uan", "number", "title", "level", "glh", "credit"]
    if random.random() < 0.4:
        columns = ["number", "uan", "title", "level", "credit", "glh"]
    heads = {"uan": "Unit accreditation number", "number": f"{organisation} unit", "title": "Unit title"}
    heads |= {"level": "Level", "glh": "GLH", "credit": "Credit value", "barred": "Barred units"}
    bars = {}
    for one, other in qualification.barred:
        bars |= {one: other, other: one}
    columns = [*columns, *(["barred"] if bars else [])]
    head = "\t".join(heads[column] for column in columns)
    lines = [head]
    for title, _, part in qualification.groups:
        if random.random() < 0.3 and len(lines) > 1:
            lines += ["", head]
        lines.append(random.choice([title, "\t\t" + title + "\t" * (len(columns) - 3)]))
        for n, unit in enumerate(part):
            if n and random.random() < 0.05:
                lines += ["", head]
            cells = {name: getattr(unit, name) for name in ("uan", "title", "level", "glh", "credit")}
            cells |= {"number": unit.number + unit.mark, "barred": bars.get(unit.number, "")}
            lines.append("\t".join(str(cells[column]) for column in columns))
    return [*lines, ""]
