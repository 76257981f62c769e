"""What cannot be read is refused in one sentence; what was cut off is never passed in silence."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quals.specification import NotASpecification, read_specification, validate

NOVEL = "It was late when the ferry came in.\n\nNobody had thought to light the lamp at the end of the pier.\n" * 200
WEB_PAGE = f"<!DOCTYPE html>\n<html><head><title>Unit D/506/2153</title></head><body>{NOVEL}</body></html>"


def word_document():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    return archive.getvalue()


def refusal(data):
    with pytest.raises(NotASpecification) as caught:
        read_specification(data, "upload.txt")
    return caught.value.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (word_document(), "Word document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (b"caf\xe9 au lait 601/4756/8", "not a qualification specification"),
        (b"text with \x00 in it", "not text"),
        (WEB_PAGE.encode(), "not a qualification specification"),
        (NOVEL.encode(), "not a qualification specification"),
        (b"x" * 20_000_001, "larger"),
    ],
    ids=["empty", "blank", "pdf", "word", "picture", "latin-1", "nul", "web-page", "novel", "huge"],
)
def test_no_specification_is_refused_with_a_fitting_sentence(data, words):
    message = refusal(data)
    assert words in message
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("The awarding organisation for this qualification is Harbour Awards.", "", "awarding organisation"),
        ("900/0001/8", "900/0001", "one qualification number"),
        ("<b>Unit Reference Number</b>", "", "level and a credit value"),
    ],
)
def test_a_specification_in_another_layout_is_refused_by_name(demonstration, old, new, words):
    message = refusal(demonstration.decode().replace(old, new).encode())
    assert message.startswith("This is a specification, but its layout (")
    assert words in message


def test_criteria_under_no_heading_of_any_unit_are_refused(demonstration):
    kept = [line for line in demonstration.decode().split("\n") if not line.startswith(("## Unit", "### "))]
    assert "no headings" in refusal("\n".join(kept).encode())


@pytest.mark.parametrize(
    "lost",
    [
        "<b>Unit Title</b>",
        "T/900/0122\tBuild",
        "## Unit D/900/0101\n\n### Keep a community bicycle workshop safe\n",
    ],
)
def test_a_specification_without_a_part_is_read_with_an_error_or_refused(demonstration, lost):
    text = demonstration.decode()
    assert lost in text
    assert never_silent(text.replace(lost, "").encode())


def errors_of(data):
    """The codes of error findings; None where the document was refused."""
    try:
        pack = read_specification(data, "cut.txt")
    except NotASpecification:
        return None
    validate(pack)
    return [finding["code"] for finding in pack["findings"] if finding["severity"] == "error"]


def never_silent(data):
    errors = errors_of(data)
    return errors is None or bool(errors)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_demonstration_cut_off_anywhere_is_never_passed_in_silence(demonstration, data):
    cut = data.draw(st.integers(0, len(demonstration.rstrip()) - 1))
    assert never_silent(demonstration[:cut])


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_proqual_cut_off_anywhere_is_never_passed_in_silence(proqual, data):
    """Up to its web address: nothing that comes after that belongs to the qualification."""
    end = proqual.rindex(b"[www.") + 5
    cut = data.draw(st.integers(0, end))
    assert never_silent(proqual[:cut])


def test_cut_off_at_every_line_of_the_last_unit_is_noticed(demonstration):
    lines = demonstration.rstrip().split(b"\n")
    start = max(i for i, line in enumerate(lines) if line.startswith(b"## Unit"))
    for end in range(start, len(lines)):
        assert never_silent(b"\n".join(lines[:end])), end


SNIPPETS = st.sampled_from(
    [
        "## Unit A/900/0171",
        "1.1",
        "2.2 ",
        "- 3.1 \n",
        "\t\t\t",
        "| | 4.1 | |",
        "Group Z",
        "Learning Outcome",
        "<p>",
        "601/4756/8",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(SNIPPETS, st.text(max_size=20))).map("\n".join)))
def test_random_text_is_refused(text):
    refusal(text.encode("utf-8", "replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary())
def test_random_bytes_are_refused(data):
    refusal(data)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_document_gives_a_valid_pack_or_a_refusal(demonstration, data):
    lines = demonstration.decode().split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["drop", "twice", "swap", "insert", "halve"]))
        if how == "drop":
            del lines[at]
        elif how == "twice":
            lines.insert(at, lines[at])
        elif how == "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif how == "insert":
            lines.insert(at, data.draw(st.one_of(SNIPPETS, st.text(max_size=30))))
        else:
            lines[at] = lines[at][: len(lines[at]) // 2]
    errors_of("\n".join(lines).encode("utf-8", "replace"))
