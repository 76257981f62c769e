"""EVD: declared by the learner, never changed once submitted, and linked to criteria of their own units."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from assessments.rules import refuse_ruling
from audit.rules import Refused
from portfolios import actions, files, states
from portfolios.models import Reference
from portfolios.queries import draft_of
from tests import factories as f


@pytest.fixture
def draft(here):
    return f.make_draft(here, here.entry(), ["1.1"])


def refused(call, **arguments) -> str:
    with pytest.raises(Refused) as caught:
        call(**arguments)
    return caught.value.refusal.code


def test_evd_1_refuses_evidence_without_the_learners_declaration(here, draft):
    assert refused(actions.submit, evidence=draft, declared=False, by=here.learner) == "EVD-1"
    draft.refresh_from_db()
    assert draft.state == states.DRAFT
    assert draft_of(draft).declaration == ""


def test_evd_1_allows_declared_evidence_and_keeps_who_declared_what(here, draft):
    version = actions.submit(evidence=draft, declared=True, by=here.learner)
    version.refresh_from_db()
    assert version.declared_by_id == here.learner.user_id
    assert "my own work" in version.declaration


def test_evd_1_is_said_beside_the_declaration_and_nothing_is_submitted(here, client_for, draft):
    response = client_for(here.learner).post(f"/evidence/{draft.public_id}/submit/", {})
    assert response.status_code == 422
    assert "Without your declaration" in response.text
    assert draft_of(draft) is not None


@pytest.fixture
def submitted(here):
    return f.submit_evidence(here, here.entry(), ["1.1"])


def test_evd_2_refuses_to_change_what_was_submitted(here, submitted):
    evidence, file, before = submitted.evidence, submitted.files.get(), submitted.digest()
    changed = {"title": "Better", "kind": "O", "happened_from": evidence.happened_from}
    deeds = [
        (actions.describe_evidence, {"evidence": evidence, "text": "Other words"} | changed),
        (actions.add_file, {"evidence": evidence, "uploaded": f.SimpleUploadedFile("more.txt", b"more")}),
        (actions.remove_file, {"file": file}),
        (actions.refer, {"evidence": evidence, "chosen": {}}),
        (actions.submit, {"evidence": evidence, "declared": True}),
        (actions.discard_evidence, {"evidence": evidence}),
    ]
    assert {refused(deed, **arguments, by=here.learner) for deed, arguments in deeds} == {"EVD-2"}
    submitted.refresh_from_db()
    assert submitted.digest() == before
    assert submitted.files.get() == file
    assert submitted.references.count() == 1


@pytest.mark.parametrize("page", ["files", "describe", "shows"])
def test_evd_2_is_said_on_every_page_that_would_change_it(here, client_for, submitted, page):
    address, client = f"/evidence/{submitted.evidence.public_id}/{page}/", client_for(here.learner)
    for response in (client.get(address), client.post(address, {"kind": "O", "deed": "save", "whole": "1"})):
        assert response.status_code in {403, 409}
        assert "Add a new version to change it" in response.text
    submitted.evidence.refresh_from_db()
    assert submitted.evidence.kind == "P"


def test_evd_2_allows_a_new_version_and_leaves_the_old_one_as_it_was(here, submitted):
    before = submitted.digest()
    actions.new_version(evidence=submitted.evidence, by=here.learner)
    f.add_file(here, submitted.evidence, "more.txt", b"more")
    second = actions.submit(evidence=submitted.evidence, declared=True, by=here.learner)
    submitted.refresh_from_db()
    assert (second.number, second.files.count()) == (2, 2)
    assert submitted.digest() == before
    assert submitted.files.count() == 1


def alter(file) -> None:
    """Change one byte behind the application's back."""
    path = Path(default_storage.path(file.blob.path))
    path.chmod(0o600)
    path.write_bytes(b"X" + path.read_bytes()[1:])


