"""The pages of certification as each role sees them, and as nobody else does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.actors import now
from audit.templatetags.times import age, moment
from certification import actions as certification
from certification.models import Certificate, Claim, EqaDecision
from jobs.models import Job
from tests.certification.builders import answer, issue, run_jobs, waiting_claim
from tests.factories import complete_unit, grant_direct_claims, release

HTMX = {"HTTP_HX_REQUEST": "true"}


def claim_url(house):
    return reverse("claim", args=[house.registration.public_id])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_home_leads_each_role_to_its_own(cast, here, client_for):
    for actor, name in [
        (here.administrator, "administrator_home"),
        (here.eqa, "eqa_home"),
        (here.learner, "learner_home"),
        (here.assessor, "assessor_home"),
        (here.iqa, "iqa_home"),
        (cast.editor, "catalogue"),
    ]:
        assert client_for(actor).get("/").url == reverse(name)


def test_home_tells_somebody_without_a_role_what_to_do(django_user_model, client):
    user = django_user_model.objects.create_user("nobody@attest.example", name="Nora Body")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "You have no role here today" in text_of(client.get("/"))


def test_administrators_home_lists_what_was_released_and_leads_to_the_claim(here, client_for):
    release(here)
    page = text_of(client_for(here.administrator).get(reverse("administrator_home")))
    assert "released by the IQA" in page
    assert claim_url(here) in page


def test_administrators_home_says_who_needs_an_assessor(cast, here, client_for):
    page = text_of(client_for(here.administrator).get(reverse("administrator_home")))
    assert "Nothing waits for you" in page
    here.registration.entries.update(assessor=None)
    page = text_of(client_for(here.administrator).get(reverse("administrator_home")))
    assert "4 units without an assessor or IQA" in page


def test_claim_page_says_first_what_is_missing_and_why_the_button_cannot_be_used(here, client_for):
    complete_unit(here, "101")
    page = text_of(client_for(here.administrator).get(claim_url(here)))
    assert page.index("The IQA has not released this registration yet.") < page.index("was registered on")
    assert f'href="{reverse("where_am_i", args=[here.registration.public_id])}"' in page
    assert 'aria-disabled="true"' in page
    assert '<form method="post">' not in page


def test_claim_page_shows_the_counted_units_and_claims_once(here, client_for):
    release(here)
    grant_direct_claims(here)
    client = client_for(here.administrator)
    page = text_of(client.get(claim_url(here)))
    assert "Together, 3 units" in page
    first, second = client.post(claim_url(here)), client.post(claim_url(here))
    assert first.url == second.url == reverse("claim_status", args=[Claim.objects.get().public_id])


def test_claim_refused_between_reading_and_pressing_changes_nothing(here, client_for):
    release(here)
    client = client_for(here.administrator)
    complete_unit(here, "202")
    response = client.post(claim_url(here))
    assert response.status_code == 409
    assert "something it rests on has changed since then" in text_of(response)
    assert not Claim.objects.exists()


@pytest.mark.parametrize("who", ["assessor", "iqa", "learner", "eqa"])
def test_only_an_administrator_claims(here, client_for, who):
    release(here)
    response = client_for(getattr(here, who)).post(claim_url(here))
    assert response.status_code == 403
    assert not Claim.objects.exists()


def test_eqa_sees_what_they_are_allocated_to_and_nothing_else(cast, here, client_for):
    made, other = waiting_claim(here), waiting_claim(cast.there)
    client = client_for(here.eqa)
    page = text_of(client.get(reverse("eqa_home")))
    assert "Ada Okafor" in page
    assert "Lena Park" not in page
    assert client.get(reverse("claim_status", args=[made.public_id])).status_code == 200
    for name, public_id in foreign_pages(cast, other):
        assert client.get(reverse(name, args=[public_id])).status_code == 404


def foreign_pages(cast, claim):
    registration = cast.there.registration.public_id
    return [
        ("registration", registration),
        ("trail", registration),
        ("claim", registration),
        ("claim_status", claim.public_id),
        ("claim_progress", claim.public_id),
    ]


@pytest.mark.parametrize("who", ["administrator", "assessor", "iqa", "learner", "second_learner"])
def test_everything_of_another_centre_is_not_found(cast, here, client_for, who):
    issued = issue(cast.there)
    client = client_for(getattr(here, who))
    for name, public_id in foreign_pages(cast, issued.claim):
        assert client.get(reverse(name, args=[public_id])).status_code == 404
    assert client.post(reverse("claim", args=[cast.there.registration.public_id])).status_code == 404
    assert client.post(reverse("claim_status", args=[issued.claim.public_id])).status_code == 404
    assert client.post(reverse("make_again", args=[issued.claim.public_id])).status_code == 404
    assert client.get(reverse("certificate", args=[issued.public_id])).status_code == 404
    assert client.get(reverse("document", args=[issued.public_id, "award"])).status_code == 404


def test_a_learner_sees_nothing_of_another_learner_of_the_centre(here, client_for):
    issued = issue(here)
    client = client_for(here.second_learner)
    assert client.get(reverse("registration", args=[here.registration.public_id])).status_code == 404
    assert client.get(reverse("document", args=[issued.public_id, "award"])).status_code == 404


def test_eqa_releases_a_waiting_claim(here, client_for):
    made = waiting_claim(here)
    url = reverse("claim_status", args=[made.public_id])
    client = client_for(here.eqa)
    assert "Record your answer" in text_of(client.get(url))
    assert client.post(url, {"outcome": "released", "note": ""}).url == url
    assert EqaDecision.objects.get().outcome == "released"
    assert "Record your answer" not in text_of(client.get(url))


def test_eqa_who_returns_without_a_reason_keeps_what_was_chosen(here, client_for):
    made = waiting_claim(here)
    response = client_for(here.eqa).post(
        reverse("claim_status", args=[made.public_id]), {"outcome": "returned", "note": " "}
    )
    assert response.status_code == 422
    assert 'value="returned"' in text_of(response)
    assert "Say why you return it" in text_of(response)
    assert not EqaDecision.objects.exists()


def test_a_returned_claim_tells_the_administrator_why(here, client_for):
    answer(here, waiting_claim(here), "returned", "Unit 102 rests on one piece only.")
    client = client_for(here.administrator)
    assert "Unit 102 rests on one piece only." in text_of(client.get(claim_url(here)))
    assert "returned by the EQA" in text_of(client.get(reverse("administrator_home")))


@pytest.mark.parametrize("who", ["administrator", "learner"])
def test_nobody_but_the_eqa_is_offered_or_allowed_an_answer(here, client_for, who):
    made = waiting_claim(here)
    client = client_for(getattr(here, who))
    url = reverse("claim_status", args=[made.public_id])
    assert "Record your answer" not in text_of(client.get(url))
    assert client.post(url, {"outcome": "released", "note": ""}).status_code == 403
    assert not EqaDecision.objects.exists()


def test_progress_is_asked_for_until_the_papers_are_made(here, client_for):
    grant_direct_claims(here)
    release(here)
    here.registration.refresh_from_db()
    made = certification.claim(registration=here.registration, by=here.administrator)
    url, progress = (reverse(name, args=[made.public_id]) for name in ("claim_status", "claim_progress"))
    client = client_for(here.administrator)
    Job.objects.filter(about__startswith="claim:").update(
        state="running", done_parts=1, all_parts=3, message="Making the list of units"
    )
    for page in (client.get(url), client.get(progress, **HTMX)):
        assert f'hx-get="{progress}"' in text_of(page)
        assert '<progress value="1" max="3"' in text_of(page)
    assert "<html" not in text_of(client.get(progress, **HTMX))
    Job.objects.filter(about__startswith="claim:").update(state="queued", due_at=made.claimed_at)
    run_jobs()
    assert client.get(progress, **HTMX).headers["HX-Refresh"] == "true"
    done = text_of(client.get(url))
    certificate = Certificate.objects.get()
    assert "hx-get" not in done
    for href in (
        reverse("document", args=[certificate.public_id, "award"]),
        reverse("document", args=[certificate.public_id, "units"]),
        reverse("check", args=[certificate.code]),
    ):
        assert href in done


def test_papers_that_could_not_be_made_say_so_and_are_asked_for_again(here, client_for):
    grant_direct_claims(here)
    release(here)
    here.registration.refresh_from_db()
    made = certification.claim(registration=here.registration, by=here.administrator)
    url, again = (reverse(name, args=[made.public_id]) for name in ("claim_status", "make_again"))
    client = client_for(here.administrator)
    assert client.post(again).status_code == 403  # they are being made already
    Job.objects.filter(about__startswith="claim:").update(state="failed", attempts=5)
    page = text_of(client.get(url))
    assert "could not be made, after 5 attempts" in page
    assert "hx-get" not in page
    assert client_for(here.learner).post(again).status_code == 403
    client = client_for(here.administrator)
    assert client.post(again).url == url
    run_jobs()
    assert Certificate.objects.get().claim == made


def test_a_paper_is_sent_as_pdf_under_its_number(here, client_for):
    certificate = issue(here)
    response = client_for(here.learner).get(reverse("document", args=[certificate.public_id, "award"]))
    assert response.getvalue().startswith(b"%PDF-1.7")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert f"{certificate.number}-award.pdf" in response.headers["Content-Disposition"]


def test_a_paper_that_does_not_exist_is_not_found(here, client_for):
    certificate = issue(here)
    url = reverse("document", args=[certificate.public_id, "other"])
    assert client_for(here.learner).get(url).status_code == 404


def test_anybody_checks_a_certificate_and_sees_only_what_the_paper_says(here, client):
    certificate = issue(here)
    page = text_of(client.get(reverse("check", args=[certificate.code])))
    for said in ("Ada Okafor", certificate.title, certificate.qan, certificate.number, "genuine", "not a certificate"):
        assert said in page
    learner = here.registration.learner
    hidden = [learner.user.email, learner.born_on.strftime("%-d %B %Y"), "Amir Khan", "Ines Vale", "Ruth Bell"]
    hidden += [str(certificate.public_id), str(here.registration.public_id), str(certificate.claim.public_id)]
    for word in hidden:
        assert word not in page


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{plain}"])
def test_a_code_is_found_however_it_is_typed(here, client, typed):
    code = issue(here).code
    asked = typed.format(code=code, lower=code.lower(), plain=code.replace("-", " "))
    assert "Ada Okafor" in text_of(client.get(reverse("check_form"), {"code": asked}))


def test_an_unknown_code_reveals_nothing(here, client):
    issue(here)
    response = client.get(reverse("check", args=["ABCD-EFGH-2345-6789"]))
    assert response.status_code == 404
    assert "Ada Okafor" not in text_of(response)


def test_the_check_says_replaced_and_revoked(cast, here, client):
    certificate = issue(here)
    second = certification.replace_certificate(certificate=certificate, reason="Lost in the post", by=cast.editor)
    page = text_of(client.get(reverse("check", args=[certificate.code])))
    assert "has been replaced" in page
    assert "Lost in the post" not in page
    certification.revoke_certificate(certificate=second, reason="The evidence was bought", by=cast.editor)
    page = text_of(client.get(reverse("check", args=[second.code])))
    assert "has been revoked" in page
    assert "bought" not in page


def test_the_check_says_that_a_demonstration_is_one(here, client):
    certificate = issue(here)
    type(here.centre).objects.filter(pk=here.centre.pk).update(is_demonstration=True)
    page = text_of(client.get(reverse("check", args=[certificate.code])))
    assert "Nobody has been awarded anything" in page


def test_the_editor_replaces_a_certificate_from_its_page(cast, here, client_for):
    certificate = issue(here)
    url = reverse("certificate", args=[certificate.public_id])
    client = client_for(cast.editor)
    assert client.post(url, {"how": "replace", "reason": ""}).status_code == 422
    assert client.post(url, {"how": "replace", "reason": "Lost"}).url == url
    assert Certificate.objects.get(replaces=certificate).number.endswith("-R1")
    assert client.post(url, {"how": "revoke", "reason": "Wrong"}).status_code == 409
    assert "Replace or revoke" not in text_of(client_for(here.administrator).get(url))


def test_a_learner_reads_their_own_deeds_and_an_iqa_the_whole_record(here, client_for):
    complete_unit(here, "101")
    url = reverse("trail", args=[here.registration.public_id])
    own = text_of(client_for(here.learner).get(url))
    whole = text_of(client_for(here.iqa).get(url))
    assert "Confirmed 101" in own
    assert "Judged 101" not in own
    assert "Judged 101" in whole


def test_registration_shows_samples_only_to_those_who_may_know_the_plan(here, client_for):
    release(here)
    url = reverse("registration", args=[here.registration.public_id])
    for who, shown in [("iqa", True), ("eqa", True), ("administrator", True), ("assessor", False), ("learner", False)]:
        assert ("not sampled" in text_of(client_for(getattr(here, who)).get(url))) is shown


def test_times_are_said_as_people_say_them(here):
    assert age(now()) == "today"
    assert age(now() - timedelta(days=1)) == "1 day"
    assert age(now() - timedelta(days=6)) == "6 days"
    assert age(now() - timedelta(days=60)) == "8 weeks"
    assert moment(now()).startswith("today ")
    assert moment(now() - timedelta(days=1)).startswith("yesterday ")
