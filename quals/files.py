"""Specification documents on a storage, addressed by their content; and what a file of any kind holds."""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from pathlib import PurePosixPath

from django.core.files.base import File
from django.core.files.storage import default_storage

from quals.case import is_package, read_package
from quals.rules import refuse_pack
from quals.specification import NotASpecification, document_lines, read_specification
from quals.specification.formats import LARGEST
from quals.specification.review.contradictions import with_contradictions

CHUNK = 256 * 1024
FOLDER = "specifications"
RICH_TEXT = b"{\\rtf"
BEFORE_JSON = b"\xef\xbb\xbf \t\r\n"


class Altered(Exception):
    """What lies in the storage is not what was brought."""


def sha256_of(file: File) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(CHUNK), b""):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def keep(file: File, sha256: str) -> str:
    """Put the bytes where their hash says, unless they are there already; returns the path."""
    path = f"{FOLDER}/{sha256}"
    if not default_storage.exists(path):
        file.seek(0)
        default_storage.save(path, file)
    return path


def bytes_of(path: str, sha256: str) -> bytes:
    """The bytes as they were brought; raises Altered, and OSError where they cannot be had."""
    with default_storage.open(path) as stored:
        data = stored.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Altered(path)
    return data


def shown_name(name: str) -> str:
    """A name fit to keep: no folders and no control characters."""
    name = PurePosixPath(name.replace("\\", "/")).name
    return "".join(ch for ch in name if unicodedata.category(ch) not in {"Cc", "Cs", "Cf"}).strip(" .")[:255] or "file"


def pack_in(data: bytes, name: str, tell: Callable[[int, int], None] | None = None) -> tuple[dict, list[str]]:
    """What a file holds, as a pack and the lines that its line numbers point at: a document in any format that can
    be read, a qualification pack, or a CASE package; with what its rules of combination contradict. Raises
    NotASpecification."""
    if data.lstrip(BEFORE_JSON).startswith(b"{") and not data.startswith(RICH_TEXT) and len(data) <= LARGEST:
        pack, lines = _json_in(data, name)
    else:
        pack, lines = read_specification(data, name, tell), document_lines(data)
    return with_contradictions(pack), lines


def _json_in(data: bytes, name: str) -> tuple[dict, list[str]]:
    try:
        pack, lines = json.loads(data.decode("utf-8-sig")), []
    except (ValueError, RecursionError):
        raise NotASpecification("This file begins like a qualification pack, but is not JSON.") from None
    if is_package(pack):
        pack, lines = read_package(pack, name, hashlib.sha256(data).hexdigest())
    if refusal := refuse_pack(pack):
        raise NotASpecification(refusal.sentence)
    return pack, lines
