"""Which pages are measured, and who looks at them."""

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse

from audit.actors import Actor
from centres.queries import value_of
from tests.bench.centre import Centre
from tests.factories import user_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Page:
    """One page as one person sees it; `browser` is signed in as them."""

    name: str
    path: str
    browser: Client

    @property
    def cookie(self) -> str:
        name = settings.SESSION_COOKIE_NAME
        return f"{name}={self.browser.cookies[name].value}"


def pages_of(centre: Centre) -> list[Page]:
    """The page to compare with first: signed in like the others, with nothing on it but one field."""
    house, entry = centre.house, centre.entry
    learner, assessor, iqa, administrator = map(
        browser_of, (house.learner, house.assessor, house.iqa, house.administrator)
    )
    looks = [
        ("check (to compare with)", "check_form", [], assessor),
        ("learner's home", "learner_home", [], learner),
        ("unit", "unit", [entry.public_id], assessor),
        ("assessor's home", "assessor_home", [], assessor),
        ("judging", "judge", [entry.public_id], assessor),
        ("IQA's home", "iqa_home", [], iqa),
        ("IQA's plan", "iqa_plan", [], iqa),
        ("claim", "claim", [centre.to_claim.public_id], administrator),
    ]
    return [Page(name, reverse(route, args=ids), browser) for name, route, ids, browser in looks]


def browser_of(actor: Actor) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user_of(actor), backend=BACKEND)
    session = browser.session
    session["acting_as"] = value_of(actor)
    session.save()
    return browser
