"""Who is acting in this request, and what they are told when a rule refuses."""

import logging

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from audit.rules import Refusal, Refused
from centres.queries import actors_of, approved_qans_for, label_of, value_of
from quals.combination import Unproved

logger = logging.getLogger(__name__)

NO_ROLE = Refusal("ROLE", "You hold no role at any centre today. Ask the administrator of your centre to give you one.")
UNPROVED = Refusal(
    "ROC-3",
    "The rules of combination of this qualification are too entangled to be worked out in reasonable time, and nothing "
    "is decided on a guess. The portfolio is not at fault, and its units can still be assessed. Tell whoever runs this "
    "installation, and the awarding organisation.",
)


class ActingAs:
    """Sets `request.actor` (None for somebody signed out or without a role), the choices for the switch,
    and `request.approved_qans`: the qualifications whose wording the actor may read today."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        actors = actors_of(request.user) if request.user.is_authenticated else []
        wanted = request.session.get("acting_as") if actors else None
        request.actors = {value_of(actor): actor for actor in actors}
        request.actor_choices = [(value, label_of(actor)) for value, actor in request.actors.items()]
        request.actor = request.actors.get(wanted) or (actors[0] if actors else None)
        request.actor_choice = value_of(request.actor) if request.actor else ""
        request.approved_qans = SimpleLazyObject(
            lambda: approved_qans_for(request.actor) if request.actor else frozenset()
        )
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Somebody signed in who holds no role today sees the page that says so, and no other: pages rely on a role."""
        if request.actor is not None or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name or ""
        if name == "home" or name.startswith("account_") or not getattr(view_func, "login_required", True):
            return None
        return refused(request, NO_ROLE)


class Refusals:
    """An action refused: the person reads the rule's sentence (403); the API's client gets it with its code. The same
    where the engine has no proven answer, whichever page or action asked it."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Unproved):
            logger.error("No answer to the rules of combination for %s: %s", request.path, exception)
            return refused(request, UNPROVED)
        if not isinstance(exception, Refused):
            return None
        return refused(request, exception.refusal)


def refused(request, refusal: Refusal):
    """The answer to whom a rule refuses: its sentence on a page, or with its code as JSON."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"code": refusal.code, "error": refusal.sentence}, status=403)
    return render(request, "403.html", {"refusal": refusal}, status=403)
