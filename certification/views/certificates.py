"""Certificates: their documents, what those acting for the awarding organisation may do, and the public check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from audit.actors import EDITOR
from audit.rules import Refused
from certification import actions, documents, queries, rules
from certification.forms import EndCertificate


@require_safe
def document(request, certificate_id, name):
    """One of the two PDFs, for those who may read the claim."""
    found = get_object_or_404(queries.certificates_for(request.actor), public_id=certificate_id)
    if name not in found.documents:
        raise Http404
    response = FileResponse(documents.open_document(found, name), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.number}-{name}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def certificate(request, certificate_id):
    """What was issued and what became of it; with replacing and revoking for the awarding organisation (CLM-9)."""
    found = get_object_or_404(queries.certificates_for(request.actor), public_id=certificate_id)
    form, problem, status = EndCertificate(request.POST or None), None, 200
    if request.method == "POST" and form.is_valid():
        end = {"replace": actions.replace_certificate, "revoke": actions.revoke_certificate}[form.cleaned_data["how"]]
        try:
            end(certificate=found, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refused:
            problem, status = refused.refusal, 409 if refused.refusal.code == "CLM-9" else 403
        else:
            messages.success(
                request, "Done, and recorded with your reason.", extra_tags=f"certificate-{certificate_id}"
            )
            return redirect("certificate", certificate_id)
    elif request.method == "POST":
        status = 422
    facts = {
        "certificate": found,
        "form": form,
        "refusal": rules.refuse_end_certificate(certificate=found, reason="-", by=request.actor),
        "problem": problem,
        "ends": request.actor.role == EDITOR,
        "crumbs": [("Claims", reverse("claims")), (found.number, "")],
    }
    return render(request, "certification/certificate.html", facts, status=status)


@require_safe
@login_not_required
def check(request, code=""):
    """For an employer with a paper in hand: is it genuine? Shows no more than the paper itself does (CLM-12)."""
    asked = (code or request.GET.get("code", ""))[:40].strip()
    found = queries.certificate_with(asked) if asked else None
    status = 404 if asked and found is None else 200
    facts = {
        "asked": asked,
        "certificate": found,
        "is_demonstration": found is not None and found.claim.centre.is_demonstration,
    }
    return render(request, "certification/check.html", facts, status=status)
