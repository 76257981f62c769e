"""The rules of combination of one qualification: read, corrected and settled, a selection tried beside them, drawn."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from audit.actors import today
from quals import queries
from quals.queries import catalogue, picturing, trying
from quals.views.panes import Page
from quals.views.reviewing import asked_for, context_of, rule_forms, uuid_of

IN_PLACE = {"try", "told"}  # the panel, and the words in it


@require_safe
def review_rules(request, public_id, qualification_id):
    """For an editor who has to say what a rule means: what follows from it, for units of their choice."""
    specification = asked_for(request, public_id)
    row = _qualification(request, specification, str(qualification_id))
    tried = _tried(request.GET, row)
    least = None
    if request.GET.get("least") in trying.MEASURES:
        least = trying.least_of(tried.combination, request.GET["least"])
        if least.value is not None:
            return redirect(f"{request.path}?{_address(tried.day, least.units)}")
    if request.headers.get("HX-Target") in IN_PLACE:
        response = render(request, "quals/rules_try.html", _trial(row, specification, tried) | {"least": least})
    else:
        page = Page("rules", str(row.public_id), tried=_address(tried.day, tried.keys))
        response = rules_page(request, specification, page, least=least)
    patch_vary_headers(response, ["HX-Target"])
    return response


def _qualification(request, specification, name: str):
    row = get_object_or_404(queries.qualifications_for(request.actor), public_id=uuid_of(name))
    if row.specification_id != specification.pk:
        raise Http404
    return row


def _tried(asked, row) -> trying.Trial:
    """The selection that the address names. A day that is none is today."""
    return trying.trial_of(row, keys=asked.getlist("units"), day=_day(asked.get("on", "")) or today())


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _address(day: date, keys) -> str:
    dated = {} if day == today() else {"on": day.isoformat()}
    return urlencode({"units": sorted(keys)} | dated, doseq=True)


def rules_page(request, specification, page: Page, refused=None, status: int = 200, least=None):
    """The whole page; also for a deed that was refused, with what was tried before it."""
    row = _qualification(request, specification, page.name)
    found = queries.structure_review(specification, row)
    if found is None:
        raise Http404
    tried = _tried(QueryDict(page.tried), row)
    groups = queries.structure_of(row)
    context = context_of(request, specification, refused, f"Rules of {row.qan}")
    context |= rule_forms(request, found, refused) | _trial(row, specification, tried, groups)
    under = f"{found.path}/rules/"
    context |= {
        "page": page,
        "least": least,
        "structure": found,
        "opened_at": "",
        "doubts": [doubt for doubt in found.doubts if doubt.path and doubt.path.startswith(under)],
        "quotes": catalogue.quotes_of(specification, {line for rule in found.rules for line in rule.lines}),
        "pictures": picturing.pictures_of(groups, tried.combination.rules),
        "leasts": trying.leasts_of(tried.combination),
        "documents_url": reverse("documents"),
    }
    return render(request, "quals/review_rules.html", context, status=status)


def _trial(row, specification, tried, groups=None) -> dict:
    """What the panel beside the rules shows; a tick asks for nothing else."""
    groups = queries.structure_of(row) if groups is None else groups
    places = [place for group in groups for place in group.places.all()]
    return {
        "qualification": row,
        "specification": specification,
        "trial": tried,
        "groups": groups,
        "measures": trying.MEASURES,
        "tried_address": _address(tried.day, tried.keys),
        "is_dated": any(place.registered_from or place.registered_before for place in places),
    }
