"""What each action of `centres` does, whom it refuses, and that a refusal changes nothing."""

from datetime import timedelta

import pytest

from accounts.models import User
from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, EQA, IQA, today
from audit.models import Entry
from audit.rules import Refused
from centres import actions, queries
from centres.models import Allocation, Approval, Centre, Competence, Membership
from centres.states import ASSESS, TRAINEE
from tests.centres.builders import (
    OTHER_QAN,
    QAN,
    SYSTEM,
    a_centre,
    a_colleague,
    a_qualification,
    accept,
    editor_actor,
    everything,
    units_of,
)

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def northgate():
    return a_centre(approved_for=[QAN])


@pytest.fixture
def units():
    return units_of(a_qualification())


def refused(code, deed, /, *args, **facts) -> str:
    """The sentence of the refusal; fails when there is none, or when a row was written."""
    before = everything()
    with pytest.raises(Refused) as caught:
        deed(*args, **facts)
    assert everything() == before
    assert caught.value.refusal.code == code
    return caught.value.refusal.sentence


def membership_of(place, user, role) -> Membership:
    return Membership.objects.get(centre=place.centre, user=user, role=role)


# --- Inviting --------------------------------------------------------------------------------------


def test_inviting_an_assessor_gives_role_and_approvals_at_once(northgate, units):
    ada = a_colleague(northgate, units=units, standing=TRAINEE)
    assert queries.actor_for(ada, ASSESSOR, northgate.centre)
    held = Competence.objects.filter(user=ada)
    assert {(row.unit, row.kind, row.standing, row.from_on) for row in held} == {
        (unit, ASSESS, TRAINEE, today()) for unit in units
    }


def test_an_administrator_is_approved_for_no_units_whatever_was_asked(northgate, units):
    a_colleague(northgate, role=ADMINISTRATOR, units=units)
    assert not Competence.objects.exists()


def test_the_same_person_in_the_same_role_is_refused_and_nothing_is_doubled(northgate):
    ada = a_colleague(northgate)
    facts = {"centre": northgate.centre, "email": ada.email.upper(), "name": "A", "by": northgate.admin}
    sentence = refused("INPUT", actions.invite_staff, role=ASSESSOR, **facts)
    assert "Ada Okafor is already an assessor here" in sentence


def test_the_same_person_in_another_role_is_one_person_with_two_roles(northgate):
    ada = a_colleague(northgate)
    assert a_colleague(northgate, role=IQA) == ada
    assert {actor.role for actor in queries.actors_of(ada)} == {ASSESSOR, IQA}


def test_a_person_of_another_centre_is_one_person_at_two_centres(northgate):
    southgate = a_centre("Southgate")
    assert a_colleague(northgate) == a_colleague(southgate)
    assert User.objects.filter(email="ada.okafor@example.org").count() == 1


def test_somebody_whose_role_ended_can_be_given_it_again(northgate):
    ada = a_colleague(northgate)
    Membership.objects.filter(user=ada).update(from_on=today() - 9 * ONE, until_on=today() - ONE)
    assert queries.actors_of(ada) == []
    a_colleague(northgate)
    assert len(queries.actors_of(ada)) == 1


def test_a_learner_who_is_registered_twice_holds_the_role_once(northgate):
    for _ in range(2):
        actions.invite_member(
            centre=northgate.centre, email="l@example.org", name="Lea", role="learner", by=northgate.admin
        )
    assert Membership.objects.filter(role="learner").count() == 1


def test_only_the_centres_own_administrator_invites(northgate):
    southgate, ada = a_centre("Southgate"), a_colleague(northgate)
    facts = {"centre": northgate.centre, "email": "x@example.org", "name": "X", "role": ASSESSOR}
    for by in (southgate.admin, queries.actor_for(ada, ASSESSOR)):
        refused("ROLE", actions.invite_staff, by=by, **facts)
        refused("ROLE", actions.invite_member, by=by, **facts)


