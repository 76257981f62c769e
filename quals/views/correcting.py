"""What a reviewer does to what was read: correct, add, leave out, settle, put to rest, publish; back to the page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from audit.rules import Refused, refuse
from quals import actions, queries, states
from quals.forms import DeedForm, NewRuleForm, RuleForm
from quals.views.documents import editors_only
from quals.views.panes import Page
from quals.views.returning import anchor_of, page_again, url_of_page
from quals.views.reviewing import ACCEPTED

NOT_HERE = "That names nothing of this specification. Open the page again to see what is there now."


def _deed(request, public_id, name: str, act):
    """One deed of a reviewer, then the page it was done on; refused, the same page with everything that was typed."""
    editors_only(request)
    found = get_object_or_404(queries.specifications_for(request.actor), public_id=public_id)
    form = DeedForm(request.POST)
    try:
        if not form.is_valid():
            refuse("INPUT", NOT_HERE)
        act(form.cleaned_data, specification=found, by=request.actor)
    except Refused as refused:
        return page_again(request, found, name, refused.refusal)
    request.session[ACCEPTED] = request.POST.get("keep", "")[:200]
    return redirect(url_of_page(found, Page.of_sent(request.POST), anchor_of(request.POST)))


def _rule(request, kind_of_form) -> dict:
    form = kind_of_form(request.POST)
    if not form.is_valid():
        faults = [f"{form.fields[name].label}: {fault}" for name, found in form.errors.items() for fault in found]
        refuse("INPUT", " ".join(faults))
    return form.rule


@require_POST
def correct(request, public_id):
    """One value, as it should read; of a rule all of it. Of what is published only wording that it lacks."""

    def act(sent, **who):
        value = _rule(request, RuleForm) if "bound" in request.POST else sent["value"]
        deed = actions.correct if who["specification"].state == states.DRAFT else actions.supply_wording
        deed(path=sent["path"], value=value, ground=sent["ground"], **who)

    return _deed(request, public_id, "correct", act)


@require_POST
def add(request, public_id):
    """A criterion, an outcome, a requirement, a place or a rule that the importer did not see."""

    def act(sent, **who):
        name = request.POST.get("name", "").strip().replace("/", "-")
        value = {"text": sent["value"], "kind": request.POST.get("kind", "")}
        if "bound" in request.POST:
            value = _rule(request, NewRuleForm)
        actions.add(path=f"{sent['path']}/{name}", value=value, ground=sent["ground"], **who)

    return _deed(request, public_id, "add", act)


@require_POST
def leave_out(request, public_id):
    """What was read there is no part of it."""
    return _deed(
        request,
        public_id,
        "leave_out",
        lambda sent, **who: actions.leave_out(path=sent["path"], ground=sent["ground"], **who),
    )


@require_POST
def take_back(request, public_id):
    """What was read holds again."""
    return _deed(request, public_id, "take_back", lambda sent, **who: actions.take_back(path=sent["path"], **who))


@require_POST
def settle(request, public_id):
    """A rule that can be read two ways means this; of what is published only the reading that stands."""

    def act(sent, **who):
        reading = request.POST.get("reading", "")
        deed = actions.settle if who["specification"].state == states.DRAFT else actions.confirm_reading
        deed(path=sent["path"], reading=reading, ground=sent["ground"], **who)

    return _deed(request, public_id, "settle", act)


@require_POST
def resolve(request, public_id):
    """One doubt put to rest; it is named by its identity."""
    return _deed(
        request,
        public_id,
        "resolve",
        lambda sent, **who: actions.resolve(finding=sent["path"], ground=sent["ground"], **who),
    )


@require_POST
def acknowledge(request, public_id):
    """Every warning that is still open, seen."""
    return _deed(
        request,
        public_id,
        "acknowledge",
        lambda sent, **who: actions.acknowledge_warnings(ground=sent["ground"], **who),
    )


@require_POST
def publish(request, public_id):
    """From now on learners can be registered on it."""
    editors_only(request)
    found = get_object_or_404(queries.specifications_for(request.actor), public_id=public_id)
    try:
        actions.publish(specification=found, by=request.actor)
    except Refused as refused:
        return page_again(request, found, "publish", refused.refusal)
    messages.success(request, f"“{found}” is published. Learners can be registered on it now.")
    first = found.qualifications.order_by("pk").first()
    return redirect("qualification", first.public_id) if first else redirect("review", found.public_id)
