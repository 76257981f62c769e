"""The bytes of evidence, to those who may see it: whole, in ranges so that films can seek, and a PDF page by page."""

import re

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from audit.rules import refuse
from portfolios import files, queries

# A picture, a film or a page of text may be looked at by itself; nothing in it may run, load or send anything.
# (Of the same origin, so that a film's player may fetch the film; without scripts that gives it nothing else.)
LOCKED_UP = "sandbox allow-same-origin; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})", re.IGNORECASE | re.ASCII)
ALTERED = (
    "The stored bytes of this file are no longer those that were submitted. Tell your administrator: nothing is shown."
)


class Unsatisfiable(Exception):
    """The range asked for lies behind the end of the file."""


def span_of(asked: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a Range header; None where it is to be ignored (RFC 9110: malformed, or several)."""
    match = RANGE.fullmatch(asked.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start:
            return None
    if start >= size:
        raise Unsatisfiable
    return start, end


def names(header: str, etag: str) -> bool:
    """Whether an If-None-Match header names this version of the bytes."""
    return any(each.strip().removeprefix("W/") in {etag, "*"} for each in header.split(","))


def guarded(response, etag: str, kind: str = "application/octet-stream"):
    response.headers["Content-Type"] = kind
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED_UP
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _file(request, file_id):
    if request.actor is None:
        raise Http404
    return get_object_or_404(queries.files_for(request.actor), public_id=file_id)


@require_safe
def serve(request, file_id):
    """A file, or the range of it that was asked for; shown in the page only if nothing in it can run."""
    file = _file(request, file_id)
    blob, etag = file.blob, f'"{file.blob.sha256}"'
    if names(request.headers.get("If-None-Match", ""), etag):
        return guarded(HttpResponse(status=304), etag)
    asked = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        asked = ""
    try:
        span = span_of(asked, blob.size)
    except Unsatisfiable:
        response = guarded(HttpResponse(status=416), etag)
        response.headers["Content-Range"] = f"bytes */{blob.size}"
        return response
    response = guarded(_bytes(request, blob, span), etag, _type_of(blob))
    response.headers["Accept-Ranges"] = "bytes"
    as_attachment = blob.content_type not in files.SAFE_TO_SHOW or "download" in request.GET
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment, file.name)
    return response


def _type_of(blob) -> str:
    return "text/plain; charset=utf-8" if blob.content_type == "text/plain" else blob.content_type


def _bytes(request, blob, span):
    start, end = span or (0, blob.size - 1)
    status = 206 if span else 200
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    else:
        whole = (start, end) == (0, blob.size - 1)
        parts = files.read_whole(blob.path, blob.sha256) if whole else files.read_range(blob.path, start, end)
        response = StreamingHttpResponse(parts, status=status)
    response.headers["Content-Length"] = str(end - start + 1)
    if span:
        response.headers["Content-Range"] = f"bytes {start}-{end}/{blob.size}"
    return response


@require_safe
def page(request, file_id, number):
    """One page of a PDF as a picture."""
    file = _file(request, file_id)
    etag = f'"{file.blob.sha256}-{number}"'
    if file.blob.content_type != "application/pdf":
        raise Http404
    if names(request.headers.get("If-None-Match", ""), etag):
        return guarded(HttpResponse(status=304), etag)
    if files.stored_sha256(file.blob.path) != file.blob.sha256:
        refuse("EVD-2", ALTERED)
    try:
        picture = files.picture_of_page(file.blob.path, number)
    except files.Unreadable:
        raise Http404 from None
    return guarded(HttpResponse(picture), etag, "image/png")
