"""Makes PDF, Word and HTML of a specification's text: what an awarding organisation would have published it from."""

import html
import io
import re

import docx
import weasyprint

from quals.specification.tables import cells

STYLE = (
    "@page {size: A4; margin: 2cm; @top-left {content: 'Invented Awards'} @bottom-right {content: counter(page)}}"
    "body {font: 10pt sans-serif} table {border-collapse: collapse; width: 100%} h1 {font-size: 20pt}"
    "h2 {font-size: 16pt} h3 {font-size: 13pt} td {border: 0.5pt solid; padding: 3pt; vertical-align: top}"
    "tr {break-inside: avoid}"
)
BOLD = re.compile(r"\*\*(.+?)\*\*")
PARAGRAPHS = re.compile(r"</?p>")


def blocks(text):
    """("h2", words), ("p", words), ("li", words) or ("tr", cells), with None between blocks."""
    for line in text.split("\n"):
        words = BOLD.sub(r"\1", line).strip()
        if heading := re.match(r"(#+) +(.*)", words):
            yield f"h{len(heading[1])}", heading[2]
        elif "\t" in line or words.removeprefix("- ").strip().startswith("|"):
            if row := cells(line):
                yield "tr", row
        elif words.startswith("- "):
            yield "li", words[2:]
        elif words:
            yield "p", re.sub(r"\[(.*?)\]\(.*?\)", r"\1", words)
        else:
            yield "", None


def as_html(text):
    parts, table = [], False
    for kind, words in blocks(text):
        if table != (kind == "tr"):
            table = not table
            parts.append("<table>" if table else "</table>")
        if kind == "tr":
            parts.append("<tr>" + "".join(f"<td>{cell}" for cell in words))
        elif kind == "li":
            parts.append(f"<ul><li>{words}</li></ul>")
        elif kind:
            parts.append(f"<{kind}>{words}</{kind}>")
    style = f"<style>{STYLE}</style><script>if (1 < 2) {{'<p>'}}</script>"
    return f"<!DOCTYPE html><html lang=en><head><title>x</title>{style}</head><body>{chr(10).join(parts)}</body></html>"


def as_pdf(text):
    return weasyprint.HTML(string=as_html(text)).write_pdf()


def as_word(text):
    document = docx.Document()
    rows = []
    for kind, words in [*blocks(text), ("", None)]:
        if kind == "tr":
            rows.append(words)
            continue
        if rows:
            _table(document, rows)
            rows = []
        if kind.startswith("h"):
            document.add_heading(_plain(words), level=int(kind[1:]))
        elif kind:
            document.add_paragraph(_plain(words), style="List Bullet" if kind == "li" else None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(document, rows):
    table = document.add_table(rows=0, cols=max(map(len, rows)))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            first, *others = [part for part in PARAGRAPHS.split(words) if part.strip()] or [""]
            cell.text = _plain(first)
            for other in others:
                cell.add_paragraph(_plain(other))


def _plain(words):
    return html.unescape(re.sub(r"</?[bp]>", "", words))


def small_pdf(trailer, *objects):
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Root 1 0 R " + trailer + b" >>\n%%EOF\n"
