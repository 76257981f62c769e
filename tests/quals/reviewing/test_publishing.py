"""Rules are settled, doubts put to rest, and what the review's pages are told of both."""

import pytest

from audit.models import Entry
from quals import actions, queries
from quals.models import Finding, Resolution, Rule, Specification
from quals.queries import pack_of, review_of, structure_review, unit_review
from quals.specification import validate
from tests.quals.builders import LINES, QAN, a_pack, a_unit, an_error, load
from tests.quals.reviewing.drafts import GROUPS, RULES, SOIL, a_draft, bring, read, refused

pytestmark = pytest.mark.django_db


def test_cat_6_a_disputed_rule_is_settled_by_name_day_and_ground(edda):
    draft = a_draft()
    path = f"{RULES}/R3"
    actions.settle(specification=draft, path=path, reading="other", ground="The organisation said so", by=edda)
    rule = Rule.objects.get(label="R3")
    assert (rule.confidence, rule.of) == ("confirmed", {"level": {"mode": "at_or_above", "value": 2}})
    assert (rule.confirmed["by"], rule.confirmed["ground"]) == ("Edda Itor", "The organisation said so")
    validate(pack_of(draft, wording=True))
    actions.settle(specification=draft, path=path, reading="read", ground="They changed their mind", by=edda)
    assert Rule.objects.get(label="R3").of == {"level": {"mode": "exactly", "value": 2}}
    actions.take_back(specification=draft, path=path, by=edda)
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_cat_6_a_rule_is_not_settled_without_ground_nor_where_it_reads_one_way(edda):
    draft = a_draft()
    facts = {"specification": draft, "reading": "other", "by": edda}
    assert refused(actions.settle, path=f"{RULES}/R3", ground="  ", **facts).sentence.startswith("Say why")
    assert refused(actions.settle, path=f"{RULES}/R1", ground="Because", **facts).code == "CAT-6"
    assert refused(actions.settle, path=SOIL, ground="Because", **facts | {"reading": "read"}).code == "CAT-6"
    assert refused(actions.settle, path=f"{RULES}/R3", ground="Because", **facts | {"reading": "both"}).code == "INPUT"
    assert Rule.objects.get(label="R3").confidence == "disputed"


def test_a_corrected_rule_is_confirmed_by_whoever_corrected_it(edda):
    draft = a_draft()
    reading = {"bound": "at_least", "measure": "credits", "amount": "6", "of": {}}
    path = f"{RULES}/R1"
    assert "Say why" in refused(actions.correct, specification=draft, path=path, value=reading, by=edda).sentence
    actions.correct(specification=draft, path=path, value=reading, ground="Line 2 says six", by=edda)
    rule = Rule.objects.get(label="R1")
    assert (rule.amount, rule.confidence, rule.confirmed["ground"]) == (6, "confirmed", "Line 2 says six")


def test_a_rule_of_a_group_that_does_not_exist_is_refused(edda):
    reading = {"bound": "at_least", "measure": "credits", "amount": 6, "of": {"groups": ["Z"]}}
    refusal = refused(
        actions.correct, specification=a_draft(), path=f"{RULES}/R1", value=reading, ground="Because", by=edda
    )
    assert "group Z is named" in refusal.sentence


def a_doubtful_draft():
    findings = [
        an_error(),
        an_error(code="unit-odd", subject="unit 2", line=9),
        an_error(severity="warning", subject="unit 3", line=4),
        an_error(severity="note", subject="unit 3", line=5),
    ]
    pack = a_pack(findings=findings)
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    return load(pack, publish=False)


def test_publishing_waits_for_every_error_and_every_warning(edda):
    draft = a_doubtful_draft()
    assert "2 errors stand" in refused(actions.publish, specification=draft, by=edda).sentence
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", by=edda)
    refusal = refused(actions.publish, specification=draft, by=edda)
    assert "an error stands" in refusal.sentence
    assert "line 9" in refusal.sentence
    (error,) = review_of(draft).open_errors
    actions.resolve(specification=draft, finding=error.identity, ground="Asked the organisation", by=edda)
    refusal = refused(actions.publish, specification=draft, by=edda)
    assert "a warning is not acknowledged" in refusal.sentence
    actions.acknowledge_warnings(specification=draft, ground="", by=edda)
    assert actions.publish(specification=draft, by=edda).state == "published"
    validate(pack_of(draft, wording=True, findings=draft.findings.all()))


def test_typing_the_missing_wording_puts_its_error_to_rest_until_it_is_taken_back(edda):
    draft = a_doubtful_draft()
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", ground="Page 3", by=edda)
    doubt = review_of(draft).errors[0]
    assert (doubt.is_open, doubt.corrected.path, doubt.resolution["ground"]) == (False, SOIL, "Page 3")
    assert (doubt.where, doubt.unit_key) == ("unit", "1")
    actions.take_back(specification=draft, path=SOIL, by=edda)
    assert review_of(draft).errors[0].is_open
    assert not Resolution.objects.exists()


def test_an_error_is_resolved_for_a_reason_only_and_once(edda):
    draft = a_doubtful_draft()
    identity = review_of(draft).errors[1].identity
    facts = {"specification": draft, "finding": identity, "by": edda}
    assert "Say why" in refused(actions.resolve, ground=" ", **facts).sentence
    first = actions.resolve(ground="Asked the organisation", **facts)
    assert actions.resolve(ground="Asked again", **facts) == first
    assert Finding.objects.get(code="unit-odd").resolved["ground"] == "Asked the organisation"
    assert "not there any more" in refused(actions.resolve, **facts | {"finding": "0" * 64}, ground="x").sentence
    assert Entry.objects.filter(action="resolve_finding").count() == 1


