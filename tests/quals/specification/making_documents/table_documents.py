"""Makes whole documents of units with tables: one style numbers its units, the other goes by reference numbers."""

from functools import cached_property

from quals.specification.checks import qan_check_character

from .table_units import cells_of, make_units
from .tables import print_loose, print_ruled

TYPE_LABELS = ("Unit type: ", "Unit type: ", "Unit type ")
ASSESSED = {
    "not_allowed": "Assess this in a pottery, by the strategy of *Annexe A*. Simulation is not allowed for this unit.",
    "realistic_working_environment": "Simulation is allowed for this unit, in a realistic working environment (RWE).",
    "unstated": "The guild asks for nothing more here.",
}


class Document:
    """`units` are the truth; `policies` and `tests` what is said of the assessment of some of them."""

    def __init__(self, random, count):
        body = f"603/{random.randrange(1000, 9999)}"
        self.random = random
        self.qan = f"{body}/{qan_check_character(body)}"
        self.level = random.randint(1, 8)
        self.units = make_units(random, count)
        self.policies, self.tests = {}, {}
        self.lines = []

    def say(self, *paragraphs):
        for words in paragraphs:
            self.lines += [words, ""]

    @cached_property
    def groups(self):
        """The units in up to three groups, the first of them mandatory."""
        cut = self.random.randint(1, max(1, len(self.units) // 3))
        middle = self.random.randint(cut, len(self.units))
        parts = self.units[:cut], self.units[cut:middle], self.units[middle:]
        return {letter: part for letter, part in zip("ABC", parts, strict=True) if part}

    @property
    def text(self):
        return "\n".join(self.lines)


class Numbered(Document):
    """ "Unit 5: Title", its labels, a ruled table of criteria, amplification, guidance, annexes behind."""

    def __init__(self, random, count, noise=None):
        super().__init__(random, count)
        self.title = f"Kiln BTEC Level {self.level} Diploma in Pottery"
        self.has_glh = random.random() < 0.7
        self._front()
        self._structure()
        self._tests()
        for unit in self.units:
            self._page(unit, noise)
        self._back()

    def _front(self):
        self.say("", self.title, "Specification", "First registration September 2021", "Issue 3")
        self.say("Kiln qualifications are awarded by Kiln Guild, which is a guild of potters.", "Contents")
        self.lines += [f"\tUnit {unit.number}:\t{unit.title}\t{20 + 4 * n}" for n, unit in enumerate(self.units)]
        page = 30 + 4 * len(self.units)
        self.lines += [f"12\tFurther information\t{page}", f"Annexe A: Assessment Strategy\t{page + 4}", ""]
        self.say("1 Introducing these qualifications", "2 Qualification summary and key information")
        facts = ("Qualification title", self.title), ("Qualification Number (QN)", self.qan)
        facts += (("Approved age ranges", "16-18"),)
        self.lines += [f"{label}\t{value}" for label, value in facts]

    def _structure(self):
        self.say("", "4 Qualification structure", self.title)
        self.say("A potter needs what this table asks for.")
        groups = self.groups
        mandatory = sum(unit.credit for unit in groups["A"])
        rest = sum(unit.credit for letter in "BC" for unit in groups.get(letter, []))
        optional = rest // 2
        self.credits = mandatory + optional
        self.lines += [
            f"Number of credits that must be achieved\t{self.credits}",
            f"Number of mandatory credits that must be achieved: Group A\t{mandatory}",
        ]
        for letter, part in groups.items():
            kind = "Mandatory" if letter == "A" else "Optional"
            self.say("", f"{kind} Group {letter}")
            cut = self.random.randint(1, len(part))
            for rows in (part[:cut], part[cut:]):
                if rows:
                    self._table(kind, rows)
                    self.lines.append("")
        self.lines.append("")

    def _table(self, kind, units):
        heads = ["Unit", "Unit reference number", f"{kind} units", "Level", "Credit", "Guided learning hours"]
        self.lines.append("\t".join(heads if self.has_glh else heads[:-1]))
        for unit in units:
            row = [unit.number, unit.uan, unit.title, unit.level, unit.credit, unit.glh]
            self.lines.append("\t".join(map(str, row if self.has_glh else row[:-1])))

    def _tests(self):
        self.say("8 Assessment")
        knowledge = [unit for unit in self.units if unit.type == "Knowledge"][:4]
        if knowledge and self.random.random() < 0.7:
            self.say("The following units may be taken by an onscreen test or by a Portfolio of Evidence:")
            self.lines += [f"- Unit {unit.number}: {unit.title}" for unit in knowledge]
            self.say("", "About these onscreen tests:")
            for unit in knowledge:
                minutes, marks = self.random.choice([30, 45, 90]), self.random.randint(10, 60)
                self.tests[unit.number] = {"minutes": minutes, "marks": marks}
                self.lines += [
                    f"Unit {unit.number}: {unit.title}\t",
                    f"Length of assessment\tThe external assessment will be {minutes} minutes",
                    f"Number of marks\t{marks}",
                    "Assessment availability\tOn demand",
                ]
        self.say("", "11 Unit format", "Units have parts.", "Unit title", "Level", "Credit value")

    def _page(self, unit, noise):
        words = unit.title.split(" ")
        cut = self.random.randint(1, len(words)) if self.random.random() < 0.3 else len(words)
        self.say(f"Unit {unit.number}: {' '.join(words[:cut])}", *([" ".join(words[cut:])] if cut < len(words) else []))
        is_misprinted = noise and self.random.random() < 0.1
        uan = unit.uan[:5] + self.random.choice(["", " ", " /"]) + unit.uan[6:] if is_misprinted else unit.uan
        self.say(f"Unit reference number: {uan}", f"Level: {unit.level}", f"Credit value: {unit.credit}")
        self.say(f"Guided learning hours: {unit.glh}", f"{self.random.choice(TYPE_LABELS)}{unit.type}")
        self.say("Unit summary", "In this unit you will find out what becomes of clay.")
        self.say("Learning outcomes and assessment criteria")
        self.say("A potter passes who meets every one of them.")
        self.lines += print_ruled(self.random, noise(unit) if noise else cells_of(unit))
        self.lines.append("")
        self._amplification(unit)
        self._guidance(unit)

    def _amplification(self, unit):
        if unit.amplified and self.random.random() < 0.7:
            self.say("Unit amplification")
        for number, _, criteria in unit.wording():
            for code, words in criteria if number in unit.amplified else []:
                self.say(f"AC{' ' * (self.random.random() < 0.2)}{code}: {words}")
                self.say("- Things to look at: e.g. colour, weight, sound (see AC1.1)\n - o and the rim")

    def _guidance(self, unit):
        policy = self.random.choice(list(ASSESSED))
        self.policies[unit.number] = policy
        self.say("Information for tutors", "Suggested resources", "Books", "Potter B – *Pots* (2009)")
        self.say("Assessment", "This unit is internally assessed.", "Unit assessment requirements", ASSESSED[policy])
        self.say("Unit assessment guidance", "For learning outcome 1 a diary will do (AC1.1, AC2.3 and AC1.2).")

    def _back(self):
        self.say("12 Further information", "Write to the guild: www.kiln.example/contact.")
        self.say("Annexe A: Assessment Strategy", "1. Introduction", "The guild has few principles.")
        self.say("2.1 External verification", "- The guild looks after its verifiers.")


class Referenced(Document):
    """ "## Unit D/506/2153", "### Title", and a table that every page has converted in a way of its own."""

    def __init__(self, random, count, noise=None):
        super().__init__(random, count)
        self.title = f"Kiln Level {self.level} NVQ Diploma in Pottery"
        for unit in self.units:
            unit.number = None
        self.has_glh = random.random() < 0.3
        self._front()
        self._structure()
        self.say("# Learning Outcomes and Assessment Criteria")
        for unit in self.units:
            self._page(unit, noise)
        self.lines += ["Kiln Guild  ", "Kiln House  ", "Claywick  ", "KW1 2AB", "Tel: 01234 567890", ""]
        self.lines += ["www.kiln.example", "office@kiln.example"]

    def _front(self):
        self.say("", f"## **{self.title}**", "### **Qualification Specification**", "# Contents")
        self.lines += ["\t<b>Page</b>", "Introduction\t3", "Qualification structure\t4", ""]
        self.say("## Introduction", "The awarding body for this qualification is Kiln Guild.")
        self.say("## Qualification Profile", f"### {self.title}")
        facts = ("Qualification title", f"<b>{self.title}</b>"), ("Ofqual qualification number", self.qan)
        facts += ("Level", self.level), ("Total qualification time", "500 hours"), ("Qualification end date", "")
        self.lines += [f"{label}\t{value}" for label, value in facts] + [""]

    def _structure(self):
        groups = self.groups
        mandatory = sum(unit.credit for unit in groups["A"])
        rest = {letter: sum(unit.credit for unit in part) // 2 for letter, part in groups.items() if letter != "A"}
        self.credits = mandatory + sum(rest.values())
        self.say("## Qualification Structure", f"Candidates must achieve a minimum of {self.credits} credits:")
        self.lines.append(f"- {mandatory} credits from the mandatory units, plus")
        optional = [(letter, amount) for letter, amount in rest.items() if amount]
        self.lines += [
            f"- a minimum of {amount} credits from the Optional Group {letter}" for letter, amount in optional
        ]
        self.lines.append("")
        heads = ["Unit Reference Number", "Unit Title", "Unit Level", "Credit Value"] + ["GLH"] * self.has_glh
        for letter, part in groups.items():
            label = "Mandatory Units – complete all units" if letter == "A" else "Optional Units"
            self.lines.append(f"<b>Group {letter} {label}</b>" + "\t" * (len(heads) - 1))
            self.lines.append("\t".join(f"<b>{head}</b>" for head in heads))
            for n, unit in enumerate(part):
                if n and self.random.random() < 0.05:
                    self.lines += ["", "\t".join(f"<b>{head}</b>" for head in heads)]
                row = [unit.uan, unit.title, unit.level, unit.credit] + [unit.glh] * self.has_glh
                self.lines.append("\t".join(map(str, row)))
        self.say("", "## Centre Requirements", "The guild approves potteries.")

    def _page(self, unit, noise):
        if self.random.random() < 0.1:
            self.say(f"## Unit {unit.uan} {unit.title}")
        else:
            self.say(f"## Unit {unit.uan}", f"### {unit.title}")
        self.lines += print_loose(self.random, noise(unit) if noise else cells_of(unit))
        self.lines.append("")
