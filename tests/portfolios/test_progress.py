"""Where a registration stands by its rules: what is done, what is left, who can change it, and who may read it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import User
from audit.actors import ASSESSOR, today
from portfolios.models import Learner, Registration, UnitEntry
from portfolios.queries import outlook_of, outlooks_of, whereabouts_of, whole_entries_of
from quals.combination import deadline
from quals.models import Rule, Unit
from tests import factories

PAGE_QUERIES = 8


def put(here, number, state="open", met=0, total=None):
    """A unit's entry as its counters would stand, written straight into the tables: only reading is tried."""
    entries = UnitEntry.objects.filter(registration=here.registration, unit__number=number)
    assert entries.update(state=state, criteria_met=met) == 1
    if total is not None:
        Unit.objects.filter(number=number).update(criteria_total=total)


def sign_off(here, *numbers):
    for number in numbers:
        put(here, number, state="signed_off", met=4)


def drop(here, *numbers):
    UnitEntry.objects.filter(registration=here.registration, unit__number__in=numbers).delete()


def address(here):
    return reverse("where_am_i", args=[here.registration.public_id])


def read(client, url):
    """The page as somebody reads it."""
    answer = client.get(url)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode().split("<main", 1)[1]))


def codes(lines):
    return [line.unit.code for line in lines]


def test_a_unit_is_done_once_the_assessor_signed_it_off_whoever_confirms_it_later(here):
    put(here, "101", state="signed_off", met=4)
    put(here, "102", state="confirmed", met=4)
    outlook = outlook_of(here.registration)
    assert outlook.done == {"101", "102"}
    assert (outlook.met, outlook.to_go, outlook.in_words) == (1, 2, "2 rules to go")


def test_the_shortest_way_has_the_fewest_criteria_left(here):
    put(here, "101", state="signed_off", met=4)
    put(here, "102", met=1)
    put(here, "202", met=3)
    outlook = outlook_of(here.registration)
    assert (outlook.way_in_words, outlook.left_in_words) == ("102 and 202", "4 criteria left")


def test_a_unit_whose_criteria_are_all_met_is_ready_to_be_signed_off(here):
    sign_off(here, "101", "102")
    put(here, "201", met=4)
    outlook = outlook_of(here.registration)
    assert (outlook.way_in_words, outlook.left_in_words) == ("201", "ready to be signed off")


def test_chosen_units_come_before_shorter_ones_that_nobody_chose(here):
    sign_off(here, "101", "102")
    Unit.objects.filter(number="203").update(criteria_total=1)
    found = whereabouts_of(here.registration, here.learner)
    assert (codes(found.way.lines), found.way.value) == (["201"], 4)
    assert [(codes(way.lines), way.value) for way in found.others] == [(["202"], 4)]
    assert (codes(found.shorter.lines), found.shorter.value) == (["203"], 1)


def test_what_the_way_does_without_is_said_kindly(here, client_for):
    sign_off(here, "101", "102")
    put(here, "201", met=2)
    page = read(client_for(here.learner), address(here))
    assert "Also chosen Not needed for the award on the shortest way" in page
    assert "still listed on your record" in page
    assert "wasted" not in page


def test_a_unit_that_does_not_count_says_why_and_stays_on_the_record(here, client_for):
    sign_off(here, "101", "102", "201", "202")
    page = read(client_for(here.learner), address(here))
    assert "every rule is met" in page
    assert "Nothing is left to do" in page
    assert page.count("Not needed for the award. It stays on your record. B 2 4 not counted") == 1


def test_a_unit_over_a_limit_names_the_limit(here, client_for):
    UnitEntry.objects.filter(registration=here.registration, unit__number="201").update(
        unit=Unit.objects.get(number="203")
    )
    sign_off(here, "102", "202", "203")
    found = whereabouts_of(here.registration, here.assessor)
    [barred] = [line for line in found.done if line.because]
    assert barred.unit.code == "202"
    assert "203" in barred.because
    assert found.credits == 9


def test_units_that_can_never_do_say_what_to_add_and_who_does_it(here, client_for):
    drop(here, "201", "202")
    found = whereabouts_of(here.registration, here.learner)
    (add,) = codes(found.to_add)
    assert add in ("201", "202")  # as good as each other
    assert codes(found.way.lines) == ["101", "102", add]
    page = read(client_for(here.learner), address(here))
    assert "The units chosen so far are not enough." in page
    assert f"For example, {add} Testing unit {add} (4 credits) would do." in page
    assert "An administrator of your centre chooses units, together with you." in page
    assert "4 criteria left, not chosen yet" in page
    assert "Choose units together with the learner." in read(client_for(here.administrator), address(here))


def test_a_unit_without_which_there_is_no_way_is_no_example(here, client_for):
    drop(here, "101")
    assert whereabouts_of(here.registration, here.learner).must_add
    page = read(client_for(here.learner), address(here))
    assert "There is no way without 101 Testing unit 101 (4 credits)." in page
    assert "For example" not in page


