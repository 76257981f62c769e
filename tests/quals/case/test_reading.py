"""A CASE package as a pack: our own comes back whole, anybody's with its tree, and what is none is refused."""

import copy
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quals.case import is_package, lines_of, pack_from, package_of
from quals.specification import NotASpecification, facts_only, read_specification, validate
from quals.specification.review.corrections import Change, apply
from quals.specification.review.doubts import dealt_with
from tests.quals.builders import a_pack
from tests.quals.case.builders import SHA, child, framework_of, item, package, state_standards, uuid_of, without_lines
from tests.quals.case.conforming import assert_is
from tests.quals.case.test_writing import only, written


def read(found: dict) -> dict:
    pack = pack_from(json.loads(json.dumps(found)), "framework.json", SHA)
    validate(pack)
    return pack


def said(pack: dict, severity: str) -> list[tuple[str, str]]:
    return [(each["code"], each["subject"]) for each in pack["findings"] if each["severity"] == severity]


def outline(unit: dict) -> dict:
    return {
        outcome["text"]: [(criterion["code"], criterion["text"]) for criterion in outcome["criteria"]]
        for outcome in unit["outcomes"]
    }


def test_demonstration_comes_back_as_it_went_out(demonstration_pack):
    back = read(written(demonstration_pack))
    assert without_lines(back) == without_lines(demonstration_pack)
    assert back["source"]["file"] == "framework.json"
    assert back["source"]["sha256"] == SHA
    assert back["findings"] == []


def test_real_qualifications_come_back_as_they_went_out(specifications):
    found = 0
    for path in sorted(specifications.glob("*.txt")):
        pack = read_specification(path.read_bytes(), path.name)
        for qualification in pack["qualifications"]:
            part = only(pack, qualification)
            assert without_lines(read(written(part))) == without_lines(part)
            found += 1
    assert found == 8


def test_every_fact_of_a_pack_comes_back():
    pack = a_pack()
    pack["units"].reverse()
    pack["units"][0] |= {"test": {"minutes": 60, "marks": 40}, "routes": ["portfolio", "onscreen_test"], "glh": None}
    pack["qualifications"][0]["groups"][1]["units"][0] |= {"registered_before": "2022-01-01", "mark": "*"}
    pack["units"][1]["outcomes"] = []
    assert without_lines(read(written(pack))) == without_lines(pack)


def test_facts_without_wording_come_back_as_facts():
    pack = facts_only(a_pack())
    back = read(written(pack, may_read=False))
    assert without_lines(back) == without_lines(pack)
    assert back["findings"] == []


def test_wording_that_was_lost_comes_back_as_lost():
    pack = a_pack()
    pack["units"][0]["outcomes"][0]["criteria"][0]["text"] = ""
    back = read(written(pack))
    assert without_lines(back) == without_lines(pack)
    assert said(back, "error") == [("criterion-text-missing", "unit 1, 1.1")]


def test_package_in_its_wrapper_is_read_alike():
    plain = written(a_pack())
    assert is_package(plain)
    assert is_package({"CFPackage": plain})
    assert read({"CFPackage": plain}) == read(plain)
    for other in ({}, [], "CFDocument", {"CFDocument": 7}, a_pack()):
        assert not is_package(other)


def test_line_numbers_point_at_the_lines_that_say_so():
    for found in (written(a_pack()), state_standards()):
        pack, lines = read(found), lines_of(found)
        for unit in pack["units"]:
            assert unit["title"] in lines[unit["line"] - 1]
            for outcome in unit["outcomes"]:
                assert outcome["text"] in lines[outcome["line"] - 1]
                assert all(each["text"] in lines[each["line"] - 1] for each in outcome["criteria"])
        assert all(1 <= (finding["line"] or 1) <= len(lines) for finding in pack["findings"])
        for rule in (rule for each in pack["qualifications"] for rule in each["rules"]):
            assert lines[rule["printed"][0] - 1].startswith(f"{rule['id']}\tat least {rule['amount']}")


