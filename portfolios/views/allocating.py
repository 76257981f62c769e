"""The page where an administrator says who assesses and who verifies a learner's units."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect, render

from audit.rules import Refused
from centres.states import ASSESS, VERIFY
from portfolios import actions, queries, rules
from portfolios.forms.registering import AllocateForm
from portfolios.views.registering import registration_asked_for, registration_crumbs

DEEDS = {"assessor": "assess", "iqa": "verify"}


def allocate(request, registration_id):
    """For an administrator after registering: one assessor and one IQA for all units, another one where needed."""
    found = registration_asked_for(request, registration_id)
    entries = list(queries.entries_of(found, request.actor))
    people = {
        role: queries.candidates_for(request.actor, entries=entries, kind=kind)
        for role, kind in (("assessor", ASSESS), ("iqa", VERIFY))
    }
    form = AllocateForm(
        request.POST if request.method == "POST" else None,
        entries=entries,
        people=people,
        initial=_allocated(entries),
    )
    refusals = {}
    if form.is_valid():
        plan = form.plan()
        try:
            actions.allocate_each(registration=found, plan=plan, by=request.actor)
        except Refused as refused:
            refusals = _refusals(entries, plan, request.actor) or {None: refused.refusal}
        else:
            _tell_allocated(request, plan)
            return redirect("registration", found.public_id)
    context = {
        "registration": found,
        "form": form,
        "reach": _reach(entries, people),
        "nobody": _nobody(people),
        "rows": [(*row, refusals.get(row[0].pk)) for row in form.rows()],
        "refusals": list(dict.fromkeys(refusals.values())),
        "closed_because": rules.refuse_choose_units(registration=found, by=request.actor),
        "crumbs": registration_crumbs(found, "Allocate"),
    }
    return render(
        request, "portfolios/registering/allocate.html", context, status=422 if refusals or form.errors else 200
    )


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


def _reach(entries, people: dict) -> list[tuple]:
    """Of whom is not approved for everything, or in training: (name, deed, units missing, units in training)."""
    found = []
    for role, deed in DEEDS.items():
        for one in people[role]:
            missing = [entry.unit.code for entry in entries if entry.unit_id not in one.units]
            training = [entry.unit.code for entry in entries if entry.unit_id in one.training]
            if missing or training:
                found.append((one.user.name, deed, _units(missing, entries), _units(training, entries)))
    return found


def _units(codes: list[str], entries) -> str:
    if len(codes) > 1 and len(codes) == len(entries):
        return "every unit"
    return f"unit{'s' if len(codes) > 1 else ''} {', '.join(codes)}" if codes else ""


def _nobody(people: dict) -> str:
    lacking = [f"{deed} any of these units" for role, deed in DEEDS.items() if not people[role]]
    if not lacking:
        return ""
    return f"Nobody at your centre is approved to {' or to '.join(lacking)} yet. Approve somebody under People."


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
