"""The look at every live registration: the verdicts of `check`, what changed since last time, and nothing twice."""

import json
import random
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from audit.actors import now
from audit.models import Entry
from centres.models import Centre
from certification import actions, queries, rules
from certification.models import Readiness
from certification.queries import sweeping
from portfolios import states as portfolio
from portfolios.models import Registration, UnitEntry
from quals.models import Rule
from quals.queries import combination_of
from tests.certification.builders import answer, waiting_claim
from tests.certification.population import confirm, of_catalogue, populate
from tests.certification.test_verify_audit import lift_triggers
from tests.factories import SYSTEM, complete_unit, release
from verification import actions as verification
from verification.models import Release
from verification.rules import released_entries, verdict_on

pytestmark = pytest.mark.django_db


def run(*arguments) -> str:
    out = StringIO()
    call_command("sweep_combinations", *arguments, stdout=out)
    return out.getvalue()


def found(*arguments) -> dict:
    return json.loads(run(*arguments, "--json"))


def of(house) -> dict:
    """What a sweep says of the house's registration."""
    rows = {row["registration"]: row for row in found()["registrations"]}
    return rows.get(str(house.registration.public_id))


def noted(house) -> Readiness:
    return Readiness.objects.get(registration=house.registration)


def entries_noted(house) -> int:
    chain = f"registration:{house.registration.pk}"
    return Entry.objects.filter(chain__key=chain, action="became_claimable").count()


# --- The verdicts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["city-guilds-3412", "pearson-601-3478-1", "proqual-601-4756-8"])
def test_a_sweep_says_of_everybody_what_check_says_one_by_one(pack, monkeypatch):
    """Of any registration date, at two centres, in chunks that end in the middle of a qualification."""
    monkeypatch.setattr(sweeping, "CHUNK", 13)
    chance = random.Random(pack)
    north, south = (Centre.objects.create(name=name, number=name) for name in ("North", "South"))
    for qualification in of_catalogue(pack):
        populate(qualification, north, 20, chance)
        populate(qualification, south, 10, chance)
    verdicts = {row["registration"]: row["verdict"] for row in found()["registrations"]}
    live = list(Registration.objects.select_related("qualification"))
    assert len(verdicts) == len(live)
    for registration in live:
        passes = verdict_on(registration, released_entries(registration)).passes
        assert verdicts[str(registration.public_id)] == ("pass" if passes else "fail")
        assert Readiness.objects.get(registration=registration).passes == passes
    assert set(verdicts.values()) == {"pass", "fail"}


def test_a_unit_counts_only_for_the_registrations_it_was_made_for():
    """Of the diploma 319 was for registrations before a day and 619 is for those from that day on."""
    diploma = next(each for each in of_catalogue("city-guilds-3412") if each.qan == "600/1136/1")
    centre, chance = Centre.objects.create(name="North", number="North"), random.Random(1)
    old, first, last = populate(diploma, centre, 3, chance)
    place = diploma.groups.get(places__unit__number="319").places.get(unit__number="319")
    days = [date(2015, 1, 1), place.registered_before, place.registered_before.replace(year=2024)]
    for registration, day in zip((old, first, last), days, strict=True):
        UnitEntry.objects.filter(registration=registration).delete()
        Registration.objects.filter(pk=registration.pk).update(registered_on=day)
        units = [place.unit for group in diploma.groups.all() for place in group.places.all()]
        wanted = least_with(diploma, "319", day=days[0])
        confirm(registration, [unit for unit in units if unit.key in wanted])
    verdicts = {row["registration"]: row["verdict"] for row in found()["registrations"]}
    assert [verdicts[str(each.public_id)] for each in (old, first, last)] == ["pass", "fail", "fail"]


def least_with(qualification, key: str, *, day: date) -> set[str]:
    """Units that pass on that day and no longer without that one."""
    asked = combination_of(qualification, registered_on=day)
    keys = set(asked.offered_rules.by_key)
    for other in sorted(keys - {key}):
        if asked.check_keys(keys - {other}).passes:
            keys.remove(other)
    assert key in keys
    return keys


