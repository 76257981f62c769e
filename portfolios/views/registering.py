"""Pages of a centre's administrator: the list of learners, adding one, and one learner."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.rules import Refused, require
from audit.views import status_of
from centres.actions import invite_again
from centres.queries import centres_for
from centres.rules import refuse_administer, refuse_invite_again
from portfolios import actions, queries
from portfolios.forms.registering import LearnerForm

PAGE_SIZE = 50
AT = "portfolios/registering/"


def _require_administrator(request) -> None:
    centre_id = request.actor.centre_id if request.actor else None
    require(refuse_administer(centre_id=centre_id, by=request.actor))


def asked_for(request, rows_for, **which):
    """The row, if it is the actor's to see (else 404), and the actor's to administer (else 403)."""
    if request.actor is None:
        raise Http404
    row = get_object_or_404(rows_for(request.actor), **which)
    require(refuse_administer(centre_id=row.centre_id, by=request.actor))
    return row


def learner_asked_for(request, learner_id):
    return asked_for(request, queries.learners_for, public_id=learner_id)


def registration_asked_for(request, registration_id):
    return asked_for(request, queries.registrations_for, public_id=registration_id)


def learner_crumbs(*more) -> list[tuple[str, str | None]]:
    return [("Learners", reverse("learners")), *more]


def learners(request):
    """For an administrator who came to find one learner, or to add one: type a word, one click."""
    _require_administrator(request)
    text = " ".join(request.GET.get("text", "").split())[:100]
    found = queries.learner_list_for(request.actor, text=text)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = QueryDict(mutable=True)
    if text:
        query["text"] = text
    context = {"page": page, "text": text, "query": f"{query.urlencode()}&" if text else ""}
    return render(request, f"{AT}learners.html", {**context, "crumbs": [("Learners", None)]})


def add_learner(request):
    """For an administrator with a new learner before them: one form, then straight on to the qualification."""
    _require_administrator(request)
    form = LearnerForm(request.POST if request.method == "POST" else None)
    refusal = twin = None
    if form.is_valid():
        centre = centres_for(request.actor).get()
        try:
            learner = actions.add_learner(centre=centre, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
            twin = queries.learner_by_email(request.actor, form.cleaned_data["email"])
            if twin and _is_the_same(twin, form.cleaned_data):
                messages.info(request, f"{twin.name} had been added already.", extra_tags="add-learner")
                return redirect("register", twin.public_id)
        else:
            messages.success(request, f"{learner.name} was added and invited by email.", extra_tags="add-learner")
            return redirect("register", learner.public_id)
    status = status_of(refusal) if refusal else (422 if form.errors else 200)
    context = {"form": form, "refusal": refusal, "twin": twin, "crumbs": learner_crumbs(("Add a learner", None))}
    return render(request, f"{AT}add_learner.html", context, status=status)


def _is_the_same(learner, typed: dict) -> bool:
    """The same form once more (a double click), rather than another person with this address."""
    return (learner.name, learner.born_on, learner.uln) == (typed["name"].strip(), typed["born_on"], typed["uln"])


def learner(request, learner_id):
    """For an administrator who was asked about a learner: who they are, how far they are, whether the mail came."""
    found = learner_asked_for(request, learner_id)
    if request.method == "POST":
        invite_again(centre=found.centre, user=found.user, by=request.actor)
        messages.success(request, f"The invitation was sent again to {found.user.email}.")
        return redirect("learner", found.public_id)
    context = {
        "learner": found,
        "registrations": queries.registrations_of(found, request.actor),
        "invitation": queries.invitation_of(found),
        "not_again": refuse_invite_again(centre=found.centre, user=found.user),
        "crumbs": learner_crumbs((found.name, None)),
    }
    return render(request, f"{AT}learner.html", context)


def registration_crumbs(registration, here: str) -> list:
    learner = registration.learner
    return learner_crumbs(
        (learner.name, reverse("learner", args=[learner.public_id])),
        (registration.qan, reverse("registration", args=[registration.public_id])),
        (here, None),
    )
