"""A document is cut into unit pages, whatever heading block its house style has and whatever of it is lost."""

import time

import pytest

from quals.specification.findings import Findings
from quals.specification.pages.pages import cut_pages
from quals.specification.read import Line, numbered_lines
from quals.specification.structures.listings import Listed

LISTED = [
    Listed("101", "D/900/0101", "Paint a boat"),
    Listed("102", "J/900/0108", "Sand the hull of a boat"),
    Listed("103", "D/900/0115", "Launch a boat"),
]
CRITERIA = "1 Be able to begin\t1.1 Do this\n\t1.2 Do that\n2 Be able to end\t2.1 Do more"


def block(form, number, uan, title, level=2, credit=4):
    return FORMS[form].format(number=number, uan=uan, title=title, level=level, credit=credit)


FORMS = {
    "uan_heading": "## Unit {uan}\n\n### {title}\n",
    "uan_heading_with_title": "## Unit {uan} {title}\n",
    "rows": "Unit {number}\n\n{title}\n\nUAN:\t{uan}\nLevel:\tLevel {level}\nCredit value:\t{credit}\nGLH:\t9\n",
    "lines": "Unit {number}\n\n{title}\n\nLevel: {level}\n\nCredit value: {credit}\n\nNDAQ number: {uan}\n",
    "bold": "## Unit {number}\n\n# {title}\n\n**Level:** {level}  \n**Credit value:** {credit}\n**UAN:** {uan}\n",
    "one_line": "**Unit {number} {title}**\n\nUAN: {uan}  Level: {level}  Credit value: {credit}  GLH: 9\n",
    "colon": "Unit {number}: {title}\n\nUnit reference number: {uan}\n\nLevel: {level}\n\nCredit value: {credit}\n",
    "pipes": "## Unit {number} {title}\n\n| Level: | {level} |\n| Credit value: | {credit} |\n| UAN: | {uan} |\n",
}
UNITS = [(entry.number, entry.uan, entry.title) for entry in LISTED]


def cut(text, listed=LISTED):
    findings = Findings()
    lines = [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]
    pages, outside = cut_pages(lines, listed, findings)
    return pages, outside, findings.as_list()


def document(form, **changes):
    parts = ["1 About this handbook\n\nUnit 101 and Unit 102 belong together.\n"]
    for number, uan, title in UNITS:
        parts.append(changes.get(f"unit{number}", block(form, number, uan, title)) + f"\n{CRITERIA}\n")
    return "\n".join(parts)


def names(pages):
    return [(page.number, page.uan, page.title) for page in pages]


@pytest.mark.parametrize("form", FORMS)
def test_pages_are_found_in_each_heading_block(form):
    pages, _, findings = cut(document(form))
    assert names(pages) == UNITS
    assert findings == []
    if not form.startswith("uan_heading"):
        assert [(page.level, page.credit) for page in pages] == [(2, 4)] * 3


@pytest.mark.parametrize("form", FORMS)
def test_every_line_is_on_one_page_or_outside(form):
    text = document(form)
    pages, outside, _ = cut(text)
    numbers = [line.number for page in pages for line in page.lines] + [line.number for line in outside]
    assert sorted(numbers) == list(range(1, text.count("\n") + 2))
    assert all(page.lines[0].number == page.line for page in pages)


@pytest.mark.parametrize("form", ["rows", "lines", "bold", "colon"])
def test_a_lost_heading_is_named_by_what_is_listed(form):
    lost = block(form, *UNITS[1]).split("\n\n")
    lost = "\n\n".join(lost[1:] if form == "colon" else lost[2:])
    pages, _, findings = cut(document(form, unit102=lost))
    assert names(pages) == UNITS
    assert [(f["code"], f["severity"], f["subject"]) for f in findings] == [("unit-heading-lost", "note", "unit 102")]


def test_a_lost_heading_is_named_by_the_order_where_no_uan_is_listed():
    listed = [Listed(entry.number, None, entry.title) for entry in LISTED]
    lost = "Level: 2\n\nCredit value: 4\n\nNDAQ number: J/900/0108\n"
    for unit in ("unit101", "unit102", "unit103"):
        pages, _, _ = cut(document("lines", **{unit: lost}), listed)
        assert [page.number for page in pages] == ["101", "102", "103"]
        assert [page.title for page in pages] == [title for _, _, title in UNITS]


