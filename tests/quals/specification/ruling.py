"""Structures with sentences to read rules from."""

from quals.specification.combining.rules import read_rules
from quals.specification.findings import Findings
from quals.specification.structures.structure import Group, Place, Sentence, Structure

TOTAL = "Candidates must achieve a minimum of 20 credits:"
A1, A2 = "D/506/2153", "T/506/2952"
B1, B2, B3 = "F/506/2176", "R/506/2179", "L/506/2181"
C1, C2 = "M/506/1962", "T/506/1980"


def structure(*sentences, tails=()):
    """Three groups: A mandatory with 4 + 6 credits, B with 5 credits a unit, C with a unit of level 5."""
    rows = {
        "A": [(A1, 3, 4), (A2, 4, 6)],
        "B": [(B1, 3, 5), (B2, 4, 5), (B3, 4, 5)],
        "C": [(C1, 4, 3), (C2, 5, 4)],
    }
    groups = []
    for number, (code, units) in enumerate(rows.items(), start=101):
        title = f"Group {code} {'Mandatory' if code == 'A' else 'Optional'} Units"
        places = [Place(uan, f"Unit {uan}", level, credit, None, number, code) for uan, level, credit in units]
        groups.append(Group(code, title, number, places))
    printed = [Sentence(text, line) for line, text in enumerate(sentences, start=1)]
    printed += [Sentence(text, line, group) for group, text, line in tails]
    return Structure(groups, printed)


def read(*sentences, tails=()):
    findings = Findings()
    rules = read_rules(structure(*sentences, tails=tails), findings)
    return rules, findings.as_list()


def bounds(rules):
    return [(r["bound"], r["measure"], r["amount"], r["of"]) for r in rules]


MANDATORY = ("at_least", "units", 2, {"groups": ["A"]})
WHOLE = ("at_least", "credits", 20, {})


def numbered(*sentences, barred=None, level=None, title="", below=3):
    """Two mandatory units, then three optional groups of numbered units; unit 21 has a reference of its own."""
    rows = {
        "A": [("11", 3, 4), ("12", 4, 6)],
        "B": [("21", 3, 5), ("22", 4, 5), ("23", 4, 5), ("24", 3, 4)],
        "C": [("31", 4, 3), ("32", 5, 4)],
        "D": [("41", below, 6), ("42", 4, 6)],
    }
    groups = []
    for code, units in rows.items():
        group = Group(code, f"{'Mandatory' if code == 'A' else 'Optional'} Group {code}", 100)
        for at, (number, unit_level, credit) in enumerate(units, start=int(units[0][0]) * 10):
            uan = B1 if number == "21" else None
            place = Place(uan, f"Unit {number}", unit_level, credit, 10, at, code, number=number)
            place.barred = (barred or {}).get(number, [])
            group.places.append(place)
        groups.append(group)
    printed = [Sentence(text, line) for line, text in enumerate(sentences, start=1)]
    return Structure(groups, printed, title=title, level=level)


def read_numbered(*sentences, **more):
    findings = Findings()
    rules = read_rules(numbered("Total credits required: 40", *sentences, **more), findings)
    return rules[2:] if len(rules) > 2 else [], findings.as_list()


def exactly(level):
    return {"mode": "exactly", "value": level}


def or_above(level):
    return {"mode": "at_or_above", "value": level}
