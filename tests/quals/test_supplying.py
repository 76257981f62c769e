"""What a published issue's document has lost: the wording of a criterion comes later, once, and by name."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.rules import Refused
from quals import actions
from quals.models import Criterion, Unit
from quals.queries import review_of
from quals.rules import refuse_untracked
from tests.quals.builders import a_pack, an_error, load, load_facts
from tests.quals.reviewing.conftest import edda, no_broker
from tests.quals.reviewing.drafts import SOIL

__all__ = ["edda", "no_broker"]
pytestmark = pytest.mark.django_db
WORDS = {"value": "Name three kinds of soil", "ground": "Letter of the awarding organisation"}


@pytest.fixture
def published(edda):
    """Published although one criterion has no wording: its error was resolved with a reason."""
    pack = a_pack(findings=[an_error(code="criterion-text-missing", subject="unit 1, 1.1")])
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    draft = load(pack, publish=False)
    error = review_of(draft).errors[0]
    actions.resolve(specification=draft, finding=error.identity, ground="The document prints none", by=edda)
    return actions.publish(specification=draft, by=edda)


def refused(**arguments):
    with pytest.raises(Refused) as caught:
        actions.supply_wording(**arguments)
    return caught.value.refusal


def test_cat_7_a_criterion_can_be_judged_once_its_wording_was_supplied(edda, published):
    unit, criterion = Unit.objects.get(key="1"), Criterion.objects.get(unit__key="1", code="1.1")
    assert refuse_untracked(unit=unit, criterion=criterion).code == "CAT-7"
    row = actions.supply_wording(specification=published, path=SOIL, by=edda, **WORDS)
    criterion.refresh_from_db()
    assert criterion.text == WORDS["value"]
    assert (row.read, row.value, row.ground) == ("", WORDS["value"], WORDS["ground"])
    assert refuse_untracked(unit=unit, criterion=criterion) is None


def test_cat_3_wording_that_is_there_stays(edda, published):
    actions.supply_wording(specification=published, path=SOIL, by=edda, **WORDS)
    again = {"value": "Something else", "ground": "Better"}
    assert refused(specification=published, path=SOIL, by=edda, **again).code == "CAT-3"
    other = SOIL.replace("1.1", "1.2")
    assert refused(specification=published, path=other, by=edda, **again).code == "CAT-3"
    assert refused(specification=published, path="units/1/title", by=edda, **again).code == "CAT-3"


def test_wording_is_not_supplied_without_saying_where_it_comes_from(edda, published):
    refusal = refused(specification=published, path=SOIL, value=WORDS["value"], ground=" ", by=edda)
    assert "where the words are from" in refusal.sentence
    assert refused(specification=published, path=SOIL, value=" ", ground="Letter", by=edda).code == "INPUT"
    assert Criterion.objects.get(unit__key="1", code="1.1").text == ""


def test_facts_only_are_filled_in_by_their_document_and_not_by_hand(edda):
    facts = load_facts()
    assert refused(specification=facts, path=SOIL, by=edda, **WORDS).code == "CAT-3"


def test_the_page_of_a_published_issue_offers_it_where_wording_is_missing(client, edda, published):
    client.force_login(User.objects.get(pk=edda.user_id))
    page = reverse("review_unit", args=[published.public_id, "1"])
    assert client.get(page).content.decode().count("Supply it") == 1
    sent = {"path": SOIL, "page": "units/1", **WORDS}
    answer = client.post(reverse("review_correct", args=[published.public_id]), sent)
    assert answer.status_code == 302
    shown = client.get(page).content.decode()
    assert WORDS["value"] in shown
    assert "Supply it" not in shown
