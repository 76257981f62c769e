"""Whatever a file holds, reading it ends soon: in lines, or in a refusal of one sentence."""

import io
import random
import zipfile

import pytest

from quals.specification import NotASpecification, document_lines
from quals.specification.formats import child

from .making import as_pdf, as_word, small_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LARGE = 19_900_000
PAGE = b"<!DOCTYPE html><html><body>"


def outcome(data):
    """The first line, or the sentence with which the file is refused."""
    try:
        return document_lines(data)[0]
    except NotASpecification as problem:
        return problem.message


def refusal(data):
    with pytest.raises(NotASpecification) as caught:
        document_lines(data)
    return caught.value.message


@pytest.mark.parametrize("character", ["<", "|", "x", " x", "&", "#", "\t", "<b ", "\x0b", "\u2028", "é"])
def test_a_huge_text_of_one_character_is_lines(character):
    text = "x" + character * (LARGE // len(character.encode()))
    assert len(document_lines(text.encode())) == 1


@pytest.mark.parametrize("data", [b"x\n" * (LARGE // 2), PAGE + b"<p>x" * 300_000], ids=["text", "web-page"])
def test_more_lines_than_any_specification_are_refused(data):
    assert "more text than any specification" in refusal(data)


def archive(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


BODY = f"<w:document {W}><w:body>{{}}</w:body></w:document>"
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "ha"}">' for n in range(9))
NOISE = random.Random(7).randbytes(1_000_000)
HOSTILE = {
    "zip bomb": lambda: archive(word__document=BODY.format(" " * 90_000_000)),
    "many entries": lambda: archive(word__document=BODY.format(""), **{f"x{n}": "" for n in range(6_000)}),
    "entity bomb": lambda: archive(
        word__document=f"<!DOCTYPE d [{ENTITIES}]>" + BODY.format("<w:p><w:r><w:t>&e8;</w:t></w:r></w:p>")
    ),
    "deep xml": lambda: archive(word__document=BODY.format("<w:sdt>" * 50_000)),
    "no xml": lambda: archive(word__document="words"),
    "other archive": lambda: archive(content="words"),
    "noise as zip": lambda: b"PK\x03\x04" + NOISE,
    "noise as pdf": lambda: b"%PDF-1.7\n" + NOISE,
    "header of a pdf": lambda: b"%PDF-1.7\n%\xe2\xe3",
    "circular pages": lambda: small_pdf(
        b"", b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "endless array": lambda: b"%PDF-1.7\n1 0 obj " + b"[" * 300_000,
    "deep page": lambda: PAGE + b"<div>" * 900_000,
    "deep tables": lambda: PAGE + b"<table><tr><td>" * 90_000,
    "old word": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE,
    "rich text": lambda: b"{\\rtf1 words}",
    "noise": lambda: NOISE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(name):
    message = refusal(HOSTILE[name]())
    assert message.endswith(".")
    assert "\n" not in message


@pytest.mark.parametrize("make", [as_word, as_pdf])
def test_a_truncated_document_is_refused_or_read(make, demonstration):
    data = make(demonstration.decode())
    for part in (0.1, 0.5, 0.9, 0.999):
        assert outcome(data[: int(len(data) * part)])


@pytest.mark.slow
@pytest.mark.parametrize("part", [b"<", b"a", b"&amp;", b"<br>", b"<b>", b"&#9"])
def test_a_huge_web_page_ends_in_lines_or_a_refusal(part):
    assert outcome(PAGE + b"<p>words " + part * (LARGE // len(part)))


def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(child, "WALL_SECONDS", 0.01)
    assert "takes longer" in refusal(PAGE + b"<p>Something that was not read before")
