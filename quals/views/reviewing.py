"""Reviewing what was read of a specification: its doubts, one unit at a time, the structure of a qualification."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from quals import queries, states
from quals.combination import Rule
from quals.combination.explain import asks
from quals.forms import NewRuleForm, RuleForm
from quals.queries import comparing
from quals.specification.review.paths import part_of
from quals.templatetags.reviewing import anchor
from quals.views.documents import editors_only
from quals.views.panes import Addresses, Page, chosen_of, lines_beside, steps_from

ACCEPTED = "accepted_correction"
SHOWN_OF_A_LINE = 400


def asked_for(request, public_id):
    editors_only(request)
    return get_object_or_404(queries.specifications_for(request.actor), public_id=public_id)


@require_safe
def review(request, public_id):
    """For an editor who wants it live today: what is doubtful, first; then what stands in the way of publishing."""
    return review_page(request, asked_for(request, public_id))


@require_safe
def review_unit(request, public_id, key):
    """One unit: the document's own lines beside what was read from them."""
    return unit_page(request, asked_for(request, public_id), Page("units", key))


@require_safe
def review_structure(request, public_id, qualification_id):
    """A qualification's profile, groups and rules beside the lines that say so."""
    return structure_page(request, asked_for(request, public_id), Page("structure", str(qualification_id)))


def context_of(request, specification, refused, crumb: str = "") -> dict:
    """What every page of a review needs."""
    crumbs = [("Catalogue", reverse("catalogue")), (specification.title, None)]
    if crumb:
        crumbs[1:] = [("Review", reverse("review", args=[specification.public_id])), (crumb, None)]
    found = queries.review_of(specification)
    return {
        "specification": specification,
        "review": found,
        "addresses": Addresses.of(found),
        "may_edit": specification.state == states.DRAFT,
        "refused": refused,
        "problem": bool(refused),
        "accepted": "" if refused else request.session.pop(ACCEPTED, ""),
        "crumbs": crumbs,
    }


def review_page(request, specification, refused=None, status: int = 200):
    context = context_of(request, specification, refused)
    found, addresses, lines = context["review"], context["addresses"], specification.lines
    for_line = {
        doubt.number: lines[doubt.finding.line - 1][:SHOWN_OF_A_LINE]
        for doubt in [*found.errors, *found.warnings]
        if doubt.is_open and doubt.finding.line and doubt.finding.line <= len(lines)
    }
    doubts = [*found.errors, *found.warnings, *found.notes]
    context |= {
        "printed": for_line,
        "urls": {each.number: addresses.of_doubt(each) for each in doubts if each.where != "document"},
        "log": [(each, addresses.of_path(each.path)) for each in found.corrections],
        "line_count": len(lines),
        "earlier": comparing.earlier_issue_of(specification),
        "documents": list(queries.documents_for(request.actor).filter(specification=specification)),
    }
    return render(request, "quals/review.html", context, status=status)


def unit_page(request, specification, page: Page, refused=None, status: int = 200):
    found = queries.unit_review(specification, page.name)
    if found is None:
        raise Http404
    title = next(each.value for each in found.fields if each.path.endswith("/title"))
    context = context_of(request, specification, refused, f"Unit {found.key}")
    rows = [row for outcome in found.outcomes for row in (outcome, *outcome.rows)]
    context |= chosen_of(request, found.doubts, page)
    context |= {
        "unit": found,
        "title": title,
        "lines": lines_beside(specification, found.lines, found.doubts, _read_from(rows)),
        "steps": _steps(context, found.before, found.after),
        "outcome_kinds": states.OUTCOME_KINDS,
        "requirement_kinds": states.REQUIREMENT_KINDS,
    }
    return render(request, "quals/review_unit.html", context, status=status)


def _steps(context: dict, before: str = "", after: str = ""):
    chosen, here = context["chosen_doubt"], context["doubts"]
    return steps_from(context["review"], context["addresses"], chosen, here, before, after)


def _read_from(rows) -> list[tuple[int, str]]:
    return [(row.line, anchor(row.path)) for row in rows if row.line]


def structure_page(request, specification, page: Page, refused=None, status: int = 200):
    row = get_object_or_404(queries.qualifications_for(request.actor), public_id=uuid_of(page.name))
    found = queries.structure_review(specification, row) if row.specification_id == specification.pk else None
    if found is None:
        raise Http404
    context = context_of(request, specification, refused, row.qan)
    doubts = [doubt for doubt in found.doubts if context["addresses"].home_of(doubt) == row]
    context |= chosen_of(request, doubts, page)
    units = _units_of(row)
    placed = _places(found, units)
    read = [(line, anchor(rule.path)) for rule in found.rules for line in rule.lines]
    read += [(line, anchor(path)) for path, line in placed.items()]
    context |= rule_forms(request, found, refused) | {
        "qualification": row,
        "structure": found,
        "units": units,
        "place_lines": placed,
        "lines": lines_beside(specification, found.lines, doubts, read),
        "steps": _steps(context),
    }
    return render(request, "quals/review_structure.html", context, status=status)


def rule_forms(request, structure, refused) -> dict:
    """The forms that read a rule otherwise, and the one that adds what was not seen."""
    return {
        "was": _as_read(structure),
        "forms": {rule.path: _rule_form(request, rule, refused) for rule in structure.rules},
        "new_rule": NewRuleForm(request.POST) if _is_new_rule(refused) else NewRuleForm(),
        "next_rule": _next_rule(structure.rules),
    }


def _units_of(qualification) -> dict:
    """Facts of the units that the qualification lists, by key as it stands in a path."""
    groups = queries.structure_of(qualification)
    return {part_of(place.unit.key): place for group in groups for place in group.places.all()}


def _places(structure, units: dict) -> dict[str, int]:
    """Of each place, by its path, the first line shown here that names its unit."""
    found: dict[str, int] = {}
    for group in structure.groups:
        for row in group.rows:
            uan = units[row.name].unit.uan if row.name in units else ""
            line = next((line.number for line in structure.lines if uan and uan in line.text), None)
            if line:
                found[row.path] = line
    return found


def _as_read(structure) -> dict[str, str]:
    """Each rule in words as the importer read it."""
    sizes = {group.name: len(group.rows) for group in structure.groups}
    return {rule.path: asks(Rule.from_pack(rule.read, sizes)) for rule in structure.rules}


def _rule_form(request, rule, refused) -> RuleForm:
    mine = refused and (refused["deed"], refused["path"]) == ("correct", rule.path)
    return RuleForm(request.POST) if mine else RuleForm(initial=RuleForm.initial_of(rule.rule))


def _is_new_rule(refused) -> bool:
    return bool(refused) and refused["deed"] == "add" and refused["path"].endswith("/rules")


def _next_rule(rules) -> str:
    taken = {rule.name for rule in rules}
    return next(name for number in range(1, len(taken) + 2) if (name := f"R{number}") not in taken)


def uuid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
