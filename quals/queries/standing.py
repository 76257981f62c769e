"""Drafts of the catalogue, how much of each is still doubtful, and where in a document its qualifications begin."""

from django.db.models import Count, Q, QuerySet

from audit.actors import Actor
from quals import states
from quals.models import Rule, Specification
from quals.queries.reviewing import specifications_for


def drafts_for(actor: Actor | None) -> QuerySet[Specification]:
    """Only for editors; each with the number of its errors and warnings that nobody put to rest."""

    def standing(severity: str) -> Count:
        return Count("findings", filter=Q(findings__severity=severity, findings__resolved__isnull=True))

    found = specifications_for(actor).filter(state=states.DRAFT)
    return found.annotate(open_errors=standing(states.ERROR), open_warnings=standing(states.WARNING))


def first_lines_of(specification: Specification) -> dict[int, int]:
    """Of each qualification, by its id, the first line that prints one of its rules."""
    printed = Rule.objects.filter(qualification__specification=specification).values_list("qualification", "printed")
    found: dict[int, int] = {}
    for qualification, lines in printed:
        found[qualification] = min([*lines, found.get(qualification, lines[0])]) if lines else 0
    return found
