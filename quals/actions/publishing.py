"""Publishing a specification, and who issues certificates through this installation."""

from django.db import transaction

from audit.actions import INSTALLATION, move, record
from audit.actors import Actor, now
from audit.rules import require
from quals import rules, states
from quals.actions.joining import join_pages
from quals.models import AwardingOrganisation, Specification


@transaction.atomic
def publish(*, specification: Specification, by: Actor) -> Specification:
    """From now on learners can be registered on it, and it is not edited any more. Whoever corrects it at the same
    moment comes before or is told."""
    require(rules.refuse_edit_catalogue(by=by))
    # in the order in which importing takes these locks
    AwardingOrganisation.objects.select_for_update().get(pk=specification.awarding_organisation_id)
    Specification.objects.select_for_update().values_list("pk").get(pk=specification.pk)
    require(rules.refuse_publish(specification=specification), rules.refuse_contradictory(specification=specification))
    move(specification, to=states.PUBLISHED, moves=states.MOVES, published_at=now())
    _record("publish_specification", specification, f"{specification} published", by)
    join_pages(specification=specification, by=by)
    return specification


@transaction.atomic
def set_issues_here(
    *, awarding_organisation: AwardingOrganisation, issues_here: bool, by: Actor
) -> AwardingOrganisation:
    """Whether certificates of this awarding organisation are issued through this installation."""
    require(rules.refuse_edit_catalogue(by=by))
    awarding_organisation.issues_here = issues_here
    awarding_organisation.save(update_fields=["issues_here"])
    summary = f"Certificates of {awarding_organisation} are {'' if issues_here else 'not '}issued here"
    _record("set_issues_here", awarding_organisation, summary, by)
    return awarding_organisation


def _record(action: str, about: AwardingOrganisation | Specification, summary: str, by: Actor) -> None:
    record(chain=INSTALLATION, action=action, about=about, summary=summary, by=by)
