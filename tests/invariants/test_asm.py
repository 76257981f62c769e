"""Assessment's invariants: ASM-1, ASM-2, ASM-5, ASM-7, and CAT-7 where something is judged or signed off."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from assessments import actions
from assessments.models import JudgedOn, Judgement, SignOff
from audit.models import Entry
from audit.rules import Refused
from quals.models import Criterion
from tests.factories import allocate, judge, ruling, submit_evidence

CODES = ("1.1", "1.2", "2.1", "2.2")


@pytest.fixture
def entry(here):
    return here.entry("101")


@pytest.fixture
def version(here, entry):
    return submit_evidence(here, entry)


def everything() -> list:
    """Every row that judging, signing off and recording write."""
    kinds = (Judgement, JudgedOn, SignOff, Entry)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


def refused_as(code: str, deed) -> str:
    """The deed is refused with this code, and no row has changed; returns the sentence."""
    before = everything()
    with pytest.raises(Refused) as refused:
        deed()
    assert refused.value.refusal.code == code
    assert everything() == before
    return refused.value.refusal.sentence


def test_asm_1_a_unit_with_one_criterion_unmet_is_not_signed_off(here, entry, version):
    judge(entry, version, CODES[:3], by=here.assessor)
    sentence = refused_as("ASM-1", lambda: actions.sign_off(entry=entry, by=here.assessor))
    assert "1 of the unit" in sentence


def test_asm_1_a_criterion_not_yet_met_is_not_outweighed_by_the_others(here, entry, version):
    judge(entry, version, CODES[:3], by=here.assessor)
    judge(entry, version, CODES[3:], outcome="not_yet", by=here.assessor)
    refused_as("ASM-1", lambda: actions.sign_off(entry=entry, by=here.assessor))


def test_asm_1_a_unit_with_every_criterion_met_is_signed_off(here, entry, version):
    judge(entry, version, CODES, by=here.assessor)
    signed = actions.sign_off(entry=entry, by=here.assessor)
    assert here.entry("101").state == "signed_off"
    assert signed.assessor_id == here.assessor.user_id


def test_asm_1_only_the_judgement_that_stands_counts(here, entry, version):
    judge(entry, version, CODES, by=here.assessor)
    judge(entry, version, ["2.2"], outcome="not_yet", by=here.assessor)
    refused_as("ASM-1", lambda: actions.sign_off(entry=entry, by=here.assessor))
    judge(entry, version, ["2.2"], because="A second occasion was shown to me.", by=here.assessor)
    assert actions.sign_off(entry=entry, by=here.assessor)


def test_asm_2_met_without_evidence_is_refused(here, entry, version):
    refused_as("ASM-2", lambda: actions.judge(entry=entry, rulings=[ruling(entry, "1.1", None)], by=here.assessor))


def test_asm_2_met_names_the_version_its_kind_and_its_days(here, entry, version):
    (made,) = judge(entry, version, ["1.1"], by=here.assessor)
    assert [each["version"] for each in made.evidence] == [version.pk]
    assert made.evidence[0]["kind"] == "P"
    assert made.evidence[0]["happened_from"] == version.contents["happened_from"]


def test_asm_2_one_refused_criterion_takes_the_others_with_it(here, entry, version):
    rulings = [ruling(entry, "1.1", version), ruling(entry, "1.2", None)]
    refused_as("ASM-2", lambda: actions.judge(entry=entry, rulings=rulings, by=here.assessor))


def test_asm_5_a_judgement_made_on_a_stale_page_is_refused_and_names_the_other_assessor(here, cast, entry, version):
    stale = ruling(entry, "1.1", version, outcome="not_yet")
    judge(entry, version, ["1.1"], by=here.assessor)
    sentence = refused_as("ASM-5", lambda: actions.judge(entry=entry, rulings=[stale], by=here.assessor))
    assert "Amir Khan" in sentence


def test_asm_5_a_later_judgement_supersedes_the_one_that_was_seen_and_both_stay(here, entry, version):
    (first,) = judge(entry, version, ["1.1"], by=here.assessor)
    (second,) = judge(entry, version, ["1.1"], outcome="not_yet", by=here.assessor)
    assert second.supersedes == first
    standing = Judgement.objects.filter(entry=entry, superseded_by__isnull=True)
    assert list(standing) == [second]
    assert Judgement.objects.count() == 2


def test_asm_5_after_reallocation_the_next_assessor_supersedes_what_they_saw(here, entry, version):
    (first,) = judge(entry, version, ["1.1"], outcome="not_yet", by=here.assessor)
    entry = allocate(here, "101", assessor=here.trainee)
    refused_as("ROLE", lambda: judge(entry, version, ["1.1"], by=here.assessor))
    (second,) = judge(entry, version, ["1.1"], by=here.trainee)
    assert second.supersedes == first


def test_asm_5_the_database_holds_one_first_judgement_of_a_criterion(here, entry, version):
    (made,) = judge(entry, version, ["1.1"], by=here.assessor)
    twin = Judgement.objects.get(pk=made.pk)
    twin.pk, twin.public_id = None, "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_asm_5_a_judgement_is_never_edited_or_deleted(here, entry, version):
    (made,) = judge(entry, version, ["1.1"], by=here.assessor)
    for statement in ("UPDATE assessments_judgement SET because = 'x'", "DELETE FROM assessments_judgement"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)
    assert Judgement.objects.get(pk=made.pk).because == made.because


def test_asm_7_not_yet_met_without_something_to_do_is_refused(here, entry, version):
    for missing in ({"todo": " "}, {"lacking": ()}):
        said = ruling(entry, "1.1", version, outcome="not_yet", **missing)
        refused_as("ASM-7", lambda said=said: actions.judge(entry=entry, rulings=[said], by=here.assessor))


def test_asm_7_not_yet_met_with_what_is_lacking_and_what_to_do_is_taken(here, entry, version):
    (made,) = judge(entry, version, ["1.1"], outcome="not_yet", by=here.assessor)
    assert (made.lacking, made.todo) == (["sufficient"], "Show a second occasion.")
    assert here.entry("101").criteria_not_yet == 1


def test_cat_7_a_criterion_that_has_lost_its_wording_is_neither_judged_nor_signed_off(here, entry, version):
    judge(entry, version, CODES, by=here.assessor)
    Criterion.objects.filter(unit=entry.unit, code="1.1").update(text="")
    again = ruling(entry, "1.2", version, outcome="not_yet")
    sentence = refused_as("CAT-7", lambda: actions.judge(entry=entry, rulings=[again], by=here.assessor))
    assert "1.1" in sentence
    refused_as("CAT-7", lambda: actions.sign_off(entry=entry, by=here.assessor))


def test_cat_7_with_the_wording_back_the_same_is_allowed(here, entry, version):
    Criterion.objects.filter(unit=entry.unit, code="1.1").update(text="")
    refused_as("CAT-7", lambda: judge(entry, version, CODES, by=here.assessor))
    Criterion.objects.filter(unit=entry.unit, code="1.1").update(text="Show it")
    judge(entry, version, CODES, by=here.assessor)
    assert actions.sign_off(entry=here.entry("101"), by=here.assessor)


def test_cat_7_a_unit_without_criteria_is_not_signed_off(here, entry):
    Criterion.objects.filter(unit=entry.unit).delete()
    refused_as("CAT-7", lambda: actions.sign_off(entry=entry, by=here.assessor))
