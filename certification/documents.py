"""The papers of a claim as accessible PDF (PDF/UA): the certificate or record of claim, and the list of units."""

import hashlib
from collections.abc import Callable

import segno
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse

from certification import states
from certification.models import Certificate

NAMES = ("award", "units")


def make(certificate: Certificate, progress: Callable[[int, int, str], None]) -> dict:
    """Make both PDFs, store them, and return for each its SHA-256, size and path. The certificate is not saved yet."""
    made = {}
    for number, name in enumerate(NAMES):
        progress(number, len(NAMES) + 1, f"Making {words_of(certificate) if name == 'award' else 'the list of units'}")
        made[name] = _store(certificate, name, render(certificate, name))
    progress(len(NAMES), len(NAMES) + 1, "Issuing")
    return made


def words_of(certificate: Certificate) -> str:
    return f"the {certificate.get_kind_display().lower()}"


def render(certificate: Certificate, name: str) -> bytes:
    """One document as PDF/UA bytes."""
    # WeasyPrint loads Pango: over a second and 40 MB that the web server's processes never need.
    from weasyprint import CSS, HTML

    html = render_to_string(f"certification/paper/{name}.html", facts_of(certificate))
    style = CSS(filename=str(settings.BASE_DIR / "static" / "css" / "paper.css"))
    return HTML(string=html, base_url=str(settings.BASE_DIR)).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


def facts_of(certificate: Certificate) -> dict:
    """What the templates of the papers say."""
    check_url = settings.PUBLIC_URL + reverse("check", args=[certificate.code])
    return {
        "certificate": certificate,
        "is_certificate": certificate.kind == states.CERTIFICATE,
        "is_demonstration": certificate.claim.centre.is_demonstration,
        "mark": "".join(word[0] for word in certificate.awarding_organisation.split() if word[0].isalnum())[:2].upper(),
        "check_url": check_url,
        "check_page": settings.PUBLIC_URL + reverse("check_form"),
        "qr": segno.make(check_url, error="m").svg_inline(
            scale=3, border=0, dark="#1a1a1a", title=f"QR code that opens {check_url}"
        ),
    }


def _store(certificate: Certificate, name: str, pdf: bytes) -> dict:
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = f"{certificate.claim.centre_id}/{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(pdf))
    return {"sha256": sha256, "size": len(pdf), "path": path}


def open_document(certificate: Certificate, name: str):
    """A stored document, open for reading."""
    return default_storage.open(certificate.documents[name]["path"])
