"""Groups and their units out of every layout of a table."""

import pytest

from quals.specification.structures.listings import Listed, read_listings
from tests.quals.specification.structuring import (
    HEAD,
    ROWS,
    U1,
    U2,
    U3,
    U4,
    codes,
    lines_of,
    qualifications,
    structures,
)


def places(structure):
    return [(p.group, p.number, p.uan, p.title, p.level, p.credit, p.glh, p.mark) for p in structure.places]


EXPECTED = [
    ("A", "101", U1, "Mend a kite", 2, 4, 20, ""),
    ("A", "102", U2, "Fly a kite safely", 2, 2, 10, ""),
    ("B", "201", U3, "Teach others to fly", 3, 5, 30, ""),
    ("B", "202", U4, "Build a box kite", 3, 6, 25, ""),
]
PIPES = [f"| {row.replace(chr(9), ' | ')} |" for row in ROWS]
LAYOUTS = {
    "title in the first cell": [
        HEAD,
        "Mandatory Group A\t\t\t\t\t",
        *ROWS[:2],
        "Optional Group B\t\t\t\t\t",
        *ROWS[2:],
    ],
    "title in the third cell": [
        HEAD,
        "\t\tMandatory Group A\t\t\t",
        *ROWS[:2],
        HEAD,
        "\t\tOptional Group B\t\t\t",
        *ROWS[2:],
    ],
    "title as a paragraph": [
        "Mandatory Group A: all units",
        "",
        HEAD,
        *ROWS[:2],
        "",
        "Optional Group B",
        "",
        HEAD,
        *ROWS[2:],
    ],
    "title as a heading": [
        "### Mandatory Units – Group A",
        "",
        HEAD,
        *ROWS[:2],
        "",
        "### Group B Optional Units",
        "",
        HEAD,
        *ROWS[2:],
    ],
    "page break in a group": [
        HEAD,
        "Mandatory Group A\t\t",
        ROWS[0],
        "",
        HEAD,
        ROWS[1],
        "Optional Group B\t\t",
        *ROWS[2:],
    ],
    "pipes": [
        "Mandatory Group A",
        "",
        f"| {HEAD.replace(chr(9), ' | ')} |",
        "|---|---|---|---|---|---|",
        *PIPES[:2],
        "Optional Group B",
        PIPES[2],
        PIPES[3],
    ],
    "bullets": [
        HEAD,
        "Mandatory Group A\t\t",
        ROWS[0],
        f"- {PIPES[1]}",
        "Optional Group B\t\t",
        *[f"- {row}" for row in PIPES[2:]],
    ],
    "run together": [
        HEAD,
        "Mandatory Group A\t\t",
        ROWS[0],
        ROWS[1].replace("\t", " "),
        "Optional Group B\t\t",
        ROWS[2],
        f"- {ROWS[3].replace(chr(9), ' ')}",
    ],
    "bold and no-break spaces": [
        f"<b>{HEAD}</b>".replace("\t", "</b>\t<b>"),
        "**Mandatory Group A**\t\t",
        *[row.replace(" ", "\u00a0") for row in ROWS[:2]],
        "<b>Optional  Group B</b>\t\t",
        *ROWS[2:],
    ],
    "column order": [
        "No.\tURN\tTitle\tCredits\tLevel\tGuided learning hours",
        "Mandatory Group A\t\t",
        *["\t".join((c[1], c[0], c[2], c[5], c[3], c[4])) for c in (row.split("\t") for row in ROWS[:2])],
        "Optional Group B\t\t",
        *["\t".join((c[1], c[0], c[2], c[5], c[3], c[4])) for c in (row.split("\t") for row in ROWS[2:])],
    ],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_of_every_group_in_each_layout(name):
    text = "\n".join(["## Qualification structure", "", *LAYOUTS[name], "", "## Centres", "", "Everyone is welcome."])
    (structure,), findings = structures(text)
    assert places(structure) == EXPECTED
    assert [group.kind for group in structure.groups] == ["mandatory", "optional"]
    assert findings == []


@pytest.mark.parametrize(
    "heading", ["Structure", "1.1 Qualification structure", "4 Qualification Structure", "Rules of combination"]
)
def test_the_structure_ends_at_the_next_heading_without_heading_marks(heading):
    body = LAYOUTS["title in the first cell"]
    text = "\n".join([heading, "", *body, "", "2 Centre requirements", "", "All units must be taken in one year."])
    (structure,), _ = structures(text)
    assert places(structure) == EXPECTED
    assert structure.sentences == []


def test_rules_behind_the_tables_still_belong_to_the_structure():
    text = "\n".join(
        ["Structure", "", *LAYOUTS["title in the first cell"], "", "At least 5 credits from Group B.", "", "Approval"]
    )
    (structure,), _ = structures(text)
    assert [(s.text, s.line) for s in structure.sentences] == [("At least 5 credits from Group B.", 11)]


def test_groups_under_column_heads_get_letters_in_order():
    head = "Harbour Awards unit number\t{}\tLevel\tCredit\tGLH"
    text = "\n".join(
        [
            "Contents",
            "Unit 401\tSail a kite\t9",
            "Unit 402\tLand a kite\t12",
            "1.1 Qualification structure",
            head.format("Mandatory Units - Foundations"),
            "5550-401\tSail a kite (K1)\t4\t9\t40",
            head.format("Optional Units - Wind and Weather"),
            "5550-402\tLand a kite (K2)\t4\t8\t30",
            "",
            head.format("Optional Units - Wind and Weather"),
            "5550-303\tRead the clouds (W7)\t3\t7\t30",
        ]
    )
    (structure,), findings = structures(text)
    assert [(g.code, g.title, g.kind, g.line) for g in structure.groups] == [
        ("A", "Mandatory Units - Foundations", "mandatory", 5),
        ("B", "Optional Units - Wind and Weather", "optional", 7),
    ]
    assert places(structure) == [
        ("A", "401", None, "Sail a kite", 4, 9, 40, ""),
        ("B", "402", None, "Land a kite", 4, 8, 30, ""),
        ("B", "303", None, "Read the clouds", 3, 7, 30, ""),
    ]
    assert codes(findings) == [
        (5, "note", "group-lettered"),
        (6, "note", "number-prefix"),
        (6, "note", "standard-in-title"),
    ]


def test_marks_and_prefixes_stay_where_the_document_prints_them_throughout():
    text = "Structure\n\nUnit number\tOptional Units - Wind\tLevel\tCredit\n5550-401\tSail a kite (K1)\t4\t9"
    (structure,), _ = structures(text)
    assert [(place.key, place.title) for place in structure.places] == [("5550-401", "Sail a kite (K1)")]


def test_an_optional_group_under_mandatory_columns_stays_optional_with_a_note():
    head = "Unit\tUnit reference number\tMandatory units\tLevel\tCredit\tGuided learning hours"
    rows = [f"1\t{U1}\tMend a kite\t2\t4\t20", f"2\t{U2}\tFly a kite safely\t2\t2\t10"]
    text = "\n".join(
        [
            "4 Qualification structure",
            "Mandatory Group A: Candidates take 4 credits from this group.",
            head,
            rows[0],
            "Optional Group B: No more than 2 credits from this group.",
            head,
            rows[1],
        ]
    )
    (structure,), findings = structures(text)
    assert [(g.code, g.title, g.kind) for g in structure.groups] == [
        ("A", "Mandatory Group A", "mandatory"),
        ("B", "Optional Group B", "optional"),
    ]
    assert [(s.group, s.line) for s in structure.sentences] == [("A", 2), ("B", 5)]
    assert codes(findings) == [(6, "note", "column-head-contradicts")]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{U1}\t101\tMend a kite\t2\t20\t4", "unit-listed-twice"),
        (f"{U2}\t102\tFly a kite\t2\t20\t", "structure-row-unread"),
        (f"{U2}\t102\t\t2\t20\t4", "structure-row-unread"),
        (f"{U2}\t102\tFly a kite\t\t20\t4", "structure-row-unread"),
        (f"{U2}\t\tFly a kite\t2\t20\t4", "structure-row-unread"),
        ("U/70/002\t102\tFly a kite\t2\t20\t4", "structure-row-unread"),
        (f"{U2}\tFly a kite", "structure-row-unread"),
        ("\t\tAnother word\t\t\t", "structure-row-unread"),
        ("Optional Group B\t\t\t\t\t", "group-empty"),
    ],
)
def test_a_row_that_cannot_be_read_is_never_dropped_in_silence(row, code):
    _, findings = structures(
        "\n".join(
            [
                "Structure",
                HEAD,
                "Mandatory Group A\t\t",
                ROWS[0],
                row,
                "",
                ROWS[3].replace("202", "203") if code != "group-empty" else "",
            ]
        )
    )
    assert code in [finding["code"] for finding in findings if finding["severity"] == "error"]


