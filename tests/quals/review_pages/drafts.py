"""A draft with doubts of every kind, and how its pages are asked and told."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.actors import Actor
from quals import actions
from quals.models import Correction, Document, Resolution, Specification
from tests.quals.builders import a_pack, the_qualification

MARKED = "<p>1.1</p>\t<b>Name three</b> <script>alert('soil')</script>"
LOST = {
    "line": 12,
    "severity": "error",
    "code": "criterion-text-missing",
    "subject": "unit 1, 1.2",
    "message": "The words of 1.2 are missing.",
}
DISPUTED = {"line": 2, "severity": "warning", "code": "rule-disputed", "subject": "R3", "message": "R3 reads two ways."}
ODD = {"line": 20, "severity": "warning", "code": "odd-line", "subject": "", "message": "Line 20 is odd."}
MENDED = {
    "line": 13,
    "severity": "note",
    "code": "code-mended",
    "subject": "unit 1, 2.1",
    "message": "3.1 is read as 2.1.",
    "printed": "3.1",
    "read": "2.1",
}


def doubtful_pack(units: int = 3, **changes) -> dict:
    """A pack with a criterion whose wording is lost, a rule that reads two ways and a line that fits nowhere."""
    pack = a_pack(units=units, findings=[LOST, DISPUTED, ODD, MENDED], **changes)
    for position, unit in enumerate(pack["units"]):
        unit["line"] = 10 + 10 * position
    pack["units"][0]["outcomes"][0]["criteria"][1]["text"] = ""
    return pack


def make_draft(**changes) -> Specification:
    lines = [f"Line number {number}" for number in range(1, 60)]
    lines[10] = MARKED
    pack = doubtful_pack(**changes)
    return actions.import_pack(
        pack=pack, lines=lines, source_name="herbs.txt", publish=False, by=Actor.system("tests")
    ).specification


def review_url(draft, name="review", *more):
    return reverse(name, args=[draft.public_id, *more])


def unit_url(draft, key="1"):
    return review_url(draft, "review_unit", key)


def structure_url(draft):
    return review_url(draft, "review_structure", the_qualification(draft).public_id)


def text_of(response, status=200):
    assert response.status_code == status, response.content.decode()[:2000]
    return " ".join(response.content.decode().split())


def send(client, draft, deed, /, page="units/1", **sent):
    return client.post(review_url(draft, f"review_{deed}"), {"page": page, **sent})


def rows() -> tuple[int, int]:
    return Correction.objects.count(), Resolution.objects.count()


def a_file(content: bytes = b"Growing herbs", name: str = "herbs.txt"):
    return SimpleUploadedFile(name, content)


def bring(client, file, **headers):
    return client.post(reverse("documents"), {"file": file, "whole": "1"}, headers=headers)


def a_document(draft=None, **facts) -> Document:
    who = {"brought_by": an_editor_again(), "brought_at": "2026-03-01T10:00Z"}
    return Document.objects.create(
        **{"name": "herbs.txt", "sha256": "a" * 64, "size": 10, "specification": draft} | who | facts
    )


def an_editor_again():
    from accounts.models import User

    return User.objects.get(email="editor@example.org")


TEXT = "units/1/outcomes/1/criteria/1.2/text"
