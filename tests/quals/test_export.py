"""`export_pack`: a qualification as a pack again, and back."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quals.models import Specification
from quals.specification import facts_only, validate
from tests.quals.builders import QAN, a_pack, a_unit, an_error, load
from tests.quals.test_joining import handbook, pages

pytestmark = pytest.mark.django_db
RESOLVED = {"by": "Edda Itor", "on": "2024-05-01", "ground": "Printed in the next issue."}


def export(*arguments):
    out, err = StringIO(), StringIO()
    call_command("export_pack", *arguments, stdout=out, stderr=err)
    pack = json.loads(out.getvalue())
    validate(pack)
    return pack, err.getvalue()


def everything() -> dict:
    pack = a_pack(findings=[an_error(severity="note", printed="1.l", read="1.1"), an_error(line=8, resolved=RESOLVED)])
    pack["units"][0] |= {"test": {"minutes": 60, "marks": 40}, "routes": ["portfolio", "onscreen_test"]}
    place = pack["qualifications"][0]["groups"][1]["units"][1]
    place |= {"registered_from": "2021-01-01", "registered_before": "2022-01-01", "mark": "*"}
    pack["qualifications"][0]["rules"][0] |= {
        "confidence": "confirmed",
        "confirmed": RESOLVED,
    }
    return pack


def again(pack: dict) -> dict:
    """The pack, exported from a catalogue that holds nothing else."""
    load(pack)
    return export(QAN)[0]


def test_exported_pack_is_the_imported_one():
    assert again(everything()) == everything()


def test_exported_pack_makes_an_equal_pack_in_an_empty_catalogue():
    first = again(everything())
    first["source"]["sha256"] = "e" * 64
    assert again(first) == first


def test_facts_only_leaves_the_wording_out_and_all_else_in_place():
    load(everything())
    assert export(QAN, "--facts-only")[0] == facts_only(everything())


def test_export_of_facts_is_a_pack_of_facts():
    load(facts_only(everything()))
    assert export(QAN)[0] == facts_only(everything())


def test_newest_published_issue_is_exported_unless_another_is_asked_for():
    load(a_pack())
    newer = a_pack(sha="b")
    newer["source"]["version"] = "Issue 2"
    load(newer)
    load(a_pack(sha="c"), publish=False)
    assert export(QAN)[0]["source"]["version"] == "Issue 2"
    assert export(QAN, "--issue", "Issue 1")[0] == a_pack()


def test_other_qualifications_of_the_specification_stay_out():
    pack = a_pack()
    other = a_pack()["qualifications"][0] | {"qan": "999/0002/7", "title": "Award"}
    other["groups"] = [{"code": "A", "title": "Group A", "kind": "mandatory", "units": [{"unit": "4"}]}]
    other["rules"] = []
    pack["qualifications"].append(other)
    pack["units"].append(a_unit(4))
    load(pack)
    exported, _ = export("999/0002/7")
    assert [unit["key"] for unit in exported["units"]] == ["4"]
    assert [each["qan"] for each in exported["qualifications"]] == ["999/0002/7"]


def test_pages_from_another_document_are_left_out_and_told_of():
    load(handbook())
    load(pages())
    exported, told = export(QAN)
    assert exported == handbook()
    assert "1 unit pages that came from “Herb growing”" in told


def test_pages_from_another_document_can_be_put_in():
    load(handbook())
    load(pages())
    exported, told = export(QAN, "--with-pages")
    assert exported["units"][0]["outcomes"][0]["text"] == "Know the soil"
    assert told == ""


def test_facts_with_pages_from_a_document_with_wording_stay_facts():
    load(facts_only(handbook()))
    load(pages())
    exported, _ = export(QAN, "--with-pages")
    assert exported == facts_only(exported)
    assert exported["units"][0]["outcomes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["999/0009/9"], "No published qualification 999/0009/9 is in the catalogue."),
        (["herbs"], "“herbs” is not a qualification number"),
        ([QAN, "--issue", "Issue 9"], "is in the issue “Issue 9”"),
    ],
)
def test_what_is_not_there_is_one_line_and_status_2(arguments, words):
    load(a_pack())
    with pytest.raises(CommandError) as refused:
        export(*arguments)
    assert refused.value.returncode == 2
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_draft_is_not_exported():
    load(a_pack(), publish=False)
    assert Specification.objects.count() == 1
    with pytest.raises(CommandError, match="No published qualification"):
        export(QAN)
