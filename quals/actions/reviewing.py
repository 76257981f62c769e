"""A reviewer corrects what was read of a specification: kept apart from it, so that reading it again keeps them."""

from django.db import transaction

from audit.actions import INSTALLATION, record
from audit.actors import Actor, now, today
from audit.rules import Refusal, Refused, refuse, require
from quals import rules, states
from quals.actions._rebuilding import corrected_pack, draft_for_review, latest_at, rebuild
from quals.models import Correction, Specification
from quals.queries.corrections import changes_of, pack_read_of
from quals.specification import InvalidPack, validate
from quals.specification.review.corrections import AS_READ, OTHER, Change, value_at, with_additions
from quals.specification.review.paths import NoSuchPlace, has, is_at_or_under, label_of
from quals.specification.review.values import NotAllowed, added_value, corrected_value, may_be_left_out, shape_of

EMPTIED = "this would leave a group, or what a rule counts, with nothing in it"
NOT_THERE = "The document is not read to have this any more. Open the page again to see what is there now."


@transaction.atomic
def correct(*, specification: Specification, path: str, value: object, ground: str = "", by: Actor) -> Correction:
    """The value stands from now on in place of what was read. What stands there already is not written again."""
    draft = draft_for_review(specification, by)
    read = _read_at(draft, path)
    value = _checked(path, value)
    if _is_rule(path):
        require(rules.refuse_without_ground(ground=ground, what="a rule is read otherwise than it was"))
    change = Change(path, states.CORRECTED, value, read, by.name, today().isoformat(), ground.strip())
    return _keep(draft, change, f"Corrected {label_of(path)}", by)


@transaction.atomic
def add(*, specification: Specification, path: str, value: object, ground: str, by: Actor) -> Correction:
    """An outcome, a criterion, an evidence requirement, a place in a group or a rule that was not read."""
    draft = draft_for_review(specification, by)
    try:
        value = added_value(path, value)
    except NotAllowed as problem:
        refuse("INPUT", str(problem))
    require(rules.refuse_without_ground(ground=ground, what="something is added that was not read"))
    if has(pack_read_of(draft), path):
        refuse("INPUT", f"There is already {label_of(path)}: correct it instead.")
    change = Change(path, states.ADDED, value, None, by.name, today().isoformat(), ground.strip())
    return _keep(draft, change, f"Added {label_of(path)}", by)


@transaction.atomic
def leave_out(*, specification: Specification, path: str, ground: str, by: Actor) -> Correction:
    """What was read there is no part of the specification."""
    draft = draft_for_review(specification, by)
    read = _read_at(draft, path)
    if not may_be_left_out(path):
        refuse("INPUT", "Only an outcome, a criterion, a requirement, a rule or a place in a group can be left out.")
    require(rules.refuse_without_ground(ground=ground, what="something that was read is left out"))
    change = Change(path, states.LEFT_OUT, None, read, by.name, today().isoformat(), ground.strip())
    return _keep(draft, change, f"Left out {label_of(path)}", by)


@transaction.atomic
def take_back(*, specification: Specification, path: str, by: Actor) -> Correction:
    """What was read holds again. With what was added goes what was corrected in it."""
    draft = draft_for_review(specification, by)
    last = latest_at(draft, path)
    if last is None or (last.kind in {states.CORRECTED, states.ADDED} and last.value == last.read):
        refuse("INPUT", "Nothing was corrected here: what was read stands.")
    changes = changes_of(draft)
    paths = {change.path for change in changes if is_at_or_under(change.path, path)} if _is_added(last) else set()
    below = [_as_it_was(draft, under, by) for under in sorted(paths - {path})]
    return _keep(draft, _as_it_was(draft, path, by), f"Took back the correction of {label_of(path)}", by, *below)


@transaction.atomic
def settle(*, specification: Specification, path: str, reading: str, ground: str, by: Actor) -> Correction:
    """Of a rule that can be read two ways one reading is confirmed, by name (CAT-6): “read” or “other”."""
    draft = draft_for_review(specification, by)
    rule = _read_at(draft, path)
    require(rules.refuse_without_ground(ground=ground, what="the rule is to be read this way"))
    if not _is_rule(path) or not rule.get("alternative"):
        refuse("CAT-6", "This was read one way only: correct it where that is wrong.")
    if reading not in {AS_READ, OTHER}:
        refuse("INPUT", "Choose one of the two readings.")
    change = Change(path, states.SETTLED, reading, rule, by.name, today().isoformat(), ground.strip())
    return _keep(draft, change, f"Settled {label_of(path)}: {ground.strip()}", by)


def _is_rule(path: str) -> bool:
    return shape_of(path) == ("qualifications", "rules")


def _is_added(row: Correction) -> bool:
    return row.kind == states.ADDED


def _as_it_was(draft: Specification, path: str, by: Actor) -> Change:
    """The correction that undoes: its value is what is read there, or nothing where nothing is."""
    read = pack_read_of(draft)
    value = value_at(read, path) if has(read, path) else None
    kind = states.CORRECTED if has(read, path) else states.ADDED
    return Change(path, kind, value, value, by.name, today().isoformat())


def _read_at(draft: Specification, path: str) -> object:
    try:
        return value_at(with_additions(pack_read_of(draft), changes_of(draft)), path)
    except NoSuchPlace:
        raise Refused(Refusal("INPUT", NOT_THERE)) from None


def _checked(path: str, value: object) -> object:
    try:
        return corrected_value(path, value)
    except NotAllowed as problem:
        raise Refused(Refusal("CAT-1" if path.endswith("/credit") else "INPUT", str(problem))) from None


def _keep(draft: Specification, change: Change, summary: str, by: Actor, *below: Change) -> Correction:
    """Write the correction, unless it stands already, and make the draft's rows anew; refuses a pack that breaks."""
    last = latest_at(draft, change.path)
    if last is not None and (last.kind, last.value, last.ground) == (change.kind, change.value, change.ground):
        return last
    pack = corrected_pack(draft, [*changes_of(draft), *below, change])
    try:
        validate(pack)
    except InvalidPack as problem:
        fault = EMPTIED if str(problem).startswith("$") else f"with this, {problem}"
        raise Refused(Refusal("INPUT", f"Nothing was changed: {fault}.")) from None
    rows = [_row(draft, each, by) for each in (*below, change)]
    rebuild(draft, pack)
    record(chain=INSTALLATION, action="correct_specification", about=draft, summary=summary, rows=rows, by=by)
    return rows[-1]


def _row(draft: Specification, change: Change, by: Actor) -> Correction:
    return Correction.objects.create(
        specification=draft,
        path=change.path,
        kind=change.kind,
        read=change.read,
        value=change.value,
        ground=change.ground,
        corrected_by_id=by.user_id,
        decided_at=now(),
    )