def test_an_invitation_is_sent_again_with_a_new_link_and_all_roles(
    northgate, mailoutbox, django_capture_on_commit_callbacks
):
    facts = {"centre": northgate.centre, "email": "ada@example.org", "name": "Ada", "by": northgate.admin}
    ada = actions.invite_staff(role=ASSESSOR, **facts)
    actions.invite_staff(role=IQA, **facts)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite_again(centre=northgate.centre, user=ada, by=northgate.admin)
    assert ada.invitations.count() == 3
    assert "as an assessor and an IQA" in mailoutbox[0].body


def test_sending_again_is_refused_once_there_is_a_password(northgate):
    facts = {"centre": northgate.centre, "user": a_colleague(northgate), "by": northgate.admin}
    assert "chosen a password" in refused("INPUT", actions.invite_again, **facts)


def test_sending_again_is_refused_to_strangers_and_to_other_centres(northgate):
    southgate = a_centre("Southgate")
    ada = actions.invite_staff(
        centre=northgate.centre, email="ada@example.org", name="Ada", role=ASSESSOR, by=northgate.admin
    )
    refused("ROLE", actions.invite_again, centre=northgate.centre, user=ada, by=southgate.admin)
    refused("INPUT", actions.invite_again, centre=southgate.centre, user=ada, by=southgate.admin)


# --- Ending a role ---------------------------------------------------------------------------------


def test_a_role_holds_on_its_last_day_and_not_on_the_next(northgate):
    ada = a_colleague(northgate)
    role = membership_of(northgate, ada, ASSESSOR)
    actions.end_membership(membership=role, last_day=today() + ONE, by=northgate.admin)
    in_force = Membership.objects.in_force
    assert in_force(today() + ONE).filter(user=ada).exists()
    assert not in_force(today() + 2 * ONE).filter(user=ada).exists()
    assert Entry.objects.filter(action="end_role").count() == 1


def test_a_role_cannot_end_before_it_began_nor_twice_nor_from_elsewhere(northgate):
    role = membership_of(northgate, a_colleague(northgate), ASSESSOR)
    by = northgate.admin
    refused("INPUT", actions.end_membership, membership=role, last_day=today() - ONE, by=by)
    refused("ROLE", actions.end_membership, membership=role, last_day=today(), by=a_centre("Southgate").admin)
    actions.end_membership(membership=role, last_day=today(), by=by)
    refused("INPUT", actions.end_membership, membership=role, last_day=today() + ONE, by=by)


def test_the_only_administrator_stays_and_one_of_two_may_go(northgate):
    role = membership_of(northgate, northgate.user, ADMINISTRATOR)
    facts = {"membership": role, "last_day": today(), "by": northgate.admin}
    assert "only administrator" in refused("INPUT", actions.end_membership, **facts)
    a_colleague(northgate, "Bea Holt", ADMINISTRATOR)
    actions.end_membership(**facts)
    role.refresh_from_db()
    assert role.until_on == today()


# --- Approvals of staff ----------------------------------------------------------------------------


def test_approving_twice_leaves_one_approval_a_unit(northgate, units):
    facts = {"centre": northgate.centre, "user": a_colleague(northgate), "kind": ASSESS, "by": northgate.admin}
    for _ in range(2):
        actions.approve_staff(units=units, from_on=today(), **facts)
    assert Competence.objects.count() == len(units)


def test_only_the_centres_own_administrator_approves_and_ends_approvals(northgate, units):
    ada, southgate = a_colleague(northgate, units=units), a_centre("Southgate")
    facts = {"centre": northgate.centre, "user": ada, "by": southgate.admin}
    refused("ROLE", actions.approve_staff, units=units, kind=ASSESS, from_on=today(), **facts)
    held = list(Competence.objects.all())
    refused("ROLE", actions.end_staff_approval, competences=held, last_day=today(), **facts)


def test_an_approval_cannot_end_before_it_began(northgate, units):
    ada = a_colleague(northgate, units=units)
    refused(
        "INPUT",
        actions.end_staff_approval,
        centre=northgate.centre,
        user=ada,
        competences=list(Competence.objects.all()),
        last_day=today() - ONE,
        by=northgate.admin,
    )


