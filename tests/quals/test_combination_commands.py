"""`check_combination` and `shortest_route`: what they print, and the one line with which they refuse."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quals.specification import facts_only
from tests.quals.builders import QAN, a_pack, a_rule, load

pytestmark = pytest.mark.django_db


@pytest.fixture
def herbs():
    """Unit 1 is mandatory, 2 to 5 optional, two credits each; 4 of 2 credits are asked, and 2 bars 3."""
    pack = a_pack(units=5)
    qualification = pack["qualifications"][0]
    qualification["rules"].append(a_rule("R4", bound="at_most", measure="units", amount=1, of={"units": ["2", "3"]}))
    qualification["rules"][-1]["printed"] = [3]
    qualification["groups"][1]["units"][3]["registered_from"] = "2024-01-01"
    return load(facts_only(pack))


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def answer(command, *arguments):
    return json.loads(run(command, *arguments, "--json"))


def refusal(command, *arguments):
    with pytest.raises(CommandError) as refused:
        run(command, *arguments)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.usefixtures("herbs")
def test_check_prints_the_verdict_with_what_is_counted_and_what_is_not():
    found = answer("check_combination", QAN, "--units", "1, 2,A/500/0003", "--registered", "2021-09-01")
    assert list(found) == ["verdict", "counted", "rules", "uncounted", "depends_on_reading"]
    assert (found["verdict"], found["counted"], found["depends_on_reading"]) == ("pass", ["1", "2"], False)
    assert found["rules"][0] == {"id": "R1", "needed": 4, "counted": 4, "met": True, "confidence": "printed"}
    assert found["rules"][2]["confidence"] == "disputed"
    assert found["uncounted"] == [{"unit": "3", "reason": "It may not count beside unit 2, which is counted."}]


@pytest.mark.usefixtures("herbs")
def test_check_depends_on_the_reading_where_the_other_one_gives_another_verdict():
    found = answer("check_combination", QAN, "--units", "1,3")
    assert (found["verdict"], found["counted"], found["depends_on_reading"]) == ("fail", [], True)
    assert [rule["met"] for rule in found["rules"]] == [True, True, False, True]


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(("day", "verdict"), [("2023-12-31", "fail"), ("2024-01-01", "fail")])
def test_check_leaves_out_units_that_are_not_for_the_registration_date(day, verdict):
    found = answer("check_combination", QAN, "--units", "1,5", "--registered", day)
    assert found["verdict"] == verdict
    assert ("5" in {each["unit"] for each in found["uncounted"]}) == (day == "2023-12-31")
    assert found["rules"][0]["counted"] == (2 if day == "2023-12-31" else 4)


@pytest.mark.usefixtures("herbs")
def test_check_counts_no_mandatory_unit_that_is_not_named():
    assert answer("check_combination", QAN, "--units", "2,4")["verdict"] == "fail"
    assert answer("check_combination", QAN)["verdict"] == "fail"


@pytest.mark.usefixtures("herbs")
def test_check_in_words_says_what_is_missing():
    told = run("check_combination", QAN, "--units", "1")
    assert told.startswith("FAIL\n")
    assert "At least 4 credits: 2 so far; 2 credits missing." in told
    assert run("check_combination", QAN, "--units", "1,2,4").startswith("PASS\n")


@pytest.mark.usefixtures("herbs")
def test_route_prints_units_value_proof_and_alternatives():
    found = answer("shortest_route", QAN, "--minimise", "credits", "--registered", "2021-09-01")
    assert list(found) == ["units", "value", "optimal", "alternatives"]
    assert (found["units"], found["value"], found["optimal"]) == (["1", "2"], 4, True)
    assert found["alternatives"][0] == {"units": ["1", "4"], "value": 4}


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(("measure", "value"), [("credits", 2), ("units", 1), ("glh", 10), ("criteria", 3)])
def test_route_minimises_what_is_left(measure, value):
    assert answer("shortest_route", QAN, "--achieved", "1", "--exclude", "2", "--minimise", measure)["value"] == value


@pytest.mark.usefixtures("herbs")
def test_route_that_does_not_exist_is_an_answer():
    arguments = [QAN, "--exclude", "1", "--minimise", "credits"]
    assert answer("shortest_route", *arguments) == {"units": [], "value": None, "optimal": False, "alternatives": []}
    assert run("shortest_route", *arguments).startswith("There is no route.\n")


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["999/9999/9"], "There is no qualification “999/9999/9” in the catalogue."),
        (["601"], "There is no qualification “601” in the catalogue."),
        ([QAN, "--units", "1,77"], f"There is no unit “77” in {QAN}."),
        ([QAN, "--units", "1,2,1"], "Unit 1 is named twice."),
        ([QAN, "--units", "1,A/500/0001"], "Unit 1 is named twice."),
        ([QAN, "--units", "1,,2"], "“1,,2” is not a list of units such as 7,10,11."),
        ([QAN, "--units", "1", "--registered", "01/09/2024"], "“01/09/2024” is not a day such as 2024-09-01."),
    ],
)
def test_check_refuses_in_one_line(arguments, sentence):
    assert refusal("check_combination", *arguments) == sentence


def test_check_refuses_a_uan_that_is_printed_for_two_units():
    pack = a_pack()
    pack["units"][2]["uan"] = pack["units"][1]["uan"]
    load(facts_only(pack))
    told = refusal("check_combination", QAN, "--units", "A/500/0002")
    assert told == "“A/500/0002” is printed for units 2 and 3: name the unit by its number."


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--minimise", "effort"], "“effort” cannot be minimised: name one of credits, units, glh, criteria."),
        (["--achieved", "9"], f"There is no unit “9” in {QAN}."),
        (["--exclude", "2,2"], "Unit 2 is named twice."),
        (["--achieved", "2", "--exclude", "2"], "Unit 2 cannot be achieved and excluded."),
        (["--achieved", "5", "--registered", "2023-01-01"], "Unit 5 is not for registrations of 2023-01-01."),
    ],
)
def test_route_refuses_in_one_line(arguments, sentence):
    assert refusal("shortest_route", QAN, *arguments) == sentence


def test_route_refuses_hours_that_the_document_does_not_say():
    pack = a_pack()
    pack["units"][1]["glh"] = None
    load(facts_only(pack))
    told = refusal("shortest_route", QAN, "--minimise", "glh")
    assert told == "Unit 2 has no guided learning hours, so they cannot be minimised."
