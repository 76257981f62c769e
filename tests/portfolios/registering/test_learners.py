"""The administrator's pages about learners: the list, adding one, one learner, and who sees which."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import Invitation, User
from audit.models import Entry
from portfolios import actions
from portfolios.forms.registering import LearnerForm
from portfolios.models import Learner
from portfolios.rules import uln_fault
from tests import factories
from tests.portfolios.registering.desk import page_of, said

TYPED = {"name": "Bea Holt", "email": "bea@ng1.example", "born_on": "1999-05-06", "uln": ""}
ULN = "1234567813"


def test_learners_lists_the_centres_own_with_units_done(desk, cast):
    factories.complete_unit(cast.here)
    answer = desk.get(reverse("learners"))
    page = page_of(answer)
    assert "Ada Okafor" in page
    assert "1 of 4" in page
    assert "4 of 16" in page
    assert "Tom Reid" in page
    assert "Not registered yet" in page
    assert "Lena Park" not in page
    assert answer.context["page"].paginator.count == 2


@pytest.mark.parametrize("text", ["ada", "ADA oka", "ada@ng1", "900/0009", "diploma ada", "  ada  "])
def test_learners_are_found_by_any_words_in_the_address(desk, text):
    page = page_of(desk.get(reverse("learners"), {"text": text}))
    assert "Ada Okafor" in page
    assert "Tom Reid" not in page


def test_learners_filter_that_finds_nobody_says_so(desk):
    page = page_of(desk.get(reverse("learners"), {"text": "Lena"}))
    assert "No learner of your centre matches “Lena”" in page


def test_learners_stand_fifty_a_page_with_the_total(desk, cast):
    users = User.objects.bulk_create(User(email=f"p{n}@x.example", name=f"Person {n:02}") for n in range(60))
    Learner.objects.bulk_create(
        Learner(centre=cast.here.centre, user=user, name=user.name, born_on=factories.ADULT) for user in users
    )
    page = desk.get(reverse("learners"), {"text": "Person"}).context["page"]
    assert len(page.object_list) == 50
    assert page.paginator.count == 60
    second = desk.get(reverse("learners"), {"text": "Person", "page": "2"})
    assert len(second.context["page"].object_list) == 10
    assert "?text=Person&amp;page=1" in second.content.decode()


def test_learners_takes_the_same_queries_at_one_and_three_rows(desk, cast, tom, django_assert_num_queries):
    def queries_for(text):
        with django_assert_num_queries(6):
            desk.get(reverse("learners"), {"text": text})

    queries_for("Ada")
    factories.make_learner(cast.here.centre, "Bea Holt", by=cast.here.administrator)
    for learner in Learner.objects.filter(centre=cast.here.centre, registrations=None):
        actions.register(
            learner=learner, qualification=cast.qualification, units=cast.units[:2], by=cast.here.administrator
        )
    queries_for("diploma")


def test_add_learner_invites_them_and_goes_on_to_the_qualification(desk, cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("add_learner"), TYPED | {"uln": "12345 67813"})
    learner = Learner.objects.get(name="Bea Holt")
    assert answer.url == reverse("register", args=[learner.public_id])
    assert (learner.centre, learner.born_on, learner.uln) == (cast.here.centre, date(1999, 5, 6), ULN)
    assert [sent.to for sent in mail.outbox] == [["bea@ng1.example"]]


@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda s: s[0] != "0"), st.data())
def test_any_mistyped_digit_or_swapped_neighbours_in_a_uln_is_found(nine, data):
    check = (10 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))) % 11
    assume(check < 10)
    uln = f"{nine}{check}"
    assert uln_fault(uln) == ""
    at = data.draw(st.integers(0, 9))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != uln[at]]))
    assert uln_fault(uln[:at] + digit + uln[at + 1 :])
    at = data.draw(st.integers(0, 8))
    if uln[at] != uln[at + 1]:
        assert uln_fault(uln[:at] + uln[at + 1] + uln[at] + uln[at + 2 :])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"uln": "1234567816"}, "check digit does not fit"),
        ({"uln": "12345"}, "has ten digits"),
        ({"name": " "}, "as it shall stand on the certificate"),
        ({"email": "bea at home"}, "valid email"),
        ({"born_on": "31/02/1999"}, "day, month and year"),
        ({"born_on": "2999-01-01"}, "lies in the future"),
        ({"email": "ada@ng1.example"}, "Look them up under Learners"),
    ],
)
def test_add_learner_with_bad_input_saves_nothing_and_keeps_what_was_typed(desk, wrong, told):
    before = (Learner.objects.count(), User.objects.count(), Entry.objects.count())
    answer = desk.post(reverse("add_learner"), TYPED | wrong)
    assert answer.status_code == 422
    assert told in page_of(answer)
    for name, value in (TYPED | wrong).items():
        assert (answer.context["form"][name].value() or "") == value
    assert (Learner.objects.count(), User.objects.count(), Entry.objects.count()) == before


def test_add_learner_with_an_address_that_is_here_links_to_that_learner(desk, cast):
    answer = desk.post(reverse("add_learner"), TYPED | {"email": "ADA@ng1.example"})
    assert reverse("learner", args=[cast.here.registration.learner.public_id]) in page_of(answer)


def test_add_learner_sent_twice_makes_one_learner_and_lands_in_the_same_place(desk):
    first = desk.post(reverse("add_learner"), TYPED)
    again = desk.post(reverse("add_learner"), TYPED, follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "had been added already" in said(again)
    assert Learner.objects.filter(name="Bea Holt").count() == 1
    assert Invitation.objects.filter(user__email="bea@ng1.example").count() == 1


def test_forms_offer_nothing_that_they_were_not_handed():
    from portfolios.forms.registering import AllocateForm, UnitsForm

    for form in (LearnerForm(), UnitsForm(), AllocateForm()):
        for field in form.fields.values():
            assert [key for key, _ in getattr(field, "choices", []) if key] == []


def test_learner_shows_facts_and_sends_the_invitation_again(desk, cast, django_capture_on_commit_callbacks):
    desk.post(reverse("add_learner"), TYPED)
    learner = Learner.objects.get(name="Bea Holt")
    page = page_of(desk.get(reverse("learner", args=[learner.public_id])))
    assert "6 May 1999" in page
    assert "Has not chosen a password yet" in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("learner", args=[learner.public_id]))
    assert answer.url == reverse("learner", args=[learner.public_id])
    assert mail.outbox[-1].to == ["bea@ng1.example"]


def test_learner_with_a_password_is_not_invited_again(desk, tom):
    before = Invitation.objects.count()
    assert "has chosen a password" in page_of(desk.get(reverse("learner", args=[tom.public_id])))
    assert desk.post(reverse("learner", args=[tom.public_id])).status_code == 403
    assert Invitation.objects.count() == before


@pytest.mark.parametrize("name", ["learner", "register"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_learner_of_another_centre_is_not_found(desk, cast, name, method):
    stranger = cast.there.registration.learner
    assert getattr(desk, method)(reverse(name, args=[stranger.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["choose_units", "allocate"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_registration_of_another_centre_is_not_found(desk, cast, name, method):
    stranger = cast.there.registration
    assert getattr(desk, method)(reverse(name, args=[stranger.public_id])).status_code == 404


def test_pages_say_why_to_those_who_may_see_but_not_administer(client, cast):
    mine = cast.here.registration
    client.force_login(factories.user_of(cast.here.assessor))
    for name in ("choose_units", "allocate"):
        answer = client.post(reverse(name, args=[mine.public_id]))
        assert answer.status_code == 403
        assert "Only an administrator of the centre" in page_of(answer)
    assert client.get(reverse("learners")).status_code == 403
    assert client.post(reverse("add_learner"), TYPED).status_code == 403
    assert client.get(reverse("learner", args=[mine.learner.public_id])).status_code == 404
    client.force_login(factories.user_of(cast.here.learner))
    assert client.get(reverse("learner", args=[mine.learner.public_id])).status_code == 403
    assert not Learner.objects.filter(name="Bea Holt").exists()
