"""Every route × every member of the cast, against the table in tests/access_table.txt, written and read by people.

What is not yours is 404; what is yours but not for your role is 403; signed out leads to the sign-in page (302), and an
API answers 403. A route without a row fails, and so does a row without a route.
"""

import io
from collections import deque
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from PIL import Image

from accounts.notices import invitation_link
from audit import actors
from audit.models import Entry
from centres.queries import actor_for, value_of
from certification import actions as certification
from certification.queries import claim_to_make
from portfolios import actions as portfolios
from quals import actions as quals
from quals.case.identifiers import identifier_of, type_identifier
from tests import factories
from tests.factories import user_of

CAST = [
    "learner",  # Tom, whose portfolio the routes below are about
    "second",  # Ada, another learner of the same centre, who has a certificate
    "assessor",
    "trainee",
    "iqa",
    "eqa",
    "admin",
    "o_learner",  # the other centre's
    "o_assessor",
    "o_iqa",
    "o_admin",
    "editor",
    "out",  # signed out
]
LINES = (Path(__file__).parent / "access_table.txt").read_text().splitlines()


def rows(method: str) -> dict[str, dict[str, int]]:
    """Route → member of the cast → status, of the table's rows for that method."""
    words = [line.split() for line in LINES if line.startswith(f"{method} ")]
    return {name: dict(zip(CAST, map(int, statuses), strict=True)) for _, name, *statuses in words}


TABLE, POSTS = rows("GET"), rows("POST")
DENIED = {302, 403, 404}


def routes(resolver=None) -> set[str]:
    """The names of every route there is; one without a name has no place in the house."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            found |= routes(pattern)
        else:
            assert pattern.name, f"{pattern} has no name"
            found.add(pattern.name)
    return found


def test_every_route_has_a_row_and_every_row_a_route():
    assert routes() == set(TABLE)


def test_a_route_that_only_takes_posts_has_a_row_for_them():
    only_posts = {name for name, row in TABLE.items() if row["admin"] == 405}
    assert only_posts == set(POSTS)


@pytest.fixture
def world(cast, settings):
    """Something behind every route: Tom's open unit, draft, submitted piece and sample; Ada's issued certificate."""
    settings.SHOW_MAIL = True
    here = cast.here
    certificate = issue(here, here.registration)
    tom = open_house(cast)
    entry = tom.entry("101")
    version = factories.submit_evidence(tom, entry, ["1.1"])
    draft = factories.make_draft(tom, entry, ["1.2"])
    sample = factories.verification.plan_sample(entry=entry, by=here.iqa)
    factories.verification.find(
        sample=sample, outcome="action", note="Unclear.", todo="Clarify it.", due_on=actors.today(), by=here.iqa
    )
    people = {
        "learner": tom.learner,
        "second": here.learner,
        "assessor": here.assessor,
        "trainee": here.trainee,
        "iqa": here.iqa,
        "eqa": here.eqa,
        "admin": here.administrator,
        "o_learner": cast.there.learner,
        "o_assessor": cast.there.assessor,
        "o_iqa": cast.there.iqa,
        "o_admin": cast.there.administrator,
        "editor": cast.editor,
        "out": None,
    }
    addresses = {
        "person_id": user_of(here.assessor).public_id,
        "centre_id": here.centre.public_id,
        "public_id": cast.qualification.public_id,
        "learner_id": tom.registration.learner.public_id,
        "registration_id": tom.registration.public_id,
        "evidence_id": version.evidence.public_id,
        "file_id": version.files.get().public_id,
        "number": 1,
        "entry_id": entry.public_id,
        "sample_id": sample.public_id,
        "action_point_id": sample.findings.get().action_point.public_id,
        "claim_id": certificate.claim.public_id,
        "certificate_id": certificate.public_id,
        "name": "award",
        "code": certificate.code,
        "token": invitation_link(here.registration.learner.user.invitations.first()).rstrip("/").rsplit("/", 1)[-1],
        "uidb36": "1",
        "key": "not-a-key",
    }
    special = {
        "catalogue_unit": {"public_id": entry.unit.public_id},
        "same_units": {"public_id": entry.unit.public_id},
        "compare": {"public_id": cast.qualification.specification.public_id},
        "catalogue_document": {"public_id": brought(cast).public_id},
        **{
            name: {
                "public_id": cast.qualification.specification.public_id,
                "qualification_id": cast.qualification.public_id,
                "key": "101",
            }
            for name in TABLE
            if name.startswith("review")
        },
        "api_registration": {"public_id": tom.registration.public_id},
        "case_item_type": {"public_id": type_identifier("Unit")},
        **{
            name: {"public_id": identifier_of(cast.qualification.public_id, path)}
            for name, path in {
                "case_item": "units/101",
                "case_item_associations": "units/101",
                "case_association": "isChildOf/units/101",
            }.items()
        },
        "file_page": {"file_id": pdf_of(tom, entry).public_id},
        "remove_file": {"file_id": factories.add_file(tom, draft).public_id},
        **{
            name: {"evidence_id": draft.public_id}
            for name in TABLE
            if name.startswith("evidence_") and name not in {"evidence_piece", "evidence_new_version"}
        },
    }
    return people, addresses, special


def issue(house, registration):
    """Ada's certificate, made as the worker makes it."""
    factories.grant_direct_claims(house)
    claim = factories.claim(house)
    return certification.make_documents(
        claim=claim_to_make(claim.pk), progress=lambda done, of, message: None, by=factories.SYSTEM
    )


