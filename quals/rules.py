"""Why something may not be tracked, registered on, imported or published."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Prefetch

from audit.actors import EDITOR, SYSTEM, Actor
from audit.rules import Refusal
from quals import states
from quals.models import Criterion, Finding, Group, GroupUnit, Qualification, Rule, Specification, Unit
from quals.specification import InvalidPack, validate
from quals.specification.formats import LARGEST
from quals.specification.review.contradictions import BLOCKING, never_met
from quals.specification.review.corrections import AS_READ

MOST = 100_000_000  # of any number in a pack
OLDEST = 150
DAYS = ("first_registration", "last_registration", "last_certification")


def refuse_edit_catalogue(*, by: Actor) -> Refusal | None:
    if by.role not in {EDITOR, SYSTEM}:
        return Refusal("ROLE", "Only a catalogue editor, who acts for the installation, can do this.")
    return None


def refuse_untracked(*, unit: Unit, criterion: Criterion | None = None) -> Refusal | None:
    """CAT-7: without criteria, or without their wording, nothing is judged or signed off."""
    if criterion is not None:
        lost = [] if criterion.text else [criterion.code]
    else:
        criteria = list(unit.criteria.order_by("position").values_list("code", "text"))
        if not criteria:
            return Refusal(
                "CAT-7",
                f"Unit {unit.code} has no assessment criteria here yet. "
                "A catalogue editor has to import the document that holds its page first.",
            )
        lost = [code for code, text in criteria if not text]
    if not lost:
        return None
    return Refusal(
        "CAT-7",
        f"The wording of {_criteria(lost)} of unit {unit.code} is missing. "
        "A catalogue editor has to import the awarding organisation's document first.",
    )


def _criteria(codes: list[str]) -> str:
    if len(codes) == 1:
        return f"criterion {codes[0]}"
    return f"criteria {', '.join(codes[:3])}{' and more' if len(codes) > 3 else ''}"


def refuse_register_on(*, qualification: Qualification, born_on: date, day: date) -> Refusal | None:
    """REG-1, the dates, and REG-2, the age; the centre's approval is asked where centres are known."""
    if qualification.specification.state != states.PUBLISHED:
        return Refusal("REG-1", "This issue of the specification is a draft: nobody can be registered on it.")
    first, last = qualification.first_registration, qualification.last_registration
    if first is not None and day < first:
        return Refusal("REG-1", f"Nobody can be registered on {qualification} before {_day(first)}.")
    if last is not None and day > last:
        return Refusal(
            "REG-1",
            f"The last day to register on {qualification} was {_day(last)}. "
            "Look in the catalogue for the qualification that took its place.",
        )
    minimum = qualification.minimum_age
    if minimum is not None and age_on(born_on=born_on, day=day) < minimum:
        return Refusal(
            "REG-2",
            f"A learner on {qualification} has to be {minimum} or older on the day of registration; "
            f"this one is {age_on(born_on=born_on, day=day)}. Check the date of birth.",
        )
    return None