def test_ending_an_approval_of_somebody_else_by_mistake_changes_nothing(northgate, units):
    ada, bea = a_colleague(northgate, units=units), a_colleague(northgate, "Bea Holt")
    actions.end_staff_approval(
        centre=northgate.centre,
        user=bea,
        competences=list(Competence.objects.filter(user=ada)),
        last_day=today(),
        by=northgate.admin,
    )
    assert not Competence.objects.filter(until_on__isnull=False).exists()


# --- Centres, approvals, EQAs ----------------------------------------------------------------------


def test_a_centre_opens_with_its_first_administrator(northgate):
    assert northgate.admin.centre_name == "Northgate"
    assert Entry.objects.filter(action="open_centre", centre_id=northgate.centre.pk).count() == 1


def test_a_centre_number_is_given_once(northgate):
    facts = {"name": "Another", "number": " c-northgate ", "by": editor_actor()}
    assert "Northgate already has" in refused("INPUT", actions.open_centre, **facts)
    refused("INPUT", actions.open_centre_with, administrator="A", email="a@example.org", **facts)


def test_only_the_installation_opens_approves_allocates_and_ends(northgate):
    by, day = northgate.admin, today()
    common = {"centre": northgate.centre, "qan": OTHER_QAN, "from_on": day, "by": by}
    approval = Approval.objects.get()
    allocation = actions.allocate_eqa(
        email="e@example.org", name="Eva", centre=northgate.centre, qan=QAN, from_on=day, by=editor_actor()
    )
    refused("ROLE", actions.open_centre, name="X", number="1", by=by)
    refused("ROLE", actions.approve_centre, **common)
    refused("ROLE", actions.allocate_eqa, email="f@example.org", name="F", **common)
    refused("ROLE", actions.end_approval, approval=approval, last_day=day, by=by)
    refused("ROLE", actions.end_allocation, allocation=allocation, last_day=day, by=by)
    refused("ROLE", actions.open_installation, editor=northgate.user, by=by)


@pytest.mark.parametrize(("from_on", "until_on"), [(0, None), (-500, -400), (-10, 10)])
def test_a_centre_is_not_approved_twice_for_the_same_day(northgate, from_on, until_on):
    refused(
        "INPUT",
        actions.approve_centre,
        centre=northgate.centre,
        qan=QAN,
        from_on=today() + from_on * ONE,
        until_on=until_on and today() + until_on * ONE,
        by=editor_actor(),
    )


def test_a_centre_may_be_approved_again_after_the_last_day(northgate):
    approval, by = Approval.objects.get(), editor_actor()
    actions.end_approval(approval=approval, last_day=today(), by=by)
    actions.approve_centre(centre=northgate.centre, qan=QAN, from_on=today() + ONE, by=by)
    assert Approval.objects.in_force(today()).count() == Approval.objects.in_force(today() + ONE).count() == 1


def test_days_the_wrong_way_round_are_refused(northgate):
    facts = {"centre": northgate.centre, "from_on": today(), "until_on": today() - ONE, "by": editor_actor()}
    refused("INPUT", actions.approve_centre, qan=OTHER_QAN, **facts)
    refused("INPUT", actions.allocate_eqa, qan=QAN, email="e@example.org", name="Eva", **facts)


def test_an_eqa_acts_for_the_allocated_qualification_alone_and_until_the_last_day(northgate):
    by = editor_actor()
    allocation = actions.allocate_eqa(
        email="e@example.org", name="Eva", centre=northgate.centre, qan=QAN, from_on=today() - ONE, by=by
    )
    eva = accept(allocation.user)
    assert queries.actor_for(eva, EQA).allocations == {(northgate.centre.pk, QAN)}
    actions.end_allocation(allocation=allocation, last_day=today() - ONE, by=by)
    assert queries.actors_of(eva) == []


