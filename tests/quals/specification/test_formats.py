"""A specification is read alike from text, a web page, a Word document and a PDF."""

import io

import docx
import pytest
import weasyprint
from docx.oxml import parse_xml
from PIL import Image

from quals.specification import NotASpecification, document_lines, formats, read_specification
from quals.specification.read import HEADING, paragraphs, plain
from quals.specification.tables import cells

from .making import as_html, as_pdf, as_word, small_pdf

# The text of a converted document ends at its end; a text that may have been cut off shows that it does not.
END = "\n# About this document\n\nNothing follows.\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAGE = b"<!DOCTYPE html><html><body>"

FORMATS = {"html": lambda text: as_html(text).encode(), "docx": as_word, "pdf": as_pdf}


@pytest.fixture(scope="session", params=FORMATS)
def converted(request, demonstration):
    """Our own specification in another format."""
    return FORMATS[request.param](demonstration.decode() + END)


def rows(lines):
    """What stands in the tables, whichever way their cells hold paragraphs; empty cells left out."""
    for line in lines:
        if "\t" in line or line.removeprefix("- ").strip().startswith("|"):
            row = [" ".join(paragraphs(cell)) for cell in cells(line)]
            if any(row):
                yield [words for words in row if words]


def headings(lines):
    return [(len(match[1]), plain(match[2])) for line in lines if (match := HEADING.match(line))]


def web(body):
    return [line for line in document_lines(PAGE + body.encode()) if line]


def word(fill):
    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return [line for line in document_lines(file.getvalue()) if line]


def pdf(body, style=""):
    made = weasyprint.HTML(string=f"<style>body {{font: 10pt sans-serif}} {style}</style>{body}").write_pdf()
    return [line for line in document_lines(made) if line]


def refusal(data):
    with pytest.raises(NotASpecification) as caught:
        document_lines(data)
    return caught.value.message


# --- One specification, four formats -----------------------------------------------------------------


def test_tables_and_headings_survive_every_format(converted, demonstration):
    text = (demonstration.decode() + END).split("\n")
    lines = document_lines(converted)
    assert headings(lines) == headings(text)
    assert list(rows(lines)) == list(rows(text))


def test_the_pack_is_the_same_from_every_format(converted, demonstration):
    text = read_specification(demonstration + END.encode(), "it")
    assert without_lines(read_specification(converted, "it")) == without_lines(text)


def without_lines(part):
    if isinstance(part, dict):
        return {key: without_lines(each) for key, each in part.items() if key not in ("line", "printed", "source")}
    return [without_lines(each) for each in part] if isinstance(part, list) else part


def test_the_same_bytes_are_converted_once(monkeypatch):
    data = PAGE + b"<p>Once only"
    first = document_lines(data)
    monkeypatch.setattr(formats, "lines_from_child", None)
    assert document_lines(data) == first == ["Once only", ""]


def test_what_a_caller_does_to_its_lines_stays_with_it():
    data = PAGE + b"<p>Left alone"
    document_lines(data).clear()
    assert document_lines(data) == ["Left alone", ""]


# --- Text --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_in_any_usual_encoding_is_read(encoding):
    text = "Café – “Level 3”\nséance"
    assert document_lines(text.encode(encoding)) == text.split("\n")


def test_one_broken_character_does_not_spoil_the_others():
    assert document_lines("é – é – é".encode() + b"\xe2\x80") == ["é – é – é\ufffd"]


def test_lines_end_where_an_editor_ends_them():
    text = "one\r\ntwo\rthree\x0bstill\u2028three\x85and\x0cthree\n\x0cfour"
    assert document_lines(text.encode()) == ["one", "two", "three still three and three", "four"]


def test_a_stray_control_character_is_dropped_and_many_are_refused():
    assert document_lines(b"word " * 50 + b"\x00end\x1a") == ["word " * 50 + "end"]
    assert "not text" in refusal(b"word\x00\x01\x02" * 50)


# --- Web pages ---------------------------------------------------------------------------------------


def test_markup_is_read_and_text_that_looks_like_markup_stays_text():
    lines = web("<h2>Use of&nbsp;<i>tags</i></h2><script>no()</script><p hidden>no</p><p>Write &lt;b&gt; &amp; R&amp;D")
    assert lines == ["## Use of tags", "Write &lt;b> &amp; R&amp;D"]
    assert plain(lines[1]) == "Write <b> & R&D"


def test_merged_cells_stand_once_and_keep_their_columns():
    lines = web(
        "<table><tr><th colspan=2>Both<th>C<tr><td rowspan=2>tall<td>1<td>2<tr><td>3<td>4</table>"
        "<table><tr><td><p>1.1 One</p>1.2 Two<td>a<br>b<br>1.3 c</table>"
    )
    assert lines == [
        "Both\t\tC",
        "tall\t1\t2",
        "\t3\t4",
        "<p>1.1 One</p> <p>1.2 Two</p>\t<p>a b</p> <p>1.3 c</p>",
    ]


