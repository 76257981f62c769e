"""Bytes on a storage: taken in as a stream, hashed on the way, addressed by content in a centre, served in ranges."""

import codecs
import hashlib
import io
import os
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import NamedTemporaryFile
from threading import Lock

import filetype
import pypdfium2
from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

CHUNK = 256 * 1024
HEAD = 8192
WIDEST, TALLEST = 1600, 2400  # of a page shown as a picture, in pixels
MOST_TEXT = 20_000
PDF_AT_A_TIME = Lock()  # PDFium must not be used from two threads
SAFE_TO_SHOW = {
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "application/pdf",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "audio/mpeg",
    "audio/mp4",
    "audio/ogg",
    "audio/x-wav",
    "audio/webm",
    "text/plain",
}


class HashingUploadHandler(TemporaryFileUploadHandler):
    """Streams every uploaded file to disk and hashes it on the way; a file over the limit is dropped, not kept in part.

    Nothing is kept for somebody who is signed out.
    """

    chunk_size = CHUNK

    def new_file(self, *args, **kwargs):
        if not self.request.user.is_authenticated:
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.hash = hashlib.sha256()
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT_BYTES:
            self.request.upload_over_limit = self.file_name
            self.file.close()
            raise SkipFile
        self.hash.update(raw_data)
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size):
        uploaded = super().file_complete(file_size)
        if uploaded is not None:
            uploaded.sha256 = self.hash.hexdigest()
        return uploaded


def sha256_of(file: DjangoFile) -> str:
    if known := getattr(file, "sha256", None):
        return known
    digest = hashlib.sha256()
    for chunk in file.chunks(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def sniff(file: DjangoFile) -> str:
    """The type that the bytes say, never the name: a web page or a script called photo.jpg is text/html."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if kind := filetype.guess(head):
        return kind.mime
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        lowered.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"#!", b"<body", b"<head"))
        or b"<script" in lowered
    ):
        return "text/html"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"  # as every reader of PDFs takes it: some scanners put a few bytes before the mark
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return "application/octet-stream"
    return (
        "text/plain"
        if all(ch in "\t\r\n\f" or unicodedata.category(ch) != "Cc" for ch in text)
        else "application/octet-stream"
    )


def shown_name(name: str) -> str:
    """A name fit to keep: no folders, no control characters, at most 150 characters with its ending; emoji stay."""
    name = PurePosixPath(name.replace("\\", "/")).name
    name = "".join(ch for ch in name if unicodedata.category(ch) not in {"Cc", "Cs", "Cf"} or ch == "\u200d").strip(
        " ."
    )
    stem, ending = os.path.splitext(name)
    return (stem[: 150 - len(ending)] + ending if len(ending) <= 12 else name[:150]) or "file"


def keep(file: DjangoFile, path: str) -> None:
    """Put the bytes at `path`; bytes that are there already are left as they are."""
    if default_storage.exists(path):
        return
    if isinstance(file, TemporaryUploadedFile):
        file.seek(0)
    default_storage.save(path, file)


def read_range(path: str, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` to `end` (both count), in chunks."""
    with default_storage.open(path) as stored:
        stored.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := stored.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def read_whole(path: str, sha256: str) -> Iterator[bytes]:
    """All the bytes in chunks, hashed on the way (EVD-2): the last chunk is only given out once the hash fits, so that
    an altered file never arrives whole. Raises Altered."""
    digest, held = hashlib.sha256(), b""
    with default_storage.open(path) as stored:
        for chunk in iter(lambda: stored.read(CHUNK), b""):
            digest.update(chunk)
            if held:
                yield held
            held = chunk
    if digest.hexdigest() != sha256:
        raise Altered(path)
    yield held


class Altered(Exception):
    """What lies in the storage is not what was submitted."""


def stored_sha256(path: str) -> str | None:
    """The hash of what lies in the storage now, or nothing when it is gone."""
    if not default_storage.exists(path):
        return None
    digest = hashlib.sha256()
    with default_storage.open(path) as stored:
        for chunk in iter(lambda: stored.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


class Unreadable(Exception):
    """A PDF that cannot be opened (broken, or locked with a password), or a page that it does not have."""


@dataclass(frozen=True)
class PdfPage:
    """One page of a PDF: its number of how many, and its words, for those who cannot see the picture of it."""

    number: int
    of: int
    text: str


@contextmanager
def _local(path: str) -> Iterator[str]:
    """The bytes as a file of this machine, wherever the storage keeps them."""
    try:
        yield default_storage.path(path)
    except NotImplementedError:
        with default_storage.open(path) as stored, NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
            shutil.copyfileobj(stored, copy, CHUNK)
            copy.flush()
            yield copy.name


@contextmanager
def _pdf_page(path: str, number: int) -> Iterator[tuple[pypdfium2.PdfDocument, pypdfium2.PdfPage]]:
    with PDF_AT_A_TIME, _local(path) as name:
        try:
            document = pypdfium2.PdfDocument(name)
        except (pypdfium2.PdfiumError, FileNotFoundError) as fault:
            raise Unreadable from fault
        try:
            if not 1 <= number <= len(document):
                raise Unreadable
            yield document, document[number - 1]
        except pypdfium2.PdfiumError as fault:
            raise Unreadable from fault
        finally:
            document.close()


def read_page(path: str, number: int) -> PdfPage:
    with _pdf_page(path, number) as (document, page):
        return PdfPage(number, len(document), page.get_textpage().get_text_range(count=-1)[:MOST_TEXT].strip())


def picture_of_page(path: str, number: int) -> bytes:
    """The page as a PNG of bounded size."""
    with _pdf_page(path, number) as (_, page):
        width, height = page.get_size()
        scale = min(WIDEST / max(width, 1), TALLEST / max(height, 1))
        picture = io.BytesIO()
        page.render(scale=scale).to_pil().save(picture, "PNG")
        return picture.getvalue()


def beginning_of(path: str) -> str:
    """The first words of a text file."""
    with default_storage.open(path) as stored:
        return stored.read(MOST_TEXT).decode(errors="replace")