def test_only_live_registrations_are_looked_at(cast, here):
    Registration.objects.filter(pk=cast.there.registration.pk).update(state=portfolio.WITHDRAWN)
    assert found()["summary"]["registrations"] == 1
    waiting_claim(here)
    assert found()["summary"]["registrations"] == 0
    assert run() == "There is no live registration.\n"


def test_one_qualification_is_looked_at_alone(cast, here):
    other = of_catalogue("pearson-601-3478-1")[0]
    populate(other, here.centre, 2, random.Random(2))
    assert found("601/3478/1")["summary"]["registrations"] == 2
    assert not Readiness.objects.filter(registration=here.registration).exists()
    assert found()["summary"]["registrations"] == 3


def test_a_line_says_who_and_how_they_stand(here):
    release(here)
    line, summary = run().splitlines()
    since = f"{now():%Y-%m-%d}"
    assert line == f"{here.registration.public_id}  900/0009/5  NG1  PASS, claimable since {since}: new"
    assert "Ada" not in line
    assert summary == "1 live registration: 1 pass, 1 can be claimed. Since last time: 1 new."


# --- What changed ----------------------------------------------------------------------------------


def test_a_sweep_says_what_changed_since_last_time(here):
    seen = []

    def look():
        row = of(here)
        seen.append((row["change"], row["verdict"], row["claimable"]))

    look()
    for number in ("101", "102", "201"):
        complete_unit(here, number)
    look()
    UnitEntry.objects.filter(pk=here.entry("102").pk).update(state=portfolio.OPEN)
    look()
    UnitEntry.objects.filter(pk=here.entry("102").pk).update(state=portfolio.CONFIRMED)
    verification.find(
        sample=verification.plan_sample(entry=here.entry("101"), by=here.iqa),
        outcome="agreed", note="Sound.", by=here.iqa,
    )  # fmt: skip
    verification.release(registration=here.registration, by=here.iqa)
    look()
    look()
    verification.plan_sample(entry=here.entry("102"), by=here.iqa)
    look()
    assert seen == [
        ("new", "fail", False),
        ("became pass", "pass", False),
        ("became fail", "fail", False),
        ("became claimable", "pass", True),
        ("unchanged", "pass", True),
        ("not claimable any more", "pass", False),
    ]


def test_claimable_means_that_all_of_a_claim_holds(here):
    """A centre that is not approved any more cannot claim, whatever was released."""
    release(here)
    here.centre.approvals.update(until_on=date(2021, 1, 1))
    assert of(here)["claimable"] is False
    here.centre.approvals.update(until_on=None)
    row = of(here)
    assert (row["change"], row["claimable_since"]) == ("became claimable", noted(here).claimable_at.isoformat())


def test_a_second_run_says_that_nothing_changed_and_writes_no_entry(here):
    release(here)
    assert run().endswith("1 live registration: 1 pass, 1 can be claimed. Since last time: 1 new.\n")
    first, entries = noted(here), Entry.objects.count()
    assert entries_noted(here) == 1
    assert run().endswith("1 can be claimed. Since last time: nothing changed.\n")
    second = noted(here)
    assert Entry.objects.count() == entries
    assert second.checked_at > first.checked_at
    assert (second.changed_at, second.claimable_at) == (first.changed_at, first.claimable_at)


def test_a_returned_claim_is_as_claimable_as_it_was(here):
    claim = waiting_claim(here)
    assert of(here) is None
    answer(here, claim, "returned", "The third unit needs a second look.")
    assert of(here)["claimable"] is True


def note(looks, monkeypatch) -> None:
    """Write down what was seen a while ago."""
    with monkeypatch.context() as then:
        then.setattr(queries, "look_at_live", lambda qan: iter([looks]))
        actions.sweep_combinations(report=lambda told: None, by=SYSTEM)


def test_what_another_run_noted_in_the_meantime_is_not_noted_twice(here, monkeypatch):
    release(here)
    (one,), (other,) = list(queries.look_at_live()), list(queries.look_at_live())
    note(one, monkeypatch)
    note(other, monkeypatch)
    assert entries_noted(here) == 1
    assert noted(here).claimable_at == one[0].at


