"""`check_combination` and `shortest_route`: what they print, and the one line with which they and the sweep refuse."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, execute_from_command_line

from quals.combination import Unproved, search
from quals.management.commands.check_combination import Command as Check
from quals.specification import facts_only
from tests.quals.builders import QAN, a_pack, a_rule, load

pytestmark = pytest.mark.django_db
ROOT = settings.BASE_DIR


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
    assert list(found)[:5] == ["verdict", "counted", "rules", "uncounted", "depends_on_reading"]
    assert (found["passes_if_clipped"], found["explanation"]) == (True, [])
    assert (found["verdict"], found["counted"], found["depends_on_reading"]) == ("pass", ["1", "2"], False)
    assert found["rules"][0] == {"id": "R1", "needed": 4, "counted": 4, "met": True, "confidence": "printed"}
    assert found["rules"][2]["confidence"] == "disputed"
    assert found["uncounted"] == [{"unit": "3", "reason": "It may not count beside unit 2, which is counted."}]


@pytest.mark.usefixtures("herbs")
def test_check_depends_on_the_reading_where_the_other_one_gives_another_verdict():
    found = answer("check_combination", QAN, "--units", "1,3")
    assert (found["verdict"], found["counted"], found["depends_on_reading"]) == ("fail", [], True)
    assert [rule["met"] for rule in found["rules"]] == [True, True, False, True]
    assert len(found["explanation"]) == 1
    assert found["passes_if_clipped"] is False


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
    assert answer("check_combination", QAN, "--units", "")["verdict"] == "fail"


@pytest.mark.usefixtures("herbs")
def test_check_in_words_says_what_is_missing():
    told = run("check_combination", QAN, "--units", "1")
    assert told.startswith("FAIL\n")
    assert "  R1 At least 4 credits: 2 so far" in told
    assert run("check_combination", QAN, "--units", "1,2,4").startswith("PASS\n")


@pytest.mark.usefixtures("herbs")
def test_route_prints_units_value_proof_and_alternatives():
    found = answer("shortest_route", QAN, "--minimise", "credits", "--registered", "2021-09-01")
    assert list(found) == ["units", "value", "optimal", "alternatives", "not_counted"]
    assert (found["units"], found["value"], found["optimal"]) == (["1", "2"], 4, True)
    assert found["alternatives"][0] == {"units": ["1", "4"], "value": 4}


@pytest.mark.usefixtures("herbs")
def test_route_is_told_in_words_that_fit_the_number():
    assert run("shortest_route", QAN).startswith("4 credits left to do; no route takes fewer.\nUnits: 1, 2\n")
    one = run("shortest_route", QAN, "--achieved", "1", "--exclude", "2", "--minimise", "units")
    assert one.startswith("1 unit left to do; ")


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(("measure", "value"), [("credits", 2), ("units", 1), ("glh", 10), ("criteria", 3)])
def test_route_minimises_what_is_left(measure, value):
    assert answer("shortest_route", QAN, "--achieved", "1", "--exclude", "2", "--minimise", measure)["value"] == value


@pytest.mark.usefixtures("herbs")
def test_route_that_does_not_exist_is_an_answer():
    arguments = [QAN, "--exclude", "1", "--minimise", "credits"]
    found = answer("shortest_route", *arguments)
    assert [found[name] for name in ("units", "value", "optimal", "alternatives")] == [[], None, False, []]
    assert run("shortest_route", *arguments).startswith("There is no route.\n")


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["999/9999/9"], "There is no qualification “999/9999/9” in the catalogue."),
        (["601"], "There is no qualification “601” in the catalogue."),
        ([" "], "There is no qualification “” in the catalogue."),
        ([QAN], "Name the achieved units, such as --units 7,10,11; --units= where there is none yet."),
        ([QAN, "--units", "1 2"], "“1 2” is not a list of units such as 7,10,11."),
        ([QAN, "--units", "1;2"], "“1;2” is not a list of units such as 7,10,11."),
        ([QAN, "--units", ","], "“,” is not a list of units such as 7,10,11."),
        ([QAN, "--units", "1,\n,2"], "“1, ,2” is not a list of units such as 7,10,11."),
        ([QAN, "--units", "1.0"], f"There is no unit “1.0” in {QAN}."),
        ([QAN, "--units", "1,77"], f"There is no unit “77” in {QAN}."),
        ([QAN, "--units", "1,2,1"], "Unit 1 is named twice."),
        ([QAN, "--units", "1,A/500/0001"], "Unit 1 is named twice."),
        ([QAN, "--units", "1,,2"], "“1,,2” is not a list of units such as 7,10,11."),
        ([QAN, "--units", "1,a/500/0001"], "Unit 1 is named twice."),
        ([QAN, "--units", "1", "--registered", "01/09/2024"], "“01/09/2024” is not a day such as 2024-09-01."),
        ([QAN, "--units", "1", "--registered", "2023-02-29"], "“2023-02-29” is not a day such as 2024-09-01."),
        ([QAN, "--units", "1", "--registered", "20240901"], "“20240901” is not a day such as 2024-09-01."),
        ([QAN, "--units", "1", "--registered", ""], "“” is not a day such as 2024-09-01."),
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
        (["--achieved", "1,,2"], "“1,,2” is not a list of units such as 7,10,11."),
        (["--exclude", "2;4"], "“2;4” is not a list of units such as 7,10,11."),
        (["--minimise", "Credits"], "“Credits” cannot be minimised: name one of credits, units, glh, criteria."),
        (["--registered", "2024-13-01"], "“2024-13-01” is not a day such as 2024-09-01."),
    ],
)
def test_route_refuses_in_one_line(arguments, sentence):
    assert refusal("shortest_route", QAN, *arguments) == sentence


@pytest.mark.usefixtures("herbs")
def test_route_does_not_count_what_is_achieved_but_for_other_dates():
    asked = ["shortest_route", QAN, "--achieved", "1,5", "--registered"]
    then, now = answer(*asked, "2023-12-31"), answer(*asked, "2024-01-01")
    assert (then["units"], then["value"]) == (["2"], 2)
    assert then["not_counted"] == [{"unit": "5", "reason": "It is not for registrations of this date."}]
    assert now["not_counted"] == []
    assert "Not counted: 5." in run(*asked, "2023-12-31")


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize("spelling", ["9990001 5", " 999/0001/5 ", "99900015", "999 / 0001 / 5"])
def test_a_qualification_is_found_however_its_number_is_spaced(spelling):
    assert answer("check_combination", spelling, "--units", " 1 , 2 ")["verdict"] == "pass"


def test_a_letter_in_a_number_is_found_in_either_case():
    pack = a_pack()
    pack["qualifications"][0]["qan"] = "999/0001/X"
    load(facts_only(pack))
    assert answer("check_combination", "999/0001/x", "--units", "1,2")["verdict"] == "pass"
    assert answer("shortest_route", "9990001x", "--minimise", "units")["value"] == 2


def test_a_draft_is_asked_where_nothing_is_published():
    load(facts_only(a_pack()), publish=False)
    assert answer("check_combination", QAN, "--units", "1,2")["verdict"] == "pass"
    assert "draft" in Check().help


@pytest.mark.usefixtures("herbs")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check_combination"], "the following arguments are required: qan"),
        (["check_combination", QAN, "--units"], "argument --units: expected one argument"),
        (["check_combination", QAN, "--units", "1", "--units", "2"], "--units is given twice"),
        (["shortest_route", QAN, "--minimise", "glh", "--minimise", "units"], "--minimise is given twice"),
        (["shortest_route", QAN, "--cheapest"], "unrecognized arguments: --cheapest"),
        (["shortest_route", QAN, "--minimise", "glh", "--achieved", "77"], f"There is no unit “77” in {QAN}."),
        (["sweep_combinations", QAN, QAN], f"unrecognized arguments: {QAN}"),
        (["sweep_combinations", "999/9999/9"], "There is no qualification “999/9999/9” in the catalogue."),
    ],
)
def test_a_command_line_that_cannot_be_read_is_one_line_and_status_2(arguments, says, capsys):
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", *arguments])
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert (told.out, len(told.err.splitlines())) == ("", 1)
    assert says in told.err


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    """The real command line, on an installation of its own with the catalogue that ships."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path_factory.mktemp("installation")),
    }
    environment.pop("DATABASE_URL", None)

    def ask(*arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert ask("migrate", "--verbosity", "0").returncode == 0
    assert ask("load_catalogue").returncode == 0
    return ask


@pytest.mark.slow
def test_at_the_console_a_unit_counts_for_the_registrations_it_was_made_for(console):
    """Unit 319 of the diploma gave way to 619 on a day that the document names."""
    for day, counted in (("2017-01-01", "319"), ("2024-01-01", "619")):
        done = console("check_combination", "600/1136/1", "--units", "319,619", "--registered", day, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        aside = [each["unit"] for each in json.loads(done.stdout)["uncounted"] if "registrations" in each["reason"]]
        assert {counted, *aside} == {"319", "619"}
        route = console("shortest_route", "600/1136/1", "--achieved", "319,619", "--registered", day, "--json")
        assert [each["unit"] for each in json.loads(route.stdout)["not_counted"]] == aside


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ["check_combination", "600/1136/1", "--units", "101,101"],
        ["check_combination"],
        ["shortest_route", "601/4756/8", "--minimise", "glh"],
        ["shortest_route", "601/4756/8", "--minimise"],
        ["sweep_combinations", "000/0000/0"],
        ["sweep_combinations", "--everything"],
    ],
)
def test_at_the_console_a_refusal_is_one_line_and_status_2(console, arguments):
    done = console(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_at_the_console_a_verdict_is_no_failure(console):
    assert console("check_combination", "601/3478/1", "--units=").returncode == 0
    assert console("sweep_combinations", "600/1135/x").stdout == "There is no live registration for 600/1135/X.\n"
    assert json.loads(console("sweep_combinations", "--json").stdout)["registrations"] == []


def test_route_refuses_hours_that_the_document_does_not_say():
    pack = a_pack()
    pack["units"][1]["glh"] = None
    load(facts_only(pack))
    told = refusal("shortest_route", QAN, "--minimise", "glh")
    assert told == "Unit 2 has no guided learning hours, so they cannot be minimised."


@pytest.mark.usefixtures("herbs")
def test_where_there_is_no_proven_answer_none_is_given(monkeypatch):
    def no_answer(problem):
        raise Unproved("The solver ended with Time limit reached.")

    monkeypatch.setattr(search, "preferred_of", no_answer)
    with pytest.raises(CommandError, match="No proven answer in reasonable time, so none is given") as refused:
        run("check_combination", QAN, "--units", "1,2")
    assert refused.value.returncode == 1
