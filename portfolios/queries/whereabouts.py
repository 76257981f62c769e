"""All that the page “Where am I?” of one registration shows."""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from audit.actors import Actor
from portfolios import states
from portfolios.models import Registration, UnitEntry
from portfolios.queries.portfolio import entries_for
from portfolios.queries.progress import Outlook, criteria_left, outlook_from, whole_entries_of
from quals.combination import Option, Route
from quals.models import Unit
from quals.queries import Combination, combination_of


@dataclass(frozen=True)
class UnitLine:
    """One unit on the page. `entry`: where the person who reads may open it; `left`: criteria still to be met, None
    where nobody can tell; `because`: why it is not counted, or empty."""

    unit: Unit
    group: str
    entry: UnitEntry | None
    is_chosen: bool
    left: int | None
    because: str = ""


@dataclass(frozen=True)
class Way:
    """Units still to do, what they come to (in criteria, or in credits, as the outlook measures), and that in words."""

    lines: list[UnitLine]
    value: int
    left: str


@dataclass(frozen=True)
class Whereabouts:
    """All that the page of a registration's progress shows.

    `done`: counted first, then the others; `way`: None where there is nothing to do or nothing that can be done;
    `others`: ways as good or nearly so, by the same units; `shorter`: with units that nobody chose; `spare`: chosen
    units that the way does without; `must_add`: nothing but the units to add would do.
    """

    outlook: Outlook
    done: list[UnitLine]
    credits: int
    way: Way | None
    others: list[Way]
    shorter: Way | None
    to_add: list[UnitLine]
    must_add: bool
    spare: list[UnitLine]


def whereabouts_of(registration: Registration, actor: Actor) -> Whereabouts:
    """The page in full, for somebody who may see this registration: four queries."""
    readable = Exists(entries_for(actor).filter(pk=OuterRef("pk")))
    entries = list(whole_entries_of([registration]).annotate(readable=readable))
    rules = combination_of(registration.qualification, registered_on=registration.registered_on)
    outlook, lines = outlook_from(rules, entries), _lines(rules, entries)
    done = _done(outlook, lines)
    going = registration.state == states.ACTIVE and not outlook.finished and outlook.way is not None
    on_the_way = outlook.way.units if going else ()
    return Whereabouts(
        outlook=outlook,
        done=done,
        credits=sum(line.unit.credit for line in done if not line.because),
        way=_way(outlook, outlook.way, lines) if going else None,
        others=[_way(outlook, option, lines) for option in outlook.way.alternatives] if going else [],
        shorter=_way(outlook, outlook.shorter, lines) if going and outlook.shorter else None,
        to_add=[lines[key] for key in outlook.to_add] if registration.state == states.ACTIVE else [],
        must_add=outlook.must_add,
        spare=[line for key, line in lines.items() if key in outlook.left and key not in on_the_way],
    )


def _lines(rules: Combination, entries: list[UnitEntry]) -> dict[str, UnitLine]:
    """A line for each unit of the qualification, by key, in the order of its groups."""
    mine = {entry.unit_id: entry for entry in entries}
    units = Unit.objects.in_bulk(rules.units)
    lines = {}
    for pk, facts in rules.units.items():
        unit, entry = units[pk], mine.get(pk)
        left = criteria_left(entry) if entry else facts.criteria
        lines[facts.key] = UnitLine(unit, facts.group, entry if entry and entry.readable else None, bool(entry), left)
    return lines


def _done(outlook: Outlook, lines: dict[str, UnitLine]) -> list[UnitLine]:
    verdict = outlook.verdict
    because = {
        each.key: "Not needed for the award." if each.why == "spare" and verdict.passes else each.sentence
        for each in verdict.uncounted
    }
    done = [replace(lines[key], because=because.get(key, "")) for key in lines if key in outlook.done]
    return sorted(done, key=lambda line: bool(line.because))


def _way(outlook: Outlook, option: Option | Route, lines: dict[str, UnitLine]) -> Way:
    return Way([lines[key] for key in lines if key in option.units], option.value, outlook.in_measure(option.value))
