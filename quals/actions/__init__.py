"""The only writers of the catalogue."""

from quals.actions.confirming import confirm_reading
from quals.actions.importing import Imported, import_pack
from quals.actions.joining import join_pages
from quals.actions.looking import look_for_contradictions
from quals.actions.publishing import publish, set_issues_here
from quals.actions.reading import bring_document, read_document
from quals.actions.resolving import acknowledge_warnings, resolve
from quals.actions.reviewing import add, correct, leave_out, settle, take_back
from quals.actions.supplying import supply_wording

__all__ = [
    "Imported",
    "acknowledge_warnings",
    "add",
    "bring_document",
    "confirm_reading",
    "correct",
    "import_pack",
    "join_pages",
    "leave_out",
    "look_for_contradictions",
    "publish",
    "read_document",
    "resolve",
    "set_issues_here",
    "settle",
    "supply_wording",
    "take_back",
]