def test_what_to_add_is_rather_a_unit_that_can_be_judged(here):
    drop(here, "201", "202")
    Unit.objects.filter(number__in=["202", "203"]).update(criteria_total=0)
    outlook = outlook_of(here.registration)
    assert (outlook.to_add, outlook.must_add) == (("201",), False)
    Unit.objects.filter(number__in=["201", "203"]).update(criteria_total=0)
    outlook = outlook_of(here.registration)
    assert outlook.measure == "credits"
    assert outlook.to_add in (("201",), ("202",))


def test_without_criteria_the_way_is_counted_in_credits(here, client_for):
    Unit.objects.update(criteria_total=0)
    UnitEntry.objects.filter(registration=here.registration).update(criteria_met=0)
    outlook = outlook_of(here.registration)
    assert outlook.left_in_words == "12 credits left"
    assert "3 units, 12 credits left" in read(client_for(here.learner), address(here))


def test_a_registration_without_units_says_so(here, client_for):
    drop(here, "101", "102", "201", "202")
    page = read(client_for(here.administrator), address(here))
    assert "0 of 0 units done" in page
    assert "No units have been chosen yet." in page
    assert "No unit is signed off yet." in page


def test_a_qualification_without_rules_claims_nothing(here, client_for):
    Rule.objects.all().delete()
    sign_off(here, "101")
    outlook = outlook_of(here.registration)
    assert (outlook.finished, outlook.in_words, outlook.way) == (False, "no rules of combination", None)
    page = read(client_for(here.learner), address(here))
    assert "No rules of combination" in page
    assert "every rule is met" not in page


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("learner", "How far you are by the rules of combination cannot be worked out"),
        ("assessor", "Your learners"),
    ],
)
def test_a_home_opens_though_the_rules_cannot_be_worked_out_in_time(here, client_for, monkeypatch, who, said):
    sign_off(here, "101", "102", "201")
    monkeypatch.setattr(deadline, "SECONDS", -1)
    page = read(client_for(getattr(here, who)), reverse(f"{who}_home"))
    assert said in page
    assert "every rule is met" not in page


def test_a_registration_opens_though_its_rules_cannot_be_worked_out_in_time(here, client_for, monkeypatch):
    sign_off(here, "101", "102", "201", "202")
    monkeypatch.setattr(deadline, "SECONDS", -1)
    page = read(client_for(here.administrator), reverse("registration", args=[here.registration.public_id]))
    assert "They are too entangled to be worked out." in page
    assert "Testing unit 101" in page


def test_one_unit_that_is_enough_is_told_of_as_one(here, client_for):
    Rule.objects.exclude(label="R3").delete()
    sign_off(here, "201")
    assert "1 unit counts and meets every rule." in read(client_for(here.learner), address(here))


def test_limits_speak_of_what_is_done_and_not_of_what_was_chosen(here, client_for):
    sign_off(here, "101")
    page = read(client_for(here.learner), address(here))  # 202 is chosen, and not done
    assert "At most 1 of units 202 and 203: none so far." in page
    assert "within limit" in page


def test_rules_that_nobody_can_meet_are_for_the_editor(here, client_for):
    Rule.objects.filter(label="R1").update(amount=99)
    page = read(client_for(here.learner), address(here))
    assert "No choice of units meets these rules together." in page
    assert outlook_of(here.registration).way is None


def test_a_registration_that_has_ended_is_shown_no_way(here, client_for):
    Registration.objects.filter(pk=here.registration.pk).update(state="withdrawn")
    page = read(client_for(here.administrator), address(here))
    assert "This registration is withdrawn." in page
    assert "criteria left" not in page.split("Also chosen")[0].split("The shortest way from here")[1]


@pytest.mark.parametrize(("state", "follows"), [("active", True), ("completed", False)])
def test_what_follows_is_said_until_it_has_happened(here, client_for, state, follows):
    sign_off(here, "101", "102", "201")
    Registration.objects.filter(pk=here.registration.pk).update(state=state)
    page = read(client_for(here.learner), address(here))
    assert "Nothing is left to do" in page
    assert ("What follows is the IQA’s release and the claim." in page) == follows


@pytest.fixture
def disputed(here):
    """Group B: at least 4 credits, or, read the other way, 8."""
    Rule.objects.filter(label="R3").update(
        confidence="disputed", note="the sentence names no group", alternative={"amount": 8}
    )


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (("101",), "By another reading the shortest way would not be enough."),
        (("101", "102", "201"), "By another reading the units that are done would not be enough."),
        (("101", "102", "201", "202"), "The units that are done are enough by either reading."),
    ],
)
def test_an_answer_that_rests_on_a_disputed_rule_says_so(here, disputed, client_for, done, said):
    sign_off(here, *done)
    page = read(client_for(here.assessor), address(here))
    assert "R3 can be read two ways: the sentence names no group." in page
    assert said in page
    plain = read(client_for(here.learner), address(here))
    assert "One of these rules can be read in two ways" in plain
    assert ("may depend on it" in plain) == (said != "The units that are done are enough by either reading.")


