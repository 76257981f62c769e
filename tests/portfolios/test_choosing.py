"""An administrator and a learner choose units together: sums, what each unit would do, the shortest ways, and a record.

The cast's qualification: units 101 and 102 are mandatory, 12 credits in all, at least 4 from group B (201, 202, 203),
and at most one of 202 and 203.
"""

import re

import pytest
from django.urls import reverse

from audit.actors import today
from centres import actions as centres
from portfolios.models import Learner
from portfolios.queries import offer_of
from portfolios.queries.choosing import Column
from quals.models import Group, Unit
from tests import factories

HTMX = {"HX-Request": "true"}


@pytest.fixture
def tom(cast):
    """A learner who is not registered for anything yet."""
    return Learner.objects.get(user_id=cast.here.second_learner.user_id)


@pytest.fixture
def ask(client, cast, tom):
    """`ask("101", "201", deed="credits")`: what the page answers, with these units ticked; nothing is ever saved."""
    client.force_login(factories.user_of(cast.here.administrator))

    def post(*numbers, qualification=cast.qualification, headers=HTMX, **data):
        units = [str(key_of(qualification, number)) for number in numbers]
        data = {"qualification": str(qualification.public_id), "units": units, **data}
        answer = client.post(reverse("register", args=[tom.public_id]), data, headers=headers)
        assert answer.status_code == 200
        assert not tom.registrations.exists()
        return answer

    return post


def key_of(qualification, number: str):
    return Unit.objects.get(specification=qualification.specification, number=number).public_id


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def hint_in(answer, cast, number: str) -> str:
    key = key_of(cast.qualification, number)
    return re.search(f'id="hint-{key}"[^>]*>([^<]*)<', answer.content.decode()).group(1)


def hints(ask, cast, *ticked) -> dict:
    answer = ask(*ticked, deed="hints")
    found = {unit.number: hint_in(answer, cast, unit.number) for unit in cast.units}
    return {number: hint for number, hint in found.items() if hint}


def publish(cast, pack):
    """Another qualification that the centre is approved for."""
    made = factories.quals.import_pack(
        pack=pack, lines=["line"] * 40, source_name="other.txt", publish=True, by=factories.SYSTEM
    )
    qualification = made.specification.qualifications.get()
    centres.approve_centre(centre=cast.here.centre, qan=qualification.qan, from_on=today(), by=factories.SYSTEM)
    return qualification


def another(cast, *rules):
    return publish(cast, factories.make_pack(qan="900/0010/1", rules=list(rules)))


# --- What each unit would do, before it is ticked ---------------------------------------------------


def test_units_without_which_there_is_no_way_are_called_still_needed(ask, cast):
    found = hints(ask, cast)
    assert found["101"] == found["102"] == "Still needed: no way does without it"


def test_units_on_the_shortest_way_say_so_and_merely_useful_ones_nothing(ask, cast):
    found = hints(ask, cast, "101", "102")
    assert sorted(found.values()) == ["On the shortest way"]
    assert set(found) < {"201", "202"}


def test_a_unit_barred_by_a_ticked_one_says_by_which(ask, cast):
    assert hints(ask, cast, "101", "202")["203"] == "Cannot count beside 202, which is ticked"


def test_a_unit_that_does_more_than_the_ticked_one_it_is_barred_by_says_that_it_takes_its_place(ask, cast):
    rule = factories._rule("R9", "at_least", "credits", 5, {"groups": ["B"]})
    bar = factories._rule("R4", "at_most", "units", 1, {"units": ["202", "203"]})
    one = factories._rule("R5", "at_most", "units", 1, {"groups": ["B"]})
    other = another(cast, rule, bar, one)
    answer = ask("202", qualification=other, deed="hints")
    assert "Can count only in place of 202, which is ticked" in words_of(answer)


def test_once_every_rule_is_met_the_others_are_not_needed_and_a_barred_one_still_says_why(ask, cast):
    found = hints(ask, cast, "101", "102", "202")
    assert found == {"201": "Not needed: every rule is met", "203": "Cannot count beside 202, which is ticked"}


def test_a_ticked_unit_that_is_not_counted_says_so(ask, cast):
    found = hints(ask, cast, "101", "102", "201", "202")
    assert [hint for hint in found.values() if hint.startswith("Not counted: ")]


def test_a_full_limit_on_credits_is_named(ask, cast):
    cap = factories._rule("R1", "at_most", "credits", 4, {"groups": ["B"]})
    need = factories._rule("R2", "at_least", "credits", 12, {})
    other = another(cast, need, cap)
    answer = ask("201", qualification=other, deed="hints")
    assert "No room for it: at most 4 credits from group B" in words_of(answer)


