"""The pages of certification as each role sees them."""

import pytest
from django.urls import reverse
from tests.certification.builders import issue


def test_smoke(cast, here, client_for):
    certificate = issue(here)
    claim = certificate.claim
    for actor in (here.administrator, here.eqa, here.learner):
        c = client_for(actor)
        for url in [
            "/",
            reverse("registration", args=[here.registration.public_id]),
            reverse("trail", args=[here.registration.public_id]),
            reverse("claim", args=[here.registration.public_id]),
            reverse("claims"),
            reverse("claim_status", args=[claim.public_id]),
            reverse("certificate", args=[certificate.public_id]),
            reverse("document", args=[certificate.public_id, "award"]),
            reverse("check", args=[certificate.code]),
        ]:
            r = c.get(url, follow=True)
            print(actor.role, url, r.status_code)
            if b"Traceback" in getattr(r, "content", b""):
                print(r.content[:3000])
    assert 0