def brought(cast):
    """A document that the catalogue editor brought in, and that waits to be read."""
    file = SimpleUploadedFile("handbook.txt", b"A handbook.")
    return quals.bring_document(name=file.name, file=file, by=cast.editor)


def open_house(cast):
    """The second learner's registration, with the same assessor and IQA, as a house of its own."""
    here = cast.here
    learner = user_of(here.second_learner).learners.get()
    registration = portfolios.register(
        learner=learner, qualification=cast.qualification, units=cast.units[:3], by=here.administrator
    )
    portfolios.allocate(
        registration=registration, assessor=user_of(here.assessor), iqa=user_of(here.iqa), by=here.administrator
    )
    tom = factories.House(**{**here.__dict__, "registration": registration})
    tom.learner = actor_for(learner.user, actors.LEARNER, here.centre)
    return tom


def pdf_of(house, entry):
    """The PDF of a submitted piece."""
    page = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(page, "PDF")
    evidence = factories.make_draft(house, entry, ["2.1"])
    factories.add_file(house, evidence, "page.pdf", page.getvalue())
    return portfolios.submit(evidence=evidence, declared=True, by=house.learner).files.get()


def address_of(name: str, addresses: dict, special: dict) -> str:
    known = addresses | special.get(name, {})
    wanted = next(iter(get_resolver().reverse_dict.getlist(name)))[0][0][1]
    return reverse(name, kwargs={each: known[each] for each in wanted})


def client_of(actor) -> Client:
    client = Client(raise_request_exception=False)
    if actor is not None:
        client.force_login(user_of(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["acting_as"] = value_of(actor)
        session.save()
    return client


def status_of(response) -> int:
    if response.streaming:
        deque(response, maxlen=0)  # read to the end, it lets go of its file
    return response.status_code


def rows_of_consequence() -> dict[str, int]:
    """How many rows each of our tables holds; what a refused request must leave as it was."""
    skip = {"accounts.User"}
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in settings.HOUSE_APPS and model._meta.label not in skip
    } | {"head": Entry.objects.aggregate(last=models.Max("pk"))["last"]}


@pytest.mark.slow
def test_every_route_answers_each_of_the_cast_as_the_table_says(world):
    people, addresses, special = world
    wrong = []
    for person, actor in people.items():
        client = client_of(actor)
        for name, row in TABLE.items():
            if name == "account_logout":
                continue
            if name == "invitation" and person != "out":
                client = client_of(actor)  # it may sign somebody else in
            got = status_of(client.get(address_of(name, addresses, special)))
            if got != row[person]:
                wrong.append(f"{name}: {person} got {got}, the table says {row[person]}")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.slow
def test_every_route_that_only_takes_posts_answers_as_the_table_says(world):
    people, addresses, special = world
    wrong = []
    for name, row in POSTS.items():
        for person, actor in people.items():
            before = rows_of_consequence()
            with transaction.atomic():
                got = status_of(client_of(actor).post(address_of(name, addresses, special), {}))
                changed = before != rows_of_consequence()
                transaction.set_rollback(True)
            if got != row[person]:
                wrong.append(f"{name}: {person} got {got}, the table says {row[person]}")
            if changed and got in {403, 404}:
                wrong.append(f"{name}: {person} was refused, but something changed")
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.slow
def test_whoever_may_not_open_a_page_may_not_send_to_it_either(world):
    people, addresses, special = world
    before, wrong = rows_of_consequence(), []
    for person, actor in people.items():
        client = client_of(actor)
        for name, row in TABLE.items():
            if name.startswith("account_") or name == "act_as" or row[person] not in DENIED:
                continue
            got = status_of(client.post(address_of(name, addresses, special), {}))
            if got not in DENIED | {405} or (got == 302 and person != "out" and row[person] != 302):
                wrong.append(f"{name}: {person} got {got} for a POST, {row[person]} for a GET")
    assert not wrong, "\n" + "\n".join(wrong)
    assert rows_of_consequence() == before


def test_a_page_without_a_rule_for_signed_out_people_is_closed(client):
    """Deny by default: only views that say so are open."""
    for name in ("home", "catalogue", "people", "claims", "api_qualifications", "api_schema"):
        assert client.get(reverse(name)).status_code in {302, 403}