def test_a_rule_prints_its_sentence_its_bar_and_its_state(here, client_for):
    sign_off(here, "101")
    page = client_for(here.learner).get(address(here)).content.decode()
    assert "At least 12 credits: 4 so far, 8 more needed." in page
    assert '<progress class="rule-bar" value="4" max="12"' in page
    assert page.count('<li class="rule') == 4


def test_an_assessor_sees_the_whole_way_but_opens_only_their_own_units(cast, here, client_for):
    carl = factories.make_staff(here.centre, "Carl Beck", ASSESSOR, cast.units, by=here.administrator)
    factories.allocate(here, "102", assessor=carl)
    page = client_for(here.assessor).get(address(here)).content.decode()
    assert reverse("unit", args=[here.entry("101").public_id]) in page
    assert reverse("unit", args=[here.entry("102").public_id]) not in page
    assert reverse("catalogue_unit", args=[here.entry("102").unit.public_id]) in page


@pytest.mark.parametrize("role", ["learner", "assessor", "iqa", "administrator"])
def test_two_centres_never_see_each_other(cast, here, client_for, role):
    assert client_for(getattr(cast.there, role)).get(address(here)).status_code == 404


def test_a_learner_sees_nobody_elses(here, client_for):
    assert client_for(here.second_learner).get(address(here)).status_code == 404
    assert client_for(here.trainee).get(address(here)).status_code == 404


def test_the_learners_home_says_how_far_and_what_next(here, client_for):
    sign_off(here, "101", "102")
    page = read(client_for(here.learner), reverse("learner_home"))
    assert "2 of 4 units done 1 rule met, 2 to go Shortest way: 201, 4 criteria left" in page
    assert address(here) in client_for(here.learner).get(reverse("learner_home")).content.decode()


def test_the_caseload_says_how_many_rules_are_to_go(here, client_for):
    sign_off(here, "101", "102")
    assert "2 rules to go, Ada Okafor · shortest way 201, 4 criteria left" in read(
        client_for(here.assessor), reverse("assessor_home")
    )
    drop(here, "201", "202")
    assert "more units have to be chosen" in read(client_for(here.assessor), reverse("assessor_home"))


@pytest.mark.parametrize("who", ["learner", "assessor", "iqa", "eqa", "administrator"])
def test_the_registration_shows_the_rules_to_go(here, client_for, who):
    sign_off(here, "101", "102")
    url = reverse("registration", args=[here.registration.public_id])
    page = read(client_for(getattr(here, who)), url)
    assert "1 met, 2 to go, by the units that are signed off" in page
    assert "At least 4 credits from group B: none so far, 4 more needed." in page
    assert "Both units of group A" not in page


def count(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection, ) as queries:  # fmt: skip
        assert client.get(url).status_code == 200
    return len(queries)


def crowd(here, number: int) -> None:
    """More learners of the assessor, each registered on another day, written straight into the tables."""
    begun = Registration.objects.count()
    for n in range(begun, begun + number):
        user = User.objects.create(email=f"learner{n}@ng1.example", name=f"Learner {n:03}")
        learner = Learner.objects.create(centre=here.centre, user=user, name=user.name, born_on=factories.ADULT)
        registration = Registration.objects.create(
            centre=here.centre, learner=learner, qualification=here.registration.qualification, qan=factories.QAN,
            registered_on=today() - timedelta(days=n), changed_at=here.registration.changed_at,
        )  # fmt: skip
        for entry in here.registration.entries.all():
            entry.pk, entry.public_id, entry.registration = None, UnitEntry().public_id, registration
            entry.state = "signed_off" if (entry.unit_id + n) % 3 == 0 else "open"
            entry.save(force_insert=True)


@pytest.mark.slow
def test_a_caseload_asks_as_often_with_200_learners_as_with_10(here, client_for, django_assert_num_queries):
    crowd(here, 9)
    client = client_for(here.assessor)
    with_ten = count(client, reverse("assessor_home"))
    crowd(here, 190)
    assert Registration.objects.count() == 200
    assert count(client, reverse("assessor_home")) == with_ten
    everybody = list(Registration.objects.all())
    with django_assert_num_queries(3):
        found = outlooks_of(whole_entries_of(everybody))
    assert len(found) == 200


def test_the_page_asks_as_often_with_few_units_as_with_many(here, client_for):
    with_many = count(client_for(here.learner), address(here))
    drop(here, "102", "201", "202")
    assert count(client_for(here.learner), address(here)) == with_many == PAGE_QUERIES


def test_counting_leaves_out_units_of_another_qualification(here):
    other = factories.make_qualification(qan="900/0010/1", title="Level 2 Award in Testing")
    stranger = Unit.objects.filter(specification=other.specification).first()
    UnitEntry.objects.filter(registration=here.registration, unit__number="202").update(unit=stranger)
    assert outlook_of(here.registration).chosen == {"101", "102", "201"}
