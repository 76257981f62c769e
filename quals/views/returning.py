"""Back from a deed of a reviewer to the page that it was done on."""

from urllib.parse import parse_qs, urlencode

from django.urls import reverse

from quals.templatetags.reviewing import place_of
from quals.views.combining import rules_page
from quals.views.panes import Page
from quals.views.reviewing import review_page, structure_page, unit_page, uuid_of


def page_again(request, specification, deed: str, refusal):
    """The page that a deed was done on, with why it was refused and everything that was typed."""
    typed = ("path", "value", "ground", "name", "kind", "printed")
    refused = {name: request.POST.get(name, "") for name in typed}
    refused |= {"deed": deed, "sentence": refusal.sentence, "anchor": anchor_of(request.POST)}
    page = Page.of_sent(request.POST)
    show = {"units": unit_page, "structure": structure_page, "rules": rules_page}.get(page.kind)
    if show is None:
        return review_page(request, specification, refused, 422)
    return show(request, specification, page, refused, 422)


def url_of_page(specification, page: Page, fragment: str = "") -> str:
    """Where a deed leads back to."""
    url = reverse("review", args=[specification.public_id])
    if page.kind == "units":
        url = reverse("review_unit", args=[specification.public_id, page.name])
    elif page.kind:
        url = reverse(f"review_{page.kind}", args=[specification.public_id, uuid_of(page.name)])
    asked = urlencode(parse_qs(page.tried), doseq=True) or (f"doubt={page.doubt}" if page.doubt else "")
    return url + (f"?{asked}" if asked else "") + (f"#{fragment}" if fragment else "")


def anchor_of(sent) -> str:
    """Where on its page stands what was done: a doubt by its number, everything else by its path."""
    at, path = sent.get("at", ""), sent.get("path", "")
    if at.startswith("doubt-") and at[6:].isdecimal():
        return at
    return place_of(path) if "/" in path and len(path) <= 200 else ""