def test_warnings_that_nobody_has_to_see_make_no_entry(edda):
    assert actions.acknowledge_warnings(specification=a_draft(), ground="", by=edda) == []
    assert not Entry.objects.filter(action="acknowledge_warnings").exists()


def test_a_resolved_error_stays_resolved_when_something_else_is_corrected(edda):
    draft = a_doubtful_draft()
    identity = review_of(draft).errors[1].identity
    actions.resolve(specification=draft, finding=identity, ground="Asked the organisation", by=edda)
    actions.correct(specification=draft, path="units/3/title", value="Grow dill", by=edda)
    assert not review_of(draft).errors[1].is_open


def test_review_counts_what_is_open_of_each_unit(edda):
    draft = a_doubtful_draft()
    review = review_of(draft)
    assert [(unit.key, unit.outcomes, unit.criteria) for unit in review.units] == [(n, 2, 3) for n in "123"]
    assert [(unit.open_errors, unit.open_warnings) for unit in review.units] == [(1, 0), (1, 0), (0, 1)]
    assert [doubt.number for doubt in review.errors + review.warnings + review.notes] == [1, 2, 3, 4]
    assert not review.notes[0].is_open
    assert "2 errors stand" in review.may_publish.sentence
    actions.correct(specification=draft, path="units/2/title", value="Grow sage", by=edda)
    review = review_of(draft)
    assert [unit.corrections for unit in review.units] == [0, 1, 0]
    (correction,) = review.corrections
    assert (correction.label, correction.by, correction.read) == ("unit 2, title", "Edda Itor", "Grow herb 2")


@pytest.mark.parametrize("units", [3, 30])
def test_review_is_told_in_the_same_queries_however_large_it_is(edda, units, django_assert_num_queries):
    findings = [an_error(subject=f"unit {n}", line=n, severity="warning") for n in range(1, units + 1)]
    draft = load(a_pack(units=units, findings=findings), publish=False)
    for number in range(1, units + 1):
        if number % 3 == 0:
            actions.correct(specification=draft, path=f"units/{number}/title", value="Grow more", by=edda)
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(9):
        review = review_of(draft)
    assert len(review.warnings) == units
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(5):
        unit_review(draft, "3")
    draft = queries.specifications_for(edda).get()
    with django_assert_num_queries(5):
        structure_review(draft, draft.qualifications.model(qan=QAN))


def test_a_unit_is_shown_with_what_was_read_beside_what_stands(edda):
    draft = a_doubtful_draft()
    actions.correct(specification=draft, path=SOIL, value="Name three kinds of soil", by=edda)
    actions.leave_out(
        specification=draft, path="units/1/outcomes/1/criteria/1.2", ground="A heading, no criterion", by=edda
    )
    unit = unit_review(Specification.objects.get(), "1")
    assert (unit.before, unit.after) == ("", "2")
    first, second = unit.outcomes[0].rows
    assert (first.field("text").value, first.field("text").read) == ("Name three kinds of soil", "")
    assert first.field("text").correction.by == "Edda Itor"
    assert [doubt.finding.code for doubt in first.doubts] == ["criterion-text-missing"]
    assert (second.is_left_out, second.correction.ground) == (True, "A heading, no criterion")
    assert [field.path for field in unit.fields][:2] == ["units/1/title", "units/1/number"]
    assert unit_review(draft, "77") is None


def test_a_unit_is_shown_with_the_lines_of_its_page(edda):
    specification = read(bring(edda)).specification
    units = list(specification.units.order_by("position"))
    shown = unit_review(specification, units[0].key.replace("/", "-"))
    first = shown.lines[0]
    assert (first.number, first.is_cited) == (units[0].line, True)
    assert units[0].uan in first.text
    assert not any(units[1].uan in line.text for line in shown.lines)
    cited = {line.number for line in shown.lines if line.is_cited}
    assert set(units[0].criteria.values_list("line", flat=True)) <= cited


def test_the_structure_is_shown_with_its_rules_as_they_stand(edda):
    draft = a_draft()
    actions.settle(specification=draft, path=f"{RULES}/R3", reading="other", ground="They said so", by=edda)
    actions.leave_out(specification=draft, path=f"{GROUPS}/B/units/3", ground="Struck out", by=edda)
    shown = structure_review(Specification.objects.get(), draft.qualifications.get())
    assert [rule.sentence for rule in shown.rules] == [
        "At least 4 credits",
        "The unit of group A",
        "At least 2 credits at level 2 or above",
    ]
    assert (shown.rules[2].is_disputed, shown.rules[2].correction.ground) == (False, "They said so")
    assert [place.is_left_out for group in shown.groups for place in group.rows] == [False, False, True]
    assert [line.number for line in shown.lines if line.is_cited] == [2, 3]


def test_lines_are_given_from_the_first_to_the_last(edda):
    draft = a_draft()
    assert queries.lines_of(draft, 2, 9) == [(2, LINES[1]), (3, LINES[2])]
    assert queries.lines_of(draft, -4, 1) == [(1, LINES[0])]
    assert queries.lines_of(draft, 5, 4) == []


def test_a_unit_without_a_page_is_shown_too(edda):
    pack = a_pack()
    pack["units"].append(a_unit(9, outcomes=[], evidence_requirements=[], line=None))
    shown = unit_review(load(pack, publish=False), "9")
    assert (shown.outcomes, shown.lines) == ([], [])
