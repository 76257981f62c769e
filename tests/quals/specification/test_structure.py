"""Structures in the layouts of several awarding organisations: every qualification, group, row and footnote."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quals.specification.checks import qan_check_character, uan_check_character
from quals.specification.findings import Findings
from quals.specification.read import Line, numbered_lines
from quals.specification.refusal import NotASpecification
from quals.specification.structures.listings import Listed, read_listings
from quals.specification.structures.qualifications import read_qualifications
from quals.specification.structures.structure import read_structures

FACTS = {"pearson-601-3478-1": 45, "proqual-601-4756-8": 34, "cg-3412": 163}


def lines_of(text):
    return [Line(number, line) for number, line in enumerate(text.split("\n"), start=1)]


def uan(digits):
    return f"{uan_check_character(digits)}/{digits}"


def qan(digits):
    return f"{digits}/{qan_check_character(digits)}"


def structures(text):
    findings = Findings()
    return read_structures(lines_of(text), None, findings), findings.as_list()


def qualifications(text, pages_start=None):
    findings = Findings()
    return read_qualifications(lines_of(text), pages_start, findings), findings.as_list()


def places(structure):
    return [(p.group, p.number, p.uan, p.title, p.level, p.credit, p.glh, p.mark) for p in structure.places]


def codes(findings):
    return [(finding["line"], finding["severity"], finding["code"]) for finding in findings]


U1, U2, U3, U4 = uan("700/0001"), uan("700/0002"), uan("700/0003"), uan("700/0004")
HEAD = "Unit reference number\tUnit\tUnit title\tLevel\tGLH\tCredit value"
ROWS = [
    f"{U1}\t101\tMend a kite\t2\t20\t4",
    f"{U2}\t102\tFly a kite safely\t2\t10\t2",
    f"{U3}\t201\tTeach others to fly\t3\t30\t5",
    f"{U4}\t202\tBuild a box kite\t3\t25\t6",
]
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


def handbook(*middle, **changes):
    first, second = qan("600/7001"), qan("600/7002")
    lines = [
        "Kite handbook",
        "Structure",
        f"Level 2 Award in Kite Flying (QAN {first})",
        "To gain the Level 2 Award in Kite Flying candidates need **6** credits, of which at least 4 must be fun.",
        f"{HEAD}\tBarred units",
        "Mandatory Group A\t\t\t\t\t\t",
        f"{ROWS[0]}\t",
        f"Level 3 Diploma in Kite Flying (QAN {second})",
        "Learners must achieve 9 credits",
        f"{HEAD}\tBarred units",
        "Mandatory Group A\t\t\t\t\t\t",
        f"{ROWS[0]}\t",
        "Optional Group B\t\t\t\t\t\t",
        f"{U3}\t201*\tTeach others to fly\t3\t30\t5\t202",
        f"{U4}\t202**\tBuild a box kite\t3\t25\t6\t201",
        "",
        *middle,
        "2 Centre requirements",
        "Unit 101 Mend a kite",
        f"UAN: {U1}",
    ]
    return "\n".join(lines)


NOTES = (
    "* Anybody registered before 1st May 2019 takes this unit.",
    "",
    "** Anybody registered after 1st May 2019 takes this unit.",
)


def test_several_qualifications_each_with_its_own_rules_and_rows():
    (first, second), findings = qualifications(handbook(*NOTES))
    assert (first.facts["title"], first.facts["level"], len(first.places)) == ("Level 2 Award in Kite Flying", 2, 1)
    assert (second.facts["title"], second.facts["level"], len(second.places)) == (
        "Level 3 Diploma in Kite Flying",
        3,
        3,
    )
    assert second.facts["credits"] == 9
    assert [(r["amount"], r["of"]) for r in second.rules if r["bound"] == "at_most"] == [(1, {"units": ["201", "202"]})]
    assert [f["line"] for f in findings if f["code"] == "rule-unread"] == [4]


@pytest.mark.parametrize("at", ["behind", "before"])
def test_footnotes_bind_units_to_days_of_registration_wherever_they_stand(at):
    text = handbook(*(NOTES if at == "behind" else ()))
    if at == "before":
        text = text.replace("Structure\n", "Structure\n" + "\n".join(NOTES) + "\n", 1)
    (_, second), findings = qualifications(text)
    one, two = second.places[1:]
    assert (one.number, one.mark, one.registered_before, one.registered_from) == ("201", "*", "2019-05-01", None)
    assert (two.number, two.mark, two.registered_before, two.registered_from) == ("202", "**", None, "2019-05-02")
    assert second.as_dict()["groups"][1]["units"][0] == {"unit": "201", "registered_before": "2019-05-01", "mark": "*"}
    assert [f["severity"] for f in findings if f["code"] == "registration-day-open"] == ["warning"]


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("on or after 1 May 2019", "registered_from", "2019-05-01"),
        ("from 01/05/2019", "registered_from", "2019-05-01"),
        ("on or before 1st May 2019", "registered_before", "2019-05-02"),
        ("up to and including 30 April 2019", "registered_before", "2019-05-01"),
        ("before 1 May 2019", "registered_before", "2019-05-01"),
        ("on or after 1 May 2019 it is not available", "registered_before", "2019-05-01"),
        ("before 1 May 2019 it cannot be used", "registered_from", "2019-05-01"),
    ],
)
def test_words_for_days_of_registration(words, name, value):
    notes = (f"* For learners registered {words}.", "** Anybody registering before 1 May 2031 takes this unit.")
    (_, second), _ = qualifications(handbook(*notes))
    assert getattr(second.places[1], name) == value


def test_a_note_that_may_mean_either_side_of_a_day_is_an_error():
    note = "* Replaced by another unit for learners registered after 1 May 2019."
    (_, second), findings = qualifications(handbook(note, NOTES[2]))
    assert (second.places[1].registered_before, second.places[1].registered_from) == (None, None)
    assert [f["severity"] for f in findings if f["code"] == "registration-unread"] == ["error"]


def test_a_mark_without_a_note_is_a_warning():
    _, findings = qualifications(handbook(NOTES[0]))
    assert [(f["severity"], f["subject"]) for f in findings if f["code"] == "mark-unexplained"] == [("warning", "202")]


def test_one_reference_for_two_units_is_a_warning():
    text = "\n".join(["Structure", HEAD, "Optional Group A\t\t", ROWS[0], f"{U1}\t103\tAnother kite\t2\t20\t4"])
    (structure,), findings = structures(text)
    assert [place.key for place in structure.places] == ["101", "103"]
    assert codes(findings) == [(5, "warning", "uan-twice")]


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


def read_document(specifications, name):
    facts = json.loads((specifications.parent / "facts" / f"{name}.json").read_text(encoding="utf-8"))
    findings = Findings()
    lines = numbered_lines((specifications / facts["source"]).read_bytes())
    return read_qualifications(lines, None, findings), facts["qualifications"], findings.as_list()


@pytest.mark.parametrize("name", FACTS)
def test_every_group_and_row_as_in_the_facts(specifications, name):
    read, facts, _ = read_document(specifications, name)
    rows = 0
    for qualification, fact in zip(read, facts, strict=True):
        for group, known in zip(qualification.groups, fact["groups"], strict=True):
            assert (group.code, group.title, group.kind, group.line) == tuple(
                known[n] for n in ("code", "title", "kind", "line")
            )
            for place, unit in zip(group.places, known["units"], strict=True):
                number = None if unit["number"] is None else str(unit["number"])
                assert (place.number, place.mark, place.barred) == (
                    number,
                    unit.get("marker", ""),
                    unit.get("barred", []),
                )
                for field in ("uan", "title", "level", "credit", "glh", "line"):
                    assert getattr(place, field) == unit[field], (place.key, field)
                rows += 1
    assert rows == FACTS[name]


def bound_of(fact, group_size):
    """A rule of the facts as a bound; None for one that is derived or no bound."""
    kind, value, groups = fact["kind"], fact["value"], [str(code) for code in fact.get("groups", [])]
    units = [str(unit) for unit in fact.get("units", []) if unit not in fact.get("units_not_in_any_table", [])]
    return {
        "min_credits_total": ("at_least", "credits", value, {}),
        "min_credits_at_level": (
            "at_least",
            "credits",
            value,
            {"level": {"mode": "exactly", "value": fact.get("level")}},
        ),
        "min_credits_at_level_or_above": (
            "at_least",
            "credits",
            value,
            {"level": {"mode": "at_or_above", "value": fact.get("level")}},
        ),
        "mandatory_all": ("at_least", "units", group_size.get(groups[0]) if groups else 0, {"groups": groups}),
        "min_credits_from_group": ("at_least", "credits", value, {"groups": groups}),
        "max_credits_from_group": ("at_most", "credits", value, {"groups": groups}),
        "max_credits_at_level": (
            "at_most",
            "credits",
            value,
            {"groups": groups, "level": {"mode": "exactly", "value": fact.get("level")}},
        ),
        "max_units_from_set": ("at_most", "units", value, {"units": units}),
        "barred_pair": ("at_most", "units", 1, {"units": units}),
    }.get(kind)


@pytest.mark.parametrize("name", FACTS)
def test_every_rule_of_the_facts_and_no_other(specifications, name):
    read, facts, findings = read_document(specifications, name)
    for qualification, fact in zip(read, facts, strict=True):
        size = {group.code: len(group.places) for group in qualification.groups}
        rules = {
            json.dumps([r["bound"], r["measure"], r["amount"], r["of"]]): r["printed"] for r in qualification.rules
        }
        found = set()
        for entry in fact["rules"]:
            bound = bound_of(entry, size)
            mandatory = entry.get("groups") == ["A"] and entry["kind"] == "min_credits_from_group"
            if bound and not mandatory:
                key = json.dumps(bound)
                assert entry["line"] in rules[key], entry
                found.add(key)
            elif entry["kind"] == "remaining_credits_from_groups":
                assert (entry["line"], "rule-follows") in [(f["line"], f["code"]) for f in findings]
            elif entry["kind"] == "date_dependent_unit":
                place = next(p for p in qualification.places if p.number == entry["units"][0])
                assert place.registered_before or place.registered_from
        assert found == rules.keys()
    assert [f for f in findings if f["severity"] == "error"] == []


def test_the_document_without_facts(specifications):
    findings = Findings()
    path = next(path for path in specifications.glob("003_*.txt"))
    (read,) = read_qualifications(numbered_lines(path.read_bytes()), None, findings)
    assert [len(group.places) for group in read.groups] == [2, 6, 8, 4, 13]
    assert [(r["measure"], r["amount"], r["of"].get("groups"), r["printed"]) for r in read.rules] == [
        ("credits", 67, None, [152]),
        ("units", 2, ["A"], [156, 162]),
        ("credits", 47, ["B", "C", "D", "E"], [158]),
        ("units", 1, ["B"], [158]),
        ("units", 1, ["C"], [158]),
        ("units", 1, ["D"], [158]),
        ("units", 1, ["E"], [158]),
        ("credits", 35, None, [154]),
    ]
    assert {f["severity"] for f in findings.as_list()} == {"note"}


def test_a_pack_of_units_has_no_qualification(specifications):
    findings = Findings()
    lines = numbered_lines(next(path for path in specifications.glob("000_*.txt")).read_bytes())
    assert read_qualifications(lines, None, findings) == []
    assert findings.as_list() == []
    assert len(read_listings(lines)) == 40


NOISE = ["", "\t\t\t", "Optional Group Z\t\t", "** ", "units 5, 6 and", "- | a | b |", "# ", "Unit 1", "all units"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_structure_names_only_units_and_groups_that_it_holds(data):
    lines = handbook(*NOTES).split("\n")
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["twice", "halve", "merge", "insert", "space"]))
        changed = {
            "twice": [lines[at], lines[at]],
            "halve": [lines[at][: len(lines[at]) // 2]],
            "merge": [lines[at].replace("\t", " ", 1)],
            "insert": [data.draw(st.sampled_from(NOISE)), lines[at]],
            "space": [lines[at].replace(" ", "\u00a0")],
        }
        lines[at : at + 1] = changed[how]
    try:
        read, _ = qualifications("\n".join(lines))
    except NotASpecification:
        return
    for qualification in read:
        keys = {place.key for place in qualification.places}
        assert len(keys) == len(qualification.places)
        for rule in qualification.rules:
            assert set(rule["of"].get("units", [])) <= keys
            assert set(rule["of"].get("groups", [])) <= {group.code for group in qualification.groups}