def test_an_eqa_is_not_appointed_twice_to_the_same(northgate):
    facts = {"centre": northgate.centre, "qan": QAN, "from_on": today(), "by": editor_actor()}
    actions.allocate_eqa(email="e@example.org", name="Eva", **facts)
    assert "already the EQA" in refused("INPUT", actions.allocate_eqa, email="E@example.org", name="E", **facts)
    assert Allocation.objects.count() == 1


def test_an_editor_acts_for_the_installation(northgate):
    actions.open_installation(editor=northgate.user, by=SYSTEM)
    assert {actor.role for actor in queries.actors_of(northgate.user)} == {ADMINISTRATOR, EDITOR}


# --- Who sees what ---------------------------------------------------------------------------------


def test_each_sees_their_own_centre_and_what_it_may_read(northgate, units):
    southgate, by = a_centre("Southgate", approved_for=[OTHER_QAN]), editor_actor()
    a_qualification(OTHER_QAN, title="Diploma in Wicks")
    a_qualification("601/0003/3", title="Draft", state="draft")
    allocation = actions.allocate_eqa(
        email="e@example.org", name="Eva", centre=southgate.centre, qan=OTHER_QAN, from_on=today(), by=by
    )
    eva = queries.actor_for(accept(allocation.user), EQA)
    assert queries.approved_qans_for(northgate.admin) == {QAN}
    assert queries.approved_qans_for(southgate.admin) == queries.approved_qans_for(eva) == {OTHER_QAN}
    assert queries.approved_qans_for(by) == {QAN, OTHER_QAN}
    assert list(queries.centres_for(northgate.admin)) == [northgate.centre]
    assert list(queries.centres_for(eva)) == [southgate.centre]
    assert set(queries.centres_for(by)) == set(Centre.objects.all())
    assert [one.qan for one in queries.approved_qualifications_for(northgate.admin)] == [QAN]
    assert queries.deliveries_for(northgate.admin, southgate.centre) == []


def test_an_approval_that_ended_yesterday_opens_no_wording(northgate):
    Approval.objects.update(until_on=today() - ONE)
    assert queries.approved_qans_for(northgate.admin) == frozenset()


def test_nobody_but_an_administrator_lists_people_approvals_or_mail(northgate, units):
    ada = a_colleague(northgate, units=units)
    actor = queries.actor_for(ada, ASSESSOR)
    for rows in (queries.people_for, queries.members_for, queries.competences_for, queries.mail_for):
        assert not rows(actor).exists()
    assert not queries.approvals_of(actor, ada).exists()
    assert queries.staff_for(actor) == []
    assert not queries.allocations_at(northgate.admin, northgate.centre).exists()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, ""),
        ({("assess", "qualified"): 12, ("assess", "trainee"): 2}, "Assesses 12 units, in training for 2"),
        ({("assess", "trainee"): 1}, "In training to assess 1 unit"),
        ({("assess", "qualified"): 1, ("verify", "qualified"): 3}, "Assesses 1 unit, verifies 3 units"),
    ],
)
def test_what_somebody_is_approved_for_reads_as_a_sentence(counts, words):
    assert queries.approved_words(counts) == words


def test_a_unit_in_two_groups_is_offered_once():
    qualification = a_qualification(units=2)
    groups = list(qualification.groups.order_by("position"))
    groups[1].places.create(unit=units_of(qualification)[0], position=9)
    offered = queries.units_by_group(qualification)
    assert [(title, [unit.key for unit in units]) for title, units in offered] == [
        ("Group A", ["1"]),
        ("Group B", ["2"]),
    ]


def test_staff_for_units_names_who_may_work_on_them_today(northgate, units):
    ada = a_colleague(northgate, units=units[:2])
    a_colleague(northgate, "Bea Holt")
    found = queries.staff_for_units(northgate.admin, unit_ids=[unit.pk for unit in units], kind=ASSESS)
    assert found == [(ada, {units[0].pk, units[1].pk}, "qualified")]
