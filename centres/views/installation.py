"""The catalogue editor's pages: centres, what each is approved for, its direct claims and its EQAs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.rules import require
from centres import actions, queries, rules
from centres.forms import AllocateEqa, ApproveCentre, DirectClaimsSwitch, EndRow, IssuingSwitch, OpenCentre
from centres.views import refused_on, with_toast
from quals import actions as quals


def acts_for_installation(request) -> None:
    require(rules.refuse_edit_installation(by=request.actor))


def a_centre(request, centre_id):
    acts_for_installation(request)
    return get_object_or_404(queries.centres_for(request.actor), public_id=centre_id)


@require_GET
def centres(request):
    """Every centre of the installation, and whose certificates are issued here."""
    acts_for_installation(request)
    facts = {
        "centres": queries.centre_list_for(request.actor),
        "organisations": queries.organisations_for(request.actor),
    }
    return render(request, "centres/centres.html", facts)


@require_POST
def issuing(request):
    """Issue the certificates of an awarding organisation through this installation, or stop doing so."""
    acts_for_installation(request)
    form = IssuingSwitch(request.POST, organisations=queries.organisations_for(request.actor))
    with_toast(
        request,
        form,
        lambda: quals.set_issues_here(
            awarding_organisation=form.cleaned_data["organisation"],
            issues_here=form.cleaned_data["on"],
            by=request.actor,
        ),
        "Changed, for claims approved from now on.",
    )
    return redirect("centres")


@require_http_methods(["GET", "POST"])
def open_centre(request):
    """A new centre and its first administrator."""
    acts_for_installation(request)
    form = OpenCentre(request.POST or None)
    if form.is_valid():
        opened = refused_on(form, lambda: actions.open_centre_with(by=request.actor, **form.cleaned_data))
        if opened:
            done = f"{opened} is open. The invitation went to {form.cleaned_data['email']}."
            messages.success(request, done, extra_tags="open_centre")
            return redirect("centre", opened.public_id)
    return render(request, "centres/open_centre.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def centre(request, centre_id):
    """One centre: what it delivers."""
    shown = a_centre(request, centre_id)
    facts = {"centre": shown, "deliveries": queries.deliveries_for(request.actor, shown)}
    return render(request, "centres/centre.html", facts)


@require_http_methods(["GET", "POST"])
def approve_centre(request, centre_id):
    """Approve a centre for a qualification of the catalogue."""
    approved = a_centre(request, centre_id)
    titles = queries.titles_of(sorted(request.approved_qans))
    form = ApproveCentre(request.POST or None, titles=titles)
    if form.is_valid():
        asked = form.cleaned_data
        if refused_on(form, lambda: actions.approve_centre(centre=approved, by=request.actor, **asked)):
            done = f"{approved} is approved for {titles[asked['qan']]}."
            messages.success(request, done, extra_tags=f"approve_centre.{centre_id}")
            return redirect("centre", centre_id)
    facts = {"form": form, "centre": approved, "titles": titles}
    return render(request, "centres/approve_centre.html", facts, status=422 if form.errors else 200)


@require_POST
def end_approval(request, centre_id):
    """Give a centre's approval for a qualification a last day."""
    centre = a_centre(request, centre_id)
    form = EndRow(request.POST, rows=queries.approvals_at(request.actor, centre))
    with_toast(
        request,
        form,
        lambda: actions.end_approval(
            approval=form.cleaned_data["row"], last_day=form.cleaned_data["last_day"], by=request.actor
        ),
        "The approval has a last day now.",
    )
    return redirect("centre", centre_id)


@require_POST
def direct_claims(request, centre_id):
    """Direct claims of one qualification: on from a day, or off after a day (DCS-1)."""
    centre = a_centre(request, centre_id)
    qans = [delivery.approval.qan for delivery in queries.deliveries_for(request.actor, centre)]
    form = DirectClaimsSwitch(request.POST, qans=qans)

    def switch():
        asked, common = form.cleaned_data, {"centre": centre, "by": request.actor}
        if asked["on"]:
            actions.grant_direct_claims(qan=asked["qan"], from_on=asked["day"], **common)
        else:
            actions.remove_direct_claims(qan=asked["qan"], last_day=asked["day"], **common)

    with_toast(request, form, switch, "Direct claims changed for this qualification, from the day you chose.")
    return redirect("centre", centre_id)


@require_http_methods(["GET", "POST"])
def allocate_eqa(request, centre_id):
    """Appoint an EQA to one of the centre's qualifications."""
    centre = a_centre(request, centre_id)
    titles = {delivery.approval.qan: delivery.title for delivery in queries.deliveries_for(request.actor, centre)}
    form = AllocateEqa(request.POST or None, titles=titles, initial={"qan": request.GET.get("qan")})
    if form.is_valid():
        asked = form.cleaned_data
        made = refused_on(form, lambda: actions.allocate_eqa(centre=centre, by=request.actor, **asked))
        if made:
            done = f"{made.user} is the EQA for {titles[made.qan]} here. A mail went to {made.user.email}."
            messages.success(request, done, extra_tags=f"allocate_eqa.{centre_id}")
            return redirect("centre", centre_id)
    facts = {"form": form, "centre": centre, "titles": titles}
    return render(request, "centres/allocate_eqa.html", facts, status=422 if form.errors else 200)


@require_POST
def end_allocation(request, centre_id):
    """Give an EQA's appointment a last day."""
    centre = a_centre(request, centre_id)
    form = EndRow(request.POST, rows=queries.allocations_at(request.actor, centre))
    with_toast(
        request,
        form,
        lambda: actions.end_allocation(
            allocation=form.cleaned_data["row"], last_day=form.cleaned_data["last_day"], by=request.actor
        ),
        "The appointment has a last day now.",
    )
    return redirect("centre", centre_id)
