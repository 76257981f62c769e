"""The administrator's and the installation's pages: what they show, what they do, and whom they do not know."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import SentMail, User
from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, EQA, IQA, today
from audit.models import Entry
from centres import actions
from centres.middleware import ActingAs
from centres.models import Allocation, Approval, Centre, Competence, DirectClaims, Membership
from centres.states import ASSESS
from tests.centres.builders import (
    OTHER_QAN,
    QAN,
    a_centre,
    a_colleague,
    a_qualification,
    accept,
    an_editor,
    editor_actor,
    everything,
    signed_in,
    units_of,
)

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
TODAY = today().isoformat()
QUALIFIED = {"standing": "qualified"}


@pytest.fixture
def qualification():
    return a_qualification()


@pytest.fixture
def northgate(qualification):
    return a_centre(approved_for=[QAN])


@pytest.fixture
def southgate(qualification):
    return a_centre("Southgate", approved_for=[QAN])


@pytest.fixture
def head(northgate):
    return signed_in(northgate.user)


@pytest.fixture
def editor():
    return signed_in(an_editor())


def text_of(response) -> str:
    return response.content.decode()


def toasts(client, response) -> str:
    return text_of(client.get(response.url))


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)


def invited(place, name="Tom Reid", role=ASSESSOR) -> User:
    email = f"{name.lower().replace(' ', '.')}@example.org"
    return actions.invite_staff(centre=place.centre, email=email, name=name, role=role, by=place.admin)


# --- People ----------------------------------------------------------------------------------------


def test_people_shows_staff_with_what_they_are_approved_for_and_no_learners(head, northgate, qualification):
    a_colleague(northgate, units=units_of(qualification))
    actions.invite_member(
        centre=northgate.centre, email="lea@example.org", name="Lea Rner", role="learner", by=northgate.admin
    )
    page = text_of(head.get("/people/"))
    assert "Ada Okafor" in page
    assert "Assesses 3 units" in page
    assert "Lea Rner" not in page


def test_people_shows_who_has_not_answered_and_whose_link_is_over(head, northgate):
    tom, bea = invited(northgate), invited(northgate, "Bea Holt")
    bea.invitations.update(expires_at=northgate.user.joined_at - ONE)
    response = head.get("/people/")
    assert [colleague.user for colleague in response.context["invited"]] == [bea, tom]
    assert "The link ended" in text_of(response)


def test_people_knows_only_its_own_centre(head, southgate):
    a_colleague(southgate)
    assert "Ada Okafor" not in text_of(head.get("/people/"))


def test_people_takes_as_many_queries_for_one_as_for_three(head, northgate, qualification):
    a_colleague(northgate, units=units_of(qualification)), invited(northgate)
    head.get("/people/")
    few = queries_of(head, "/people/")
    for name in ("Bea Holt", "Cy Hall"):
        a_colleague(northgate, name, IQA, units=units_of(qualification))
        invited(northgate, f"{name} Junior")
    assert queries_of(head, "/people/") == few <= 10


def test_inviting_an_assessor_takes_one_form(
    head, northgate, qualification, mailoutbox, django_capture_on_commit_callbacks
):
    typed = {
        "name": "Ada Okafor",
        "email": "ada@example.org",
        "role": ASSESSOR,
        "qualification": str(qualification.public_id),
        "standing": "trainee",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = head.post("/people/invite/", typed)
    assert response.url == "/people/"
    assert "Ada Okafor is now an assessor here" in toasts(head, response)
    assert Competence.objects.filter(user__email="ada@example.org", standing="trainee").count() == 3
    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]


def test_inviting_an_administrator_ignores_the_qualification(head, qualification):
    typed = {"name": "A", "email": "a@example.org", "role": ADMINISTRATOR} | QUALIFIED
    head.post("/people/invite/", typed | {"qualification": str(qualification.public_id)})
    assert Membership.objects.filter(user__email="a@example.org", role=ADMINISTRATOR).exists()
    assert not Competence.objects.exists()


def test_inviting_somebody_twice_says_so_keeps_what_was_typed_and_doubles_nothing(head, northgate):
    ada = a_colleague(northgate)
    before = everything()
    response = head.post("/people/invite/", {"name": "Typed Name", "email": ada.email, "role": ASSESSOR} | QUALIFIED)
    assert response.status_code == 422
    assert "Ada Okafor is already an assessor here" in text_of(response)
    assert "Typed Name" in text_of(response)
    assert everything() == before


@pytest.mark.parametrize(
    "wrong", [{"email": "no address"}, {"name": ""}, {"role": "learner"}, {"role": EQA}, {"qualification": "x"}]
)
def test_an_invitation_that_is_not_filled_in_writes_nothing(head, wrong):
    before = everything()
    typed = {"name": "A", "email": "a@example.org", "role": ASSESSOR} | QUALIFIED | wrong
    assert head.post("/people/invite/", typed).status_code == 422
    assert everything() == before


def test_another_role_starts_from_the_persons_own_name_but_not_a_strangers(head, northgate, southgate):
    ada, stranger = a_colleague(northgate), a_colleague(southgate, "Sam Stone")
    assert ada.email in text_of(head.get(f"/people/invite/?person={ada.public_id}"))
    assert stranger.email not in text_of(head.get(f"/people/invite/?person={stranger.public_id}"))
    assert head.get("/people/invite/?person=nonsense").status_code == 200


def test_a_qualification_of_another_centre_is_not_offered(head):
    other = a_qualification(OTHER_QAN, title="Diploma in Wicks")
    assert "Diploma in Wicks" not in text_of(head.get("/people/invite/"))
    typed = {"name": "A", "email": "a@example.org", "role": ASSESSOR, "qualification": str(other.public_id)} | QUALIFIED
    assert head.post("/people/invite/", typed).status_code == 422


def test_send_again_sends_again_and_stays_on_this_site(head, northgate):
    tom = invited(northgate)
    address = reverse("invite_again", args=[tom.public_id])
    assert head.post(address, {"next": "/people/"}).url == "/people/"
    assert head.post(address, {"next": "//evil.example/"}).url == "/people/"
    assert tom.invitations.count() == 3


def test_send_again_to_somebody_with_a_password_says_why_not(head, northgate):
    ada = a_colleague(northgate)
    response = head.post(reverse("invite_again", args=[ada.public_id]))
    assert response.status_code == 403
    assert "has chosen a password already" in text_of(response)


# --- A person --------------------------------------------------------------------------------------


def test_a_person_shows_roles_and_units(head, northgate, qualification):
    ada = a_colleague(northgate, units=units_of(qualification))
    page = text_of(head.get(reverse("person", args=[ada.public_id])))
    assert "Assessor" in page
    assert all(str(unit) in page for unit in units_of(qualification))


@pytest.mark.parametrize("name", ["person", "approve_person"])
def test_a_person_of_another_centre_is_not_found(head, southgate, name):
    sam = a_colleague(southgate, "Sam Stone")
    assert head.get(reverse(name, args=[sam.public_id])).status_code == 404
    assert head.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["invite_again", "approve_person", "end_role", "end_approvals"])
def test_nothing_can_be_done_to_a_person_of_another_centre(head, southgate, qualification, name):
    sam = a_colleague(southgate, "Sam Stone", units=units_of(qualification))
    before = everything()
    typed = {"role": ASSESSOR, "assessor-last_day": TODAY, "last_day": TODAY, "kind": ASSESS, "from_on": TODAY}
    assert head.post(reverse(name, args=[sam.public_id]), typed).status_code == 404
    assert everything() == before


def test_a_person_at_both_centres_shows_each_only_its_own_approvals(head, northgate, southgate, qualification):
    ada = a_colleague(northgate)
    a_colleague(southgate, units=units_of(qualification))
    page = head.get(reverse("person", args=[ada.public_id]))
    assert not page.context["approvals"]
    others = [str(row.pk) for row in Competence.objects.all()]
    head.post(reverse("end_approvals", args=[ada.public_id]), {"approvals": others, "last_day": TODAY})
    assert not Competence.objects.filter(until_on__isnull=False).exists()


def test_approving_for_ticked_units(head, northgate, qualification):
    ada, units = a_colleague(northgate), units_of(qualification)
    address = reverse("approve_person", args=[ada.public_id]) + f"?qualification={qualification.public_id}"
    assert "Group A" in text_of(head.get(address))
    typed = {"kind": ASSESS, "standing": "qualified", "from_on": TODAY}
    response = head.post(address, typed | {"units": [str(unit.public_id) for unit in units[:2]]})
    assert "is approved for 2 units" in toasts(head, response)
    assert {row.unit for row in Competence.objects.filter(user=ada)} == set(units[:2])


@pytest.mark.parametrize(
    "wrong", [{"units": []}, {"units": ["x"]}, {"kind": "verify"}, {"from_on": "soon"}, {"standing": "saint"}]
)
def test_approving_what_is_not_offered_writes_nothing(head, northgate, qualification, wrong):
    ada = a_colleague(northgate)
    unit = str(units_of(qualification)[0].public_id)
    typed = {"kind": ASSESS, "standing": "qualified", "from_on": TODAY, "units": [unit]}
    before = everything()
    response = head.post(reverse("approve_person", args=[ada.public_id]), typed | wrong)
    assert response.status_code == 422
    assert everything() == before


def test_a_second_qualification_is_one_tab_away(head, northgate):
    other = a_qualification(OTHER_QAN, title="Diploma in Wicks")
    actions.approve_centre(centre=northgate.centre, qan=OTHER_QAN, from_on=today(), by=editor_actor())
    address = reverse("approve_person", args=[a_colleague(northgate).public_id])
    assert f"?qualification={other.public_id}" in text_of(head.get(address))
    assert "Keep lamp 1" in text_of(head.get(f"{address}?qualification={other.public_id}"))
    assert head.get(f"{address}?qualification=nonsense").status_code == 200


def test_an_administrator_cannot_be_approved_for_units_and_the_page_says_what_to_do(head, northgate):
    page = text_of(head.get(reverse("approve_person", args=[northgate.user.public_id])))
    assert "Only assessors and IQAs" in page


def test_approving_where_the_centre_delivers_nothing_says_so(qualification):
    place = a_centre("Westgate")
    address = reverse("approve_person", args=[a_colleague(place).public_id])
    assert "not approved for any qualification yet" in text_of(signed_in(place.user).get(address))


def test_ending_ticked_approvals(head, northgate, qualification):
    ada = a_colleague(northgate, units=units_of(qualification))
    ended = Competence.objects.first()
    address = reverse("end_approvals", args=[ada.public_id])
    head.post(address, {"approvals": [str(ended.pk)], "last_day": TODAY})
    assert [row.pk for row in Competence.objects.filter(until_on=today())] == [ended.pk]
    response = head.post(address, {"last_day": TODAY})
    assert "Tick what is to end. Nothing was changed." in toasts(head, response)


def test_ending_a_role_from_the_page(head, northgate):
    ada = a_colleague(northgate)
    address = reverse("end_role", args=[ada.public_id])
    wrong = head.post(address, {"role": ASSESSOR, "assessor-last_day": (today() - ONE).isoformat()})
    assert "This began on" in toasts(head, wrong)
    head.post(address, {"role": ASSESSOR, "assessor-last_day": TODAY})
    assert Membership.objects.get(user=ada).until_on == today()
    assert head.post(address, {"role": IQA, "iqa-last_day": TODAY}).status_code == 404


def test_the_only_administrator_reads_why_the_role_cannot_end(head, northgate):
    page = text_of(head.get(reverse("person", args=[northgate.user.public_id])))
    assert "only administrator here" in page


# --- Roles and mail --------------------------------------------------------------------------------


def test_the_switch_takes_on_another_of_ones_own_roles(northgate):
    ada = a_colleague(northgate)
    a_colleague(northgate, role=ADMINISTRATOR)
    client = signed_in(ada)
    assert client.get("/people/").status_code == 200
    assert client.post("/act-as/", {"as": f"{ASSESSOR}:{northgate.centre.pk}"}).url == reverse("home")
    assert client.get("/people/").status_code == 403


@pytest.mark.parametrize("wanted", ["", "editor:", "administrator:999", "nonsense"])
def test_the_switch_gives_no_role_that_one_does_not_hold(head, wanted):
    assert head.post("/act-as/", {"as": wanted}).status_code == 404
    assert "acting_as" not in head.session


def test_a_role_that_ended_is_not_acted_in_any_longer(northgate):
    ada = a_colleague(northgate)
    a_colleague(northgate, role=ADMINISTRATOR)
    client = signed_in(ada)
    client.post("/act-as/", {"as": f"{ADMINISTRATOR}:{northgate.centre.pk}"})
    held = Membership.objects.filter(user=ada, role=ADMINISTRATOR)
    held.update(from_on=today() - 2 * ONE, until_on=today() - ONE)
    assert client.get("/people/").status_code == 403


@pytest.fixture
def kept_mail(settings):
    settings.SHOW_MAIL = True
    settings.EMAIL_BACKEND = "accounts.notices.KeptMail"


def test_the_mailbox_shows_the_whole_link_newest_first_and_escapes_the_rest(
    head, northgate, kept_mail, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invited(northgate, "<b>Bold</b>")
        invited(northgate)
    mail = SentMail.objects.latest("pk")
    link = next(line for line in mail.body.splitlines() if "/invitation/" in line)
    page = text_of(head.get("/mail/"))
    assert f'href="{link}"' in page
    assert "<b>Bold" not in page
    assert page.index("Hello Tom Reid") < page.index("&lt;b&gt;Bold")


def test_the_mailbox_is_each_centres_own(head, southgate, editor, kept_mail, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invited(southgate)
        actions.open_centre_with(
            name="Eastgate", number="E", administrator="Eve", email="eve@example.org", by=editor_actor()
        )
    assert "No mail yet" in text_of(head.get("/mail/"))
    assert "Tom Reid" in text_of(signed_in(southgate.user).get("/mail/"))
    page = text_of(editor.get("/mail/"))
    assert "Hello Eve" in page
    assert "Tom Reid" not in page


def test_the_mailbox_is_not_there_where_mail_is_really_sent(head):
    assert head.get("/mail/").status_code == 404


def test_the_mailbox_is_for_no_other_role(northgate, kept_mail):
    assert signed_in(a_colleague(northgate)).get("/mail/").status_code == 403


# --- The installation's pages ----------------------------------------------------------------------


def test_centres_lists_all_of_them(editor, northgate, southgate):
    page = text_of(editor.get("/centres/"))
    assert "Northgate" in page
    assert "Southgate" in page
    assert "1 qualification" in page


@pytest.mark.parametrize("address", ["/centres/", "one"])
def test_the_installations_pages_take_as_many_queries_for_one_as_for_three(editor, northgate, address):
    address = reverse("centre", args=[northgate.centre.public_id]) if address == "one" else address

    editor.get(address)
    few = queries_of(editor, address)
    for name in ("Eastgate", "Westgate"):
        a_centre(name, approved_for=[QAN])
    for number in (2, 3):
        facts = {"centre": northgate.centre, "qan": f"601/000{number}/9", "from_on": today(), "by": editor_actor()}
        actions.approve_centre(**facts)
        actions.grant_direct_claims(**facts)
        actions.allocate_eqa(email=f"e{number}@example.org", name="Eva", **facts)
    assert queries_of(editor, address) == few <= 12


def test_opening_a_centre_invites_its_administrator(editor):
    typed = {"name": "Eastgate", "number": "E-1", "administrator": "Eve Head", "email": "eve@example.org"}
    response = editor.post("/centres/open/", typed)
    made = Centre.objects.get(number="E-1")
    assert response.url == reverse("centre", args=[made.public_id])
    assert made.memberships.get().user.email == "eve@example.org"
    again = editor.post("/centres/open/", typed)
    assert again.status_code == 422
    assert "already has the centre number" in text_of(again)
    assert Centre.objects.filter(number="E-1").count() == 1


def test_approving_a_centre_for_a_qualification(editor, northgate):
    a_qualification(OTHER_QAN, title="Diploma in Wicks")
    address = reverse("approve_centre", args=[northgate.centre.public_id])
    assert "Diploma in Wicks" in text_of(editor.get(address))
    typed = {"qan": OTHER_QAN, "from_on": TODAY}
    assert "is approved for Diploma in Wicks" in toasts(editor, editor.post(address, typed))
    again = editor.post(address, typed)
    assert again.status_code == 422
    assert "already approved" in text_of(again)
    assert Approval.objects.filter(qan=OTHER_QAN).count() == 1


def test_ending_an_approval(editor, northgate, southgate):
    address = reverse("end_approval", args=[northgate.centre.public_id])
    theirs = Approval.objects.get(centre=southgate.centre)
    editor.post(address, {"row": theirs.pk, "last_day": TODAY})
    assert not Approval.objects.filter(until_on__isnull=False).exists()
    editor.post(address, {"row": Approval.objects.get(centre=northgate.centre).pk, "last_day": TODAY})
    assert Approval.objects.get(centre=northgate.centre).until_on == today()


def test_direct_claims_are_switched_on_and_off(editor, northgate):
    address = reverse("direct_claims", args=[northgate.centre.public_id])
    shown = reverse("centre", args=[northgate.centre.public_id])
    assert "No direct claims" in text_of(editor.get(shown))
    editor.post(address, {"qan": QAN, "on": "yes", "day": TODAY})
    assert DirectClaims.objects.get().until_on is None
    assert "End direct claims" in text_of(editor.get(shown))
    twice = editor.post(address, {"qan": QAN, "on": "yes", "day": TODAY})
    assert "already claims" in toasts(editor, twice)
    editor.post(address, {"qan": QAN, "day": TODAY})
    assert DirectClaims.objects.get().until_on == today()
    editor.post(address, {"qan": OTHER_QAN, "on": "yes", "day": TODAY})
    assert DirectClaims.objects.count() == 1


def test_appointing_an_eqa_and_ending_it(editor, northgate):
    public_id = northgate.centre.public_id
    typed = {"name": "Eva Ek", "email": "eva@example.org", "qan": QAN, "from_on": TODAY}
    address = reverse("allocate_eqa", args=[public_id])
    assert "Eva Ek is the EQA" in toasts(editor, editor.post(address, typed))
    assert editor.post(address, typed).status_code == 422
    allocation = Allocation.objects.get()
    editor.post(reverse("end_allocation", args=[public_id]), {"row": allocation.pk, "last_day": TODAY})
    allocation.refresh_from_db()
    assert allocation.until_on == today()


def test_an_awarding_organisation_is_switched_to_issuing_here_and_back(editor, qualification):
    owner = qualification.specification.awarding_organisation
    for said, now_on in (({"on": "yes"}, True), ({}, False)):
        editor.post("/centres/issuing/", {"organisation": owner.pk} | said)
        owner.refresh_from_db()
        assert owner.issues_here is now_on
    wrong = editor.post("/centres/issuing/", {"organisation": owner.pk + 1, "on": "yes"})
    assert "Nothing was changed" in toasts(editor, wrong)


NAMES = ["centre", "approve_centre", "allocate_eqa"]


@pytest.mark.parametrize("name", NAMES)
def test_a_centre_that_is_not_there_is_not_found(editor, name):
    assert editor.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("role", [ADMINISTRATOR, ASSESSOR, EQA])
def test_the_installations_pages_are_for_no_other_role(northgate, role):
    user = northgate.user if role == ADMINISTRATOR else a_colleague(northgate)
    if role == EQA:
        user = accept(
            actions.allocate_eqa(
                email="e@example.org",
                name="Eva",
                centre=northgate.centre,
                qan=QAN,
                from_on=today(),
                by=editor_actor(),
            ).user
        )
    client, before = signed_in(user), everything()
    addresses = [reverse(name, args=[northgate.centre.public_id]) for name in NAMES]
    for address in ["/centres/", "/centres/open/", *addresses]:
        assert client.get(address).status_code == 403
    assert client.post("/centres/issuing/").status_code == 403
    for name in ("direct_claims", "end_approval", "end_allocation", "approve_centre", "allocate_eqa"):
        assert client.post(reverse(name, args=[northgate.centre.public_id])).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("address", ["/people/", "/people/invite/"])
def test_the_administrators_pages_are_for_no_other_role(northgate, editor, address):
    assert editor.get(address).status_code == 403
    assert signed_in(a_colleague(northgate)).get(address).status_code == 403


def test_somebody_without_any_role_is_refused_and_not_broken(northgate):
    nobody = signed_in(User.objects.create_user("n@example.org", "x", name="Nobody"))
    for address in ("/people/", "/people/invite/", "/centres/", f"/people/{northgate.user.public_id}/"):
        assert nobody.get(address).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/act-as/", "/people/{}/invite-again/", "/people/{}/end-role/", "/people/{}/end-approvals/"],
)
def test_deeds_are_not_done_by_following_a_link(head, northgate, address):
    assert head.get(address.format(northgate.user.public_id)).status_code == 405


def test_what_a_person_may_read_comes_with_the_request(rf, northgate, qualification):
    request = rf.get("/")
    request.user, request.session = northgate.user, {}
    ActingAs(lambda request: None)(request)
    assert request.approved_qans == {QAN}
    assert request.actor_choice == f"{ADMINISTRATOR}:{northgate.centre.pk}"


def test_the_editor_reads_every_published_qualification(rf, northgate):
    a_qualification(OTHER_QAN)
    request = rf.get("/")
    request.user, request.session = an_editor(), {}
    ActingAs(lambda request: None)(request)
    assert request.actor.role == EDITOR
    assert request.approved_qans == {QAN, OTHER_QAN}


def test_every_deed_of_the_pages_is_in_the_record(head, northgate, qualification):
    before = Entry.objects.count()
    head.post("/people/invite/", {"name": "Ada", "email": "ada@example.org", "role": ASSESSOR} | QUALIFIED)
    made = Entry.objects.order_by("pk")[before:]
    assert {(entry.action, entry.actor_id) for entry in made} == {
        ("invite", northgate.user.pk),
        ("give_role", northgate.user.pk),
    }
