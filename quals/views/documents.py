"""Documents that catalogue editors bring in: the way in, the list of them, and what came of each."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from audit.rules import Refused
from jobs import states as job_states
from jobs.queries import jobs_about
from quals import actions, queries, rules, states
from quals.forms import DocumentForm

PAGE_SIZE = 25


def editors_only(request) -> None:
    """Nobody else has these pages."""
    if request.actor is None or rules.refuse_edit_catalogue(by=request.actor):
        raise Http404


def _wants_json(request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request):
    """For an editor with an awarding organisation's document: drop it here, and see what came of earlier ones."""
    editors_only(request)
    if request.method != "POST":
        return _list(request, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = actions.bring_document(name=file.name, file=file, by=request.actor)
        except Refused as refused:
            form.add_error("file", refused.refusal.sentence)
        else:
            url = reverse("catalogue_document", args=[brought.public_id])
            return JsonResponse({"redirect": url}) if _wants_json(request) else redirect(url)
    if _wants_json(request):
        return JsonResponse({"error": " ".join(form.errors.get("file", []))}, status=422)
    return _list(request, form, status=422)


def _list(request, form, status: int = 200):
    found = Paginator(queries.documents_for(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    crumbs = [("Catalogue", reverse("catalogue")), ("Documents", None)]
    context = {"form": form, "documents": found, "crumbs": crumbs}
    return render(request, "quals/documents.html", context, status=status)


@require_safe
def document(request, public_id):
    """For whoever brought it in: how far it is, why it was refused, or what it became; a draft opens by itself."""
    editors_only(request)
    found = get_object_or_404(queries.documents_for(request.actor), public_id=public_id)
    specification = found.specification
    if request.htmx and specification and specification.state == states.DRAFT and not found.differences:
        return HttpResponse(headers={"HX-Redirect": reverse("review", args=[specification.public_id])})
    job = jobs_about(f"document:{found.public_id}").first() if found.state == states.WAITING else None
    crumbs = [("Catalogue", reverse("catalogue")), ("Documents", reverse("documents")), (found.name, None)]
    context = {
        "document": found,
        "job": job,
        "failed": job is not None and job.state == job_states.FAILED,
        "specification": specification,
        "qualifications": list(specification.qualifications.order_by("pk")) if specification else [],
        "crumbs": crumbs,
    }
    response = render(request, f"quals/document.html{'#progress' if request.htmx else ''}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
