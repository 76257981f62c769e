"""A qualification's page: rules, picture and units for all; what was doubted, folded behind them, for an editor."""

import copy
import re

import pytest
from django.urls import reverse

from quals.models import Qualification
from tests.quals.builders import QAN, a_pack, an_administrator, an_editor, an_error, load, the_qualification

pytestmark = pytest.mark.django_db
SETTLED = {"by": "Edda Itor", "on": "2026-01-02", "ground": "Compared with the printed page"}
OTHER_QAN = "999/0002/7"


def a_warning(line: int, **changes) -> dict:
    return an_error(severity="warning", code="wording-clipped", line=line, message="It may lack letters.") | changes


def a_note(line: int, **changes) -> dict:
    return an_error(severity="note", code="title-repaired", line=line, message="A word was joined.") | changes


def two_qualifications(**changes) -> dict:
    """The second offers units 2 and 3 only."""
    pack = a_pack(**changes)
    other = copy.deepcopy(pack["qualifications"][0]) | {"qan": OTHER_QAN, "title": "Award in Herb Growing"}
    other["groups"][0]["units"], other["groups"][1]["units"] = [{"unit": "2"}], [{"unit": "3"}]
    return pack | {"qualifications": [*pack["qualifications"], other]}


def page(client, qualification) -> str:
    return " ".join(client.get(reverse("qualification", args=[qualification.public_id])).content.decode().split())


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


@pytest.fixture
def administrator(client):
    client.force_login(an_administrator(approved=(QAN,)))
    return client


def test_rules_picture_and_units_come_before_what_was_doubted(editor):
    text = page(editor, the_qualification(load(a_pack(findings=[a_warning(11, resolved=SETTLED), a_note(12)]))))
    places = [text.index(f'id="{name}"') for name in ("rules", "facts", "picture", "units", "findings")]
    assert places == sorted(places)
    assert "It may lack letters." not in text[: places[-1]]


def test_a_line_at_the_top_says_how_much_was_doubted_and_leads_there(editor):
    doubted = [an_error(resolved=SETTLED), a_warning(11, resolved=SETTLED), a_warning(12, resolved=SETTLED), a_note(13)]
    text = page(editor, the_qualification(load(a_pack(findings=doubted))))
    top = text[: text.index('id="rules"')]
    assert '<a href="#findings">1 error and 2 warnings</a>' in top
    assert "all settled" in top


def test_notes_alone_say_nothing_at_the_top(editor):
    text = page(editor, the_qualification(load(a_pack(findings=[a_note(13)]))))
    assert "of the importer" not in text
    assert "1 note" in text


def test_nothing_doubted_leaves_no_findings(editor):
    assert "findings" not in page(editor, the_qualification(load(a_pack()))).replace("css/", "")


def test_errors_stand_open_and_warnings_and_notes_are_folded(editor):
    doubted = [an_error(resolved=SETTLED), a_warning(11, resolved=SETTLED), a_note(13)]
    text = page(editor, the_qualification(load(a_pack(findings=doubted))))
    folds = re.findall(r'<details class="findings-fold"( open)?> <summary>(\d \w+)', text)
    assert folds == [(" open", "1 error"), ("", "1 warning"), ("", "1 note")]


def test_a_finding_says_what_it_is_about_who_settled_it_and_leads_to_its_line(editor):
    specification = load(a_pack(findings=[a_warning(11, subject="unit 1, 1.1", resolved=SETTLED)]))
    text = page(editor, the_qualification(specification))
    findings = text[text.index('id="findings"') :]
    assert '<span class="code">unit 1, 1.1</span>' in findings
    assert "Edda Itor, 2 Jan 2026: Compared with the printed page" in findings
    unit_page = reverse("review_unit", args=[specification.public_id, "1"])
    assert f'href="{unit_page}?doubt=1&amp;line=11#line-11"' in findings
    assert editor.get(f"{unit_page}?doubt=1&line=11").status_code == 200