def test_without_our_extensions_the_tree_is_left_and_what_is_missing_is_said():
    """As it comes back from software that keeps no extensions."""
    stripped = written(a_pack())
    del stripped["extensions"]
    for each in stripped["CFItems"]:
        each.pop("extensions", None)
    pack = read(stripped)
    assert [unit["uan"] for unit in pack["units"]] == ["A/500/0001", "A/500/0002", "A/500/0003"]
    assert [unit["level"] for unit in pack["units"]] == [3, 2, 3]
    assert outline(pack["units"][0])["Know the soil"] == [
        ("1.1", "Name three kinds of soil"),
        ("1.2", "Say which soil drains well"),
    ]
    (qualification,) = pack["qualifications"]
    assert (qualification["qan"], qualification["level"], qualification["rules"]) == ("999/0001/5", 2, [])
    assert said(pack, "error") == [
        ("rules-not-stated", "999/0001/5"),
        *[("credit-not-stated", f"unit A/500/000{number}") for number in (1, 2, 3)],
    ]


def test_framework_of_a_state_comes_in_with_its_tree():
    found = state_standards()
    assert_is(found, "CFPackage")
    pack = read(found)
    assert pack["awarding_organisation"] == "State of Meadow"
    assert pack["qualifications"] == []
    assert [(unit["key"], unit["title"]) for unit in pack["units"]] == [("MS.W", "Weather"), ("MS.P", "Ponds")]
    weather, ponds = pack["units"]
    assert outline(weather) == {
        "Know the kinds of clouds": [("1.1", "List the kinds of clouds"), ("1.2", "Draw a cloud and name its kind")]
    }
    assert outline(ponds) == {
        "Be able to keep a pond": [("1.1", "Clear weed from a pond in spring")],
        "Understand who lives in a pond": [("2.1", "Tell a newt from a frog")],
    }
    assert [outcome["kind"] for outcome in ponds["outcomes"]] == ["performance", "knowledge"]


def test_framework_of_a_state_says_what_it_does_not_tell_and_what_was_left_out():
    pack = read(state_standards())
    assert said(pack, "error") == [
        (code, f"unit {key}") for key in ("MS.W", "MS.P") for code in ("credit-not-stated", "level-not-stated")
    ]
    assert said(pack, "warning") == [("qan-not-stated", "framework")]
    renumbered = [finding for finding in pack["findings"] if finding["code"] == "code-by-place"]
    assert ("MS.W.1.b", "1.2") in [(finding["printed"], finding["read"]) for finding in renumbered]
    assert len(renumbered) == 3 + 4
    notes = {finding["code"]: finding["message"] for finding in pack["findings"]}
    assert "1 isRelatedTo" in notes["associations-left-out"]
    assert "those of 1 items" in notes["notes-left-out"]


def test_grade_of_a_school_is_no_level():
    pack = read(state_standards())
    assert pack["units"][0]["level"] == 0
    assert ("level-not-stated", "unit MS.W") in said(pack, "error")


def test_typing_the_credit_in_puts_the_error_to_rest():
    pack = read(state_standards())
    change = Change("units/MS.W/credit", "corrected", 5, 1)
    assert apply(pack, [change]).pack["units"][0]["credit"] == 5
    dealt = [each["code"] for each in pack["findings"] if dealt_with(pack, each, [change])]
    assert dealt == ["credit-not-stated"]


def flat(count: int, **document) -> dict:
    items = [item(f"s{number}", f"Do thing {number}", f"S{number}") for number in range(count)]
    return package(items, [child(f"s{number}", "document", number) for number in range(count)], **document)


def test_one_list_is_one_unit_with_one_outcome():
    pack = read(flat(3))
    (unit,) = pack["units"]
    assert unit["title"] == "Meadow Science Standards"
    assert list(outline(unit).values()) == [[("1.1", "Do thing 0"), ("1.2", "Do thing 1"), ("1.3", "Do thing 2")]]
    assert ("outcome-not-stated", "unit item-1, outcome 1") in said(pack, "note")


def test_two_levels_are_one_unit_with_its_outcomes_and_criteria():
    items = [item("a", "Know clouds", "1"), item("b", "Name one", "1.1"), item("c", "Be able to sail", "2")]
    items.append(item("d", "Sail round the buoy", "2.1"))
    links = [child("a", "document", 1), child("c", "document", 2), child("b", "a", 1), child("d", "c", 1)]
    (unit,) = read(package(items, links))["units"]
    assert outline(unit) == {"Know clouds": [("1.1", "Name one")], "Be able to sail": [("2.1", "Sail round the buoy")]}


def deeper(depth: int, kinds=()) -> dict:
    """Two branches that deep."""
    items, links = [], []
    for branch in ("x", "y"):
        above = "document"
        for level in range(1, depth + 1):
            name, kind = f"{branch}{level}", dict(kinds).get(level, "")
            items.append(item(name, f"Statement {name}", name, **({"CFItemType": kind} if kind else {})))
            links.append(child(name, above, level))
            above = name
    return package(items, links)


