"""The structure's sentences and tables become rules of combination, each with its lines and how surely it was read."""

from dataclasses import dataclass, field

from ..findings import Findings
from ..structures.barred import barred_bounds
from ..structures.structure import Sentence, Structure
from .clauses import mandatory_codes, optional_codes
from .levels import doubt_level, matching
from .sentences import Bound, Reading, Remainder, read_sentence, whole_group

SUBJECT = "rules of combination"


@dataclass
class Rule:
    bound: str
    measure: str
    amount: int
    of: dict
    printed: list[int] = field(default_factory=list)
    note: str = ""
    alternative: dict | None = None
    whole: bool = False

    def as_dict(self, number: int) -> dict:
        entry = {
            "id": f"R{number}",
            "bound": self.bound,
            "measure": self.measure,
            "amount": self.amount,
            "of": self.of,
        }
        entry |= {
            "printed": sorted(set(self.printed)),
            "confidence": "disputed" if self.alternative else "printed",
        }
        entry["note"] = self.note
        if self.alternative:
            entry["alternative"] = self.alternative
        return entry | {"confirmed": None}


def read_rules(structure: Structure, findings: Findings) -> list[dict]:
    """Every rule the structure prints: the whole qualification's, then the groups' in order, then levels."""
    return _RuleReader(structure, findings).read()


def total_credits(rules: list[dict]) -> int | None:
    """What the whole qualification asks for, where a rule says so."""
    totals = [r["amount"] for r in rules if (r["bound"], r["measure"], r["of"]) == ("at_least", "credits", {})]
    return totals[0] if totals else None


