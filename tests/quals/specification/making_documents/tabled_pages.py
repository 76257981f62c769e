"""Prints units as handbooks do that have a table of labels and a table for each outcome."""

AIM = "This unit concerns looking after boats at a quay"


class TablePrinter:
    """Prints one document's units. `noted` holds what each damage must be noted as."""

    def __init__(self, random, noise=0.0):
        self.random = random
        self.noise = noise
        self.noted = []
        self.level = random.choice(["Level ", ""])
        self.person = random.choice(["learner", "candidate"])

    def strikes(self, share=1.0):
        return self.random.random() < self.noise * share

    def page(self, unit):
        head = [f"Unit {unit.number}{unit.mark}", "", unit.title, ""]
        if unit.mark:
            head = [f"Unit {unit.number}{unit.mark} **{unit.title}**", ""]
        if self.strikes(0.3):
            head = [""]
            self.noted.append(("note", "unit-heading-lost", f"unit {unit.number}"))
        pairs = [("UAN:", unit.uan), ("Level:", f"{self.level}{unit.level}"), ("Credit value:", unit.credit)]
        pairs += [("GLH:", unit.glh), ("Relationship to NOS:", "This unit is linked to Boats NOS 4.")]
        if self.strikes():
            pairs[1], pairs[2] = pairs[2], pairs[1]
        pairs.append(("Aim:", AIM))
        lines = [*head, *(f"{label}\t{value}" for label, value in pairs), ""]
        for outcome in unit.wording():
            lines += self._outcome(unit, *outcome)
        return lines

    def _outcome(self, unit, number, text, criteria):
        titles = [f"{number}\t{text}", f"{number} {text}\t", f"\t{number} {text}"]
        lines = [f"Learning outcome\tThe {self.person} will:", self.random.choice(titles), "Assessment criteria\t"]
        lead = f"The {self.person} can:"
        form = self.random.choice(["rows", "rows", "rows", "cell", "run", "list"])
        coded = [f"{code} {words}" for code, words in criteria]
        if form == "rows":
            lines += [f"{lead}\t", *self._rows(unit, criteria)]
        elif form == "cell":
            lines.append(f"<p>{lead}</p> " + " ".join(f"<p>{words}</p>" for words in coded) + "\t")
        elif form == "run":
            lines.append(f"{lead} " + " ".join(coded) + "\t")
        else:
            items = " ".join(coded)
            lines.append(f'<p>{lead}</p> <ul style="list-style-type: none;"> {items}\t')
        return [*lines, ""]

    def _rows(self, unit, criteria):
        lines, form = [], "{}\t"
        for n, (code, words) in enumerate(criteria):
            if n and self.strikes(0.15):
                form, again = self.random.choice(
                    [("- {}", []), ("{}", []), ("| {} |", []), ("- | {} |", []), ("{}\t", ["Assessment criteria\t"])]
                )
                lines += ["", *again]
            lines.append(form.format(f"{code} {words}"))
            broken = words.rpartition(" ")
            if form == "{}\t" and n + 1 < len(criteria) and broken[2][:1].islower() and self.strikes(0.15):
                lines[-1] = f"{code} {broken[0]}\t"
                following = [f"<p>{code} {words}</p>" for code, words in criteria[n + 1 :]]
                lines += ["", f"<p>{broken[2]}</p> {' '.join(following)}", "--"]
                self.noted.append(("note", "wording-repaired", f"unit {unit.number}, {code}"))
                break
        return lines