def test_of_four_levels_the_lowest_three_are_read_and_the_headings_are_told():
    pack = read(deeper(4))
    assert [(unit["key"], outline(unit)) for unit in pack["units"]] == [
        ("x2", {"Statement x3": [("1.1", "Statement x4")]}),
        ("y2", {"Statement y3": [("1.1", "Statement y4")]}),
    ]
    assert [note for note in said(pack, "note") if note[0] == "heading-above-units"] == [
        ("heading-above-units", "x1"),
        ("heading-above-units", "y1"),
    ]


def test_type_of_an_item_says_that_it_is_a_unit_and_what_is_deeper_is_kept():
    pack = read(deeper(5, [(1, "Unit")]))
    assert [(unit["key"], outline(unit)) for unit in pack["units"]] == [
        (
            branch,
            {f"Statement {branch[0]}2": [(f"1.{n - 2}", f"Statement {branch[0]}{n}") for n in (3, 4, 5)]},
        )
        for branch in ("x1", "y1")
    ]
    assert said(pack, "warning").count(("items-under-a-criterion", "unit x1, 1.1")) == 1


def test_item_that_stands_alone_above_the_units_is_a_unit_without_outcomes():
    found = deeper(4)
    found["CFItems"].append(item("z", "Alone", "z"))
    found["CFAssociations"].append(child("z", "document", 9))
    assert [(unit["key"], len(unit["outcomes"])) for unit in read(found)["units"]] == [("x2", 1), ("y2", 1), ("z", 0)]


def test_item_with_two_parents_or_none_is_read_once_and_told():
    found = state_standards()
    found["CFAssociations"].append(child("W.1.a", "P.1", 9))
    found["CFItems"].append(item("L", "Loose", "MS.L"))
    pack = read(found)
    texts = [each["text"] for unit in pack["units"] for outcome in unit["outcomes"] for each in outcome["criteria"]]
    assert texts.count("List the kinds of clouds") == 1
    assert pack["units"][-1]["title"] == "Loose"
    warnings = said(pack, "warning")
    assert ("item-of-two-parents", "MS.W.1.a") in warnings
    assert ("item-without-parent", "MS.L") in warnings


def test_codes_that_cannot_be_keys_or_are_not_there_still_make_units():
    found = deeper(3)
    found["CFItems"][0]["humanCodingScheme"] = "Strand 1, part a"
    del found["CFItems"][3]["humanCodingScheme"]
    assert [(unit["key"], unit["number"]) for unit in read(found)["units"]] == [
        ("item-1", "Strand 1, part a"),
        ("item-2", None),
    ]


def test_more_items_side_by_side_than_codes_can_tell_apart_are_an_error():
    pack = read(flat(130))
    assert len(pack["units"][0]["outcomes"][0]["criteria"]) == 99
    (message,) = [each["message"] for each in pack["findings"] if each["code"] == "too-many-items"]
    assert "31 of them were left out" in message
    assert ("too-many-items", "unit item-1") in said(pack, "error")


def test_blank_statement_is_an_error_and_a_long_title_a_warning():
    found = deeper(3)
    found["CFItems"][0]["fullStatement"] = "Long " * 100
    found["CFItems"][2]["fullStatement"] = " "
    pack = read(found)
    assert len(pack["units"][0]["title"]) == 300
    assert ("title-shortened", "unit x1") in said(pack, "warning")
    assert ("criterion-text-missing", "unit x1, 1.1") in said(pack, "error")