class _RuleReader:
    def __init__(self, structure: Structure, findings: Findings) -> None:
        self.structure, self.findings = structure, findings
        self.rules: list[Rule] = []
        self.further: list[tuple[Bound, int]] = []
        self.remainders: list[tuple[Remainder, int]] = []
        self.partial: dict[str, tuple[int, int]] = {}

    def read(self) -> list[dict]:
        for sentence in self.structure.sentences:
            self._sentence(sentence, read_sentence(sentence, self.structure))
        for group in self.structure.groups:
            if group.mandatory:
                self._add(whole_group(group.code, self.structure), [group.line])
        for bound, line in self.further:
            self._further(bound, line)
        for bound, lines in barred_bounds(self.structure, self.findings):
            self._add(bound, lines)
        self.rules.sort(key=self._rank)
        for rule in self.rules:
            self._finish(rule)
        entries = [rule.as_dict(number) for number, rule in enumerate(self.rules, start=1)]
        for remainder, line in self.remainders:
            self._check_remainder(remainder, line)
        _report(entries, self.findings)
        return entries

    def _sentence(self, sentence: Sentence, reading: Reading) -> None:
        for bound in reading.bounds:
            self._take(bound, sentence.line)
        for codes, amount in reading.stated:
            self._check_sum(codes, amount, sentence.line)
        for remainder in reading.remainders:
            self.remainders.append((remainder, sentence.line))
            message = "This sentence gives a number that follows from the others: it was not read as a rule."
            self.findings.note(sentence.line, "rule-follows", SUBJECT, message)
        if reading.unread:
            message = f"Line {sentence.line} seems to hold a rule of combination, but it could not be read."
            self.findings.error(sentence.line, "rule-unread", SUBJECT, message)

    def _take(self, bound: Bound, line: int) -> None:
        if bound.unknown:
            self._unknown_units(bound, line)
        if bound.further:
            self.further.append((bound, line))
        elif bound.measure == "credits" and bound.bound != "at_most" and self._whole_mandatory(bound):
            self._mandatory_credits(bound, line)
        elif bound.each and set(bound.of["groups"]) <= set(mandatory_codes(self.structure)):
            self._add(whole_group(bound.of["groups"][0], self.structure), [line])
        else:
            bound.bound = bound.bound or "at_least"
            self._add(bound, [line])

    def _whole_mandatory(self, bound: Bound) -> bool:
        codes = bound.of.get("groups", [])
        other = bound.level is None and "units" not in bound.of
        return other and bool(codes) and set(codes) <= set(mandatory_codes(self.structure))

    def _mandatory_credits(self, bound: Bound, line: int) -> None:
        """Credits from mandatory units follow from achieving all of them: no rule, but they have to add up."""
        codes = bound.of["groups"]
        self._check_sum(codes, bound.amount, line)
        if bound.amount < self._sum(codes) and len(codes) == 1:
            self.partial[codes[0]] = (bound.amount, line)
        for code in codes:
            self._add(whole_group(code, self.structure), [line])

    def _sum(self, codes: list[str]) -> int:
        return sum(place.credit for code in codes for place in self.structure.group(code).places)

    def _check_sum(self, codes: list[str], amount: int, line: int) -> None:
        adds_up_to = self._sum(codes)
        if amount != adds_up_to:
            message = f"{amount} credits are printed for mandatory units whose credits add up to {adds_up_to}."
            self.findings.warning(line, "mandatory-credits-differ", f"group {', '.join(codes)}", message)

    def _further(self, bound: Bound, line: int) -> None:
        """ "A further 47 credits" are those beside the mandatory units, if that is what they add up to."""
        total = next((r.amount for r in self.rules if not r.of and r.measure == "credits" and r.bound == "at_least"), 0)
        codes, mandatory = optional_codes(self.structure), self._sum(mandatory_codes(self.structure))
        if bound.measure == "credits" and bound.bound != "at_most" and codes and bound.amount + mandatory == total:
            bound.bound, bound.of = "at_least", {"groups": codes}
            self._add(bound, [line])
            rule = next(rule for rule in self.rules if rule.of == bound.of and rule.measure == "credits")
            rule.note = (
                rule.note or f"follows from {total} credits in all and {mandatory} mandatory ones, but is printed"
            )
            return
        message = f"Line {line} asks for {bound.amount} further {bound.measure}, but it is not clear beside which."
        self.findings.error(line, "rule-unread", SUBJECT, message)

    def _unknown_units(self, bound: Bound, line: int) -> None:
        names = ", ".join(bound.unknown)
        message = f"A rule names {names}, which no table of this qualification lists: it was left out of the rule."
        self.findings.warning(line, "unit-unknown", names, message)

    def _add(self, bound: Bound, printed: list[int]) -> None:
        """A rule printed twice is one rule with two lines; printed with two amounts, it is disputed."""
        for rule in self.rules:
            if (rule.bound, rule.measure, rule.of) == (bound.bound, bound.measure, bound.of):
                rule.printed += printed
                rule.whole |= bound.whole
                if rule.amount != bound.amount:
                    self._contradict(rule, bound, printed)
                return
        rule = Rule(bound.bound, bound.measure, bound.amount, dict(bound.of), list(printed), whole=bound.whole)
        self._doubt_unknown(rule, bound)
        self.rules.append(rule)

    def _doubt_unknown(self, rule: Rule, bound: Bound) -> None:
        """An unknown unit may be a misprint for the one barred partner that a list of partners lacks."""
        listed = rule.of.get("units", [])
        places = [self.structure.place(key) for key in listed]
        partners = {partner for place in places for partner in place.barred} - set(listed)
        partners = {partner for partner in partners if self.structure.place(partner)}
        paired = [place for place in places if set(place.barred) & set(listed)]
        if len(bound.unknown) == 1 and len(partners) == 1 and len(paired) > 2:
            other = partners.pop()
            rule.note = (
                f"read without {bound.unknown[0]}, which is in no table; it may stand for {other}, the partner of"
            )
            rule.note += f" {', '.join(self.structure.place(other).barred)}"
            rule.alternative = {"amount": rule.amount, "of": rule.of | {"units": sorted([*listed, other])}}

    def _contradict(self, rule: Rule, bound: Bound, printed: list[int]) -> None:
        rule.alternative = {"amount": bound.amount, "of": rule.of}
        rule.note = f"printed with two amounts, {rule.amount} and {bound.amount}: read as {rule.amount}"
        message = f"The document prints {bound.amount} here and {rule.amount} in another line for one rule."
        self.findings.error(printed[0], "rule-contradicts", SUBJECT, message)

    def _rank(self, rule: Rule) -> tuple:
        codes = [group.code for group in self.structure.groups]
        own = rule.of.get("groups", [])
        group = codes.index(own[0]) - (len(own) > 1) / 2 if own else -1
        return ("level" in rule.of, "units" in rule.of, group, min(rule.printed))

    def _finish(self, rule: Rule) -> None:
        partial = self.partial.get((rule.of.get("groups") or [""])[0]) if rule.whole else None
        if partial and not rule.alternative and not self._says_all(rule):
            rule.note = f"read as all units; {partial[0]} credits are printed, fewer than theirs"
            rule.alternative = {"measure": "credits", "amount": partial[0], "of": rule.of}
        doubt_level(rule, self.structure, self.findings)
        places = matching(rule.of, self.structure)
        there = sum(place.credit for place in places) if rule.measure == "credits" else len(places)
        if rule.bound == "at_least" and rule.amount > there:
            message = f"At least {rule.amount} {rule.measure} are asked for where the structure lists {there}."
            self.findings.error(min(rule.printed), "rule-impossible", SUBJECT, message)

    def _says_all(self, rule: Rule) -> bool:
        """Whether a sentence asks for all units of the group in so many words."""
        lines = set(rule.printed)
        return any(
            bound.whole and bound.of == rule.of
            for sentence in self.structure.sentences
            if sentence.line in lines
            for bound in read_sentence(sentence, self.structure).bounds
        )

    def _check_remainder(self, remainder: Remainder, line: int) -> None:
        """What remains has to be the total without the mandatory units and the minimum of each group."""
        total = next(
            (r.amount for r in self.rules if not r.of and r.measure == "credits" and r.bound == "at_least"), None
        )
        minimums = [
            r for r in self.rules if r.bound == "at_least" and r.measure == "credits" and set(r.of) == {"groups"}
        ]
        single = [r.amount for r in minimums if len(r.of["groups"]) == 1]
        if remainder.amount is None or total is None or not single:
            return
        left = total - self._sum(mandatory_codes(self.structure)) - sum(single)
        if left != remainder.amount:
            message = (
                f"{remainder.amount} credits are printed as remaining; by the tables and the other rules {left} are."
            )
            self.findings.warning(line, "remaining-credits-differ", SUBJECT, message)


def _report(rules: list[dict], findings: Findings) -> None:
    if total_credits(rules) is None:
        message = "No sentence of the structure says how many credits the whole qualification needs."
        findings.error(None, "total-missing", SUBJECT, message)
    for rule in rules:
        if rule["confidence"] == "disputed":
            message = f"{rule['id']} can be read two ways: {rule['note']}."
            findings.warning(rule["printed"][-1], "rule-disputed", rule["id"], message)
