"""Where each role begins: what waits for them."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from audit.actors import ADMINISTRATOR, ASSESSOR, EDITOR, EQA, IQA, LEARNER
from audit.rules import require
from certification import queries, rules

HOMES = {
    LEARNER: "learner_home",
    ASSESSOR: "assessor_home",
    IQA: "iqa_home",
    EQA: "eqa_home",
    ADMINISTRATOR: "administrator_home",
    EDITOR: "catalogue",
}


def home(request):
    """To the home of the role somebody acts in; a person without a role is told what to do."""
    if request.actor is None:
        return render(request, "certification/no_role.html")
    return redirect(HOMES[request.actor.role])


def administrator_home(request):
    """What an administrator came for: who can be claimed, who needs an assessor, which claims came back."""
    require(rules.refuse_page(roles=(ADMINISTRATOR,), by=request.actor))
    facts = {
        "waiting": queries.waiting_for_administrator(request.actor),
        "under_way": queries.under_way_for(request.actor),
    }
    return render(request, "certification/administrator_home.html", facts)


def eqa_home(request):
    """What an EQA came for: claims to answer first, then every registration they are allocated to."""
    require(rules.refuse_page(roles=(EQA,), by=request.actor))
    text = request.GET.get("q", "")[:100].strip()
    page = Paginator(queries.registrations_list_for(request.actor, text=text), 50).get_page(request.GET.get("page"))
    facts = {
        "claims": queries.claims_waiting_for(request.actor),
        "page": page,
        "q": text,
        "query": urlencode({"q": text}) + "&" if text else "",
    }
    return render(request, "certification/eqa_home.html", facts)
