"""Rules that can never be met are found when they come in and whenever they change, and are never published."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from audit.actors import EDITOR, Actor
from audit.models import Entry
from audit.rules import Refused
from quals import actions, files
from quals.case import package_of
from quals.combination import deadline
from quals.models import Finding, Resolution, Specification
from quals.specification import facts_only, read_specification, validate
from quals.specification.review.contradictions import CODES, contradictions, with_contradictions
from quals.specification.review.doubts import identity_of
from tests.quals.builders import QAN, a_pack, a_rule, an_editor, an_error, load
from tests.quals.case.builders import framework_of
from tests.quals.test_command import shipped  # noqa: F401

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
RULES = f"qualifications/{QAN.replace('/', '-')}/rules"
LEVEL_3 = {"level": {"mode": "exactly", "value": 3}}
# Units 1 (level 3, group A), 2 (level 2) and 3 (level 3, both group B), of 2 credits each, and the rules R1 to R3.
CLASHES = {
    "more than there is": ([a_rule("R4", measure="credits", amount=7, printed=[9])], ["R4", "7 credits", "6 credits"]),
    "more of a group than it holds": (
        [a_rule("R4", measure="credits", amount=5, of={"groups": ["B"]}, printed=[9])],
        ["R4", "5 credits from group B", "4 credits"],
    ),
    "a level that nothing has": (
        [a_rule("R4", measure="credits", amount=1, of={"level": {"mode": "exactly", "value": 5}}, printed=[2])],
        ["R4", "1 credit at level 5"],
    ),
    "a limit below what is asked": (
        [a_rule("R4", bound="at_most", measure="credits", amount=3, printed=[2])],
        ["R1", "R4"],
    ),
    "a mandatory unit barred": (
        [a_rule("R4", bound="at_most", measure="units", amount=0, of={"units": ["1"]}, printed=[2])],
        ["R2", "R4"],
    ),
    "two rules that leave each other no room": (
        [
            a_rule("R4", measure="credits", amount=4, of=LEVEL_3, printed=[2]),
            a_rule("R5", bound="at_most", measure="units", amount=1, of={"units": ["1", "3"]}, printed=[2]),
        ],
        ["R4", "R5"],
    ),
}


def clashing_pack(*more: dict, **changes) -> dict:
    pack = a_pack(**changes)
    pack["qualifications"][0]["rules"] += more
    return pack


def the_clash(**changes) -> dict:
    return clashing_pack(a_rule("R4", measure="credits", amount=7, printed=[9]), **changes)


@pytest.fixture
def edda(db):
    user = an_editor()
    return Actor(user.pk, user.name, EDITOR)


def told(draft) -> list[tuple[str, str]]:
    return [(row.severity, row.code) for row in Finding.objects.filter(specification=draft, code__in=CODES)]


@pytest.mark.parametrize(("more", "says"), CLASHES.values(), ids=CLASHES)
def test_rules_that_clash_are_an_error_that_names_them(more, says):
    pack = clashing_pack(*more)
    validate(pack)
    found = next(each for each in contradictions(pack) if each["severity"] == "error")
    assert found["code"] == "rules-contradict"
    assert [words for words in says if words not in found["message"]] == []
    assert found["subject"].startswith(f"{QAN}, R")
    validate(with_contradictions(pack))


def test_what_there_is_stands_beside_what_is_asked():
    (found,) = contradictions(the_clash())
    assert "7 credits (R4) can never be met" in found["message"]
    assert "6 credits can count, 1 too few" in found["message"]
    assert found["line"] == 9


def test_the_rules_that_ship_do_not_contradict_themselves():
    packs = [json.loads(path.read_text(encoding="utf-8")) for path in (FIXTURES / "catalogue").glob("*.json")]
    document = FIXTURES / "specifications" / "demonstration.txt"
    packs.append(read_specification(document.read_bytes(), document.name))
    assert sum(len(pack["qualifications"]) for pack in packs) == 9
    assert [finding for pack in packs for finding in contradictions(pack)] == []


def test_the_other_reading_that_clashes_is_a_warning():
    rule = a_rule("R4", measure="credits", amount=2, of=LEVEL_3, printed=[8], confidence="disputed")
    (found,) = contradictions(clashing_pack(rule | {"alternative": {"amount": 6}}))
    assert (found["severity"], found["code"]) == ("warning", "other-reading-contradicts")
    assert "other reading of R4: at least 6 credits at level 3 (R4) can never be met" in found["message"]
    assert (found["subject"], found["line"]) == (f"{QAN}, R4", 8)


def entangled_pack() -> dict:
    """Four sums that have to come out exactly, of random halves of 40 units with four-digit credits: known as hard."""
    dice = random.Random(3)
    pack = a_pack(units=40)
    for unit in pack["units"]:
        unit["credit"] = dice.randrange(10**3, 10**4)
    for number in range(4):
        some = dice.sample(pack["units"], 20)
        half = {"measure": "credits", "amount": sum(unit["credit"] for unit in some) // 2, "printed": [2]}
        half["of"] = {"units": [unit["key"] for unit in some]}
        rules = [a_rule(f"R{number}{bound}", **half, bound=bound) for bound in ("at_least", "at_most")]
        pack["qualifications"][0]["rules"] += rules
    return pack


def test_rules_of_which_nobody_can_tell_in_time_are_an_error_and_never_published(edda, monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", 0.2)
    pack = entangled_pack()
    validate(pack)
    assert [(each["severity"], each["code"]) for each in contradictions(pack)] == [("error", "rules-too-entangled")]
    draft = load(pack, publish=False)
    assert told(draft) == [("error", "rules-too-entangled")]
    Finding.objects.all().delete()
    with pytest.raises(Refused, match="could not be proved in reasonable time"):
        actions.publish(specification=draft, by=edda)


def dated_pack(*, amount: int = 6, **days) -> dict:
    """Unit 3 may be chosen on those days only, and everything is asked for."""
    pack = clashing_pack(a_rule("R4", measure="credits", amount=amount, printed=[9]))
    pack["qualifications"][0]["groups"][1]["units"][1] |= days
    return pack


def test_rules_that_only_old_registrations_can_meet_are_a_warning_with_the_days():
    (found,) = contradictions(dated_pack(registered_before="2022-01-01"))
    assert (found["severity"], found["code"]) == ("warning", "rules-contradict-for-some-days")
    assert "for registrations from 1 January 2022 to 31 August 2030." in found["message"]


def test_rules_that_nobody_can_meet_on_any_day_are_an_error():
    pack = dated_pack(registered_before="2022-01-01")
    pack["qualifications"][0]["groups"][1]["units"][0]["registered_from"] = "2022-01-01"
    found = contradictions(pack)
    assert {each["severity"] for each in found} == {"error"}
    by_rule = {each["subject"].split()[-1]: each["message"] for each in found}
    assert "for registrations" not in by_rule["R4"]
    assert by_rule["R3"].endswith("for registrations from 1 September 2020 to 31 December 2021.")


def test_days_outside_those_on_which_anybody_can_register_do_not_matter():
    assert contradictions(dated_pack(registered_before="2030-09-01")) == []
    assert contradictions(dated_pack(registered_from="2020-09-01")) == []
    (found,) = contradictions(dated_pack(registered_before="2020-09-01"))
    assert found["severity"] == "error"


def test_an_import_finds_it_and_publishing_is_refused(edda):
    draft = load(the_clash(), publish=False)
    assert told(draft) == [("error", "rules-contradict")]
    with pytest.raises(Refused, match="cannot be published"):
        actions.publish(specification=draft, by=edda)
    with pytest.raises(Refused, match="cannot be published"):
        load(the_clash(sha="b"))
    assert Specification.objects.get().state == "draft"


def test_no_reason_puts_it_to_rest(edda):
    draft = load(the_clash(), publish=False)
    finding = identity_of(Finding.objects.values("severity", "code", "subject", "line").get())
    with pytest.raises(Refused) as refused:
        actions.resolve(specification=draft, finding=finding, ground="It will be fine", by=edda)
    assert refused.value.refusal.code == "CAT-6"
    assert not Resolution.objects.exists()


def test_publishing_looks_for_itself_whatever_became_of_the_finding(edda):
    draft = load(the_clash(), publish=False)
    Finding.objects.filter(specification=draft).delete()
    with pytest.raises(Refused) as refused:
        actions.publish(specification=draft, by=edda)
    assert refused.value.refusal.code == "CAT-6"
    assert "7 credits (R4)" in refused.value.refusal.sentence
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert not Entry.objects.filter(action="publish_specification").exists()


def test_a_pack_that_says_that_it_was_resolved_is_not_believed():
    settled = {"by": "Somebody", "on": "2026-01-02", "ground": "Seen"}
    pack = with_contradictions(the_clash())
    findings = [finding | {"resolved": settled} for finding in pack["findings"]]
    (found,) = with_contradictions(pack | {"findings": findings})["findings"]
    assert not found.get("resolved")


def test_it_goes_when_the_rule_is_corrected_and_comes_back_when_that_is_taken_back(edda):
    draft = load(the_clash(), publish=False)
    value = {"bound": "at_least", "measure": "credits", "amount": 6, "of": {}}
    actions.correct(specification=draft, path=f"{RULES}/R4", value=value, ground="Misprinted", by=edda)
    assert told(draft) == []
    actions.take_back(specification=draft, path=f"{RULES}/R4", by=edda)
    assert told(draft) == [("error", "rules-contradict")]


def test_it_comes_when_a_correction_brings_it_about_and_a_correction_of_that_rule_is_no_answer(edda):
    draft = load(a_pack(), publish=False)
    value = {"bound": "at_least", "measure": "credits", "amount": 60, "of": {}}
    actions.correct(specification=draft, path=f"{RULES}/R1", value=value, ground="So it says", by=edda)
    assert told(draft) == [("error", "rules-contradict")]
    assert Finding.objects.get(code="rules-contradict").resolved is None
    with pytest.raises(Refused):
        actions.publish(specification=draft, by=edda)


def test_it_comes_when_a_units_credit_level_or_place_is_corrected(edda):
    draft = load(dated_pack(), publish=False)
    assert told(draft) == []
    actions.correct(specification=draft, path="units/3/credit", value=1, ground="", by=edda)
    assert told(draft) == [("error", "rules-contradict")]
    actions.take_back(specification=draft, path="units/3/credit", by=edda)
    place = f"qualifications/{QAN.replace('/', '-')}/groups/B/units/3"
    actions.leave_out(specification=draft, path=place, ground="Struck out", by=edda)
    assert told(draft) == [("error", "rules-contradict")]


def test_settling_the_reading_that_clashes_makes_the_warning_an_error(edda):
    rule = a_rule("R4", measure="credits", amount=2, of=LEVEL_3, printed=[8], confidence="disputed")
    draft = load(clashing_pack(rule | {"alternative": {"amount": 6}}), publish=False)
    assert told(draft) == [("warning", "other-reading-contradicts")]
    actions.settle(specification=draft, path=f"{RULES}/R4", reading="other", ground="They said so", by=edda)
    assert told(draft) == [("error", "rules-contradict")]


def test_a_warning_that_was_acknowledged_stays_so_and_does_not_keep_it_from_being_published(edda):
    draft = load(dated_pack(registered_before="2022-01-01"), publish=False)
    actions.acknowledge_warnings(specification=draft, ground="For old registrations only", by=edda)
    actions.correct(specification=draft, path="units/1/title", value="Grow thyme", ground="", by=edda)
    finding = Finding.objects.get(code="rules-contradict-for-some-days")
    assert finding.resolved["ground"] == "For old registrations only"
    actions.publish(specification=draft, by=edda)
    draft.refresh_from_db()
    assert draft.state == "published"


def test_a_pack_and_a_case_package_say_it_as_soon_as_they_are_read():
    pack = the_clash()
    case = package_of(framework_of(pack), pack, {})
    for data in (pack, case):
        found, _ = files.pack_in(json.dumps(data).encode(), "herbs.json")
        (finding,) = [each for each in found["findings"] if each["code"] in CODES]
        assert finding["code"] == "rules-contradict"


def test_an_exported_finding_is_not_said_twice_when_it_comes_back(db):
    draft = load(with_contradictions(the_clash(findings=[an_error()])), publish=False)
    assert told(draft) == [("error", "rules-contradict")]
    assert Finding.objects.filter(specification=draft).count() == 2


@pytest.mark.django_db
def test_a_pack_that_ships_with_rules_that_clash_ends_the_loading(shipped):  # noqa: F811
    shipped(facts_only(the_clash()))
    with pytest.raises(CommandError, match=r"herbs\.json: .*never be met"):
        call_command("load_catalogue", stdout=StringIO())
    assert not Specification.objects.filter(source_name="herbs.json").exists()