@pytest.mark.usefixtures("files_of_its_own")
def test_evd_2_an_altered_file_never_arrives_whole(here, client_for, submitted):
    file = submitted.files.get()
    address = reverse("file", args=[file.public_id])
    assert b"".join(client_for(here.assessor).get(address))
    alter(file)
    with pytest.raises(files.Altered):
        b"".join(client_for(here.assessor).get(address))
    with pytest.raises(files.Altered):
        b"".join(client_for(here.assessor).get(address, headers={"Range": "bytes=0-"}))


@pytest.mark.usefixtures("files_of_its_own")
def test_evd_2_no_page_of_an_altered_pdf_is_shown(here, client_for):
    page = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(page, "PDF")
    evidence = f.make_draft(here, here.entry(), ["1.1"])
    file = f.add_file(here, evidence, "page.pdf", page.getvalue())
    actions.submit(evidence=evidence, declared=True, by=here.learner)
    address = reverse("file_page", args=[file.public_id, 1])
    assert client_for(here.assessor).get(address).status_code == 200
    alter(file)
    answer = client_for(here.assessor).get(address)
    assert answer.status_code == 403
    assert "no longer those that were submitted" in answer.text


def test_evd_6_refuses_a_criterion_of_another_unit_or_learner(cast, draft):
    here, other = cast.here, cast.here.entry("102").unit.criteria.first()
    strangers = [
        {(here.entry(), other): ""},
        {(cast.there.entry(), cast.there.entry().unit.criteria.first()): ""},
    ]
    for chosen in strangers:
        assert refused(actions.refer, evidence=draft, chosen=chosen, by=here.learner) == "EVD-6"
    assert Reference.objects.get().criterion.code == "1.1"


def test_evd_6_refuses_a_unit_that_is_signed_off(here, draft):
    entry = f.complete_unit(here, "102")
    chosen = {(entry, entry.unit.criteria.first()): ""}
    assert refused(actions.refer, evidence=draft, chosen=chosen, by=here.learner) == "EVD-6"


def test_evd_6_refuses_evidence_that_names_no_criterion(here, draft):
    actions.refer(evidence=draft, chosen={}, by=here.learner)
    assert refused(actions.submit, evidence=draft, declared=True, by=here.learner) == "EVD-6"


def test_evd_6_allows_one_piece_for_criteria_of_several_units(here, draft):
    chosen = {(entry, entry.unit.criteria.first()): "page 2" for entry in (here.entry("101"), here.entry("201"))}
    actions.refer(evidence=draft, chosen=chosen, by=here.learner)
    version = actions.submit(evidence=draft, declared=True, by=here.learner)
    assert set(version.references.values_list("entry__unit__number", "pointer")) == {
        ("101", "page 2"),
        ("201", "page 2"),
    }


def test_evd_6_ignores_a_criterion_that_a_page_never_offered(cast, client_for, draft):
    there = cast.there.entry()
    stranger = f"{there.public_id}:{there.unit.criteria.first().pk}"
    client_for(cast.here.learner).post(f"/evidence/{draft.public_id}/shows/", {"criterion": [stranger], "deed": "save"})
    assert not Reference.objects.filter(entry=there).exists()


@pytest.mark.parametrize(
    ("policy", "outcome", "refusal"),
    [
        ("not_allowed", "met", "EVD-3"),
        ("not_allowed", "not_yet", None),
        ("realistic_working_environment", "met", None),
        ("unstated", "met", None),
    ],
)
def test_evd_3_a_simulation_shows_nothing_in_a_unit_that_does_not_allow_it(here, policy, outcome, refusal):
    entry = here.entry()
    entry.unit.strategy = entry.unit.strategy | {"simulation": policy}
    ruling = f.ruling(entry, "1.1", f.submit_evidence(here, entry, ["1.1"], kind="S"), outcome)
    found = refuse_ruling(entry=entry, ruling=ruling)
    assert (found and found.code) == refusal
