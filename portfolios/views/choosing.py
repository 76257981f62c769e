"""Pages where an administrator and a learner choose units: a new registration, and a change of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.actors import today
from audit.rules import Refused
from audit.views import status_of
from portfolios import actions, queries, rules, states
from portfolios.forms.registering import UnitsForm
from portfolios.views.registering import (
    AT,
    learner_asked_for,
    learner_crumbs,
    registration_asked_for,
    registration_crumbs,
)
from quals.queries import qualifications_for


def register(request, learner_id):
    """For an administrator with the learner beside them at induction: choose it, complete it, tick a way, register."""
    found = learner_asked_for(request, learner_id)
    offered = queries.offered_qualifications(request.actor)
    qualification = _chosen(request, offered)
    context = {
        "learner": found,
        "offered": offered,
        "qualification": qualification,
        "crumbs": learner_crumbs((found.name, reverse("learner", args=[found.public_id])), ("Register", None)),
        "already": queries.registrations_of(found, request.actor),
        "label": "Register",
    }
    if qualification is None:
        return render(request, f"{AT}register.html", context)
    context["key"] = f"register-{found.public_id}-{qualification.public_id}"
    offer = queries.offer_of(qualification, registered_on=today())
    form = _units_form(request, offer, start=offer.mandatory)
    refusal = rules.refuse_register(learner=found, qualification=qualification, units=[], by=request.actor)
    if _is_sent(form):
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
    initial = {"units": [str(unit.public_id) for unit in start]}
    return UnitsForm(request.POST if request.method == "POST" else None, units=offer.listed, initial=initial)


def _is_sent(form) -> bool:
    """Sent to be saved, and not only to be checked."""
    return form.is_bound and not form.is_peek and form.is_valid()


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


def _render_units(request, page: str, context: dict, *, offer, form, refusal, held=None):
    """The page with the unit table, or only what a tick changes, where htmx asks for that."""
    failed = refusal if form.is_bound and not form.is_peek else None
    context |= {
        "offer": offer,
        "form": form,
        "standing": offer.standing(form.ticked, held=held),
        "ways": _ways(offer, form),
        "no_hours": _no_hours(offer),
        "refusal": refusal,
        "failed": failed,
        "today": today(),
    }
    if request.htmx and form.is_peek:
        page = "hints" if form.wants_hints else "ticked"
        return render(request, f"{AT}{page}.html", {**context, "swap": True})
    status = status_of(failed) if failed else (422 if form.errors else 200)
    return render(request, f"{AT}{page}.html", context, status=status)


def _ways(offer, form):
    """What completes the ticked units, where that was asked for and can be said."""
    if not form.measure or (form.measure == "hours" and offer.without_hours):
        return None
    return offer.ways(form.ticked, form.measure, left_out=form.left_out)


def _no_hours(offer) -> str:
    """Why the shortest way cannot be measured in hours; "" where it can."""
    lacking = [unit.code for unit in offer.without_hours]
    if not lacking:
        return ""
    if len(lacking) == len(offer.listed):
        return "The catalogue has no hours for these units."
    if len(lacking) > 3:
        return f"The catalogue has no hours for {len(lacking)} of these units."
    return f"The catalogue has no hours for unit{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}."


def choose_units(request, registration_id):
    """For an administrator whose learner wants another unit: the table of the issue it began on, as it was ticked."""
    found = registration_asked_for(request, registration_id)
    offer = queries.offer_of(found.qualification, registered_on=found.registered_on)
    entries = queries.entries_of(found, request.actor)
    form = _units_form(request, offer, start=[entry.unit for entry in entries])
    refusal = rules.refuse_choose_units(registration=found, by=request.actor)
    key = f"units-{found.public_id}"
    if _is_sent(form):
        try:
            seen = request.POST.get("seen", "")
            actions.choose_units(registration=found, units=form.ticked, seen=seen, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
        else:
            _tell(request, "The units were saved.", offer, form, key)
            return redirect(_after_units(found, request.actor))
    context = {
        "registration": found,
        "qualification": found.qualification,
        "learner": found.learner,
        "label": "Save units",
        "seen": (form.is_peek and request.POST.get("seen")) or found.changed_at.isoformat(),
        "key": key,
        "crumbs": registration_crumbs(found, "Units"),
    }
    held = queries.units_in_use(found)
    return _render_units(request, "choose_units", context, offer=offer, form=form, refusal=refusal, held=held)
