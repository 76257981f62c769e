"""Pages of a centre's administrator: adding learners, registering them, choosing units, allocating staff."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.actors import today
from audit.rules import Refused, require
from centres.actions import invite_again
from centres.queries import centres_for
from centres.rules import refuse_administer, refuse_invite_again
from centres.states import ASSESS, VERIFY
from portfolios import actions, queries, rules, states
from portfolios.forms.registering import AllocateForm, LearnerForm, UnitsForm
from quals.queries import qualifications_for

PAGE_SIZE = 50
AT = "portfolios/registering/"


def _require_administrator(request) -> None:
    centre_id = request.actor.centre_id if request.actor else None
    require(refuse_administer(centre_id=centre_id, by=request.actor))


def _asked_for(request, rows_for, **which):
    """The row, if it is the actor's to see (else 404), and the actor's to administer (else 403)."""
    if request.actor is None:
        raise Http404
    row = get_object_or_404(rows_for(request.actor), **which)
    require(refuse_administer(centre_id=row.centre_id, by=request.actor))
    return row


def _learner(request, learner_id):
    return _asked_for(request, queries.learners_for, public_id=learner_id)


def _registration(request, registration_id):
    return _asked_for(request, queries.registrations_for, public_id=registration_id)


def _status(refusal) -> int:
    """409 where somebody else was first, 422 where something on the page has to be put right."""
    return 409 if refusal.code == "STATE" else 422


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
    status = _status(refusal) if refusal else (422 if form.errors else 200)
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
    }
    if qualification is None:
        return render(request, f"{AT}register.html", context)
    offer = queries.offer_of(qualification, registered_on=today())
    form = _units_form(request, offer, start=offer.mandatory)
    refusal = rules.refuse_register(learner=found, qualification=qualification, units=[], by=request.actor)
    if _is_sent(request, form):
        try:
            made = actions.register(learner=found, qualification=qualification, units=form.ticked, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
            if same := _registered_just_now(request, found, qualification, form.ticked):
                messages.info(request, f"{found.name} had been registered already, with these units.")
                return redirect(_after_units(same, request.actor))
        else:
            _tell(request, f"{found.name} is registered for {qualification}.", offer, form)
            return redirect(_after_units(made, request.actor))
    context |= {"label": "Register", "key": f"register-{found.public_id}-{qualification.public_id}"}
    return _render_units(request, "register", context, offer=offer, form=form, refusal=refusal)


def _chosen(request, offered: list):
    """The qualification asked for; where the centre has only one, that one."""
    wanted = request.POST.get("qualification") or request.GET.get("qualification")
    if not wanted:
        return offered[0] if len(offered) == 1 else None
    try:
        return get_object_or_404(qualifications_for(request.actor), public_id=wanted)
    except ValueError:
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


def _tell(request, done: str, offer, form) -> None:
    """What was done; and, where the rules of combination are not met yet, the engine's own sentence."""
    verdict = offer.standing(form.ticked).verdict
    if verdict.passes:
        messages.success(request, done)
    else:
        messages.warning(request, f"{done} {verdict.reason} Units can be added later.")


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
    status = _status(failed) if failed else (422 if form.errors else 200)
    return render(request, f"{AT}{page}.html", context, status=status)


def choose_units(request, registration_id):
    """For an administrator whose learner wants another unit: the table of the issue it began on, as it was ticked."""
    found = _registration(request, registration_id)
    offer = queries.offer_of(found.qualification, registered_on=found.registered_on)
    entries = queries.entries_of(found, request.actor)
    form = _units_form(request, offer, start=[entry.unit for entry in entries])
    refusal = rules.refuse_choose_units(registration=found, by=request.actor)
    if _is_sent(request, form):
        try:
            actions.choose_units(registration=found, units=form.ticked, by=request.actor)
        except Refused as refused:
            refusal = refused.refusal
        else:
            _tell(request, "The units were saved.", offer, form)
            return redirect(_after_units(found, request.actor))
    context = {
        "registration": found,
        "qualification": found.qualification,
        "label": "Save units",
        "key": f"units-{found.public_id}",
        "crumbs": _registration_crumbs(found, "Units"),
    }
    locked = queries.units_in_use(found)
    return _render_units(request, "choose_units", context, offer=offer, form=form, refusal=refusal, locked=locked)


def _registration_crumbs(registration, here: str) -> list:
    learner = registration.learner
    return _crumbs(
        (learner.name, reverse("learner", args=[learner.public_id])),
        (registration.qan, reverse("registration", args=[registration.public_id])),
        (here, None),
    )


def allocate(request, registration_id):
    """For an administrator after registering: one assessor and one IQA for all units, another one where needed."""
    found = _registration(request, registration_id)
    entries = list(queries.entries_of(found, request.actor))
    open_entries = [entry for entry in entries if entry.state == states.OPEN]
    people = {
        role: queries.candidates_for(request.actor, entries=open_entries, kind=kind)
        for role, kind in (("assessor", ASSESS), ("iqa", VERIFY))
    }
    form = AllocateForm(
        request.POST if request.method == "POST" else None,
        entries=open_entries,
        people=people,
        initial=_allocated(open_entries),
    )
    refusals = {}
    if form.is_valid():
        plan = form.plan()
        try:
            actions.allocate_each(registration=found, plan=plan, by=request.actor)
        except Refused as refused:
            refusals = _refusals(open_entries, plan, request.actor) or {None: refused.refusal}
        else:
            _tell_allocated(request, plan)
            return redirect("registration", found.public_id)
    context = {
        "registration": found,
        "form": form,
        "people": people,
        "rows": [(*row, refusals.get(row[0].pk)) for row in form.rows()],
        "closed": [entry for entry in entries if entry.state != states.OPEN],
        "refusals": list(refusals.values()),
        "crumbs": _registration_crumbs(found, "Allocate"),
    }
    return render(request, f"{AT}allocate.html", context, status=422 if refusals or form.errors else 200)


def _allocated(entries) -> dict[str, str]:
    """As it stands: who has most units stands for all of them, the others beside their own units."""
    initial = {}
    for role in AllocateForm.ALL:
        held = {entry: getattr(entry, role) for entry in entries}
        most = Counter(person for person in held.values() if person).most_common(1)
        usual = most[0][0] if most else None
        initial[role] = str(usual.public_id) if usual else ""
        for entry, person in held.items():
            if person != usual:
                key = str(person.public_id) if person else AllocateForm.NOBODY
                initial[AllocateForm.name_of(role, entry)] = key
    return initial


def _refusals(entries, plan: dict, actor) -> dict:
    """Why a unit cannot have whom it was given, by unit entry."""
    found = {
        entry.pk: rules.refuse_allocate(entry=entry, assessor=plan[entry.unit][0], iqa=plan[entry.unit][1], by=actor)
        for entry in entries
    }
    return {key: refusal for key, refusal in found.items() if refusal}


def _tell_allocated(request, plan: dict) -> None:
    alone = [unit.code for unit, team in plan.items() if None in team]
    if not alone:
        messages.success(request, "Everybody is allocated.")
        return
    units = f"Unit {alone[0]}" if len(alone) == 1 else f"{len(alone)} units"
    verb = "has" if len(alone) == 1 else "have"
    messages.warning(request, f"Saved. {units} still {verb} no assessor or no IQA.")