def test_what_was_claimed_in_the_meantime_is_not_noted(here, monkeypatch):
    release(here)
    (looks,) = list(queries.look_at_live())
    Registration.objects.filter(pk=here.registration.pk).update(state=portfolio.CLAIMED)
    note(looks, monkeypatch)
    assert entries_noted(here) == 0
    assert not Readiness.objects.exists()


def test_what_another_run_found_otherwise_is_not_said_to_have_been_looked_at_since(here, monkeypatch):
    """This one saw that it cannot be claimed; the other, earlier, that it can, and notes that first."""
    release(here)
    (other,) = list(queries.look_at_live())
    verification.plan_sample(entry=here.entry("102"), by=here.iqa)
    (one,) = list(queries.look_at_live())
    note(other, monkeypatch)
    note(one, monkeypatch)
    assert noted(here).checked_at == other[0].at


@pytest.mark.parametrize(
    "facts", [{"passes": False, "claimable_at": now()}, {"passes": True, "told_at": now()}], ids=["fails", "told"]
)
def test_the_database_refuses_what_cannot_be(here, facts):
    common = {"registration": here.registration, "centre": here.centre, "changed_at": now(), "checked_at": now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Readiness.objects.create(**common | facts)


# --- What stands in the way of one -----------------------------------------------------------------


def no_release_that_can_be_read(house) -> None:
    lift_triggers()
    Release.objects.filter(registration=house.registration).update(units=[{"entry": 1}])


def test_what_stops_the_look_at_one_registration_stops_no_other(cast, here):
    release(cast.there)
    release(here)
    assert of(cast.there)["claimable"]
    before = noted(cast.there)
    no_release_that_can_be_read(cast.there)
    out = StringIO()
    with pytest.raises(CommandError, match="Not looked at: 1"):
        call_command("sweep_combinations", "--json", stdout=out)
    rows = {row["registration"]: row for row in json.loads(out.getvalue())["registrations"]}
    stopped, other = (rows[str(house.registration.public_id)] for house in (cast.there, here))
    assert (stopped["verdict"], stopped["change"]) == (None, "not looked at")
    assert stopped["fault"].startswith("TypeError")
    assert (other["verdict"], other["claimable"]) == ("pass", True)
    assert model_to_dict(noted(cast.there)) == model_to_dict(before)
    with pytest.raises(CommandError):
        call_command("sweep_combinations", stdout=out)
    assert f"{cast.there.registration.public_id}  900/0009/5  SB2  NOT LOOKED AT: TypeError" in out.getvalue()


def test_a_rule_that_nobody_can_read_stops_no_other_qualification(cast, here):
    (other,) = of_catalogue("pearson-601-3478-1")
    populate(other, here.centre, 3, random.Random(4))
    unread = [house.registration for house in (here, cast.there)]
    Rule.objects.filter(qualification=cast.qualification, label="R3").update(alternative={"amount": "many"})
    with pytest.raises(CommandError, match="Not looked at: 2"):
        run()
    assert Readiness.objects.count() == 3
    assert not Readiness.objects.filter(registration__in=unread).exists()


def test_a_database_that_fails_is_no_fault_of_a_registration(here, monkeypatch):
    def gone(registration):
        raise OperationalError("the connection is gone")

    release(here)
    monkeypatch.setattr(rules, "argue", gone)
    with pytest.raises(OperationalError):
        run()


def test_a_worker_hears_of_a_slow_chunk_before_its_lease_runs_out(cast, here, settings):
    release(cast.there)
    assert [len(looks) for looks in queries.look_at_live()] == [2]
    settings.LEASE_SECONDS = 0
    assert [len(looks) for looks in queries.look_at_live()] == [1, 1]


# --- What it costs ---------------------------------------------------------------------------------


def queries_of_a_sweep() -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def test_a_sweep_asks_as_often_with_10_registrations_as_with_100(here):
    (qualification,) = of_catalogue("pearson-601-3478-1")
    Registration.objects.all().update(state=portfolio.WITHDRAWN)
    counts = []
    for more in (10, 90):
        populate(qualification, here.centre, more, random.Random(3))
        first, second = queries_of_a_sweep(), queries_of_a_sweep()
        counts.append((first, second))
    assert counts[0] == counts[1]
