"""The page of a qualification's rules: read, settled, a selection tried beside them, the picture under them."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quals.combination import deadline
from quals.models import Correction, Qualification, Rule
from tests.quals.builders import QAN, a_pack, a_rule, an_administrator, an_editor, load, the_qualification

pytestmark = pytest.mark.django_db
R3 = f"qualifications/{QAN.replace('/', '-')}/rules/R3"


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


@pytest.fixture
def draft(editor):
    return load(a_pack(), publish=False)


@pytest.fixture
def issue(editor):
    return load(a_pack())


def url_of(specification, asked=""):
    return reverse("review_rules", args=[specification.public_id, the_qualification(specification).public_id]) + asked


def words_of(response, status=200) -> str:
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode())).replace("&quot;", '"')


def send(client, specification, name, asked="", **data):
    page = f"rules/{the_qualification(specification).public_id}{asked}"
    return client.post(reverse(name, args=[specification.public_id]), {"path": R3, "page": page} | data)


def test_each_rule_is_a_sentence_beside_its_lines_with_how_sure_it_is(editor, draft):
    words = words_of(editor.get(url_of(draft)))
    assert "R1 At least 4 credits read one way line 2 Learners need 4 credits." in words
    assert "At least 2 credits at level 2 can be read two ways" in words
    assert "The other reading: At least 2 credits at level 2 or above" in words
    assert "Note: read as exactly level 2." in words


def test_without_the_document_the_lines_are_named(editor):
    from quals.specification import facts_only

    words = words_of(editor.get(url_of(load(facts_only(a_pack())))))
    assert "Line 2 of the document, which is not here" in words


def test_a_selection_in_the_address_is_judged(editor, draft):
    words = words_of(editor.get(url_of(draft, "?units=1&units=2")))
    assert "would pass" in words
    assert "2 units ticked, 4 credits, 20 hours; 2 counted, 4 credits." in words
    assert "Counted: 1, 2" in words
    assert "If R3 is read the other way (“At least 2 credits at level 2 or above”): would pass" in words


def test_the_other_reading_of_a_disputed_rule_is_judged_too(editor, draft):
    words = words_of(editor.get(url_of(draft, "?units=1&units=3")))
    assert "would not pass" in words
    assert "If R3 is read the other way (“At least 2 credits at level 2 or above”): would pass" in words


def test_what_is_not_counted_says_why(editor):
    pack = a_pack(units=4)
    pack["qualifications"][0]["rules"].append(
        a_rule("R4", bound="at_most", measure="units", amount=1, of={"units": ["3", "4"]}, printed=[2])
    )
    words = words_of(editor.get(url_of(load(pack, publish=False), "?units=1&units=2&units=3&units=4")))
    assert re.search(r"Not counted: .*\b3\b .*\b4\b", words)


def test_a_pass_in_parts_only_is_told(editor):
    pack = a_pack()
    pack["qualifications"][0]["rules"] += [
        a_rule("R4", bound="at_most", measure="credits", amount=1, of={"groups": ["B"]}, printed=[2]),
    ]
    pack["qualifications"][0]["rules"][0]["amount"] = 3
    pack["qualifications"][0]["rules"].pop(2)
    words = words_of(editor.get(url_of(load(pack, publish=False), "?units=1&units=2")))
    assert "It would pass if a unit over a limit counted in part." in words


def test_without_rules_a_selection_is_neither_passed_nor_counted(editor):
    pack = a_pack()
    pack["qualifications"][0]["rules"] = []
    words = words_of(editor.get(url_of(load(pack), "?units=1&units=2")))
    assert "There is no rule to check these units by. 2 units ticked, 4 credits, 20 hours." in words
    assert "would pass" not in words
    assert "Not counted" not in words


def test_rules_that_cannot_be_worked_out_in_time_can_still_be_read_and_corrected(editor, draft, monkeypatch):
    monkeypatch.setattr(deadline, "SECONDS", -1)
    words = words_of(editor.get(url_of(draft)))
    assert words.count("these rules are too entangled to be worked out in reasonable time") == 3
    assert "Correct" in words
    assert "There is no least number of hours: these rules are too entangled" in words_of(
        editor.get(url_of(draft, "?least=glh"))
    )


@pytest.mark.parametrize("asked", ["?units=77", "?units=&on=never", "?on=2026-02-31", "?least=luck"])
def test_what_names_nothing_is_passed_over(editor, draft, asked):
    assert "Tick units below" in words_of(editor.get(url_of(draft, asked)))


def test_a_tick_is_answered_with_the_panel_alone_in_few_queries(editor, draft, django_assert_max_num_queries):
    editor.get(url_of(draft))
    with django_assert_max_num_queries(12):
        response = editor.get(url_of(draft, "?units=1"), headers={"HX-Request": "true", "HX-Target": "try"})
    assert response.content.strip().startswith(b'<section id="try"')
    assert "HX-Target" in response["Vary"]


@pytest.mark.parametrize("measure", ["credits", "glh", "units"])
def test_the_least_is_filled_in_and_stands_in_the_address(editor, draft, measure):
    response = editor.get(url_of(draft, f"?units=3&least={measure}"))
    assert parse_qs(urlsplit(response["Location"]).query) == {"units": ["1", "2"]}
    assert "would pass" in words_of(editor.get(response["Location"]))


def test_the_least_stands_beside_what_is_printed(editor, draft):
    words = words_of(editor.get(url_of(draft)))
    assert "Credits 4 4 the same" in words
    assert "Hours 20 20 the same" in words
    assert "Units 2 – not printed" in words


def test_without_hours_and_without_a_choice_the_least_says_so(editor):
    pack = a_pack()
    pack["units"][2]["glh"] = None
    draft = load(pack, publish=False)
    assert "not every unit has its hours here" in words_of(editor.get(url_of(draft)))
    assert "There is no least number of hours" in words_of(editor.get(url_of(draft, "?least=glh")))
    pack = a_pack(sha="b")
    pack["qualifications"][0]["rules"][0]["amount"] = 60
    clash = load(pack, publish=False)
    words = words_of(editor.get(url_of(clash)))
    assert "no choice of units meets these rules" in words
    assert "can never be met" in words
    assert "No reason puts this right." in words
    assert "There is no least number of credits" in words_of(editor.get(url_of(clash, "?least=credits")))


def test_a_dated_unit_is_judged_for_the_day_that_is_named(editor):
    pack = a_pack()
    pack["qualifications"][0]["groups"][1]["units"][0]["registered_before"] = "2022-01-01"
    pack["qualifications"][0]["rules"].pop(2)
    draft = load(pack, publish=False)
    assert "would not pass" in words_of(editor.get(url_of(draft, "?units=1&units=2")))
    response = editor.get(url_of(draft, "?units=1&units=2&on=2021-05-01"))
    assert re.search(r"\bwould pass", words_of(response))
    assert 'name="on" id="try-on" value="2021-05-01"' in response.content.decode()
    assert "on=2021-05-01" in editor.get(url_of(draft, "?on=2021-05-01&least=credits"))["Location"]


@pytest.mark.parametrize(("reading", "sentence"), [("read", "level 2"), ("other", "level 2 or above")])
def test_either_reading_of_a_draft_is_settled_and_what_was_tried_stays(editor, draft, reading, sentence):
    response = send(editor, draft, "review_settle", "?units=1&units=3", reading=reading, ground="Asked them")
    assert response.status_code == 302
    assert "units=1&units=3#" in response["Location"]
    words = words_of(editor.get(response["Location"]))
    assert "confirmed" in words
    assert "Settled by Edda Itor" in words
    assert ("would not pass" in words) == (reading == "read")
    assert Rule.objects.get(label="R3").of["level"]["mode"] == ("exactly" if reading == "read" else "at_or_above")


def test_what_was_tried_after_the_page_came_is_what_stays(editor, draft):
    sent = {"reading": "read", "ground": "Asked them", "tried": "units=1&units=2"}
    response = send(editor, draft, "review_settle", "?units=1&units=3", **sent)
    assert "?units=1&units=2#" in response["Location"]


def test_a_refused_settlement_comes_back_with_what_was_typed_and_tried(editor, draft):
    words = words_of(send(editor, draft, "review_settle", "?units=1&units=2", reading="read", ground=" "), 422)
    assert "Say why the rule is to be read this way" in words
    assert "would pass" in words


def test_of_a_published_issue_only_the_reading_that_stands_can_be_confirmed(editor, issue):
    words = words_of(editor.get(url_of(issue)))
    assert "Confirm it as it is read" in words
    assert "this reading needs an issue of its own" in words
    assert words.count("It means this") == 1
    assert "Correct rule" not in words
    assert "Add a rule" not in words
    assert send(editor, issue, "review_settle", reading="read", ground="Asked them").status_code == 302
    words = words_of(editor.get(url_of(issue)))
    assert "Settled by Edda Itor" in words
    assert "It means this" not in words


def test_the_other_reading_of_a_published_issue_is_refused(editor, issue):
    words = words_of(send(editor, issue, "review_settle", reading="other", ground="Asked them"), 422)
    assert "The other reading needs an issue of its own" in words
    assert Rule.objects.get(label="R3").confidence == "disputed"
    assert not Correction.objects.exists()


def test_a_rule_is_corrected_on_the_page_and_left_out(editor, draft):
    rule = {"bound": "at_least", "amount": "6", "measure": "credits", "ground": "Misread"}
    path = R3[:-1] + "1"
    response = send(editor, draft, "review_correct", path=path, **rule)
    assert response["Location"].startswith(url_of(draft))
    assert "Corrected by Edda Itor" in words_of(editor.get(url_of(draft)))
    send(editor, draft, "review_leave_out", path=path, ground="Follows from the others")
    assert "left out" in words_of(editor.get(url_of(draft)))


def test_only_editors_have_the_page_and_only_of_its_own_specification(client, editor, draft):
    other = load(a_pack(sha="b"), publish=False)
    wrong = reverse("review_rules", args=[draft.public_id, the_qualification(other).public_id])
    assert editor.get(wrong).status_code == 404
    client.force_login(an_administrator())
    assert client.get(url_of(draft)).status_code == 404


def count_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_page_costs_the_same_queries_with_3_units_and_with_60(editor):
    small, large = load(a_pack(), publish=False), load(a_pack(units=60, sha="b"), publish=False)
    asked = "?units=1&units=2"
    assert count_queries(editor, url_of(small, asked)) == count_queries(editor, url_of(large, asked)) <= 33


def test_pearsons_hours_are_the_least_that_the_document_prints(editor):
    call_command("load_catalogue", verbosity=0)
    pearson = Qualification.objects.get(qan="601/3478/1").specification
    words = words_of(editor.get(url_of(pearson)))
    assert "Credits 55 55 the same" in words
    assert "Hours 289 289 the same" in words
