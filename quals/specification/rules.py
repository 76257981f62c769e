"""The structure's sentences become rules of combination, each with its lines and how surely it was read."""

from dataclasses import dataclass, field

from .findings import Findings
from .sentences import Bound, mandatory_codes, read_sentence, whole_group
from .structure import Place, Sentence, Structure


@dataclass
class Rule:
    bound: str
    measure: str
    amount: int
    of: dict
    printed: list[int] = field(default_factory=list)
    note: str = ""
    alternative: dict | None = None

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
    rules: list[Rule] = []
    for sentence in structure.sentences:
        reading = read_sentence(sentence.text, sentence.group, structure)
        for bound in reading.bounds:
            _take(bound, sentence, rules, structure, findings)
        if reading.follows:
            message = "This sentence gives a number that follows from the others: it was not read as a rule."
            findings.note(sentence.line, "rule-follows", "rules of combination", message)
        if reading.unread:
            message = "This sentence seems to hold a rule of combination, but it could not be read."
            findings.error(sentence.line, "rule-unread", "rules of combination", message)
    for group in structure.groups:
        if group.mandatory:
            _add(whole_group(group.code, structure), [group.line], rules, findings)
    rules.sort(key=lambda rule: _rank(rule, structure))
    for rule in rules:
        _doubt_level(rule, structure)
        _check_possible(rule, structure, findings)
    entries = [rule.as_dict(number) for number, rule in enumerate(rules, start=1)]
    _report(entries, findings)
    return entries


def total_credits(rules: list[dict]) -> int | None:
    """What the whole qualification asks for, where a rule says so."""
    totals = [r["amount"] for r in rules if (r["bound"], r["measure"], r["of"]) == ("at_least", "credits", {})]
    return totals[0] if totals else None


def _take(bound: Bound, sentence: Sentence, rules: list[Rule], structure: Structure, findings: Findings) -> None:
    if bound.measure == "credits" and bound.bound != "at_most" and _whole_mandatory(bound, structure):
        _check_sum(bound, sentence, rules, structure, findings)
        return
    bound.bound = bound.bound or "at_least"
    _add(bound, [sentence.line], rules, findings)


def _whole_mandatory(bound: Bound, structure: Structure) -> bool:
    codes = bound.of.get("groups", [])
    return bound.level is None and bool(codes) and set(codes) <= set(mandatory_codes(structure))


def _check_sum(bound: Bound, sentence: Sentence, rules: list[Rule], structure: Structure, findings: Findings) -> None:
    """Credits from mandatory units follow from achieving all of them: no rule, but they have to add up."""
    codes = bound.of["groups"]
    adds_up_to = sum(place.credit for code in codes for place in structure.group(code).places)
    if bound.amount != adds_up_to:
        message = f"{bound.amount} credits are printed for mandatory units whose credits add up to {adds_up_to}."
        findings.error(sentence.line, "mandatory-credits-differ", f"group {', '.join(codes)}", message)
        return
    for code in codes:
        _add(whole_group(code, structure), [sentence.line], rules, findings)


def _add(bound: Bound, printed: list[int], rules: list[Rule], findings: Findings) -> None:
    """A rule printed twice is one rule with two lines; printed with two amounts, it is disputed."""
    for rule in rules:
        if (rule.bound, rule.measure, rule.of) == (bound.bound, bound.measure, bound.of):
            rule.printed += printed
            if rule.amount != bound.amount:
                _contradict(rule, bound, printed, findings)
            return
    rules.append(Rule(bound.bound, bound.measure, bound.amount, bound.of, list(printed)))


def _contradict(rule: Rule, bound: Bound, printed: list[int], findings: Findings) -> None:
    rule.alternative = {"amount": bound.amount, "of": rule.of}
    rule.note = f"printed with two amounts, {rule.amount} and {bound.amount}: read as {rule.amount}"
    message = f"The document prints {bound.amount} here and {rule.amount} in another line for one rule."
    findings.error(printed[0], "rule-contradicts", "rules of combination", message)


def _rank(rule: Rule, structure: Structure) -> tuple:
    codes = [group.code for group in structure.groups]
    group = codes.index(rule.of["groups"][0]) if "groups" in rule.of else -1
    return ("level" in rule.of, "units" in rule.of, group, min(rule.printed))


def _doubt_level(rule: Rule, structure: Structure) -> None:
    """ "At level 4" can be read two ways as soon as there are units above level 4 to choose from."""
    level = rule.of.get("level")
    if not level or level["mode"] != "exactly" or rule.alternative:
        return
    everything = _matching(rule.of | {"level": {"mode": "at_or_above", "value": level["value"]}}, structure)
    above = [place for place in everything if place.level > level["value"]]
    if not above:
        return
    groups = " and ".join(sorted({place.group for place in above}))
    levels = " and ".join(str(number) for number in sorted({place.level for place in above}))
    rule.note = f"read as exactly level {level['value']}; group {groups} also holds level {levels} units"
    other = {"mode": "at_or_above", "value": level["value"]}
    rule.alternative = {"amount": rule.amount, "of": rule.of | {"level": other}}


def _check_possible(rule: Rule, structure: Structure, findings: Findings) -> None:
    places = _matching(rule.of, structure)
    there = sum(place.credit for place in places) if rule.measure == "credits" else len(places)
    if rule.bound == "at_least" and rule.amount > there:
        message = f"At least {rule.amount} {rule.measure} are asked for where the structure lists {there}."
        findings.error(min(rule.printed), "rule-impossible", "rules of combination", message)


def _matching(of: dict, structure: Structure) -> list[Place]:
    def fits(place: Place) -> bool:
        level = of.get("level")
        return (
            place.group in of.get("groups", [place.group])
            and place.uan in of.get("units", [place.uan])
            and (level is None or place.level == level["value"] or (_open(level) and place.level > level["value"]))
        )

    return [place for place in structure.places if fits(place)]


def _open(level: dict) -> bool:
    return level["mode"] == "at_or_above"


def _report(rules: list[dict], findings: Findings) -> None:
    if total_credits(rules) is None:
        message = "No sentence of the structure says how many credits the whole qualification needs."
        findings.error(None, "total-missing", "rules of combination", message)
    for rule in rules:
        if rule["confidence"] == "disputed":
            message = f"{rule['id']} can be read two ways: {rule['note']}."
            findings.warning(rule["printed"][-1], "rule-disputed", rule["id"], message)
