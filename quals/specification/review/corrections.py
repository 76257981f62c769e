"""What reviewers changed in a pack, applied to the pack as it was read; nothing is changed in place."""

import copy
from collections.abc import Iterable
from dataclasses import dataclass

from .doubts import identity_of
from .paths import NoSuchPlace, Place, find, has, label_of, pairs, parent_of, value_at
from .values import READING

__all__ = ["Change", "Corrected", "apply", "identity_of", "latest", "value_at", "with_additions"]

CORRECTED, ADDED, LEFT_OUT, SETTLED = "corrected", "added", "left_out", "settled"
AS_READ, OTHER = "read", "other"
# What a line number or a note says is not what a reviewer decided about.
BESIDE = {"line", "printed", "note", "confidence", "confirmed"}


@dataclass(frozen=True)
class Change:
    """One correction: of one path the latest holds. `read` is what stood there when it was made."""

    path: str
    kind: str
    value: object = None
    read: object = None
    by: str = ""
    on: str = ""
    ground: str = ""

    @property
    def is_taken_back(self) -> bool:
        return self.kind in {CORRECTED, ADDED} and self.value == self.read

    @property
    def settled(self) -> dict:
        return {"by": self.by, "on": self.on, "ground": self.ground or label_of(self.path)}


@dataclass(frozen=True)
class Corrected:
    """A pack with its corrections. `unplaced`: paths that it has no longer; `outdated`: paths where it reads
    something else by now than what was corrected. Both are warnings among its findings."""

    pack: dict
    unplaced: list[str]
    outdated: list[str]


def latest(changes: Iterable[Change]) -> dict[str, Change]:
    """Of each path the change that holds, those that were taken back left out."""
    last = {change.path: change for change in changes}
    return {path: change for path, change in last.items() if not change.is_taken_back}


def apply(pack: dict, changes: Iterable[Change]) -> Corrected:
    """The pack as its reviewers want it. Which of two paths was changed first makes no difference."""
    live = latest(changes)
    corrected, outdated, unplaced = _add(pack, live)
    places: list[tuple[Change, Place]] = []
    for change in live.values():
        if change.kind == ADDED:
            continue
        try:
            place = find(corrected, change.path)
        except NoSuchPlace:
            unplaced.append(change.path)
            continue
        if change.kind == SETTLED and change.value == OTHER and not place.value.get("alternative"):
            unplaced.append(change.path)
            continue
        if not _same(place.value, change.read) and not _same(place.value, change.value):
            outdated.append(change.path)
        places.append((change, place))
    _put(places)
    done = Corrected(corrected, sorted(unplaced), sorted(outdated))
    corrected["findings"] += [_unplaced(path) for path in done.unplaced] + [_outdated(path) for path in done.outdated]
    return done


def with_additions(pack: dict, changes: Iterable[Change]) -> dict:
    """The pack as it was read with what reviewers added: every path that can be corrected is a path of it."""
    return _add(pack, latest(changes))[0]


def _put(places: list[tuple[Change, Place]]) -> None:
    """All places were looked up before: no change moves what another one names."""
    leaving = []
    for change, place in places:
        if change.kind == LEFT_OUT:
            leaving.append((place.holder, place.value))
        elif change.kind == SETTLED:
            _settle(place.value, change)
        elif isinstance(place.holder, list):
            _read_otherwise(place.value, change)
        else:
            place.put(change.value)
    for holder, row in leaving:
        holder[:] = [other for other in holder if other is not row]


def _settle(rule: dict, change: Change) -> None:
    if change.value == OTHER:
        other = rule["alternative"]
        rule["alternative"] = {name: rule[name] for name in other}
        rule |= other
    rule |= {"confidence": "confirmed", "confirmed": change.settled}


def _read_otherwise(rule: dict, change: Change) -> None:
    rule |= copy.deepcopy(change.value) | {"confidence": "confirmed", "confirmed": change.settled}
    rule.pop("alternative", None)


def _add(pack: dict, live: dict[str, Change]) -> tuple[dict, list[str], list[str]]:
    """A copy with the rows that were added; an outcome comes before its criteria."""
    grown = copy.deepcopy(pack)
    outdated, unplaced = [], []
    added = [change for change in live.values() if change.kind == ADDED]
    for change in sorted(added, key=lambda each: (each.path.count("/"), _natural(each.path))):
        if has(grown, change.path):
            row = value_at(grown, change.path)
            if any(row.get(name) != value for name, value in change.value.items() if name not in BESIDE):
                outdated.append(change.path)
            row |= copy.deepcopy(change.value)
        elif not _insert(grown, change):
            unplaced.append(change.path)
    return grown, outdated, unplaced


def _insert(pack: dict, change: Change) -> bool:
    """False where what should hold it is not there."""
    (part, name), above = list(pairs(change.path))[-1], parent_of(parent_of(change.path))
    try:
        holder = value_at(pack, above)
    except NoSuchPlace:
        return False
    row = _row(pack, part, name, change)
    if row is None:
        return False
    rows = holder[part]
    field = next(iter(row))
    before = (index for index, each in enumerate(rows) if _natural(str(each[field])) > _natural(str(row[field])))
    rows.insert(len(rows) if part == "units" else next(before, len(rows)), row)
    return True


def _row(pack: dict, part: str, name: str, change: Change) -> dict | None:
    value = copy.deepcopy(change.value)
    if part == "criteria":
        return {"code": name, "text": "", "line": None} | value
    if part == "outcomes":
        return {"number": int(name), "text": "", "kind": "performance"} | value | {"criteria": []}
    if part == "evidence_requirements":
        return {"number": int(name), "kind": "other", "text": ""} | value
    if part == "rules":
        return {"id": name} | value | {"note": "", "confidence": "confirmed", "confirmed": change.settled}
    path = f"units/{name}"
    return {"unit": value_at(pack, path)["key"]} if has(pack, path) else None


def _natural(name: str) -> list[tuple[int, str]]:
    """1.2 before 1.10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in name.replace("/", ".").split(".")]


def _same(read: object, now: object) -> bool:
    return _plain(read) == _plain(now)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        facts = {name: _plain(each) for name, each in value.items() if name not in BESIDE and each is not None}
        return {name: facts[name] for name in (*READING, "alternative") if name in facts} if "bound" in facts else facts
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _unplaced(path: str) -> dict:
    message = f"A reviewer corrected {label_of(path)}, which the document is not read to have any more."
    return _finding("correction-without-place", path, f"{message} The correction is kept, but changes nothing.")


def _outdated(path: str) -> dict:
    message = f"A reviewer corrected {label_of(path)}, but the document is read otherwise there by now."
    return _finding("correction-of-something-else", path, f"{message} The correction holds: see whether it still fits.")


def _finding(code: str, path: str, message: str) -> dict:
    return {"line": None, "severity": "warning", "code": code, "subject": label_of(path)[:200], "message": message}
