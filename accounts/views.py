"""The invited person's first page, choosing a password; and the door that nobody opens by signing up."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, notices, rules
from accounts.forms import ChoosePassword
from audit.rules import Refusal


@never_cache
@sensitive_post_parameters()
@login_not_required
def invitation(request, token):
    """Set a password with a signed link; a link that cannot be used says why."""
    invited = notices.invitation_of(token)
    if invited is None:
        refusal = Refusal(
            "INPUT",
            "This link is not complete. Open it again from the mail, or ask your centre for a new one.",
        )
        return render(request, "accounts/invitation_refused.html", {"refusal": refusal}, status=404)
    if refusal := rules.refuse_accept(invitation=invited):
        return render(request, "accounts/invitation_refused.html", {"refusal": refusal}, status=410)
    form = ChoosePassword(invited.user, request.POST or None)
    if form.is_valid():
        user = actions.accept_invitation(invitation=invited, password=form.cleaned_data["new_password1"])
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return redirect("home")
    status = 422 if form.errors else 200
    return render(request, "accounts/invitation.html", {"form": form, "invited": invited.user}, status=status)


@login_not_required
def sign_up_closed(request):
    """People are invited; whoever finds this address is told so."""
    return render(request, "account/signup_closed.html", status=403)