def broken(change) -> dict:
    found = state_standards()
    change(found)
    return found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda found: found["CFDocument"].pop("title"), "its CFDocument has no title"),
        (lambda found: found["CFDocument"].pop("creator"), "does not say who made it"),
        (lambda found: found["CFDocument"].pop("identifier"), "its CFDocument has no identifier"),
        (lambda found: found["CFDocument"].update(title="Long " * 100), "longer than"),
        (lambda found: found.pop("CFItems"), "it holds no items"),
        (lambda found: found.update(CFItems=["a"]), "its CFItems are no list of objects"),
        (lambda found: found.update(CFAssociations={"a": 1}), "its CFAssociations are no list of objects"),
        (lambda found: found["CFItems"][2].pop("identifier"), "item 3 of its CFItems has no identifier"),
        (lambda found: found["CFItems"].append(found["CFItems"][0]), "two of its items have the identifier"),
        (lambda found: found["CFItems"].pop(0), "which it does not hold"),
        (lambda found: found["CFAssociations"][0].pop("originNodeURI"), "(none), which it does not hold"),
        (lambda found: found["CFItems"][0].update(identifier=uuid_of("document")), "the identifier of its document"),
        (
            lambda found: found.update(CFAssociations=[child("W", "W.1"), child("W.1", "W"), child("P", "document")]),
            "children of one another in a circle",
        ),
        (lambda found: found.update(deeper(13)), "more than 12 levels deep"),
    ],
)
def test_package_that_does_not_hang_together_is_refused_in_one_sentence(change, words):
    with pytest.raises(NotASpecification) as refused:
        pack_from(broken(change), "framework.json", SHA)
    assert refused.value.message.startswith("This is a CASE package, but ")
    assert words in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.message.endswith(": nothing was imported.")


@pytest.mark.parametrize(
    "change",
    [
        lambda ours: ours["qualification"].update(qan="none"),
        lambda ours: ours["qualification"].update(groups=7),
        lambda ours: ours["qualification"].update(rules=[7]),
        lambda ours: ours["qualification"]["groups"][0]["units"].append({"unit": "nobody"}),
        lambda ours: ours["qualification"]["rules"][0].update(of={"groups": ["Z"]}),
        lambda ours: ours["source"].update(version=7),
        lambda ours: ours["source"].update(title={"a": 1}),
    ],
)
def test_extension_of_ours_that_was_tampered_with_is_refused(change):
    found = written(a_pack())
    change(found["extensions"]["attest"])
    with pytest.raises(NotASpecification, match="does not hold together"):
        pack_from(found, "framework.json", SHA)


ODD = st.sampled_from([None, 7, -1, 1.5, True, "", "x" * 400, [], ["x"], {}, {"a": 1}, "\0", "\ud800", uuid_of("W")])


def places_in(value, found=None) -> list:
    """Every (holder, name) in the JSON."""
    found = [] if found is None else found
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        found.append((value, name))
        places_in(inner, found)
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_package_is_a_pack_or_a_refusal(data):
    found = copy.deepcopy(data.draw(st.sampled_from([written(a_pack(units=2)), state_standards()])))
    for _ in range(data.draw(st.integers(1, 4))):
        holder, name = data.draw(st.sampled_from(places_in(found)))
        holder[name] = copy.deepcopy(data.draw(ODD))
    if not is_package(found):
        return
    try:
        pack = pack_from(found, "framework.json", SHA)
    except NotASpecification:
        return
    validate(pack)
    texts = {
        each.get("fullStatement", "").strip() for each in found["CFItems"] if isinstance(each.get("fullStatement"), str)
    }
    for unit in pack["units"]:
        for outcome in unit["outcomes"]:
            assert {each["text"] for each in outcome["criteria"]} - {""} <= texts


@pytest.mark.slow
def test_large_framework_is_read_in_seconds():
    """As many items as 20 MB hold: 100 strands of 20 topics of 15 standards."""
    items, links = [], []
    for strand in range(100):
        rows = [(f"{strand}", "document")]
        rows += [(f"{strand}-{topic}", f"{strand}") for topic in range(20)]
        rows += [(f"{strand}-{topic}-{n}", f"{strand}-{topic}") for topic in range(20) for n in range(15)]
        items += [item(name, f"Statement {name}", name) for name, _ in rows]
        links += [child(name, above, place) for place, (name, above) in enumerate(rows)]
    found = package(items, links)
    assert len(json.dumps(found)) > 20_000_000
    began = time.process_time()
    pack = pack_from(found, "framework.json", SHA)
    assert time.process_time() - began < 20
    assert len(pack["units"]) == 100
    assert sum(len(outcome["criteria"]) for unit in pack["units"] for outcome in unit["outcomes"]) == 30_000


def test_framework_holds_a_qualification_number_but_once():
    two = flat(2, description="For 999/0001/5 and 999/0002/7, level 2.")
    assert ("qan-not-stated", "framework") in said(read(two), "warning")
    assert read(two)["qualifications"] == []


def test_own_package_is_one_of_the_standard_after_it_was_read_again():
    pack = read(written(a_pack()))
    assert_is(json.loads(json.dumps(package_of(framework_of(pack), pack))), "CFPackage")
