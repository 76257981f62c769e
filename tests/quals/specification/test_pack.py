"""The pack as a whole: findings about structure and pages, facts without wording, what is no valid pack."""

import copy

import pytest

from quals.specification import InvalidPack, document_lines, facts_only, read_specification, validate
from quals.specification.checks import qan_check_character, uan_check_character


def codes(pack, severity="error"):
    return [finding["code"] for finding in pack["findings"] if finding["severity"] == severity]


def changed(document, *changes):
    text = document.decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_specification(text.encode(), "changed.txt")


def test_check_characters_of_known_numbers():
    assert qan_check_character("601/4756") == "8"
    assert qan_check_character("600/1135") == "X"
    assert uan_check_character("506/2153") == "D"


def test_lines_are_split_at_line_feeds_only():
    assert document_lines("one\r\ntwo\x0bstill two\u2028still two\nthree".encode())[0] == "one"
    assert len(document_lines("one\r\ntwo\x0bstill two\u2028still two\nthree".encode())) == 3


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (("900/0001/8", "900/0001/7"), "qan-check", "warning"),
        (
            ("### Keep a community bicycle workshop safe", "### Keep a workshop safe"),
            "title-differs",
            "warning",
        ),
        (("### Keep a community", "### Keep A Community"), "title-differs", "note"),
        (("Minimum age\t16", "Minimum age\t16 to 18"), "profile-unread", "error"),
        (("1/9/2023", "31/9/2023"), "date-unread", "error"),
        (("H/900/0178\tPrinciples", "J/900/0178\tPrinciples"), "uan-check", "warning"),
        (("H/900/0178\tPrinciples", "J/900/0178\tPrinciples"), "uan-differs", "warning"),
        (("H/900/0178\tPrinciples", "J/900/0178\tOther principles"), "unit-page-missing", "warning"),
        (("H/900/0178\tPrinciples", "J/900/0178\tOther principles"), "unit-not-in-structure", "warning"),
        (("H/900/0178\tPrinciples", "J/900/0178\tOther principles"), "unit-figures-missing", "error"),
        (("workshop\t3\t3\t16", "workshop\t3\t\t16"), "structure-row-unread", "error"),
        (("H/900/0178\tPrinciples", "A/900/0171\tPrinciples"), "unit-listed-twice", "error"),
        (("## Unit H/900/0178", "## Unit A/900/0171"), "unit-pages-twice", "error"),
        (("- 13 credits from", "- 12 credits from"), "mandatory-credits-differ", "warning"),
        (("- at least 12 credits from", "- at least 12 good credits from"), "rule-unread", "error"),
        (("- 3.3 Clear", "## Who we are\n\n- 3.3 Clear"), "text-left-over", "error"),
        (
            ("[www.harbour-awards.example](http://www.harbour-awards.example)", ""),
            "document-end-missing",
            "error",
        ),
        (("- professional discussion", "- dance"), "evidence-kind-unread", "note"),
        (("<b>Group C Optional", "<b>Group B Optional"), "group-twice", "error"),
        (
            ("<b>Group A Mandatory Units – all units must be completed</b>\t\t\t\t\n", ""),
            "structure-row-unread",
            "error",
        ),
        (
            ("<b>Group C Optional", "<b>Group C Units – at least 3 credits</b>\t\n<b>Group D Optional"),
            "group-empty",
            "error",
        ),
    ],
)
def test_what_a_careful_person_wants_to_know_is_a_finding(demonstration, change, code, severity):
    assert code in codes(changed(demonstration, change), severity)


def test_a_unit_without_pages_keeps_its_place_without_outcomes(demonstration):
    pack = changed(demonstration, ("H/900/0178\tPrinciples", "J/900/0178\tOther principles"))
    unit = next(unit for unit in pack["units"] if unit["uan"] == "J/900/0178")
    assert (unit["credit"], unit["outcomes"]) == (3, [])


def test_criteria_behind_a_heading_that_cuts_the_unit_are_noticed(demonstration):
    pack = changed(demonstration, ("- 3.3 Clear", "## Who we are\n\n- 3.3 Clear"))
    assert codes(pack).count("text-left-over") == 2