def test_a_barred_unit_can_be_ticked_all_the_same(ask, cast):
    page = ask("101", "102", "202", deed="check", headers={}).content.decode()
    box = re.search(f"<input[^>]*{key_of(cast.qualification, '203')}[^>]*>", page).group()
    assert "disabled" not in box
    assert f'aria-describedby="hint-{key_of(cast.qualification, "203")}"' in box


def test_a_tick_answers_with_the_sums_first_and_asks_for_the_rest_only_while_rules_are_not_met(ask):
    short, whole = (ask(*ticked, deed="check").content.decode() for ticked in (["101"], ["101", "102", "201"]))
    assert ("data-asks" in short, "hint-" in short) == (True, False)
    assert ("data-asks" in whole, "hint-" in whole) == (False, True)


# --- The sums ------------------------------------------------------------------------------------------


def test_a_tick_answers_with_credits_units_hours_and_the_sum_of_each_group(ask):
    said = words_of(ask("101", "102", "203", deed="check"))
    assert "13 credits 3 units 60 hours" in said
    assert "2 of 2 ticked, 8 credits" in said
    assert "1 of 3 ticked, 5 credits" in said


def test_a_verdict_that_the_other_reading_turns_round_says_so_beside_the_sums(ask, cast):
    rule = factories._rule("R1", "at_least", "credits", 4, {"level": {"mode": "exactly", "value": 3}})
    rule |= {"confidence": "disputed", "alternative": {"amount": 8}}
    other = another(cast, rule)
    assert "but not in another reading" in words_of(ask("101", qualification=other, deed="check"))
    assert "but not in another reading" not in words_of(ask("101", "102", qualification=other, deed="check"))


def test_a_fail_that_would_pass_in_parts_says_so(ask, cast):
    cap = factories._rule("R1", "at_most", "credits", 6, {"groups": ["B"]})
    need = factories._rule("R2", "at_least", "credits", 6, {})
    other = another(cast, need, cap)
    said = "if a unit over a limit counted in part"
    assert said in words_of(ask("201", "202", qualification=other, deed="check"))
    assert said not in words_of(ask("201", qualification=other, deed="check"))


def test_rules_that_can_be_met_one_by_one_but_not_together_say_so(ask, cast):
    first = factories._rule("R1", "at_least", "units", 1, {"units": ["201", "203"]})
    second = factories._rule("R2", "at_least", "units", 1, {"units": ["202", "101"]})
    bar = factories._rule("R4", "at_most", "units", 1, {"units": ["201", "202"]})
    said = words_of(ask("201", "202", qualification=another(cast, first, second, bar), deed="check"))
    assert "the rules are not met together yet" in said
    assert "no choice of these units meets them all together" in said


def test_without_rules_nothing_is_called_met_or_completed(ask, cast):
    other = another(cast)
    page = ask("101", qualification=other, deed="check", headers={})
    assert "no rules of combination" in words_of(page)
    for words in ("rule is met", "Complete it for me", "Not needed"):
        assert words not in words_of(page)
    tick = ask("101", "201", qualification=other, deed="check").content.decode()
    assert "rule is met" not in tick
    assert 'id="ways' not in tick


# --- Complete it for me -------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_complete_shows_the_shortest_way_and_others_beside_it(ask, headers):
    answer = ask("101", "102", deed="credits", headers=headers)
    ways = answer.context["ways"]
    assert [[unit.number for unit in way.units] for way in ways.ways] in (
        [["201"], ["202"], ["203"]],
        [["202"], ["201"], ["203"]],
    )
    assert [(way.credits, way.hours) for way in ways.ways] == [(4, 20), (4, 20), (5, 20)]
    first, *others = [way.units[0].number for way in ways.ways]
    assert [way.difference for way in ways.ways] == ["", *(f"{number} instead of {first}" for number in others)]
    assert "No way takes fewer credits than the first." in words_of(answer)
    assert f"Another way 203 instead of {first}" in words_of(answer)
    assert words_of(answer).count("Tick these") == 3


def test_tick_these_without_a_script_ticks_the_units_and_keeps_the_others(ask, cast):
    page = ask("101", "102", take=str(key_of(cast.qualification, "201")), ways="credits", headers={})
    assert [unit.number for unit in page.context["form"].ticked] == ["101", "102", "201"]
    assert "Every rule is met by what is ticked: nothing has to be added." in words_of(page)


def test_not_this_leaves_a_unit_out_and_says_what_then_stands_in_the_way(ask, cast):
    out = str(key_of(cast.qualification, "201"))
    ways = ask("101", "102", leave_out=out, ways="credits").context["ways"]
    assert [[unit.number for unit in way.units] for way in ways.ways] == [["202"], ["203"]]
    assert [unit.number for unit in ways.left_out] == ["201"]
    both = ask("101", left_out=out, leave_out=str(key_of(cast.qualification, "102")), ways="credits")
    assert "There is no way from here without the units left out" in words_of(both)
    assert "All 2 units of group A" in words_of(both) or "Both units of group A" in words_of(both)


