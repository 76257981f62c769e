"""What a claim keeps of its proof, so that anybody can add it up again, and the second look before anything is made."""

from dataclasses import replace

from audit.rules import Refusal
from certification import states
from certification.models import Claim
from certification.rules.arguing import Argument
from portfolios import states as portfolio
from portfolios.models import UnitEntry
from quals.combination import Rule, RuleResult, Unit, verify
from quals.queries import Combination, combination_of
from verification.rules import still_stands

UNREADABLE = (AttributeError, IndexError, KeyError, TypeError, ValueError)
BEFORE_GROUPS = ("entry", "code", "uan", "title", "level", "credit")  # claims made before the rules were kept
REMEDY = {
    states.AWAITING_EQA: "Return it to the centre.",
    states.APPROVED: "Tell whoever runs this installation. Once it is put right, the papers can be asked for again.",
    states.ISSUED: "Tell whoever runs this installation. The certificate stands until it is revoked; once this is put "
    "right, it can be replaced.",
}
CHANGED_UNIT = "the code, level, credit or group of a unit is not what it was claimed with"


def counted_unit(entry: UnitEntry, told: Unit) -> dict:
    """A counted unit as the claim keeps it: enough to add it up again, and to print it."""
    unit = entry.unit
    facts = {"entry": entry.pk, "code": unit.code, "uan": unit.uan, "title": unit.title}
    return facts | {"level": told.level, "credit": told.credit, "key": told.key, "group": told.group}


def kept_with(argument: Argument) -> dict:
    """The proof that a claim keeps: the counted keys, each rule with its slack, doubts, what is not counted and why,
    and the rules themselves."""
    verdict, labels = argument.verdict, argument.checked.combination.labels
    return {
        "registered_on": argument.checked.combination.day.isoformat(),
        "counted": list(verdict.counted),
        "disputed": verdict.disputed,
        "differs": verdict.differs,
        "other_readings": verdict.other_readings if verdict.disputed else {},
        "rules": [_kept_result(result) for result in verdict.rules],
        "uncounted": [
            {"unit": each.key, "code": labels[each.key], "why": each.why, "sentence": each.sentence, "rule": each.rule}
            for each in verdict.uncounted
        ],
        "rule_set": [_kept_rule(result.rule) for result in verdict.rules],
    }


def _kept_result(result: RuleResult) -> dict:
    return {
        "id": result.rule_id,
        "sentence": result.sentence,
        "needed": result.amount,
        "counted": result.value,
        "slack": _slack(result.rule, result.value),
        "confidence": result.confidence,
    }


def _slack(rule: Rule, value: int) -> int:
    return value - rule.amount if rule.bound == "at_least" else rule.amount - value


def _kept_rule(rule: Rule) -> dict:
    """The rule in the shape of the qualification pack."""
    of = {name: sorted(codes) for name in ("groups", "units") if (codes := getattr(rule, name)) is not None}
    if rule.level is not None:
        of["level"] = {"mode": rule.level[0], "value": rule.level[1]}
    facts = {"id": rule.id, "bound": rule.bound, "measure": rule.measure, "amount": rule.amount, "of": of}
    other = {"alternative": _kept_rule(rule.alternative)} if rule.alternative else {}
    exempted = {"counts_exempted": True} if rule.counts_exempted else {}
    return facts | exempted | {"confidence": rule.confidence} | other


def refuse_unproved(*, claim: Claim) -> Refusal | None:
    """CLM-2, CLM-3, ROC-4 and DCS-4: before a paper is made, and before the EQA's release is taken, what the claim kept
    is proved anew against the registration, the release and the rules as they are now."""
    found = Claim.objects.select_related("registration__qualification", "release__registration", "eqa_decision")
    claim = found.get(pk=claim.pk)
    try:
        code, fault = _fault_of(claim)
    except UNREADABLE:
        code, fault = "ROC-4", "what was kept with it cannot be read"
    if not code:
        return None
    todo = REMEDY.get(claim.state, REMEDY[states.APPROVED])
    return Refusal(code, f"This claim is not proved any more: {fault}. No paper is made of it. {todo}")


def _fault_of(claim: Claim) -> tuple[str, str]:
    """The code and the words of the first thing that does not hold; both empty where all does."""
    registration, release = claim.registration, claim.release
    if release.registration_id != registration.pk or not still_stands(release):
        return "CLM-3", "something it rests on has changed since the IQA's release"
    ids = [unit["entry"] for unit in claim.units]
    entries = {
        entry.pk: entry
        for entry in registration.entries.filter(pk__in=ids, state=portfolio.CONFIRMED).select_related("unit")
    }
    if len(set(ids)) != len(ids) or not set(ids) <= set(entries) & set(release.units):
        return "CLM-3", "a unit that it counts is there twice, or is not achieved under the IQA's release"
    combination = combination_of(registration.qualification, registered_on=registration.registered_on)
    if any(entry.unit_id not in combination.offered for entry in entries.values()):
        return "CLM-2", "a unit that it counts is not open to somebody registered on that day"
    if fault := _fault_of_copy(claim, entries, combination):
        return "ROC-4", fault
    keys = [combination.offered[entry.unit_id].key for entry in entries.values()]
    if not verify(combination.offered_rules, keys, claim.combination["counted"]):
        return "CLM-2", "the units that it counts do not satisfy the rules of combination when they are added up again"
    if claim.state in {states.APPROVED, states.ISSUED} and not _is_approved(claim):
        return "DCS-4", "it counts as approved, and neither direct claims status nor the EQA has approved it"
    return "", ""


def _is_approved(claim: Claim) -> bool:
    decision = getattr(claim, "eqa_decision", None)
    return claim.direct or (decision is not None and decision.outcome == states.RELEASED)


def _fault_of_copy(claim: Claim, entries: dict[int, UnitEntry], combination: Combination) -> str:
    """Whether what the claim says of its units and rules is what they are."""
    kept = claim.combination
    counted = [entries[unit["entry"]] for unit in claim.units]
    if sorted(entry.unit.key for entry in counted) != sorted(kept["counted"]):
        return "the units that it lists are not the ones that it counts"
    made = [counted_unit(entry, combination.units[entry.unit_id]) for entry in counted]
    if "rule_set" not in kept:
        made = [{name: unit[name] for name in BEFORE_GROUPS} for unit in made]
        return "" if made == claim.units else CHANGED_UNIT
    if made != claim.units:
        return CHANGED_UNIT
    if kept["registered_on"] != claim.registration.registered_on.isoformat():
        return "the day of registration is not the one that it was claimed with"
    return _fault_of_rules(kept, combination)


def _fault_of_rules(kept: dict, combination: Combination) -> str:
    rules = [Rule.from_pack(rule) for rule in kept["rule_set"]]
    if [_asked(rule) for rule in rules] != [_asked(rule) for rule in combination.rules]:
        return "the rules of combination are not those that it was claimed under"
    counted = [unit for unit in combination.units.values() if unit.key in kept["counted"]]
    for said, rule in zip(kept["rules"], rules, strict=True):
        value = sum(rule.weight(unit) for unit in counted)
        if (said["id"], said["needed"], said["counted"], said["slack"]) != (
            rule.id, rule.amount, value, _slack(rule, value)
        ):  # fmt: skip
            return f"what it says of rule {rule.id} is not what its units add up to"
    return ""


def _asked(rule: Rule) -> Rule:
    """What a rule binds to; how sure its reading is may be settled later."""
    return replace(rule, confidence="printed", note="", alternative=None, whole=False)