def test_a_title_that_goes_on_in_the_next_row_is_put_together():
    text = "\n".join(["Structure", HEAD, "Mandatory Group A\t\t", ROWS[0], "\t\twith tape and thread\t\t\t", ROWS[1]])
    (structure,), findings = structures(text)
    assert structure.places[0].title == "Mend a kite with tape and thread"
    assert codes(findings) == [(5, "note", "title-joined")]


def test_a_title_broken_behind_a_hyphen_is_mended_where_the_document_settles_it():
    row = f"{U2}\t102\tFly a two- line kite\t2\t20\t4"
    text = "\n".join(
        ["Contents", "Unit 102\tFly a Two-line Kite\t9", "Structure", HEAD, "Mandatory Group A\t\t", ROWS[0], row]
    )
    (structure,), findings = structures(text)
    assert structure.places[1].title == "Fly a two-line kite"
    assert [(f["code"], f["printed"], f["read"]) for f in findings] == [
        ("title-joined", "Fly a two- line kite", "Fly a two-line kite")
    ]
    (structure,), findings = structures(text.replace("Two-line", "Long"))
    assert structure.places[1].title == "Fly a two- line kite"


def test_a_mere_list_of_units_is_no_structure():
    text = "\n".join(
        ["# Kites (5550)", "## Units", "", f"{HEAD}\tL2 Award\tL3 Dip", f"{ROWS[0]}\t✓\t", f"{ROWS[1]}\t\t✓"]
    )
    read, findings = qualifications(text)
    assert read == []
    assert findings == []
    assert read_listings(lines_of(text)) == [Listed("101", U1, "Mend a kite"), Listed("102", U2, "Fly a kite safely")]


def test_a_structure_without_its_table_is_an_error():
    read, findings = qualifications("# Kites\n\n## Qualification structure\n\nThe table is missing.\n")
    assert read == []
    assert codes(findings) == [(3, "error", "structure-unread")]


def test_listings_of_contents_and_summaries():
    text = "\n".join(
        [
            "Unit 101*\tMend a kite\t7",
            "Unit 102: Fly a kite safely ........ 12",
            "",
            "Unit\tUnit title\tCredits",
            "201\tTeach others to fly\t5",
        ]
    )
    assert read_listings(lines_of(text)) == [
        Listed("201", None, "Teach others to fly"),
        Listed("101", None, "Mend a kite"),
        Listed("102", None, "Fly a kite safely"),
    ]
