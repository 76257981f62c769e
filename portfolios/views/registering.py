"""Pages of a centre's administrator: adding learners, registering them, choosing units, allocating staff."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.actors import today
from audit.rules import Refused, require
from audit.views import status_of
from centres.actions import invite_again
from centres.queries import centres_for
from centres.rules import refuse_administer, refuse_invite_again
from portfolios import actions, queries, rules, states
from portfolios.forms.registering import LearnerForm, UnitsForm
from quals.queries import qualifications_for

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


def _learner(request, learner_id):
    return asked_for(request, queries.learners_for, public_id=learner_id)


def registration_asked_for(request, registration_id):
    return asked_for(request, queries.registrations_for, public_id=registration_id)


def _crumbs(*more) -> list[tuple[str, str | None]]:
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
    context = {"form": form, "refusal": refusal, "twin": twin, "crumbs": _crumbs(("Add a learner", None))}
    return render(request, f"{AT}add_learner.html", context, status=status)


def _is_the_same(learner, typed: dict) -> bool:
    """The same form once more (a double click), rather than another person with this address."""
    return (learner.name, learner.born_on, learner.uln) == (typed["name"].strip(), typed["born_on"], typed["uln"])


def learner(request, learner_id):
    """For an administrator who was asked about a learner: who they are, how far they are, whether the mail came."""
    found = _learner(request, learner_id)
    if request.method == "POST":
        invite_again(centre=found.centre, user=found.user, by=request.actor)
        messages.success(request, f"The invitation was sent again to {found.user.email}.")
        return redirect("learner", found.public_id)
    context = {
        "learner": found,
        "registrations": queries.registrations_of(found, request.actor),
        "invitation": queries.invitation_of(found),
        "not_again": refuse_invite_again(centre=found.centre, user=found.user),
        "crumbs": _crumbs((found.name, None)),
    }
    return render(request, f"{AT}learner.html", context)


def register(request, learner_id):
    """For an administrator who knows the qualification: choose it, tick units until the rules are met, register."""
    found = _learner(request, learner_id)
    offered = queries.offered_qualifications(request.actor)
    qualification = _chosen(request, offered)
    context = {
        "learner": found,
        "offered": offered,
        "qualification": qualification,
        "crumbs": _crumbs((found.name, reverse("learner", args=[found.public_id])), ("Register", None)),
        "already": queries.registrations_of(found, request.actor),
        "label": "Register",
    }
    if qualification is None:
        return render(request, f"{AT}register.html", context)
    context["key"] = f"register-{found.public_id}-{qualification.public_id}"
    offer = queries.offer_of(qualification, registered_on=today())
    form = _units_form(request, offer, start=offer.mandatory)
    refusal = rules.refuse_register(learner=found, qualification=qualification, units=[], by=request.actor)
    if _is_sent(request, form):
        try:
            made = actions.register(learner=found, qualification=qualification, units=form.ticked, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
            if same := _registered_just_now(request, found, qualification, form.ticked):
                again = f"{found.name} had been registered already, with these units."
                messages.info(request, again, extra_tags=context["key"])
                return redirect(_after_units(same, request.actor))
        else:
            _tell(request, f"{found.name} is registered for {qualification}.", offer, form, context["key"])
            return redirect(_after_units(made, request.actor))
    return _render_units(request, "register", context, offer=offer, form=form, refusal=refusal)


def _chosen(request, offered: list):
    """The qualification asked for; where the centre has only one, that one."""
    wanted = request.POST.get("qualification") or request.GET.get("qualification")
    if not wanted:
        return offered[0] if len(offered) == 1 else None
    try:
        return get_object_or_404(qualifications_for(request.actor), public_id=wanted)
    except (ValueError, ValidationError):
        raise Http404 from None


def _units_form(request, offer, *, start) -> UnitsForm:
    units = [unit for _, held in offer.groups for unit in held]
    initial = {"units": [str(unit.public_id) for unit in start]}
    return UnitsForm(request.POST if request.method == "POST" else None, units=units, initial=initial)


def _is_sent(request, form) -> bool:
    """Sent to be saved, and not only to be checked."""
    return request.method == "POST" and request.POST.get("deed") != "check" and form.is_valid()


def _registered_just_now(request, learner, qualification, units):
    """The registration that the first of two clicks has made: today, with exactly these units."""
    for made in queries.registrations_of(learner, request.actor):
        if (made.qualification_id, made.registered_on) == (qualification.pk, today()):
            held = {entry.unit_id for entry in queries.entries_of(made, request.actor)}
            return made if held == {unit.pk for unit in units} else None
    return None


def _after_units(registration, actor) -> str:
    """To whoever is to be allocated, while a unit has nobody; else to the registration."""
    alone = [
        entry
        for entry in queries.entries_of(registration, actor)
        if entry.state == states.OPEN and (entry.assessor_id is None or entry.iqa_id is None)
    ]
    return reverse("allocate" if alone else "registration", args=[registration.public_id])


def _tell(request, done: str, offer, form, key: str) -> None:
    """What was done; and, where the rules of combination are not met yet, the engine's own sentence."""
    verdict = offer.standing(form.ticked).verdict
    if verdict.passes:
        messages.success(request, done, extra_tags=key)
    else:
        messages.warning(request, f"{done} {verdict.reason} Units can be added later.", extra_tags=key)


def _render_units(request, page: str, context: dict, *, offer, form, refusal, locked=frozenset()):
    """The page with the unit table, or only what the ticked units come to, where htmx asks for that."""
    failed = refusal if request.method == "POST" and request.POST.get("deed") != "check" else None
    context |= {
        "offer": offer,
        "form": form,
        "ticked": {unit.pk for unit in form.ticked},
        "locked": locked,
        "standing": offer.standing(form.ticked),
        "refusal": refusal,
        "failed": failed,
    }
    if request.htmx and request.POST.get("deed") == "check":
        return render(request, f"{AT}standing.html", {**context, "swap": True})
    status = status_of(failed) if failed else (422 if form.errors else 200)
    return render(request, f"{AT}{page}.html", context, status=status)


def choose_units(request, registration_id):
    """For an administrator whose learner wants another unit: the table of the issue it began on, as it was ticked."""
    found = registration_asked_for(request, registration_id)
    offer = queries.offer_of(found.qualification, registered_on=found.registered_on)
    entries = queries.entries_of(found, request.actor)
    form = _units_form(request, offer, start=[entry.unit for entry in entries])
    refusal = rules.refuse_choose_units(registration=found, by=request.actor)
    key = f"units-{found.public_id}"
    if _is_sent(request, form):
        try:
            actions.choose_units(registration=found, units=form.ticked, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
        else:
            _tell(request, "The units were saved.", offer, form, key)
            return redirect(_after_units(found, request.actor))
    context = {
        "registration": found,
        "qualification": found.qualification,
        "label": "Save units",
        "key": key,
        "crumbs": registration_crumbs(found, "Units"),
    }
    locked = queries.units_in_use(found)
    return _render_units(request, "choose_units", context, offer=offer, form=form, refusal=refusal, locked=locked)


def registration_crumbs(registration, here: str) -> list:
    learner = registration.learner
    return _crumbs(
        (learner.name, reverse("learner", args=[learner.public_id])),
        (registration.qan, reverse("registration", args=[registration.public_id])),
        (here, None),
    )
