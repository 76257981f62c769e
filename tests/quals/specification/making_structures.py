"""Makes the front of a specification with a known structure and known rules, in the wording of many awarding bodies."""

from dataclasses import dataclass, field
from random import Random

from quals.specification.checks import qan_check_character, uan_check_character

from .making_phrasings import (
    BARRED,
    BOTH_ENDS,
    EACH,
    LEAST,
    LEVEL,
    LEVEL_EXACTLY,
    LIST,
    LIST_LEAST,
    MANDATORY,
    MOST,
    MOST_CREDITS,
    PROSE,
    REMAINING,
    TOGETHER,
    TOTAL,
    TOTAL_LABELS,
    UNREAD,
)

WORDS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS += ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@dataclass
class Truth:
    """What a made document says: bounds with the words that print them, and the lines that cannot be read."""

    title: str
    qan: str
    level: int
    groups: dict[str, list[dict]]
    bounds: list[tuple] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    text: str = ""

    def sum_of(self, codes: list[str], least_level: int = 0) -> int:
        return sum(u["credit"] for code in codes for u in self.groups[code] if u["level"] >= least_level)


def make(seed: int) -> Truth:
    """One document; the same for the same seed."""
    return _Maker(Random(seed)).make()


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.who = random.choice(["learner", "candidate"])
        self.unit_digits = iter(random.sample(range(1000, 9999), 60))

    def make(self) -> Truth:
        level = self.random.randint(2, 5)
        digits = f"6{self.random.randint(10, 99)}/{self.random.randint(1000, 9999)}"
        truth = Truth(f"Level {level} Diploma in Bell Ringing", f"{digits}/{qan_check_character(digits)}", level, {})
        truth.groups = {code: self._units(code, level) for code in "ABCDE"[: self.random.randint(2, 5)]}
        rules = self._rules(truth)
        truth.text = "\n".join(self._lines(truth, rules))
        return truth

    def _units(self, code: str, level: int) -> list[dict]:
        units = []
        for n in range(self.random.randint(2, 6)):
            digits = f"{self.random.randint(100, 999)}/{next(self.unit_digits)}"
            credit = self.random.randint(2, 9)
            number = str(100 * (ord(code) - 64) + n + 1)
            units.append({"number": number, "uan": f"{uan_check_character(digits)}/{digits}", "credit": credit})
            units[-1] |= {"level": max(1, level + self.random.choice([-1, 0, 0, 0, 1])), "glh": credit * 5}
            units[-1]["title"] = f"Ring the {number} bell of group {code.lower()}"
        return units

    def _rules(self, truth: Truth) -> list[str]:
        """Sentences with the bounds that they mean, which are added to the truth."""
        pick, optional = self.random.choice, list(truth.groups)[1:]
        everything = list(truth.groups)
        total = self.random.randint(truth.sum_of(["A"]) + 1, truth.sum_of(everything))
        sentences = [self._say(TOTAL, n=total)] if self.random.random() < 0.7 else [f"{pick(TOTAL_LABELS)}\t{total}"]
        truth.bounds.append(("at_least", "credits", total, {}))
        size = len(truth.groups["A"])
        sentences.append(self._say(MANDATORY, size=size, credits=truth.sum_of(["A"])))
        truth.bounds.append(("at_least", "units", size, {"groups": ["A"]}))
        makers = [self._level, self._least, self._most, self._each, self._list, self._barred, self._remaining]
        makers += [self._both_ends, self._units_of_group]
        for maker in self.random.sample(makers, self.random.randint(2, len(makers))):
            sentences += maker(truth, optional)
        if self.random.random() < 0.3:
            truth.unread.append(self._say(UNREAD, end=""))
            sentences.append(truth.unread[-1])
        return sentences

    def _level(self, truth: Truth, optional: list[str]) -> list[str]:
        above = self.random.random() < 0.7
        there = truth.sum_of(list(truth.groups), truth.level)
        if not above:
            there -= truth.sum_of(list(truth.groups), truth.level + 1)
        if there < 2:
            return []
        n = self.random.randint(1, there)
        mode = "at_or_above" if above else "exactly"
        truth.bounds.append(("at_least", "credits", n, {"level": {"mode": mode, "value": truth.level}}))
        return [self._say(LEVEL if above else LEVEL_EXACTLY, n=n, level=truth.level)]

    def _some_groups(self, optional: list[str], most: int = 3) -> tuple[list[str], str]:
        codes = sorted(self.random.sample(optional, self.random.randint(1, min(most, len(optional)))))
        if len(codes) == 1:
            return codes, self.random.choice(["Group {0}", "Optional Group {0}", "group {0}"]).format(codes[0])
        joined = ", ".join(codes[:-1]) + self.random.choice([" and ", " or "]) + codes[-1]
        return codes, self.random.choice(["Groups ", "groups ", "Optional Groups "]) + joined

    def _least(self, truth: Truth, optional: list[str]) -> list[str]:
        codes, groups = self._some_groups(optional)
        n = self.random.randint(1, truth.sum_of(codes))
        if self._taken(truth, "at_least", "credits", codes):
            return []
        truth.bounds.append(("at_least", "credits", n, {"groups": codes}))
        words = self._say(LEAST, n=n, groups=groups, credits="credits" if n > 1 else "credit")
        together = self.random.choice(TOGETHER) if len(codes) > 1 and words.rstrip(".;").endswith(codes[-1]) else ""
        return [words[:-1] + together + words[-1] if words[-1] in ".;" else words + together]

    def _most(self, truth: Truth, optional: list[str]) -> list[str]:
        codes, groups = self._some_groups(optional)
        n = self.random.randint(2, 12)
        if self._taken(truth, "at_most", "credits", codes):
            return []
        truth.bounds.append(("at_most", "credits", n, {"groups": codes}))
        return [self._say(MOST + MOST_CREDITS, n=n, groups=groups, credits="credits")]

    def _both_ends(self, truth: Truth, optional: list[str]) -> list[str]:
        codes, groups = self._some_groups(optional, 1)
        n = self.random.randint(1, truth.sum_of(codes))
        if self._taken(truth, "at_least", "credits", codes) or self._taken(truth, "at_most", "credits", codes):
            return []
        truth.bounds += [(bound, "credits", m, {"groups": codes}) for bound, m in (("at_least", n), ("at_most", n + 3))]
        return [self._say(BOTH_ENDS, n=n, m=n + 3, groups=groups, credits="credits")]

    def _units_of_group(self, truth: Truth, optional: list[str]) -> list[str]:
        codes, groups = self._some_groups(optional, 1)
        bound = self.random.choice(["at_least", "at_most"])
        if self._taken(truth, bound, "units", codes):
            return []
        truth.bounds.append((bound, "units", 2, {"groups": codes}))
        return [self._say(LEAST if bound == "at_least" else MOST, n=2, groups=groups, credits="units")]

    def _each(self, truth: Truth, optional: list[str]) -> list[str]:
        if len(optional) < 2 or any(self._taken(truth, "at_least", "units", [code]) for code in optional):
            return []
        truth.bounds += [("at_least", "units", 1, {"groups": [code]}) for code in optional]
        groups = "Groups " + ", ".join(optional[:-1]) + " and " + optional[-1]
        return [self._say(EACH, groups=groups)]

    def _list(self, truth: Truth, optional: list[str]) -> list[str]:
        units = [u for code in optional for u in truth.groups[code]]
        units = self.random.sample(units, min(3, len(units)))
        name = self.random.choice(["number", "uan"])
        keys = [u["number"] for u in units]
        if len(keys) < 3 or any(set(b[3].get("units", [])) == set(keys) for b in truth.bounds):
            return []
        printed = ", ".join(u[name] for u in units[:-1]) + self.random.choice([" and ", ", ", " or "]) + units[-1][name]
        bound = self.random.choice(["at_most", "at_most", "at_least"])
        n = self.random.randint(1, 2)
        truth.bounds.append((bound, "units", n, {"units": keys}))
        return [self._say(LIST if bound == "at_most" else LIST_LEAST, n=n, keys=printed)]

    def _barred(self, truth: Truth, optional: list[str]) -> list[str]:
        one, other = self.random.sample([u for code in optional for u in truth.groups[code]], 2)
        truth.bounds.append(("at_most", "units", 1, {"units": [one["number"], other["number"]]}))
        name = self.random.choice(["number", "uan"])
        return [self._say(BARRED, a=one[name], b=other[name])]

    def _remaining(self, truth: Truth, optional: list[str]) -> list[str]:
        last, n = optional[-1], self.random.randint(2, 9)
        words = self.random.choice(REMAINING)
        groups = "Groups " + " and ".join(optional) if len(optional) > 1 else f"Group {last}"
        if "{n}" in words:
            if self._taken(truth, "at_most", "credits", [last]):
                return []
            truth.bounds.append(("at_most", "credits", n, {"groups": [last]}))
        return [self._say((words,), n=n, groups=groups, last=f"Group {last}")]

    def _taken(self, truth: Truth, bound: str, measure: str, codes: list[str]) -> bool:
        return any(b[:2] == (bound, measure) and b[3] == {"groups": codes} for b in truth.bounds)

    def _say(self, phrasings: tuple, end: str | None = None, **values) -> str:
        """One of the phrasings, with figures or words for its numbers."""
        chosen = self.random.choice(phrasings)
        number = values.get("n")
        if number and ": {n}" not in chosen and self.random.random() < 0.25:
            values["n"] = self._in_words(number)
        words = chosen.format(Learners=self.who.capitalize() + "s", learners=self.who + "s", **values)
        words = words[0].upper() + words[1:] if self.random.random() < 0.7 else words
        return words + (self.random.choice([".", "", ";"]) if end is None else end)

    def _in_words(self, n: int) -> str:
        if n >= 100:
            return str(n)
        word = WORDS[n] if n < 20 else TENS[n // 10] + ("-" + WORDS[n % 10] if n % 10 else "")
        return self.random.choice([word, f"{n} ({word})", f"{word} ({n})"])

    def _lines(self, truth: Truth, rules: list[str]) -> list[str]:
        lines = [f"# {truth.title}", "", f"Qualification number\t{truth.qan}", f"Level\t{truth.level}", ""]
        lines += ["## Qualification structure", ""]
        behind = self.random.choice([0, 0, len(rules) // 2])
        lines += [*self._printed(rules[behind:]), self.random.choice(PROSE), ""]
        barred = self.random.random() < 0.3
        for code in truth.groups:
            lines += self._table(code, truth.groups[code], barred)
        lines += ["", *self._printed(rules[:behind]), self.random.choice(PROSE), ""]
        return [*lines, "## Centres", "", "Every centre has a bell."]

    def _printed(self, rules: list[str]) -> list[str]:
        """Sentences as bullets, as paragraphs or in one paragraph."""
        how = self.random.choice(["bullets", "paragraphs", "one"])
        tabular = [rule for rule in rules if "\t" in rule]
        plain = [rule for rule in rules if "\t" not in rule]
        plain = [self._noise(rule) for rule in plain]
        if how == "bullets":
            plain = [f"- {rule}" for rule in plain]
        elif how == "paragraphs":
            plain = [line for rule in plain for line in (rule, "")]
        else:
            plain = [" ".join(rule.rstrip(".;") + "." for rule in (r[0].upper() + r[1:] for r in plain))]
        return [*tabular, "", *plain, ""]

    def _noise(self, rule: str) -> str:
        how = self.random.choice(["", "", "", "bold", "space", "double", "glued"])
        if how == "bold":
            return rule.replace("minimum", "**minimum**").replace("Group", "**Group").replace("Group B", "Group B**")
        if how == "space":
            return rule.replace(" credits", "\u00a0credits").replace("Level ", "Level\u00a0")
        if how == "double":
            return rule.replace(" from ", "  from ")
        return rule.replace(" (", "(") if how == "glued" else rule

    def _table(self, code: str, units: list[dict], barred: bool) -> list[str]:
        kind = "Mandatory" if code == "A" else "Optional"
        head = "Unit reference number\tUnit\tUnit title\tLevel\tCredit value\tGLH" + (
            "\tBarred units" if barred else ""
        )
        title = self.random.choice(
            [f"{kind} Group {code}", f"Group {code} – {kind} units", f"Group {code} {kind} Units"]
        )
        rows = [
            "\t".join(map(str, [u["uan"], u["number"], u["title"], u["level"], u["credit"], u["glh"]]))
            + ("\t" if barred else "")
            for u in units
        ]
        as_row = self.random.random() < 0.5
        top = [head, f"{title}\t\t\t\t\t"] if as_row else [title, "", head]
        return ["", *top, *rows]
