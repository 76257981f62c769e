"""Facts of a qualification, wherever and however a document prints them."""

import json

import pytest

from quals.specification.findings import Findings
from quals.specification.profiles.ages import age_in_sentences, minimum_of_range, run_together
from quals.specification.profiles.dates import find_date, next_day
from quals.specification.profiles.profile import (
    collect_profile,
    document_title,
    document_version,
    find_qan,
    read_awarding_organisation,
    read_evidence_kinds,
    read_facts,
)
from quals.specification.read import Line, numbered_lines
from quals.specification.refusal import NotASpecification
from quals.specification.structures.qualifications import read_qualifications

QAN = "900/0001/8"


def lines_of(*texts):
    return [Line(number, text) for number, text in enumerate("\n".join(texts).split("\n"), start=1)]


def facts_of(*texts, title="Level 3 Diploma in Kite Repair"):
    findings, lines = Findings(), lines_of(*texts)
    profile = collect_profile(lines)
    return read_facts(profile, lines, find_qan(profile, None, findings), title, findings), findings.as_list()


PEARSON_LIKE = (
    "Qualification title\tHarbour Level 3 Diploma in Kite Repair",
    f"Qualification Number (QN)\t{QAN}",
    "Regulation start date\t06/06/2014",
    "Operational start date\t01/09/2014",
    "Approved age ranges\t16-18",
    "\t19+",
    "\tSome people of other ages cannot take part.",
    "Total Qualification Time (TQT)\t1,550",
    "Guided learning hours\t289",
)


def test_a_table_of_facts_whose_cells_go_on_below():
    facts, findings = facts_of("TQT value added\tSection 2", "GLH range removed\tSection 12", *PEARSON_LIKE)
    assert facts["qan"] == QAN
    assert (facts["level"], facts["tqt"], facts["glh"], facts["minimum_age"]) == (3, 1550, 289, 16)
    assert (facts["first_registration"], facts["last_registration"]) == ("2014-09-01", None)
    assert findings == []


def test_last_dates_and_an_age_in_a_sentence():
    facts, findings = facts_of(
        "Qualification title and level\tLevel 4 Diploma in Kites",
        "Harbour qualification number\t5550-04",
        f"Qualification accreditation number\t{QAN}",
        "Last registration date\t31/07/2024",
        "Last certification date\t31 July 2027",
        "Age restrictions",
        "Centres cannot register candidates under the age of 18 for it.",
    )
    assert (facts["last_registration"], facts["last_certification"]) == ("2024-07-31", "2027-07-31")
    assert facts["minimum_age"] == 18
    assert findings == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Operational dates\t1 September 2014 to 31 August 2020", ("2014-09-01", "2020-08-31", None)),
        ("Last registration and certification dates\t31/08/2020 and 31/08/2023", (None, "2020-08-31", "2023-08-31")),
        ("Review date\t31 August 2020", (None, None, None)),
        ("Last registration date: 31-08-20", (None, "2020-08-31", None)),
    ],
)
def test_rows_of_dates(row, expected):
    facts, findings = facts_of(f"QAN: {QAN}", row)
    assert (facts["first_registration"], facts["last_registration"], facts["last_certification"]) == expected
    assert findings == []


@pytest.mark.parametrize(
    ("row", "severity", "code"),
    [
        ("Operational start date\tSeptember 2014", "note", "date-without-day"),
        ("Last registration date\t31 August 2020 (extended to 31 August 2021)", "error", "date-unread"),
    ],
)
def test_a_date_that_is_not_one_day_is_no_date(row, severity, code):
    facts, findings = facts_of(f"QAN: {QAN}", row)
    assert (facts["first_registration"], facts["last_registration"]) == (None, None)
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, severity, code)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Age ranges\tPre 16 no, 16-18 yes, 18+ yes, 19+ yes", 16),
        ("Age range\tPre-16\t16-18\t18+\t19+\n\tNo\tNo\tYes\tYes", 18),
        ("Learners must be at least 18 years old.", 18),
        ("The minimum age for this qualification is 16.", 16),
        ("Learners must achieve at least 18 credits.", None),
    ],
)
def test_ages_in_tables_of_yes_and_no_and_in_sentences(text, age):
    facts, _ = facts_of(f"Ofqual Qualification Number (QN)\t{QAN}", *text.split("\n"))
    assert (facts["qan"], facts["minimum_age"]) == (QAN, age)


