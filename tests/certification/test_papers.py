"""The papers themselves: accessible PDF, and what they say."""

import ctypes
import re
import zlib
from contextlib import suppress
from datetime import date

import pypdfium2
import pytest
from django.conf import settings
from pypdfium2 import raw

from centres.models import Centre
from certification import actions as certification
from certification import documents
from certification.models import Certificate, Claim
from tests.certification.builders import issue

UNITS = [
    {"code": str(400 + n), "uan": f"A/900/{2000 + n}", "title": f"Manage work {n}", "level": 4, "credit": 5}
    for n in range(12)
]


def make_certificate(*, demonstration: bool = False, **facts) -> Certificate:
    said = {
        "kind": "certificate",
        "number": "26-0000123",
        "code": "7KQM-XH4R-9TPW-2NVD",
        "learner_name": "Zoë Ångström-O’Neill",
        "awarding_organisation": "Testing Awards",
        "centre_name": "Northgate Training",
        "title": "Level 4 NVQ Diploma in Testing (QCF)",
        "qan": "900/0009/5",
        "level": 4,
        "credits": 60,
        "units": UNITS,
        "awarded_on": date(2026, 11, 2),
    }
    centre = Centre(name="Northgate Training", is_demonstration=demonstration)
    return Certificate(claim=Claim(centre=centre), **said | facts)


def unpacked(pdf: bytes) -> bytes:
    """The file with what is compressed in it beside it, so that its objects can be read as text."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


def alternatives(pdf: bytes) -> list[str]:
    """The alternative texts of the figures on the first page, as an assistive technology reads them."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    tree = raw.FPDF_StructTree_GetForPage(page)
    found = []

    def visit(element):
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, buffer, size)
            found.append(bytes(buffer)[:-2].decode("utf-16-le"))
        for number in range(raw.FPDF_StructElement_CountChildren(element)):
            if child := raw.FPDF_StructElement_GetChildAtIndex(element, number):
                visit(child)

    for number in range(raw.FPDF_StructTree_CountChildren(tree)):
        visit(raw.FPDF_StructTree_GetChildAtIndex(tree, number))
    raw.FPDF_StructTree_Close(tree)
    document.close()
    return found


@pytest.mark.parametrize("name", documents.NAMES)
def test_a_paper_is_tagged_and_says_that_it_is_pdf_ua(name):
    pdf = documents.render(make_certificate(), name)
    objects = unpacked(pdf)
    assert re.search(rb"/MarkInfo\s*<</Marked true>>", objects)
    assert b"/StructTreeRoot" in objects
    assert b"/Lang (en-GB)" in objects
    assert b"/DisplayDocTitle true" in objects
    assert re.search(rb"pdfuaid:part(>|=.)1", objects)
    document = pypdfium2.PdfDocument(pdf)
    assert raw.FPDFCatalog_IsTagged(document)
    assert "26-0000123" in document.get_metadata_value("Title")
    assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.5)
    document.close()


def test_every_picture_on_a_paper_has_words_of_its_own():
    certificate = make_certificate()
    said = alternatives(documents.render(certificate, "award"))
    assert said == [
        "The mark of Testing Awards",
        f"QR code that opens {settings.PUBLIC_URL}/check/{certificate.code}/",
    ]


def test_the_certificate_says_everything_that_it_must():
    certificate = make_certificate()
    pdf = documents.render(certificate, "award")
    said = words(pdf)
    for wanted in (
        "Certificate",
        certificate.learner_name,
        certificate.title,
        certificate.qan,
        certificate.awarding_organisation,
        "2 November 2026",
        certificate.number,
        certificate.code,
        certificate.centre_name,
    ):
        assert wanted in said
    assert "not a certificate" not in said
    assert "Demonstration" not in said
    assert pages(pdf) == 1


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    number = len(document)
    document.close()
    return number


@pytest.mark.parametrize("name", documents.NAMES)
def test_a_record_of_claim_says_that_it_is_not_a_certificate(name):
    said = words(documents.render(make_certificate(kind="record"), name))
    assert "This is not a certificate. Testing Awards issues the certificate." in said
    assert "This is to certify" not in said


@pytest.mark.parametrize("name", documents.NAMES)
def test_a_paper_of_a_demonstration_cannot_be_taken_for_a_real_one(name):
    said = words(documents.render(make_certificate(demonstration=True), name))
    assert "Demonstration. Nobody has been awarded anything" in said


@pytest.mark.parametrize("name", documents.NAMES)
def test_a_replacement_is_marked_as_one(name):
    said = words(documents.render(make_certificate(replaces=Certificate(number="26-0000101")), name))
    assert "Replacement" in said
    assert "26-0000101" in said


def test_the_list_of_units_shows_each_unit_and_the_credits_together():
    said = words(documents.render(make_certificate(), "units"))
    for unit in UNITS:
        assert f"{unit['code']} {unit['uan']} {unit['title']} 4 5" in said
    assert "12 units, total credits 60" in said


def test_the_longest_name_and_title_stay_on_one_page():
    long = make_certificate(
        kind="record", demonstration=True, learner_name="Maximiliana " * 9, title="Diploma in Managing " * 10
    )
    assert pages(documents.render(long, "award")) == 1


def test_a_name_cannot_bring_markup_onto_a_paper():
    said = words(documents.render(make_certificate(learner_name="<b>Ada</b> & <script>x</script>"), "award"))
    assert "<b>Ada</b> & <script>x</script>" in said


def test_where_the_awarding_organisation_issues_here_a_certificate_is_made(here):
    type(here.registration.qualification.specification.awarding_organisation).objects.update(issues_here=True)
    assert issue(here).kind == "certificate"


def test_making_the_papers_twice_makes_one_certificate(here):
    certificate = issue(here)
    again = certification.make_documents(claim=certificate.claim, progress=lambda *said: None, by=here.administrator)
    assert again == certificate
    assert Certificate.objects.count() == 1


def test_the_certificate_keeps_the_fingerprint_of_each_paper(here):
    certificate = issue(here)
    assert set(certificate.documents) == {"award", "units"}
    for name, kept in certificate.documents.items():
        with documents.open_document(certificate, name) as stored:
            assert len(stored.read()) == kept["size"]