def age_on(*, born_on: date, day: date) -> int:
    """Completed years; who was born on 29 February is a year older on 1 March where there is no 29th."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def refuse_pack(pack: dict) -> Refusal | None:
    """A pack that does not hold together, or holds what no row can, is not imported."""
    try:
        validate(pack)
        fault = _fault_in(pack)
    except InvalidPack as problem:
        fault = str(problem)
    return Refusal("INPUT", f"This is not a qualification pack that can be imported: {fault}.") if fault else None


def _fault_in(pack: dict) -> str:
    for value in _leaves(pack):
        if isinstance(value, str) and ("\0" in value or any("\ud800" <= ch <= "\udfff" for ch in value)):
            return "a text in it holds a character that is none"
        if isinstance(value, int) and value > MOST:
            return f"the number {str(value)[:20]} in it is too large"
    for qualification in pack["qualifications"]:
        if (qualification["minimum_age"] or 0) > OLDEST:
            return f"a minimum age of {qualification['minimum_age']} is too high"
        places = [place for group in qualification["groups"] for place in group["units"]]
        days = [qualification[name] for name in DAYS]
        days += [place.get(name) for place in places for name in ("registered_from", "registered_before")]
        if wrong := next((day for day in days if day and not _is_day(day)), None):
            return f"{wrong} is no day of the calendar"
    return ""


def _leaves(value: object) -> Iterator[object]:
    todo = [value]
    while todo:
        each = todo.pop()
        if isinstance(each, dict):
            todo += each.values()
        elif isinstance(each, list):
            todo += each
        else:
            yield each


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def refuse_publish(*, specification: Specification) -> Refusal | None:
    """A doubt that nobody put to rest keeps a specification from being published."""
    return _refuse_open_errors(specification) or _refuse_open_warnings(specification)


def _refuse_open_errors(specification: Specification) -> Refusal | None:
    errors = open_findings(specification, states.ERROR)
    if not errors:
        return None
    standing = "an error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
    return Refusal(
        "INPUT",
        f"{specification} cannot be published while {standing}: correct what was read, or resolve it with your "
        f"reason. The first{_where(errors[0])}: {errors[0].message}",
    )


def _refuse_open_warnings(specification: Specification) -> Refusal | None:
    warnings = open_findings(specification, states.WARNING)
    if not warnings:
        return None
    standing = "a warning is" if len(warnings) == 1 else f"{len(warnings)} warnings are"
    return Refusal(
        "INPUT",
        f"{specification} cannot be published while {standing} not acknowledged: read and acknowledge what was "
        f"found. The first{_where(warnings[0])}: {warnings[0].message}",
    )


def open_findings(specification: Specification, severity: str) -> list[Finding]:
    """Doubts of that gravity that nobody put to rest, in the order of the document."""
    found = Finding.objects.filter(specification=specification, severity=severity, resolved__isnull=True)
    return list(found.order_by("line", "pk"))


def _where(finding: Finding) -> str:
    return f" (line {finding.line})" if finding.line else ""


def refuse_bring(*, name: str, size: int, by: Actor) -> Refusal | None:
    """What may be brought: by a catalogue editor, in person, a file that is not empty and not too large."""
    if refusal := refuse_review(by=by):
        return refusal
    if not size:
        return Refusal("INPUT", f"{name} is empty: there is nothing to read. Choose the document again.")
    if size > LARGEST:
        return Refusal(
            "INPUT",
            f"{name} is {size / 1_000_000:.0f} MB, larger than any specification (20 MB). "
            "Choose the document itself, without pictures or annexes.",
        )
    return None


def refuse_review(*, by: Actor) -> Refusal | None:
    """What a reviewer decides stands under a name: only a catalogue editor in person does it."""
    if by.role != EDITOR or by.user_id is None:
        return Refusal("ROLE", "Only a catalogue editor, who acts for the installation, can do this.")
    return None


def refuse_correct_published(*, specification: Specification) -> Refusal | None:
    """CAT-3: learners are registered on what is published, so it is never edited."""
    if specification.state != states.PUBLISHED:
        return None
    return Refusal(
        "CAT-3",
        f"{specification} is published and is not edited any more, because learners may be registered on it. "
        "Bring a corrected document: it becomes an issue of its own.",
    )


def refuse_supply_wording(*, specification: Specification, criterion: Criterion | None) -> Refusal | None:
    """Only what a published issue lacks may come later: the wording of a criterion whose document prints none."""
    lacks = criterion is not None and not criterion.text and criterion.unit.page_from_id is None
    if lacks and specification.state == states.PUBLISHED and specification.has_wording:
        return None
    return refuse_correct_published(specification=specification) or Refusal(
        "INPUT", "This criterion has its wording, or none is expected here yet."
    )


def refuse_without_ground(*, ground: str, what: str) -> Refusal | None:
    if ground.strip():
        return None
    return Refusal("INPUT", f"Say why {what}: the reason is kept beside your name.")


def refuse_contradictory(*, specification: Specification) -> Refusal | None:
    """CAT-6: nobody could ever be awarded what its own rules make impossible, whatever was said of the findings."""
    units = {unit["key"]: unit for unit in specification.units.values("key", "credit", "level")}
    places = Prefetch("groups__places", GroupUnit.objects.select_related("unit").order_by("position"))
    groups = Prefetch("groups", Group.objects.order_by("position"))
    for qualification in specification.qualifications.order_by("pk").prefetch_related(groups, places, "rules"):
        if told := never_met(_rule_set(qualification), units):
            return Refusal(
                "CAT-6",
                f"{specification} cannot be published because of the rules of {qualification.qan}. {told[0]} "
                "Correct what was read of them.",
            )
    return None


def _rule_set(qualification: Qualification) -> dict:
    """What of the qualification says whether it can be met, in the shape of the qualification pack."""
    names = ("first_registration", "last_registration")
    return {name: _iso(getattr(qualification, name)) for name in names} | {
        "qan": qualification.qan,
        "groups": [
            {"code": group.code, "units": [_place(place) for place in group.places.all()]}
            for group in qualification.groups.all()
        ],
        "rules": [
            {name: getattr(rule, name) for name in ("bound", "measure", "amount", "of", "printed", "confidence")}
            | {"id": rule.label, "alternative": rule.alternative}
            for rule in sorted(qualification.rules.all(), key=lambda rule: rule.position)
        ],
    }


def _place(place: GroupUnit) -> dict:
    days = {name: _iso(getattr(place, name)) for name in ("registered_from", "registered_before")}
    return {"unit": place.unit.key} | days


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def refuse_resolve_contradiction(*, finding: Finding) -> Refusal | None:
    """CAT-6: no reason makes rules that exclude each other possible to meet."""
    if finding.code not in BLOCKING:
        return None
    return Refusal("CAT-6", "No reason puts this right: correct one of the rules, or what was read of their units.")


def refuse_confirm_published(*, rule: Rule | None, reading: str) -> Refusal | None:
    """CAT-6: of a published issue a doubt can be answered, but CAT-3: what learners are held to stays."""
    if rule is None:
        return Refusal("INPUT", "That names no rule of this specification. Open the page again to see what is there.")
    if rule.confidence != states.DISPUTED:
        return Refusal("CAT-6", "Nobody doubts this rule any more: it can be read one way, or somebody confirmed it.")
    if reading != AS_READ:
        return Refusal(
            "CAT-3",
            f"{rule.qualification.specification} is published: learners may be registered on it as it is read now. "
            "The other reading needs an issue of its own: bring the corrected document.",
        )
    return None