def test_hours_in_a_sentence():
    facts, _ = facts_of(f"QAN: {QAN}", "The Total Qualification Time (TQT) for this qualification is 1,370 hours.")
    assert (facts["tqt"], facts["glh"]) == (1370, None)


def test_labels_in_paragraphs():
    facts, _ = facts_of(f"Qualification number: {QAN}", "**Guided learning hours:** 120", "Minimum age: 14")
    assert (facts["glh"], facts["minimum_age"]) == (120, 14)


CELL = "Level 1 Award – All Level 1 Certificate – 14+ Level 2 Certificate – All "
CELL += "Level 3 Diploma – 16+ Level 4 Diploma – 18+"


def test_ages_of_several_qualifications_run_together_in_one_cell():
    assert run_together(CELL) == [
        (1, "award", None),
        (1, "certificate", 14),
        (2, "certificate", None),
        (3, "diploma", 16),
        (4, "diploma", 18),
    ]
    for title, age in (
        ("Level 1 NVQ Certificate in Kites", 14),
        ("Level 4 Diploma in Kites", 18),
        ("Level 2 Certificate", None),
    ):
        facts, _ = facts_of(f"QAN\t{QAN}", f"Age group approved\t{CELL}", title=title)
        assert facts["minimum_age"] == age


def test_ages_that_contradict_each_other_are_a_warning():
    facts, findings = facts_of(
        f"QAN\t{QAN}", "Age range\t16+", "We cannot register anybody under 18 for the level 3 Diploma."
    )
    assert facts["minimum_age"] == 16
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(3, "warning", "age-differs")]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("16-18, 19+", 16),
        ("14+", 14),
        ("All", None),
        ("Pre-16, 16-18", None),
        ("No restriction", None),
        ("", None),
        ("18 plus", 18),
    ],
)
def test_ranges_of_ages(text, age):
    assert minimum_of_range(text) == age


def test_sentences_about_ages_are_about_the_qualifications_they_name():
    lines = lines_of(
        "Anybody may take the level 1 and 2 qualifications.",
        "Candidates under 16 cannot be registered for the level 3 Diploma.",
        "The level 4 and 5 Diplomas are not approved for under 18s.",
    )
    assert age_in_sentences(lines, 2, "Level 2 Certificate in Kites") is None
    assert age_in_sentences(lines, 3, "Level 3 Diploma in Kites") == (16, 2)
    assert age_in_sentences(lines, 3, "Level 3 Award in Kites") is None
    assert age_in_sentences(lines, 5, "Level 5 Diploma in Kites") == (18, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/9/2023", "2023-09-01"),
        ("01.09.2023", "2023-09-01"),
        ("1st September 2023", "2023-09-01"),
        ("on 2 Sept 2023 (extended)", "2023-09-02"),
        ("2023-09-30", "2023-09-30"),
        ("31/9/2023", None),
        ("September 2023", None),
        ("See the online catalogue", None),
    ],
)
def test_dates_in_figures_and_words(text, day):
    assert find_date(text) == day


def test_the_day_after():
    assert next_day("2023-12-31") == "2024-01-01"
    assert next_day("9999-12-31") is None


def test_a_date_that_no_calendar_has_is_an_error_and_a_pointer_is_not():
    _, findings = facts_of(
        f"QAN\t{QAN}", "Last registration date\t31/9/2024", "Last certification date\tSee the catalogue"
    )
    assert [(f["line"], f["severity"], f["code"]) for f in findings] == [(2, "error", "date-unread")]


def test_levels_that_contradict_each_other_are_a_warning():
    facts, findings = facts_of(f"QAN\t{QAN}", "Level\t4")
    assert facts["level"] == 4
    assert [(f["severity"], f["code"]) for f in findings] == [("warning", "level-differs")]


def test_a_number_whose_check_character_does_not_fit_is_a_warning():
    _, findings = facts_of("QAN\t900/0001/7")
    assert [(f["severity"], f["code"]) for f in findings] == [("warning", "qan-check")]


@pytest.mark.parametrize("texts", [("No number at all",), (f"{QAN} and", "600/7001/1 too")])
def test_no_certain_number_is_a_refusal(texts):
    with pytest.raises(NotASpecification):
        facts_of(*texts)


