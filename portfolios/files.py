"""Bytes on a storage: taken in as a stream, hashed on the way, addressed by content in a centre, served in ranges."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from pathlib import PurePosixPath

import filetype
from django.conf import settings
from django.core.files.base import File as DjangoFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

CHUNK = 256 * 1024
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
    head = file.read(8192)
    file.seek(0)
    if kind := filetype.guess(head):
        return kind.mime
    lowered = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if (
        lowered.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml", b"#!", b"<body", b"<head"))
        or b"<script" in lowered
    ):
        return "text/html"
    try:
        text = head[:-4].decode() if len(head) == 8192 else head.decode()
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


def stored_sha256(path: str) -> str | None:
    """The hash of what lies in the storage now, or nothing when it is gone."""
    if not default_storage.exists(path):
        return None
    digest = hashlib.sha256()
    with default_storage.open(path) as stored:
        for chunk in iter(lambda: stored.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()
