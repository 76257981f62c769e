"""Two catalogue editors, or one in two windows, at one draft at the same moment, on a database with real locks."""

import pytest

from audit.actors import EDITOR, Actor
from audit.models import Chain
from audit.queries import broken_links
from audit.rules import Refusal
from quals import actions
from quals.models import Correction, Specification, Unit
from quals.specification.review.corrections import identity_of
from tests.assessments.test_races import at_once
from tests.quals.builders import SYSTEM, a_pack, an_editor, an_error, load

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def edda(transactional_db):
    user = an_editor()
    return Actor(user.pk, user.name, EDITOR)


def test_two_editors_correct_at_once_and_both_corrections_hold(edda):
    draft = load(a_pack(), publish=False)
    results = at_once(
        *(
            lambda key=key: actions.correct(
                specification=draft, path=f"units/{key}/title", value=f"Grow {key}", by=edda
            )
            for key in "123"
        )
    )
    assert all(isinstance(each, Correction) for each in results), results
    assert list(Unit.objects.order_by("position").values_list("title", flat=True)) == ["Grow 1", "Grow 2", "Grow 3"]
    assert broken_links(Chain.objects.get()) == []


def test_two_editors_correct_the_same_thing_at_once_and_the_later_holds(edda):
    draft = load(a_pack(), publish=False)
    results = at_once(
        *(
            lambda title=title: actions.correct(specification=draft, path="units/1/title", value=title, by=edda)
            for title in ("Grow thyme", "Grow dill")
        )
    )
    assert all(isinstance(each, Correction) for each in results), results
    last = Correction.objects.order_by("pk").last()
    assert Correction.objects.count() == 2
    assert Unit.objects.get(key="1").title == last.value


def test_publishing_and_correcting_at_once_never_edits_what_is_published(edda):
    draft = load(a_pack(), publish=False)
    published, corrected = at_once(
        lambda: actions.publish(specification=draft, by=edda),
        lambda: actions.correct(specification=draft, path="units/1/title", value="Grow thyme", by=edda),
    )
    assert isinstance(published, Specification), published
    title = Unit.objects.get(key="1").title
    if isinstance(corrected, Refusal):
        assert (corrected.code, title) == ("CAT-3", "Grow herb 1")
    else:
        assert title == "Grow thyme"


def test_the_same_document_read_twice_at_once_is_one_draft(edda):
    def bring():
        return actions.import_pack(pack=a_pack(), lines=[], source_name="herbs.txt", publish=False, by=SYSTEM)

    results = at_once(bring, bring)
    assert len({each.specification.pk for each in results}) == 1, results


def test_the_same_error_resolved_twice_at_once_is_resolved_once(edda):
    draft = load(a_pack(findings=[an_error()]), publish=False)

    def resolve():
        return actions.resolve(
            specification=draft, finding=identity_of(an_error()), ground="Asked the organisation", by=edda
        )

    results = at_once(resolve, resolve)
    assert len({each.pk for each in results}) == 1, results