def test_the_only_number_of_the_cover_is_the_qualifications():
    facts, _ = facts_of("Level 3 Diploma in Kite Repair (5550-03)", QAN)
    assert facts["qan"] == QAN


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Issue 4", "Issue 4"),
        ("Version 2.0", "Version 2.0"),
        ("October 2017 Version 3.0", "3.0, October 2017"),
        ("Version 1.2 (May 2020)", "1.2, May 2020"),
        ("Issue number: 3", "Issue 3"),
        ("Specification v1.4", "Version 1.4"),
        ("Contents\nIssue 9", None),
    ],
)
def test_versions_of_the_title_page(text, version):
    assert document_version(lines_of("A title", text)) == version


def test_titles_with_and_without_heading_marks():
    assert document_title(lines_of("", "", "Kites (5550)", "# Contents"), "x") == "Kites (5550)"
    assert document_title(lines_of("", "Kites (5550)", "Level 3"), "x") == "Kites (5550)"
    assert document_title(lines_of(""), "x") == "x"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Awarding organisation\tHarbour Awards", "Harbour Awards"),
        ("Awarding Organisation: Harbour Awards Ltd", "Harbour Awards Ltd"),
        ("This qualification is regulated by Ofqual and awarded by Harbour Awards.", "Harbour Awards"),
        ("The awarding body for this qualification is Harbour Awards and the regulator is another.", "Harbour Awards"),
        ("All these qualifications are awarded by Harbour, a made-up body.", "Harbour"),
        ("Harbour & Sons unit number\tUnit title", "Harbour & Sons"),
        ("Unit reference number\tHarbour & Sons unit\tTitle", "Harbour & Sons"),
        ("Unit accreditation number\tUnit\tTitle", None),
        ("Total number\tLearner number", None),
    ],
)
def test_who_awards(text, name):
    assert read_awarding_organisation(lines_of("A title", text)) == name


def test_evidence_kinds_by_printed_abbreviation():
    findings = Findings()
    lines = lines_of(
        "Evidence may come in a variety of forms here:",
        "- watching somebody at work (O)",
        "- answers (Q&A)",
        "- what was made in a workshop (S) Unit 3 only",
        "- testimony of an expert witness (EWT)",
        "",
        "That was all.",
        "- questioning",
    )
    assert read_evidence_kinds(lines, findings) == ["O", "Q&A", "EWT", "S"]
    assert [(f["line"], f["severity"], f["code"]) for f in findings.as_list()] == [(4, "note", "evidence-kind-limited")]


@pytest.mark.parametrize("name", ["pearson-601-3478-1", "proqual-601-4756-8", "cg-3412"])
def test_profiles_as_in_the_facts(specifications, name):
    facts = json.loads((specifications.parent / "facts" / f"{name}.json").read_text(encoding="utf-8"))
    lines = numbered_lines((specifications / facts["source"]).read_bytes())
    for read, fact in zip(read_qualifications(lines, None, Findings()), facts["qualifications"], strict=True):
        known = [fact["title"], fact["qan"], fact["level"], fact["min_credits"], fact.get("tqt"), fact.get("glh")]
        assert [read.facts[n] for n in ("title", "qan", "level", "credits", "tqt", "glh")] == known
        limits = fact.get("age_limits") or {"min_age": 16}
        assert read.facts["minimum_age"] == limits.get("min_age", limits.get("min"))
        assert read.facts["first_registration"] in (fact.get("registration_start"), "2014-11-01")
    assert read_awarding_organisation(lines) == facts["awarding_organisation"]
    assert document_version(lines) in (facts.get("version"), f"Issue {facts['qualifications'][0].get('issue')}")


def test_dates_of_the_document_that_prints_last_ones(specifications):
    lines = numbered_lines(next(specifications.glob("003_*.txt")).read_bytes())
    (read,) = read_qualifications(lines, None, Findings())
    facts = {
        name: read.facts[name]
        for name in ("qan", "level", "credits", "minimum_age", "last_registration", "last_certification")
    }
    assert list(facts.values()) == ["500/8817/8", 4, 67, 18, "2014-07-31", "2017-07-31"]
    assert read_awarding_organisation(lines) == "City & Guilds"
    assert document_version(lines) == "Version 2.0"


def test_simulation_is_a_kind_of_evidence_unless_the_list_forbids_it():
    findings = Findings()
    head = "Evidence can include:"
    lines = lines_of(head, "- observation of work", "- simulation, where a unit lets it be used")
    assert read_evidence_kinds(lines, findings) == ["O", "S"]
    assert findings.as_list() == []
    assert read_evidence_kinds(lines_of(head, "- observation", "- simulation is not allowed"), findings) == ["O"]
    assert [(f["line"], f["severity"]) for f in findings.as_list()] == [(3, "warning")]
