"""REG-1 and REG-2 as the catalogue knows them: the dates of a qualification and the learner's age."""

from datetime import date

import pytest

from quals.rules import age_on, refuse_register_on
from tests.quals.builders import a_pack, load, the_qualification

ADULT = date(1990, 5, 1)


@pytest.fixture
def qualification(db):
    return the_qualification(load(a_pack()))


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (date(2020, 8, 31), False),
        (date(2020, 9, 1), True),
        (date(2030, 8, 31), True),
        (date(2030, 9, 1), False),
    ],
)
def test_reg_1_registration_is_open_from_the_first_day_to_the_last(qualification, day, allowed):
    refusal = refuse_register_on(qualification=qualification, born_on=ADULT, day=day)
    assert (refusal is None) == allowed
    if refusal:
        assert refusal.code == "REG-1"
        assert ("1 September 2020" in refusal.sentence) or ("31 August 2030" in refusal.sentence)


def test_reg_1_without_dates_any_day_will_do(db):
    pack = a_pack()
    pack["qualifications"][0] |= {"first_registration": None, "last_registration": None}
    qualification = the_qualification(load(pack))
    assert refuse_register_on(qualification=qualification, born_on=ADULT, day=date(2035, 1, 1)) is None


def test_reg_1_a_draft_takes_no_registrations(db):
    qualification = the_qualification(load(a_pack(), publish=False))
    refusal = refuse_register_on(qualification=qualification, born_on=ADULT, day=date(2024, 1, 1))
    assert refusal.code == "REG-1"


@pytest.mark.parametrize(
    ("born_on", "day", "allowed"),
    [
        (date(2008, 6, 15), date(2024, 6, 14), False),
        (date(2008, 6, 15), date(2024, 6, 15), True),
        (date(2008, 2, 29), date(2024, 2, 28), False),
        (date(2008, 2, 29), date(2024, 2, 29), True),
    ],
)
def test_reg_2_minimum_age_counts_on_the_day_of_registration(qualification, born_on, day, allowed):
    refusal = refuse_register_on(qualification=qualification, born_on=born_on, day=day)
    assert (refusal is None) == allowed
    if refusal:
        assert refusal.code == "REG-2"
        assert "16 or older" in refusal.sentence
        assert "this one is 15" in refusal.sentence


def test_reg_2_without_a_minimum_age_nobody_is_too_young(db):
    pack = a_pack()
    pack["qualifications"][0]["minimum_age"] = None
    qualification = the_qualification(load(pack))
    day = date(2024, 1, 1)
    assert refuse_register_on(qualification=qualification, born_on=date(2015, 1, 1), day=day) is None


@pytest.mark.parametrize(("day", "age"), [(date(2025, 2, 28), 16), (date(2025, 3, 1), 17), (date(2028, 2, 29), 20)])
def test_reg_2_born_on_29_february_is_a_year_older_on_1_march_of_common_years(day, age):
    assert age_on(born_on=date(2008, 2, 29), day=day) == age