def test_lists_keep_their_numbers_and_frames_are_looked_into():
    items = "<ol start=3><li>c<ul><li>d</ul><li value=9>1.1 e</ol>"
    lines = web(f"<table><tr><td>{items}<table><tr><td>x<td>y</table></table>")
    assert lines == ["- 3. c", "  - d", "- 1.1 e", "x\ty"]


def test_a_page_in_the_encoding_that_it_names_is_read():
    page = "<html><head><meta charset='windows-1251'></head><body><p>Уровень".encode("cp1251")
    assert document_lines(page) == ["Уровень", ""]


@pytest.mark.parametrize("name", ["zip", "hex", "idna", "nonsense"])
def test_a_page_that_names_no_character_set_is_read(name):
    page = f"<html><head><meta charset={name}></head><body><p>caf\xe9".encode("latin-1")
    assert document_lines(page) == ["café", ""]


# --- Word documents ----------------------------------------------------------------------------------

NUMBERED = f"""<w:abstractNum {W} w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>"""


def numbered(document, level, text, number=77):
    paragraph = document.add_paragraph(text)
    properties = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(properties))


def test_numbers_that_word_counts_are_restored():
    def fill(document):
        part = document.part.numbering_part.element
        part.insert(0, parse_xml(NUMBERED))
        part.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        for level, text in [(0, "Know"), (1, "State"), (1, "List"), (2, "this"), (0, "Do"), (1, "Mend")]:
            numbered(document, level, text)

    assert word(fill) == ["- 1 Know", "  - 1.1 State", "  - 1.2 List", "    - (i) this", "- 2 Do", "  - 2.1 Mend"]


def test_merged_and_nested_tables_of_word_survive():
    def fill(document):
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
        table.cell(1, 1).text, table.cell(2, 2).text = "a", "b"
        document.add_paragraph("between")
        frame = document.add_table(rows=1, cols=1).cell(0, 0)
        frame.text = "framed"
        frame.add_table(rows=1, cols=2).cell(0, 1).text = "inner"

    assert word(fill) == ["wide\t\t", "tall\ta\t", "\t\tb", "between", "framed", "\tinner"]


def test_boxes_and_kept_changes_are_read_and_struck_out_words_are_not():
    def fill(document):
        document.sections[0].header.paragraphs[0].text = "running head"
        document.add_heading("Unit", 1)
        run = "<w:r><w:t>{}</w:t></w:r>"
        document.element.body.insert(1, parse_xml(
            f"<w:p {W}><w:ins>{run.format('new ')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
            f"<w:hyperlink>{run.format('link')}</w:hyperlink><w:r><w:tab/><w:t>end</w:t></w:r>"
            f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            f"<w:r><w:pict><w:txbxContent><w:p>{run.format('boxed')}</w:p></w:txbxContent></w:pict></w:r></w:p>"
        ))  # fmt: skip
        document.element.body.insert(2, parse_xml(
            f"<w:sdt {W}><w:sdtContent><w:p>{run.format('controlled')}</w:p></w:sdtContent></w:sdt>"
        ))  # fmt: skip

    assert word(fill) == ["# Unit", "new link end", "boxed", "controlled"]


# --- PDF ---------------------------------------------------------------------------------------------


def test_running_heads_and_page_numbers_are_left_out():
    style = "@page {size: A5; @top-center {content: 'Invented head'} @bottom-center {content: counter(page) ' of 9'}}"
    lines = pdf("<h1>Unit 5</h1>words<h1 style='break-before: page'>Unit 6</h1>more" * 3, style)
    assert lines == ["Invented head", *["# Unit 5", "words", "# Unit 6", "more"] * 3]


def test_a_table_cut_by_a_page_is_two_tables_with_every_row():
    body = "".join(f"<tr><td>1.{n}<td>Do thing number {n}" for n in range(1, 90))
    lines = pdf(f"<table>{body}</table>", "td {border: 1px solid}")
    assert lines == [f"1.{n}\tDo thing number {n}" for n in range(1, 90)]


def test_wrapped_lines_of_a_pdf_are_joined_and_list_items_are_not():
    words = "A sentence that is long enough to go on over more than one line of this page. " * 4
    lines = pdf(f"<p>{words}</p><p>Next.</p><ul><li>one<li>{words}</ul>")
    assert lines == [words.strip(), "Next.", "- one", f"- {words.strip()}"]


def scanned():
    file = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(file, "PDF")
    return file.getvalue()


def locked():
    key = b"<" + b"5a" * 32 + b">"
    how = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O " + key + b" /U " + key + b" >>"
    pages = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", how)
    return small_pdf(b"/Encrypt 3 0 R /ID [<00> <00>]", *pages)


def test_pdfs_without_text_are_refused_with_what_to_do():
    assert "OCR" in refusal(scanned())
    assert "password" in refusal(locked())