def test_the_ways_follow_the_ticks_until_they_are_closed(ask):
    assert ask("101", deed="check").context["ways"] is None
    assert ask("101", deed="check", ways="credits").context["ways"].ways[0].credits == 8
    assert ask("101", deed="close", ways="credits").context["ways"] is None


def test_by_hours_takes_the_fewest_hours(ask, cast):
    Unit.objects.filter(number="201").update(glh=30)
    Unit.objects.filter(number="202").update(glh=25)
    ways = ask("101", "102", deed="hours").context["ways"]
    assert [way.hours for way in ways.ways] == [20, 25, 30]


def test_by_hours_cannot_be_asked_where_a_unit_has_none_and_says_so(ask, cast):
    Unit.objects.filter(number="201").update(glh=None)
    page = ask("101", deed="check", headers={})
    assert "The catalogue has no hours for unit 201." in words_of(page)
    assert "20 hours" in words_of(page)
    assert ask("101", deed="hours").context["ways"] is None
    assert "hours" not in words_of(ask("201", deed="check")).split("Rules of combination")[1]


def test_a_way_keeps_units_that_cannot_be_taken_out(client, cast):
    client.force_login(factories.user_of(cast.here.administrator))
    factories.complete_unit(cast.here, "101")
    factories.make_draft(cast.here, cast.here.entry("102"))
    url = reverse("choose_units", args=[cast.here.registration.public_id])
    page = client.get(url).content.decode()
    assert (page.count("signed off, stays"), page.count("has evidence, stays")) == (1, 1)
    held = re.findall(r'type="hidden" name="units" value="([^"]+)"', page)
    answer = client.post(url, {"units": held, "deed": "credits"}, headers=HTMX)
    assert [way.credits for way in answer.context["ways"].ways] == [4, 4, 5]


# --- Its cost, and its shape -----------------------------------------------------------------------


@pytest.mark.parametrize("units", [5, 60])
def test_a_tick_takes_the_same_queries_whatever_the_number_of_units(
    client, cast, tom, units, django_assert_num_queries
):
    pack = factories.make_pack(qan="900/0010/1")
    group = pack["qualifications"][0]["groups"][1]
    for number in map(str, range(300, 300 + units - 5)):
        pack["units"].append(factories._unit(number, 3, 3, True))
        group["units"].append({"unit": number})
    qualification = publish(cast, pack)
    client.force_login(factories.user_of(cast.here.administrator))
    for deed in ("check", "hints", "credits"):
        data = {"qualification": str(qualification.public_id), "units": [key_of(qualification, "101")], "deed": deed}
        with django_assert_num_queries(15):
            client.post(reverse("register", args=[tom.public_id]), data, headers=HTMX)


def test_changing_units_takes_ten_queries_a_tick(client, cast, django_assert_num_queries):
    client.force_login(factories.user_of(cast.here.administrator))
    url = reverse("choose_units", args=[cast.here.registration.public_id])
    data = {"units": [str(unit.public_id) for unit in cast.units[:2]], "deed": "check"}
    with django_assert_num_queries(10):
        client.post(url, data, headers=HTMX)


def test_mandatory_groups_come_first_and_short_ones_share_a_column(cast):
    standing = offer_of(cast.qualification, registered_on=today()).standing([])
    assert [[column.sum.group.code for column in stack] for stack in standing.stacks] == [["A", "B"]]


def test_a_group_is_headed_by_the_code_that_the_rules_name_it_by(ask):
    Group.objects.filter(code="A").update(title="Mandatory Group A")
    Group.objects.filter(code="B").update(title="Bicycles and Balance")
    page = words_of(ask(deed="check", headers={}))
    assert " Group B: Bicycles and Balance " in page
    assert " Mandatory Group A " in page
    assert "Group A: " not in page


def test_a_long_group_stands_in_two_halves_that_keep_their_units(cast):
    offer = offer_of(cast.qualification, registered_on=today())
    long = Column(offer.standing([]).sums[0], list(range(25)))
    assert [len(rows) for rows in long.lists] == [13, 12]
    assert [len(rows) for rows in Column(long.sum, list(range(24))).lists] == [24]


def test_units_that_are_not_open_on_the_day_are_neither_listed_nor_proposed(ask, cast):
    pack = factories.make_pack(qan="900/0010/1")
    pack["qualifications"][0]["groups"][1]["units"][0]["registered_before"] = "2017-07-01"
    qualification = publish(cast, pack)
    page = ask("101", "102", qualification=qualification, deed="credits", headers={})
    assert "Testing unit 202" in words_of(page)
    assert "Testing unit 201" not in words_of(page)
    assert [[unit.number for unit in way.units] for way in page.context["ways"].ways] == [["202"], ["203"]]
