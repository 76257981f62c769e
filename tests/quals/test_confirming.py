"""Of a published issue a doubt about a rule is answered by name; what learners are held to stays as it is."""

import pytest

from audit.actors import ADMINISTRATOR, EDITOR, Actor
from audit.models import Entry
from audit.queries import broken_links
from audit.rules import Refused
from quals import actions
from quals.models import Correction, Rule
from quals.queries import pack_of, structure_review
from quals.specification import facts_only
from tests.quals.builders import QAN, a_pack, an_editor, load, load_facts

pytestmark = pytest.mark.django_db
R3 = f"qualifications/{QAN.replace('/', '-')}/rules/R3"
READING = ("bound", "measure", "amount", "of", "alternative", "printed", "note")


@pytest.fixture
def edda():
    user = an_editor()
    return Actor(user.pk, user.name, EDITOR)


@pytest.fixture
def issue():
    return load(a_pack())


def confirm(issue, by, **changes):
    sent = {"path": R3, "reading": "read", "ground": "Asked them by email"} | changes
    return actions.confirm_reading(specification=issue, by=by, **sent)


def test_the_reading_that_stands_is_confirmed_by_name_and_nothing_else_changes(issue, edda):
    before = Rule.objects.filter(label="R3").values(*READING).get()
    row = confirm(issue, edda)
    rule = Rule.objects.get(label="R3")
    assert rule.confidence == "confirmed"
    assert (rule.confirmed["by"], rule.confirmed["ground"]) == ("Edda Itor", "Asked them by email")
    assert Rule.objects.filter(label="R3").values(*READING).get() == before
    assert (row.kind, row.value, row.corrected_by_id) == ("settled", "read", edda.user_id)
    assert row.read["confidence"] == "disputed"


def test_it_is_one_entry_of_the_record(issue, edda):
    before = Entry.objects.count()
    confirm(issue, edda)
    entry = Entry.objects.latest("pk")
    assert (Entry.objects.count(), entry.action, entry.actor_name) == (before + 1, "confirm_reading", "Edda Itor")
    assert "rule R3" in entry.summary
    assert "Asked them by email" in entry.summary
    assert not list(broken_links(entry.chain))


def test_the_same_form_sent_twice_is_one_decision(issue, edda):
    assert confirm(issue, edda) == confirm(issue, edda)
    assert Correction.objects.count() == 1


def test_the_review_shows_who_and_why(issue, edda):
    confirm(issue, edda)
    rule = structure_review(issue, issue.qualifications.get()).rules[2]
    assert (rule.is_disputed, rule.correction.by, rule.correction.ground) == (False, "Edda Itor", "Asked them by email")


REFUSED = {
    "the other reading": ({"reading": "other"}, "CAT-3"),
    "a reading that is none": ({"reading": "mine"}, "CAT-3"),
    "without a ground": ({"ground": "  "}, "INPUT"),
    "a rule that is read one way": ({"path": R3[:-1] + "1"}, "CAT-6"),
    "a rule that is not there": ({"path": R3 + "9"}, "INPUT"),
    "something that is no rule": ({"path": "units/1/title"}, "INPUT"),
    "another qualification": ({"path": "qualifications/999-0002-7/rules/R3"}, "INPUT"),
}


@pytest.mark.parametrize(("changes", "code"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused(issue, edda, changes, code):
    before = list(Rule.objects.order_by("pk").values())
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        confirm(issue, edda, **changes)
    assert refused.value.refusal.code == code
    assert list(Rule.objects.order_by("pk").values()) == before
    assert (Correction.objects.count(), Entry.objects.count()) == (0, entries)


def test_a_rule_that_somebody_confirmed_is_not_confirmed_again(issue, edda):
    confirm(issue, edda)
    with pytest.raises(Refused) as refused:
        confirm(issue, edda, ground="Asked them again")
    assert refused.value.refusal.code == "CAT-6"
    assert Correction.objects.count() == 1


def test_a_draft_is_settled_not_confirmed(edda):
    draft = load(a_pack(), publish=False)
    with pytest.raises(Refused):
        confirm(draft, edda)
    assert Rule.objects.get(label="R3").confidence == "disputed"


@pytest.mark.parametrize("role", [ADMINISTRATOR, "assessor", "iqa", "eqa", "learner"])
def test_only_a_catalogue_editor_confirms(issue, edda, role):
    with pytest.raises(Refused) as refused:
        confirm(issue, Actor(edda.user_id, edda.name, role, 1, "Northgate"))
    assert refused.value.refusal.code == "ROLE"
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_nobody_confirms_without_a_name(issue):
    with pytest.raises(Refused):
        confirm(issue, Actor.system("tests"))
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_wording_that_comes_later_fills_in_the_confirmed_issue(edda):
    issue = load_facts()
    confirm(issue, edda)
    load(a_pack(sha="b"), publish=False)
    issue.refresh_from_db()
    assert issue.has_wording
    rule = Rule.objects.get(label="R3")
    assert (rule.confidence, rule.confirmed["by"]) == ("confirmed", "Edda Itor")
    assert facts_only(pack_of(issue, wording=True))["qualifications"][0]["rules"][2]["confidence"] == "confirmed"