def test_dates_and_ages_of_a_fuller_profile(demonstration):
    ends = "Qualification end date\t31 August 2027\nCertification end date\t31/8/2030\n"
    pack = changed(demonstration, ("Qualification end date\t\n", ends), ("Minimum age\t16", "Minimum age:\t18+"))
    facts = pack["qualifications"][0]
    assert (facts["last_registration"], facts["last_certification"]) == ("2027-08-31", "2030-08-31")
    assert facts["minimum_age"] == 18


def test_all_kinds_of_evidence_where_no_list_can_be_read(demonstration):
    pack = changed(demonstration, ("Evidence can include:", "Evidence is discussed with the assessor."))
    assert pack["qualifications"][0]["evidence_kinds"] == ["O", "Q&A", "P", "RA", "PD", "WT", "EWT", "RPL"]


def test_only_the_kinds_of_evidence_that_are_listed(demonstration):
    pack = changed(demonstration, ("- a reflective account written soon after the event\n", ""))
    assert "RA" not in pack["qualifications"][0]["evidence_kinds"]


def test_facts_only_keeps_everything_but_the_wording(demonstration_pack):
    before = copy.deepcopy(demonstration_pack)
    facts = facts_only(demonstration_pack)
    assert demonstration_pack == before
    validate(facts)
    assert facts["source"]["wording"] is False
    for unit, other in zip(facts["units"], before["units"], strict=True):
        assert unit["title"] == other["title"]
        for outcome, known in zip(unit["outcomes"], other["outcomes"], strict=True):
            assert outcome["text"] == ""
            assert (outcome["number"], outcome["kind"]) == (known["number"], known["kind"])
            assert [c["code"] for c in outcome["criteria"]] == [c["code"] for c in known["criteria"]]
            assert {c["text"] for c in outcome["criteria"]} == {""}


def test_facts_only_empties_evidence_requirements(demonstration_pack):
    pack = copy.deepcopy(demonstration_pack)
    requirement = {"number": 1, "kind": "coverage", "text": "Show", "choose": 1, "of": ["one", "two"]}
    pack["units"][0]["evidence_requirements"] = [requirement]
    facts = facts_only(pack)
    validate(facts)
    assert facts["units"][0]["evidence_requirements"] == [requirement | {"text": "", "of": ["", ""]}]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda pack: pack.update(format="other/1"), "format"),
        (lambda pack: pack["units"][0].update(credit=0), "credit"),
        (lambda pack: pack["units"][0].update(colour="red"), "colour"),
        (lambda pack: pack["qualifications"][0].update(first_registration="1/9/2023"), "first_registration"),
        (lambda pack: pack["units"].append(pack["units"][0]), "twice"),
        (lambda pack: pack["units"].pop(), "not in the pack"),
        (lambda pack: pack["qualifications"][0]["rules"][2].update(of={"groups": ["Z"]}), "group Z"),
        (lambda pack: pack["qualifications"][0]["rules"][4].update(confidence="disputed"), "alternative"),
        (lambda pack: pack["qualifications"][0]["rules"][4].update(confidence="confirmed"), "confirmed"),
    ],
)
def test_a_pack_that_does_not_hold_together_is_refused_with_the_place(demonstration_pack, damage, words):
    pack = copy.deepcopy(demonstration_pack)
    damage(pack)
    with pytest.raises(InvalidPack, match=words):
        validate(pack)


LISTING = """Unit\tUnit reference number\tUnit title\tLevel\tCredit\tGuided learning hours
101\tD/900/0101\tPaint a boat\t2\t4\t30
102\tJ/900/0108\tSand the hull of a boat\t2\t4\t30
103\tD/900/0115\tLaunch a boat\t2\t4\t30
"""
UNITS = [("101", "D/900/0101", "Paint a boat"), ("102", "J/900/0108", "Sand the hull of a boat")]
UNITS += [("103", "D/900/0115", "Launch a boat")]
PAGE = """Unit {number}

{title}

UAN:\t{uan}
Level:\tLevel 2
Credit value:\t4
GLH:\t30

Learning outcome\tThe learner will:
1\tBe able to begin
Assessment criteria
The learner can:
1.1 Begin at one end\t
1.2 Stop at the other\t
"""
PARTS = ["The awarding organisation for these qualifications is Harbour Awards.\n", LISTING]
PARTS += [PAGE.format(number=number, uan=uan, title=title) for number, uan, title in UNITS]
PARTS += ["Appendix 1 Where to find more\n\nNowhere else."]
PACK_OF_UNITS = "\n".join(PARTS).encode()


