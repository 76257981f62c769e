"""Drafts that an older version brought in say what contradicts itself in them, without anybody correcting anything."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from audit.actions import INSTALLATION
from audit.actors import ADMINISTRATOR, Actor
from audit.models import Chain, Entry
from audit.queries import broken_links
from audit.rules import Refused
from jobs.models import Job
from quals import actions, tasks
from quals.models import Finding, Resolution
from quals.specification.review.contradictions import CODES
from tests.quals.builders import SYSTEM, a_pack, a_rule, an_editor, an_error, load

pytestmark = pytest.mark.django_db
LEVEL_3 = {"level": {"mode": "exactly", "value": 3}}
NEVER = a_rule("R4", measure="credits", amount=7, printed=[2])
OTHERWISE = a_rule("R5", measure="credits", amount=2, of=LEVEL_3, printed=[3], confidence="disputed")
OTHERWISE |= {"alternative": {"amount": 6}}


def from_before(*rules: dict, **changes):
    """A draft as it was left by a version that did not look for contradictions."""
    pack = a_pack(**changes)
    pack["qualifications"][0]["rules"] += rules
    draft = load(pack, publish=False)
    assert Finding.objects.filter(specification=draft, code__in=CODES).delete()[0] == len(rules)
    return draft


def upgrade() -> list[Job]:
    """What the migration asks for, done by the worker."""
    before = set(Job.objects.values_list("pk", flat=True))
    import_module("quals.migrations.0005_look_for_contradictions").queue(apps, None)
    asked = list(Job.objects.exclude(pk__in=before))
    for job in asked:
        tasks.look_for_contradictions(job_id=job.pk)
        job.refresh_from_db()
    return asked


def findings(draft) -> list[tuple[str, str]]:
    found = Finding.objects.filter(specification=draft).order_by("severity", "code")
    return list(found.values_list("severity", "code"))


def review(client, draft) -> str:
    client.force_login(an_editor())
    return " ".join(client.get(reverse("review", args=[draft.public_id])).content.decode().split())


def test_the_review_of_an_old_draft_tells_after_the_upgrade_and_offers_no_publishing(client):
    draft = from_before(NEVER)
    assert [job.state for job in upgrade()] == ["done"]
    text = review(client, draft)
    assert "7 credits (R4) can never be met" in text
    assert "1 error open" in text
    assert "cannot be published while an error stands" in text
    assert reverse("review_publish", args=[draft.public_id]) not in text


def test_the_catalogue_does_not_call_such_a_draft_ready(client):
    from_before(NEVER)
    client.force_login(an_editor())
    assert "ready to publish" in client.get(reverse("catalogue")).content.decode()
    upgrade()
    assert "ready to publish" not in client.get(reverse("catalogue")).content.decode()


def test_what_was_found_before_stays_beside_it_with_what_was_said_of_it():
    settled = {"by": "Edda Itor", "on": "2026-01-02", "ground": "Seen"}
    draft = from_before(NEVER, OTHERWISE, findings=[an_error(resolved=settled), an_error(severity="note")])
    upgrade()
    codes = ["criterion-text-missing", "rules-contradict", "criterion-text-missing", "other-reading-contradicts"]
    assert findings(draft) == list(zip(["error", "error", "note", "warning"], codes, strict=True))
    assert draft.findings.get(severity="error", code="criterion-text-missing").resolved == settled
    assert draft.findings.get(code="rules-contradict").resolved is None


def test_looking_again_changes_nothing_and_is_said_once():
    draft = from_before(OTHERWISE)
    upgrade()
    (pk,) = draft.findings.values_list("pk", flat=True)
    upgrade()
    assert list(draft.findings.values_list("pk", flat=True)) == [pk]
    assert Entry.objects.filter(action="look_for_contradictions").count() == 1
    assert not broken_links(Chain.objects.get(key=INSTALLATION))


def test_a_warning_that_was_acknowledged_before_stays_so():
    draft = from_before(OTHERWISE)
    upgrade()
    user = an_editor()
    editor = Actor(user.pk, user.name, "editor")
    actions.acknowledge_warnings(specification=draft, ground="Asked them", by=editor)
    draft.findings.all().delete()
    upgrade()
    assert draft.findings.get().resolved["ground"] == "Asked them"
    assert Resolution.objects.count() == 1


def test_a_draft_with_nothing_to_tell_is_left_as_it_is():
    draft = load(a_pack(), publish=False)
    assert [job.state for job in upgrade()] == ["done"]
    assert findings(draft) == []
    assert not Entry.objects.filter(action="look_for_contradictions").exists()


def test_what_is_published_is_not_looked_at_even_where_it_was_published_meanwhile():
    load(a_pack())
    assert upgrade() == []
    draft = load(a_pack(sha="b"), publish=False)
    import_module("quals.migrations.0005_look_for_contradictions").queue(apps, None)
    actions.publish(specification=draft, by=SYSTEM)
    tasks.look_for_contradictions(job_id=Job.objects.get().pk)
    assert Job.objects.get().state == "done"
    assert actions.look_for_contradictions(specification=draft, by=SYSTEM) is False
    assert findings(draft) == []


def test_nobody_but_an_editor_has_a_draft_looked_at():
    draft = from_before(NEVER)
    with pytest.raises(Refused):
        actions.look_for_contradictions(specification=draft, by=Actor(1, "Adam Inis", ADMINISTRATOR, centre_id=1))
    assert findings(draft) == []


def test_an_error_that_no_reason_puts_right_offers_none(client):
    draft = from_before(NEVER)
    upgrade()
    text = review(client, draft)
    assert "No reason puts this right." in text
    assert "Resolve it with a reason" not in text