def test_a_reason_that_holds_for_several_in_a_row_is_written_once(editor):
    other = SETTLED | {"ground": "Asked them"}
    doubted = [a_warning(line, resolved=SETTLED) for line in (11, 12, 13)] + [a_warning(14, resolved=other)]
    text = page(editor, the_qualification(load(a_pack(findings=doubted))))
    assert text.count("Compared with the printed page") == 1
    assert text.count("Settled with the one above.") == 2
    assert text.count("Asked them") == 1


def test_what_still_waits_in_a_draft_is_said_at_the_top_and_beside_it(editor):
    doubted = [an_error(), a_warning(11), a_warning(12, resolved=SETTLED), a_note(13)]
    text = page(editor, the_qualification(load(a_pack(findings=doubted), publish=False)))
    assert "1 error and 1 warning open" in text[: text.index('id="rules"')]
    findings = text[text.index('id="findings"') :]
    assert len(re.findall(r"</svg> ?<span>open</span>|</svg> ?open", findings)) == 2
    assert "all settled" not in text


def test_what_is_doubted_of_another_qualification_is_counted_only(editor):
    doubted = [
        a_warning(11, subject="unit 1, 1.1", message="Of unit 1.", resolved=SETTLED),
        a_warning(12, subject=f"{QAN}, R1", message="Of the first.", resolved=SETTLED),
        a_warning(13, subject=f"{OTHER_QAN}, R1", message="Of the second.", resolved=SETTLED),
        a_warning(14, subject="unit 3, 1.1", message="Of unit 3.", resolved=SETTLED),
        a_warning(15, subject="annex", message="Of everything.", resolved=SETTLED),
    ]
    load(two_qualifications(findings=doubted))
    first, second = (page(editor, Qualification.objects.get(qan=qan)) for qan in (QAN, OTHER_QAN))
    told = ["Of unit 1.", "Of the first.", "Of the second.", "Of unit 3.", "Of everything."]
    assert [words for words in told if words in first] == [told[0], told[1], told[3], told[4]]
    assert [words for words in told if words in second] == told[2:]
    assert "1 more finding about the rest of this document" in first
    assert "2 more findings about the rest of this document" in second


def test_nobody_else_is_told_of_findings_or_led_to_the_review(administrator):
    specification = load(a_pack(findings=[a_warning(11, resolved=SETTLED)]))
    text = page(administrator, the_qualification(specification))
    assert "findings" not in text
    assert str(specification.public_id) not in text


def test_a_group_is_called_by_the_letter_that_the_rules_use(administrator):
    pack = a_pack()
    pack["qualifications"][0]["groups"][1]["title"] = "Optional units"
    text = page(administrator, the_qualification(load(pack)))
    assert "<h3>Group B: Optional units <" in text
    assert "<h3>Group A Mandatory <" in text


@pytest.mark.parametrize(("last_day", "is_closed"), [("2014-07-31", True), ("2099-07-31", False), (None, False)])
def test_a_qualification_that_nobody_can_be_registered_on_any_more_says_so_at_the_top(
    administrator, last_day, is_closed
):
    pack = a_pack()
    pack["qualifications"][0] |= {"first_registration": "2010-01-01", "last_registration": last_day}
    text = page(administrator, the_qualification(load(pack)))
    assert ("Registration ended on 31 Jul 2014." in text[: text.index('id="rules"')]) is is_closed


def test_only_an_editor_is_led_from_a_rule_to_the_lines_around_it(editor):
    specification = load(a_pack())
    qualification = the_qualification(specification)
    url = reverse("review_structure", args=[specification.public_id, qualification.public_id])
    assert f'<a href="{url}?line=2#line-2">line 2</a>' in page(editor, qualification)
    editor.force_login(an_administrator(approved=(QAN,)))
    text = page(editor, qualification)
    assert url not in text
    assert "line 2</span> Learners need 4 credits." in text