def test_a_lost_heading_between_more_than_one_unit_is_not_guessed():
    listed = [*(Listed(entry.number, None, entry.title) for entry in LISTED), Listed("104", None, "Row a boat")]
    lost = "Level: 2\n\nCredit value: 4\n\nNDAQ number: J/900/0108\n"
    text = document("lines", unit102=lost).replace("Unit 103\n", "Unit 104\n").replace("Launch", "Row")
    pages, _, findings = cut(text, listed)
    assert [page.number for page in pages] == ["101", None, "104"]
    assert "unit-title-missing" in [finding["code"] for finding in findings]


@pytest.mark.parametrize(
    "heading", ["# Unit 102      Sand the hull of a boat", "## **Unit 102            Sand the hull**"]
)
def test_a_repeated_heading_is_no_new_page_and_names_a_page_without_one(heading):
    lost = f"**Level:** 2\n**Credit value:** 4\n**UAN:** J/900/0108\n\n{heading}\n"
    pages, _, _ = cut(document("bold", unit102=lost), [])
    assert [page.number for page in pages] == ["101", "102", "103"]
    assert pages[1].title.startswith("Sand the hull")


def test_a_heading_repeated_before_the_next_block_stays_with_its_unit():
    text = document("rows").replace(
        "Unit 102", "## Unit 101\n\n### Evidence requirements\n\nNone at all.\n\nUnit 102", 1
    )
    text = text.replace("Unit 102\n\nSand the hull of a boat\n\n", "")
    pages, _, _ = cut(text)
    assert names(pages) == UNITS


def test_a_heading_whose_block_is_lost_begins_a_page():
    pages, _, _ = cut(document("rows", unit102="Unit 102\n\nSand the hull of a boat\n"))
    assert [page.number for page in pages] == ["101", "102", "103"]
    assert pages[1].title == "Sand the hull of a boat"
    assert (pages[1].uan, pages[1].level) == (None, None)


def test_a_title_whose_unit_line_is_lost_begins_a_page():
    pages, _, _ = cut(document("uan_heading", unit102="### Sand the hull of a boat\n"))
    assert [page.uan for page in pages] == ["D/900/0101", "J/900/0108", "D/900/0115"]


@pytest.mark.parametrize(
    "noise",
    [
        "Unit 101: Paint a boat\nUnit 102: Sand the hull of a boat\n",
        "- Unit 101: Paint a boat\n- Unit 102: Sand the hull of a boat\n",
        "Unit 101\tPaint a boat\t12\nUnit 102\tSand the hull of a boat\t15\n",
        "Unit 102: Sand the hull of a boat\t\nLength of the test\t45 minutes\n",
        "Level\n\nAll units have a level.\n\nCredit value\n\nThe smallest credit value is 1.\n",
        "Level\t3\nTotal qualification time\t370 hours\nGuided learning hours\t196\n",
    ],
)
def test_what_only_looks_like_a_unit_begins_no_page(noise):
    pages, outside, _ = cut(noise + "\n" + document("colon"))
    assert names(pages) == UNITS
    assert outside[0].number == 1
    pages, _, _ = cut(document("colon").replace("Unit 102", noise + "\nUnit 102", 1))
    assert names(pages) == UNITS


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Unit 7: Sand the hull\n\nof a boat\n", "Sand the hull of a boat"),
        ("Unit 7: Sand\nthe hull\n\nof a boat\n", "Sand the hull of a boat"),
        ("Unit 7: Sand the re-\n\npaired hull\n", "Sand the re-paired hull"),
        ("Unit 7: Sand the re- paired hull\n", "Sand the re-paired hull"),
        (
            "Unit 7\n\nSand the hull\n\nThis unit replaces unit 6. Learners who began before 2020 use unit 6.\n",
            "Sand the hull",
        ),
    ],
)
def test_a_title_broken_over_lines_is_one(printed, title):
    pages, _, findings = cut(f"{printed}\nUnit reference number: J/900/0108\n\nLevel: 2\n\n{CRITERIA}", [])
    assert names(pages) == [("7", "J/900/0108", title)]
    assert findings == []


