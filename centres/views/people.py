"""The administrator's pages: who works here, what each is approved for, and the mail that was sent."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.rules import require
from centres import actions, queries, rules
from centres.forms import ApproveForUnits, EndApprovals, EndRole, InvitePerson
from centres.states import AS_WHAT, KIND_OF
from centres.views import refused_on, with_toast


def own_centre(request):
    """The centre of the administrator who asks; anybody else is refused."""
    actor = request.actor
    require(rules.refuse_administer(centre_id=actor.centre_id if actor else None, by=actor))
    return queries.centres_for(actor).get(pk=actor.centre_id)


def somebody(request, person_id):
    return get_object_or_404(queries.people_for(request.actor), public_id=person_id)


@require_POST
def act_as(request):
    """Take on another of one's own roles."""
    value = request.POST.get("as", "")
    if value not in request.actors:
        raise Http404
    request.session["acting_as"] = value
    return redirect("home")


@require_GET
def mailbox(request):
    """The mail that the centre sent, or the installation for its editor, where no mail server is set up."""
    if not settings.SHOW_MAIL:
        raise Http404
    if rules.refuse_edit_installation(by=request.actor):
        own_centre(request)
    page = Paginator(queries.mail_for(request.actor), 20).get_page(request.GET.get("page"))
    return render(request, "centres/mailbox.html", {"page": page})


@require_GET
def people(request):
    """Who works at the centre, and who has been invited."""
    own_centre(request)
    staff = queries.staff_for(request.actor)
    facts = {
        "total": len(staff),
        "invited": [colleague for colleague in staff if colleague.is_invited],
        "staff": [colleague for colleague in staff if not colleague.is_invited],
    }
    return render(request, "centres/people.html", facts)


@require_http_methods(["GET", "POST"])
def invite_person(request):
    """Invite a colleague, or give one who is here another role."""
    centre = own_centre(request)
    known = queries.people_for(request.actor).filter(public_id=_uuid(request.GET.get("person", ""))).first()
    form = InvitePerson(
        request.POST or None,
        initial={"name": known.name, "email": known.email} if known else {},
        qualifications=queries.approved_qualifications_for(request.actor),
    )
    if form.is_valid():
        asked = form.cleaned_data
        asked["units"] = queries.units_of(asked.pop("qualification"))
        user = refused_on(form, lambda: actions.invite_staff(centre=centre, by=request.actor, **asked))
        if user:
            done = f"{user} is now {AS_WHAT[asked['role']]} here. A mail went to {user.email}."
            messages.success(request, done, extra_tags="invite_person")
            return redirect("people")
    facts = {"form": form, "known": known}
    return render(request, "centres/invite_person.html", facts, status=422 if form.errors else 200)


def _uuid(value: str) -> UUID | None:
    """The id in an address, or nothing where there is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


@require_POST
def invite_again(request, person_id):
    """Send an invitation once more, to a colleague or a learner."""
    centre, user = own_centre(request), somebody(request, person_id)
    actions.invite_again(centre=centre, user=user, by=request.actor)
    messages.success(request, f"The invitation went to {user.email} again, with a new link.")
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "people")


@require_GET
def person(request, person_id):
    """One colleague: their roles and what they are approved for."""
    own_centre(request)
    user = somebody(request, person_id)
    roles = get_list_or_404(queries.staff_roles_for(request.actor).filter(user=user))
    facts = {
        "person": user,
        "roles": [(role, rules.refuse_leave(membership=role), EndRole(prefix=role.role)) for role in roles],
        "kinds": kinds_of(roles),
        "approvals": queries.approvals_of(request.actor, user),
        "ending": EndApprovals(),
    }
    return render(request, "centres/person.html", facts)


def kinds_of(roles) -> list[str]:
    """What somebody in these roles can be approved for: to assess, to verify, both or neither."""
    return [KIND_OF[role.role] for role in roles if role.role in KIND_OF]


@require_POST
def end_role(request, person_id):
    """End one of a colleague's roles."""
    own_centre(request)
    user = somebody(request, person_id)
    role = request.POST.get("role", "")
    membership = get_list_or_404(queries.staff_roles_for(request.actor).filter(user=user, role=role))[0]
    form = EndRole(request.POST, prefix=role)
    with_toast(
        request,
        form,
        lambda: actions.end_membership(membership=membership, last_day=form.cleaned_data["last_day"], by=request.actor),
        f"{user} is {AS_WHAT[role]} here no longer than the day you chose. What they decided stays.",
    )
    still_here = queries.staff_roles_for(request.actor).filter(user=user).exists()
    return redirect("person", person_id) if still_here else redirect("people")


@require_http_methods(["GET", "POST"])
def approve_person(request, person_id):
    """Approve a colleague for units of one qualification; which one stands in the address."""
    centre, user = own_centre(request), somebody(request, person_id)
    kinds = kinds_of(queries.staff_roles_for(request.actor).filter(user=user))
    offered = list(queries.approved_qualifications_for(request.actor))
    facts = {"person": user, "offered": offered, "kinds": kinds}
    if not kinds or not offered:
        return render(request, "centres/approve_person.html", facts)
    wanted = _uuid(request.GET.get("qualification", ""))
    qualification = next((one for one in offered if one.public_id == wanted), offered[0])
    groups = queries.units_by_group(qualification)
    held = queries.approvals_of(request.actor, user).filter(unit__in=queries.units_of(qualification))
    form = ApproveForUnits(request.POST or None, groups=groups, kinds=kinds, ticked=not held.exists())
    if form.is_valid() and refused_on(
        form,
        lambda: actions.approve_staff(centre=centre, user=user, by=request.actor, **form.cleaned_data),
    ):
        number = len(form.cleaned_data["units"])
        done = f"{user} is approved for {number} unit{'' if number == 1 else 's'}."
        messages.success(request, done, extra_tags=f"approve.{user.public_id}.{qualification.public_id}")
        return redirect("person", person_id)
    facts |= {"form": form, "qualification": qualification}
    return render(request, "centres/approve_person.html", facts, status=422 if form.errors else 200)


@require_POST
def end_approvals(request, person_id):
    """End a colleague's approvals for the ticked units."""
    centre, user = own_centre(request), somebody(request, person_id)
    form = EndApprovals(request.POST, approvals=queries.approvals_of(request.actor, user))
    with_toast(
        request,
        form,
        lambda: actions.end_staff_approval(
            centre=centre,
            user=user,
            competences=form.cleaned_data["approvals"],
            last_day=form.cleaned_data["last_day"],
            by=request.actor,
        ),
        "The approvals you ticked have a last day now. What was decided under them stays.",
    )
    return redirect("person", person_id)
