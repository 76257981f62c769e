"""Prints units as handbooks and packs do whose criteria are lists below "Outcome 1: …"."""

COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
AIM = "This unit is about looking after boats at a quay. What follows shows what a keeper of boats is able to do there."


class Printer:
    """Prints one document's units. `noise` is the chance of each damage; `noted` what each unit must be noted for."""

    def __init__(self, random, organisation, noise=0.0):
        self.random = random
        self.noise = noise
        self.person = random.choice(["learner", "candidate"])
        self.is_marked = random.random() < 0.5
        self.uan_label = random.choice(["NDAQ number", "UAN", "Unit accreditation number"])
        self.bullet = random.choice(["- ", "- ", ""])
        self.gap = random.choice([" ", "    ", "        "])
        self.footer = ["", organisation, "Light for every boat", "", "www.lanterns.example", ""]
        self.has_footers = random.random() < 0.5
        self.noted = []

    def strikes(self, share=1.0):
        return self.random.random() < self.noise * share

    def page(self, unit, may_lose_heading=True):
        lost = may_lose_heading and self.strikes()
        if lost:
            self.noted.append(("note", "unit-heading-lost", f"unit {unit.number}"))
        parts = [] if lost else self._heading(unit)
        parts += [*self._labels(unit), "", *self._about(unit)]
        if self.strikes() or self.is_marked:
            parts += [*self._again(unit), ""]
        if self.is_marked:
            parts += [self.random.choice(["## ", "### ", ""]) + "Learning outcomes and assessment criteria", ""]
        for outcome in unit.wording():
            parts += self._outcome(unit, *outcome)
        return [*parts, *self._requirements(unit), *self.random.choice([[], ["", ""]])]

    def _again(self, unit):
        if self.is_marked:
            return [f"{self.random.choice(['# ', '## '])}**Unit {unit.number}{self.gap}{unit.title}**"]
        return [f"Unit {unit.number}", "", unit.title]

    def _heading(self, unit):
        rank = self.random.choice(["# ", "## "]) if self.is_marked else ""
        title = self._broken_title(unit.title)
        forms = [[f"{rank}Unit {unit.number}{unit.mark}", "", *title]]
        if self.is_marked:
            forms.append([f"{rank}Unit {unit.number}{unit.mark}", "", f"{rank}{unit.title}"])
            forms.append([f"{rank}**Unit {unit.number}{unit.mark}{self.gap}{unit.title}**"])
        return ["", *self.random.choice(forms), ""]

    def _broken_title(self, title):
        words = title.split()
        if len(words) < 5 or not self.strikes():
            return [title]
        cut = self.random.randint(2, len(words) - 2)
        return [" ".join(words[:cut]), " ".join(words[cut:])]

    def _labels(self, unit):
        uan = unit.uan
        if self.strikes(0.5):
            uan = f"{uan[:-2]}/{uan[-2:]}"
            self.noted.append(("note", "uan-repaired", f"unit {unit.uan}"))
        level = self.random.choice(["", "Level "]) if self.is_marked else ""
        pairs = [("Level", f"{level}{unit.level}"), ("Credit value", unit.credit), (self.uan_label, uan)]
        if self.is_marked:
            form = self.random.choice(["**{}:** {}  ", "<b>{}:</b>\t{}"])
            return [form.format(*pair) for pair in pairs]
        gaps = self.random.choice([[""], []])
        return [part for label, value in pairs for part in (f"{label}: {value}", *gaps)]

    def _about(self, unit):
        rank = "### " if self.is_marked else ""
        hours = f"**{unit.glh}**" if self.is_marked else unit.glh
        mark = "{}. {}" if self.is_marked else "- {} {}"
        said = f"There are **{COUNTS[len(unit.outcomes)]}** learning outcomes to this unit."
        lead = f"The {self.person} will:"
        lines = [f"{rank}Unit aim", "", AIM, "", f"{rank}Learning outcomes", ""]
        lines += [f"{said} {lead}", ""] if self.is_marked else [said, "", lead, ""]
        lines += [mark.format(n, text) for n, (text, _) in enumerate(unit.outcomes, start=1)]
        lines += ["", f"{rank}Guided learning hours", ""]
        lines.append(f"It is recommended that {hours} hours should be allocated for this unit, although it may vary.")
        if self.random.random() < 0.7:
            lines += ["", f"{rank}Details of the relationship between the unit and relevant national standards", ""]
            lines.append("This unit directly relates to Unit B7 of the Boats NOS 2010.")
        lines += ["", f"{rank}Assessment", "", "This unit will be assessed by portfolio of evidence.", ""]
        return lines

    def _outcome(self, unit, number, text, criteria):
        words = f"Outcome {number}:{self.gap if self.is_marked else ' '}{text}"
        if self.is_marked:
            heading = [f"{self.random.choice(['##', '###', '####'])} **{words}**"]
        else:
            heading = self.random.choice([[f"{words}**Assessment Criteria**"], [words, "", "Assessment Criteria"]])
        lead = ["", f"The {self.person} can:", ""]
        if self.strikes(0.3):
            lead = [""]
        lines = []
        damaged = self.random.randrange(1, len(criteria) - 1) if len(criteria) > 2 and self.strikes() else 0
        for n, (code, wording) in enumerate(criteria):
            if n and n != damaged and self.strikes(0.3):
                lines += self._page_break()
            damage = self._damaged if n and n == damaged else self._criterion
            lines += damage(unit, code, wording)
        return [*heading, *lead, *lines, ""]

    def _page_break(self):
        noise = [[""], ["", ""], ["", str(self.random.randint(5, 90)), ""], ["", "www.lanterns.example", ""]]
        noise += [self.footer] if self.has_footers else []
        return self.random.choice(noise)

    def _criterion(self, unit, code, wording):
        return [f"{self.bullet}{code}{self.gap}{wording}"]

    def _damaged(self, unit, code, wording):
        """A criterion without its code, or broken by a page's end."""
        subject = f"unit {unit.number}, {code}"
        words, last = wording.rsplit(" ", 1)
        if last[0].islower() and "www" not in last and self.random.random() < 0.5:
            self.noted.append(("note", "wording-repaired", subject))
            return [*self._criterion(unit, code, words), "", last]
        self.noted.append(("note", "criterion-code-lost", subject))
        return [f"{self.bullet}{wording}"]

    def _requirements(self, unit):
        if not unit.requirements:
            return []
        lines = self._again(unit) if self.is_marked else []
        lines += ["", f"{'### ' if self.is_marked else ''}Evidence requirements", ""]
        for number, (text, _, items) in enumerate(unit.requirements, start=1):
            printed = f"- {number}{self.gap}{text}"
            if self.strikes(0.2):
                lines.append("")
            if number > 1 and number == len(unit.requirements) and self.strikes():
                printed = f"{number - 1}. {text}"
                subject = f"unit {unit.number}, evidence requirement {number}"
                self.noted.append(("note", "requirement-number", subject))
            lines.append(printed)
            lines += [f"  - {letter}{self.gap}{item}" for letter, item in zip("abcdefghij", items, strict=False)]
        return [*lines, ""]