@pytest.mark.parametrize(
    ("heading", "mark", "title"),
    [
        ("Unit 102* **Sand the hull of a boat**", "*", "Sand the hull of a boat"),
        ("Unit 102** **Sand the hull of a boat**", "**", "Sand the hull of a boat"),
        ("**Unit 102** **Sand the hull of a boat**", "", "Sand the hull of a boat"),
        ("Unit 102 **Sand the hull of a boat**", "", "Sand the hull of a boat"),
        ("## **Unit 102            Sand the hull of a boat**", "", "Sand the hull of a boat"),
        ("Unit 102 Sand the hull of a boat†", "†", "Sand the hull of a boat"),
    ],
)
def test_a_footnote_mark_is_told_from_bold_print(heading, mark, title):
    pages, _, _ = cut(f"{heading}\n\nUAN:\tJ/900/0108\nLevel:\tLevel 2\n\n{CRITERIA}")
    assert [(page.number, page.mark, page.title) for page in pages] == [("102", mark, title)]


def test_two_units_with_one_uan_are_two_pages():
    text = document("rows").replace("J/900/0108", "D/900/0101")
    pages, _, _ = cut(text)
    assert [(page.number, page.uan) for page in pages][:2] == [("101", "D/900/0101"), ("102", "D/900/0101")]


def test_a_misprinted_uan_is_repaired_where_the_tables_settle_it():
    pages, _, findings = cut(document("rows").replace("J/900/0108", "J/900/01/08"))
    assert names(pages) == UNITS
    assert [(f["code"], f["printed"], f["read"]) for f in findings] == [("uan-repaired", "J/900/01/08", "J/900/0108")]


def test_a_uan_that_cannot_be_read_is_a_warning():
    pages, _, findings = cut(document("rows").replace("J/900/0108", "J/900/01"))
    assert [page.uan for page in pages] == ["D/900/0101", None, "D/900/0115"]
    assert [(f["code"], f["severity"]) for f in findings] == [("uan-unread", "warning")]


def test_hours_are_read_from_their_sentence():
    pages, _, _ = cut(
        document("lines").replace(CRITERIA, f"It is recommended that **47** hours are allowed.\n{CRITERIA}")
    )
    assert [page.glh for page in pages] == [47, 47, 47]


@pytest.mark.parametrize(
    "part",
    [
        "Appendix 1 Where to find more",
        "## Appendix 1 Where to find more",
        "Annexe A: How boats are assessed",
        "Annex B",
        "2 Where to find more",
    ],
)
def test_the_last_page_ends_where_another_part_begins(part):
    contents = "Unit 103\tLaunch a boat\t12\n2\tWhere to find more\t14\n\n"
    text = contents + document("lines") + f"\n{part}\n\n1.1 is no criterion here"
    pages, outside, _ = cut(text)
    assert "part" not in pages[-1].lines[-1].text
    assert outside[-3].text == part


def test_another_heading_of_the_units_rank_ends_a_page():
    text = document("uan_heading") + "\n## Who we are\n\nWe are far away."
    _, outside, _ = cut(text)
    assert [line.text for line in outside[-3:]] == ["## Who we are", "", "We are far away."]


def test_a_text_without_units_has_no_pages():
    pages, outside, _ = cut("Nothing here.\n\nUnit 101 is mentioned.")
    assert (pages, len(outside)) == ([], 3)


@pytest.mark.parametrize(
    "line",
    ["Unit 5: Boat", "Level: 3", "UAN: D/900/0101", "Unit D/900/0101", "1.1 Paint", "# Paint a boat",
     "Unit reference number", "Unit " * 40, "**" * 100, "Level: " * 30, "\t" * 200, "- " * 100],
)  # fmt: skip
def test_hostile_repetition_is_cut_in_good_time(line):
    lines = [Line(number, line) for number in range(1, 20_001)]
    begun = time.process_time()
    cut_pages(lines, LISTED, Findings())
    assert time.process_time() - begun < 3


def test_known_documents_are_cut_where_people_cut_them(specifications):
    counts = {}
    for path in sorted(specifications.glob("00?_*.txt")):
        pages, _ = cut_pages(numbered_lines(path.read_bytes()), [], Findings())
        counts[path.name[:3]] = len(pages)
    assert counts == {"000": 20, "001": 45, "002": 34, "003": 17, "004": 43}