def found(pack):
    return [(f["code"], f["severity"], f["subject"]) for f in pack["findings"]]


def test_a_pack_of_units_has_no_qualification():
    pack = read_specification(PACK_OF_UNITS, "units.txt")
    assert pack["qualifications"] == []
    assert [(u["key"], u["uan"], u["credit"], u["glh"]) for u in pack["units"]] == [
        ("101", "D/900/0101", 4, 30),
        ("102", "J/900/0108", 4, 30),
        ("103", "D/900/0115", 4, 30),
    ]
    assert [len(unit["outcomes"][0]["criteria"]) for unit in pack["units"]] == [2, 2, 2]
    assert found(pack) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("102\tJ/900/0108\tSand", "102\tJ/900/0108\tsand", ("title-differs", "note", "unit 102")),
        ("102\tJ/900/0108\tSand", "102\tJ/900/0108\tScrape", ("title-differs", "warning", "unit 102")),
        ("of a boat\t2\t4\t30", "of a boat\t3\t4\t30", ("level-differs", "warning", "unit 102")),
        ("of a boat\t2\t4\t30", "of a boat\t2\t5\t30", ("credit-differs", "warning", "unit 102")),
        ("of a boat\t2\t4\t30", "of a boat\t2\t4\t31", ("glh-differs", "warning", "unit 102")),
        ("\nAppendix 1 Where to find more\n\nNowhere else.", "", ("document-end-missing", "error", "unit 103")),
        ("UAN:\tJ/900/0108\n", "UAN:\tJ/900/01/08\n", ("uan-repaired", "note", "unit J/900/0108")),
        ("Unit 103\n", "Unit 102\n", ("unit-heading-lost", "note", "unit 103")),
    ],
)
def test_a_table_that_says_otherwise_than_the_page_is_a_finding(old, new, expected):
    text = PACK_OF_UNITS.decode()
    assert old in text
    assert found(read_specification(text.replace(old, new, 1).encode(), "units.txt")) == [expected]


def test_two_units_that_share_a_reference_number_keep_their_own_keys():
    text = PACK_OF_UNITS.decode().replace("J/900/0108", "D/900/0101")
    pack = read_specification(text.encode(), "units.txt")
    assert [(u["key"], u["uan"]) for u in pack["units"]][:2] == [("101", "D/900/0101"), ("102", "D/900/0101")]
    validate(pack)


def test_figures_that_a_page_lost_come_from_the_tables():
    text = PACK_OF_UNITS.decode().replace("Level:\tLevel 2\nCredit value:\t4\nGLH:\t30\n", "", 1)
    unit = read_specification(text.encode(), "units.txt")["units"][0]
    assert (unit["level"], unit["credit"], unit["glh"]) == (2, 4, 30)


def test_a_unit_on_a_page_that_the_structure_does_not_list_is_kept_with_a_warning(demonstration):
    page = PAGE.format(number="D/900/0801", uan="D/900/0801", title="Row a boat")
    pack = changed(demonstration, ("## Unit H/900/0164", f"## {page}\n\n## Unit H/900/0164"))
    assert "D/900/0801" in [unit["key"] for unit in pack["units"]]
    assert ("unit-not-in-structure", "warning", "unit D/900/0801") in found(pack)


def test_many_units_without_pages_are_only_noted(demonstration):
    text = demonstration.decode()
    start, end = text.index("## Unit L/900/0143"), text.index("## Unit H/900/0178")
    pack = read_specification((text[:start] + text[end:]).encode(), "x")
    missing = [f for f in pack["findings"] if f["code"] == "unit-page-missing"]
    assert [f["severity"] for f in missing] == ["note"] * 5
    assert [unit["outcomes"] for unit in pack["units"]].count([]) == 5


def test_progress_is_told_from_beginning_to_end(demonstration):
    told = []
    read_specification(demonstration, "x", lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    assert len(told) > 12


def test_a_part_that_would_make_the_pack_invalid_is_left_out_and_said(demonstration):
    pack = changed(demonstration, ("- 3.3 Clear spills", "- 3.99 Clear\n- 3.100 Spill"))
    validate(pack)
    assert any(f["severity"] == "error" for f in pack["findings"])
