"""Evidence in a page: pictures, films and sound as they are, a PDF page by page, text as text."""

from django import template

from portfolios import files

register = template.Library()


@register.filter
def preview_kind(file) -> str:
    """image, video, audio, pdf, text, or none: how a file can be shown in a page."""
    content_type = file.blob.content_type
    if content_type not in files.SAFE_TO_SHOW:
        return "none"
    if content_type == "application/pdf":
        return "pdf"
    return content_type.split("/")[0]


def page_wanted(request, file) -> int:
    """The page of this PDF that the address names: ?file=<id>&page=3."""
    page = request.GET.get("page", "") if request.GET.get("file") == str(file.public_id) else ""
    return min(int(page), 100_000) if page.isascii() and page.isdigit() and len(page) < 7 else 1


def _address(request, file, number: int) -> str:
    """This page again, with another page of the PDF on it."""
    query = request.GET.copy()
    query["file"], query["page"] = str(file.public_id), str(number)
    return f"{request.path}?{query.urlencode()}"


def _pdf(request, file, number: int | None) -> dict:
    try:
        page = files.read_page(file.blob.path, number or page_wanted(request, file))
    except files.Unreadable:
        return {"kind": "none", "unreadable": True}
    before = _address(request, file, page.number - 1) if page.number > 1 else ""
    after = _address(request, file, page.number + 1) if page.number < page.of else ""
    return {"page": page, "before": before, "after": after}


@register.inclusion_tag("portfolios/evidence/preview.html", takes_context=True)
def preview(context, file, page: int | None = None, id: str = "media") -> dict:
    """A file in the page. `page`: of a PDF, else the one the address names; `id`: for pointers into films."""
    request, kind = context["request"], preview_kind(file)
    shown = {"file": file, "kind": kind, "id": id}
    if kind == "pdf":
        shown |= _pdf(request, file, page)
    elif kind == "text":
        shown["text"] = files.beginning_of(file.blob.path)
    return shown
