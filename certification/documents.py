"""The papers of a claim as tagged, accessible PDF (PDF/UA): the certificate or record of claim, and the list of units."""

import hashlib
from collections.abc import Callable

import segno
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.urls import reverse
from weasyprint import CSS, HTML

from certification import states
from certification.models import Certificate

NAMES = ("award", "units")


def make(certificate: Certificate, progress: Callable[[int, int, str], None]) -> dict:
    """Make both PDFs, store them, and return for each its SHA-256, size and path. The certificate is not saved yet."""
    made = {}
    for number, name in enumerate(NAMES):
        progress(number, len(NAMES) + 1, "Making the certificate" if name == "award" else "Making the list of units")
        made[name] = _store(certificate, name, render(certificate, name))
    progress(len(NAMES), len(NAMES) + 1, "Issuing")
    return made


def render(certificate: Certificate, name: str) -> bytes:
    """One document as PDF/UA bytes."""
    check_url = settings.PUBLIC_URL + reverse("check", args=[certificate.code])
    facts = {
        "certificate": certificate,
        "is_certificate": certificate.kind == states.CERTIFICATE,
        "check_url": check_url,
        "qr": segno.make(check_url, error="m").svg_inline(scale=3, border=0, dark="#1a1a1a"),
    }
    html = render_to_string(f"certification/paper/{name}.html", facts)
    style = CSS(filename=str(settings.BASE_DIR / "static" / "css" / "paper.css"))
    return HTML(string=html, base_url=str(settings.BASE_DIR)).write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


def _store(certificate: Certificate, name: str, pdf: bytes) -> dict:
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = f"{certificate.claim.centre_id}/{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(pdf))
    return {"sha256": sha256, "size": len(pdf), "path": path}
