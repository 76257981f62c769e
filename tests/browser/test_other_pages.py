"""Pages that lie beside the journey, looked at in the dark: the journey is made in the light."""

import pytest

from tests import factories
from tests.browser.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DARK = {"color_scheme": "dark"}


@pytest.fixture
def claimed(live_server, cast):
    """Northgate has a certificate; at Southbank the work is under way."""
    factories.grant_direct_claims(cast.here)
    made = factories.claim(cast.here)
    factories.run_jobs()
    return made


def look_at(person: Person, *paths: str) -> None:
    for path in paths:
        answer = person.page.goto(path)
        assert answer.status == 200, f"{answer.status} at {path}"
        person.looks(path)


def test_pages_of_the_door_and_the_check_hold_in_the_dark(live_server, somebody):
    anybody = somebody(Person, "nobody", **DARK)
    look_at(anybody, "/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/", "/check/")


def test_pages_of_an_installation_hold_in_the_dark(claimed, cast, signed_in):
    editor = signed_in(Person, cast.editor, **DARK)
    centre = f"/centres/{cast.here.centre.public_id}/"
    look_at(editor, "/catalogue/", "/centres/", "/centres/open/", centre, f"{centre}approve/", f"{centre}allocate/")


def test_pages_of_a_centre_hold_in_the_dark(claimed, cast, signed_in):
    ruth = signed_in(Person, cast.here.administrator, **DARK)
    assessor = factories.user_of(cast.here.assessor).public_id
    look_at(ruth, "/centre/", "/people/", f"/people/{assessor}/", f"/people/{assessor}/approve/", "/learners/")
    look_at(ruth, f"/registrations/{claimed.registration.public_id}/", f"/claims/{claimed.public_id}/")
    look_at(ruth, f"/registrations/{claimed.registration.public_id}/rules/")
    look_at(ruth, f"/certificates/{claimed.certificates.get().public_id}/", "/accounts/password/change/")


def test_pages_of_a_learner_hold_in_the_dark(live_server, cast, signed_in):
    draft = factories.make_draft(cast.here, cast.here.entry())
    factories.submit_evidence(cast.here, cast.here.entry("102"))
    ada = signed_in(Person, cast.here.learner, width=360, **DARK)
    look_at(ada, "/my/", "/evidence/", "/evidence/add/?write", f"/evidence/{draft.public_id}/shows/")
    look_at(ada, f"/evidence/{draft.public_id}/submit/", f"/evidence/{draft.public_id}/discard/")
    look_at(ada, f"/entries/{cast.here.entry('102').public_id}/")
    look_at(ada, f"/registrations/{cast.here.registration.public_id}/rules/")


def test_pages_of_staff_hold_in_the_dark(live_server, cast, signed_in):
    factories.submit_evidence(cast.here, cast.here.entry("102"))
    factories.complete_unit(cast.here, "101")
    done, under_way = cast.here.entry("101").public_id, cast.here.entry("102").public_id
    amir = signed_in(Person, cast.here.assessor, **DARK)
    look_at(amir, "/assessing/", f"/entries/{under_way}/judge/", f"/entries/{done}/", f"/entries/{done}/reopen/")
    sample = factories.agree_sample(cast.here, "101")
    ines = signed_in(Person, cast.here.iqa, **DARK)
    look_at(amir, f"/registrations/{cast.here.registration.public_id}/rules/")
    look_at(ines, "/verifying/", f"/sampling/?choose={under_way}", f"/samples/{sample.public_id}/")
    look_at(ines, f"/registrations/{cast.here.registration.public_id}/release/")
