"""Two people, or one in two windows, deciding the same thing at the same moment, on a database with real locks."""

from threading import Barrier, Thread

import pytest
from django.db import close_old_connections, connection

from assessments import actions
from assessments.models import Countersignature, Judgement, SignOff
from audit.models import Entry
from audit.rules import Refused
from portfolios import actions as portfolios
from tests.factories import judge, make_cast, ruling, submit_evidence, user_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def here(transactional_db):
    return make_cast().here


def at_once(*deeds) -> list:
    """Each deed in a thread of its own, all started together; what each returned, or the refusal."""
    barrier, results = Barrier(len(deeds)), [None] * len(deeds)

    def do(place, deed):
        close_old_connections()
        try:
            barrier.wait(timeout=10)
            results[place] = deed()
        except Refused as refused:
            results[place] = refused.refusal
        except Exception as broken:
            results[place] = broken
        finally:
            connection.close()

    threads = [Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def one_made_one_told(results, code: str = "ASM-5") -> None:
    refusals = [each for each in results if getattr(each, "code", None)]
    assert [each.code for each in refusals] == [code], results
    assert len([each for each in results if isinstance(each, list)]) == 1, results


def test_asm_5_two_windows_judge_the_same_criterion_at_once_and_one_is_told(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    met = ruling(entry, "1.1", version, because="I see it on page 1.")
    not_yet = ruling(entry, "1.1", version, outcome="not_yet", because="I do not see it.")
    one_made_one_told(
        at_once(
            lambda: actions.judge(entry=entry, rulings=[met], by=here.assessor),
            lambda: actions.judge(entry=entry, rulings=[not_yet], by=here.assessor),
        )
    )
    assert Judgement.objects.filter(entry=entry, superseded_by__isnull=True).count() == 1
    assert Entry.objects.filter(action="judge").count() == 1


def test_asm_5_two_windows_supersede_the_same_judgement_at_once_and_one_is_told(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    (first,) = judge(entry, version, ["1.1"], by=here.assessor)
    later = [ruling(entry, "1.1", version, outcome="not_yet", because=f"Reason {number}.") for number in (1, 2)]
    one_made_one_told(
        at_once(*(lambda said=said: actions.judge(entry=entry, rulings=[said], by=here.assessor) for said in later))
    )
    assert Judgement.objects.filter(supersedes=first).count() == 1
    assert Judgement.objects.count() == 2


def test_asm_5_an_assessor_and_the_one_the_unit_goes_to_leave_one_current_judgement(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    seen = ruling(entry, "1.1", version, because="Seen by the first.")
    also_seen = ruling(entry, "1.1", version, outcome="not_yet", because="Seen by the second.")

    def hand_over_and_judge():
        portfolios.allocate(
            registration=entry.registration,
            assessor=user_of(here.trainee),
            iqa=user_of(here.iqa),
            units=[entry.unit],
            by=here.administrator,
        )
        return actions.judge(entry=entry, rulings=[also_seen], by=here.trainee)

    first, second = at_once(lambda: actions.judge(entry=entry, rulings=[seen], by=here.assessor), hand_over_and_judge)
    refusals = [each.code for each in (first, second) if hasattr(each, "code")]
    assert refusals in (["ROLE"], ["ASM-5"]), (first, second)
    assert Judgement.objects.filter(entry=entry, superseded_by__isnull=True).count() == 1


def test_asm_5_a_double_click_makes_one_judgement(here):
    entry = here.entry("101")
    said = ruling(entry, "1.1", submit_evidence(here, entry))
    deed = lambda: actions.judge(entry=entry, rulings=[said], by=here.assessor)  # noqa: E731
    one, other = at_once(deed, deed)
    assert one == other
    assert Judgement.objects.count() == 1


def test_sign_off_and_countersign_pressed_twice_at_once_make_one_signature_each(here):
    entry = here.entry("101")
    judge(entry, submit_evidence(here, entry), by=here.assessor)
    deed = lambda: actions.sign_off(entry=entry, by=here.assessor)  # noqa: E731
    one, other = at_once(deed, deed)
    assert one == other
    assert SignOff.objects.count() == 1
    assert not Countersignature.objects.exists()


def test_asm_1_signing_off_while_a_criterion_is_judged_not_yet_met_never_stands_on_it(here):
    entry = here.entry("101")
    version = submit_evidence(here, entry)
    judge(entry, version, by=here.assessor)
    doubt = ruling(entry, "2.2", version, outcome="not_yet", because="On a second look it is not there.")
    signed, judged = at_once(
        lambda: actions.sign_off(entry=entry, by=here.assessor),
        lambda: actions.judge(entry=entry, rulings=[doubt], by=here.assessor),
    )
    state = here.entry("101").state
    if state == "signed_off":
        assert judged.code == "AUD-4"
    else:
        assert signed.code == "ASM-1"
        assert len(judged) == 1
